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
    [InlineData("gardening", "Use a known one")]
    public void Read_ATopicThatTheSchemaDoesNotHave_IsAnErrorThatNamesTheSchema(string topic, string mend)
    {
        var problem = Assert.Single(ReadWith(Schema, topic).Problems);
        Assert.Equal((4, 12), (problem.At.Line, problem.At.Column));
        Assert.Contains($"There is no topic '{topic}'", problem.What, StringComparison.Ordinal);
        Assert.Contains(mend, problem.Mend, StringComparison.Ordinal);
        Assert.Contains("schema/quotes.schema.json", problem.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{ "$defs": { "topic": { "type": "string" } } }""")]
    [InlineData("""{ "$defs": [] }""")]
    public void Read_ASchemaWithoutTopics_LetsAnyTopicGo(string schema) =>
        Assert.Empty(ReadWith(schema, "gardening").Problems);

    [Fact]
    public void Read_ABrokenSchema_WarnsWhereItBreaksAndServes()
    {
        var reading = ReadWith("{\n  \"$defs\": oops }", "gardening");
        Assert.NotNull(reading.Catalogue);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((Severity.Warning, 2, 12), (problem.Severity, problem.At.Line, problem.At.Column));
    }

    [Theory]
    [InlineData("revolution", "revoluton", true)]
    [InlineData("revolution", "revolutions", true)]
    [InlineData("means-and-ends", "means-and-end", true)]
    [InlineData("war", "wars", true)]
    [InlineData("war", "law", false)] // two letters of three are another word
    [InlineData("revolution", "evolution", true)] // whoever means it uses it twice
    [InlineData("revolution", "counter-revolution", false)]
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
                Assert.Equal(("quotes.yaml:12:12", $"Did you mean {often}?"), (problem.At.ToString(), problem.Mend))
        );
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

    private static CatalogueReading ReadWith(string schema, string topics)
    {
        using Files.Folder folder = new(Quote("a", "Words.", topics));
        Directory.CreateDirectory(folder.PathOf("schema"));
        File.WriteAllText(folder.PathOf("schema/quotes.schema.json"), schema);
        return CatalogueReader.Read(folder.Path);
    }
}
