namespace Serge.Bot.Catalogue.Tests.Reading;

public sealed class TopicListTests
{
    private const string Schema = """{ "$defs": { "topic": { "enum": ["revolution", "means-and-ends", "war"] } } }""";

    [Theory]
    [InlineData("revolution")]
    [InlineData("war")]
    [InlineData("revolution, means-and-ends, war")]
    public void Read_TopicsOfTheSchema_AreServed(string topics) => Assert.Empty(ReadWith(Schema, topics).Problems);

    [Theory]
    [InlineData("revoluton", "Did you mean revolution?")]
    [InlineData("means-and-end", "Did you mean means-and-ends?")]
    [InlineData("gardening", "Use a known topic")]
    public void Read_ATopicThatTheSchemaDoesNotHave_IsAnErrorThatNamesTheSchema(string topic, string fix)
    {
        var problem = Assert.Single(ReadWith(Schema, topic).Problems);
        Assert.Equal((4, 12), (problem.Location.Line, problem.Location.Column));
        Assert.Contains($"There is no topic '{topic}'", problem.Message, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
        Assert.Contains("schema/quotes.schema.json", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{ "$defs": { "topic": { "type": "string" } } }""")]
    [InlineData("""{ "$defs": [] }""")]
    [InlineData("""{ "$defs": { "topic": [] } }""")]
    [InlineData("""{ "$defs": { "topic": { "enum": {} } } }""")]
    [InlineData("""{ "$defs": { } }""")]
    public void Read_ASchemaWithoutTopics_AllowsAnyTopic(string schema) =>
        Assert.Empty(ReadWith(schema, "gardening").Problems);

    [Theory]
    [InlineData("""{ "$defs": { "topic": { "enum": ["\ud83d"] } } }""")]
    [InlineData("""{ "$defs": { "\ud83d": { "enum": [] } }, "\udfff": 1 }""")]
    public void Read_ASchemaWithTextThatCannotBeDecoded_Serves(string schema) =>
        Assert.DoesNotContain(
            ReadWith(schema, "gardening").Problems,
            problem => problem.Severity == ProblemSeverity.Error
        );

    [Fact]
    public void Read_ASchemaWithALineSeparatorInAText_UsesItsTopics()
    {
        var schema = Schema.Replace("{ \"$defs\"", "{ \"title\": \"a\u2028b\", \"$defs\"", StringComparison.Ordinal);
        Assert.Empty(ReadWith(schema, "war").Problems);
        Assert.Contains("no topic", Assert.Single(ReadWith(schema, "sea").Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ABrokenSchema_WarnsWhereItBreaksAndServes()
    {
        var reading = ReadWith("{\n  \"$defs\": oops }", "gardening");
        Assert.NotNull(reading.Catalogue);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(
            (ProblemSeverity.Warning, 2, 12),
            (problem.Severity, problem.Location.Line, problem.Location.Column)
        );
    }

    [Theory]
    [InlineData("revolution", "revoluton", true)]
    [InlineData("revolution", "revolutions", true)]
    [InlineData("means-and-ends", "means-and-end", true)]
    [InlineData("war", "wars", true)]
    [InlineData("war", "law", false)] // two of three letters: another word
    [InlineData("revolution", "evolution", true)] // allowed when it is used twice
    [InlineData("revolution", "counter-revolution", false)]
    [InlineData("streams", "dreamy", false)] // two letters of seven
    [InlineData("streams", "streamz", true)]
    [InlineData("streamer", "dreamers", false)] // three of eight
    [InlineData("streamer", "screamed", true)] // two of eight
    [InlineData("dreamers", "drummers", true)]
    [InlineData("revolution", "revolving", false)]
    public void Read_WithoutASchemaATopicOfOneQuoteNearAnother_IsTakenForAMisspelling(
        string often,
        string once,
        bool isError
    )
    {
        var reading = Files.Read(
            quotes: Quote("a", "The first words.", often)
                + Quote("b", "Something else.", often)
                + Quote("c", "A third one.", once)
        );
        Assert.Equal(isError, reading.Catalogue is null);
        Assert.All(
            reading.Problems,
            problem =>
                Assert.Equal(
                    ("quotes.yaml:12:12", $"Did you mean {often}?"),
                    (problem.Location.ToString(), problem.Fix)
                )
        );
    }

    [Theory]
    [InlineData("revolutionz", "evolution")]
    [InlineData("evolution", "revolutionz")]
    public void Read_WithoutASchemaATopicNearSeveral_IsTakenForTheNearest(string first, string second)
    {
        var topics = $"{first}, {second}";
        var reading = Files.Read(
            quotes: Quote("a", "The first words.", topics)
                + Quote("b", "Something else.", topics)
                + Quote("c", "A third one.", "revolutions")
        );
        Assert.Equal("Did you mean revolutionz?", Assert.Single(reading.Problems).Fix);
    }

    [Theory]
    [InlineData(998, true)] // a thousand topics with the two below
    [InlineData(999, false)]
    public void Read_WithoutASchemaMoreThanAThousandTopics_AreNotCompared(int others, bool isCompared)
    {
        // Numbers as words, so that only one topic is similar to another.
        var quotes = Enumerable
            .Range(0, others)
            .Select(static i =>
                Quote(
                    $"q{i}",
                    $"{i * 7919} {i}.",
                    string.Concat($"{i}".Select(static c => new string((char)('a' + c - '0'), 3)))
                )
            );
        var reading = Files.Read(
            quotes: string.Concat(quotes)
                + Quote("a", "The first words.", "revolution")
                + Quote("b", "Something else.", "revolution")
                + Quote("c", "A third one.", "revoluton")
        );
        Assert.Equal(isCompared, reading.Problems.Any(static problem => problem.Severity == ProblemSeverity.Error));
    }

    [Theory]
    [InlineData("hope, truth, sea", 0)]
    [InlineData("hope, truth, sea, salt", 30)]
    [InlineData("hope, truth, sea, salt, wind", 30)]
    public void Read_MoreThanThreeTopics_WarnsAtTheFourth(string topics, int column)
    {
        var problems = Files.Read(quotes: Quote("a", "The first words.", topics)).Problems;
        Assert.Equal(
            column == 0 ? [] : [(ProblemSeverity.Warning, 4, column)],
            problems.Select(static problem => (problem.Severity, problem.Location.Line, problem.Location.Column))
        );
        Assert.All(
            problems,
            problem => Assert.Equal($"The list 'topics' has {topics.Split(',').Length} items.", problem.Message)
        );
    }

    [Theory]
    [InlineData("Open Sea")]
    [InlineData("sea-")]
    public void Read_ATopicThatIsNotInKebabCase_IsReportedOnce(string topic)
    {
        var problem = Assert.Single(ReadWith(Schema, $"war, {topic}").Problems);
        Assert.Contains($"'{topic}' is not in kebab-case", problem.Message, StringComparison.Ordinal);
        Assert.Equal(17, problem.Location.Column);
    }

    [Fact]
    public void Read_ASchemaWithOtherThingsThanText_HasItsTextsAsTopics()
    {
        const string schema = """{ "$defs": { "topic": { "enum": [1, "war", null, "hope"] } } }""";
        Assert.Empty(ReadWith(schema, "war, hope").Problems);
        Assert.Single(ReadWith(schema, "revolution").Problems);
    }

    [Fact]
    public void Read_WithoutASchemaTwoNearTopicsUsedTwice_AreTwoTopics()
    {
        var reading = Files.Read(
            quotes: Quote("a", "The first words.", "revolution, evolution")
                + Quote("b", "Something else.", "revolution, evolution")
        );
        Assert.Empty(reading.Problems);
    }

    private static string Quote(string id, string text, string topics) =>
        $"- id: {id}\n  text: {text}\n  via: harbour\n  topics: [{topics}]\n";

    private static CatalogueReadResult ReadWith(string schema, string topics)
    {
        using Files.Folder folder = new(Quote("a", "Words.", topics));
        Directory.CreateDirectory(folder.PathOf("schema"));
        File.WriteAllText(folder.PathOf("schema/quotes.schema.json"), schema);
        return CatalogueReader.Read(folder.Path);
    }
}
