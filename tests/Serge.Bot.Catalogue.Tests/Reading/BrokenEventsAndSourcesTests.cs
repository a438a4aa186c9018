namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>One row for each possible error in events.yaml and sources.yaml.</summary>
public sealed class BrokenEventsAndSourcesTests
{
    private const string Start =
        "- id: a\n  text: It was.\n  kind: context\n  mentionedBy: [harbour]\n  sources: [harbour]\n";

    [Theory]
    [InlineData("  status: sure\n", 1, 3, "'date' is missing", "Add the line")]
    [InlineData("  date: 1917-11-07\n", 1, 3, "'status' is missing", "Add the line")]
    [InlineData("  date: 1917-02-29\n  status: sure", 6, 9, "February 1917 has the days 01 to 28", "Correct 'date'")]
    [InlineData(
        "  date: 1917-11\n  status: certain",
        7,
        11,
        "The status 'certain' is not known",
        "one of disputed, likely, sure"
    )]
    [InlineData("  date: 1917-11\n  status: disputted", 7, 11, "'disputted' is not known", "Did you mean disputed?")]
    [InlineData("  date: 1917-11\n  status: disputed", 7, 11, "disputed, but has no note", "Add 'note: …'")]
    [InlineData(
        "  date: 1917-11-07\n  oldStyle: 1917-10-26\n  status: sure",
        7,
        13,
        "1917-10-26 is 1917-11-08 in the Gregorian calendar, not 1917-11-07",
        "Write 1917-10-25"
    )]
    [InlineData(
        "  date: 1870-04-22\n  oldStyle: 1870-04-09\n  status: sure",
        7,
        13,
        "1870-04-09 is 1870-04-21",
        "Write 1870-04-10"
    )]
    [InlineData(
        "  date: 1799-12-25\n  oldStyle: 1799-12-12\n  status: sure",
        7,
        13,
        "1799-12-12 is 1799-12-23",
        "Write 1799-12-14"
    )]
    [InlineData(
        "  date: 1917-11-07\n  oldStyle: 1917-10\n  status: sure",
        7,
        13,
        "'1917-10' is not a day of the Julian calendar",
        "1917-10-25"
    )]
    [InlineData(
        "  date: 1917-03-14\n  oldStyle: 1917-02-30\n  status: sure",
        7,
        13,
        "'1917-02-30' is not a day of the Julian calendar",
        "1917-10-25"
    )]
    [InlineData(
        "  date: 1917-11\n  oldStyle: 1917-10-25\n  status: sure",
        7,
        13,
        "but its date is not a day",
        "Write the exact day"
    )]
    [InlineData(
        "  date: 1917-11-07\n  oldstyle: 1917-10-25\n  status: sure",
        7,
        3,
        "'oldstyle' is not known",
        "Did you mean oldStyle?"
    )]
    public void Read_AnErrorInTheDateOfAnEvent_StatesWhereWhatAndHowToFixIt(
        string rest,
        int line,
        int column,
        string what,
        string fix
    ) =>
        AssertProblem(
            Files.Read(events: Start + rest),
            ProblemSeverity.Error,
            new("events.yaml", line, column),
            what,
            fix
        );

    [Theory]
    [InlineData(
        "kind: context",
        "kind: Serge",
        4,
        9,
        "The kind 'Serge' is not known",
        "Write one of context, life, person."
    )]
    [InlineData("kind: context", "kind: birth", 4, 9, "The kind 'birth' is not known", "one of context, life, person")]
    [InlineData(
        "mentionedBy: [harbour]",
        "mentionedBy: harbour",
        5,
        16,
        "'mentionedBy' requires a list",
        "Write 'mentionedBy: [harbour]'"
    )]
    [InlineData(
        "mentionedBy: [harbour]",
        "mentionedBy:",
        5,
        15,
        "'mentionedBy' requires a list",
        "an empty list is written []"
    )]
    [InlineData(
        "mentionedBy: [harbour]",
        "mentionedBy: [memoirs]",
        5,
        17,
        "'memoirs' has the kind work, which is not allowed in 'mentionedBy'",
        "kind essay"
    )]
    [InlineData(
        "mentionedBy: [harbour]",
        "mentionedBy: [harbour, harbor]",
        5,
        26,
        "no source 'harbor'",
        "Did you mean harbour?"
    )]
    [InlineData("kind: context", "kind: serge", 4, 9, "The kind 'serge' is not known", "one of context, life, person")]
    [InlineData(
        "status: sure",
        "post: no\n  status: sure",
        7,
        9,
        "'post' requires true or false",
        "Write 'post: false'"
    )]
    [InlineData("status: sure", "via: [harbour]\n  status: sure", 7, 3, "The key 'via' is not known", "mentionedBy")]
    [InlineData("sources: [harbour]", "sources: [almanak]", 6, 13, "no source 'almanak'", "Did you mean almanac?")]
    [InlineData(
        "sources: [harbour]",
        "sources: [almanac, almanac]",
        6,
        22,
        "'almanac' is listed twice",
        "Remove one of the two"
    )]
    [InlineData(
        "text: The lighthouse was lit.",
        "text: \"Lit.\\nAnd bright.\"",
        3,
        9,
        "'text' has more than one line",
        "one line"
    )]
    [InlineData("id: lighthouse-lit", "id: Lit", 1, 7, "'Lit' is not in kebab-case", "Write 'lit'")]
    public void Read_AnErrorInAnEvent_StatesWhereWhatAndHowToFixIt(
        string right,
        string wrong,
        int line,
        int column,
        string what,
        string fix
    ) =>
        AssertProblem(
            Files.Read(events: Files.Events.Replace(right, wrong, StringComparison.Ordinal)),
            ProblemSeverity.Error,
            new("events.yaml", line, column),
            what,
            fix
        );

