using System.Globalization;

namespace Serge.Bot.Benchmarks.Latency;

/// <summary>One round of one program.</summary>
/// <param name="Session">From the start of the process to its session on the gateway, in milliseconds.</param>
/// <param name="Waits">From each command to its answer, in milliseconds, in order.</param>
/// <param name="Memory">At rest; <see langword="null"/> if it was not measured.</param>
internal sealed record Round(double Session, IReadOnlyList<double> Waits, ProcessMemory? Memory);

/// <summary>What was measured of one program in all rounds, in milliseconds.</summary>
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
        // The first answers of a process are slower; they are a figure of their own.
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

/// <summary>One figure of several rounds.</summary>
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
