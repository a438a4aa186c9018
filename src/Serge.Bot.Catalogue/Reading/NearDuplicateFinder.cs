namespace Serge.Bot.Catalogue.Reading;

/// <summary>Finds texts that are equal except for a few letters, also among 10,000.</summary>
/// <remarks>
/// <para>Two texts are near when at most one letter in twelve of the shorter one differs. Comparing each with each
/// would take minutes, so only pairs that share a rare run of six letters are compared. A changed letter destroys at
/// most six such runs, so of any 6·d + 1 runs of a text one survives d changes, and these can be its rarest. Source:
/// Chaudhuri, Ganti and Kaushik, "A Primitive Operator for Similarity Joins in Data Cleaning", 2006 (prefix
/// filtering).</para>
/// <para>Of these pairs only those are compared letter by letter that use each letter about as often: d changes change
/// the counts by at most 2·d. Every near pair is found, unless the maximum of work is reached.</para>
/// </remarks>
internal sealed class NearDuplicateFinder(IReadOnlyList<string> texts, long maxWork)
{
    private const int LettersPerChange = 12;
    private const int Counters = 32;
    private const int TextBits = 21;
    private const int MaxLengthInKey = (1 << (32 - TextBits)) - 1;

    /// <summary>The most letters that are compared, which takes a second or two. 10,000 ordinary quotations take a
    /// fraction of it; a file of random letters, which would take hours, is not compared completely.</summary>
    private const long DefaultMaxWork = 300_000_000;

    private readonly byte[][] _letterCounts = [.. texts.Select(CountLetters)];
    private readonly int?[] _firstDuplicate = new int?[texts.Count];
    private readonly HashSet<(int First, int Second)> _compared = [];
    private long _work;

    /// <summary>Finds for each text the first earlier one that is equal, or else near.</summary>
    /// <param name="texts">Folded texts, at most two million; empty ones are ignored.</param>
    /// <param name="maxWork">The most letters that are compared; equal texts are always found.</param>
    /// <returns>The positions of each pair.</returns>
    public static IReadOnlyList<(int First, int Second)> FindPairs(
        IReadOnlyList<string> texts,
        long maxWork = DefaultMaxWork
    )
    {
        NearDuplicateFinder finder = new(texts, maxWork);
        var different = finder.FindEqual();
        finder.FindNear(different);
        List<(int First, int Second)> pairs = [];
        for (var i = 0; i < texts.Count; i++)
        {
            if (finder._firstDuplicate[i] is { } first)
            {
                pairs.Add((first, i));
            }
        }

        return pairs;
    }

    /// <summary>Marks the texts that are equal to an earlier one.</summary>
    /// <returns>The positions of the others.</returns>
    private List<int> FindEqual()
    {
        Dictionary<string, int> firstByText = [];
        List<int> different = [];
        for (var i = 0; i < texts.Count; i++)
        {
            var text = texts[i];
            if (text.Length == 0)
            {
                continue;
            }

            if (firstByText.TryAdd(text, i))
            {
                different.Add(i);
            }
            else
            {
                _firstDuplicate[i] = firstByText[text];
            }
        }

        return different;
    }

    /// <summary>Marks the texts that are near an earlier one.</summary>
    private void FindNear(List<int> different)
    {
        var keys = CreateKeys(different);
        for (var i = 0; i < keys.Length; i++)
        {
            var text = GetText(keys[i]);
            for (var j = i + 1; j < keys.Length && MayBeNear(keys[i], keys[j]); j++)
            {
                if (_work >= maxWork)
                {
                    return;
                }

                _work++;
                Compare(text, GetText(keys[j]));
            }
        }
    }

    /// <summary>Creates a key for each rare run of each text: the run in the upper 32 bits, then the length of the
    /// text, then its position.</summary>
    /// <returns>Sorted, so that texts with the same run are adjacent, the shorter ones first.</returns>
    private ulong[] CreateKeys(List<int> different)
    {
        RareRuns rareRuns = new(different.ConvertAll(i => texts[i]));
        List<ulong> keys = [];
        foreach (var i in different)
        {
            var text = texts[i];
            var length = (ulong)Math.Min(text.Length, MaxLengthInKey);
            var maxRuns = (RareRuns.RunLength * GetMaxChanges(text.Length)) + 1;
            foreach (var run in rareRuns.Find(text, maxRuns))
            {
                var upper = (ulong)run << 32;
                keys.Add(upper | (length << TextBits) | (uint)i);
            }
        }

        var sorted = keys.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static bool MayBeNear(ulong key, ulong longer)
    {
        var hasSameRun = key >> 32 == longer >> 32;
        var length = GetLength(key);
        var maxLength = length + GetMaxChanges(length);
        return hasSameRun && GetLength(longer) <= maxLength;
    }

    private static int GetLength(ulong key)
    {
        var lengthAndText = (uint)key;
        return (int)(lengthAndText >> TextBits);
    }

    private static int GetText(ulong key)
    {
        const ulong mask = (1UL << TextBits) - 1;
        return (int)(key & mask);
    }

    private void Compare(int a, int b)
    {
        var first = Math.Min(a, b);
        var second = Math.Max(a, b);
        var hasEarlierDuplicate = _firstDuplicate[second] <= first;
        if (!hasEarlierDuplicate && AreNear(first, second))
        {
            _firstDuplicate[second] = first;
        }
    }

    /// <returns>False, too, when the pair has been compared before: most pairs share several runs.</returns>
    private bool AreNear(int first, int second)
    {
        var a = texts[first];
        var b = texts[second];
        var difference = Math.Abs(a.Length - b.Length);
        var shorter = Math.Min(a.Length, b.Length);
        var maxChanges = GetMaxChanges(shorter);
        if (difference > maxChanges || CountDifferentLetters(first, second) > 2 * maxChanges)
        {
            return false;
        }

        if (!_compared.Add((first, second)))
        {
            return false;
        }

        var diagonals = (2 * maxChanges) + 1;
        _work += (long)a.Length * diagonals;
        return Spelling.GetDistance(a, b, maxChanges) is not null;
    }

    /// <summary>Counts how often a text uses each letter.</summary>
    private static byte[] CountLetters(string text)
    {
        // Letters that share a counter, and counters that overflow, only make two texts look more alike than they are.
        var counts = new byte[Counters];
        foreach (var letter in text)
        {
            counts[letter % Counters]++;
        }

        return counts;
    }

    private int CountDifferentLetters(int first, int second)
    {
        var a = _letterCounts[first];
        var b = _letterCounts[second];
        var sum = 0;
        for (var i = 0; i < Counters; i++)
        {
            // Modulo 256, so that a counter that overflowed does not make the difference larger.
            int difference = (sbyte)(a[i] - b[i]);
            sum += Math.Abs(difference);
        }

        return sum;
    }

    private static int GetMaxChanges(int length) => length / LettersPerChange;
}
