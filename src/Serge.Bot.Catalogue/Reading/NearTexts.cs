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
internal sealed class NearTexts
{
    private const int RunLength = 6;
    private const int LettersPerChange = 12;
    private const int CountsLength = 32;
    private const int TableBits = 20;

    /// <summary>So many letters are compared at most, which takes a second or two. Of 10,000 quotations as people write them it takes a fraction;
    /// a file of random letters, which would take hours, is not compared to its end.</summary>
    private const long MaxWork = 300_000_000;

    private readonly IReadOnlyList<string> _texts;
    private readonly uint[][] _rarestRuns;
    private readonly byte[] _counts;
    private readonly int[] _comparedWith;
    private readonly Dictionary<string, int> _firstWith = new(StringComparer.Ordinal);

    // For each run the texts that have it: chains through one list, each entered at the place of its hash.
    private readonly int[] _chains = new int[1 << TableBits];
    private readonly List<(uint Run, int Text, int Next)> _links = [default];
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
        var ofLength = LengthClass(_texts[second].Length);
        foreach (var run in _rarestRuns[second])
        {
            for (var near = ofLength - 1; near <= ofLength + 1; near++)
            {
                for (var link = _chains[Place(run, near)]; link > 0 && _work < MaxWork; link = _links[link].Next)
                {
                    _work++;
                    var first = _links[link].Text;
                    // Most pairs share several runs; once is enough.
                    if (_links[link].Run == run && _comparedWith[first] != second)
                    {
                        _comparedWith[first] = second;
                        found = !(found < first) && AreNear(first, second) ? first : found;
                    }
                }
            }

            ref var chain = ref _chains[Place(run, ofLength)];
            _links.Add((run, second, chain));
            chain = _links.Count - 1;
        }

        return found;
    }

    /// <summary>Near texts are of the same class or of neighbours: the longer has at most a twelfth more letters.</summary>
    private static int LengthClass(int length) => (int)(Math.Log(length + 1) / Math.Log((LettersPerChange + 1.0) / LettersPerChange));

    /// <summary>Where the chain of a run begins, for texts of one class.</summary>
    private static uint Place(uint run, int lengthClass) => (run ^ ((uint)lengthClass * 0x85EBCA6B)) >> (32 - TableBits);

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
        var counts = new uint[1 << TableBits];
        var all = new uint[texts.Count][];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = Runs(texts[i]);
            foreach (var run in all[i])
            {
                counts[run >> (32 - TableBits)]++;
            }
        }

        for (var i = 0; i < all.Length; i++)
        {
            // How often and which, in one number: the same order for all texts.
            var byCount = Array.ConvertAll(all[i], run => ((ulong)counts[run >> (32 - TableBits)] << 32) | run);
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