    [Theory]
    [InlineData(
        "text: The lighthouse was lit.",
        "text: The lighthouse was lit",
        3,
        9,
        "does not end as a sentence",
        "full stop"
    )]
    [InlineData(
        "text: The lighthouse was lit.",
        "text: The keeper's house was lit.",
        3,
        9,
        "a straight apostrophe",
        "Write ’"
    )]
    [InlineData("sources: [harbour]", "sources: []", 1, 3, "names nothing that its date rests on", "to 'sources'")]
    [InlineData(
        "status: sure",
        "quote: open-see\n  status: sure",
        7,
        10,
        "no quotation 'open-see'",
        "Did you mean open-sea?"
    )]
    public void Read_AnEventThatCouldBeBetter_WarnsAndServes(
        string right,
        string wrong,
        int line,
        int column,
        string what,
        string fix
    )
    {
        var reading = Files.Read(events: Files.Events.Replace(right, wrong, StringComparison.Ordinal));
        Assert.NotNull(reading.Catalogue);
        AssertProblem(reading, ProblemSeverity.Warning, new("events.yaml", line, column), what, fix);
    }

    [Theory]
    [InlineData("The lighthouse was lit.")]
    [InlineData("Was it lit?")]
    [InlineData("It was lit!")]
    [InlineData("The keeper said: “It is lit.”")]
    [InlineData("It was lit (so they say).")]
    [InlineData("They called it ‘the Lamp.’")]
    public void Read_AnEventThatEndsAsASentence_HasNoProblem(string text) =>
        Assert.Empty(
            Files
                .Read(events: Files.Events.Replace("The lighthouse was lit.", $"\"{text}\"", StringComparison.Ordinal))
                .Problems
        );

    [Fact]
    public void Read_ARepeatedEventText_IsAnError() =>
        AssertProblem(
            Files.Read(
                events: Files.Events
                    + "\n- id: b\n  date: 1902\n  text: The Lighthouse was lit!\n  kind: context\n  sources: [harbour]\n  status: sure"
            ),
            ProblemSeverity.Warning,
            new("events.yaml", 10, 9),
            "The event 'lighthouse-lit' in line 3 has the same text except for punctuation",
            "Keep one"
        );

    [Fact]
    public void Read_EventsThatAreNearlyAlike_AreServed() =>
        Assert.NotNull(
            Files
                .Read(
                    events: Files.Events
                        + "\n- id: b\n  date: 1902\n  text: The lighthouse was hit.\n  kind: context\n  sources: [harbour]\n  status: sure"
                )
                .Catalogue
        );

    [Theory]
    [InlineData("kind: work", "kind: book", 2, 9, "The kind 'book' is not known", "one of essay, reference, work")]
    [InlineData(
        "id: memoirs",
        "id: harbour",
        5,
        7,
        "The id 'harbour' is already used by the source in line 1",
        "never reused"
    )]
    [InlineData("  title: The Harbour Lights\n", "", 5, 3, "'title' is missing", "Add the line")]
    [InlineData("author: Ann Author", "published: 1999", 5, 3, "The essay has no author", "author: …")]
    [InlineData("author: Victor Serge", "auther: Victor Serge", 4, 3, "'auther' is not known", "Did you mean author?")]
    [InlineData("author: Victor Serge", "published: 1951-13", 4, 14, "seasons 21", "Correct 'published'")]
    [InlineData(
        "url: https://example.org/almanac",
        "url: example.org",
        12,
        8,
        "'example.org' is not the address of a web page",
        "https://"
    )]
    [InlineData(
        "url: https://example.org/almanac",
        "url: file:///etc/passwd",
        12,
        8,
        "is not the address of a web page",
        "https://"
    )]
    [InlineData(
        "url: https://example.org/almanac",
        "url: https://me:secret@example.org",
        12,
        8,
        "is not the address of a web page",
        "https://"
    )]
    [InlineData(
        "url: https://example.org/almanac",
        "url: javascript:alert(1)",
        12,
        8,
        "is not the address of a web page",
        "https://"
    )]
    public void Read_AnErrorInASource_StatesWhereWhatAndHowToFixIt(
        string right,
        string wrong,
        int line,
        int column,
        string what,
        string fix
    ) =>
        AssertProblem(
            Files.Read(
                quotes: "[]",
                events: "[]",
                sources: Files.Sources.Replace(right, wrong, StringComparison.Ordinal)
            ),
            ProblemSeverity.Error,
            new("sources.yaml", line, column),
            what,
            fix
        );

    [Fact]
    public void Read_ASourceOfUnknownKind_IsReportedOnceAndNotWhereItIsNamed()
    {
        var reading = Files.Read(sources: Files.Sources.Replace("kind: essay", "kind: esay", StringComparison.Ordinal));
        Assert.Contains("Did you mean essay?", Assert.Single(reading.Problems).Fix, StringComparison.Ordinal);
    }

    private static void AssertProblem(
        CatalogueReadResult reading,
        ProblemSeverity severity,
        FileLocation at,
        string what,
        string fix
    )
    {
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((severity, at), (problem.Severity, problem.Location));
        Assert.Contains(what, problem.Message, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }
}
