namespace Serge.Bot.Catalogue.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("topic", "topics")]
    [InlineData("Topics", "topics")]
    [InlineData("old_style", "oldStyle")]
    [InlineData("txt", "text")]
    [InlineData("txet", "text")] // two swapped letters
    [InlineData("correct", "correct within")] // a part of it
    [InlineData("style", "oldStyle")]
    [InlineData("ex", null)] // a part of "text", but too short
    [InlineData("colour", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    [InlineData("…", null)] // no letter
    public void FindNearest_AMisspelling_IsTheWordThatWasMeant(string written, string? expected) =>
        Assert.Equal(
            expected,
            Spelling.FindNearest(
                written,
                ["id", "text", "topics", "oldStyle", "correct within", "correct within the hour"]
            )
        );

    [Theory]
    [InlineData("ab", "ax", true)] // one letter of two: at least one may be wrong
    [InlineData("abcde", "abxde", true)]
    [InlineData("abcde", "abxye", false)] // two of five
    [InlineData("abcdef", "abxyef", true)] // two of six
    [InlineData("abcdefgh", "abxyzfgh", false)] // three of eight
    [InlineData("abcdefghi", "abxyzfghi", true)] // three of nine
    [InlineData("abcdefghijkl", "abwxyzghijkl", false)] // four of twelve: never more than three
    [InlineData("abcdefghijkl", "abwxyfghijkl", true)]
    [InlineData("abcd", "abxxcd", false)] // two more
    [InlineData("abcdef", "abcd", true)] // two of six too many
    [InlineData("bacd", "abcd", true)] // two adjacent letters swapped: one error
    [InlineData("acbd", "abcd", true)]
    [InlineData("abdc", "abcd", true)]
    [InlineData("badc", "abcd", false)] // two errors
    [InlineData("bacx", "abcd", false)] // one error, and a wrong letter
    [InlineData("cbad", "abcd", false)] // letters that are not adjacent
    [InlineData("pqr", "spr", false)]
    [InlineData("spr", "pqr", false)]
    [InlineData("ba", "abc", false)]
    [InlineData("abc", "ba", false)]
    public void FindNearest_ALongerWord_MayHaveAThirdOfItsLettersWrongAndAtMostThree(
        string written,
        string known,
        bool isNear
    ) => Assert.Equal(isNear ? known : null, Spelling.FindNearest(written, [known]));

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    [InlineData("three")]
    public void FindNearest_SeveralNearWords_IsTheNearest(string first)
    {
        string[] known = ["xbcdefghi", "xycdefghi", "xyzdefghi"];
        var turns = Array.IndexOf(["one", "two", "three"], first);
        Assert.Equal("xbcdefghi", Spelling.FindNearest("abcdefghi", [.. known[turns..], .. known[..turns]]));
        Assert.Equal(
            "abcdefghi",
            Spelling.FindNearest("abcdefghi", [.. known[turns..], "abcdefghi", .. known[..turns]])
        );
        Assert.Equal("bacdefghi", Spelling.FindNearest("abcdefghi", [known[1], "bacdefghi", known[2]]));
    }

    [Theory]
    [InlineData("abc", "zzabcz zzabczz", "zzabcz")] // the shortest
    [InlineData("abc", "zzabczz zzabcz", "zzabcz")]
    [InlineData("abc", "zzabczz yyabcyy", "yyabcyy")] // equal lengths: the first by name
    [InlineData("abc", "yyabcyy zzabczz", "yyabcyy")]
    [InlineData("abc", "zzzzabc abczzzzz", "zzzzabc")] // at the end or at the beginning
    [InlineData("abc", "a-b-c-z-z-z-z zzzzzabc", "a-b-c-z-z-z-z")] // only letters count, not hyphens
    [InlineData("ab", "zzabzz", null)] // too short to compare
    [InlineData("abcd", "zzabcdzz abxd", "abxd")] // a spelling error is preferred to a part
    [InlineData("abcd", "zzabczdz", null)]
    public void FindNearest_APartOfSeveralWords_IsTheShortestOfThem(string written, string known, string? expected) =>
        Assert.Equal(expected, Spelling.FindNearest(written, known.Split(' ')));

    [Fact]
    public void FindNearest_OfTwoEquallyNear_IsTheFirstByName() =>
        Assert.Equal("hope", Spelling.FindNearest("hpe", ["hype", "hope"]));
}
