using System.Globalization;
using System.Text;

namespace Serge.Bot.Cli.Adding;

/// <summary>The questions for a kind of entry.</summary>
/// <param name="FileName">The file of the entry.</param>
/// <param name="Title">The name of the entry.</param>
/// <param name="Order">The keys in the order in which they are written.</param>
/// <param name="Questions">In the order in which they are asked.</param>
internal sealed record Questionnaire(
    string FileName,
    string Title,
    IReadOnlyList<string> Order,
    IReadOnlyList<Question> Questions
)
{
    private const int MaxIdWords = 4;

    public static Questionnaire Quote { get; } =
        new(
            "quotes.yaml",
            "quotation",
            ["id", "text", "work", "via", "topics", "written", "joined", "context", "warning", "note"],
            [
                new("text", "The text, exactly as between the essay’s quotation marks", AnswerKind.Words)
                {
                    IsRequired = Question.Always,
                },
                new("id", "An id that is never used again: lower-case letters, digits, hyphens")
                {
                    IsRequired = Question.Always,
                    Default = SuggestId,
                },
                new("via", "The essay that quotes it")
                {
                    IsRequired = Question.Always,
                    GetChoices = static catalogue => ListSources(catalogue, SourceKind.Essay),
                },
                new("work", "The work by Serge that it is from, if the essay names it")
                {
                    GetChoices = static catalogue => ListSources(catalogue, SourceKind.Work),
                },
                new("topics", "One to three topics, separated by commas", AnswerKind.List)
                {
                    IsRequired = Question.Always,
                    GetChoices = static catalogue =>
                        catalogue.Topics.Select(static topic => topic.Name).Order(StringComparer.Ordinal),
                },
                new("written", "When he wrote it, if the essay says so, such as 1919 or 1933-02-01"),
                new("joined", "Does the essay split the sentence (“…,” he explains, “…”)? y or n", AnswerKind.Flag),
                new("context", "One neutral line of context, if the text needs it"),
                new("warning", "A content warning, if readers may want one"),
                new("note", "What is uncertain, such as a speaker whom the essay does not name"),
            ]
        );

    public static Questionnaire Event { get; } =
        new(
            "events.yaml",
            "event",
            ["id", "date", "oldStyle", "text", "kind", "via", "sources", "status", "note"],
            [
                new(
                    "date",
                    "The date, only as exact as it is known: 1933-02-01, 1919-01, 1936-21 (spring), 1919, 1904~ "
                        + "(about), 1933/1936"
                )
                {
                    IsRequired = Question.Always,
                },
                new("oldStyle", "The day in the Julian calendar, such as 1917-10-25, if Russia still used it")
                {
                    IsAsked = static draft => IsDayBeforeTheReform(draft["date"]),
                },
                new("text", "What happened: one sentence in the past tense, without the date")
                {
                    IsRequired = Question.Always,
                },
                new("id", "An id that is never used again: lower-case letters, digits, hyphens")
                {
                    IsRequired = Question.Always,
                    Default = SuggestId,
                },
                new("kind", "serge (his life and books), context (his times) or person (a birth or death)")
                {
                    IsRequired = Question.Always,
                    GetChoices = static _ => ["serge", "context", "person"],
                },
                new(
                    "via",
                    "The essays that mention it, separated by commas; Enter if they only imply it",
                    AnswerKind.List
                )
                {
                    Default = static _ => "",
                    GetChoices = static catalogue => ListSources(catalogue, SourceKind.Essay),
                },
                new(
                    "sources",
                    "The sources of the date, separated by commas; Enter if it is from the essay",
                    AnswerKind.List
                )
                {
                    Default = static _ => "",
                    GetChoices = static catalogue => ListSources(catalogue, SourceKind.Reference, SourceKind.Work),
                },
                new(
                    "status",
                    "sure (sources agree), likely (the best or only ones say so) or disputed (good ones differ)"
                )
                {
                    IsRequired = Question.Always,
                    GetChoices = static _ => ["sure", "likely", "disputed"],
                    ValidatedWith = "note",
                },
                new("note", "What other sources say, if they differ")
                {
                    IsRequired = static draft => draft["status"] == "disputed",
                },
            ]
        );

    /// <summary>The first words of the text, up to four.</summary>
    private static string? SuggestId(EntryDraft draft)
    {
        StringBuilder letters = new();
        foreach (var c in (draft["text"] ?? "").Normalize(NormalizationForm.FormD))
        {
            // Accents are separate characters here. They and signs inside words are left out.
            var isAccent = CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;
            if (!isAccent && c is not ('’' or '[' or ']'))
            {
                letters.Append(GetIdLetter(c));
            }
        }

        var words = letters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return null;
        }

        return string.Join('-', words.Take(MaxIdWords));
    }

    private static char GetIdLetter(char c)
    {
        if (char.IsAsciiLetterOrDigit(c))
        {
            return char.ToLowerInvariant(c);
        }

        return ' ';
    }

    /// <summary>Russia changed from the Julian calendar after 31 January 1918, to 14 February.</summary>
    private static bool IsDayBeforeTheReform(string? date) =>
        EdtfDate.TryParse(date, out var parsed, out _)
        && parsed is { IsDayExact: true, Day: { } day }
        && day < new DateOnly(1918, 2, 14);

    private static IEnumerable<string> ListSources(QuoteCatalogue catalogue, params SourceKind[] kinds)
    {
        var sources = catalogue.Sources.Where(source => kinds.Contains(source.Kind));
        return sources.Select(static source => $"{source.Id}: {source.Title}");
    }
}
