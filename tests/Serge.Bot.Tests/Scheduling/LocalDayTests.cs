using System.Globalization;

namespace Serge.Bot.Tests.Scheduling;

/// <summary>The day is the schedule's local day, also far east and far west of UTC: the selection, the post and the
/// reply of <c>/today</c> are consistent.</summary>
public sealed class LocalDayTests : IAsyncLifetime
{
    private readonly TestCatalogue _catalogue = new();
    private readonly FakeTimeProvider _scheduleClock = new(Some.At("2027-02-01 00:00"));
    private readonly BotSettings _settings = new() { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
    private Database _database = null!;
    private Ledger _ledger = null!;
    private GuildStore _guilds = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Clocks Clocks => new(_scheduleClock, _scheduleClock);

    private PostPlanner Planner => TestEngine.Planner(_settings);

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        (_ledger, _guilds) = (new Ledger(_database), new GuildStore(_database));
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _catalogue.Dispose();
    }

    /// <summary>Each row: a zone, a time in UTC, and the local day.</summary>
    public static TheoryData<string, string, string> Moments =>
        new()
        {
            { "Pacific/Kiritimati", "2027-02-01 09:59", "2027-02-01" },
            { "Pacific/Kiritimati", "2027-02-01 10:00", "2027-02-02" },
            { "Pacific/Kiritimati", "2027-02-01 23:59", "2027-02-02" },
            { "Asia/Kolkata", "2027-02-01 18:29", "2027-02-01" },
            { "Asia/Kolkata", "2027-02-01 18:30", "2027-02-02" },
            { "Europe/Brussels", "2027-02-01 22:59", "2027-02-01" },
            { "Europe/Brussels", "2027-02-01 23:00", "2027-02-02" },
            { "Etc/UTC", "2027-02-01 23:59", "2027-02-01" },
            { "Etc/UTC", "2027-02-02 00:00", "2027-02-02" },
            { "America/New_York", "2027-02-02 04:59", "2027-02-01" },
            { "America/New_York", "2027-02-02 05:00", "2027-02-02" },
            { "Pacific/Honolulu", "2027-02-02 09:59", "2027-02-01" },
            { "Pacific/Honolulu", "2027-02-02 10:00", "2027-02-02" },
        };

