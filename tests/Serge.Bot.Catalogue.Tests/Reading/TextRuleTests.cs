using System.Text.RegularExpressions;

namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>The allowed characters and the maximum length of a text.</summary>
public sealed class TextRuleTests
{
    private static readonly FileLocation At = new("quotes.yaml", 2, 9);

    [Theory]
    [InlineData("a", true)]
    [InlineData("a-b", true)]
    [InlineData("20th-century", true)]
    [InlineData("z9-0a", true)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a--b", false)]
    [InlineData("A", false)]
    [InlineData("aB", false)]
    [InlineData("a b", false)]
    [InlineData("a_b", false)]
    [InlineData("é", false)]
    [InlineData("a-é", false)]
    [InlineData("٣", false)]
    public void IsKebabCase_AText_IsSmallLettersAndDigitsWithSingleHyphens(string text, bool expected) =>
        Assert.Equal(expected, TextRule.IsKebabCase(text));

    [Theory]
    [InlineData("!~ az", null)] // the first and last visible character of ASCII
    [InlineData("a\u00A0é…“”—", null)]
    [InlineData("a\u200Cb\u200Db", null)] // the joiners
    [InlineData("a🌊b", null)]
    [InlineData("🌊", null)]
    [InlineData("\uFFFC", null)]
    [InlineData("a\u001Fb", "a control character (U+001F)")]
    [InlineData("a\u007Fb", "a control character (U+007F)")]
    [InlineData("a\u0085b", "a control character (U+0085)")]
    [InlineData("a\tb", "a tab (U+0009)")]
    [InlineData("a\u200Bb", "an invisible character (U+200B)")]
    [InlineData("a\u200Eb", "an invisible character (U+200E)")]
    [InlineData("a\u00ADb", "an invisible character (U+00AD)")]
    [InlineData("a\u2028b", "an invisible character (U+2028)")]
    [InlineData("a\u2029b", "an invisible character (U+2029)")]
    [InlineData("a\uFEFFb", "an invisible character (U+FEFF)")]
    [InlineData("a\uFFFDb", "a replacement character (U+FFFD)")]
    [InlineData("a\uFFFEb", "a noncharacter (U+FFFE)")]
    [InlineData("a\uFFFFb", "a noncharacter (U+FFFF)")]
    [InlineData("a\\uD83Cb", "half of a surrogate pair (U+D83C)")]
    [InlineData("a\\uDF0Ab", "half of a surrogate pair (U+DF0A)")]
    [InlineData("a\\uD83C", "half of a surrogate pair (U+D83C)")] // at the end
    [InlineData("a\\uDF0A\\uD83Cb", "half of a surrogate pair (U+DF0A)")] // in the wrong order
    [InlineData("a\\uD83C\\uD83C\\uDF0A", "half of a surrogate pair (U+D83C)")]
    public void CheckAndNormalize_ACharacter_IsAllowedOrNamed(string text, string? expected)
    {
        text = Regex.Unescape(text); // an attribute cannot contain half of a surrogate pair
        ProblemList problems = new();
        var value = TextRule.Quote.CheckAndNormalize("text", new(At, text, IsPlain: false), problems);
        Assert.Equal(
            expected is null ? [] : [$"The value of 'text' contains {expected} after 'a'."],
            problems.GetSorted().Select(static problem => problem.Message)
        );
        Assert.Equal(expected is null ? text : "", value);
    }

    [Theory]
    [InlineData("\\uDF0A", "half of a surrogate pair (U+DF0A) after ''.")] // the first character
    [InlineData("twelve signs\u200B", "an invisible character (U+200B) after 'twelve signs'.")]
    [InlineData("and twelve signs\u200B", "an invisible character (U+200B) after 'twelve signs'.")]
    [InlineData("🎈eleven sign\u200B", "an invisible character (U+200B) after 'eleven sign'.")]
    [InlineData("🎈ten signs!\u200B", "an invisible character (U+200B) after '🎈ten signs!'.")]
    public void CheckAndNormalize_ACharacterThatIsNotAllowed_ShowsWhatStandsBeforeIt(string text, string expected)
    {
        ProblemList problems = new();
        text = Regex.Unescape(text);
        TextRule.Quote.CheckAndNormalize("text", new(At, text, IsPlain: false), problems);
        Assert.Equal($"The value of 'text' contains {expected}", Assert.Single(problems.GetSorted()).Message);
    }

    [Theory]
    [InlineData("12345", 5, 0)]
    [InlineData("123456", 5, 1)]
    [InlineData("  12345  ", 5, 0)] // space around it is ignored
    [InlineData("1234e\u0301", 5, 0)] // composed
    [InlineData("a\nb", 3, 1)] // two lines
    [InlineData("a\nb", 2, 2)]
    [InlineData("\na\n", 1, 0)]
    public void CheckAndNormalize_ALine_IsOneLineAndAsLongAsItMayBe(string text, int most, int count)
    {
        ProblemList problems = new();
        TextRule.Line(most).CheckAndNormalize("note", new(At, text, IsPlain: false), problems);
        Assert.Equal(count, problems.GetSorted().Count);
        Assert.Equal(count > 0, problems.HasErrors);
        Assert.All(problems.GetSorted(), static problem => Assert.Equal(At, problem.Location));
    }

    [Theory]
    [InlineData("“Words”", true)]
    [InlineData("\"Words\"", true)]
    [InlineData("«Words»", true)]
    [InlineData("“”", true)]
    [InlineData("“Words\"", false)] // not a pair
    [InlineData("Words”", false)]
    [InlineData("“Words", false)]
    [InlineData("“One” and “two”", false)] // marks that are part of the text
    [InlineData("“One” “two”", false)]
    [InlineData("““One” two”", false)] // a mark right behind the first, or before the last
    [InlineData("“one “Two””", false)]
    [InlineData("“One \"two\" three”", false)]
    [InlineData("«One «two» three»", false)]
    [InlineData("”", false)]
    [InlineData("\"", false)]
    [InlineData("", false)]
    public void CheckOuterMarks_AText_IsAnErrorWhenOnePairHoldsIt(string text, bool isError)
    {
        ProblemList problems = new();
        Typography.CheckOuterMarks(text, At, problems);
        Assert.Equal(isError, problems.HasErrors);
    }

    [Theory]
    [InlineData("One.", true)]
    [InlineData("One!", true)]
    [InlineData("One?", true)]
    [InlineData("One…", true)]
    [InlineData("One.”", true)]
    [InlineData("One.’", true)]
    [InlineData("One.\"", true)]
    [InlineData("One.'", true)]
    [InlineData("One.)", true)]
    [InlineData("One.»", true)]
    [InlineData("One.’”)", true)]
    [InlineData("One", false)]
    [InlineData("One.]", false)]
    [InlineData("One,", false)]
    [InlineData("One. Two", false)]
    [InlineData("”One", false)]
    [InlineData(".", true)]
    [InlineData("", true)] // a missing text is reported separately
    public void CheckSentenceEnd_AText_WarnsWhenItDoesNotEndAsOne(string text, bool isSentence)
    {
        ProblemList problems = new();
        Typography.CheckSentenceEnd(text, At, problems);
        Assert.Equal(isSentence ? 0 : 1, problems.GetSorted().Count);
        Assert.False(problems.HasErrors);
    }
}
