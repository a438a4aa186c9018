namespace Serge.Bot.Catalogue.Reading;

/// <summary>Reads <c>quotes.yaml</c>.</summary>
/// <param name="file">The file.</param>
/// <param name="sources">The sources that quotes may name.</param>
/// <param name="topics">The allowed topics; null without a schema.</param>
internal sealed class QuoteReader(QuoteFile file, SourceList sources, TopicList? topics)
{
    /// <summary>More topics than these make a quotation appear under nearly every topic.</summary>
    internal const int MaxTopics = 3;

    private static readonly string[] Keys =
    [
        "id",
        "text",
        "work",
        "via",
        "topics",
        "written",
        "joined",
        "context",
        "warning",
        "note",
    ];

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
        return new()
        {
            Id = entry.ReadId(),
            Text = text,
            Work = entry.ReadOptionalSource("work", sources, SourceKind.Work),
            Via = entry.ReadSource("via", sources, SourceKind.Essay),
            Topics = [.. ofQuote.Select(topic => topic.Text)],
            Written = entry.ReadOptionalDate("written"),
            IsJoined = entry.ReadFlag("joined"),
            Context = entry.ReadOptionalText("context", TextRule.Line(300)),
            Warning = entry.ReadOptionalText("warning", TextRule.Line(100)),
            Note = entry.ReadOptionalText("note", TextRule.Line(500)),
            Location = entry.Location,
        };
    }
}
