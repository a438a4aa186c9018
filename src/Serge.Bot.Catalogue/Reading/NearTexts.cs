using System.Runtime.InteropServices;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Finds texts that are the same but for a few letters, also among 10,000.</summary>
/// <remarks>Two texts are near when at most one letter in twelve of the shorter one differs. To compare each with each would take
/// minutes, so only pairs that share a rare run of four letters are compared: a changed letter spoils at most four such runs, hence of any
/// 4·d + 1 runs of a text one survives d changes, and these may as well be its rarest. No near pair is missed (Chaudhuri, Ganti and
/// Kaushik, "A Primitive Operator for Similarity Joins in Data Cleaning", 2006: prefix filtering).</remarks>
internal static class NearTexts
{
    private const int RunLength = 4;
    private const int LettersPerChange = 12;

    /// <summary>For each text the first one before it that is equal or near, if any, by position.</summary>
    /// <param name="texts">Folded texts; empty ones are passed over.</param>
    public static IEnumerable<(int First, int Second)> Pairs(IReadOnlyList<string> texts)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        Dictionary<ulong, List<int>> byRun = [];
        var runs = RarestRuns(texts);
        for (var second = 0; second < texts.Count; second++)
        {
            if (texts[second].Length > 0 && (Equal(second) ?? Near(second)) is { } first)
            {
                yield return (first, second);
            }
        }

        int? Equal(int second) => seen.TryAdd(texts[second], second) ? null : seen[texts[second]];

        int? Near(int second)
        {
            var candidates = runs[second].SelectMany(run => byRun.GetValueOrDefault(run, [])).Distinct().Order();
            int? found = null;
            foreach (var first in candidates)
            {
                var changes = Changes(Math.Min(texts[first].Length, texts[second].Length));
                if (Spelling.Distance(texts[first], texts[second], changes) is not null)
                {
                    found = first;
                    break;
                }
            }

            foreach (var run in runs[second])
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(byRun, run, out _) ??= []).Add(second);
            }

            return found;
        }
    }

    /// <summary>How many letters may differ: none in a text too short to tell two of them apart.</summary>
    private static int Changes(int length) => length < 2 * RunLength ? 0 : Math.Max(1, length / LettersPerChange);

    /// <summary>Of each text as many of its rarest runs as its changes can spoil, and one more.</summary>
    private static List<ulong[]> RarestRuns(IReadOnlyList<string> texts)
    {
        Dictionary<ulong, int> counts = [];
        List<ulong[]> all = [.. texts.Select(Runs)];
        foreach (var run in all.SelectMany(static runs => runs))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, run, out _)++;
        }

        for (var i = 0; i < all.Count; i++)
        {
            var runs = all[i];
            Array.Sort(Array.ConvertAll(runs, run => (counts[run], run)), runs);
            all[i] = runs[..Math.Min(runs.Length, (RunLength * Changes(texts[i].Length)) + 1)];
        }

        return all;
    }

    /// <summary>The different runs of four letters; a UTF-16 character has 16 bits, so four fit one number.</summary>
    private static ulong[] Runs(string text)
    {
        HashSet<ulong> runs = [];
        var run = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            run = (run << 16) | text[i];
            if (i >= RunLength - 1)
            {
                runs.Add(run);
            }
        }

        return [.. runs];
    }
}
