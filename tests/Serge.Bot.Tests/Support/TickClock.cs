using System.Threading.Channels;

namespace Serge.Bot.Tests.Support;

/// <summary>A clock that reports its timers, so that a test advances it only after a loop has begun to wait.</summary>
internal sealed class TickClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The due time of the next timer, which may have been created already.</summary>
    public Task<TimeSpan> NextTimerAsync() =>
        _timers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Bounded.Longest);

    /// <summary>Completes when a timer with this due time is created.</summary>
    public async Task TimerAsync(TimeSpan dueTime)
    {
        while (await NextTimerAsync() != dueTime) { }
    }

    /// <summary>Advances the clock in steps; a loop uses the database at least once in each step.</summary>
    public async Task TickAsync(FaultyEngine engine, TimeSpan step, int times)
    {
        for (var tick = 0; tick < times; tick++)
        {
            engine.ForgetUses();
            Advance(step);
            await engine.UsedAsync();
        }
    }
}

/// <summary>Waits with a timeout, so that a test fails instead of hanging.</summary>
internal static class Bounded
{
    /// <summary>In real time. Far longer than a busy machine needs, so that only a wait that would never end reaches
    /// it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static async Task WaitAsync(SemaphoreSlim semaphore)
    {
        if (!await semaphore.WaitAsync(Longest, TestContext.Current.CancellationToken))
        {
            throw new TimeoutException("What the test waits for did not happen.");
        }
    }
}
