using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.RateLimits;

/// <summary>Leave to send one request.</summary>
internal sealed class Permit(RateLimiter limiter, Route route, Bucket bucket) : IDisposable
{
    private bool _done;

    /// <summary>What it is for.</summary>
    public Route Route => route;

    /// <summary>What it was taken from.</summary>
    public Bucket Bucket => bucket;

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
            limiter.Release(this, WentOut);
        }
    }
}

/// <summary>A request was not sent, because limits ask to wait longer than the caller would.</summary>
/// <param name="until">When it may be worth another try, on the wire's clock.</param>
/// <param name="reason">One line for a person.</param>
internal sealed class RateLimitRejectedException(DateTimeOffset until, string reason) : Exception(reason)
{
    /// <summary>When it may be worth another try.</summary>
    public DateTimeOffset Until { get; } = until;
}