    [Theory]
    [MemberData(nameof(Moments))]
    public void Plan_AQuotation_IsTheChoiceOfTheLocalDay(string zone, string moment, string day)
    {
        // With three quotations two days may have the same choice; for all of twenty schedules this is not possible.
        for (var n = 0; n < 20; n++)
        {
            var schedule = Some.Schedule(zone: zone, name: $"schedule-{n}");
            var planned = Plan(schedule, moment);

            var chosen = QuoteChooser.Choose(
                _catalogue.Live.Current.Quotes,
                [],
                "mastodon",
                schedule.Id.Name,
                Day(day)
            );
            Assert.Equal([chosen!.Id], planned.Items);
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Plan_TheEventsOfADay_AreThoseOfTheLocalDay(string zone, string moment, string day)
    {
        // There is an event on 1 February and none on the next day.
        var planned = Plan(Some.Schedule(zone: zone, content: ScheduleContent.OnThisDay), moment);

        Assert.Equal(day == "2027-02-01" ? ["testament"] : [], planned.Items);
        Assert.Equal(day == "2027-02-01" ? null : "No event is dated 2 February.", planned.Reason);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void LocalDate_IsTheDayThere(string zone, string moment, string day) =>
        Assert.Equal(Day(day), Some.Schedule(zone: zone).GetLocalDate(Some.At(moment)));

    /// <summary>Each row: a zone, a local time on Mondays, and when that is in UTC in the week from Monday 1
    /// February.</summary>
    [Theory]
    [InlineData("Pacific/Kiritimati", "5 0 * * 1", "2027-01-31 10:05")]
    [InlineData("Pacific/Kiritimati", "55 23 * * 1", "2027-02-01 09:55")]
    [InlineData("Etc/UTC", "0 0 * * 1", "2027-02-01 00:00")]
    [InlineData("Pacific/Honolulu", "5 0 * * 1", "2027-02-01 10:05")]
    [InlineData("Pacific/Honolulu", "55 23 * * 1", "2027-02-02 09:55")]
    public void On_ADay_IsTheMomentOfThatLocalDay(string zone, string cron, string moment)
    {
        var schedule = Some.Schedule(cron, zone);
        var monday = new DateOnly(2027, 2, 1);

        Assert.Equal(Some.At(moment), schedule.FindOccurrence(monday));
        Assert.Equal(Some.At(moment).AddDays(7), schedule.FindOccurrence(monday.AddDays(7)));
        Assert.All(Enumerable.Range(1, 6), n => Assert.Null(schedule.FindOccurrence(monday.AddDays(n))));
    }

    [Fact]
    public void On_WithSeveralTimesADay_IsTheFirst() =>
        Assert.Equal(
            Some.At("2027-01-31 11:00"),
            Some.Schedule("0 */2 * * *", "Pacific/Auckland").FindOccurrence(new DateOnly(2027, 2, 1))
        );

    [Fact]
    public void On_WhenItIsNeverDue_IsNull() =>
        Assert.Null(Some.Schedule("0 0 30 2 *").FindOccurrence(new DateOnly(2027, 2, 1)));

    [Theory]
    [InlineData("Pacific/Kiritimati", "00:05")]
    [InlineData("Pacific/Kiritimati", "23:55")]
    [InlineData("Europe/Brussels", "00:05")]
    [InlineData("America/New_York", "23:55")]
    [InlineData("Pacific/Honolulu", "12:00")]
    public async Task Today_FromTheFirstToTheLastMinuteOfTheLocalDay_IsWhatIsPosted(string zoneName, string time)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        using GuildDirectory directory = new(_guilds, _settings);
        await _guilds.SetUpAsync(Some.At("2027-01-30 00:00"), zoneName, SampleGuild.Schedule(time: time));
        await directory.RefreshAsync(Stop);
        List<string> before = [],
            after = [];
        for (var day = new DateOnly(2027, 2, 1); day < new DateOnly(2027, 2, 8); day = day.AddDays(1))
        {
            await AtAsync(zone, day, "00:01");
            before.Add(await TodayAsync(directory));
            foreach (var later in (string[])["00:06", "12:01", "23:56", "23:59"])
            {
                await AtAsync(zone, day, later);
            }

            after.Add(await TodayAsync(directory));
        }

        Assert.Equal(before, after);
        var posted = (await _ledger.GetRecentAsync(100, Stop))
            .Where(post => post.State == PostState.Planned)
            .ToDictionary(post => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(post.Occurrence, zone).DateTime));
        for (var n = 0; n < 7; n++)
        {
            Assert.Contains(posted[new DateOnly(2027, 2, 1 + n)].Payload!.Text, after[n], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Etc/UTC")]
    [InlineData("Pacific/Honolulu")]
    public async Task Today_WithoutASchedule_IsTheChoiceOfTheLocalDay(string zoneName)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        using GuildDirectory directory = new(_guilds, _settings);
        await directory.ChangeAsync(
            SampleGuild.Guild,
            guildSettings => new GuildChange(guildSettings with { Zone = zoneName }),
            Stop
        );
        for (var hour = 0; hour < 10 * 24; hour += 3)
        {
            _scheduleClock.AdjustTime(Some.At("2027-03-01 00:30").AddHours(hour));
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_scheduleClock.GetUtcNow(), zone).DateTime);
            var chosen = QuoteChooser.ChooseForDay(_catalogue.Live.Current.Quotes, "guild:100", day)!;

            Assert.Contains(
                QuoteFormatter.Format(chosen, Markup.Discord, Strings.English),
                await TodayAsync(directory),
                StringComparison.Ordinal
            );
        }
    }

    private static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);

    private PlannedContent Plan(Schedule schedule, string moment) =>
        Planner.Plan(
            _catalogue.Live.Current,
            schedule,
            Some.At(moment),
            Destinations.Mastodon,
            new DestinationHistory([], [])
        );

    /// <summary>Advances the clock to a local time and plans the occurrences that are due by then.</summary>
    private async Task AtAsync(TimeZoneInfo zone, DateOnly day, string time)
    {
        var local = day.ToDateTime(TimeOnly.Parse(time, CultureInfo.InvariantCulture));
        _scheduleClock.AdjustTime(new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, zone)));
        await TestEngine.GuildScheduler(_guilds, _ledger, _catalogue.Live, Clocks, _settings).PlanDueAsync(Stop);
    }

    private async Task<string> TodayAsync(GuildDirectory directory)
    {
        var forecast = TestEngine.GuildForecast(_ledger, _catalogue.Live, Clocks, _settings);
        TodaySlashCommand today = new(_catalogue.Live, _guilds, _ledger, forecast, directory, _settings, Clocks);
        var reply = await today.HandleAsync(
            new Interaction.Command
            {
                Id = new InteractionId(1),
                Guild = SampleGuild.Guild,
                Channel = new ChannelId(1),
                Handle = this,
                Name = "today",
            },
            Strings.English,
            Stop
        );
        return ShownReply.Of(reply).Text;
    }
}
