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

    public static Questionnaire OfQuote(Author author) =>
        new(
            "quotes.yaml",
            "quotation",
            ["id", "text", "work", "via", "speaker", "topics", "written", "joined", "context", "warning", "note"],
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
                new("via", "The essay that quotes it; Enter if it is from the work itself")
                {
                    GetChoices = static catalogue => ListSources(catalogue, SourceKind.Essay),
                },
                new("work", "The work that it is from, if the essay names it")
                {
                    IsRequired = static draft => draft["via"] is null,
                    GetChoices = static catalogue => ListSources(catalogue, SourceKind.Work),
                    ValidatedWith = "speaker",
                },
                new("speaker", $"Whose words they are, if not those of the author of the work, such as {author.Name}")
                {
                    IsAsked = static draft => draft["work"] is not null,
                },
                new("topics", "One to three topics, separated by commas", AnswerKind.List)
                {
                    IsRequired = Question.Always,
                    GetChoices = static catalogue =>
                        catalogue.Topics.Select(static topic => topic.Name).Order(StringComparer.Ordinal),
                },
                new("written", "When it was written, if the source says so, such as 1919 or 1933-02-01"),
                new("joined", "Does the essay split the sentence (“…,” he explains, “…”)? y or n", AnswerKind.Flag),
                new("context", "One neutral line of context, if the text needs it"),
                new("warning", "A content warning, if readers may want one"),
                new("note", "What is uncertain, such as a speaker whom the essay does not name"),
            ]
        );

    public static Questionnaire OfEvent(Author author) =>
        new(
            "events.yaml",
            "event",
            ["id", "date", "oldStyle", "text", "kind", "sources", "mentionedBy", "status", "note", "warning", "quote"],
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
                new("kind", $"life (of {author.Name}, and books), context (the times) or person (a birth or death)")
                {
                    IsRequired = Question.Always,
                    GetChoices = static _ => ["life", "context", "person"],
                },
                new("mentionedBy", "The essays that mention it, separated by commas", AnswerKind.List)
                {
                    GetChoices = static catalogue => ListSources(catalogue, SourceKind.Essay),
                },
                new(
                    "sources",
                    "What the date rests on, separated by commas: only what gives this date",
                    AnswerKind.List
                )
                {
                    Default = static _ => "",
                    GetChoices = static catalogue =>
                        ListSources(catalogue, SourceKind.Reference, SourceKind.Work, SourceKind.Essay),
                },
                new(
                    "status",
                    "sure (there is no reason to doubt it), likely (the best or only sources say so) or disputed (good "
                        + "ones differ)"
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
                new("warning", "A content warning, if readers may want one"),
                new("quote", "The quotation that belongs to it: its post has both")
                {
                    GetChoices = static catalogue => catalogue.Quotes.Select(static quote => quote.Id),
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
    private static bool IsDayBeforeTheReform(string? date)
    {
        DateOnly reform = new(1918, 2, 14);
        if (!EdtfDate.TryParse(date, out var parsed, out _))
        {
            return false;
        }

        return parsed is { IsDayExact: true, Day: { } day } && day < reform;
    }

    private static IEnumerable<string> ListSources(QuoteCatalogue catalogue, params SourceKind[] kinds)
    {
        var sources = catalogue.Sources.Where(source => kinds.Contains(source.Kind));
        return sources.Select(static source => $"{source.Id}: {source.Title}");
    }
}
