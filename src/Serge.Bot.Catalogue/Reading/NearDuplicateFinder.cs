using System.Numerics;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Finds texts that are the same but for a few letters, also among 10,000.</summary>
/// <remarks>
/// <para>Two texts are near when at most one letter in twelve of the shorter one differs. To compare each with each would take minutes, so
/// only pairs that share a rare run of six letters are compared: a changed letter spoils at most six such runs, hence of any 6·d + 1 runs of
/// a text one survives d changes, and these may as well be its rarest (Chaudhuri, Ganti and Kaushik, "A Primitive Operator for
/// Similarity Joins in Data Cleaning", 2006: prefix filtering). Of these pairs only those are compared letter by letter that use each letter about
/// as often: d changes move the counts by at most 2·d. No near pair is missed, unless there is more to compare than anybody would wait for.</para>
/// <para>A run goes by a hash of 32 bits. Two runs that share one count as one, and so a few more pairs are compared.</para>
/// </remarks>
internal sealed class NearDuplicateFinder
{
    private const int RunLength = 6;
    private const int LettersPerChange = 12;
    private const int CountsLength = 32;
    private const int TextBits = 21;
    private const int LongestKept = (1 << (32 - TextBits)) - 1;

    /// <summary>So many letters are compared at most, which takes a second or two. Of 10,000 quotations as people write them it takes a fraction;
    /// a file of random letters, which would take hours, is not compared to its end.</summary>
    private const long MaxWork = 300_000_000;

    private readonly IReadOnlyList<string> _texts;
    private readonly long _maxWork;
    private readonly byte[] _counts;
    private readonly int?[] _firstLike;
    private readonly HashSet<(int First, int Second)> _compared = [];
    private long _work;

