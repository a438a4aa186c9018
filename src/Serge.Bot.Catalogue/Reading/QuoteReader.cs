namespace Serge.Bot.Catalogue.Reading;

/// <summary><c>quotes.yaml</c>: the quotations.</summary>
internal static class QuoteReader
{
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

    /// <summary>A quotation about everything is found under everything.</summary>
    internal const int MostTopics = 3;

    public static (IReadOnlyList<Quote> Quotes, DuplicateCheck Texts) Read(
        YamlNode root,
        SourceList? sources,
        TopicList? known,
        ProblemList problems
    )
    {
        List<Quote> quotes = [];
        List<(string Topic, FileLocation At)> topics = [];
        DuplicateCheck duplicates = new("quote", problems);
        foreach (var entry in EntryReader.All(root, Keys, problems))
        {
            var ofQuote = entry.RequiredList("topics", "revolution", MostTopics);
            var quote = ReadQuote(entry, [.. ofQuote.Select(static topic => topic.Text)], sources, problems);
            quotes.Add(quote);
            topics.AddRange(ofQuote);
            duplicates.CheckId(quote.Id, entry.AtOf("id"));
            duplicates.AddText(quote.Id, quote.Text, entry.AtOf("text"), mayBeNear: quote.Note is not null);
        }

        TopicList.Check(topics, known, problems);
        return (quotes, duplicates);
    }

    private static Quote ReadQuote(
        EntryReader entry,
        IReadOnlyList<string> topics,
        SourceList? sources,
        ProblemList problems
    )
    {
        var text = entry.Text("text", TextRule.Quote);
        Typography.CheckStraightMarks(text, entry.AtOf("text"), problems);
        Typography.CheckOuterMarks(text, entry.AtOf("text"), problems);
        var work = entry.OptionalText("work", TextRule.Id);
        return new()
        {
            Id = entry.Id(),
            Text = text,
            Work = work is null ? null : entry.SourceCalled("work", work, entry.AtOf("work"), sources, SourceKind.Work),
            Via = entry.SourceCalled(
                "via",
                entry.Text("via", TextRule.Id),
                entry.AtOf("via"),
                sources,
                SourceKind.Essay
            ),
            Topics = topics,
            Written = entry.OptionalDate("written"),
            IsJoined = entry.Flag("joined"),
            Context = entry.OptionalText("context", TextRule.Line(300)),
            Warning = entry.OptionalText("warning", TextRule.Line(100)),
            Note = entry.OptionalText("note", TextRule.Line(500)),
            Location = entry.At,
        };
    }
}
