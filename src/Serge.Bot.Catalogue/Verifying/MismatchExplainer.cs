namespace Serge.Bot.Catalogue.Verifying;

/// <summary>Says why an essay does not have the words of a quote as they are written.</summary>
internal static class MismatchExplainer
{
    /// <summary>What is wrong and how to mend it.</summary>
    /// <param name="text">The words of the quote, as they are compared.</param>
    /// <param name="via">The essay that the quote names.</param>
    /// <param name="essays">All essays at hand.</param>
    public static (string What, string Mend) Explain(string text, Essay via, IReadOnlyList<Essay> essays)
    {
        if (essays.FirstOrDefault(essay => essay != via && QuotationMatch.Find(essay, text) is not null) is { } other)
        {
            return (
                $"The words stand in the essay '{other.Source.Id}', not in '{via.Source.Id}'.",
                $"Write 'via: {other.Source.Id}'."
            );
        }

        if (
            essays.Any(essay =>
                essay.Paragraphs.Any(paragraph => QuotationMatch.FindPositions(paragraph.Text, text).Any())
            )
        )
        {
            return (
                "The words stand in the essay, but not inside one pair of quotation marks.",
                "They are the essayist's, or several quotations run together: take the quote out or give the quoted words alone."
            );
        }

        return Nearest(text, via) is var (printed, written)
            ? (
                $"The essay '{via.Source.Id}' prints '{printed}' where the quote has '{written}'.",
                "Write it as printed, to the letter."
            )
            : (
                $"The essay '{via.Source.Id}' quotes no such words.",
                "Compare with the essay; take the quote out if it is not there."
            );
    }

    /// <summary>Where the most similar quotation of the essay first differs, with the word before and after; null when none is similar.</summary>
    private static (string Printed, string Written)? Nearest(string text, Essay essay)
    {
        var written = Words(text);
        var foldedWritten = Array.ConvertAll(written, FoldedText.GetLetters);
        var (most, best) = (0, ("", ""));
        foreach (var printed in essay.Quotations.Select(static quotation => Words(quotation.Text)))
        {
            var foldedPrinted = Array.ConvertAll(printed, FoldedText.GetLetters);
            for (var offset = 0; offset < printed.Length; offset++)
            {
                var length = Math.Min(printed.Length - offset, written.Length);
                // Words that agree behind the difference count too, or a change in the first word would hide the rest.
                var alike = Enumerable
                    .Range(0, length)
                    .Count(i => string.Equals(foldedPrinted[offset + i], foldedWritten[i], StringComparison.Ordinal));
                if (alike > most)
                {
                    var first = printed.AsSpan(offset).CommonPrefixLength(written, StringComparer.Ordinal);
                    (most, best) = (alike, (Around(printed, offset + first), Around(written, first)));
                }
            }
        }

        return most >= 2 && 3 * most >= 2 * written.Length ? best : null;
    }

    /// <summary>The words with their marks; a mark that stands alone, such as a dash, belongs to the word before it.</summary>
    private static string[] Words(string text)
    {
        List<string> words = [];
        foreach (var piece in text.Split(' '))
        {
            if (words.Count > 0 && !piece.Any(char.IsLetterOrDigit))
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

    private static string Around(string[] words, int at) =>
        string.Join(' ', words[Math.Max(0, at - 1)..Math.Min(words.Length, at + 2)]);
}
