using System.Text.Json;

namespace Serge.Bot.Mastodon;

/// <summary>Decodes the results of calls.</summary>
internal static class MastodonResponseDecoder
{
    /// <summary>The outcome of a write.</summary>
    public static SendOutcome ToOutcome(CallResult result) =>
        result switch
        {
            CallResult.Answered answered => answered.Response.ToOutcome(),
            CallResult.RateLimited limit => new SendOutcome.RetryAfter(limit.Until, limit.Reason),
            CallResult.NotSent notSent => new SendOutcome.Unavailable(notSent.Reason),
            CallResult.Lost lost => new SendOutcome.Unknown(lost.Reason),
            _ => throw new InvalidOperationException($"Unknown result {result}."),
        };

    /// <summary>The result of a read.</summary>
    /// <param name="result">The result of the call.</param>
    /// <param name="read">Reads the body; <see langword="null"/> if it is not valid.</param>
    public static Result<T> ToResult<T>(CallResult result, Func<JsonElement?, T?> read)
        where T : class
    {
        if (result.Response is { } response)
        {
            return response.ToResult(read);
        }

        return new Result<T>.Unavailable(DescribeFailure(result));
    }

    private static string DescribeFailure(CallResult result) =>
        result switch
        {
            CallResult.RateLimited limit => $"{limit.Reason} Retry after {limit.Until:u}.",
            CallResult.NotSent notSent => notSent.Reason,
            CallResult.Lost lost => lost.Reason,
            _ => throw new InvalidOperationException($"Unknown result {result}."),
        };
}
