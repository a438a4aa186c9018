using Microsoft.Extensions.Time.Testing;

namespace Serge.Bot.Discord.Tests.Support;

/// <summary>A fake clock that knows when something is next due.</summary>
internal sealed class VirtualTime() : FakeTimeProvider(Begin)
{
    public static readonly DateTimeOffset Begin = new(2033, 2, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<TimeSpan, TimeSpan> _due = new();

    /// <summary>How long the simulation has run.</summary>
    public TimeSpan Elapsed => GetUtcNow() - Begin;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Note(dueTime);
        return new Timer(this, base.CreateTimer(callback, state, dueTime, period));
    }

    /// <summary>Goes on to the next moment for which a timer was set.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryAdvance()
    {
        while (_due.TryDequeue(out var due, out _))
        {
            if (due > Elapsed)
            {
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
