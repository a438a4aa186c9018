using System.Globalization;

namespace Serge.Bot.Benchmarks.Latency;

/// <summary>One run of one program.</summary>
/// <param name="Session">From the start of the process to its gateway session, in milliseconds.</param>
/// <param name="Waits">From each command to its reply, in milliseconds, in order.</param>
/// <param name="Memory">When idle; <see langword="null"/> if it was not measured.</param>
internal sealed record Round(double Session, IReadOnlyList<double> Waits, ProcessMemory? Memory);

/// <summary>The measurements of one program in all runs, in milliseconds.</summary>
internal sealed record Figures(
    Spread Session,
    Spread First,
    Spread Median,
    Spread P95,
    Spread P99,
    ProcessMemory Memory
)
{
    public static Figures From(IReadOnlyList<Round> rounds)
    {
        // The first replies of a process are slower, so they are reported separately.
        const int WarmUp = 50;
        var sorted = rounds.Select(round => round.Waits.Skip(WarmUp).Order().ToArray()).ToArray();
        return new Figures(
            Spread.Of(rounds.Select(round => round.Session)),
            Spread.Of(rounds.Select(round => round.Waits[0])),
            Spread.Of(sorted.Select(waits => waits[waits.Length / 2])),
            Spread.Of(sorted.Select(waits => waits[waits.Length * 95 / 100])),
            Spread.Of(sorted.Select(waits => waits[waits.Length * 99 / 100])),
            rounds[0].Memory!
        );
    }
}

/// <summary>One figure of several runs.</summary>
internal sealed record Spread(double Lowest, double Median, double Highest)
{
    public static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return new Spread(sorted[0], sorted[sorted.Length / 2], sorted[^1]);
    }

    /// <summary>For example "0.82 (0.70–1.10), 1.41 ×".</summary>
    public string Describe(Spread bare) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Median:0.00} ({Lowest:0.00}–{Highest:0.00}), {Median / bare.Median:0.00} ×"
        );
}
