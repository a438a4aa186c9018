namespace Serge.Bot.Simulator.Discord;

/// <summary>Counts how often a bot identifies. Use it under the world's lock.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Session Start Limit Object and Identifying.</remarks>
internal sealed class IdentifyLimiter
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(5);
    private readonly Dictionary<int, DateTimeOffset> _lastByKey = [];
    private DateTimeOffset _since;
    private int _count;

    public int GetRemaining(int limit, DateTimeOffset now)
    {
        if (IsOver(now))
        {
            return limit;
        }

        return Math.Max(0, limit - _count);
    }

    public TimeSpan GetResetAfter(DateTimeOffset now)
    {
        if (_count == 0 || IsOver(now))
        {
            return TimeSpan.Zero;
        }

        return _since + Day - now;
    }

    /// <summary>Checks the rate: <paramref name="concurrency"/> shards at once, each of them once in 5 s.</summary>
    /// <returns>Whether the bot may identify now.</returns>
    public bool TryCountRate(int shard, int concurrency, DateTimeOffset now)
    {
        var key = shard % concurrency;
        if (_lastByKey.TryGetValue(key, out var last) && now - last < MinInterval)
        {
            return false;
        }

        _lastByKey[key] = now;
        return true;
    }

    /// <summary>Counts a session start against the daily limit.</summary>
    /// <returns>Whether it is within the limit.</returns>
    public bool TryCountStart(int limit, DateTimeOffset now)
    {
        if (IsOver(now))
        {
            _since = now;
            _count = 0;
        }

        _count++;
        return _count <= limit;
    }

    private bool IsOver(DateTimeOffset now) => now - _since >= Day;
}
