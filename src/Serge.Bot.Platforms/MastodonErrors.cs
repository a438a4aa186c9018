using System.Net;
using System.Text.Json;

namespace Serge.Bot.Platforms;

/// <summary>Decodes the error responses of servers with the Mastodon API.</summary>
/// <remarks>Sources: Mastodon docs, methods/statuses; recorded responses of GoToSocial 0.20, snac 2.75 and Hollo 0.10.
/// The HTTP status decides; texts are localised or absent.</remarks>
public static class MastodonErrors
{
    /// <summary>The message about a token that the server refuses.</summary>
    public const string InvalidToken = "The server does not accept the access token";

    /// <summary>The outcome of a deletion by a server that cannot delete.</summary>
    public static SendOutcome NotDeleted { get; } =
        new SendOutcome.Refused(Refusal.Forbidden, "The server does not support deletion: the post still exists.");

    /// <summary>Whether an error response is in the form of a server with the Mastodon API. The page or text of a
    /// proxy, a firewall or a web site says nothing about posts and tokens.</summary>
    /// <remarks>Mastodon, GoToSocial, Pleroma and Hollo answer with JSON that has <c>error</c> or <c>errors</c>. snac
    /// answers with a page that names it, and an unknown token with 422 and an empty body (2.75, 2.96).</remarks>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body of the response.</param>
    public static bool IsFromServer(HttpStatusCode status, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return status is HttpStatusCode.Unauthorized or HttpStatusCode.UnprocessableEntity;
        }

        if (JsonReader.Parse(body) is { ValueKind: JsonValueKind.Object } json)
        {
            return HasValue(JsonReader.Member(json, "error")) || HasValue(JsonReader.Member(json, "errors"));
        }

        return body.StartsWith("<h1>"u8) && body.IndexOf("(snac/"u8) >= 0;
    }

    /// <summary>The outcome of a write that the server refused.</summary>
    /// <param name="status">The HTTP status, not 200 to 299.</param>
    /// <param name="description">One line for a person.</param>
    /// <param name="body">The body of the response.</param>
    /// <param name="resetTime">The end of the rate limit, if the server named one.</param>
    public static SendOutcome ToOutcome(
        HttpStatusCode status,
        string description,
        ReadOnlySpan<byte> body,
        DateTimeOffset? resetTime
    )
    {
        switch (status)
        {
            case < HttpStatusCode.BadRequest:
                return new SendOutcome.Unavailable(DescribeRedirect(description));
            case HttpStatusCode.TooManyRequests when resetTime is not null:
                return new SendOutcome.RetryAfter(resetTime.Value, description);
            // GoToSocial answers 409 while it still processes a first request with the same key.
            case HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError:
                return new SendOutcome.Unknown(description);
        }

        var isFromServer = IsFromServer(status, body);
        if (!isFromServer && status == HttpStatusCode.Unauthorized)
        {
            return new SendOutcome.Unavailable(DescribeForeign(description));
        }

        // A firewall that checks responses may have replaced that of an executed request.
        if (!isFromServer)
        {
            return new SendOutcome.Unknown(DescribeForeign(description));
        }

        if (status == HttpStatusCode.Unauthorized)
        {
            // A valid token fixes it, so the post can be sent later.
            return new SendOutcome.Unavailable($"{InvalidToken} ({description}).");
        }

        return new SendOutcome.Refused(GetRefusal(status), description);
    }

    /// <summary>The result of a read that the server refused.</summary>
    /// <param name="status">The HTTP status, not 200 to 299.</param>
    /// <param name="description">One line for a person.</param>
    /// <param name="body">The body of the response.</param>
    public static Result<T> ToResult<T>(HttpStatusCode status, string description, ReadOnlySpan<byte> body)
    {
        switch (status)
        {
            case < HttpStatusCode.BadRequest:
                return new Result<T>.Unavailable(DescribeRedirect(description));
            case HttpStatusCode.TooManyRequests
            or HttpStatusCode.RequestTimeout
            or >= HttpStatusCode.InternalServerError:
                return new Result<T>.Unavailable(description);
        }

        if (!IsFromServer(status, body))
        {
            return new Result<T>.Unavailable(DescribeForeign(description));
        }

        // An empty body is snac's answer to an unknown token.
        if (status == HttpStatusCode.Unauthorized || body.IsEmpty)
        {
            return new Result<T>.Unauthorized($"{InvalidToken} ({description}).");
        }

        return new Result<T>.Refused(GetRefusal(status), description);
    }

    /// <summary>Decides what a token may do.</summary>
    /// <param name="list">The response to a read of the account's own posts; <see langword="null"/> without
    /// one.</param>
    /// <param name="edit">The response to an edit of a status that no server has. The server checks scopes first, so
    /// "not found" means that the token may write.</param>
    public static MastodonTokenScopes GetTokenScopes(MastodonResponse? list, MastodonResponse? edit)
    {
        bool? canRead = null;
        if (list is { IsFromServer: true } && (list.IsSuccess || list.Status == HttpStatusCode.Forbidden))
        {
            canRead = list.IsSuccess;
        }

        bool? canWrite = null;
        if (edit is { IsFromServer: true, IsRefusalWithoutBody: false })
        {
            canWrite = AllowsWriting(edit.Status);
        }

        return new MastodonTokenScopes(canRead, canWrite);
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

    /// <summary>Describes a response that is not in the form of the Mastodon API.</summary>
    /// <param name="description">The HTTP status.</param>
    public static string DescribeForeign(string description) =>
        $"{description}, not in the form of the Mastodon API: something between the bot and the server answered "
        + "(a proxy, a firewall), or the configured address is not that of the server.";

    /// <summary>Describes a successful response that lacks what is needed.</summary>
    /// <param name="description">The HTTP status.</param>
    /// <param name="body">The body of the response.</param>
    public static string DescribeInvalidResponse(string description, ReadOnlySpan<byte> body)
    {
        if (JsonReader.Parse(body) is null)
        {
            return DescribeForeign(description);
        }

        return $"{description}, but not what a Mastodon server answers. "
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

    private static bool HasValue(JsonElement? member) =>
        member is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) };

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
