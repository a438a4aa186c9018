namespace Serge.Bot.Catalogue.Tests.Verifying;

/// <summary>Which quotation of an essay matches, of several that contain the words.</summary>
public sealed class QuotationMatchTests
{
    private static readonly Source Source = Some.Source("essay", SourceKind.Essay, "Essay", "Ann Author");

    [Theory]
    [InlineData("aa b aa", "aa", "0 5")]
    [InlineData("aab aa", "aa", "4")] // the first is the beginning of a longer word
    [InlineData("aa baa", "aa", "0")] // the second is the end of one
    [InlineData("aaa", "aa", "")]
    [InlineData("aa aa aa", "aa aa", "0 3")]
    [InlineData("(aa)", "aa", "1")]
    [InlineData("aa", "aa", "0")]
    [InlineData("a1 1a", "a", "")]
    [InlineData("b", "aa", "")]
    public void FindPositions_OfWordsInAText_AreThoseThatCutNoWord(string text, string words, string expected) =>
        Assert.Equal(expected, string.Join(' ', QuotationMatch.FindPositions(text, words)));

    [Theory]
    [InlineData("“So: salt is honest, and dry.”", "“But salt is honest.”", "“salt is honest”", "2")]
    [InlineData("“salt is honest”", "“So: salt is honest, and dry.”", "“But salt is honest.”", "0")]
    [InlineData("“So: salt is honest, and dry.”", "“salt is honest”", "“But salt is honest.”", "1")]
    [InlineData("“So: salt is honest, and dry.”", "“But salt is honest.”", "“pepper”", "1")] // least surrounding text
    [InlineData("“But salt is honest.”", "“So: salt is honest, and dry.”", "“pepper”", "0")]
    [InlineData("“salt is honest, now”", "“then, salt is honest”", "“pepper”", "0")] // two equal matches: the first
    public void Find_WordsInSeveralQuotations_IsTheOneThatIsNothingElse(
        string first,
        string second,
        string third,
        string expected
    )
    {
        Essay essay = new(Source, [first, "", second, "", third]);
        var match = QuotationMatch.Find(essay, "salt is honest")!;
        Assert.Equal(expected, $"{essay.Quotations.ToList().IndexOf(match.First)}");
        Assert.False(match.IsJoined);
        Assert.Equal(match.First.Text, $"{match.TextBefore}salt is honest{match.TextAfter}");
    }

    [Theory]
    [InlineData("One. Two.", "", "")]
    [InlineData("One.", "", " Two.")]
    [InlineData("Two.", "One. ", "")]
    public void Find_WordsInAQuotationOfTwoParagraphs_AreInOneQuotation(string text, string before, string after)
    {
        Essay essay = new(Source, ["He said: “One.", "", "“Two.” So be it."]);
        var match = QuotationMatch.Find(essay, text)!;
        Assert.False(match.IsJoined);
        Assert.Equal((before, after), (match.TextBefore, match.TextAfter));
        Assert.Equal((essay.Paragraphs[0], essay.Paragraphs[1]), (match.First.Paragraph, match.Last.Paragraph));
    }

    [Theory]
    [InlineData("He said: “One.”||“Two.”")] // the first is closed
    [InlineData("He said: “One.||He said: “Two.”")] // the next paragraph does not begin with a mark
    [InlineData("He said: “One.||Then.||“Two.”")] // a paragraph is between
    public void Find_WordsInTwoQuotationsOfTwoParagraphs_AreNotFound(string essay) =>
        Assert.Null(QuotationMatch.Find(new(Source, essay.Split('|')), "One. Two."));

