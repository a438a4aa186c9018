using System.Runtime.InteropServices;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Finds texts that are the same but for a few letters, also among 10,000.</summary>
/// <remarks>
/// <para>Two texts are near when at most one letter in twelve of the shorter one differs. To compare each with each would take minutes, so
/// only pairs that share a rare run of six letters are compared: a changed letter spoils at most six such runs, hence of any 6·d + 1 runs of
/// a text one survives d changes, and these may as well be its rarest (Chaudhuri, Ganti and Kaushik, "A Primitive Operator for
/// Similarity Joins in Data Cleaning", 2006: prefix filtering). Of these pairs only those are compared letter by letter that use each letter about
/// as often: d changes move the counts by at most 2·d. No near pair is missed, unless there is more to compare
    /// than anybody would wait for.</para>
/// </remarks>
internal sealed class NearTexts
{
    private const int RunLength = 6;
    private const int LettersPerChange = 12;
    private const int CountsLength = 32;
    private const int BitsPerLetter = 10;

    /// <summary>So many letters are compared at most, which takes a second or two. Of 10,000 quotations as people write them it takes a fraction;
    /// a file of random letters, which would take hours, is not compared to its end.</summary>
    private const long MaxWork = 300_000_000;

    private readonly IReadOnlyList<string> _texts;
    private readonly List<ulong[]> _rarestRuns;
    private readonly byte[] _counts;
    private readonly int[] _comparedWith;
    private readonly Dictionary<string, int> _firstWith = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, List<int>> _byRun = [];
    private long _work;

    private NearTexts(IReadOnlyList<string> texts)
    {
        _texts = texts;
        _rarestRuns = RarestRuns(texts);
        _counts = new byte[texts.Count * CountsLength];
        _comparedWith = new int[texts.Count];
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (var letter in texts[i])
            {
                // Letters that share a count, and counts that wrap, can only make two texts look more alike than they are.
                _counts[(i * CountsLength) + (letter % CountsLength)]++;
            }
        }
    }

    /// <summary>For each text the first one before it that is equal or else near, if any, by position.</summary>
    /// <param name="texts">Folded texts; empty ones are passed over.</param>
    /// <param name="limit">At most so many pairs, at least 1.</param>
    public static IReadOnlyList<(int First, int Second)> Pairs(IReadOnlyList<string> texts, int limit = int.MaxValue)
    {
        NearTexts near = new(texts);
        List<(int First, int Second)> pairs = [];
        for (var second = 0; second < texts.Count && pairs.Count < limit; second++)
        {
            if (texts[second].Length > 0 && near.FirstLike(second) is { } first)
            {
                pairs.Add((first, second));
            }
        }

        return pairs;
    }

    private int? FirstLike(int second)
    {
        if (!_firstWith.TryAdd(_texts[second], second))
        {
            return _firstWith[_texts[second]];
        }

        int? found = null;
        foreach (var run in _rarestRuns[second])
        {
            var sharers = CollectionsMarshal.GetValueRefOrAddDefault(_byRun, run, out _) ??= [];
            foreach (var first in _work < MaxWork ? sharers : [])
            {
                _work++;
                // Most pairs share several runs; once is enough.
                if (_comparedWith[first] != second && !(found < first) && AreNear(first, second))
                {
                    found = first;
                }

                _comparedWith[first] = second;
            }

            sharers.Add(second);
        }

        return found;
    }

    private bool AreNear(int first, int second)
    {
        var (a, b) = (_texts[first], _texts[second]);
        var changes = Changes(Math.Min(a.Length, b.Length));
        if (Math.Abs(a.Length - b.Length) > changes || CountsDiffer(first, second) > 2 * changes)
        {
            return false;
        }

        _work += (long)a.Length * ((2 * changes) + 1);
        return Spelling.Distance(a, b, changes) is not null;
    }

    private int CountsDiffer(int first, int second)
    {
        var sum = 0;
        for (var i = 0; i < CountsLength; i++)
        {
            // The difference modulo 256, so that a count that wrapped is not taken for a small one.
            sum += Math.Abs((int)(sbyte)(_counts[(first * CountsLength) + i] - _counts[(second * CountsLength) + i]));
        }

        return sum;
    }

    /// <summary>How many letters may differ.</summary>
    private static int Changes(int length) => length / LettersPerChange;

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
            // Those that no other text has take up room among the rarest, but lead nowhere.
            all[i] = [.. runs.Take((RunLength * Changes(texts[i].Length)) + 1).Where(run => counts[run] > 1)];
        }

        return all;
    }

    /// <summary>The different runs of six letters, each as a number.</summary>
    private static ulong[] Runs(string text)
    {
        const ulong all = (1UL << (RunLength * BitsPerLetter)) - 1;
        const ulong letter = (1UL << BitsPerLetter) - 1;
        HashSet<ulong> runs = [];
        var run = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            // Of a letter beyond Latin, Greek and Cyrillic some bits are lost; then two runs may count as one, and more pairs are compared.
            run = ((run << BitsPerLetter) | (text[i] & letter)) & all;
            if (i >= RunLength - 1)
            {
                runs.Add(run);
            }
        }

        return [.. runs];
    }
}
