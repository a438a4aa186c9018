using System.Globalization;
using Serge.Bot.Benchmarks.Support;

namespace Serge.Bot.Benchmarks.Growth;

/// <summary>How cost grows with the amount of data or work. Each measurement prints its tables and writes its charts to
/// <c>docs/performance</c>.</summary>
internal static class GrowthCommand
{
    public const string Help = """
        growth catalogue [MAX]   100 to MAX entries (100,000), half quotations, half events: reading, search, completion, memory
        growth busy [MAX]        answers of a worker that sends 1,000 to MAX posts (10,000), and of an idle one
        growth interactions [N]  processor time of N commands over HTTP (5,000): a bare endpoint, one worker, two workers
        growth schedules [MAX]   a scheduler tick with 10 to MAX servers (1,000,000), and up to 100,000 due in one minute
        growth nine [MAX]        how late posts are if 1,000 to MAX servers (100,000) choose nine o'clock, by simulation
        growth year [MAX]        the ledger after a year of daily posts in 10 to MAX servers (1,000)
        """;

    /// <returns>The exit code; <see langword="null"/> for unknown arguments.</returns>
    public static async Task<int?> TryRunAsync(string[] arguments)
    {
        var charts = Path.Combine(BenchmarkHome.FindRepository(), "docs", "performance");
        var max = 0;
        if (
            arguments.Length > 2
            || (
                arguments.Length == 2
                && !int.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out max)
            )
        )
        {
            return null;
        }

        switch (arguments.FirstOrDefault())
        {
            case "schedules":
                await ScheduleGrowth.RunAsync(charts, max == 0 ? 1_000_000 : max);
                return 0;
            case "catalogue":
                CatalogueGrowth.Run(charts, max == 0 ? 100_000 : max);
                return 0;
            case "busy":
                await BusyGrowth.RunAsync(charts, max == 0 ? 10_000 : max);
                return 0;
            case "interactions":
                await InteractionGrowth.RunAsync(max == 0 ? 5000 : max);
                return 0;
            case "nine":
                SpreadGrowth.Run(max == 0 ? 100_000 : max);
                return 0;
            case "year":
                await YearGrowth.RunAsync(charts, max == 0 ? 1000 : max);
                return 0;
            default:
                return null;
        }
    }
}
