using Serge.Bot.Simulator;
using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Playground.World;

/// <summary>The Mastodon timeline as the page shows it, with the day that the calendar had at each post. Keeps the newest 100.</summary>
/// <param name="calendar">What day and hour it is when something is posted.</param>
internal sealed class Timeline(TimeProvider calendar)
{
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly List<Posted> _posted = [];

    /// <summary>All of it, newest first.</summary>
    public IReadOnlyList<Posted> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _posted.AsEnumerable().Reverse()];
            }
        }
    }

    /// <summary>Takes up what happened, if it is a status.</summary>
    public void Hear(SimulatorEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case SimulatorEvent.StatusCreated(var status):
                    _posted.Add(new Posted(calendar.GetUtcNow(), status));
                    if (_posted.Count > Kept)
                    {
                        _posted.RemoveAt(0);
                    }

                    break;
                case SimulatorEvent.StatusEdited(var status):
                    var index = _posted.FindIndex(posted => posted.Status.Id == status.Id);
                    if (index >= 0)
                    {
                        _posted[index] = _posted[index] with { Status = status };
                    }

                    break;
                case SimulatorEvent.StatusDeleted(var status):
                    _posted.RemoveAll(posted => posted.Status.Id == status.Id);
                    break;
            }
        }
    }
}

/// <summary>A status and its day.</summary>
/// <param name="At">On the calendar.</param>
/// <param name="Status">The status.</param>
internal sealed record Posted(DateTimeOffset At, Status Status);
