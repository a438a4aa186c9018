using System.Text;

namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>Unusual but valid files.</summary>
public sealed class OddFilesTests
{
    [Theory]
    [InlineData("\uFEFF- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]", "Words.")] // a byte order mark
    [InlineData("- id: a\r\n  text: Words.\r\n  via: harbour\r\n  topics: [sea]\r\n", "Words.")] // Windows line ends
    // With a directive and document markers.
    [InlineData("%YAML 1.2\n---\n- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n...\n", "Words.")]
    [InlineData(
        "# Comment\n\n-   id: a   # odd\n\n    text: Words.\n    via: harbour\n    topics:\n    - sea\n\n\n",
        "Words."
    )]
    [InlineData("[{id: a, text: Words., via: harbour, topics: [sea]}]", "Words.")] // one line in flow style
    // JSON.
    [InlineData("- {\"id\": \"a\", \"text\": \"Words.\", \"via\": \"harbour\", \"topics\": [\"sea\"]}", "Words.")]
    [InlineData("- topics: [sea]\n  via: harbour\n  text: Words.\n  id: a", "Words.")] // the keys in a different order
    [InlineData("-\n  id: a\n  text: Words.\n  via: harbour\n  topics: [sea]", "Words.")]
    [InlineData("- id: a\n  text: >-\n    A long\n    sentence.\n  via: harbour\n  topics: [sea]", "A long sentence.")]
    // The line break at the end is not part of the text.
    [InlineData("- id: a\n  text: >\n    A long\n    sentence.\n\n  via: harbour\n  topics: [sea]", "A long sentence.")]
    [InlineData(
        "- id: a\n  text: |\n    One line,\n    another.\n  via: harbour\n  topics: [sea]",
        "One line,\nanother."
    )]
    // A plain scalar on two lines.
    [InlineData("- id: a\n  text: A long\n    sentence.\n  via: harbour\n  topics: [sea]", "A long sentence.")]
    [InlineData(
        "- id: a\n  text: '  [W]ords […] ‘so-called’…. '\n  via: harbour\n  topics: [sea]",
        "[W]ords […] ‘so-called’…."
    )]
    [InlineData("- id: a\n  text: 1917\n  via: harbour\n  topics: [sea]", "1917")] // not read as a number
    [InlineData("- id: a\n  text: true\n  via: harbour\n  topics: [sea]", "true")]
    [InlineData("- id: a\n  text: \"null\"\n  via: harbour\n  topics: [sea]", "null")] // quoted: a word
    [InlineData("- id: a\n  text: \"\\u00e9t\\u00e9 \\U0001F30A\"\n  via: harbour\n  topics: [sea]", "été 🌊")]
    [InlineData("- id: a\n  text: e\u0301te\u0301\n  via: harbour\n  topics: [sea]", "été")] // accents are composed
    [InlineData(
        "- id: a\n  text: “One,” he said, “and two.”\n  via: harbour\n  topics: [sea]",
        "“One,” he said, “and two.”"
    )] // marks that are part of the text
    [InlineData("- id: a\n  text: Слово.\n  via: harbour\n  topics: [sea]", "Слово.")]
    [InlineData("- id: a\n\t\n  text: Words.\n \t \n  via: harbour\n  topics: [sea]\n\t", "Words.")] // tab-only lines
    [InlineData("- id: a\n  text: Words. # a\tcomment\n  via: harbour\n  topics: [sea]", "Words.")]
    [InlineData("- id: \"1917\"\n  text: Words.\n  via: harbour\n  topics: [20th-century]", "Words.")]
    public void Read_AnUnusualFile_IsServedWithoutAProblem(string quotes, string expected)
    {
        using Files.Folder folder = new(quotes);
        var reading = CatalogueReader.Read(folder.Path);
        Assert.Empty(reading.Problems);
        Assert.Equal(expected, Assert.Single(reading.Catalogue!.Quotes).Text);
    }

