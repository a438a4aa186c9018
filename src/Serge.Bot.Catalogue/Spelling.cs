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
        var max = Math.Clamp(letters.Length / 3, 1, 3);
        // Of equally good words the first in this order is taken.
        var words = known.Order(StringComparer.Ordinal).ToList();
        var nearest = FindNearest(words, word => GetTypingDistance(letters, word, max));
        if (nearest is not null || letters.Length < MinPartLength)
        {
            return nearest;
        }

        var containing = words.Where(word => FoldedText.GetLetters(word).Contains(letters));
        return containing.MinBy(word => FoldedText.GetLetters(word).Length);
    }

    /// <summary>Finds the word with the least distance; words whose distance is null are ignored.</summary>
    internal static string? FindNearest(IEnumerable<string> words, Func<string, int?> getDistance)
    {
        var near = words.Where(word => getDistance(word) is not null);
        return near.MinBy(getDistance);
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
                var replaced = above[j - 1];
                if (a[i - 1] != b[j - 1])
                {
                    replaced++;
                }

                var removed = above[j] + 1;
                var added = row[j - 1] + 1;
                row[j] = Math.Min(replaced, Math.Min(removed, added));
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

        var distance = above[b.Length];
        return distance <= max ? distance : null;
    }

    /// <summary>Counts as <see cref="GetDistance"/>, but two neighbouring letters that are swapped, the most frequent
    /// typing error, as one.</summary>
    private static int? GetTypingDistance(string letters, string word, int max)
    {
        var other = FoldedText.GetLetters(word);
        var first = letters.AsSpan().CommonPrefixLength(other);
        var second = first + 1;
        if (letters.Length == other.Length && second < letters.Length)
        {
            var swapped = letters.ToCharArray();
            swapped.AsSpan(first, 2).Reverse();
            if (other.SequenceEqual(swapped))
            {
                return 1;
            }
        }

        return GetDistance(letters, other, max);
    }
}
