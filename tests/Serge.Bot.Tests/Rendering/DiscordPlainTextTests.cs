using CsCheck;

namespace Serge.Bot.Tests.Rendering;

/// <summary>The words of a message as a member wrote it.</summary>
public sealed class DiscordPlainTextTests
{
    [Theory]
    [InlineData(
        "**bold** *italic* __under__ _slanted_ ~~struck~~ ||hidden|| `code`",
        "bold italic under slanted struck hidden code"
    )]
    [InlineData("b**ol**d and snake_case stay", "bold and snake_case stay")]
    [InlineData("> quoted\n>>> more\n# Heading\n-# small\n- item\n* item", "quoted\nmore\nHeading\nsmall\nitem\nitem")]
    [InlineData("```\nblock\n```", "\nblock\n")]
    [InlineData(@"\*not\* \[T\]he \> end", "*not* [T]he > end")]
    [InlineData("a <@123> b <@!1> c <@&4> d <#5> e", "a   b   c   d   e")]
    [InlineData(
        "a <:serge:12> b <a:wave:3> c <t:1:R> d <t:-5> e </quote set:7> f <id:browse> g",
        "a   b   c   d   e   f   g"
    )]
    [InlineData("see https://example.org/a_b*c and <https://example.org> now", "see   and   now")]
    [InlineData("[the words](https://example.org/x) stay", "the words stay")]
    [InlineData("[the words](<https://example.org/x>) stay", "the words stay")]
    [InlineData("a < b, c > d; #1 - 2 @everyone", "a < b, c > d; #1 - 2 @everyone")]
    [InlineData("", "")]
    public void FromMarkdown_KeepsTheWords(string markdown, string expected) =>
        Assert.Equal(expected, DiscordPlainText.FromMarkdown(markdown));

    [Fact]
    public void FromMarkdown_AnyText_NeverThrows() =>
        Gen.String.Sample(text => Assert.NotNull(DiscordPlainText.FromMarkdown(text)));

    [Theory]
    [InlineData("“[T]he end, far from justifying the means, commands its own means.”")]
    [InlineData("1917. *A* b_c`d|e<f>g@h")]
    public void FromMarkdown_OfWhatTheBotWrote_IsItsText(string words) =>
        Assert.Equal(words, DiscordPlainText.FromMarkdown(DiscordMarkdown.Escape(words)));
}
