using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Playground.World;

/// <summary>The Mastodon timeline, with the time on the schedule clock of each status. Keeps the newest 100.</summary>
/// <param name="scheduleClock">The clock of the entries.</param>
internal sealed class Timeline(TimeProvider scheduleClock)
{
    private const int MaxEntries = 100;

    private readonly Lock _lock = new();
    private readonly List<TimelineEntry> _entries = [];

    /// <summary>All entries, newest first.</summary>
    public IReadOnlyList<TimelineEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries.AsEnumerable().Reverse()];
            }
        }
    }

    /// <summary>Updates the entries if the event concerns a status.</summary>
    public void Handle(SimulatorEvent simulatorEvent)
    {
        lock (_lock)
        {
            switch (simulatorEvent)
            {
                case MastodonWorldEvent.StatusCreated(var status):
                    Add(status);
                    break;
                case MastodonWorldEvent.StatusEdited(var status):
                    Replace(status);
                    break;
                case MastodonWorldEvent.StatusDeleted(var status):
                    _entries.RemoveAll(entry => entry.Status.Id == status.Id);
                    break;
            }
        }
    }

    private void Add(Status status)
    {
        _entries.Add(new TimelineEntry(scheduleClock.GetUtcNow(), status));
        if (_entries.Count > MaxEntries)
        {
            _entries.RemoveAt(0);
        }
    }

    private void Replace(Status status)
    {
        var index = _entries.FindIndex(entry => entry.Status.Id == status.Id);
        if (index >= 0)
        {
            _entries[index] = _entries[index] with { Status = status };
        }
    }
}

/// <param name="At">The time on the schedule clock.</param>
/// <param name="Status">The status.</param>
internal sealed record TimelineEntry(DateTimeOffset At, Status Status);
