namespace Serge.Bot.Catalogue.Tests.Verifying;

/// <summary>Where sentences and quotations of an essay begin and end, and the text around a quotation.</summary>
public sealed class ParagraphTests
{
    private static readonly Source Source = Some.Source("essay", SourceKind.Essay, "Essay", "Ann Author");

    [Theory]
    [InlineData("One. Two! Three? Four… Five.", "One. |Two! |Three? |Four… |Five.")]
    [InlineData("One. two. Three.", "One. two. |Three.")] // a lowercase letter continues the sentence
    [InlineData("One; Two: Three, Four.", "One; Two: Three, Four.")]
    [InlineData("One.  Two.", "One. |Two.")] // several spaces count as one
    [InlineData("J. B. Doe came. He left.", "J. B. Doe came. |He left.")] // initials
    [InlineData("So J.B. Doe came. He left.", "So J.B. Doe came. |He left.")]
    [InlineData("He met TJ. Then left.", "He met TJ. |Then left.")] // two letters are not an initial
    [InlineData("He met me! I left.", "He met me! |I left.")]
    [InlineData("One (two). (Three.) [Four.] ‘Five.’ “Six.”", "One (two). |(Three.) |[Four.] |‘Five.’ |“Six.”")]
    [InlineData("One [two.] Three.", "One [two.] |Three.")]
    [InlineData("He said “One. Two.” Then left.", "He said “One. Two.” |Then left.")]
    [InlineData("He said \"One.\" \"Two.\"", "He said \"One.\" |\"Two.\"")]
    [InlineData("A 3.5 and Mr 1.", "A 3.5 and Mr 1.")]
    [InlineData("One.", "One.")]
    [InlineData(". Two", ". |Two")]
    [InlineData("” Two", "” Two")]
    public void Sentences_OfAParagraph_AreTogetherTheWholeOfIt(string text, string expected)
    {
        var paragraph = Paragraph(text);
        Assert.Equal(expected, string.Join('|', paragraph.Sentences.Select(s => paragraph.Text[s.Start..s.End])));
        for (var i = 0; i < paragraph.Text.Length; i++)
        {
            var (start, end) = paragraph.Sentences[paragraph.GetSentenceAt(i)];
            Assert.InRange(i, start, end - 1);
        }

        Assert.Equal(paragraph.Sentences.Count - 1, paragraph.GetSentenceAt(paragraph.Text.Length));
    }

    [Theory]
    [InlineData("He said “one” and “two”.", "He said “___” and “___”.")]
    [InlineData("“one”", "“___”")]
    [InlineData("“” is nothing", "“” is nothing")]
    [InlineData("“a “b” c” d", "“_______” d")]
    [InlineData("so “one", "so “___")]
    [InlineData("one”, “two”", "one”, “___”")]
    [InlineData("“one” two” “three”", "“___” two” “_____”")]
    [InlineData("\"a\" b \"c\"", "\"_\" b \"_\"")]
    public void TextOutsideQuotations_OfAParagraph_HasNoQuotedCharacter(string text, string expected)
    {
        var paragraph = Paragraph(text);
        Assert.Equal(expected, Shown(paragraph.TextOutsideQuotations));
        Assert.All(paragraph.Quotations, q => Assert.Equal(q.Text, paragraph.Text[q.Start..q.End]));
    }

    [Theory]
    [InlineData("He said:", "words", true)]
    [InlineData("He said:", "“words”", false)]
    [InlineData("He said:", "\"words\"", false)]
    [InlineData("He said:", "“words” and more", false)]
    [InlineData("He said:", "“words,” she explains, “more.” But words are few.", false)]
    [InlineData("He said:", "\"words\" and more", false)]
    [InlineData("He said:", "“words", false)] // continued in the next paragraph
    [InlineData("He said:", "more “words”", true)]
    [InlineData("He said:", "“words\"", false)]
    [InlineData("He said:", "x", true)]
    [InlineData("He said.", "words", false)]
    [InlineData("He said: so", "words", false)]
    public void Quotations_BelowAParagraph_AreABlockWhenAColonAnnouncesIt(string above, string text, bool isBlock)
    {
        var paragraph = new Essay(Source, [above, "", text]).Paragraphs[1];
        Assert.Equal(isBlock, paragraph.Quotations.Any(static quotation => quotation.IsBlock));
        if (isBlock)
        {
            Assert.Equal(text, Assert.Single(paragraph.Quotations).Text);
        }
    }

    // The quotation to check is “…”; two of them are the halves of one. Other quotations are written as _.
    [Theory]
    [InlineData("He says, “…” and leaves. So.", "He says, ", " and leaves. ")]
    [InlineData("Once. He says, “…” and leaves. So.", "He says, ", " and leaves. ")]
    [InlineData("“…,” he says. So.", "", " he says. ")]
    [InlineData("He says, “…”", "He says, ", "")]
    [InlineData("He says “other” and “…” too.", "He says “_____” and ", " too.")]
    [InlineData("“…” he says, “…” and leaves.", "", " he says,   and leaves.")]
    [InlineData("Once. He came. “…” Later.", "He came. ", " ")] // a separate sentence: the previous one
    [InlineData("“…” Later.", "", " ")] // none before
    [InlineData("Above. Right above.||“…” Later.", "Right above.", " ")] // in the paragraph before
    [InlineData("Above. He says:||…", "He says:", "")] // a block
    [InlineData("First. Second:||“…”", "Second:", "")]
    [InlineData("Once. He says: “…||“other.” He leaves. So.", "He says: ", " ")] // of two paragraphs
    [InlineData("He says: “…||“other,” and leaves. So.", "He says: ", " and leaves. ")]
    public void Find_AQuotation_IsTheTextAroundIt(string text, string before, string after)
    {
        Essay essay = new(Source, text.Split('|'));
        var asked = essay.Quotations.Where(static quotation => quotation.Text.StartsWith('…')).ToList();
        var last = essay.WholeQuotations.Single(quotation => quotation.First == asked[^1]).Last;
        var introduction = SurroundingText.Find(asked[0], last);
        Assert.Equal((before, after), (Shown(introduction.Before), Shown(introduction.After)));
    }

    private static string Shown(string outside) => outside.Replace(Catalogue.Verifying.Paragraph.QuotedCharacter, '_');

    private static Paragraph Paragraph(string text) => new Essay(Source, [text]).Paragraphs[0];
}
