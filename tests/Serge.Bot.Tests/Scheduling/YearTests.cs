using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Scheduling;

/// <summary>Days with changes of the clocks in five zones, a 29 February and outages: what was posted when, and what was missed, equals a table that is made
/// by stepping through the minutes of each zone, without any cron expression.</summary>
public sealed class YearTests : IAsyncLifetime
{
    private static readonly TimeSpan LateBy = TimeSpan.FromHours(6);

    // Each hits what its zone does with clocks: hours and a half-hour that are skipped and repeated, midnights that do not exist, a
    // summer time that is interrupted for Ramadan.
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
    private readonly FakeTimeProvider _calendar = new(Some.At("2027-02-01 00:00"));
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

    /// <summary>Each row: a seed, a day, and how many days from there.</summary>
    [Theory]
    [InlineData(1, "2027-03-12", 4)] // New York
    [InlineData(2, "2027-03-27", 10)] // Brussels, Lord Howe, Santiago
    [InlineData(3, "2027-09-04", 3)] // Santiago
    [InlineData(4, "2027-10-02", 3)] // Lord Howe
    [InlineData(5, "2027-10-30", 10)] // Brussels, New York
    [InlineData(6, "2028-02-27", 4)] // a leap year
    public Task SomeDays_WithChangesOfTheClocksAndOutages_ArePostedAsTheTableSays(int seed, string from, int days) =>
        LiveAndCompareAsync(seed, Some.At(from), days, outages: 10);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task AYear_WithOutagesAndChangesOfTheClocks_IsPostedAsTheTableSays() =>
        LiveAndCompareAsync(seed: 1, Some.At("2027-02-15 00:00"), days: 400, outages: 1);

    private async Task LiveAndCompareAsync(int seed, DateTimeOffset start, int days, int outages)
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
        _calendar.AdjustTime(start);

        await LiveAsync(schedules, servers, moments);

        Assert.Equal(Table(moments), await ToldAsync());
        Assert.All(
            Enumerable.Range(1, Rows.Length),
            n =>
            {
                // Three quotations in turns: none twice in a row.
                var texts = servers
                    .Messages.Where(message => message.Channel.Value == (ulong)n)
                    .Select(message => message.Text)
                    .ToList();
                Assert.All(texts.Zip(texts.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
            }
        );
    }

    /// <summary>The moments at which the bot looks at the clock: now and then, and not at all while it is down.</summary>
    /// <param name="chance">Chooses them.</param>
    /// <param name="start">The first.</param>
    /// <param name="days">Until then at least.</param>
    /// <param name="outages">How many of a thousand looks are followed by an outage of days; ten times as many by one of hours.</param>
    private static List<DateTimeOffset> Moments(Random chance, DateTimeOffset start, int days, int outages)
    {
        List<DateTimeOffset> moments = [start];
        while (moments[^1] < start.AddDays(days))
        {
            var kind = chance.Next(1000);
            moments.Add(
                moments[^1]
                    + (
                        kind < outages ? TimeSpan.FromHours(chance.Next(1, 100))
                        : kind < 10 * outages ? TimeSpan.FromHours(chance.Next(1, 9))
                        : TimeSpan.FromMinutes(chance.Next(1, 120))
                    )
            );
        }

        return moments;
    }

    private async Task LiveAsync(IReadOnlyList<Schedule> schedules, FakeServers servers, List<DateTimeOffset> moments)
    {
        Clocks clocks = new(_calendar, _calendar);
        var poster = TestEngine.Targets(servers, null);
        using var scheduler = TestEngine.Scheduler(_ledger, _catalogue.Live, poster, clocks, schedules);
        using var worker = TestEngine.Worker(
            _ledger,
            poster,
            new DeliverySettings(),
            clocks,
            new Random(1),
            NullLogger<DeliveryWorker>.Instance
        );
        foreach (var moment in moments)
        {
            _calendar.AdjustTime(moment);
            await scheduler.PlanDueAsync(Stop);
            await worker.DeliverDueAsync(Stop);
        }
    }

    /// <summary>One line for each day and schedule: when it fell due, and whether the first look at the clock after that came in time and before the next one.</summary>
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

    /// <summary>The first minute at which the clocks of a zone show a time, or one past it if they skip it.</summary>
    private static DateTimeOffset FirstMinute(TimeZoneInfo zone, DateTime local)
    {
        var minute = new DateTimeOffset(local, TimeSpan.Zero) - zone.BaseUtcOffset - TimeSpan.FromHours(3);
        while (TimeZoneInfo.ConvertTime(minute, zone).DateTime < local)
        {
            minute = minute.AddMinutes(1);
        }

        return minute;
    }

    private async Task<List<string>> ToldAsync() =>
        [
            .. (await _ledger.GetRecentAsync(100_000, Stop))
                .Select(post => $"{post.Schedule} {post.Occurrence:u} {post.State}")
                .Order(StringComparer.Ordinal),
        ];
}
