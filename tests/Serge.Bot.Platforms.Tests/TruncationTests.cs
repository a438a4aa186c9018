namespace Serge.Bot.Platforms.Tests;

public sealed class TruncationTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("1234", "1234")]
    [InlineData("12345", "12345")]
    [InlineData("123456", "12345")]
    [InlineData("123🎈", "123🎈")]
    [InlineData("123🎈6", "123🎈")]
    [InlineData("1234🎈", "1234")] // not within a surrogate pair
    [InlineData("🎈🎈🎈", "🎈🎈")]
    public void Truncate_ToFiveUnits_IsTheLongestBeginningOfWholeCharacters(string text, string expected) =>
        Assert.Equal(expected, Truncation.Truncate(text, 5));

    [Theory]
    [InlineData("text", 0)]
    [InlineData("🎈", 0)]
    [InlineData("🎈", 1)]
    public void Truncate_ToLessThanACharacter_IsEmpty(string text, int maxLength) =>
        Assert.Equal("", Truncation.Truncate(text, maxLength));

    [Fact]
    public void Truncate_ToANegativeLength_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Truncation.Truncate("text", -1));
}
