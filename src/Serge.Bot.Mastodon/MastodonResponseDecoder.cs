using System.Text.Json;

namespace Serge.Bot.Mastodon;

/// <summary>Decodes the results of calls.</summary>
internal static class MastodonResponseDecoder
{
    /// <summary>The outcome of a write.</summary>
    public static SendOutcome ToOutcome(CallResult result)
    {
        switch (result)
        {
            case CallResult.NotSent { Until: { } until, Reason: var reason }:
                return new SendOutcome.RetryAfter(until, reason);
            case CallResult.NotSent(var reason, _):
                return new SendOutcome.Unavailable(reason);
            case CallResult.Lost(var reason):
                return new SendOutcome.Unknown(reason);
            case CallResult.Response { IsSuccess: true } response:
                return ReadStatus(response);
            case CallResult.Response response:
                return MastodonErrors.ToOutcome(response.Status, response.Description, response.ResetTime);
            default:
                throw new ArgumentException("Unknown type of result.", nameof(result));
        }
    }

    /// <summary>The result of a read.</summary>
    /// <param name="result">The result of the call.</param>
    /// <param name="read">Reads the body; <see langword="null"/> if it is not valid.</param>
    public static Result<T> ToResult<T>(CallResult result, Func<JsonElement, T?> read)
        where T : class
    {
        switch (result)
        {
            case CallResult.NotSent { Until: { } until, Reason: var reason }:
                return new Result<T>.Unavailable($"{reason} Retry after {until:u}.");
            case CallResult.NotSent(var reason, _):
                return new Result<T>.Unavailable(reason);
            case CallResult.Lost(var reason):
                return new Result<T>.Unavailable(reason);
            case CallResult.Response { IsSuccess: true } response:
                var value = JsonReader.Parse(response.Body.Span) is { } json ? read(json) : null;
                return value is null
                    ? new Result<T>.Refused(Refusal.Gone, DescribeInvalid(response))
                    : new Result<T>.Success(value);
            case CallResult.Response response:
                var hasBody = !response.Body.IsEmpty;
                return MastodonErrors.ToResult<T>(response.Status, response.Description, hasBody);
            default:
                throw new ArgumentException("Unknown type of result.", nameof(result));
        }
    }

    private static SendOutcome ReadStatus(CallResult.Response response)
    {
        var json = JsonReader.Parse(response.Body.Span);
        if (json.Member("id").Id() is { } id)
        {
            return new SendOutcome.Sent(id, MastodonErrors.ParseWebUrl(json.Member("url").Text()));
        }

        // GoToSocial's response to a repeated key: the post exists, and its id is unknown.
        var message = json.Member("status").Text();
        return message?.Contains("already handled", StringComparison.Ordinal) == true
            ? new SendOutcome.Sent(Id: null, Url: null)
            : new SendOutcome.Unknown(DescribeInvalid(response));
    }

    private static string DescribeInvalid(CallResult.Response response)
    {
        var isWebPage = response.Body.Span.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
        return MastodonErrors.DescribeInvalidResponse(response.Description, isWebPage);
    }
}
