using System.Globalization;
using Serge.Bot.Catalogue;
using Serge.Bot.Catalogue.Reading;

namespace Serge.Bot.Benchmarks.Catalogue;

/// <summary>A catalogue far larger than the shipped one: how long reading and checking it take, and how long a member
/// who types waits for suggestions.</summary>
internal static class CatalogueBenchmark
{
    private const int Rounds = 5;

    public static int Run(int entries)
    {
        var folder = Directory.CreateTempSubdirectory("serge-benchmark-").FullName;
        try
        {
            ManyEntries.Write(folder, entries, new Random(1));
            var size =
                Directory.EnumerateFiles(folder, "*.yaml").Sum(static file => new FileInfo(file).Length)
                / 1024.0
                / 1024.0;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entries} quotations and {entries} events, {size:0.0} MiB of YAML"
                )
            );

            List<double> loads = [];
            var work = TimeSpan.Zero;
            QuoteCatalogue? catalogue = null;
            for (var round = 0; round < Rounds; round++)
            {
                GC.Collect();
                var from = TimeProvider.System.GetTimestamp();
                var before = Environment.CpuUsage.TotalTime;
                var reading = CatalogueReader.Read(folder);
                work = Environment.CpuUsage.TotalTime - before;
                loads.Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
                catalogue = reading.Catalogue ?? throw new InvalidOperationException(reading.Problems[0].ToString());
                if (round == 0)
                {
                    Console.WriteLine($"problems found: {reading.Problems.Count}");
                }
            }

            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"read and check: {loads[0]:0} ms the first time, then {loads.Skip(1).Min():0} to {loads.Skip(1).Max():0} ms ({work.TotalMilliseconds:0} ms of work, shared by {Environment.ProcessorCount} processors)"
                )
            );
            Measure("search", ManyEntries.Searches(catalogue!, new Random(2)), words => catalogue!.Search(words));
            Measure(
                "search in a topic",
                ManyEntries.Searches(catalogue!, new Random(3)),
                words => catalogue!.Search(words, catalogue.Topics[0].Name)
            );
            Measure(
                "completion of a quotation",
                ManyEntries.Typed(catalogue!, new Random(4)),
                typed => catalogue!.SuggestQuotes(typed)
            );
            Measure(
                "completion of a topic",
                ManyEntries.TypedTopics(catalogue!, new Random(5)),
                typed => catalogue!.SuggestTopics(typed)
            );
            Measure(
                "a day’s events",
                [.. Enumerable.Range(0, 5000)],
                day => catalogue!.GetOnThisDay(new DateOnly(2027, 1, 1).AddDays(day % 365))
            );
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure<T>(string what, IReadOnlyList<T> questions, Func<T, object> ask)
    {
        var found = 0;
        for (var i = 0; i < questions.Count; i++)
        {
            found += ask(questions[i]) is System.Collections.ICollection { Count: 0 } ? 0 : 1;
        }

        List<double> waits = [];
        foreach (var question in questions)
        {
            var from = TimeProvider.System.GetTimestamp();
            ask(question);
            waits.Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
        }

        waits.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -28}median {waits[waits.Count / 2]:0.000} ms   99th percentile {waits[waits.Count * 99 / 100]:0.000} ms   slowest {waits[^1]:0.000} ms   ({found} of {questions.Count} found something)"
            )
        );
    }
}
