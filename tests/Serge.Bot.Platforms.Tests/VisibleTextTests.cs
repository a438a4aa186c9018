namespace Serge.Bot.Platforms.Tests;

/// <summary>Characters that a terminal executes or hides are shown.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain – “text” « avec\u00a0» 👍🏽 👩\u200d🔬", "plain – “text” « avec\u00a0» 👍🏽 👩\u200d🔬")]
    [InlineData("4.2\u001b]0;title\u0007", @"4.2\u001b]0;title\u0007")]
    [InlineData("a\r\nb\tc", @"a\u000d\u000ab\u0009c")]
    [InlineData("\u007f\u0085\u009b31m", @"\u007f\u0085\u009b31m")]
    [InlineData("a\u2028b\u2029", @"a\u2028b\u2029")]
    [InlineData("gpj.\u202Eexe\u2066\u200F\u061C", @"gpj.\u202eexe\u2066\u200f\u061c")]
    [InlineData("\uFEFF\u200b\u00ad", @"\ufeff\u200b\u00ad")]
    public void OfLine_ShowsInvisibleCharacters(string text, string shown) =>
        Assert.Equal(shown, VisibleText.OfLine(text));

    [Fact]
    public void OfLine_HalfOfASurrogatePair_IsShown()
    {
        Assert.Equal(@"a\ud83d", VisibleText.OfLine("a\ud83d"));
        Assert.Equal(@"\udc4d!", VisibleText.OfLine("\udc4d!"));
    }

    [Fact]
    public void OfLines_KeepsLineFeeds() => Assert.Equal("a\nb\\u000d\n", VisibleText.OfLines("a\nb\r\n"));

    [Fact]
    public void OfInput_ShowsSpacesThatLookLikeASpace() =>
        Assert.Equal(@"0\u00a09 *\u2009*\u3000", VisibleText.OfInput("0\u00a09 *\u2009*\u3000"));

    [Theory]
    [InlineData("https://m.example/@ada", "https://m.example/@ada")]
    [InlineData("ada@m.example", "ada@m.example")]
    [InlineData("https://ada:pass@m.example/", "https://•••@m.example/")]
    [InlineData("https://ada@m.example/", "https://•••@m.example/")]
    [InlineData("https://ada:p@ss@m.example/", "https://•••@m.example/")]
    [InlineData("https://ada:pa/ss@m.example/", "https://•••@m.example/")]
    [InlineData("postgresql://serge:pass@db:99999/serge", "postgresql://•••@db:99999/serge")]
    [InlineData("cannot reach http://u:pass@h/ or http://v:pass@i/.", "cannot reach http://•••@h/ or http://•••@i/.")]
    [InlineData("https://discord.com/api/webhooks/1/t0ken?wait=true", "https://discord.com/api/webhooks/•••")]
    [InlineData("https://discord.com/api/webhooks/", "https://discord.com/api/webhooks/")]
    [InlineData("https://ntfy.sh/topic?auth=t0ken", "https://ntfy.sh/topic?•••")]
    public void WithoutSecrets_HidesUserPasswordWebhookAndQuery(string text, string shown) =>
        Assert.Equal(shown, AddressText.WithoutSecrets(text));

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("https://m.example", "https://m.example")]
    [InlineData("https://m.example/", "https://m.example/")]
    [InlineData("https://ntfy.sh/topic", "https://ntfy.sh/•••")]
    [InlineData("https://ntfy.sh?auth=t0ken", "https://ntfy.sh?•••")]
    [InlineData("https://ada:pa/ss@m.example/hooks", "https://•••@m.example/•••")]
    [InlineData("see http://h/a and http://i/b", "see http://h/••• and http://i/•••")]
    public void UpToHost_HidesTheRest(string text, string shown) => Assert.Equal(shown, AddressText.UpToHost(text));
}
