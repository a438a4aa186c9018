namespace Serge.Bot.Catalogue.Tests.Reading;

public sealed class YamlErrorExplainerTests
{
    private const string NoKey = "While parsing a block mapping, did not find expected key.";

    [Theory]
    [InlineData("   text: Words.", 4, "This key does not begin in the column")]
    [InlineData("   text:", 4, "This key does not begin in the column")]
    [InlineData("text:", 1, "This key does not begin in the column")]
    [InlineData("   text", 4, "This line has no colon")]
    [InlineData("   a:b", 4, "This line has no colon")]
    [InlineData(": text", 1, "This key does not begin in the column")]
    [InlineData("text: [T]he end", 10, "The value begins with [, so it is read as a list")]
    [InlineData("  context: {T}he end", 16, "The value begins with {, so it is read as a list")]
    [InlineData("- text:   [T]he end", 14, "The value begins with [, so it is read as a list")]
    [InlineData("text: \"[T]he\" end", 14, "There is text after the end of the value")]
    [InlineData("   text: x", 3, "There is text after the end")]
    [InlineData("   text: x", 5, "There is text after the end")]
    public void Explain_AMissingKey_DependsOnTheColumnOfTheError(string line, int column, string expected) =>
        Assert.StartsWith(expected, YamlErrorExplainer.Explain(NoKey, line, column).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("found unexpected END OF STREAM", "A quotation mark is opened and never closed")]
    [InlineData("whatever else", "This is not the YAML of a list of entries")]
    [InlineData(YamlErrorExplainer.Anchor, "An anchor (&) is not allowed here")]
    [InlineData(YamlErrorExplainer.Alias, "An alias (*) is not allowed here")]
    [InlineData(YamlErrorExplainer.Tag, "A tag (!) is not allowed here")]
    [InlineData(YamlErrorExplainer.TooDeep, "Lists or mappings are nested too deeply")]
    public void Explain_AMessageOfTheParser_IsReplacedByAnExplanation(string message, string expected) =>
        Assert.StartsWith(expected, YamlErrorExplainer.Explain(message, "text", 1).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("found unexpected end of stream", true)]
    [InlineData("in a multi-line double-quoted scalar", true)]
    [InlineData("found character that cannot start any token", true)]
    [InlineData(NoKey, false)]
    public void IsAtTokenStart_AMessage_IsOfATokenThatNeverEnds(string message, bool expected) =>
        Assert.Equal(expected, YamlErrorExplainer.IsAtTokenStart(message));

    [Theory]
    [InlineData(YamlErrorExplainer.Bracket, true)]
    [InlineData("did not find expected ',' or ']'", true)]
    [InlineData("did not find expected ',' or '}'", true)]
    [InlineData(NoKey, false)]
    public void IsUnclosedBracket_AMessage_IsOfABracketThatIsNotClosed(string message, bool expected) =>
        Assert.Equal(expected, YamlErrorExplainer.IsUnclosedBracket(message));
}
