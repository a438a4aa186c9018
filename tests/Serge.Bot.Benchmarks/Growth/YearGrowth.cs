using Serge.Bot.Benchmarks.Support;
using Serge.Bot.Posting.Scheduling;
using Serge.Bot.Posting.Storage;

namespace Serge.Bot.Benchmarks.Growth;

/// <summary>The size of the ledger after a year of daily posts, and the cost of the worker's regular queries by
/// then.</summary>
internal static class YearGrowth
{
    private const int Days = 365;

    /// <summary>The scheduler plans the posts of this number of servers; the posts of the other servers are
    /// copies.</summary>
    private const int PlannedServers = 10;

    public static async Task RunAsync(string charts, int max)
    {
        MarkdownTable table = new(
            "servers",
            "posts",
            "ledger, MiB",
            "bytes per post",
            "each second, ms",
            "each minute, ms"
        );
        List<(double, double)> sizes = [];
        List<(double, double)> seconds = [];
        List<(double, double)> minutes = [];
        foreach (var servers in ScheduleGrowth.Sizes(PlannedServers, max))
        {
            await using var worker = await IdleWorker.CreateAsync(
                postgres: null,
                ManyServers.NineOClock.AddMinutes(-1)
            );
            await ManyServers.AddAsync(worker, PlannedServers);
            await PlayAsync(worker);
            await CopyAsync(worker, servers);
            await worker.Database.MaintainAsync(isContinued: false, CancellationToken.None);
            var posts = servers * Days;
            double bytes = new FileInfo(worker.Home.Ledger).Length;
            var second = await Samples.MeasureAsync(20, () => ScheduleGrowth.PollAsync(worker));
            var minute = await Samples.MeasureAsync(3, () => CorrectAsync(worker));
            table.Add(
                MarkdownTable.Format(servers),
                MarkdownTable.Format(posts),
                MarkdownTable.Format(bytes / 1024 / 1024),
                MarkdownTable.Format(bytes / posts),
                MarkdownTable.Format(second.Median),
                MarkdownTable.Format(minute.Median)
            );
            sizes.Add((posts, bytes / 1024 / 1024));
            seconds.Add((posts, second.Median));
            minutes.Add((posts, minute.Median));
        }

        table.Print("The ledger after a year of daily posts (SQLite)");
        new SvgChart(
            "The ledger after a year of daily posts",
            "posts in the ledger",
            "MiB, or milliseconds",
            [
                new ChartLine("size, MiB", sizes),
                new ChartLine("each second, ms", seconds),
                new ChartLine("each minute, ms", minutes),
            ]
        ).Write(Path.Combine(charts, "year.svg"));
    }

    /// <summary>Plans and sends a year of posts.</summary>
    private static async Task PlayAsync(IdleWorker worker)
    {
        var scheduler = worker.Get<Scheduler>();
        for (var day = 0; day < Days; day++)
        {
            worker.Now = ManyServers.NineOClock.AddDays(day);
            await scheduler.PlanDueAsync(CancellationToken.None);
            await worker.ExecuteAsync(
                """
                UPDATE posts SET state = 'sent', attempts = 1, first_attempt_at = @now, last_attempt_at = @now,
                    remote_id = '1335999999999999999',
                    url = 'https://discord.com/channels/1335000000000000000/1335000000000000001/1335999999999999999'
                WHERE state = 'planned'
                """,
                ("@now", worker.Now.ToUnixTimeMilliseconds())
            );
        }
    }

    /// <summary>Copies the posts of the first servers to each further server.</summary>
    private static async Task CopyAsync(IdleWorker worker, int servers)
    {
        const string Columns = """
            schedule, kind, occurrence, state, items, payload, deadline, not_before, attempts, lookups, misses,
            needs_operator, copy_check_pending, first_attempt_at, last_attempt_at, remote_id, url
            """;
        for (var first = PlannedServers; first < servers; first += PlannedServers)
        {
            await worker.ExecuteAsync(
                $"""
                INSERT INTO posts (key, owner, destination, {Columns})
                SELECT lower(hex(randomblob(12))), owner || @suffix, destination || @suffix, {Columns} FROM posts
                WHERE owner IN ({string.Join(", ", Enumerable.Range(1, PlannedServers).Select(n => $"'guild:{n}'"))})
                """,
                ("@suffix", $"{first:000000000000000}")
            );
        }
    }

    private static async Task CorrectAsync(IdleWorker worker)
    {
        var rules = worker
            .Get<IEnumerable<IMomentRules>>()
            .SelectMany(source => source.Get(worker.Now, TimeProvider.System.GetUtcNow()));
        await worker.Get<StoredMoments>().CorrectAsync(rules, CancellationToken.None);
        await worker.Get<IOperatorLedger>().GetAlertsAsync(worker.Now.AddDays(-1), CancellationToken.None);
    }
}
