namespace Serge.Bot.Cli;

/// <summary>The result of <c>serge check</c>, for people and for programs.</summary>
/// <param name="Catalogue">The catalogue; <see langword="null"/> when there are errors.</param>
/// <param name="Problems">Errors and warnings.</param>
internal sealed record CheckReport(QuoteCatalogue? Catalogue, IReadOnlyList<Problem> Problems)
{
    /// <summary>Number of problems that prevent the bot from serving the files.</summary>
    public int Errors => Problems.Count(static problem => problem.Severity == ProblemSeverity.Error);

    private int Warnings => Problems.Count - Errors;

    /// <summary>One line per problem, in a form that terminals and editors turn into a link, and a summary.</summary>
    public string ToText()
    {
        var lines = Problems.Select(static problem => problem.ToString());
        return string.Join('\n', [.. lines, Summarize()]);
    }

    /// <summary>One JSON object; see <see cref="CheckSummary"/>.</summary>
    public string ToJson()
    {
        CheckSummary summary = new(
            IsValid: Catalogue is not null,
            Catalogue?.Quotes.Count,
            Catalogue?.Events.Count,
            Catalogue?.Sources.Count,
            Errors,
            Warnings,
            [.. Problems.Select(ProblemSummary.Of)]
        );
        return ListJson.Of(summary, ListJson.Readable.CheckSummary);
    }

    /// <summary>Workflow commands that GitHub shows beside the lines of a change, and a summary.</summary>
    /// <param name="root">The folder of the working copy: annotations name files relative to it.</param>
    /// <remarks>Source: GitHub Docs, "Workflow commands for GitHub Actions", setting a warning or error message. What
    /// is escaped, and how, follows the package actions/toolkit (core/src/command.ts).</remarks>
    public string ToGitHub(string root)
    {
        var lines = Problems.Select(problem => FormatAnnotation(problem, root));
        return string.Join('\n', [.. lines, Summarize()]);
    }

    private string Summarize()
    {
        if (Catalogue is null)
        {
            return $"{Plural.Of(Errors, "error")}: the bot would not start with these files.";
        }

        var warnings = Warnings == 0 ? "no problems" : Plural.Of(Warnings, "warning");
        var contents = Plural.OfCatalogue(Catalogue.Quotes.Count, Catalogue.Events.Count);
        return $"{contents}, {Plural.Of(Catalogue.Sources.Count, "source")}: {warnings}.";
    }

    private static string FormatAnnotation(Problem problem, string root)
    {
        var (at, severity, message, fix) = problem;
        var file = Path.GetRelativePath(root, at.File).Replace('\\', '/');
        var level = ColumnValues.ToName(severity);
        var path = EscapeProperty(file);
        var title = EscapeProperty(message);
        var body = EscapeMessage(fix);
        return FormattableString.Invariant(
            $"::{level} file={path},line={at.Line},col={at.Column},title={title}::{body}"
        );
    }

    private static string EscapeMessage(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text)
    {
        var escaped = EscapeMessage(text);
        return escaped.Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
    }
}

/// <summary>The result of <c>serge check</c> in JSON.</summary>
/// <param name="IsValid">Whether the bot can serve the files.</param>
/// <param name="Quotes">Number of quotations; missing when the files are not valid.</param>
/// <param name="Events">Number of events; missing when the files are not valid.</param>
/// <param name="Sources">Number of sources; missing when the files are not valid.</param>
/// <param name="Errors">Number of errors.</param>
/// <param name="Warnings">Number of warnings.</param>
/// <param name="Problems">Errors and warnings.</param>
internal sealed record CheckSummary(
    [property: System.Text.Json.Serialization.JsonPropertyName("valid")] bool IsValid,
    int? Quotes,
    int? Events,
    int? Sources,
    int Errors,
    int Warnings,
    IReadOnlyList<ProblemSummary> Problems
);

/// <summary>A problem of the quote files in JSON.</summary>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="File">Path of the file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">How to fix it.</param>
internal sealed record ProblemSummary(string Severity, string File, int Line, int Column, string Message, string Fix)
{
    public static ProblemSummary Of(Problem problem)
    {
        var (at, severity, message, fix) = problem;
        return new ProblemSummary(ColumnValues.ToName(severity), at.File, at.Line, at.Column, message, fix);
    }
}
