namespace Serge.Bot.Catalogue.Verifying;

/// <summary>What an essay says in its own words around a quotation.</summary>
/// <param name="Before">The sentence up to the quotation or, when the quotation is a sentence by itself, the sentence before it.</param>
/// <param name="After">The rest of the sentence behind the quotation.</param>
internal sealed record SurroundingText(string Before, string After)
{
    /// <summary>The names in both.</summary>
    public IReadOnlyList<ProperName> Names { get; } =
    [
        .. SentenceParser.FindNames(SentenceParser.ParseWords(Before)),
        .. SentenceParser.FindNames(SentenceParser.ParseWords(After)),
    ];

    /// <summary>The words around a quotation, or around the two halves of one.</summary>
    public static SurroundingText Find(Quotation first, Quotation last)
    {
        var paragraph = first.Paragraph;
        if (first.IsBlock)
        {
            return new(LastSentence(paragraph.Previous), "");
        }

        var sentence = paragraph.SentenceAt(first.Start);
        var before = paragraph.TextOutsideQuotations[paragraph.Sentences[sentence].Start..(first.Start - 1)];
        var end = Math.Max(paragraph.Sentences[paragraph.SentenceAt(last.End)].End, last.End);
        var after = paragraph.TextOutsideQuotations[Math.Min(last.End + 1, end)..end];
        if (first != last)
        {
            after = paragraph.TextOutsideQuotations[(first.End + 1)..(last.Start - 1)] + " " + after;
        }

        if (!Says(before) && !Says(after))
        {
            before = sentence > 0 ? Sentence(paragraph, sentence - 1) : LastSentence(paragraph.Previous);
        }

        return new(before, after);
    }

    private static string LastSentence(Paragraph? paragraph) =>
        paragraph is null ? "" : Sentence(paragraph, paragraph.Sentences.Count - 1);

    private static string Sentence(Paragraph paragraph, int index) =>
        paragraph.TextOutsideQuotations[paragraph.Sentences[index].Start..paragraph.Sentences[index].End];

    private static bool Says(string words) => words.Any(char.IsLetterOrDigit);
}
