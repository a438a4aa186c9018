namespace Serge.Bot.Tests.Rendering;

/// <summary>A rendered message as members see it.</summary>
public sealed class DiscordTextTests
{
    [Theory]
    [InlineData("-# Source: a", "Source: a")]
    [InlineData(@"— A, *Title*, \*not\*", "— A, Title, *not*")]
    [InlineData("(Content warning: war) ||two words||", "(Content warning: war) ▒two words▒")]
    [InlineData("<https://a.example/>", "https://a.example/")]
    [InlineData(@"a \| b \\ c", @"a | b \ c")]
    [InlineData("either|", "either|")]
    [InlineData(@"either\", @"either\")]
    public void FromMarkdown_IsWhatMembersSee(string markdown, string shown) =>
        Assert.Equal(shown, DiscordText.FromMarkdown(markdown));
}