    private NearDuplicateFinder(IReadOnlyList<string> texts, long maxWork)
    {
        _texts = texts;
        _maxWork = maxWork;
        _firstLike = new int?[texts.Count];
        _counts = new byte[texts.Count * CountsLength];
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
    /// <param name="texts">Folded texts; empty ones are passed over. At most two million.</param>
    public static IReadOnlyList<(int First, int Second)> FindPairs(IReadOnlyList<string> texts) =>
        FindPairs(texts, MaxWork);

    /// <summary>The same with another bound on the letters that are compared; pairs of equal texts are always found.</summary>
    public static IReadOnlyList<(int First, int Second)> FindPairs(IReadOnlyList<string> texts, long maxWork)
    {
        NearDuplicateFinder near = new(texts, maxWork);
        var different = near.FindEqual();
        near.FindNear(different);
        return
        [
            .. near
                ._firstLike.Index()
                .Where(static pair => pair.Item is not null)
                .Select(static pair => (pair.Item!.Value, pair.Index)),
        ];
    }

    /// <summary>Notes the texts that are equal to one before them.</summary>
    /// <returns>The others.</returns>
    private List<int> FindEqual()
    {
        Dictionary<string, int> firstWith = new(StringComparer.Ordinal);
        List<int> different = [];
        for (var i = 0; i < _texts.Count; i++)
        {
            if (_texts[i].Length > 0 && firstWith.TryAdd(_texts[i], i))
            {
                different.Add(i);
            }
            else if (_texts[i].Length > 0)
            {
                _firstLike[i] = firstWith[_texts[i]];
            }
        }

        return different;
    }

    private void FindNear(List<int> different)
    {
        // One number for each rare run of each text: the run above, the text's length in the middle, the text below. Sorted, texts that share a
        // run stand together, the shorter ones first.
        List<ulong> keys = [];
        foreach (var (text, runs) in different.Zip(RarestRuns([.. different.Select(i => _texts[i])])))
        {
            var length = (ulong)Math.Min(_texts[text].Length, LongestKept);
            keys.AddRange(runs.Select(run => ((ulong)run << 32) | (length << TextBits) | (uint)text));
        }

        var sorted = keys.ToArray();
        Array.Sort(sorted);
        for (var i = 0; i < sorted.Length; i++)
        {
            var length = LengthIn(sorted[i]);
            for (
                var j = i + 1;
                j < sorted.Length
                    && sorted[j] >> 32 == sorted[i] >> 32
                    && LengthIn(sorted[j]) <= length + Changes(length)
                    && _work < _maxWork;
                j++
            )
            {
                _work++;
                Compare(TextIn(sorted[i]), TextIn(sorted[j]));
            }
        }
    }

    private static int LengthIn(ulong key) => (int)(uint)key >>> TextBits;

    private static int TextIn(ulong key) => (int)(key & ((1UL << TextBits) - 1));

    private void Compare(int a, int b)
    {
        var (first, second) = a < b ? (a, b) : (b, a);
        if (!(_firstLike[second] <= first) && AreNear(first, second))
        {
            _firstLike[second] = first;
        }
    }

    private bool AreNear(int first, int second)
    {
        var (a, b) = (_texts[first], _texts[second]);
        var changes = Changes(Math.Min(a.Length, b.Length));
        if (Math.Abs(a.Length - b.Length) > changes || CountsDiffer(first, second) > 2 * changes)
        {
            return false;
        }

        // Most pairs share several runs; once is enough.
        if (!_compared.Add((first, second)))
        {
            return false;
        }

        _work += (long)a.Length * ((2 * changes) + 1);
        return Spelling.GetDistance(a, b, changes) is not null;
    }

    private int CountsDiffer(int first, int second)
    {
        var a = _counts.AsSpan(first * CountsLength, CountsLength);
        var b = _counts.AsSpan(second * CountsLength, CountsLength);
        var sum = 0;
        for (var i = 0; i < CountsLength; i++)
        {
            // The difference modulo 256, so that a count that wrapped is not taken for a small one.
            sum += Math.Abs((int)(sbyte)(a[i] - b[i]));
        }

        return sum;
    }

    /// <summary>How many letters may differ.</summary>
    private static int Changes(int length) => length / LettersPerChange;

    /// <summary>Of each text as many of its rarest runs as its changes can spoil, and one more.</summary>
    private static uint[][] RarestRuns(IReadOnlyList<string> texts)
    {
        // Runs that share a place count as one; there is about one place for each.
        var placeBits = Math.Clamp(BitOperations.Log2((uint)texts.Sum(static text => text.Length)), 10, 22);
        var counts = new uint[1 << placeBits];
        var all = new uint[texts.Count][];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = Runs(texts[i]);
            foreach (var run in all[i])
            {
                counts[run >> (32 - placeBits)]++;
            }
        }

        for (var i = 0; i < all.Length; i++)
        {
            // How often and which, in one number: the same order for all texts.
            var byCount = Array.ConvertAll(all[i], run => ((ulong)counts[run >> (32 - placeBits)] << 32) | run);
            Array.Sort(byCount);
            var different = Different(byCount);
            var rarest = different[..Math.Min(different.Length, (RunLength * Changes(texts[i].Length)) + 1)];
            // Those that no other text has take up room among the rarest, but lead nowhere.
            var shared = rarest.IndexOfAnyInRange(2UL << 32, ulong.MaxValue);
            all[i] = shared < 0 ? [] : Array.ConvertAll(rarest[shared..].ToArray(), static run => (uint)run);
        }

        return all;
    }

    /// <summary>The runs of six letters, each as a number.</summary>
    private static uint[] Runs(string text)
    {
        var runs = new uint[Math.Max(0, text.Length - RunLength + 1)];
        var run = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            // Ten bits a letter. Of one beyond Latin, Greek and Cyrillic some are lost; then two runs may count as one.
            run = ((run << 10) | (text[i] & 0x3FFUL)) & ((1UL << 60) - 1);
            if (i >= RunLength - 1)
            {
                // Multiplied by an odd number near 2⁶⁴ divided by the golden ratio, the upper bits depend on all letters (Knuth, volume 3, 6.4).
                runs[i - RunLength + 1] = (uint)((run * 0x9E3779B97F4A7C15) >> 32);
            }
        }

        return runs;
    }

    /// <summary>Each number once; the array is sorted.</summary>
    private static Span<ulong> Different(ulong[] sorted)
    {
        var count = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (count == 0 || sorted[i] != sorted[count - 1])
            {
                sorted[count++] = sorted[i];
            }
        }

        return sorted.AsSpan(0, count);
    }
}
