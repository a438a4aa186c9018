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
        if (!response.IsSuccess)
        {
            return MastodonErrors.ToOutcome(
                response.Status,
                response.Description,
                response.Body.Span,
                response.ResetTime
            );
        }

        if (MastodonReaders.ReadSent(JsonReader.Parse(response.Body.Span)) is { } sent)
        {
            return sent;
        }

        return new SendOutcome.Unknown(DescribeInvalid(response));
    }

    /// <summary>The result of a read.</summary>
    /// <param name="result">The result of the call.</param>
    /// <param name="read">Reads the body; <see langword="null"/> if it is not valid.</param>
    public static Result<T> ToResult<T>(CallResult result, Func<JsonElement?, T?> read)
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
            return MastodonErrors.ToResult<T>(response.Status, response.Description, response.Body.Span);
        }

        if (JsonReader.Parse(response.Body.Span) is not { } json)
        {
            return new Result<T>.Unavailable(DescribeInvalid(response));
        }

        if (read(json) is { } value)
        {
            return value;
        }

        return new Result<T>.Refused(Refusal.Gone, DescribeInvalid(response));
    }

    private static string DescribeInvalid(CallResult.Response response) =>
        MastodonErrors.DescribeInvalidResponse(response.Description, response.Body.Span);
}
