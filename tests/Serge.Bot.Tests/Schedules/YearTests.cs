using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Places;
using Serge.Bot.Rendering;
using Serge.Bot.Storage;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Schedules;

/// <summary>Four hundred days in a minute, over both changes of the clocks in five zones and a 29 February, with outages: what was posted when, and what was
/// missed, equals a table that is made by walking through the minutes of each zone, without any cron expression.</summary>
public sealed class YearTests : IAsyncLifetime
{
    private const int Days = 400;
    private static readonly DateTimeOffset Start = Some.At("2027-02-15 00:00");
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
    private readonly FakeTimeProvider _calendar = new(Start);
    private Database _database = null!;
    private Ledger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await Database.OpenAsync(Path.Combine(_catalogue.Home, "serge.db"), Stop);
        _ledger = new Ledger(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _catalogue.Dispose();
    }

    [Theory]
    [InlineData(1)]
    public async Task AYear_WithOutagesAndChangesOfTheClocks_IsPostedAsTheTableSays(int seed)
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
        var moments = Moments(new Random(seed));

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
    private static List<DateTimeOffset> Moments(Random chance)
    {
        List<DateTimeOffset> moments = [Start];
        while (moments[^1] < Start.AddDays(Days))
        {
            moments.Add(
                moments[^1]
                    + chance.Next(1000) switch
                    {
                        0 => TimeSpan.FromHours(chance.Next(1, 100)),
                        < 10 => TimeSpan.FromHours(chance.Next(1, 9)),
                        _ => TimeSpan.FromMinutes(chance.Next(1, 120)),
                    }
            );
        }

        return moments;
    }

    private async Task LiveAsync(IReadOnlyList<Schedule> schedules, FakeServers servers, List<DateTimeOffset> moments)
    {
        BotSettings settings = new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Schedules = schedules,
        };
        Clocks clocks = new(_calendar, _calendar);
        Poster poster = new(servers, null);
        PostWriter writer = new(
            _ledger,
            _catalogue.Live,
            new PostPlanner(new PostRenderer(settings, new InstanceLimits()), settings),
            new Random(1)
        );
        PlaceScheduler places = new(
            new PlaceStore(_database),
            writer,
            poster,
            settings,
            clocks,
            new PlanningLog(NullLogger<PlanningLog>.Instance),
            NullLogger<PlaceScheduler>.Instance
        );
        using Scheduler scheduler = new(
            settings,
            _ledger,
            writer,
            places,
            poster,
            new InstanceLimits(),
            clocks,
            new PlanningLog(NullLogger<PlanningLog>.Instance),
            NullLogger<Scheduler>.Instance
        );
        using DeliveryWorker worker = new(
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
                var day = DateOnly.FromDateTime(Start.Date).AddDays(-2);
                day <= DateOnly.FromDateTime(moments[^1].Date).AddDays(2);
                day = day.AddDays(1)
            )
            {
                dues.Add(FirstMinute(zone, day.ToDateTime(TimeOnly.Parse(Rows[n].Time, CultureInfo.InvariantCulture))));
            }

            foreach (
                var (due, next) in dues.Zip(dues.Skip(1)).Where(pair => pair.First > Start && pair.First <= moments[^1])
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
            .. (await _ledger.RecentAsync(100_000, Stop))
                .Select(post => $"{post.Schedule} {post.Occurrence:u} {post.State}")
                .Order(StringComparer.Ordinal),
        ];
}
