using CsCheck;

namespace Serge.Bot.Cards.Tests;

/// <summary>Where a line may end.</summary>
public sealed class WordSplitterTests
{
    [Theory]
    [InlineData("one two", "one_|two")]
    [InlineData("  one   two ", "one_|two_")]
    [InlineData("post-haste", "post-|haste")]
    [InlineData("one—two", "one—|two")]
    [InlineData("1914-1918", "1914-1918")]
    [InlineData("– one", "–_|one")]
    [InlineData("one\u00a0two", "one\u00a0two")]
    [InlineData("one\ntwo", "one/|two")]
    [InlineData("one \n two", "one_/|two")]
    [InlineData("one – two", "one –_|two")]
    [InlineData("one —", "one_|—")]
    [InlineData("", "")]
    [InlineData("[…] a", "[…]_|a")]
    public void Split_OfAText_KeepsTogetherWhatIsNotDivided(string text, string expected)
    {
        var words = WordSplitter.Split([new CardRun(text)]);

        Assert.Equal(expected, string.Join('|', words.Select(Describe)));
    }

    [Fact]
    public void Split_OfRuns_KeepsAWordOfTwoStylesTogether()
    {
        var words = WordSplitter.Split([
            new CardRun("from "),
            new CardRun("Memoirs", IsItalic: true),
            new CardRun(", 1951"),
        ]);

        Assert.Equal(
            ["from", "Memoirs,", "1951"],
            words.Select(word => string.Concat(word.Runs.Select(run => run.Text)))
        );
        Assert.Equal([true, false], words[1].Runs.Select(run => run.IsItalic));
    }

    [Fact]
    public void Split_OfAnyText_LosesOnlySpaces() =>
        Gen.String.Sample(text =>
        {
            var words = WordSplitter.Split([new CardRun(text)]);
            var joined = string.Concat(words.SelectMany(word => word.Runs).Select(run => run.Text));
            Assert.Equal(
                text.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal),
                joined
            );
        });

    private static string WithoutSpaces(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    private static string Describe(Word word)
    {
        var text = string.Concat(word.Runs.Select(run => run.Text));
        return text + (word.HasSpace ? "_" : "") + (word.EndsLine ? "/" : "");
    }
}
