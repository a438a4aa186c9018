namespace Serge.Bot.Catalogue.Tests.Verifying;

/// <summary>The words and the names of a sentence.</summary>
public sealed class SentenceParserTests
{
    // Notation after each word: "^" is the first word, "," means that a comma or dash follows, "/" that any mark
    // follows, "'s" is a possessive.
    [Theory]
    [InlineData("He left.", "He^ left/")]
    [InlineData("So, he left", "So^,/ he left")]
    [InlineData("So (he) left – now", "So^/ he left,/ now")]
    [InlineData("one—two", "one^,/ two")]
    [InlineData("Sontag’s and Doe's", "Sontag’s^'s and Doe's's")]
    [InlineData("workers’ cause", "workers’^'s cause")]
    [InlineData("workers' cause", "workers'^'s cause")]
    [InlineData("he said, “x”", "he^ said,/ x")]
    [InlineData("he “x”", "he^ x")]
    [InlineData("well-known it’s", "well-known^ it’s's")]
    [InlineData("the (first), then", "the^/ first,/ then")]
    [InlineData("", "")]
    public void ParseWords_ASentence_HasThePunctuationAfterEachWord(string sentence, string expected) =>
        Assert.Equal(expected, string.Join(' ', SentenceParser.ParseWords(sentence).Select(Shown)));

    [Theory]
    [InlineData("Then Susan Sontag came", "1-2 Susan Sontag")]
    [InlineData("Then came Susan Sontag", "2-3 Susan Sontag")]
    [InlineData("Sontag came", "")] // the first word is capitalized anyway
    [InlineData("Sontag wrote", "0-0 Sontag")]
    [InlineData("Sontag’s friend", "0-0 Sontag")]
    [InlineData("Susan Sontag", "0-1 Susan Sontag")]
    [InlineData("Then Jean de la Fontaine", "1-4 Jean de la Fontaine")]
    [InlineData("Then Jean de la", "1-1 Jean")]
    [InlineData("Then Jean, de Fontaine", "1-1 Jean|3-3 Fontaine")]
    [InlineData("Then Jean de, Fontaine", "1-1 Jean|3-3 Fontaine")]
    [InlineData("Then Doe, Roe and Poe", "1-1 Doe|2-2 Roe|4-4 Poe object")]
    [InlineData("Then Doe’s Roe", "1-1 Doe|2-2 Roe")]
    [InlineData("He spoke of Doe", "3-3 Doe object")]
    [InlineData("Of Doe", "1-1 Doe object")]
    [InlineData("Then He and The I", "")]
    [InlineData("", "")]
    public void FindNames_InASentence_AreCapitalizedWordsInARow(string sentence, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                '|',
                SentenceParser
                    .FindNames(SentenceParser.ParseWords(sentence))
                    .Select(static name => $"{name.From}-{name.To} {name.Text}{(name.IsObject ? " object" : "")}")
            )
        );

    [Theory]
    [InlineData("Then Victor Serge came", true)]
    [InlineData("Then Kibalchich came", true)]
    [InlineData("Then Serge’s friend", true)]
    [InlineData("Then Sergeant came", false)]
    public void HasFamilyName_ANameOrWord_IsHisName(string sentence, bool expected)
    {
        var words = SentenceParser.ParseWords(sentence);
        Assert.Equal(expected, Some.Author.HasFamilyName(Assert.Single(SentenceParser.FindNames(words)).Text));
        Assert.Equal(expected, words.Any(static word => Some.Author.HasFamilyName(word.Base)));
    }

    private static string Shown(Word word) =>
        word.Text
        + (word.IsFirst ? "^" : "")
        + (word.HasCommaAfter ? "," : "")
        + (word.HasBreakAfter ? "/" : "")
        + (word.IsPossessive ? "'s" : "");
}
