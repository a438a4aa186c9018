using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Serge.Bot.Mastodon.Tests.Support;

/// <summary>A clock that only the test advances; it reports when a wait begins.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2026, 3, 29, 9, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(base.CreateTimer(callback, state, dueTime, period), _waits.Writer);
        timer.Report(dueTime);
        return timer;
    }

    /// <summary>Waits for the next timer that meets a condition and returns its duration. Has a timeout.</summary>
    public async Task<TimeSpan> WaitForTimerAsync(Func<TimeSpan, bool> wanted)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            var wait = await _waits.Reader.ReadAsync(bound.Token);
            if (wanted(wait))
            {
                return wait;
            }
        }
    }

    /// <summary>Waits for the next timer that is not the timeout of the call or of an attempt, and advances the clock
    /// by it.</summary>
    public async Task<TimeSpan> SkipDelayAsync()
    {
        var wait = await WaitForTimerAsync(wait => wait != Some.CallTimeout && wait != Some.AttemptTimeout);
        Advance(wait);
        return wait;
    }

    /// <summary>The timer of a timeout is created first and set afterwards.</summary>
    private sealed class WatchedTimer(ITimer timer, ChannelWriter<TimeSpan> waits) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            Report(dueTime);
            return changed;
        }

        public void Report(TimeSpan dueTime)
        {
            if (dueTime > TimeSpan.Zero)
            {
                waits.TryWrite(dueTime);
            }
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
