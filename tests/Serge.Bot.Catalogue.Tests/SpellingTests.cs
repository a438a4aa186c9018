namespace Serge.Bot.Catalogue.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("topic", "topics")]
    [InlineData("Topics", "topics")]
    [InlineData("old_style", "oldStyle")]
    [InlineData("txt", "text")]
    [InlineData("txet", "text")] // two letters that changed places
    [InlineData("correct", "correct within")] // a part of it
    [InlineData("style", "oldStyle")]
    [InlineData("ex", null)] // a part of "text", but so short that it tells nothing
    [InlineData("colour", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    [InlineData("…", null)] // no letter at all
    public void Nearest_AMisspelling_IsTheWordThatWasMeant(string written, string? expected) =>
        Assert.Equal(
            expected,
            Spelling.Nearest(written, ["id", "text", "topics", "oldStyle", "correct within", "correct within the hour"])
        );

    [Fact]
    public void Nearest_OfTwoEquallyNear_IsTheFirstByName() =>
        Assert.Equal("hope", Spelling.Nearest("hpe", ["hype", "hope"]));
}