    [Theory]
    // The parts of the words, and the text before and after them.
    [InlineData("“We want a port,” he says, “a rest.”", "We want a port, a rest.", "", "")]
    [InlineData("“We want a port,” he says, “a rest.”", "We want a port a rest.", "", "")]
    [InlineData("“We want a port,” he says, “a rest.”", "a port, a", "We want ", " rest.")]
    [InlineData("“We want a port,” he says, “a rest.”", "a port a rest", "We want ", ".")]
    [InlineData("“We want a port,” he says, “a rest.”", "port, a rest.", "We want a ", "")]
    [InlineData("“We want a port,” he says, “a rest.”", "ort, a rest.", null, null)] // part of a word
    [InlineData("“We want a port,” he says, “a rest.”", "a port, a res", null, null)]
    [InlineData("“We want a port,” he says, “a rest.”", "a port, rest.", null, null)] // a word is missing
    [InlineData("“We want a port,” he says, “a rest.”", "want a, a rest.", null, null)]
    [InlineData("“I,” he says, “want.”", "I want.", "", "")]
    [InlineData("“I” he says “want.”", "I want.", "", "")]
    [InlineData("“Do I,” he says, “want a port?”", "I want a", "Do ", " port?")]
    // The text between the quotations.
    [InlineData("“One,” as he has always told us all, “two.”", "One, two.", null, null)] // seven words
    [InlineData("“One,” as he has always told us, “two.”", "One, two.", "", "")] // six
    [InlineData("“One,” – “two.”", "One, two.", null, null)] // none
    [InlineData("“One,” but he says, “two.”", "One, two.", null, null)]
    [InlineData("“One,” he says and adds, “two.”", "One, two.", null, null)]
    [InlineData("“One,”and, he says, “two.”", "One, two.", null, null)] // without a space
    [InlineData("“One,” he says, and“two.”", "One, two.", null, null)]
    [InlineData("“One,” while writing, “two.”", "One, two.", null, null)]
    [InlineData("“One,” whereas now, “two.”", "One, two.", null, null)]
    [InlineData("“One,” then, “two.”", "One, two.", null, null)]
    [InlineData("“One,” yet also, “two.”", "One, two.", null, null)]
    [InlineData("“One.” he says, “two.”", "One. two.", null, null)] // the first is a sentence
    [InlineData("“One!” he says, “two.”", "One! two.", null, null)]
    [InlineData("“One?” he says, “two.”", "One? two.", null, null)]
    [InlineData("“One,” he says. “Two.”", "One, Two.", null, null)] // two sentences of the essay
    // Which two quotations.
    [InlineData("“Zero,” he says. “One,” he says, “two.” He adds: “Three.”", "One, two.", "", "")]
    [InlineData("He says, “Zero.” And so: “One,” he says, “two.”", "One, two.", "", "")]
    [InlineData("“One,” he says, “zero,” he says, “two.”", "One, two.", null, null)] // not consecutive
    [InlineData("“two,” he says, “One.”", "One, two.", null, null)] // in the wrong order
    public void Find_WordsInTwoQuotations_AreTheHalvesOfOneSentence(
        string paragraph,
        string text,
        string? lead,
        string? rest
    )
    {
        var match = QuotationMatch.Find(new(Source, [paragraph]), text);
        Assert.Equal((lead, rest), (match?.TextBefore, match?.TextAfter));
        Assert.True(match?.IsJoined ?? true);
    }

    [Fact]
    public void Find_HalvesInTwoParagraphs_IsNull() =>
        Assert.Null(QuotationMatch.Find(new(Source, ["He says “One,”", "", "of “two.”"]), "One, two."));

