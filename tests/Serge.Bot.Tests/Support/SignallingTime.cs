using System.Threading.Channels;

namespace Serge.Bot.Tests.Support;

/// <summary>A fake clock that tells when the code under test begins to wait, so that a test need not poll.</summary>
internal sealed class SignallingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>In real time; a test fails after it instead of waiting for ever.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits for the next timer that is made.</summary>
    /// <returns>When it is due, counted from when it was made.</returns>
    /// <exception cref="TimeoutException">None was made in 5 minutes.</exception>
    public Task<TimeSpan> NextTimerAsync() =>
        _timers
            .Reader.ReadAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(Longest, TimeProvider.System, TestContext.Current.CancellationToken);
}
