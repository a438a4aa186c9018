namespace Serge.Bot.Catalogue;

/// <summary>A place in a file that people edit.</summary>
/// <param name="File">The file's name as the reader was given it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public readonly record struct FileLocation(string File, int Line, int Column)
{
    /// <summary><c>quotes.yaml:12:5</c>, a form that editors and terminals turn into a link.</summary>
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}:{Column}");
}

/// <summary>Something wrong in a quote file: where, what, and how to mend it.</summary>
/// <param name="Location">Where.</param>
/// <param name="Severity">Whether the catalogue can be served all the same.</param>
/// <param name="Message">What is wrong, one line.</param>
/// <param name="Fix">What to do about it, one line.</param>
public sealed record Problem(FileLocation Location, ProblemSeverity Severity, string Message, string Fix)
{
    /// <summary>One line for a terminal or a log.</summary>
    public override string ToString() =>
        $"{Location}: {(Severity == ProblemSeverity.Error ? "error" : "warning")}: {Message} {Fix}";
}

/// <summary>Whether a catalogue with a problem can be served.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth a look; the catalogue is served.</summary>
    Warning,

    /// <summary>The catalogue is not served until this is mended.</summary>
    Error,
}