    [Theory]
    [InlineData("the sea is deep and wide today.", "sea is deep and cold today.", "and wide today.", "and cold today.")]
    [InlineData("The sky is deep and cold today.", "The sea is deep and cold today.", "The sky is", "The sea is")]
    [InlineData("A sea is deep and cold today.", "The sea is deep and cold today.", "A sea", "The sea")] // first word
    [InlineData("The sea is deep and cold now.", "The sea is deep and cold today.", "cold now.", "cold today.")] // last
    [InlineData("The sea is deep and cold", "The sea is deep and cold today.", "cold", "cold today.")] // one word more
    [InlineData("The sea is – deep and cold.", "The sea is deep and cold.", "sea is – deep", "sea is deep")] // no word
    [InlineData("– The sea is deep.", "– The sea is wide.", "is deep.", "is wide.")] // a dash before all words
    public void Explain_WordsThatDiffer_ShowsTheWordThatDiffersBetweenItsNeighbours(
        string printed,
        string written,
        string expectedPrinted,
        string expectedWritten
    ) =>
        Assert.Equal(
            $"The essay 'essay' prints '{expectedPrinted}' where the quote has '{expectedWritten}'.",
            Explain(written, $"“{printed}”")
        );

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Explain_SeveralSimilarQuotations_ShowsTheMostSimilar(int position)
    {
        List<string> quotations = ["“The sea was wide and cold in March.”", "“The sea is deep or cold in June.”"];
        quotations.Insert(position, "“The sea is deep and cold in July.”");
        Assert.Equal(
            "The essay 'essay' prints 'in July.' where the quote has 'in May.'.",
            Explain("The sea is deep and cold in May.", [.. quotations])
        );
    }

    [Fact]
    public void Explain_TwoQuotationsAsSimilar_ShowsTheFirst() =>
        Assert.Contains("prints 'in June.'", Explain("cold in May.", "“cold in June.”", "“cold in July.”"));

    [Theory]
    [InlineData("one two x", "one two y", true)] // two of three
    [InlineData("one two three x x", "one two three y y", false)] // three of five
    [InlineData("one two three four x x", "one two three four y y", true)] // four of six
    [InlineData("one x", "one y", false)] // one is too few
    [InlineData("One two x.", "one TWO y", true)] // regardless of case and marks
    [InlineData("x one two three", "one two three four", true)] // from the second word on
    [InlineData("one two", "one two three", true)]
    public void Explain_WordsThatDiffer_AreShownWhenTwoThirdsAgree(string printed, string written, bool isShown) =>
        Assert.Equal(
            isShown ? "prints" : "does not quote these words.",
            Explain(written, $"“{printed}”")["The essay 'essay' ".Length..].Split(" '")[0]
        );

    [Fact]
    public void Explain_WordsInTheLastOfSeveralEssays_NamesIt()
    {
        Essay via = new(Source, ["He said “nothing”."]);
        Essay other = new(Source with { Id = "other" }, ["He said “something else”."]);
        Essay last = new(Source with { Id = "last" }, ["He said “the words”."]);
        var (what, fix) = MismatchExplainer.Explain("the words", via, [via, other, last]);
        Assert.Equal("The words are in the essay 'last', not in 'essay'.", what);
        Assert.Equal("Write 'via: last'.", fix);
    }

    [Fact]
    public void Explain_WordsInTwoOtherEssays_NamesTheFirst()
    {
        Essay via = new(Source, ["He said “nothing”."]);
        Essay other = new(Source with { Id = "other" }, ["He said “the words”."]);
        Essay last = new(Source with { Id = "last" }, ["He said “the words”."]);
        Assert.Equal("Write 'via: other'.", MismatchExplainer.Explain("the words", via, [via, other, last]).Fix);
        Assert.Equal("Write 'via: other'.", MismatchExplainer.Explain("the words", via, [other, via, last]).Fix);
    }

    [Fact]
    public void Explain_WordsOutsideOfMarksInTheLastParagraph_ReportsIt() =>
        Assert.StartsWith(
            "The words are in the essay, but not inside one pair",
            Explain("words of hers", "He said “nothing”.", "These are words of hers"),
            StringComparison.Ordinal
        );

    private static string Explain(string text, params string[] paragraphs)
    {
        Essay via = new(Source, paragraphs.SelectMany(static paragraph => (string[])[paragraph, ""]));
        return MismatchExplainer.Explain(text, via, [via]).Message;
    }
}
