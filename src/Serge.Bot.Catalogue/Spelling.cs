namespace Serge.Bot.Catalogue;

/// <summary>How far two spellings lie apart, and which known word a misspelt one may have meant.</summary>
/// <remarks>Case, accents and punctuation count for nothing: <c>old_style</c> is <c>oldStyle</c>.</remarks>
public static class Spelling
{
    /// <summary>The known word that was meant: the nearest with at most a third of its letters wrong, else the shortest that contains what
    /// was written; <see langword="null"/> where there is neither.</summary>
    /// <param name="written">As somebody wrote it.</param>
    /// <param name="known">The words that would have been right.</param>
    public static string? FindNearest(string written, IEnumerable<string> known)
    {
        var folded = FoldedText.GetLetters(written);
        (string Word, string Letters)[] all = [.. known.Select(static word => (word, FoldedText.GetLetters(word)))];
        return Misspelt(folded, all) ?? PartOf(folded, all);
    }

    private static string? Misspelt(string written, (string Word, string Letters)[] known) =>
        known
            .Select(word => (word.Word, Distance: Slips(written, word.Letters, Math.Clamp(written.Length / 3, 1, 3))))
            .Where(static candidate => candidate.Distance is not null)
            .OrderBy(static candidate => candidate.Distance)
            .ThenBy(static candidate => candidate.Word, StringComparer.Ordinal)
            .Select(static candidate => candidate.Word)
            .FirstOrDefault();

    /// <summary>Fewer letters than three are a part of nearly everything.</summary>
    private static string? PartOf(string written, (string Word, string Letters)[] known) =>
        written.Length < 3
            ? null
            : known
                .Where(word => word.Letters.Contains(written, StringComparison.Ordinal))
                .OrderBy(static word => word.Letters.Length)
                .ThenBy(static word => word.Word, StringComparer.Ordinal)
                .Select(static word => word.Word)
                .FirstOrDefault();

    /// <summary>As <see cref="GetDistance"/>, but two neighbours that changed places, the commonest slip of all, are one.</summary>
    private static int? Slips(string a, string b, int max)
    {
        var first = a.AsSpan().CommonPrefixLength(b);
        return
            a.Length == b.Length
            && first + 2 <= a.Length
            && a[first] == b[first + 1]
            && a[first + 1] == b[first]
            && a.AsSpan(first + 2).SequenceEqual(b.AsSpan(first + 2))
            ? 1
            : GetDistance(a, b, max);
    }

    /// <summary>How many letters must be added, dropped or changed to make one text the other; null when more than <paramref name="max"/>.</summary>
    /// <remarks>Only the band of the table within <paramref name="max"/> of its diagonal is filled (Ukkonen), so a long text costs
    /// its length times <paramref name="max"/>.</remarks>
    internal static int? GetDistance(string a, string b, int max)
    {
        if (Math.Abs(a.Length - b.Length) > max)
        {
            return null;
        }

        var far = max + 1;
        var above = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var (from, to) = (Math.Max(1, i - max), Math.Min(b.Length, i + max));
            row[from - 1] = from == 1 ? i : far;
            var least = row[from - 1];
            for (var j = from; j <= to; j++)
            {
                var change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
                least = Math.Min(least, row[j]);
            }

            // Outside of the band everything is far; the next row looks at one cell to the right of it.
            if (to < b.Length)
            {
                row[to + 1] = far;
            }

            if (least > max)
            {
                return null;
            }

            (above, row) = (row, above);
        }

        return above[b.Length] <= max ? above[b.Length] : null;
    }
}
