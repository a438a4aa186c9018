namespace Serge.Bot.Playground.World;

/// <summary>What happens, in sentences, in order: the worker's own log and the news from the simulator. Keeps the newest 300.</summary>
/// <remarks>A calendar that jumps over a season makes hundreds of like lines at once; after the first of a kind the others are counted.</remarks>
/// <param name="clock">The wire's: this is about what happens now, whatever day the calendar shows.</param>
/// <param name="changes">Told of every line.</param>
internal sealed class Diary(TimeProvider clock, Changes changes)
{
    private const int Kept = 300;

    /// <summary>So many of a kind in a row are shown before the rest is counted.</summary>
    private const int ShownOfAKind = 2;

    private readonly Lock _lock = new();
    private readonly List<DiaryLine> _lines = [];
    private int _written;

    /// <summary>All lines, oldest first.</summary>
    public IReadOnlyList<DiaryLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Writes a line.</summary>
    /// <param name="source">Who says so.</param>
    /// <param name="weight">How much it matters.</param>
    /// <param name="text">The sentence.</param>
    /// <param name="kind">What makes two lines alike; <see langword="null"/> when each is worth reading.</param>
    public void Write(DiarySource source, DiaryWeight weight, string text, string? kind = null)
    {
        lock (_lock)
        {
            var alike = kind is null ? 0 : _lines.AsEnumerable().Reverse().TakeWhile(line => line.Kind == kind).Count();
            if (alike >= ShownOfAKind)
            {
                _lines[^1] = _lines[^1] with { More = _lines[^1].More + 1 };
            }
            else
            {
                _lines.Add(new DiaryLine(++_written, clock.GetUtcNow(), source, weight, text, kind, 0));
                if (_lines.Count > Kept)
                {
                    _lines.RemoveAt(0);
                }
            }
        }

        changes.Tell();
    }
}

/// <summary>One line.</summary>
/// <param name="Number">Counts up from 1.</param>
/// <param name="At">On the wire's clock.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Weight">How much it matters.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Kind">What makes two lines alike.</param>
/// <param name="More">How many like it followed.</param>
internal sealed record DiaryLine(
    int Number,
    DateTimeOffset At,
    DiarySource Source,
    DiaryWeight Weight,
    string Text,
    string? Kind,
    int More
);

/// <summary>Who says so.</summary>
internal enum DiarySource
{
    /// <summary>The worker's log.</summary>
    Worker,

    /// <summary>The simulated Discord.</summary>
    Discord,

    /// <summary>The simulated Mastodon.</summary>
    Mastodon,

    /// <summary>Whoever sits at the page.</summary>
    You,
}

/// <summary>How much a line matters.</summary>
internal enum DiaryWeight
{
    /// <summary>Good to know.</summary>
    Plain,

    /// <summary>Trouble that the bot deals with.</summary>
    Warning,

    /// <summary>Trouble for a person.</summary>
    Error,
}
