namespace Serge.Bot.Platforms;

/// <summary>The wait after a response 429 that is not the rate limit of one route but a block of the whole client, such
/// as Discord's "You are being blocked from accessing our API temporarily" or Cloudflare's error 1015. It ends later if
/// requests continue.</summary>
/// <remarks>Each block in a row doubles the wait, with jitter, and the success of a request that was sent after
/// the last wait ends the row. Not thread-safe. Times are on a clock of the caller that only moves forward.</remarks>
/// <param name="random">The source of the jitter.</param>
/// <param name="firstWait">The wait after the first block, without the jitter.</param>
public sealed class BlockBackoff(Random random, TimeSpan firstWait)
{
    /// <summary>The longest wait, without the jitter. A block of Discord lasts minutes to an hour.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(15);

    /// <summary>The jitter lengthens a wait by at most this part of it.</summary>
    private const double MaxJitter = 0.5;

    private TimeSpan _wait;
    private TimeSpan _blockedAt;
    private TimeSpan _until;

    /// <summary>Whether there was a block, and no request that was sent after it has succeeded since.</summary>
    public bool IsActive => _wait > TimeSpan.Zero;

    /// <summary>The rest of the wait; zero if there is none.</summary>
    public TimeSpan GetWait(TimeSpan now) => now < _until ? _until - now : TimeSpan.Zero;

    /// <summary>Notes a block.</summary>
    /// <param name="sentAt">When the request was sent. One that was sent before the last wait ended says nothing
    /// new.</param>
    /// <param name="now">The current time.</param>
    /// <param name="minWait">The wait that the response names, which may be longer than <see cref="MaxWait"/>. Default:
    /// none.</param>
    /// <returns>The new wait; <see langword="null"/> if the block was known.</returns>
    public TimeSpan? Block(TimeSpan sentAt, TimeSpan now, TimeSpan minWait = default)
    {
        var wait = minWait;
        if (!IsActive || sentAt >= _until)
        {
            var next = GetNextWait();
            wait = next > minWait ? next : minWait;
        }
        else if (minWait <= GetWait(now))
        {
            return null;
        }

        _blockedAt = now;
        _until = now + wait;
        return wait;
    }

    /// <summary>Notes that a request succeeded.</summary>
    /// <param name="sentAt">When the request was sent. One that was sent before the block was noted does not show that
    /// the block has ended. During the wait nothing is sent, so the exact end of the wait does not matter: a timer may
    /// fire a little before it.</param>
    public void Reset(TimeSpan sentAt)
    {
        if (IsActive && sentAt <= _blockedAt)
        {
            return;
        }

        _wait = TimeSpan.Zero;
        _until = TimeSpan.Zero;
    }

    /// <summary>Continues the row.</summary>
    private TimeSpan GetNextWait()
    {
        _wait = IsActive ? 2 * _wait : firstWait;
        if (_wait > MaxWait)
        {
            _wait = MaxWait;
        }

        return _wait * (1 + (MaxJitter * random.NextDouble()));
    }
}
