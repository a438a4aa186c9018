using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Scheduling;

/// <summary>Days with clock changes in five zones, a 29 February and outages: the sent and missed posts equal a table
/// that is calculated minute by minute for each zone, without any cron expression.</summary>
public sealed class YearTests : IAsyncLifetime
{
    private static readonly TimeSpan LateBy = TimeSpan.FromHours(6);

    // Each time of day is affected by a clock change of its zone: skipped and repeated hours and half-hours, midnights
    // that do not exist, and summer time that is interrupted for Ramadan.
    private static readonly (string Zone, string Time)[] Rows =
    [
        ("Europe/Brussels", "02:30"),
        ("Europe/Brussels", "09:00"),
        ("America/New_York", "01:30"),
        ("America/New_York", "02:00"),
        ("Australia/Lord_Howe", "01:45"),
        ("Australia/Lord_Howe", "02:15"),
        ("America/Santiago", "00:00"),
        ("America/Santiago", "23:30"),
        ("Africa/Casablanca", "02:30"),
        ("Africa/Casablanca", "03:00"),
    ];

    private readonly TestCatalogue _catalogue = new();
    private readonly FakeTimeProvider _scheduleClock = new(Some.At("2027-02-01 00:00"));
    private Database _database = null!;
    private Ledger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        _ledger = new Ledger(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _catalogue.Dispose();
    }

    /// <summary>Each row: a seed, a day, and the number of days from there.</summary>
    [Theory]
    [InlineData(1, "2027-03-12", 4)] // New York
    [InlineData(2, "2027-03-27", 10)] // Brussels, Lord Howe, Santiago
    [InlineData(3, "2027-09-04", 3)] // Santiago
    [InlineData(4, "2027-10-02", 3)] // Lord Howe
    [InlineData(5, "2027-10-30", 10)] // Brussels, New York
    [InlineData(6, "2028-02-27", 4)] // a leap year
    public Task SomeDays_WithChangesOfTheClocksAndOutages_ArePostedAsInTheTable(int seed, string from, int days) =>
        SimulateAndCompareAsync(seed, Some.At(from), days, outages: 10);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task AYear_WithOutagesAndChangesOfTheClocks_IsPostedAsInTheTable() =>
        SimulateAndCompareAsync(seed: 1, Some.At("2027-02-15 00:00"), days: 400, outages: 1);

    private async Task SimulateAndCompareAsync(int seed, DateTimeOffset start, int days, int outages)
    {
        var schedules = Rows.Select(
                (row, n) =>
                    Some.Schedule(
                        string.Create(CultureInfo.InvariantCulture, $"{row.Time[3..]} {row.Time[..2]} * * *"),
                        row.Zone,
                        name: $"schedule-{n}",
                        to: [$"discord:{n + 1}"]
                    )
            )
            .ToArray();
        var servers = Enumerable
            .Range(1, Rows.Length)
            .Aggregate(new FakeServers().Guild(100), (all, n) => all.Channel((ulong)n, guild: 100));
        var moments = Moments(new Random(seed), start, days, outages);
        _scheduleClock.AdjustTime(start);

        await SimulateAsync(schedules, servers, moments);

        Assert.Equal(Table(moments), await GetPostsAsync());
        Assert.All(
            Enumerable.Range(1, Rows.Length),
            n =>
            {
                // Three quotations alternate: no quotation twice in a row.
                var texts = servers
                    .Messages.Where(message => message.Channel.Value == (ulong)n)
                    .Select(message => message.Text)
                    .ToList();
                Assert.All(texts.Zip(texts.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
            }
        );
    }

    /// <summary>The times at which the bot reads the clock: irregular, and none while it is down.</summary>
    /// <param name="random">Selects the times.</param>
    /// <param name="start">The first time.</param>
    /// <param name="days">The minimum number of days.</param>
    /// <param name="outages">How many of a thousand times are followed by an outage of days; ten times as many are
    /// followed by an outage of hours.</param>
    private static List<DateTimeOffset> Moments(Random random, DateTimeOffset start, int days, int outages)
    {
        List<DateTimeOffset> moments = [start];
        while (moments[^1] < start.AddDays(days))
        {
            var kind = random.Next(1000);
            moments.Add(
                moments[^1]
                    + (
                        kind < outages ? TimeSpan.FromHours(random.Next(1, 100))
                        : kind < 10 * outages ? TimeSpan.FromHours(random.Next(1, 9))
                        : TimeSpan.FromMinutes(random.Next(1, 120))
                    )
            );
        }

        return moments;
    }

    private async Task SimulateAsync(
        IReadOnlyList<Schedule> schedules,
        FakeServers servers,
        List<DateTimeOffset> moments
    )
    {
        Clocks clocks = new(_scheduleClock, _scheduleClock);
        var targets = TestEngine.Targets(servers, null);
        using var scheduler = TestEngine.Scheduler(_ledger, _catalogue.Live, targets, clocks, schedules);
        using var worker = TestEngine.Worker(
            _ledger,
            targets,
            new DeliverySettings(),
            clocks,
            new Random(1),
            NullLogger<DeliveryWorker>.Instance
        );
        foreach (var moment in moments)
        {
            _scheduleClock.AdjustTime(moment);
            await scheduler.PlanDueAsync(Stop);
            await worker.DeliverDueAsync(Stop);
        }
    }

    /// <summary>One line per day and schedule: the due time, and whether the bot read the clock within the grace period
    /// and before the next due time.</summary>
    private static List<string> Table(List<DateTimeOffset> moments)
    {
        List<string> table = [];
        for (var n = 0; n < Rows.Length; n++)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(Rows[n].Zone);
            List<DateTimeOffset> dues = [];
            for (
                var day = DateOnly.FromDateTime(moments[0].Date).AddDays(-2);
                day <= DateOnly.FromDateTime(moments[^1].Date).AddDays(2);
                day = day.AddDays(1)
            )
            {
                dues.Add(FirstMinute(zone, day.ToDateTime(TimeOnly.Parse(Rows[n].Time, CultureInfo.InvariantCulture))));
            }

            foreach (
                var (due, next) in dues.Zip(dues.Skip(1))
                    .Where(pair => pair.First > moments[0] && pair.First <= moments[^1])
            )
            {
                var seen = moments.First(moment => moment >= due);
                table.Add(
                    $"schedule-{n} {due:u} {(seen <= due + LateBy && seen < next ? PostState.Sent : PostState.Missed)}"
                );
            }
        }

        return [.. table.Order(StringComparer.Ordinal)];
    }

    /// <summary>The first minute at which the clocks of a zone show a time, or a later time if they skip it.</summary>
    private static DateTimeOffset FirstMinute(TimeZoneInfo zone, DateTime local)
    {
        var minute = new DateTimeOffset(local, TimeSpan.Zero) - zone.BaseUtcOffset - TimeSpan.FromHours(3);
        while (TimeZoneInfo.ConvertTime(minute, zone).DateTime < local)
        {
            minute = minute.AddMinutes(1);
        }

        return minute;
    }

    private async Task<List<string>> GetPostsAsync() =>
        [
            .. (await _ledger.GetRecentAsync(100_000, Stop))
                .Select(post => $"{post.Schedule} {post.Occurrence:u} {post.State}")
                .Order(StringComparer.Ordinal),
        ];
}
