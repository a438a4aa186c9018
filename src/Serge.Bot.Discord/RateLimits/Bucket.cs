namespace Serge.Bot.Discord.RateLimits;

/// <summary>The limit of one route, or of several that share one, for one channel, server or interaction.</summary>
/// <remarks>Nothing is known but what the headers say. Until the first answer, and where the headers say nothing, requests go one at a
/// time. A request that is out counts as taken until its answer says what is left.</remarks>
internal sealed class Bucket : Gate
{
    private int _out;
    private int? _limit;
    private int _remaining;

    /// <summary>When the window ends; <see langword="null"/> when a new one has begun of which no answer has told yet.</summary>
    private TimeSpan? _resetAt;

    /// <summary>Nothing here is worth keeping.</summary>
    public bool IsIdle(TimeSpan now) => _out == 0 && !HasWaiters && now >= ClosedUntil && !(_resetAt > now);

    public override void Take(TimeSpan now)
    {
        Renew(now);
        _out++;
    }

    /// <summary>A request came to nothing, or its answer was lost.</summary>
    /// <param name="wentOut">Discord may have counted it.</param>
    public void Return(bool wentOut)
    {
        _out--;
        if (wentOut)
        {
            _remaining--;
        }
    }

    /// <summary>A request was answered.</summary>
    public void Return(RateLimitHeaders answer, TimeSpan now)
    {
        Return(wentOut: true);
        if (answer is { Limit: { } limit, Remaining: { } remaining, ResetAfter: { } resetAfter })
        {
            // Answers may overtake each other: within one window the smaller figure is the later one.
            var sameWindow = _resetAt > now && now + resetAfter <= _resetAt + TimeSpan.FromMilliseconds(250);
            _remaining = sameWindow ? Math.Min(_remaining + 1, remaining) : remaining;
            _limit = limit;
            _resetAt = now + resetAfter;
        }

        if (answer.RetryAfter is { } retryAfter)
        {
            CloseUntil(now + retryAfter);
        }
    }

    protected override TimeSpan? WaitWhenOpen(TimeSpan now)
    {
        Renew(now);
        if (_limit is not null && _remaining > _out)
        {
            return TimeSpan.Zero;
        }

        if (_resetAt is { } reset)
        {
            return reset - now;
        }

        return _out == 0 ? TimeSpan.Zero : null;
    }

    private void Renew(TimeSpan now)
    {
        if (_resetAt <= now)
        {
            _resetAt = null;
            _remaining = _limit ?? 0;
        }
    }
}
