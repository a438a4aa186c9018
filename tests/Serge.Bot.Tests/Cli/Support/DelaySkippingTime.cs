namespace Serge.Bot.Tests.Cli.Support;

/// <summary>A clock that advances at once by each delay of at most <see cref="Longest"/>; longer timers wait as
/// usual.</summary>
internal sealed class DelaySkippingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _skipped = [];

    /// <summary>Shorter than every timeout of the commands.</summary>
    private static TimeSpan Longest => TimeSpan.FromSeconds(2);

    /// <summary>The delays that were skipped.</summary>
    public IReadOnlyList<TimeSpan> Skipped
    {
        get
        {
            lock (_lock)
            {
                return [.. _skipped];
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime <= Longest)
        {
            lock (_lock)
            {
                _skipped.Add(dueTime);
            }

            // Not on this thread, because its caller has not stored the timer yet.
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }

        return timer;
    }
}
