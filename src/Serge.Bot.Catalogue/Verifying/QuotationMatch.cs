namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Where an essay has the words of a quote.</summary>
/// <param name="First">The quotation that contains the words, its first paragraph, or the first half of the
/// words.</param>
/// <param name="Last">The last paragraph of that quotation, or the quotation that contains the second half. Often the
/// same.</param>
internal sealed record QuotationMatch(QuotedText First, QuotedText Last)
{
    /// <summary>A longer insertion than "he explains" may separate two sentences.</summary>
    private const int MaxInsertedWords = 6;

    /// <summary>An insertion with one of these introduces another quotation: "…," while at the same time insisting,
    /// "…".</summary>
    private static readonly string[] Conjunctions = ["and", "but", "while", "whereas", "then", "yet"];

    /// <summary>Whether the essayist interrupts the words.</summary>
    public bool IsJoined { get; private init; }

    /// <summary>The text in the same quotation marks after the words.</summary>
    public required string TextAfter { get; init; }

    /// <summary>The text in the same quotation marks before the words.</summary>
    public required string TextBefore { get; init; }

    /// <summary>Finds the words in one quotation, or else in two halves of one sentence.</summary>
    public static QuotationMatch? Find(Essay essay, string text)
    {
        return FindBest(essay.WholeQuotations, text) ?? FindJoined(essay, text);
    }

    /// <summary>Finds the positions of the words in a text, where they begin and end at whole words.</summary>
    public static IEnumerable<int> FindPositions(string text, string words)
    {
        var position = text.IndexOf(words, StringComparison.Ordinal);
        while (position >= 0)
        {
            if (IsWordEdge(text, position) && IsWordEdge(text, position + words.Length))
            {
                yield return position;
            }

            position = text.IndexOf(words, position + 1, StringComparison.Ordinal);
        }
    }

    /// <summary>Finds the words in a paragraph after a colon, as if the whole paragraph were a quotation.</summary>
    public static QuotationMatch? FindInBlock(Essay essay, string text)
    {
        var announced = essay.Paragraphs.Where(paragraph => paragraph.IsAnnounced);
        var blocks = announced.Select(paragraph => paragraph.ToBlock());
        return FindBest(blocks.Select(block => new WholeQuotation(block, block, block.Text)), text);
    }

    private static QuotationMatch? FindBest(IEnumerable<WholeQuotation> quotations, string text)
    {
        List<QuotationMatch> matches = [];
        foreach (var quotation in quotations)
        {
            foreach (var position in FindPositions(quotation.Text, text))
            {
                var before = quotation.Text[..position];
                var after = quotation.Text[(position + text.Length)..];
                matches.Add(new(quotation.First, quotation.Last) { TextBefore = before, TextAfter = after });
            }
        }

        // A quotation of only these words is the best match.
        return matches.MinBy(match => match.TextBefore.Length + match.TextAfter.Length);
    }

    private static QuotationMatch? FindJoined(Essay essay, string text)
    {
        var quotations = essay.Quotations;
        for (var i = 1; i < quotations.Count; i++)
        {
            var first = quotations[i - 1];
            var last = quotations[i];
            if (IsOneSentence(first, last) && Join(first, last, text) is { } match)
            {
                return match;
            }
        }

        return null;
    }

    private static QuotationMatch? Join(QuotedText first, QuotedText last, string text)
    {
        for (var gap = 1; gap < text.Length; gap++)
        {
            if (text[gap] != ' ')
            {
                continue;
            }

            var firstHalf = text[..gap];
            var secondHalf = text[(gap + 1)..];
            var match = Join(first, last, firstHalf, secondHalf);
            if (match is not null)
            {
                return match;
            }
        }

        return null;
    }

    private static QuotationMatch? Join(QuotedText first, QuotedText last, string firstHalf, string secondHalf)
    {
        var before = first.Text;
        if (!before.EndsWith(firstHalf, StringComparison.Ordinal))
        {
            // The comma before the insertion may be the essayist's or Serge's: both are right.
            before = before.TrimEnd(',');
        }

        var hasBoth =
            before.EndsWith(firstHalf, StringComparison.Ordinal)
            && last.Text.StartsWith(secondHalf, StringComparison.Ordinal);
        var start = before.Length - firstHalf.Length;
        var end = secondHalf.Length;
        if (!hasBoth || !IsWordEdge(before, start) || !IsWordEdge(last.Text, end))
        {
            return null;
        }

        var after = last.Text[end..];
        return new(first, last)
        {
            IsJoined = true,
            TextBefore = before[..start],
            TextAfter = after,
        };
    }

    /// <summary>Whether two quotations are separated only by a short insertion, such as <c>,” he explains,
    /// “</c>.</summary>
    private static bool IsOneSentence(QuotedText first, QuotedText last)
    {
        var paragraph = first.Paragraph;
        if (first.IsBlock || paragraph != last.Paragraph || first.Text is [.., '.' or '!' or '?'])
        {
            return false;
        }

        if (paragraph.GetSentenceAt(first.End) != paragraph.GetSentenceAt(last.Start))
        {
            return false;
        }

        var start = first.End + 1;
        var end = last.Start - 1;
        var inserted = FoldedText.GetWords(paragraph.Text[start..end]);
        var isShort = inserted.Count is > 0 and <= MaxInsertedWords;
        return isShort && !inserted.Exists(Conjunctions.Contains);
    }

    private static bool IsWordEdge(string text, int position)
    {
        if (position == 0 || position == text.Length)
        {
            return true;
        }

        var before = text[position - 1];
        var after = text[position];
        return !char.IsLetterOrDigit(before) || !char.IsLetterOrDigit(after);
    }
}
