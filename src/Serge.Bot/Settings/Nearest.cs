namespace Serge.Bot.Settings;

/// <summary>Guesses what was meant by a misspelt word.</summary>
internal static class Nearest
{
    /// <summary>"Did you mean X? " with a space behind, or nothing when no known word is near.</summary>
    public static string Hint(string word, IEnumerable<string> known) => Word(word, known) is { } near ? $"Did you mean {near}? " : "";

    /// <summary>The known word that is nearest, or else the shortest one of which it is a part; <see langword="null"/> when there is none.</summary>
    public static string? Word(string word, IEnumerable<string> known)
    {
        string[] all = [.. known];
        return Misspelt(word, all) ?? PartOf(word, all);
    }

    /// <summary>Fewer letters than three are a part of nearly everything.</summary>
    private static string? PartOf(string word, string[] known) => word.Length < 3 ? null : known
        .Where(candidate => candidate.Contains(word, StringComparison.OrdinalIgnoreCase))
        .MinBy(candidate => candidate.Length);

    private static string? Misspelt(string word, string[] known)
    {
        var most = Math.Max(1, (word.Length + 1) / 3);
        return known
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= most)
            .Select(candidate => (Word: candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= most)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
    }

    /// <summary>Levenshtein's distance: insertions, deletions and exchanges of a letter.</summary>
    internal static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j - 1], above) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
