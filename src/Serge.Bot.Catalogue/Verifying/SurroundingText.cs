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
    public static SurroundingText Find(Quotation first, Quotation last)
    {
        var paragraph = first.Paragraph;
        if (first.IsBlock)
        {
            return new(GetLastSentence(paragraph.Previous), "");
        }

        var outside = paragraph.TextOutsideQuotations;
        var sentence = paragraph.GetSentenceAt(first.Start);
        var start = paragraph.Sentences[sentence].Start;
        var before = outside[start..(first.Start - 1)];
        var lastSentence = paragraph.Sentences[paragraph.GetSentenceAt(last.End)];
        var end = Math.Max(lastSentence.End, last.End);
        var after = outside[Math.Min(last.End + 1, end)..end];
        if (first != last)
        {
            var between = outside[(first.End + 1)..(last.Start - 1)];
            after = $"{between} {after}";
        }

        if (HasWords(before) || HasWords(after))
        {
            return new(before, after);
        }

        before = sentence > 0 ? GetSentence(paragraph, sentence - 1) : GetLastSentence(paragraph.Previous);
        return new(before, after);
    }

    private static IReadOnlyList<ProperName> FindNames(string text)
    {
        return SentenceParser.FindNames(SentenceParser.ParseWords(text));
    }

    private static string GetLastSentence(Paragraph? paragraph)
    {
        return paragraph is null ? "" : GetSentence(paragraph, paragraph.Sentences.Count - 1);
    }

    private static string GetSentence(Paragraph paragraph, int index)
    {
        var (start, end) = paragraph.Sentences[index];
        return paragraph.TextOutsideQuotations[start..end];
    }

    private static bool HasWords(string text) => text.Any(char.IsLetterOrDigit);
}
