using System.Globalization;

namespace Serge.Bot.Benchmarks.Support;

/// <summary>A logarithmic axis from one power of ten to another.</summary>
/// <param name="First">The exponent at its start.</param>
/// <param name="Last">The exponent at its end.</param>
/// <param name="Start">The pixel of its start.</param>
/// <param name="End">The pixel of its end.</param>
internal sealed record LogAxis(int First, int Last, double Start, double End)
{
    /// <summary>The powers of ten.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(First, Last - First + 1).Select(e => Math.Pow(10, e));

    /// <summary>The shortest axis that contains all values, at least one power of ten long.</summary>
    /// <param name="values">Above zero, at least one.</param>
    /// <param name="start">The pixel of its start.</param>
    /// <param name="end">The pixel of its end.</param>
    public static LogAxis Around(IEnumerable<double> values, double start, double end)
    {
        var all = values.ToList();
        // The logarithm of a power of ten is not always exact.
        const double Rounding = 1e-9;
        var first = (int)Math.Floor(Math.Log10(all.Min()) + Rounding);
        var last = (int)Math.Ceiling(Math.Log10(all.Max()) - Rounding);
        return new LogAxis(first, Math.Max(last, first + 1), start, end);
    }

    /// <summary>The pixel of a value.</summary>
    public double Place(double value) => Start + ((Math.Log10(value) - First) / (Last - First) * (End - Start));

    /// <summary>A number as short as possible: <c>0.1</c>, <c>100</c>, <c>10 k</c>, <c>1 M</c>.</summary>
    public static string Name(double value) =>
        value switch
        {
            >= 999_999.5 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.###} M"),
            >= 9_999.5 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.###} k"),
            _ => value.ToString("0.######", CultureInfo.InvariantCulture),
        };
}
