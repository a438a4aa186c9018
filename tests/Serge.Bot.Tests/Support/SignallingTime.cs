using System.Threading.Channels;

namespace Serge.Bot.Tests.Support;

/// <summary>A fake clock that reports when the code under test begins to wait, so that a test does not need to
/// poll.</summary>
internal sealed class SignallingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>In real time; a test that waits longer fails.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits for the creation of the next timer.</summary>
    /// <returns>Its due time, relative to its creation.</returns>
    /// <exception cref="TimeoutException">No timer was created within 5 minutes.</exception>
    public Task<TimeSpan> NextTimerAsync() =>
        _timers
            .Reader.ReadAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(Longest, TimeProvider.System, TestContext.Current.CancellationToken);
}
