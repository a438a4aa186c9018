namespace Serge.Bot.Platforms.Tests;

public sealed class HttpInteractionsTests
{
    [Theory]
    [InlineData("1000", true)]
    [InlineData("970", true)]
    [InlineData("969", false)]
    [InlineData("1030", true)]
    [InlineData("1031", false)]
    [InlineData("-1000", false)]
    [InlineData(" 1000", false)]
    [InlineData("1000.0", false)]
    [InlineData("", false)]
    [InlineData("99999999999999999999", false)]
    public void IsRecent_ATimestamp_IsTrueWithinThirtySeconds(string timestamp, bool expected) =>
        Assert.Equal(expected, HttpInteractions.IsRecent(timestamp, DateTimeOffset.FromUnixTimeSeconds(1000)));
}
