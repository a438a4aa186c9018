namespace Serge.Bot.Tests.Rendering;

/// <summary>How each platform formats a text, a title, a link and a remark.</summary>
public sealed class MarkupTests
{
    private static readonly Uri Address = new("https://example.org/a b>c");

    [Fact]
    public void Plain_ChangesNothing()
    {
        var plain = Markup.Plain;

        Assert.Equal(
            ["*a* #b\nc", "*a*", "https://example.org/a%20b%3Ec", "*a*"],
            [plain.Escape("*a* #b\nc"), plain.Title("*a*"), plain.Link(Address), plain.Subtext("*a*")]
        );
    }

    [Fact]
    public void Discord_EscapesTextAndFormatsTitlesLinksAndRemarks()
    {
        var discord = Markup.Discord;

        Assert.Equal(
            [@"\*a\* #b c", @"*\*a\**", "<https://example.org/a%20b%3Ec>", @"-# \*a\*"],
            [discord.Escape("*a* #b\nc"), discord.Title("*a*"), discord.Link(Address), discord.Subtext("*a*")]
        );
    }
}
