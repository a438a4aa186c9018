using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Serge.Bot.Cli;

/// <summary>What <c>serge check</c> found, for people and for programs.</summary>
/// <param name="Catalogue">What would be served; <see langword="null"/> when there are errors.</param>
/// <param name="Problems">All of them.</param>
internal sealed record CheckReport(QuoteCatalogue? Catalogue, IReadOnlyList<Problem> Problems)
{
    /// <summary>How many keep the bot from serving the files.</summary>
    public int Errors => Problems.Count(static problem => problem.Severity == Severity.Error);

    private int Warnings => Problems.Count - Errors;

    private string Summary =>
        Catalogue is null
            ? $"{Count(Errors, "error")}: the bot would not start with these files."
            : $"{Catalogue.Quotes.Count} quotations, {Catalogue.Events.Count} events, {Catalogue.Sources.Count} sources: {(Warnings == 0 ? "all is well" : Count(Warnings, "warning"))}.";

    /// <summary>A line for each problem, in a form that terminals and editors turn into a link, and a last line that sums up.</summary>
    public string ToText() => string.Join('\n', Problems.Select(static problem => problem.ToString()).Append(Summary));

    /// <summary>One object: <c>servable</c>, <c>quotes</c>, <c>events</c> and <c>sources</c> (counts, null when not servable), <c>errors</c>, <c>warnings</c>, and the list
    /// <c>problems</c>, each with <c>severity</c>, <c>file</c>, <c>line</c>, <c>column</c>, <c>what</c> and <c>mend</c>.</summary>
    public string ToJson()
    {
        using MemoryStream text = new();
        using (
            Utf8JsonWriter json = new(
                text,
                new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            json.WriteStartObject();
            json.WriteBoolean("servable", Catalogue is not null);
            WriteCount(json, "quotes", Catalogue?.Quotes.Count);
            WriteCount(json, "events", Catalogue?.Events.Count);
            WriteCount(json, "sources", Catalogue?.Sources.Count);
            json.WriteNumber("errors", Errors);
            json.WriteNumber("warnings", Warnings);
            json.WriteStartArray("problems");
            foreach (var (at, severity, what, mend) in Problems)
            {
                json.WriteStartObject();
                json.WriteString("severity", NameOf(severity));
                json.WriteString("file", at.File);
                json.WriteNumber("line", at.Line);
                json.WriteNumber("column", at.Column);
                json.WriteString("what", what);
                json.WriteString("mend", mend);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Workflow commands that GitHub shows beside the lines of a change, and a last line that sums up.</summary>
    /// <param name="root">The folder of the working copy: annotations name files as seen from there.</param>
    /// <remarks>Source: GitHub Docs, "Workflow commands for GitHub Actions", setting a warning or error message. What is escaped, and how, is that of
    /// the package actions/toolkit (core/src/command.ts).</remarks>
    public string ToGitHub(string root) =>
        string.Join('\n', Problems.Select(problem => Annotation(problem, root)).Append(Summary));

    private static string Annotation(Problem problem, string root)
    {
        var (at, severity, what, mend) = problem;
        var file = Path.GetRelativePath(root, at.File).Replace('\\', '/');
        return FormattableString.Invariant(
            $"::{NameOf(severity)} file={Property(file)},line={at.Line},col={at.Column},title={Property(what)}::{Message(mend)}"
        );
    }

    private static string Message(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Message(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static string NameOf(Severity severity) => severity == Severity.Error ? "error" : "warning";

    private static void WriteCount(Utf8JsonWriter json, string name, int? count)
    {
        if (count is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
