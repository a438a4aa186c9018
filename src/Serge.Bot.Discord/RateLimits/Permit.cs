using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.RateLimits;

/// <summary>Leave to send one request.</summary>
/// <param name="limiter">Whose it is.</param>
/// <param name="route">What it is for.</param>
/// <param name="bucket">What it was taken from.</param>
/// <param name="number">Permits are numbered in the order in which they are given.</param>
/// <param name="since">When it was given, on the limiter's clock.</param>
internal sealed class Permit(RateLimiter limiter, Route route, Bucket bucket, long number, TimeSpan since) : IDisposable
{
    private bool _done;

    /// <summary>What it is for.</summary>
    public Route Route => route;

    /// <summary>Where it counts as out. When the route turns out to have another bucket, it counts there too: nobody knows yet which of them it met.</summary>
    public List<Bucket> Buckets { get; } = [bucket];

    /// <summary>The greater, the later it was given.</summary>
    public long Number => number;

    /// <summary>When it was given, on the limiter's clock.</summary>
    public TimeSpan Since => since;

    /// <summary>Set before the request goes out: should no answer come, it counts as spent all the same.</summary>
    public bool WentOut { get; set; }

    /// <summary>There was an answer.</summary>
    public void Complete(RateLimitHeaders answer)
    {
        if (!_done)
        {
            _done = true;
            limiter.Complete(this, answer);
        }
    }

    /// <summary>Gives the permit back if there was no answer.</summary>
    public void Dispose()
    {
        if (!_done)
        {
            _done = true;
            limiter.Release(this);
        }
    }
}

/// <summary>A request that waits for its permit.</summary>
/// <param name="route">What it is for.</param>
/// <param name="giveUp">When it has waited long enough, on the limiter's clock.</param>
internal sealed class Waiter(Route route, TimeSpan giveUp)
    : TaskCompletionSource<Permit>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>What it is for.</summary>
    public Route Route => route;

    /// <summary>When it has waited long enough, on the limiter's clock.</summary>
    public TimeSpan GiveUp => giveUp;
}

/// <summary>A request was not sent, because limits ask to wait longer than the caller would.</summary>
/// <param name="until">When it may be worth another try, on the wire's clock.</param>
/// <param name="reason">One line for a person.</param>
internal sealed class RateLimitRejectedException(DateTimeOffset until, string reason) : Exception(reason)
{
    /// <summary>When it may be worth another try.</summary>
    public DateTimeOffset Until { get; } = until;
}
