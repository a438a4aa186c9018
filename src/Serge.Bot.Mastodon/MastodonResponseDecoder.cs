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
            case CallResult.RateLimited limit:
                return new SendOutcome.RetryAfter(limit.Until, limit.Reason);
            case CallResult.NotSent notSent:
                return new SendOutcome.Unavailable(notSent.Reason);
            case CallResult.Lost lost:
                return new SendOutcome.Unknown(lost.Reason);
        }

        var response = (CallResult.Response)result;
        if (response.IsSuccess)
        {
            return ReadStatus(response);
        }

        return MastodonErrors.ToOutcome(response.Status, response.Description, response.ResetTime);
    }

    /// <summary>The result of a read.</summary>
    /// <param name="result">The result of the call.</param>
    /// <param name="read">Reads the body; <see langword="null"/> if it is not valid.</param>
    public static Result<T> ToResult<T>(CallResult result, Func<JsonElement, T?> read)
        where T : class
    {
        switch (result)
        {
            case CallResult.RateLimited limit:
                return new Result<T>.Unavailable($"{limit.Reason} Retry after {limit.Until:u}.");
            case CallResult.NotSent notSent:
                return new Result<T>.Unavailable(notSent.Reason);
            case CallResult.Lost lost:
                return new Result<T>.Unavailable(lost.Reason);
        }

        var response = (CallResult.Response)result;
        if (!response.IsSuccess)
        {
            return MastodonErrors.ToResult<T>(response.Status, response.Description, !response.Body.IsEmpty);
        }

        if (JsonReader.Parse(response.Body.Span) is { } json && read(json) is { } value)
        {
            return value;
        }

        return new Result<T>.Refused(Refusal.Gone, DescribeInvalid(response));
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
        if (message?.Contains("already handled", StringComparison.Ordinal) == true)
        {
            return new SendOutcome.Sent(Id: null, Url: null);
        }

        return new SendOutcome.Unknown(DescribeInvalid(response));
    }

    private static string DescribeInvalid(CallResult.Response response)
    {
        var isWebPage = response.Body.Span.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
        return MastodonErrors.DescribeInvalidResponse(response.Description, isWebPage);
    }
}
