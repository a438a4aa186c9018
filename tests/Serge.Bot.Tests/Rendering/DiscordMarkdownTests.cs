namespace Serge.Bot.Tests.Rendering;

/// <summary>How the text of a member, of the quote files or of a nickname could change a message, and how it is shown
/// instead.</summary>
public sealed class DiscordMarkdownTests
{
    [Theory]
    [InlineData("Totalitarianism is within us.", "Totalitarianism is within us.")]
    [InlineData("*not* _italic_ ~~struck~~ ||hidden||", @"\*not\* \_italic\_ \~\~struck\~\~ \|\|hidden\|\|")]
    [InlineData("`code` and ```block```", @"\`code\` and \`\`\`block\`\`\`")]
    [InlineData(@"a \ b", @"a \\ b")]
    [InlineData("@everyone <@123> <@&4> <#5> <t:1:R>", @"\@everyone \<\@123\> \<\@&4\> \<#5\> \<t:1:R\>")]
    [InlineData("[free nitro](https://evil.example)", "\\[free nitro\\](https:\u2060//evil.example)")]
    [InlineData("ahttps://evil.example HTTP://b c://d", "ahttps:\u2060//evil.example HTTP:\u2060//b c:\u2060//d")]
    [InlineData("discord.gg/abc Discord.com/invite/abc", "discord.gg\u2060/abc Discord.com/invite\u2060/abc")]
    [InlineData("# no heading", @"\# no heading")]
    [InlineData("-# no subtext", @"\-# no subtext")]
    [InlineData("- no list", @"\- no list")]
    [InlineData("1917. No list", @"1917\. No list")]
    [InlineData("> no quotation\nof mine", @"\> no quotation of mine")]
    [InlineData("one\r\n\r\n# two", "one # two")]
    [InlineData("“[T]he end”", @"“\[T\]he end”")]
    public void Escape_ShowsTheWordsAsTheyAre(string words, string shown) =>
        Assert.Equal(shown, DiscordMarkdown.Escape(words));

    [Theory]
    [InlineData("“[T]he end, far from justifying the means, commands its own means.”")]
    [InlineData("*a*b_c`d|e<f>g@h")]
    public void Escape_IsUndoneByRemovingBackslashes(string words) =>
        Assert.Equal(words, DiscordMarkdown.Escape(words).Replace(@"\", "", StringComparison.Ordinal));
}
