using System.Text;
using System.Text.RegularExpressions;

namespace Serge.Bot.Catalogue.Tests;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("The END, far—from it!", "the end far from it")]
    [InlineData("Émile Chapelier", "emile chapelier")]
    [InlineData("György Lukács, Łukasz, Ørsted, Đilas", "gyorgy lukacs lukasz orsted dilas")]
    [InlineData("œuvre ﬁn straße Æsop", "oeuvre fin strasse aesop")]
    [InlineData("L’Anarchie l'anarchie LʼAnarchie", "lanarchie lanarchie lanarchie")]
    [InlineData("that’s what they’d’ve said", "thats what theydve said")]
    [InlineData("‘official truth’", "official truth")]
    [InlineData("’tis the workers’ cause", "tis the workers cause")]
    [InlineData("[T]he […] end", "t he end")]
    [InlineData("means-and-ends", "means and ends")]
    [InlineData("co\u00ADoperate", "cooperate")] // a soft hyphen is ignored
    [InlineData("no\u00A0break", "no break")]
    [InlineData("a\u0903b a\u20DDb a\u200Db", "ab ab ab")] // combining marks do not separate words
    [InlineData("e\u0301te\u0301", "ete")]
    [InlineData("1917 ½ ²", "1917 1 2 2")]
    [InlineData("Виктор Серж", "виктор серж")]
    [InlineData("half \\uD83C a wave", "half a wave")] // invalid Unicode separates words
    [InlineData("no\uFFFEcharacter \uFFFF", "no character")]
    [InlineData("", "")]
    [InlineData(" … — ’ ", "")]
    public void GetWords_OfAText_AreWithoutCaseAccentsAndMarks(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', FoldedText.GetWords(Regex.Unescape(text))));

    [Theory]
    [InlineData("L’Anarchie", "l anarchie lanarchie")]
    [InlineData("it's", "it s its")]
    [InlineData("Anarchie", "anarchie")]
    [InlineData("workers’ cause", "workers workers cause")]
    [InlineData("it's Anarchie it's", "it s its anarchie it s its")] // each word separately
    [InlineData("they’d’ve", "they d ve theydve")]
    [InlineData("o’’clock", "o clock oclock")]
    [InlineData("’tis ‘so’", "tis so so")]
    [InlineData("a’ b", "a a b")]
    [InlineData("’ ’", "")]
    public void GetWordsAndParts_OfAText_AlsoContainWhatAnApostropheSeparates(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', FoldedText.GetWordsAndParts(text)));

    [Theory]
    [InlineData("ÆæŒœßẞØøŁłĐđÐðıÞþ", "aeaeoeoessssooллddddithth")]
    [InlineData("A1-b2 ’c’.", "a1b2c")]
    [InlineData("", "")]
    public void GetLetters_OfAText_AreItsLettersAndDigits(string text, string expected) =>
        Assert.Equal(expected.Replace('л', 'l'), FoldedText.GetLetters(text));

    [Theory]
    [InlineData("a\\uD800b", "a\uFFFDb")]
    [InlineData("a\\uDC00b", "a\uFFFDb")]
    [InlineData("a\uFFFEb", "a\uFFFDb")]
    [InlineData("\uFFFE\\uDFFF", "\uFFFD\uFFFD")]
    [InlineData("🌊e\u0301", "🌊é")]
    [InlineData("e\u0301", "é")]
    public void Normalize_OfAText_ReplacesInvalidUnicode(string text, string expected) =>
        Assert.Equal(expected, FoldedText.Normalize(Regex.Unescape(text), NormalizationForm.FormC));

    [Fact]
    public void GetLetters_OfTwoSpellings_AreEqual() =>
        Assert.Equal(FoldedText.GetLetters("“[T]he end…” he’d say"), FoldedText.GetLetters("the END hed-say"));
}
