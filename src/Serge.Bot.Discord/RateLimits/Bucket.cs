namespace Serge.Bot.Discord.RateLimits;

/// <summary>The rate limit of one route, or of several that share it, for one channel, guild or interaction.</summary>
/// <remarks>The headers of the responses are the only source. Before the first response, and if the headers are
/// missing, requests are sent one after the other. A request counts as used until its response says what
/// remains.</remarks>
internal sealed class Bucket : Throttle
{
    /// <summary>Windows whose ends differ by less are the same: the clocks of servers differ.</summary>
    private static readonly TimeSpan WindowTolerance = TimeSpan.FromMilliseconds(100);

    /// <summary>The headers have milliseconds, and the last digit may be rounded.</summary>
    private static readonly TimeSpan HeaderResolution = TimeSpan.FromMilliseconds(1);

    private int _inFlight;
    private int? _limit;

    /// <summary>The rest of the window, before the requests in flight are subtracted.</summary>
    private int _remaining;

    /// <summary>The end of the latest known window on the server's clock. The window may be over.</summary>
    private TimeSpan? _window;

    /// <summary>The time at which that window has certainly ended; <see langword="null"/> if a new window has started
    /// and no response has described it.</summary>
    private TimeSpan? _resetAt;

    /// <summary>Whether the bucket has no state worth keeping.</summary>
    public bool IsIdle(TimeSpan now) => _inFlight == 0 && !IsBlocked(now) && !(_resetAt > now);

    public override void Start(TimeSpan now) => _inFlight++;

    /// <summary>Notes that a request is no longer in flight.</summary>
    /// <param name="counted">Discord may have counted it in this bucket, and no response says so.</param>
    /// <param name="now">The current time.</param>
    public void Finish(bool counted, TimeSpan now)
    {
        ResetIfWindowEnded(now);
        _inFlight--;
        if (counted)
        {
            _remaining--;
        }
    }

    /// <summary>Applies the headers of a response. Responses may arrive in another order than their requests.</summary>
    public void Update(RateLimitHeaders headers, TimeSpan now)
    {
        ResetIfWindowEnded(now);
        if (headers is { Limit: { } limit, Remaining: { } remaining, ResetAfter: { } resetAfter })
        {
            UpdateWindow(limit, remaining, now + resetAfter, headers.Reset ?? now + resetAfter);
        }

        if (headers.RetryAfter is { } retryAfter)
        {
            BlockUntil(now + retryAfter);
        }
    }

    protected override TimeSpan? GetWaitWhenUnblocked(TimeSpan now)
    {
        ResetIfWindowEnded(now);
        if (_limit is not null && _remaining > _inFlight)
        {
            return TimeSpan.Zero;
        }

        if (_resetAt is not null)
        {
            return _resetAt - now;
        }

        return _inFlight == 0 ? TimeSpan.Zero : null;
    }

    private void UpdateWindow(int limit, int remaining, TimeSpan windowEnd, TimeSpan window)
    {
        var resetAt = windowEnd + HeaderResolution;
        if (_window is null || window > _window + WindowTolerance)
        {
            _window = window;
            _resetAt = resetAt;
            _limit = limit;
            _remaining = remaining;
        }
        else if (_resetAt is not null && window >= _window - WindowTolerance)
        {
            // Each response travels for a while, so the earliest end is the most exact one, and the smaller rest is the
            // later one.
            if (resetAt < _resetAt)
            {
                _resetAt = resetAt;
            }

            _limit = limit;
            _remaining = Math.Min(_remaining, remaining);
        }
        else
        {
            // The response belongs to an earlier window. It counts here too, in case the server's clock was set back.
            _remaining--;
        }
    }

    private void ResetIfWindowEnded(TimeSpan now)
    {
        if (_resetAt <= now)
        {
            _resetAt = null;
            _remaining = _limit ?? 0;
        }
    }
}
