namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Where an essay has the words of a quote, and how.</summary>
/// <param name="First">The quotation that holds the words, or their first half.</param>
/// <param name="Last">The quotation that holds the second half; the same when the words stand whole.</param>
internal sealed record QuotationMatch(Quotation First, Quotation Last)
{
    /// <summary>A longer break of a sentence is more than "he explains", and its halves may be two sentences after all.</summary>
    private const int MaxWordsBetween = 6;

    /// <summary>An aside with one of these goes on to a second quotation: "…," while at the same time insisting, "…".</summary>
    private static readonly string[] Conjunctions = ["and", "but", "while", "whereas", "then", "yet"];

    /// <summary>Whether the essayist splits the words.</summary>
    public bool IsJoined => !ReferenceEquals(First, Last);

    /// <summary>What the essay goes on with, within the same quotation marks, straight after the words; at most a comma is dropped in silence.</summary>
    public required string TextAfter { get; init; }

    /// <summary>What the essay has before the words, within the same quotation marks.</summary>
    public required string TextBefore { get; init; }

    /// <summary>The words in one pair of quotation marks, or else in the two halves of one sentence.</summary>
    public static QuotationMatch? Find(Essay essay, string text) => FindWhole(essay, text) ?? FindJoined(essay, text);

    /// <summary>Where the words stand in a text, cut out of no longer word.</summary>
    public static IEnumerable<int> FindPositions(string text, string words)
    {
        for (
            var at = text.IndexOf(words, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(words, at + 1, StringComparison.Ordinal)
        )
        {
            if (IsWordEdge(text, at) && IsWordEdge(text, at + words.Length))
            {
                yield return at;
            }
        }
    }

    private static QuotationMatch? FindWhole(Essay essay, string text)
    {
        var matches =
            from quotation in essay.Quotations
            from at in FindPositions(quotation.Text, text)
            select new QuotationMatch(quotation, quotation)
            {
                TextBefore = quotation.Text[..at],
                TextAfter = quotation.Text[(at + text.Length)..],
            };
        // A quotation that is nothing but the words is the one that was meant.
        return matches.MinBy(static match => match.TextBefore.Length + match.TextAfter.Length);
    }

    private static QuotationMatch? FindJoined(Essay essay, string text)
    {
        foreach (var (first, last) in essay.Quotations.Zip(essay.Quotations.Skip(1)))
        {
            if (!IsOneSentence(first, last))
            {
                continue;
            }

            var (before, after) = (first.Text, last.Text);
            for (var gap = text.IndexOf(' ', StringComparison.Ordinal); gap > 0; gap = text.IndexOf(' ', gap + 1))
            {
                var (half, rest) = (text[..gap], text[(gap + 1)..]);
                // The comma before the essayist's "he explains" may be his or Serge's: both ways are right.
                var ending = before.EndsWith(half, StringComparison.Ordinal) ? before : before.TrimEnd(',');
                if (
                    ending.EndsWith(half, StringComparison.Ordinal)
                    && IsWordEdge(ending, ending.Length - half.Length)
                    && after.StartsWith(rest, StringComparison.Ordinal)
                    && IsWordEdge(after, rest.Length)
                )
                {
                    return new(first, last) { TextBefore = ending[..^half.Length], TextAfter = after[rest.Length..] };
                }
            }
        }

        return null;
    }

    /// <summary>Whether nothing but a short aside stands between two quotations, such as <c>,” he explains, “</c>.</summary>
    private static bool IsOneSentence(Quotation first, Quotation last)
    {
        if (
            !ReferenceEquals(first.Paragraph, last.Paragraph)
            || first.IsBlock
            || first.Paragraph.SentenceAt(first.End) != last.Paragraph.SentenceAt(last.Start)
        )
        {
            return false;
        }

        var aside = FoldedText.GetWords(first.Paragraph.Text[(first.End + 1)..(last.Start - 1)]);
        return aside.Count is > 0 and <= MaxWordsBetween
            && !aside.Exists(Conjunctions.Contains)
            && first.Text is not [.., '.' or '!' or '?'];
    }

    private static bool IsWordEdge(string text, int at) =>
        at == 0 || at == text.Length || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(text[at]);
}
