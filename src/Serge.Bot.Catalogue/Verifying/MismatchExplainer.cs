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
        var written = SplitWords(text);
        var writtenLetters = Array.ConvertAll(written, FoldedText.GetLetters);
        var most = 0;
        var best = (Printed: "", Written: "");
        foreach (var quotation in essay.Quotations)
        {
            var printed = SplitWords(quotation.Text);
            var printedLetters = Array.ConvertAll(printed, FoldedText.GetLetters);
            for (var offset = 0; offset < printed.Length; offset++)
            {
                var equal = CountEqual(printedLetters.AsSpan(offset), writtenLetters);
                if (equal > most)
                {
                    var first = printed.AsSpan(offset).CommonPrefixLength(written);
                    most = equal;
                    best.Printed = GetSurrounding(printed, offset + first);
                    best.Written = GetSurrounding(written, first);
                }
            }
        }

        var isSimilar = most >= 2 && 3 * most >= 2 * written.Length;
        return isSimilar ? best : null;
    }

    /// <summary>Counts the equal words, also those after a difference: the first word may be the different
    /// one.</summary>
    private static int CountEqual(ReadOnlySpan<string> first, ReadOnlySpan<string> second)
    {
        var equal = 0;
        var length = Math.Min(first.Length, second.Length);
        for (var i = 0; i < length; i++)
        {
            if (first[i] == second[i])
            {
                equal++;
            }
        }

        return equal;
    }

    /// <summary>Splits a text into words with their punctuation; a mark between spaces, such as a dash, belongs to the
    /// word before it.</summary>
    private static string[] SplitWords(string text)
    {
        List<string> words = [];
        foreach (var piece in text.Split(' '))
        {
            var isMark = !piece.Any(char.IsLetterOrDigit);
            if (isMark && words.Count > 0)
            {
                words[^1] += " " + piece;
            }
            else
            {
                words.Add(piece);
            }
        }

        return [.. words];
    }

    private static string GetSurrounding(string[] words, int position)
    {
        var start = Math.Max(0, position - 1);
        var end = Math.Min(words.Length, position + 2);
        return string.Join(' ', words[start..end]);
    }
}
