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
    [InlineData("co\u00ADoperate", "cooperate")] // a soft hyphen is not seen
    [InlineData("no\u00A0break", "no break")]
    [InlineData("e\u0301te\u0301", "ete")]
    [InlineData("1917 ½ ²", "1917 1 2 2")]
    [InlineData("Виктор Серж", "виктор серж")]
    [InlineData("half \uD83C a wave", "half a wave")] // what is no Unicode parts words, and nothing more
    [InlineData("no\uFFFEcharacter \uFFFF", "no character")]
    [InlineData("", "")]
    [InlineData(" … — ’ ", "")]
    public void Words_OfAText_AreWithoutCaseAccentsAndMarks(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', FoldedText.Words(text)));

    [Theory]
    [InlineData("L’Anarchie", "l anarchie lanarchie")]
    [InlineData("it's", "it s its")]
    [InlineData("Anarchie", "anarchie")]
    [InlineData("workers’ cause", "workers workers cause")]
    public void WordsAndParts_OfAText_AlsoHoldWhatAnApostropheParts(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', FoldedText.WordsAndParts(text)));

    [Fact]
    public void Letters_OfTwoSpellings_AreEqual() =>
        Assert.Equal(FoldedText.Letters("“[T]he end…” he’d say"), FoldedText.Letters("the END hed-say"));
}
