namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Explains why the words of a quote are not in an essay as they are written.</summary>
internal static class MismatchExplainer
{
    /// <summary>Explains what is wrong and how to correct it.</summary>
    /// <param name="text">The normalized words of the quote.</param>
    /// <param name="via">The essay that the quote names.</param>
    /// <param name="essays">All essays.</param>
    public static (string Message, string Fix) Explain(string text, Essay via, IReadOnlyList<Essay> essays)
    {
        var id = via.Source.Id;
        var others = essays.Where(essay => essay != via);
        var other = others.FirstOrDefault(essay => QuotationMatch.Find(essay, text) is not null);
        if (other is not null)
        {
            var otherId = other.Source.Id;
            return ($"The words are in the essay '{otherId}', not in '{id}'.", $"Write 'via: {otherId}'.");
        }

        if (QuotationMatch.FindInBlock(via, text) is not null)
        {
            return (
                "The words are in a paragraph after a colon, but not inside one pair of quotation marks.",
                "If the whole paragraph is a quotation, add 'block' to 'answers'. Otherwise keep only the quoted words."
            );
        }

        var paragraphs = essays.SelectMany(essay => essay.Paragraphs);
        if (paragraphs.Any(paragraph => paragraph.Contains(text)))
        {
            return (
                "The words are in the essay, but not inside one pair of quotation marks.",
                "They are the essayist's words, or several quotations: remove the quote, or keep only the quoted words."
            );
        }

        if (FindDifference(text, via) is var (printed, written))
        {
            return (
                $"The essay '{id}' prints '{printed}' where the quote has '{written}'.",
                "Write it exactly as printed."
            );
        }

        return (
            $"The essay '{id}' does not quote these words.",
            "Compare with the essay; remove the quote if it is not there."
        );
    }

    /// <summary>Finds the first difference from the most similar quotation of the essay, with the word before and
    /// after.</summary>
    /// <returns>Null when no quotation is similar.</returns>
    private static (string Printed, string Written)? FindDifference(string text, Essay essay)
    {
        var written = TextWord.Split(text);
        WordAlignment? best = null;
        List<TextWord> printed = [];
        foreach (var quotation in essay.WholeQuotations)
        {
            var words = TextWord.Split(quotation.Text);
            var alignment = WordAlignment.Create(written, words);
            if (best is null || alignment.EqualWords.Count > best.EqualWords.Count)
            {
                (best, printed) = (alignment, words);
            }
        }

        if (best is not { IsSimilar: true })
        {
            return null;
        }

        var (from, to) = FindFirstDifference(best, written, printed);
        return (
            GetSurrounding(printed, from.InText, to.InText),
            GetSurrounding(written, from.InQuotation, to.InQuotation)
        );
    }

    /// <summary>Finds the first words that are different, also only in punctuation or case.</summary>
    private static WordGap FindFirstDifference(WordAlignment alignment, List<TextWord> written, List<TextWord> printed)
    {
        List<WordGap> gaps = [.. alignment.GetGapsOfWhole()];
        foreach (var pair in alignment.EqualWords)
        {
            if (written[pair.InQuotation].Text != printed[pair.InText].Text)
            {
                gaps.Add(new WordGap(pair, pair.Next));
            }
        }

        if (gaps.Count == 0)
        {
            return GetGapAtEnd(alignment, written.Count);
        }

        return gaps.MinBy(gap => gap.From.InQuotation);
    }

    /// <summary>The words of the quote before the beginning, or else after the end, of what the essay prints.</summary>
    private static WordGap GetGapAtEnd(WordAlignment alignment, int quoteLength)
    {
        var first = alignment.EqualWords[0];
        if (first.InQuotation > 0)
        {
            return new(new(0, first.InText), first);
        }

        var end = alignment.EqualWords[^1].Next;
        return new(end, end with { InQuotation = quoteLength });
    }

    private static string GetSurrounding(List<TextWord> words, int start, int end)
    {
        var first = Math.Max(0, start - 1);
        var last = Math.Min(words.Count, end + 1);
        return string.Join(' ', words[first..last].Select(word => word.Text));
    }
}
