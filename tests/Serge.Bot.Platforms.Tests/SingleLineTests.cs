namespace Serge.Bot.Platforms.Tests;

public sealed class SingleLineTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  \n ", "")]
    [InlineData(" two\nlines\u0007  and\t\u001bmore ", "two lines and more")]
    [InlineData("1234567890", "1234567890")]
    [InlineData("1234567890 ", "1234567890")]
    [InlineData("12345678901", "1234567890…")]
    [InlineData("123456789 \n 1", "123456789 …")]
    [InlineData("1234567890 1", "1234567890…")]
    [InlineData("12345678🎈", "12345678🎈")]
    [InlineData("12345678🎈9", "12345678🎈…")]
    [InlineData("123456789🎈", "123456789…")] // not within a surrogate pair
    public void Create_AnyText_IsOneLineOfAtMostTenCharacters(string text, string expected) =>
        Assert.Equal(expected, SingleLine.Create(text, expected.StartsWith("two", StringComparison.Ordinal) ? 20 : 10));

    [Fact]
    public void Create_AVeryLongText_IsCut() =>
        Assert.Equal(new string('x', 300) + "…", SingleLine.Create(new string('x', 1_000_000), 300));

    [Theory]
    [InlineData("", "")]
    [InlineData("Service Unavailable", "Service Unavailable.")]
    [InlineData("Timeout.", "Timeout.")]
    [InlineData("Who?", "Who?")]
    [InlineData("No!", "No!")]
    [InlineData("cut…", "cut…")]
    [InlineData("HTTP 503 (busy)", "HTTP 503 (busy).")]
    public void EndSentence_EndsWhatDoesNotEnd(string text, string expected) =>
        Assert.Equal(expected, SingleLine.EndSentence(text));
}
