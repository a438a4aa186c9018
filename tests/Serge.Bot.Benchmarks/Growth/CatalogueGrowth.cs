using System.Text;
using Serge.Bot.Benchmarks.Catalogue;
using Serge.Bot.Benchmarks.Support;
using Serge.Bot.Catalogue;
using Serge.Bot.Catalogue.Reading;

namespace Serge.Bot.Benchmarks.Growth;

/// <summary>The cost of a larger catalogue: half quotations, half events.</summary>
internal static class CatalogueGrowth
{
    private const int Rounds = 3;

    public static void Run(string charts, int max)
    {
        MarkdownTable table = new(
            "entries",
            "YAML, MiB",
            "read and check, ms",
            "search, p99 ms",
            "completion, p99 ms",
            "heap, MiB"
        );
        List<(double, double)> reads = [];
        List<(double, double)> searches = [];
        List<(double, double)> completions = [];
        List<(double, double)> heaps = [];
        Measure(100);
        foreach (var entries in ScheduleGrowth.Sizes(100, max))
        {
            var measured = Measure(entries);
            table.Add(
                MarkdownTable.Format(entries),
                MarkdownTable.Format(measured.Size),
                MarkdownTable.Format(measured.Read),
                MarkdownTable.Format(measured.Search),
                MarkdownTable.Format(measured.Completion),
                MarkdownTable.Format(measured.Heap)
            );
            reads.Add((entries, measured.Read));
            searches.Add((entries, measured.Search));
            completions.Add((entries, measured.Completion));
            heaps.Add((entries, measured.Heap));
        }

        table.Print("A larger catalogue");
        new SvgChart(
            "A larger catalogue",
            "quotations and events",
            "milliseconds, or MiB",
            [
                new ChartLine("read, check: ms", reads),
                new ChartLine("search, p99: ms", searches),
                new ChartLine("completion, p99: ms", completions),
                new ChartLine("heap: MiB", heaps),
            ]
        ).Write(Path.Combine(charts, "catalogue.svg"));
    }

    private static Measured Measure(int entries)
    {
        var author = File.ReadAllText(Path.Combine(BenchmarkHome.FindRepository(), "quotes", "author.yaml"));
        var (quotes, events, sources) = ManyEntries.Create(entries / 2, new Random(1));
        var before = LiveHeap.Read();
        QuoteCatalogue? catalogue = null;
        var fastest = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            catalogue = null;
            GC.Collect();
            var from = TimeProvider.System.GetTimestamp();
            // Texts are used instead of files, because a file is limited to 5 MiB.
            var result = CatalogueReader.Parse(quotes, events, sources, author);
            fastest = Math.Min(fastest, TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
            catalogue = result.Catalogue ?? throw new InvalidOperationException(result.Problems[0].ToString());
        }

        var heap = LiveHeap.Read() - before;
        var searches = ManyEntries.Searches(catalogue!, new Random(2));
        var typed = ManyEntries.Typed(catalogue!, new Random(4));
        double size = Encoding.UTF8.GetByteCount(quotes) + Encoding.UTF8.GetByteCount(events);
        return new Measured(
            size / 1024 / 1024,
            fastest,
            GetP99(searches, words => catalogue!.Search(words)),
            GetP99(typed, text => catalogue!.SuggestQuotes(text)),
            heap
        );
    }

    /// <returns>Milliseconds.</returns>
    private static double GetP99(IReadOnlyList<string> questions, Func<string, object> ask)
    {
        foreach (var question in questions)
        {
            ask(question);
        }

        List<double> times = [];
        foreach (var question in questions)
        {
            var from = TimeProvider.System.GetTimestamp();
            ask(question);
            times.Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
        }

        return Samples.Of(times).P99;
    }

    /// <summary>MiB and milliseconds.</summary>
    private sealed record Measured(double Size, double Read, double Search, double Completion, double Heap);
}
