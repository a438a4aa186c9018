namespace Serge.Bot.Discord.RateLimits;

/// <summary>Limits the number of requests. Not thread-safe: the limiter holds the lock.</summary>
internal abstract class Throttle
{
    private TimeSpan _blockedUntil;

    /// <summary>Blocks all requests. A shorter block does not end a longer one.</summary>
    public void BlockUntil(TimeSpan until)
    {
        if (until > _blockedUntil)
        {
            _blockedUntil = until;
        }
    }

    public bool IsBlocked(TimeSpan now) => now < _blockedUntil;

    /// <summary>The wait until the next request may start.</summary>
    /// <returns><see langword="null"/> if it depends on a response that has not arrived.</returns>
    public TimeSpan? GetWait(TimeSpan now) => IsBlocked(now) ? _blockedUntil - now : GetWaitWhenUnblocked(now);

    /// <summary>Notes that a request starts.</summary>
    public abstract void Start(TimeSpan now);

    protected abstract TimeSpan? GetWaitWhenUnblocked(TimeSpan now);
}