    [Fact]
    public void Read_AllThatAQuoteMayHave_IsRead()
    {
        var reading = Files.Read(
            quotes: """
            - id: the-end
              text: "[T]he end, far from it."
              work: memoirs
              via: harbour
              topics: [ends, means-and-ends]
              written: 1919~
              joined: true
              context: On the ends: one line.
              warning: storms
              note: The essay names no speaker.
            """.Replace("On the ends: one line.", "\"On the ends: one line.\"", StringComparison.Ordinal)
        );
        Assert.Empty(reading.Problems);
        var quote = Assert.Single(reading.Catalogue!.Quotes);
        Assert.Equal(
            ("the-end", "[T]he end, far from it.", "memoirs", "harbour"),
            (quote.Id, quote.Text, quote.Work?.Id, quote.Via?.Id)
        );
        Assert.Equal(["ends", "means-and-ends"], quote.Topics);
        Assert.Equal((EdtfDate.Parse("1919~"), true), (quote.Written, quote.IsJoined));
        Assert.Equal(
            ("On the ends: one line.", "storms", "The essay names no speaker."),
            (quote.Context, quote.Warning, quote.Note)
        );
        Assert.Equal("quotes.yaml:1:3", quote.Location.ToString());
    }

    [Fact]
    public void Read_AllThatAnEventMayHave_IsRead()
    {
        var reading = Files.Read(
            events: """
            - id: winter-palace
              date: 1917-11-07
              oldStyle: 1917-10-25
              text: The palace was taken.
              kind: life
              sources: [almanac, memoirs, harbour]
              mentionedBy: [harbour]
              status: disputed
              note: Others say the night after.
              warning: a storm
              quote: open-sea
              post: false
            """
        );
        Assert.Empty(reading.Problems);
        var @event = Assert.Single(reading.Catalogue!.Events);
        Assert.Equal((new DateOnly(1917, 11, 7), "1917-10-25"), (@event.Date.Day, @event.OldStyle.ToString()));
        Assert.Equal(
            ("The palace was taken.", EventKind.Life, EventStatus.Disputed),
            (@event.Text, @event.Kind, @event.Status)
        );
        Assert.Equal(["harbour"], @event.MentionedBy.Select(static source => source.Id));
        Assert.Equal(("a storm", "open-sea", false), (@event.Warning, @event.Quote, @event.IsPosted));
        Assert.Equal(["almanac", "memoirs", "harbour"], @event.Sources.Select(static source => source.Id));
        Assert.Equal("Others say the night after.", @event.Note);
    }

    [Theory]
    [InlineData("life", "sure", EventKind.Life, EventStatus.Sure)]
    [InlineData("context", "likely", EventKind.Context, EventStatus.Likely)]
    [InlineData("person", "disputed", EventKind.Person, EventStatus.Disputed)]
    public void Read_TheKindAndTheStatusOfAnEvent_AreThoseWritten(
        string kind,
        string status,
        EventKind expectedKind,
        EventStatus expectedStatus
    )
    {
        var events = Files
            .Events.Replace("kind: context", $"kind: {kind}", StringComparison.Ordinal)
            .Replace("status: sure", $"status: {status}\n  note: Or not.", StringComparison.Ordinal);
        var @event = Assert.Single(Files.Read(events: events).Catalogue!.Events);
        Assert.Equal((expectedKind, expectedStatus), (@event.Kind, @event.Status));
        Assert.Null(@event.OldStyle);
    }

    [Fact]
    public void Read_SeveralEntries_StayInTheOrderOfTheFile()
    {
        var catalogue = Files
            .Read(
                quotes: string.Concat(
                    new[] { "c", "a", "b" }.Select(static id =>
                        $"- id: {id}\n  text: {new string(id[0], 9)}.\n  via: harbour\n  topics: [sea]\n"
                    )
                )
            )
            .Catalogue!;
        Assert.Equal(["c", "a", "b"], catalogue.Quotes.Select(static quote => quote.Id));
        Assert.Equal([1, 5, 9], catalogue.Quotes.Select(static quote => quote.Location.Line));
        Assert.Equal(
            [("memoirs", SourceKind.Work), ("harbour", SourceKind.Essay), ("almanac", SourceKind.Reference)],
            catalogue.Sources.Select(static source => (source.Id, source.Kind))
        );
    }

    [Fact]
    public void Read_AllThatASourceMayHave_IsRead()
    {
        var reading = Files.Read(
            quotes: "[]",
            events: "[]",
            sources: """
            - id: memoirs
              kind: work
              title: "Memoirs: a life"
              author: Victor Serge
              published: 1951
              translator: Peter Sedgwick
              url: https://example.org/a?b=c#d
            """
        );
        Assert.Empty(reading.Problems);
        var source = Assert.Single(reading.Catalogue!.Sources);
        Assert.Equal(
            (SourceKind.Work, "Memoirs: a life", "Victor Serge", "Peter Sedgwick"),
            (source.Kind, source.Title, source.Author, source.Translator)
        );
        Assert.Equal((EdtfDate.Parse("1951"), new Uri("https://example.org/a?b=c#d")), (source.Published, source.Url));
    }

