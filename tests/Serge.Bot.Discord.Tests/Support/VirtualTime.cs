using Microsoft.Extensions.Time.Testing;

namespace Serge.Bot.Discord.Tests.Support;

/// <summary>A fake clock that can advance to the next timer.</summary>
internal sealed class VirtualTime() : FakeTimeProvider(Begin)
{
    public static readonly DateTimeOffset Begin = new(2033, 2, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Far more than any test does at one time; a loop that does not wait exceeds it immediately.</summary>
    private const int MostStepsAtOnce = 300_000;

    private readonly PriorityQueue<TimeSpan, TimeSpan> _due = new();
    private int _steps;

    /// <summary>How long the simulation has run.</summary>
    public TimeSpan Elapsed => base.GetUtcNow() - Begin;

    public override DateTimeOffset GetUtcNow()
    {
        CountStep();
        return base.GetUtcNow();
    }

    public override long GetTimestamp()
    {
        CountStep();
        return base.GetTimestamp();
    }

    /// <summary>Counts the steps of client and server at one time.</summary>
    /// <exception cref="InvalidOperationException">There are too many: something is repeated without a
    /// wait.</exception>
    public void CountStep()
    {
        if (Interlocked.Increment(ref _steps) > MostStepsAtOnce)
        {
            throw new InvalidOperationException(
                $"More than {MostStepsAtOnce} steps at {Elapsed}: something is repeated without a wait."
            );
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        CountStep();
        Note(dueTime);
        return new Timer(this, base.CreateTimer(callback, state, dueTime, period));
    }

    /// <summary>Advances to the time of the next timer.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryAdvance()
    {
        while (_due.TryDequeue(out var due, out _))
        {
            if (due > Elapsed)
            {
                Interlocked.Exchange(ref _steps, 0);
                Advance(due - Elapsed);
                return true;
            }
        }

        return false;
    }

    private void Note(TimeSpan dueTime)
    {
        if (dueTime >= TimeSpan.Zero)
        {
            var due = Elapsed + dueTime;
            _due.Enqueue(due, due);
        }
    }

    private sealed class Timer(VirtualTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Note(dueTime);
            return timer.Change(dueTime, period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
