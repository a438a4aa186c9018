namespace Serge.Bot.Catalogue;

/// <summary>An error or a warning about a quote file.</summary>
/// <param name="Location">The value or key at fault.</param>
/// <param name="Severity">Whether the catalogue can still be served.</param>
/// <param name="Message">What is wrong, one line.</param>
/// <param name="Fix">How to correct it, one line.</param>
public sealed record Problem(FileLocation Location, ProblemSeverity Severity, string Message, string Fix)
{
    /// <summary>One line for a terminal or a log.</summary>
    public override string ToString()
    {
        var severity = Severity == ProblemSeverity.Error ? "error" : "warning";
        return $"{Location}: {severity}: {Message} {Fix}";
    }
}

/// <summary>Whether a catalogue with a problem can be served.</summary>
public enum ProblemSeverity
{
    /// <summary>The catalogue is served.</summary>
    Warning,

    /// <summary>The catalogue is not served until this is corrected.</summary>
    Error,
}
