using System.Net;

namespace Serge.Bot.Platforms;

/// <summary>Decodes the error responses of servers with the Mastodon API.</summary>
/// <remarks>Sources: Mastodon docs, methods/statuses; recorded responses of GoToSocial 0.20, snac 2.75 and Hollo 0.10.
/// The HTTP status decides; texts are localised, absent or written by a proxy.</remarks>
public static class MastodonErrors
{
    /// <summary>The message about a token that the server refuses.</summary>
    public const string InvalidToken = "The server does not accept the access token";

    /// <summary>The outcome of a deletion by a server that cannot delete.</summary>
    public static SendOutcome NotDeleted { get; } =
        new SendOutcome.Refused(Refusal.Forbidden, "The server does not support deletion: the post still exists.");

    /// <summary>The outcome of a write that the server refused.</summary>
    /// <param name="status">The HTTP status, not 200 to 299.</param>
    /// <param name="description">One line for a person.</param>
    /// <param name="resetTime">The end of the rate limit, if the server named one.</param>
    public static SendOutcome ToOutcome(HttpStatusCode status, string description, DateTimeOffset? resetTime)
    {
        switch (status)
        {
            case HttpStatusCode.Unauthorized:
                // A valid token fixes it, so the post can be sent later.
                return new SendOutcome.Unavailable($"{InvalidToken} ({description}).");
            case HttpStatusCode.TooManyRequests when resetTime is not null:
                return new SendOutcome.RetryAfter(resetTime.Value, description);
            // GoToSocial answers 409 while it still processes a first request with the same key.
            case HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError:
                return new SendOutcome.Unknown(description);
            case < HttpStatusCode.BadRequest:
                return new SendOutcome.Unavailable(DescribeRedirect(description));
            default:
                return new SendOutcome.Refused(GetRefusal(status), description);
        }
    }

    /// <summary>The result of a read that the server refused.</summary>
    /// <param name="status">The HTTP status, not 200 to 299.</param>
    /// <param name="description">One line for a person.</param>
    /// <param name="hasBody">Whether the response has a body.</param>
    public static Result<T> ToResult<T>(HttpStatusCode status, string description, bool hasBody)
    {
        switch (status)
        {
            case HttpStatusCode.Unauthorized:
            case HttpStatusCode.UnprocessableEntity when !hasBody: // snac's answer to an unknown token
                return new Result<T>.Unauthorized($"{InvalidToken} ({description}).");
            case HttpStatusCode.TooManyRequests
            or HttpStatusCode.RequestTimeout
            or >= HttpStatusCode.InternalServerError:
                return new Result<T>.Unavailable(description);
            case < HttpStatusCode.BadRequest:
                return new Result<T>.Refused(Refusal.Gone, DescribeRedirect(description));
            default:
                return new Result<T>.Refused(GetRefusal(status), description);
        }
    }

    /// <summary>Decides from the response to an edit of a missing status whether the token may write.</summary>
    /// <returns><see langword="null"/> if the response does not say.</returns>
    public static bool? AllowsWriting(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Forbidden => false,
            HttpStatusCode.NotFound or HttpStatusCode.Gone => true,
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => true,
            _ => null,
        };

    /// <summary>Describes a refusal without body that is not about the status.</summary>
    /// <param name="description">The HTTP status.</param>
    public static string DescribeProbablyInvalidToken(string description) =>
        $"{InvalidToken}, probably: the refusal has no body ({description}).";

    /// <summary>Describes a successful response that is not in the form of the Mastodon API.</summary>
    /// <param name="description">The HTTP status.</param>
    /// <param name="isWebPage">Whether the body is HTML.</param>
    public static string DescribeInvalidResponse(string description, bool isWebPage)
    {
        var content = isWebPage ? "a web page and " : "";
        return $"{description}, but {content}not what a Mastodon server answers. "
            + "Is this the address of a server with the Mastodon API?";
    }

    /// <summary>Reads the address of a web page.</summary>
    /// <returns><see langword="null"/> if it is not an absolute address with <c>http</c> or <c>https</c>.</returns>
    public static Uri? ParseWebUrl(string? url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var page) && page.Scheme is "http" or "https")
        {
            return page;
        }

        return null;
    }

    private static Refusal GetRefusal(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Forbidden => Refusal.Forbidden,
            HttpStatusCode.NotFound or HttpStatusCode.Gone => Refusal.Gone,
            _ => Refusal.Payload,
        };

    private static string DescribeRedirect(string description) =>
        $"{description}. The server redirects; correct the configured address.";
}
