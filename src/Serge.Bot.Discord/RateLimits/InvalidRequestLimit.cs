namespace Serge.Bot.Discord.RateLimits;

/// <summary>Counts invalid requests and pauses the client before Discord bans its IP address. Not thread-safe: the
/// limiter holds the lock.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits, Invalid Request Limit: 10,000 responses with 401, 403 or 429
/// within 10 minutes ban an IP address. A 429 of a shared limit does not count.</remarks>
internal sealed class InvalidRequestLimit
{
    /// <summary>Pauses all requests but responses to interactions. Far more than a working bot has; the rest of the
    /// limit is for other programs with the same address.</summary>
    public const int MaxBeforePause = 2_000;

    /// <summary>Pauses responses to interactions, too: users wait for them, and they are seldom refused.</summary>
    public const int MaxBeforeReplyPause = 8_000;

    /// <summary>The window of Discord's limit and the length of a pause; afterwards no earlier request
    /// counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Queue<TimeSpan> _times = new();
    private TimeSpan _pausedUntil;
    private TimeSpan _repliesPausedUntil;

    /// <summary>The rest of the pause; zero without a pause.</summary>
    /// <param name="isReply">Whether the request responds to an interaction.</param>
    /// <param name="now">On the limiter's clock.</param>
    public TimeSpan GetWait(bool isReply, TimeSpan now)
    {
        var wait = (isReply ? _repliesPausedUntil : _pausedUntil) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Records an invalid request.</summary>
    /// <returns>The number of invalid requests in the window, if it starts a pause.</returns>
    public int? Record(TimeSpan now)
    {
        while (_times.TryPeek(out var oldest) && now - oldest >= Window)
        {
            _times.Dequeue();
        }

        _times.Enqueue(now);
        var paused = TryPause(ref _pausedUntil, MaxBeforePause, now);
        var repliesPaused = TryPause(ref _repliesPausedUntil, MaxBeforeReplyPause, now);
        if (paused || repliesPaused)
        {
            return _times.Count;
        }

        return null;
    }

    private bool TryPause(ref TimeSpan until, int max, TimeSpan now)
    {
        // Responses that arrive during a pause do not prolong it.
        if (_times.Count < max || until > now)
        {
            return false;
        }

        until = now + Window;
        return true;
    }
}
