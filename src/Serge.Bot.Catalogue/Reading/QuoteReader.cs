namespace Serge.Bot.Catalogue.Reading;

/// <summary>Reads <c>quotes.yaml</c>.</summary>
/// <param name="file">The file.</param>
/// <param name="sources">The sources that quotes may name.</param>
/// <param name="author">The author; null when it is not known because its file has an error.</param>
/// <param name="topics">The allowed topics; null without a schema.</param>
internal sealed class QuoteReader(QuoteFile file, SourceList sources, Author? author, TopicList? topics)
{
    /// <summary>More topics than these make a quotation appear under nearly every topic.</summary>
    internal const int MaxTopics = 3;

    private static readonly string[] Keys =
    [
        "id",
        "text",
        "work",
        "via",
        "speaker",
        "topics",
        "written",
        "joined",
        "context",
        "warning",
        "note",
        "answers",
    ];

    private static readonly string[] Questions = [.. ReviewQuestions.All];

    private readonly List<LocatedText> _usedTopics = [];

    public List<Quote> Quotes { get; } = [];

    public DuplicateCheck Duplicates { get; } = new("quote", file.Problems);

    /// <summary>Reads the entries into <see cref="Quotes"/>.</summary>
    public void Read()
    {
        foreach (var entry in file.ReadEntries(Keys))
        {
            var quote = ReadQuote(entry);
            Quotes.Add(quote);
            Duplicates.CheckId(entry, quote.Id);
            Duplicates.AddText(entry, quote.Id, quote.Text, hasNote: quote.Note is not null);
        }

        TopicList.Check(_usedTopics, topics, file.Problems);
    }

    private Quote ReadQuote(EntryReader entry)
    {
        var ofQuote = entry.ReadRequiredList("topics", "revolution", MaxTopics);
        _usedTopics.AddRange(ofQuote);
        var text = entry.ReadText("text", TextRule.Quote);
        var location = entry.GetLocation("text");
        Typography.CheckStraightMarks(text, location, file.Problems);
        Typography.CheckOuterMarks(text, location, file.Problems);
        var work = entry.ReadOptionalSource("work", sources, SourceKind.Work);
        var speaker = entry.ReadOptionalText("speaker", TextRule.Line(200));
        CheckOrigin(entry);
        CheckAuthor(entry, work, speaker);
        return new()
        {
            Id = entry.ReadId(),
            Text = text,
            Author = speaker ?? work?.Author ?? author?.Name ?? "",
            Work = work,
            Via = entry.ReadOptionalSource("via", sources, SourceKind.Essay),
            Speaker = speaker,
            Topics = [.. ofQuote.Select(topic => topic.Text)],
            Written = entry.ReadOptionalDate("written"),
            IsJoined = entry.ReadFlag("joined"),
            Context = entry.ReadOptionalText("context", TextRule.Line(300)),
            Warning = entry.ReadOptionalText("warning", TextRule.Line(100)),
            Note = entry.ReadOptionalText("note", TextRule.Line(500)),
            Answers = ReadAnswers(entry),
            Location = entry.Location,
        };
    }

    private void CheckOrigin(EntryReader entry)
    {
        if (!entry.Has("via") && !entry.Has("work"))
        {
            file.Problems.AddError(
                entry.Location,
                "The quote names neither an essay nor a work.",
                "Add the line 'via: …' with the essay that prints it, or 'work: …' with the work it is from."
            );
        }
    }

    /// <summary>Reports a quote that would be credited to another person than the author of the files.</summary>
    private void CheckAuthor(EntryReader entry, Source? work, string? speaker)
    {
        if (author is null || speaker is not null || work?.Author is not { } other || author.IsNamedIn(other))
        {
            return;
        }

        file.Problems.AddError(
            entry.GetLocation("work"),
            $"The work '{work.Id}' is by {other}, not by {author.Name}.",
            $"Add the line 'speaker: …' with the person whose words they are, or name a work by {author.Name}."
        );
    }

    private static Dictionary<string, string> ReadAnswers(EntryReader entry)
    {
        Dictionary<string, string> answers = [];
        var reader = entry.ReadMapping("answers", "{ names: What the essay says of them }");
        reader?.CheckKeys(Questions);
        foreach (var question in Questions)
        {
            if (reader?.ReadOptionalText(question, TextRule.Line(300)) is { } answer)
            {
                answers.Add(question, answer);
            }
        }

        return answers;
    }
}
