namespace Serge.Bot.Catalogue.Verifying;

/// <summary>The essayist's own words around a quotation.</summary>
/// <param name="Before">The sentence up to the quotation or, when the quotation is a whole sentence, the sentence
/// before it.</param>
/// <param name="After">The rest of the sentence after the quotation.</param>
internal sealed record SurroundingText(string Before, string After)
{
    /// <summary>The names in both parts.</summary>
    public IReadOnlyList<ProperName> Names { get; } = [.. FindNames(Before), .. FindNames(After)];

    /// <summary>Finds the words around a quotation, or around the two halves of one.</summary>
    /// <param name="first">The quotation, its first paragraph, or its first half.</param>
    /// <param name="last">The quotation, its last paragraph, or its second half.</param>
    public static SurroundingText Find(QuotedText first, QuotedText last)
    {
        if (first.IsBlock)
        {
            var previous = GetLastSentence(first.Paragraph.Previous);
            return new(previous, "");
        }

        var before = GetBefore(first);
        var after = GetAfter(last);
        if (first != last && first.Paragraph == last.Paragraph)
        {
            after = $"{GetBetween(first, last)} {after}";
        }

        if (!HasWords(before) && !HasWords(after))
        {
            before = GetPreviousSentence(first);
        }

        return new(before, after);
    }

    private static string GetBefore(QuotedText quotation)
    {
        var paragraph = quotation.Paragraph;
        var sentence = paragraph.GetSentenceAt(quotation.Start);
        var start = paragraph.Sentences[sentence].Start;
        var end = quotation.Start - 1;
        return paragraph.TextOutsideQuotations[start..end];
    }

    private static string GetAfter(QuotedText quotation)
    {
        var paragraph = quotation.Paragraph;
        var sentence = paragraph.GetSentenceAt(quotation.End);
        var end = Math.Max(paragraph.Sentences[sentence].End, quotation.End);
        var start = Math.Min(quotation.End + 1, end);
        return paragraph.TextOutsideQuotations[start..end];
    }

    private static string GetBetween(QuotedText first, QuotedText last)
    {
        var start = first.End + 1;
        var end = last.Start - 1;
        return first.Paragraph.TextOutsideQuotations[start..end];
    }

    private static string GetPreviousSentence(QuotedText quotation)
    {
        var paragraph = quotation.Paragraph;
        var sentence = paragraph.GetSentenceAt(quotation.Start);
        if (sentence == 0)
        {
            return GetLastSentence(paragraph.Previous);
        }

        return GetSentence(paragraph, sentence - 1);
    }

    private static IReadOnlyList<ProperName> FindNames(string text)
    {
        var words = SentenceParser.ParseWords(text);
        return SentenceParser.FindNames(words);
    }

    private static string GetLastSentence(Paragraph? paragraph)
    {
        if (paragraph is null)
        {
            return "";
        }

        var last = paragraph.Sentences.Count - 1;
        return GetSentence(paragraph, last);
    }

    private static string GetSentence(Paragraph paragraph, int index)
    {
        var (start, end) = paragraph.Sentences[index];
        return paragraph.TextOutsideQuotations[start..end];
    }

    private static bool HasWords(string text) => text.Any(char.IsLetterOrDigit);
}
