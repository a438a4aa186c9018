using Mastonet.Entities;

namespace Serge.Bot.OnMastonet;

/// <summary>Decodes the results of calls.</summary>
internal static class MastodonResponseDecoder
{
    /// <summary>The outcome of a write.</summary>
    /// <param name="call">The call.</param>
    /// <param name="status">What Mastonet read from a successful response.</param>
    public static SendOutcome ToOutcome(MastodonCall call, Status? status)
    {
        if (call.Status is null && call.MayHaveExecuted)
        {
            return new SendOutcome.Unknown(call.Description);
        }

        if (call.Status is null)
        {
            return new SendOutcome.Unavailable(call.Description);
        }

        if (!call.IsSuccess)
        {
            return MastodonErrors.ToOutcome(call.Status.Value, call.Description, call.ResetTime);
        }

        if (status is { Id.Length: > 0 })
        {
            return new SendOutcome.Sent(status.Id, MastodonErrors.ParseWebUrl(status.Url));
        }

        // GoToSocial's response to a repeated key: the post exists, and its id is unknown.
        if (call.Body.Contains("already handled", StringComparison.Ordinal))
        {
            return new SendOutcome.Sent(Id: null, Url: null);
        }

        return new SendOutcome.Unknown(DescribeInvalid(call));
    }

    /// <summary>The result of a read.</summary>
    /// <param name="call">The call.</param>
    /// <param name="value">What was read from a successful response; <see langword="null"/> if it is not valid.</param>
    public static Result<T> ToResult<T>(MastodonCall call, T? value)
        where T : class
    {
        if (call.Status is null)
        {
            return new Result<T>.Unavailable(call.Description);
        }

        if (!call.IsSuccess)
        {
            return MastodonErrors.ToResult<T>(call.Status.Value, call.Description, call.Body.Length > 0);
        }

        if (value is not null)
        {
            return value;
        }

        return new Result<T>.Refused(Refusal.Gone, DescribeInvalid(call));
    }

    private static string DescribeInvalid(MastodonCall call)
    {
        var isWebPage = call.Body.TrimStart().StartsWith('<');
        return MastodonErrors.DescribeInvalidResponse(call.Description, isWebPage);
    }
}
