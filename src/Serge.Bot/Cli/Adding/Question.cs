using System.Globalization;
using System.Text;

namespace Serge.Bot.Cli.Adding;

/// <summary>One question of the guided prompt.</summary>
/// <param name="Key">The key whose value is asked for.</param>
/// <param name="Asks">What is wanted, in a few words.</param>
/// <param name="Kind">How the answer is written.</param>
internal sealed record Question(string Key, string Asks, AnswerKind Kind = AnswerKind.Plain)
{
    /// <summary>For <see cref="IsRequired"/>.</summary>
    public static Func<EntryDraft, bool> Always { get; } = static _ => true;

    /// <summary>Whether it must be answered, given what was answered before.</summary>
    public Func<EntryDraft, bool> IsRequired { get; init; } = static _ => false;

    /// <summary>A key whose answer comes later and without which this one cannot be judged; <see langword="null"/> when there is none.</summary>
    public string? JudgedWith { get; init; }

    /// <summary>Whether it is asked at all, given what was answered before.</summary>
    public Func<EntryDraft, bool> IsAsked { get; init; } = static _ => true;

    /// <summary>What Enter alone stands for; <see langword="null"/> when for nothing.</summary>
    public Func<EntryDraft, string?> Default { get; init; } = static _ => null;

    /// <summary>What may be answered, for who types a question mark.</summary>
    public Func<QuoteCatalogue, IEnumerable<string>>? Choices { get; init; }
}

/// <summary>The questions for each kind of entry, and the file it goes to.</summary>
/// <param name="FileName">Which file.</param>
/// <param name="Title">What is added.</param>
/// <param name="Order">The keys as they are written.</param>
/// <param name="Questions">In the order in which they are asked.</param>
internal sealed record Questionnaire(
    string FileName,
    string Title,
    IReadOnlyList<string> Order,
    IReadOnlyList<Question> Questions
)
{
    public static Questionnaire Quote { get; } =
        new(
            "quotes.yaml",
            "quotation",
            ["id", "text", "work", "via", "topics", "written", "joined", "context", "warning", "note"],
            [
                new("text", "The words, exactly as they stand between the essay’s quotation marks", AnswerKind.Words)
                {
                    IsRequired = Question.Always,
                },
                new("id", "A name for it, never used again: small letters, digits, hyphens")
                {
                    IsRequired = Question.Always,
                    Default = SuggestId,
                },
                new("via", "The essay that prints it")
                {
                    IsRequired = Question.Always,
                    Choices = static catalogue => SourcesOf(catalogue, SourceKind.Essay),
                },
                new("work", "The work of Serge’s it is from, where the essay names it")
                {
                    Choices = static catalogue => SourcesOf(catalogue, SourceKind.Work),
                },
                new("topics", "One to three topics, with commas between them", AnswerKind.List)
                {
                    IsRequired = Question.Always,
                    Choices = static catalogue =>
                        catalogue.Topics.Select(static topic => topic.Name).Order(StringComparer.Ordinal),
                },
                new("written", "When he wrote it, where the essay says so, such as 1919 or 1933-02-01"),
                new("joined", "Does the essay split the sentence (“…,” he explains, “…”)? y or n", AnswerKind.Flag),
                new("context", "One neutral line of our own, where the words need it"),
                new("warning", "A content warning, where a reader may want one"),
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
                    "When, no more exact than is known: 1933-02-01, 1919-01, 1936-21 (spring), 1919, 1904~ (about), 1933/1936"
                )
                {
                    IsRequired = Question.Always,
                },
                new("oldStyle", "The day by the old calendar, such as 1917-10-25, if Russia still kept it")
                {
                    IsAsked = static draft => IsDayBeforeTheReform(draft["date"]),
                },
                new("text", "What happened, one sentence in the past tense that does not repeat its date")
                {
                    IsRequired = Question.Always,
                },
                new("id", "A name for it, never used again: small letters, digits, hyphens")
                {
                    IsRequired = Question.Always,
                    Default = SuggestId,
                },
                new("kind", "serge (his life and books), context (his times) or person (a birth or death)")
                {
                    IsRequired = Question.Always,
                    Choices = static _ => ["serge", "context", "person"],
                },
                new("via", "The essays that speak of it, with commas; Enter when they only imply it", AnswerKind.List)
                {
                    Default = static _ => "",
                    Choices = static catalogue => SourcesOf(catalogue, SourceKind.Essay),
                },
                new(
                    "sources",
                    "Where the date comes from, with commas; Enter when it comes from the essay",
                    AnswerKind.List
                )
                {
                    Default = static _ => "",
                    Choices = static catalogue => SourcesOf(catalogue, SourceKind.Reference, SourceKind.Work),
                },
                new(
                    "status",
                    "sure (sources agree), likely (the best or only ones say so) or disputed (good ones differ)"
                )
                {
                    IsRequired = Question.Always,
                    Choices = static _ => ["sure", "likely", "disputed"],
                    JudgedWith = "note",
                },
                new("note", "What other sources say, where they differ")
                {
                    IsRequired = static draft => draft["status"] == "disputed",
                },
            ]
        );

    /// <summary>The first words of the text, up to four.</summary>
    private static string? SuggestId(EntryDraft draft)
    {
        // Accents come apart from their letters and are dropped; so are the marks that stand within words.
        var letters = (draft["text"] ?? "")
            .Normalize(NormalizationForm.FormD)
            .Where(static c =>
                c is not ('’' or '[' or ']') && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark
            )
            .Select(static c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        var words = new string([.. letters]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join('-', words.Take(4));
    }

    /// <summary>Russia went from 31 January to 14 February 1918.</summary>
    private static bool IsDayBeforeTheReform(string? date) =>
        EdtfDate.TryParse(date, out var read, out _)
        && read is { IsDayExact: true, Day: { } day }
        && day < new DateOnly(1918, 2, 14);

    private static IEnumerable<string> SourcesOf(QuoteCatalogue catalogue, params SourceKind[] kinds) =>
        catalogue
            .Sources.Where(source => kinds.Contains(source.Kind))
            .Select(static source => $"{source.Id}: {source.Title}");
}
