namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>One row for each possible error in quotes.yaml: its location, message and fix.</summary>
public sealed class BrokenQuotesTests
{
    // Each row is a whole file. Entries are indented as in Files; the column is that of the invalid value or key.
    [Theory]
    // Keys
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  conext: x",
        5,
        3,
        "'conext' is not known",
        "Did you mean context?"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topic: [sea]",
        4,
        3,
        "'topic' is not known",
        "Did you mean topics?"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  Note: x",
        5,
        3,
        "'Note' is not known",
        "Did you mean note?"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  colour: red",
        5,
        3,
        "'colour' is not known",
        "id, text, work, via, speaker, topics, written, joined, context, warning, note"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  <<: {note: x}",
        5,
        3,
        "'<<' is not known",
        "An entry of this file has"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  id: b",
        5,
        3,
        "'id' is repeated; the first is in line 1",
        "Keep one"
    )]
    [InlineData("- text: Words.\n  via: harbour\n  topics: [sea]", 1, 3, "'id' is missing", "Begin the entry")]
    [InlineData("- id: a\n  via: harbour\n  topics: [sea]", 1, 3, "'text' is missing", "Add the line")]
    [InlineData(
        "- id: a\n  text: Words.\n  topics: [sea]",
        1,
        3,
        "names neither an essay nor a work",
        "Add the line 'via: …'"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour",
        1,
        3,
        "The list 'topics' is missing or empty",
        "topics: [revolution]"
    )]
    // Values
    [InlineData("- id: a\n  text:\n  via: harbour\n  topics: [sea]", 2, 8, "'text' has no value", "Add a value")]
    [InlineData("- id: a\n  text: ~\n  via: harbour\n  topics: [sea]", 2, 9, "'text' has no value", "Add a value")]
    [InlineData("- id: a\n  text: '  '\n  via: harbour\n  topics: [sea]", 2, 9, "'text' has no value", "Add a value")]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  note: null",
        5,
        9,
        "'note' has no value",
        "remove the line"
    )]
    [InlineData(
        "- id: a\n  text: [Words]\n  via: harbour\n  topics: [sea]",
        2,
        9,
        "'text' requires text, not a list",
        "double quotation marks"
    )]
    [InlineData(
        "- id: a\n  text: {Words: x}\n  via: harbour\n  topics: [sea]",
        2,
        9,
        "'text' requires text, not a mapping",
        "double quotation marks"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: [harbour]\n  topics: [sea]",
        3,
        8,
        "'via' requires text, not a list",
        "double quotation marks"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: sea",
        4,
        11,
        "'topics' requires a list",
        "Write 'topics: [sea]'"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: []",
        4,
        11,
        "The list 'topics' is missing or empty",
        "at least one"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics:\n    - sea\n    -",
        6,
        6,
        "'topics' has no value",
        "Add a value"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea, [sky]]",
        4,
        17,
        "'topics' requires text, not a list",
        "double"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea, sea]",
        4,
        17,
        "'sea' is listed twice",
        "Remove one of the two"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [Open Sea]",
        4,
        12,
        "'Open Sea' is not in kebab-case",
        "single hyphens"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  joined: yes",
        5,
        11,
        "'joined' requires true or false",
        "joined: true"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  joined: 'true'",
        5,
        11,
        "'joined' requires true or false",
        "without quotation marks"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  joined:",
        5,
        10,
        "'joined' requires true or false",
        "joined: true"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  written: 1919-02-29",
        5,
        12,
        "February 1919 has the days 01 to 28",
        "Correct 'written'"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  written: in 1919",
        5,
        12,
        "'in 1919' is not a date",
        "Correct 'written'"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbour\n  topics: [sea]\n  context: |\n    one\n    two",
        5,
        12,
        "'context' has more than one line",
        "one line"
    )]
    [InlineData(
        "- id: a\n  text: \"A\\ttab.\"\n  via: harbour\n  topics: [sea]",
        2,
        9,
        "a tab (U+0009) after 'A'",
        "Remove it"
    )]
    [InlineData(
        "- id: a\n  text: \"A\\u200Bspace.\"\n  via: harbour\n  topics: [sea]",
        2,
        9,
        "an invisible character (U+200B)",
        "Remove it"
    )]
    [InlineData(
        "- id: a\n  text: \"A\\u202Egnul.\"\n  via: harbour\n  topics: [sea]",
        2,
        9,
        "an invisible character (U+202E)",
        "Remove it"
    )]
    [InlineData(
        "- id: a\n  text: \"A\\abell.\"\n  via: harbour\n  topics: [sea]",
        2,
        9,
        "a control character (U+0007)",
        "Remove it"
    )]
    [InlineData(
        "- id: a\n  text: caf\uFFFD\n  via: harbour\n  topics: [sea]",
        2,
        9,
        "a replacement character",
        "write what was meant"
    )]
    // Ids and names
    [InlineData(
        "- id: Open Sea\n  text: Words.\n  via: harbour\n  topics: [sea]",
        1,
        7,
        "'Open Sea' is not in kebab-case",
        "Write 'open-sea'"
    )]
    [InlineData(
        "- id: café_noir\n  text: Words.\n  via: harbour\n  topics: [sea]",
        1,
        7,
        "'café_noir' is not in kebab-case",
        "Write 'cafe-noir'"
    )]
    [InlineData(
        "- id: a--b\n  text: Words.\n  via: harbour\n  topics: [sea]",
        1,
        7,
        "'a--b' is not in kebab-case",
        "Write 'a-b'"
    )]
    [InlineData(
        "- id: -\n  text: Words.\n  via: harbour\n  topics: [sea]",
        1,
        7,
        "A list cannot begin with a dash",
        "[a, b]"
    )]
    [InlineData(
        "- id: '-'\n  text: Words.\n  via: harbour\n  topics: [sea]",
        1,
        7,
        "'-' is not in kebab-case",
        "lowercase letters"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: harbuor\n  topics: [sea]",
        3,
        8,
        "no source 'harbuor'",
        "Did you mean harbour?"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: elsewhere\n  topics: [sea]",
        3,
        8,
        "no source 'elsewhere'",
        "sources.yaml"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: memoirs\n  topics: [sea]",
        3,
        8,
        "'memoirs' has the kind work, which is not allowed in 'via'",
        "kind essay"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  via: almanac\n  topics: [sea]",
        3,
        8,
        "'almanac' has the kind reference",
        "kind essay"
    )]
    [InlineData(
        "- id: a\n  text: Words.\n  work: harbour\n  via: harbour\n  topics: [sea]",
        3,
        9,
        "'harbour' has the kind essay, which is not allowed in 'work'",
        "kind work"
    )]
    // Text
    [InlineData(
        "- id: a\n  text: “Words.”\n  via: harbour\n  topics: [sea]",
        2,
        9,
        "is in quotation marks, which the bot adds itself",
        "Remove the quotation marks"
    )]
    [InlineData(
        "- id: a\n  text: '\"Words.\"'\n  via: harbour\n  topics: [sea]",
        2,
        9,
        "is in quotation marks, which the bot adds itself",
        "Remove the quotation marks"
    )]
    // The shape of the file
    [InlineData("id: a\ntext: Words.", 1, 1, "not a list", "Begin each entry with a dash")]
    [InlineData("Words.", 1, 1, "not a list", "Begin each entry with a dash")]
    [InlineData("- a\n- b", 1, 3, "has no keys", "Write '- id: …'")]
    [InlineData("", 1, 1, "The file is empty", "an empty list is written []")]
    [InlineData("# only a comment\n", 1, 1, "The file is empty", "an empty list is written []")]
    // YAML
    [InlineData("- id: a\n  text: &words Words.\n", 2, 9, "An anchor (&) is not allowed", "Write the value out")]
    [InlineData("- id: a\n  text: *words\n", 2, 9, "An alias (*) is not allowed", "Write the value out")]
    [InlineData("- &all\n  id: a\n", 1, 3, "An anchor (&) is not allowed", "Write the value out")]
    [InlineData("- id: a\n  text: !!str Words.\n", 2, 9, "A tag (!) is not allowed", "Remove it")]
    [InlineData("- id: a\n  text: !important Words.\n", 2, 9, "A tag (!) is not allowed", "Remove it")]
    [InlineData("- ! a", 1, 3, "A tag (!) is not allowed", "Remove it")]
    [InlineData("- id: a\n  text: [[[[[[[[Words]]]]]]]]", 2, 13, "nested too deep", "simple list")]
    [InlineData("- id: a\n---\n- id: b", 2, 1, "A second document", "delete this line")]
    [InlineData("- ? [a]\n  : b", 1, 5, "is used as a key", "Begin the line with a key")]
    [InlineData("\t- id: a", 1, 1, "The line is indented with a tab", "Indent with spaces")]
    [InlineData("- id: a\n\ttext: Words.", 2, 1, "The line is indented with a tab", "Indent with spaces")]
    [InlineData("- id: a\n  \ttext: Words.", 2, 3, "The line is indented with a tab", "Indent with spaces")]
    [InlineData("- id: a\n  text: [T]he end.", 2, 12, "begins with [", "Put the whole value in double quotation marks")]
    [InlineData("- id: a\n  text: Truth: a word.", 2, 14, "a second colon", "double quotation marks")]
    [InlineData(
        "- id: a\n  text: \"Words.\n  via: harbour",
        2,
        9,
        "A quotation mark is opened and not closed",
        "Close it"
    )]
    [InlineData("- id: a\n  text: \"Wor\\ds.\"", 2, 13, "The backslash", "\\\\")]
    [InlineData("- id: a\n  text: @home", 2, 9, "cannot begin with this character", "double quotation marks")]
    [InlineData("- id: a\n text: Words.", 2, 2, "does not belong to an entry", "two columns to the right")]
    [InlineData("- id: a\n  topics: [sea, sky\n  via: harbour", 2, 11, "not closed", "]")]
    [InlineData("- id: a\n  topics: [sea, [sky], salt\n  via: harbour", 2, 11, "not closed", "]")]
    [InlineData("- id: a\n  note: [x]\n  topics: [sea, [sky\n  via: harbour", 3, 11, "not closed", "]")]
    public void Read_AnErrorInQuotes_StatesWhereWhatAndHowToFixIt(
        string quotes,
        int line,
        int column,
        string what,
        string fix
    )
    {
        var reading = Files.Read(quotes: quotes);
        Assert.Null(reading.Catalogue);
        Assert.Contains(
            reading.Problems,
            problem =>
                problem.Location == new FileLocation("quotes.yaml", line, column)
                && problem.Message.Contains(what, StringComparison.Ordinal)
                && problem.Fix.Contains(fix, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(
        "- id: a\n  text: It's the sea.\n  via: harbour\n  topics: [sea]",
        2,
        9,
        "a straight apostrophe",
        "Write ’"
    )]
    [InlineData(
        "- id: a\n  text: The \"sea\" is open.\n  via: harbour\n  topics: [sea]",
        2,
        9,
        "a straight quotation mark",
        "Write “ or ”"
    )]
    public void Read_AStraightMark_WarnsAndServes(string quotes, int line, int column, string what, string fix)
    {
        var reading = Files.Read(quotes: quotes);
        Assert.NotNull(reading.Catalogue);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(
            (ProblemSeverity.Warning, new FileLocation("quotes.yaml", line, column)),
            (problem.Severity, problem.Location)
        );
        Assert.Contains(what, problem.Message, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TheSameIdTwice_NamesTheLineOfTheFirst()
    {
        var reading = Files.Read(
            quotes: Files.Quotes + "\n- id: open-sea\n  text: Quite other words.\n  via: harbour\n  topics: [sea]"
        );
        var problem = Assert.Single(reading.Problems);
        Assert.Equal("quotes.yaml:5:7", problem.Location.ToString());
        Assert.Contains(
            "The id 'open-sea' is already used by the quote in line 1",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("[T]he open sea has no signposts.", ProblemSeverity.Error, "has the same text.")]
    [InlineData(
        "the OPEN séa has—no sign-posts",
        ProblemSeverity.Warning,
        "has the same text except for punctuation, spaces, accents or capitals"
    )]
    [InlineData("The open sea has no sign posts!", ProblemSeverity.Warning, "has the same text except for punctuation")]
    [InlineData(
        "‘[T]he open sea’ has no “signposts”…",
        ProblemSeverity.Warning,
        "has the same text except for punctuation"
    )]
    [InlineData(
        "[T]he open\u00A0sea\u2003has no\u202Fsignposts.",
        ProblemSeverity.Warning,
        "has the same text except for punctuation"
    )]
    [InlineData("[T]he open sea has no signpost.", ProblemSeverity.Warning, "has nearly the same text")]
    [InlineData("[T]he open sea had no signposts.", ProblemSeverity.Warning, "has nearly the same text")]
    [InlineData("[T]he openn sea has no signposts.", ProblemSeverity.Warning, "has nearly the same text")]
    public void Read_ARepeatedText_NamesTheLineOfTheFirst(string text, ProblemSeverity severity, string expected)
    {
        var reading = Files.Read(
            quotes: $"{Files.Quotes}\n- id: b\n  text: \"{text}\"\n  via: harbour\n  topics: [sea]"
        );
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(("quotes.yaml:6:9", severity), (problem.Location.ToString(), problem.Severity));
        Assert.Contains($"The quote 'open-sea' in line 2 {expected}", problem.Message, StringComparison.Ordinal);
        Assert.Equal(severity == ProblemSeverity.Warning, reading.Catalogue is not null);
    }

    [Theory]
    [InlineData("  id: b\n  text: Two.\n  via: harbour", "5:3")] // a dash is missing: one problem for all its keys
    [InlineData("  text: Two.\n  via: harbour", "5:3 6:3")]
    [InlineData("  text: Two.\n  id: b\n  via: harbour", "5:3 6:3")]
    [InlineData("  text: Two.\n  text: Three.", "5:3 6:3")]
    public void Read_RepeatedKeys_AreReportedUpToASecondId(string rest, string expected)
    {
        var problems = Files.Read(quotes: $"- id: a\n  text: One.\n  via: harbour\n  topics: [sea]\n{rest}").Problems;
        Assert.Equal(
            expected,
            string.Join(' ', problems.Select(static problem => $"{problem.Location.Line}:{problem.Location.Column}"))
        );
        Assert.All(problems, static p => Assert.Contains("is repeated; the first is in line", p.Message));
    }

    [Fact]
    public void Read_AnIdThreeTimes_NamesTheLineOfTheFirstTwice()
    {
        var quotes = string.Join(
            '\n',
            new[] { "One thing.", "Quite another.", "A third of them." }.Select(static text =>
                $"- id: a\n  text: {text}\n  via: harbour\n  topics: [sea]"
            )
        );
        Assert.Equal(
            [
                ("quotes.yaml:5:7", "The id 'a' is already used by the quote in line 1."),
                ("quotes.yaml:9:7", "The id 'a' is already used by the quote in line 1."),
            ],
            Files.Read(quotes: quotes).Problems.Select(static problem => (problem.Location.ToString(), problem.Message))
        );
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Read_NearlyTheSameText_IsAWarningUnlessOneOfTheTwoHasANote(bool first, bool second)
    {
        var reading = Files.Read(
            quotes: Files.Quotes
                + (first ? "\n  note: One translation." : "")
                + "\n- id: b\n  text: The open sea had no signposts.\n  via: harbour\n  topics: [sea]"
                + (second ? "\n  note: Another translation." : "")
        );
        Assert.Equal(first || second ? 0 : 1, reading.Problems.Count);
        Assert.NotNull(reading.Catalogue);
    }

    [Fact]
    public void Read_NearlyTheSameTextWithANote_IsNoProblem() =>
        Assert.Empty(
            Files
                .Read(
                    quotes: $"{Files.Quotes}\n- id: b\n  text: The open sea had no signposts.\n  via: harbour\n  topics: [sea]\n  note: Another translation."
                )
                .Problems
        );

    [Fact]
    public void Read_TheSameTextWithANote_IsStillAnError() =>
        Assert.Null(
            Files
                .Read(
                    quotes: $"{Files.Quotes}\n- id: b\n  text: \"[T]he open sea has no signposts.\"\n  via: harbour\n  topics: [sea]\n  note: Again."
                )
                .Catalogue
        );

    [Fact]
    public void Read_ATextOf1500Characters_IsServedAndOneMoreIsNot()
    {
        Assert.NotNull(Read(1500).Catalogue);
        var problem = Assert.Single(Read(1501).Problems);
        Assert.Contains("'text' has 1501 characters; 1500 are allowed", problem.Message, StringComparison.Ordinal);

        static CatalogueReadResult Read(int length) =>
            Files.Read(quotes: $"- id: a\n  text: {new string('w', length - 1)}.\n  via: harbour\n  topics: [sea]");
    }

    [Fact]
    public void Read_ManyErrors_ReportsThemAllFromTheTop()
    {
        var reading = Files.Read(
            quotes: "- id: A b\n  text:\n  via: nowhere\n  topics: []\n  writen: 1919\n- id: c\n  text: Words.\n  joined: maybe\n  written: 1919-13",
            events: "- id: x\n  date: 1901-02-29\n  text: It was.\n  kind: sergey\n  status: certain",
            sources: "- id: memoirs\n  kind: book\n  title:"
        );
        Assert.Equal(
            [
                "quotes.yaml:1:7",
                "quotes.yaml:2:8",
                "quotes.yaml:3:8",
                "quotes.yaml:4:11",
                "quotes.yaml:5:3",
                "quotes.yaml:6:3",
                "quotes.yaml:6:3",
                "quotes.yaml:8:11",
                "quotes.yaml:9:12",
                "events.yaml:1:3",
                "events.yaml:2:9",
                "events.yaml:4:9",
                "events.yaml:5:11",
                "sources.yaml:2:9",
                "sources.yaml:3:9",
            ],
            reading.Problems.Select(static problem => problem.Location.ToString())
        );
    }

    [Fact]
    public void Read_ASyntaxErrorInOneFile_StillChecksTheOthers()
    {
        var reading = Files.Read(
            quotes: "- id: a\n  text: \"open",
            events: Files.Events.Replace("1901-05-04", "1901-05-32", StringComparison.Ordinal)
        );
        Assert.Equal(
            ["quotes.yaml:2:9", "events.yaml:2:9"],
            reading.Problems.Select(static problem => problem.Location.ToString())
        );
    }

    [Fact]
    public void Read_BrokenSources_CauseNoErrorsInTheOtherFiles()
    {
        var problem = Assert.Single(Files.Read(sources: "- id: \"memoirs").Problems);
        Assert.Equal("sources.yaml:1:7", problem.Location.ToString());
    }

    /// <summary>Posts and commands name an item by its id alone: "retract" would delete the posts of both.</summary>
    [Fact]
    public void Read_AnEventWithTheIdOfAQuotation_IsAnError()
    {
        var id = Files.Read().Catalogue!.Quotes[0].Id;
        var known = Files.Read().Catalogue!.Events[0].Id;

        var reading = Files.Read(events: Files.Events.Replace($"id: {known}", $"id: {id}", StringComparison.Ordinal));

        Assert.Null(reading.Catalogue);
        Assert.Equal(
            [
                $"quotes.yaml:1:7: error: The id '{id}' is already used by the event in line 1 of events.yaml. "
                    + "Use another id for the newer of the two; ids are never reused.",
                $"events.yaml:1:7: error: The id '{id}' is already used by the quote in line 1 of quotes.yaml. "
                    + "Use another id for the newer of the two; ids are never reused.",
            ],
            reading.Problems.Select(static problem => problem.ToString())
        );
    }

    [Fact]
    public void Read_ThousandsOfErrors_ListsTwoHundredAndStatesThatThereAreMore()
    {
        var reading = Files.Read(quotes: string.Concat(Enumerable.Repeat("- a\n", 5000)));
        Assert.Equal(201, reading.Problems.Count);
        Assert.Contains("more than 200 errors", reading.Problems[^1].Message, StringComparison.Ordinal);
    }
}
