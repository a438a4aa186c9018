namespace Serge.Bot.Simulator.Discord.Gateway;

/// <summary>Counts how often a bot identifies. Used under the world's lock.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Session Start Limit Object and Identifying.</remarks>
internal sealed class SessionStarts
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private readonly Dictionary<int, Queue<DateTimeOffset>> _recent = [];
    private DateTimeOffset _since;
    private int _count;

    public int Remaining(int total, DateTimeOffset now) => now - _since >= Day ? total : Math.Max(0, total - _count);

    public TimeSpan ResetAfter(DateTimeOffset now) =>
        _count == 0 || now - _since >= Day ? TimeSpan.Zero : _since + Day - now;

    /// <summary>Whether another identify is in time: <paramref name="concurrency"/> shards at once, each of them once in 5 s.</summary>
    public bool InPace(int shard, int concurrency, DateTimeOffset now)
    {
        var key = shard % concurrency;
        if (!_recent.TryGetValue(key, out var times))
        {
            _recent[key] = times = new Queue<DateTimeOffset>();
        }

        while (times.TryPeek(out var oldest) && now - oldest >= Pace)
        {
            times.Dequeue();
        }

        if (times.Count > 0)
        {
            return false;
        }

        times.Enqueue(now);
        return true;
    }

    /// <summary>Counts one start.</summary>
    /// <returns>Whether it was still allowed.</returns>
    public bool TryCount(int total, DateTimeOffset now)
    {
        if (now - _since >= Day)
        {
            (_since, _count) = (now, 0);
        }

        return ++_count <= total;
    }
}
