namespace Serge.Bot.Discord.RateLimits;

/// <summary>The limit of one route, or of several that share one, for one channel, server or interaction.</summary>
/// <remarks>Nothing is known but what the headers say. Until the first answer, and where the headers say nothing, requests go one at a
/// time. A request that is out counts as taken until its answer says what is left.</remarks>
internal sealed class Bucket : Gate
{
    /// <summary>Windows whose ends are this close together are one: servers do not all have quite the same time.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    /// <summary>The headers have milliseconds, and the last one may be rounded.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);

    private int _out;
    private int? _limit;

    /// <summary>Left of the window, those that are out not yet taken off.</summary>
    private int _remaining;

    /// <summary>The latest window that an answer told of, by its end on the server's clock. It may be over.</summary>
    private TimeSpan? _window;

    /// <summary>When that window has certainly ended; <see langword="null"/> when a new one has begun of which no answer has told yet.</summary>
    private TimeSpan? _resetAt;

    /// <summary>Nothing here is worth keeping.</summary>
    public bool IsIdle(TimeSpan now) => _out == 0 && !IsClosed(now) && !(_resetAt > now);

    public override void Take(TimeSpan now) => _out++;

    /// <summary>A request is no longer out.</summary>
    /// <param name="counted">Discord may have counted it here, and no answer says so.</param>
    /// <param name="now">When.</param>
    public void Return(bool counted, TimeSpan now)
    {
        Renew(now);
        _out--;
        _remaining -= counted ? 1 : 0;
    }

    /// <summary>What an answer says of this bucket. Answers overtake each other, within a window and from one to the next.</summary>
    public void Learn(RateLimitHeaders answer, TimeSpan now)
    {
        Renew(now);
        if (answer is { Limit: { } limit, Remaining: { } remaining, ResetAfter: { } resetAfter })
        {
            var resetAt = now + resetAfter + Grain;
            var window = answer.Reset ?? now + resetAfter;
            if (_window is null || window > _window + Tolerance)
            {
                (_window, _resetAt, _limit, _remaining) = (window, resetAt, limit, remaining);
            }
            else if (_resetAt is { } known && window >= _window - Tolerance)
            {
                // Each answer was under way for a while, so the earliest of the ends is the nearest to the truth. Of what is left the
                // smaller figure is the later one.
                (_resetAt, _limit, _remaining) = (
                    resetAt < known ? resetAt : known,
                    limit,
                    Math.Min(_remaining, remaining)
                );
            }
            else
            {
                // Of a window that is over. Should it be the server's clock that went back, it counts here all the same.
                _remaining--;
            }
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
