namespace Serge.Bot.Discord.RateLimits;

/// <summary>Counts what Discord counts against our address, and stops us well before Discord does. Not thread-safe: the limiter has the lock.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits, Invalid Request Limit: whoever collects 10,000 answers of 401, 403 or 429 within 10
/// minutes is shut out, with everybody else at the same address. A 429 of a shared limit does not count.</remarks>
internal sealed class InvalidRequests
{
    /// <summary>So many stop everything but answers to interactions. Far more than a bot in order collects, and leaves room for others at
    /// our address.</summary>
    public const int StopsAt = 2_000;

    /// <summary>So many stop answers to interactions too: a person waits for them, and they are seldom among the refused.</summary>
    public const int StopsAnswersAt = 8_000;

    /// <summary>How long Discord remembers, and how long a stop lasts: after it nothing of what led to it counts any more.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Queue<TimeSpan> _times = new();
    private TimeSpan _stoppedUntil;
    private TimeSpan _answersStoppedUntil;

    /// <summary>How long nothing may be sent.</summary>
    /// <param name="isAnswer">For answers to interactions.</param>
    /// <param name="now">On the limiter's clock.</param>
    /// <returns>Zero when all is well.</returns>
    public TimeSpan Wait(bool isAnswer, TimeSpan now) =>
        (isAnswer ? _answersStoppedUntil : _stoppedUntil) is var until && until > now ? until - now : TimeSpan.Zero;

    /// <summary>One more.</summary>
    /// <returns>How many there are, if that begins a stop.</returns>
    public int? Count(TimeSpan now)
    {
        while (_times.TryPeek(out var oldest) && now - oldest >= Window)
        {
            _times.Dequeue();
        }

        _times.Enqueue(now);
        return TryStop(ref _stoppedUntil, StopsAt, now) | TryStop(ref _answersStoppedUntil, StopsAnswersAt, now)
            ? _times.Count
            : null;
    }

    private bool TryStop(ref TimeSpan until, int most, TimeSpan now)
    {
        // Answers still under way when it begins do not prolong it.
        if (_times.Count < most || until > now)
        {
            return false;
        }

        until = now + Window;
        return true;
    }
}
