using Serge.Bot.Benchmarks.Support;
using Serge.Bot.Guilds;
using Serge.Bot.Posting.Scheduling;
using Serge.Bot.Posting.Storage;

namespace Serge.Bot.Benchmarks.Growth;

/// <summary>The cost of the schedules of many servers: per second while none is due, and in the minute in which all are
/// due.</summary>
internal static class ScheduleGrowth
{
    private const int Ticks = 500;

    public static async Task RunAsync(string charts, int max)
    {
        await using var postgres = await ThrowAwayPostgres.TryStartAsync();
        List<ChartLine> ticks = [];
        List<ChartLine> heaps = [];
        MarkdownTable none = new(
            "servers",
            "ledger",
            "tick, median ms",
            "tick, p99 ms",
            "first tick, ms",
            "reload, ms",
            "heap, MiB"
        );
        MarkdownTable due = new("due at once", "ledger", "planned, ms each", "heap, MiB more", "poll, ms");
        foreach (var (name, create) in GetEngines(postgres))
        {
            List<(double, double)> medians = [];
            foreach (var servers in Sizes(10, max))
            {
                await using var worker = await CreateAsync(create, servers);
                medians.Add((servers, await MeasureTickAsync(worker, name, servers, none)));
            }

            List<(double, double)> peaks = [];
            foreach (var servers in Sizes(1000, Math.Min(100_000, max)))
            {
                await using var worker = await CreateAsync(create, servers);
                peaks.Add((servers, await MeasurePlanningAsync(worker, name, servers, due)));
            }

            ticks.Add(new ChartLine(name, medians));
            heaps.Add(new ChartLine(name, peaks));
        }

        none.Print("Scheduler tick while no schedule is due");
        due.Print("All servers due in the same minute");
        new SvgChart("A scheduler tick while no schedule is due", "servers with a schedule", "milliseconds", ticks)
        {
            Goal = 1,
        }.Write(Path.Combine(charts, "tick.svg"));
        new SvgChart("Memory while all schedules are due", "servers due in one minute", "MiB of heap", heaps).Write(
            Path.Combine(charts, "due.svg")
        );
    }

    /// <summary>Powers of ten.</summary>
    public static IEnumerable<int> Sizes(int first, int last)
    {
        for (var size = first; size <= last; size *= 10)
        {
            yield return size;
        }
    }

    public static IEnumerable<(string Name, Func<Task<string?>> Create)> GetEngines(ThrowAwayPostgres? postgres)
    {
        yield return ("SQLite", () => Task.FromResult<string?>(null));
        if (postgres is not null)
        {
            yield return ("PostgreSQL", async () => await postgres.CreateLedgerAsync());
        }
    }

    private static async Task<IdleWorker> CreateAsync(Func<Task<string?>> createLedger, int servers)
    {
        var worker = await IdleWorker.CreateAsync(await createLedger(), ManyServers.NineOClock.AddMinutes(-30));
        await ManyServers.AddAsync(worker, servers);
        return worker;
    }

    /// <returns>The median, in milliseconds.</returns>
    private static async Task<double> MeasureTickAsync(
        IdleWorker worker,
        string ledger,
        int servers,
        MarkdownTable table
    )
    {
        var scheduler = worker.Get<Scheduler>();
        var directory = worker.Get<GuildDirectory>();
        var before = LiveHeap.Read();
        var first = await Samples.TimeAsync(() => scheduler.PlanDueAsync(CancellationToken.None));
        var reload = await Samples.TimeAsync(() => directory.RefreshAsync(CancellationToken.None));
        var heap = Math.Max(0, LiveHeap.Read() - before);
        var ticks = await Samples.MeasureAsync(
            Ticks,
            () =>
            {
                worker.Now += TimeSpan.FromSeconds(1);
                return scheduler.PlanDueAsync(CancellationToken.None);
            }
        );
        table.Add(
            MarkdownTable.Format(servers),
            ledger,
            MarkdownTable.Format(ticks.Median),
            MarkdownTable.Format(ticks.P99),
            MarkdownTable.Format(first),
            MarkdownTable.Format(reload),
            MarkdownTable.Format(heap)
        );
        return ticks.Median;
    }

    /// <returns>The peak of the heap, in MiB.</returns>
    private static async Task<double> MeasurePlanningAsync(
        IdleWorker worker,
        string ledger,
        int due,
        MarkdownTable table
    )
    {
        var scheduler = worker.Get<Scheduler>();
        await scheduler.PlanDueAsync(CancellationToken.None);
        worker.Now = ManyServers.NineOClock;
        var took = 0.0;
        var heap = await LiveHeap.MeasurePeakAsync(async () =>
            took = await Samples.TimeAsync(() => scheduler.PlanDueAsync(CancellationToken.None))
        );
        var poll = await Samples.MeasureAsync(5, () => PollAsync(worker));
        table.Add(
            MarkdownTable.Format(due),
            ledger,
            MarkdownTable.Format(took / due),
            MarkdownTable.Format(heap),
            MarkdownTable.Format(poll.Median)
        );
        return heap;
    }

    /// <summary>The queries that the delivery worker runs each second.</summary>
    public static async Task PollAsync(IdleWorker worker)
    {
        const int Limit = 1000; // DeliveryWorker.MaxPostsPerPoll
        var ledger = worker.Get<ILedger>();
        var systemNow = TimeProvider.System.GetUtcNow();
        await ledger.GetAbandonedAsync(systemNow, CancellationToken.None);
        await ledger.GetDueAsync(worker.Now, systemNow, Limit, CancellationToken.None);
        await ledger.GetCopyChecksAsync(systemNow, Limit, CancellationToken.None);
    }
}
