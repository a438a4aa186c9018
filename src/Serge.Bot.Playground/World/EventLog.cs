using System.Text.Json.Serialization;

namespace Serge.Bot.Playground.World;

/// <summary>The worker's log and the events of the simulator, in order. Keeps the newest 300 entries.</summary>
/// <remarks>A jump over several months logs hundreds of similar entries; after the first ones they are only
/// counted.</remarks>
/// <param name="systemClock">The clock of the entries.</param>
/// <param name="changes">Signalled for every entry.</param>
internal sealed class EventLog(TimeProvider systemClock, ChangeSignal changes)
{
    private const int MaxEntries = 300;

    /// <summary>The number of similar entries in a row that are not only counted.</summary>
    private const int MaxSimilar = 2;

    private readonly Lock _lock = new();
    private readonly List<EventLogEntry> _entries = [];
    private int _lastNumber;

    /// <summary>All entries, oldest first.</summary>
    public IReadOnlyList<EventLogEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="source">The source.</param>
    /// <param name="level">The level.</param>
    /// <param name="text">The text.</param>
    /// <param name="kind">Entries of one kind are similar; <see langword="null"/> for none.</param>
    public void Write(EventLogSource source, EventLogLevel level, string text, string? kind = null)
    {
        lock (_lock)
        {
            if (CountSimilar(kind) >= MaxSimilar)
            {
                var last = _entries[^1];
                _entries[^1] = last with { More = last.More + 1 };
            }
            else
            {
                _lastNumber++;
                Add(new EventLogEntry(_lastNumber, systemClock.GetUtcNow(), source, level, text, kind, More: 0));
            }
        }

        changes.Set();
    }

    private int CountSimilar(string? kind)
    {
        if (kind is null)
        {
            return 0;
        }

        var newestFirst = _entries.AsEnumerable().Reverse();
        return newestFirst.TakeWhile(entry => entry.Kind == kind).Count();
    }

    private void Add(EventLogEntry entry)
    {
        _entries.Add(entry);
        if (_entries.Count > MaxEntries)
        {
            _entries.RemoveAt(0);
        }
    }
}

/// <summary>An entry of the log.</summary>
/// <param name="Number">Ascends from 1.</param>
/// <param name="At">The time on the system clock.</param>
/// <param name="Source">The source.</param>
/// <param name="Level">The level.</param>
/// <param name="Text">The text.</param>
/// <param name="Kind">Entries of one kind are similar.</param>
/// <param name="More">The number of similar entries that followed.</param>
internal sealed record EventLogEntry(
    int Number,
    DateTimeOffset At,
    EventLogSource Source,
    EventLogLevel Level,
    string Text,
    [property: JsonIgnore] string? Kind,
    int More
);

internal enum EventLogSource
{
    /// <summary>The worker's log.</summary>
    Worker,

    /// <summary>The simulated Discord.</summary>
    Discord,

    /// <summary>The simulated Mastodon server.</summary>
    Mastodon,

    /// <summary>The person at the page.</summary>
    You,
}

internal enum EventLogLevel
{
    Information,

    /// <summary>A failure that the bot handles.</summary>
    Warning,

    /// <summary>A failure that needs a person.</summary>
    Error,
}
