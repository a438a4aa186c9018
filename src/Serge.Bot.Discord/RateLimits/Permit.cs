using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.RateLimits;

/// <summary>The permission to send one request.</summary>
/// <param name="limiter">The limiter that granted it.</param>
/// <param name="route">The route of the request.</param>
/// <param name="bucket">The bucket in which the request counts.</param>
/// <param name="number">Ascending in the order of grants.</param>
/// <param name="grantedAt">On the limiter's clock.</param>
internal sealed class Permit(RateLimiter limiter, Route route, Bucket bucket, long number, TimeSpan grantedAt)
    : IDisposable
{
    private bool _isCompleted;

    public Route Route => route;

    /// <summary>The buckets in which the request counts. It counts in several if the bucket of the route changed while
    /// the request was in flight, because it is unknown which of them Discord used.</summary>
    public List<Bucket> Buckets { get; } = [bucket];

    public long Number => number;

    /// <summary>On the limiter's clock.</summary>
    public TimeSpan GrantedAt => grantedAt;

    /// <summary>Set before the request is sent: without a response, it counts as used, too.</summary>
    public bool WasSent { get; set; }

    /// <summary>Applies the headers of the response.</summary>
    public void Complete(RateLimitHeaders headers)
    {
        if (!_isCompleted)
        {
            _isCompleted = true;
            limiter.Complete(this, headers);
        }
    }

    /// <summary>Returns the permit if there was no response.</summary>
    public void Dispose()
    {
        if (!_isCompleted)
        {
            _isCompleted = true;
            limiter.Release(this);
        }
    }
}

/// <summary>A request that waits for its permit.</summary>
/// <param name="route">The route of the request.</param>
/// <param name="deadline">On the limiter's clock.</param>
internal sealed class PendingRequest(Route route, TimeSpan deadline)
    : TaskCompletionSource<Permit>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public Route Route => route;

    public TimeSpan Deadline => deadline;
}

/// <summary>A request was not sent, because the wait for a rate limit is longer than the caller's timeout.</summary>
/// <param name="until">The earliest time of the next attempt, on the system clock.</param>
/// <param name="reason">One line for a person.</param>
internal sealed class RateLimitRejectedException(DateTimeOffset until, string reason) : Exception(reason)
{
    public DateTimeOffset Until { get; } = until;
}