    [Theory]
    [InlineData("http://example.org")]
    [InlineData("https://example.org")]
    public void Read_AnAddressOfAWebPage_IsServed(string url) =>
        Assert.Equal(
            new Uri(url),
            Files
                .Read(sources: Files.Sources.Replace("https://example.org/almanac", url, StringComparison.Ordinal))
                .Catalogue!.FindSource("almanac")!
                .Url
        );

    [Fact]
    public void Read_ALeapDayOfTheJulianCalendarOnly_IsServed() =>
        Assert.Empty(
            Files
                .Read(
                    events: Files.Events.Replace(
                        "date: 1901-05-04",
                        "date: 1900-03-13\n  oldStyle: 1900-02-29",
                        StringComparison.Ordinal
                    )
                )
                .Problems
        );

    [Theory]
    [InlineData("quotes.yaml", "[]", "0 1 3")]
    [InlineData("events.yaml", "[]", "1 0 3")]
    [InlineData("sources.yaml", Files.Sources + "\n- id: more\n  kind: work\n  title: More", "1 1 4")]
    [InlineData("other.yaml", "[]", "1 1 3")]
    [InlineData("quotes.yaml", "- id: a\r\n  text: Words.\r\n  via: harbour\r\n  topics: [sea]\r\n", "1 1 3")]
    public void ReadWithReplacement_AnotherTextForOneFile_ReadsTheOthersFromTheFolder(
        string file,
        string text,
        string expected
    )
    {
        using Files.Folder folder = new();
        var reading = CatalogueReader.ReadWithReplacement(folder.Path, file, text);
        Assert.Empty(reading.Problems);
        var catalogue = reading.Catalogue!;
        Assert.Equal(expected, $"{catalogue.Quotes.Count} {catalogue.Events.Count} {catalogue.Sources.Count}");
        Assert.Equal(
            ["quotes.yaml", "events.yaml", "sources.yaml", "author.yaml", "schema/quotes.schema.json"],
            CatalogueReader.GetPaths(folder.Path).Select(path => Path.GetRelativePath(folder.Path, path))
        );
    }

    [Theory]
    [InlineData("[[[x]]]", "'text' requires text, not a list")] // six levels
    [InlineData("[[[[x]]]]", "nested too deep")]
    [InlineData("{a: {b: {c: x}}}", "'text' requires text, not a mapping")]
    [InlineData("{a: {b: {c: {d: x}}}}", "nested too deep")]
    public void Read_NestedValues_AreReadSixDeep(string value, string expected) =>
        Assert.Contains(
            expected,
            Files.Read(quotes: $"- id: a\n  via: harbour\n  topics: [sea]\n  text: {value}").Problems[0].Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Read_NothingButEmptyLists_IsServed()
    {
        var reading = Files.Read("[]", "[]", "[]");
        Assert.Empty(reading.Problems);
        Assert.Empty(reading.Catalogue!.Quotes);
    }

    [Fact]
    public void Read_EventsWithoutViaOrSources_NeedOnlyOneOfThem()
    {
        Assert.Empty(
            Files.Read(events: Files.Events.Replace("  sources: []\n", "", StringComparison.Ordinal)).Problems
        );
        Assert.Empty(
            Files
                .Read(
                    events: Files.Events.Replace(
                        "  mentionedBy: [harbour]\n  sources: [harbour]\n",
                        "  sources: [almanac]\n",
                        StringComparison.Ordinal
                    )
                )
                .Problems
        );
    }

    [Fact]
    public void Read_AFileWithAByteOrderMark_CountsColumnsFromTheTextItself()
    {
        using Files.Folder folder = new();
        File.WriteAllText(
            folder.PathOf("quotes.yaml"),
            "- id: A\n  text: Words.\n  via: harbour\n  topics: [sea]",
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)
        );
        Assert.Equal(
            (1, 7),
            (
                CatalogueReader.Read(folder.Path).Problems[0].Location.Line,
                CatalogueReader.Read(folder.Path).Problems[0].Location.Column
            )
        );
    }
}
