namespace Serge.Bot.Catalogue;

/// <summary>Measures how much two spellings differ, and finds the known word that a misspelt one may have
/// meant.</summary>
/// <remarks>Case, accents and punctuation are ignored: <c>old_style</c> equals <c>oldStyle</c>.</remarks>
public static class Spelling
{
    /// <summary>Fewer letters than these are a part of nearly every word.</summary>
    private const int MinPartLength = 3;

    /// <summary>Finds the known word that was meant.</summary>
    /// <param name="written">The word as a person wrote it.</param>
    /// <param name="known">The words that would have been right.</param>
    /// <returns>The nearest word with at most a third of its letters wrong, else the shortest that contains
    /// <paramref name="written"/>; null when there is neither.</returns>
    public static string? FindNearest(string written, IEnumerable<string> known)
    {
        var letters = FoldedText.GetLetters(written);
        // Of equally good words the first in this order is taken.
        var candidates = known
            .Order(StringComparer.Ordinal)
            .Select(word => new Candidate(word, FoldedText.GetLetters(word)))
            .ToList();
        return FindMisspelt(letters, candidates) ?? FindContaining(letters, candidates);
    }

    /// <summary>Counts the letters that must be added, removed or replaced to turn one text into the other.</summary>
    /// <returns>Null when there are more than <paramref name="max"/>.</returns>
    /// <remarks>Fills only the cells of the table within <paramref name="max"/> of its diagonal (Ukkonen), so the time
    /// is the length of the text times <paramref name="max"/>.</remarks>
    internal static int? GetDistance(string a, string b, int max)
    {
        if (Math.Abs(a.Length - b.Length) > max)
        {
            return null;
        }

        var tooFar = max + 1;
        var above = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var from = Math.Max(1, i - max);
            var to = Math.Min(b.Length, i + max);
            row[from - 1] = from == 1 ? i : tooFar;
            var least = row[from - 1];
            for (var j = from; j <= to; j++)
            {
                var replaced = a[i - 1] == b[j - 1] ? above[j - 1] : above[j - 1] + 1;
                var addedOrRemoved = Math.Min(above[j], row[j - 1]) + 1;
                row[j] = Math.Min(replaced, addedOrRemoved);
                least = Math.Min(least, row[j]);
            }

            // The next row reads one cell to the right of this one's last.
            if (to < b.Length)
            {
                row[to + 1] = tooFar;
            }

            if (least > max)
            {
                return null;
            }

            (above, row) = (row, above);
        }

        return above[b.Length] <= max ? above[b.Length] : null;
    }

    private static string? FindMisspelt(string written, List<Candidate> candidates)
    {
        var max = Math.Clamp(written.Length / 3, 1, 3);
        string? nearest = null;
        var least = max + 1;
        foreach (var (word, letters) in candidates)
        {
            var distance = IsSwapped(written, letters) ? 1 : GetDistance(written, letters, max);
            if (distance < least)
            {
                nearest = word;
                least = distance.Value;
            }
        }

        return nearest;
    }

    private static string? FindContaining(string written, List<Candidate> candidates)
    {
        if (written.Length < MinPartLength)
        {
            return null;
        }

        var containing = candidates.Where(one => one.Letters.Contains(written));
        return containing.MinBy(one => one.Letters.Length)?.Word;
    }

    /// <summary>Whether the texts differ only in two neighbouring letters that are swapped, the most frequent typing
    /// error.</summary>
    private static bool IsSwapped(string a, string b)
    {
        var first = a.AsSpan().CommonPrefixLength(b);
        var second = first + 1;
        return a.Length == b.Length
            && second < a.Length
            && a[first] == b[second]
            && a[second] == b[first]
            && a.AsSpan(second + 1).SequenceEqual(b.AsSpan(second + 1));
    }

    private sealed record Candidate(string Word, string Letters);
}
