using System.Numerics;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>Finds the rarest runs of letters in texts. A run is <see cref="RunLength"/> letters in a row, as a hash of
/// 32 bits.</summary>
/// <remarks>Two runs with the same hash count as one, so a few more pairs of texts are compared.</remarks>
internal sealed class RareRuns
{
    public const int RunLength = 6;

    private readonly int _shift;
    private readonly uint[] _counts;

    /// <summary>Counts the runs of all texts, about one counter for each letter. Runs that share a counter count as
    /// one.</summary>
    public RareRuns(IReadOnlyList<string> texts)
    {
        var letters = texts.Sum(text => text.Length);
        var bits = BitOperations.Log2((uint)letters);
        var counterBits = Math.Clamp(bits, 10, 22);
        _shift = 32 - counterBits;
        _counts = new uint[1 << counterBits];
        foreach (var text in texts)
        {
            foreach (var run in GetRuns(text))
            {
                _counts[run >> _shift]++;
            }
        }
    }

    /// <summary>Finds the rarest runs of a text. Those that no other text has are not returned.</summary>
    /// <param name="text">One of the texts.</param>
    /// <param name="max">The number of runs.</param>
    public List<uint> Find(string text, int max)
    {
        var sorted = Array.ConvertAll(GetRuns(text), AddCount);
        Array.Sort(sorted);
        List<uint> rarest = [];
        var found = 0;
        for (var i = 0; i < sorted.Length && found < max; i++)
        {
            if (i > 0 && sorted[i] == sorted[i - 1])
            {
                continue;
            }

            found++;
            var count = sorted[i] >> 32;
            if (count > 1)
            {
                rarest.Add((uint)sorted[i]);
            }
        }

        return rarest;
    }

    /// <summary>Puts the count of a run above the run, so that all texts sort their runs in the same order.</summary>
    private ulong AddCount(uint run)
    {
        ulong count = _counts[run >> _shift];
        return (count << 32) | run;
    }

    private static uint[] GetRuns(string text)
    {
        var count = Math.Max(0, text.Length - RunLength + 1);
        var runs = new uint[count];
        var run = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            // Ten bits per letter. Letters beyond Latin, Greek and Cyrillic lose some; then two runs may count as one.
            run = (run << 10) | (text[i] & 0x3FFUL);
            run &= (1UL << 60) - 1;
            if (i >= RunLength - 1)
            {
                runs[i - RunLength + 1] = GetHash(run);
            }
        }

        return runs;
    }

    /// <summary>Multiplies by an odd number near 2⁶⁴ divided by the golden ratio, so that the upper bits depend on all
    /// letters.</summary>
    /// <remarks>Source: Knuth, The Art of Computer Programming, volume 3, section 6.4.</remarks>
    private static uint GetHash(ulong run)
    {
        var product = run * 0x9E3779B97F4A7C15;
        return (uint)(product >> 32);
    }
}
