namespace Serge.Bot.Tests.Scheduling;

/// <summary>The forecast equals the posts that are sent later.</summary>
public sealed class ForecastTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = Some.At("2027-02-01 00:00");

    private readonly TestCatalogue _catalogue = new();
    private readonly FakeTimeProvider _scheduleClock = new(Start);
    private Database _database = null!;
    private Ledger _ledger = null!;
    private GuildStore _guilds = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

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

    [Fact]
    public void Play_GoesByTimeThenByTheOrderOfTheSchedules_AfterTheBeginningToTheEndIncluded()
    {
        var foreseen = Play(
            Some.At("2027-02-01 09:00"),
            Some.At("2027-02-02 09:00"),
            [],
            Some.Schedule("0 21 * * *", name: "evening"),
            Some.Schedule(name: "b"),
            Some.Schedule(name: "a", to: ["discord:1", "mastodon"]),
            Some.Schedule("0 0 30 2 *", name: "never")
        );

        Assert.Equal(
            [
                "evening 2027-02-01 21:00:00Z mastodon",
                "b 2027-02-02 09:00:00Z mastodon",
                "a 2027-02-02 09:00:00Z discord:1",
                "a 2027-02-02 09:00:00Z mastodon",
            ],
            foreseen.Select(post => $"{post.Schedule.Id.Name} {post.Occurrence:u} {post.Destination}")
        );
    }

    [Fact]
    public void Play_ThreeQuotationsAtOneMoment_UsesEachOnce()
    {
        var foreseen = Play(
            Start,
            Some.At("2027-02-01 09:00"),
            [],
            Some.Schedule(name: "a"),
            Some.Schedule(name: "b"),
            Some.Schedule(name: "c")
        );

        Assert.Equal(3, foreseen.SelectMany(post => post.Content.Items).Distinct().Count());
    }

    /// <summary>Each row: the state of an existing post in the ledger, its number of attempts, and the forecast for
    /// it.</summary>
    [Theory]
    [InlineData(nameof(PostState.Planned), 0, "as planned")]
    [InlineData(nameof(PostState.Sending), 1, "nothing")]
    [InlineData(nameof(PostState.Sent), 1, "nothing")]
    [InlineData(nameof(PostState.Unknown), 1, "nothing")]
    [InlineData(nameof(PostState.Refused), 1, "nothing")]
    [InlineData(nameof(PostState.Cancelled), 0, "nothing")]
    [InlineData(nameof(PostState.Missed), 1, "nothing")]
    [InlineData(nameof(PostState.Missed), 0, "another")]
    public void Play_WhatIsInTheLedgerAlready_DoesNotComeAgain(string state, int attempts, string expected)
    {
        var known = Some.Post(state: Enum.Parse<PostState>(state), occurrence: Some.At("2027-02-01 09:00")) with
        {
            Attempts = attempts,
            Reason = "why",
        };

        var foreseen = Play(Start, Some.At("2027-02-01 23:00"), [known], Some.Schedule());

        switch (expected)
        {
            case "nothing":
                Assert.Empty(foreseen);
                break;
            case "as planned":
                Assert.Equal(new PlannedContent(known.Items, known.Payload), Assert.Single(foreseen).Content);
                break;
            default:
                Assert.NotEqual(known.Items, Assert.Single(foreseen).Content.Items);
                break;
        }
    }

    [Fact]
    public async Task GuildForecast_OfOneSchedule_IsWhatGoesOut_WithAllOthersToTheSameChannel()
    {
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Schedules =
            [
                Some.Schedule("0 7 * * *", name: "own", to: ["discord:1", "mastodon"]),
                Some.Schedule("0 8 * * *", name: "elsewhere", to: ["discord:3"]),
            ],
        };
        await _guilds.SetUpAsync(
            Start,
            "Europe/Brussels",
            SampleGuild.Schedule(name: "wanted", channel: 1),
            SampleGuild.Schedule(name: "beside", channel: 1, time: "10:00"),
            SampleGuild.Schedule(name: "elsewhere", channel: 2),
            SampleGuild.Schedule(name: "paused", channel: 1, time: "06:00") with
            {
                Paused = PauseCause.Admin,
            }
        );
        var guildSettings = (await _guilds.FindAsync(SampleGuild.Guild, Stop))!;
        var targets = TestEngine.Targets(new FakeServers(), null);
        Clocks clocks = new(_scheduleClock, _scheduleClock);
        var guilds = TestEngine.GuildScheduler(_guilds, _ledger, _catalogue.Live, clocks, settings);
        using var scheduler = TestEngine.Scheduler(
            _ledger,
            _catalogue.Live,
            targets,
            clocks,
            settings.Schedules,
            others: guilds
        );
        await scheduler.PlanDueAsync(Stop);

        var foreseen = (
            await TestEngine
                .GuildForecast(_ledger, _catalogue.Live, clocks, settings)
                .PlayAsync(guildSettings, [guildSettings.Find("wanted")!], TimeSpan.FromDays(5), Stop)
        ).ToList();
        for (var hour = 1; hour <= 5 * 24; hour++)
        {
            _scheduleClock.AdjustTime(Start.AddHours(hour));
            await scheduler.PlanDueAsync(Stop);
        }

        var posts = (await _ledger.GetRecentAsync(1000, Stop)).Reverse().ToList();
        Assert.Equal(5, foreseen.Count);
        Assert.Equal(
            posts
                .Where(post => post.Schedule.ToString() == "guild:100:wanted")
                .Select(post => $"{post.Occurrence:u} {post.Destination} {post.Payload!.Text}"),
            foreseen.Select(post => $"{post.Occurrence:u} {post.Destination} {post.Content.Payload!.Text}")
        );
        Assert.DoesNotContain(posts, post => post.Schedule.ToString() == "guild:100:paused");
    }

    [Fact]
    public async Task GuildForecast_WhatIsPlannedAlready_IsShownAsPlanned()
    {
        var settings = new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
        var schedule = SampleGuild.Schedule(nextDue: Some.At("2027-02-01 09:00"));
        var guildSettings = SampleGuild.With(schedule);
        var planned = Some.Post(to: "discord:1", occurrence: Some.At("2027-02-01 09:00"), text: "As planned.") with
        {
            Schedule = schedule.Id,
        };
        await _ledger.PlanAsync("", mark: null, [planned], Stop);

        var foreseen = await TestEngine
            .GuildForecast(_ledger, _catalogue.Live, new Clocks(_scheduleClock, _scheduleClock), settings)
            .PlayAsync(guildSettings, [schedule], TimeSpan.FromDays(1), Stop);

        Assert.Equal("As planned.", Assert.Single(foreseen).Content.Payload!.Text);
    }

    [Fact]
    public async Task GuildForecast_OfTwoSchedulesOfOneChannel_KnowsWhatElseIsPlannedThere()
    {
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Discord = new DiscordSettings
            {
                Token = new Secret("secret-of-discord"),
                ApiAddress = new Uri("https://discord.example/"),
                PostsPerDay = 2,
            },
        };
        var (morning, evening) = (
            SampleGuild.Schedule(nextDue: Some.At("2027-02-01 09:00")),
            SampleGuild.Schedule(name: "evening", time: "21:00", nextDue: Some.At("2027-02-01 21:00"))
        );
        await _ledger.PlanAsync(
            "",
            mark: null,
            [
                Some.Post(to: "discord:1", occurrence: Some.At("2027-02-04 23:00")) with
                {
                    Schedule = ScheduleId.OfOperator("by hand"),
                },
            ],
            Stop
        );

        var foreseen = await TestEngine
            .GuildForecast(_ledger, _catalogue.Live, new Clocks(_scheduleClock, _scheduleClock), settings)
            .PlayAsync(SampleGuild.With(morning, evening), [morning, evening], TimeSpan.FromDays(5), Stop);

        // Each day has its two posts, except the day that already has another post.
        Assert.Equal(
            ["2027-02-04 21:00:00Z"],
            foreseen.Where(post => post.Content.Payload is null).Select(post => $"{post.Occurrence:u}")
        );
    }

    [Fact]
    public void Plan_AfterAWithdrawal_ChoosesFromWhatIsLeft()
    {
        var settings = new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
        var planner = TestEngine.Planner(settings);
        var schedule = Some.Schedule(to: ["discord:1"]);
        HashSet<string> withdrawn = [];
        List<string> chosen = [];
        for (var n = 0; n < 3; n++)
        {
            var content = planner.Plan(
                _catalogue.Live.Current,
                schedule,
                Some.Noon,
                schedule.To[0],
                new DestinationHistory([], [])
            );
            chosen.Add(Assert.Single(content.Items));
            withdrawn = [.. withdrawn, chosen[^1]];
            _catalogue.Live.Withdraw(withdrawn);
        }

        Assert.Equal(3, chosen.Distinct().Count());
        foreach (var to in (string[])["discord:1", "mastodon"])
        {
            Assert.Equal(
                "There is no quotation: all were withdrawn (serge retract).",
                planner
                    .Plan(
                        _catalogue.Live.Current,
                        schedule,
                        Some.Noon,
                        Some.Destination(to),
                        new DestinationHistory([], [])
                    )
                    .Reason
            );
        }
    }

    [Theory]
    [InlineData("mastodon", 'x', 500)]
    [InlineData("discord:1", '*', 1000)] // each is escaped
    public void Plan_WhereEveryQuotationIsTooLong_ReportsIt(string to, char letter, int length)
    {
        _catalogue.Write(
            "quotes.yaml",
            $"- id: long\n  text: \"{new string(letter, length)}\"\n  via: cunningham\n  topics: [power]\n"
        );
        Assert.Equal(ReloadResult.Served, _catalogue.Live.Reload());
        var settings = new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };

        var content = TestEngine
            .Planner(settings)
            .Plan(
                _catalogue.Live.Current,
                Some.Schedule(to: [to]),
                Some.Noon,
                Some.Destination(to),
                new DestinationHistory([], [])
            );

        Assert.Empty(content.Items);
        Assert.Null(content.Payload);
        Assert.Equal("No quotation is short enough for this destination.", content.Reason);
    }

    /// <summary>Each row: the destination, a setting, how many posts the day has, and whether one more is
    /// posted.</summary>
    [Theory]
    [InlineData("mastodon", 2, 1, true)]
    [InlineData("mastodon", 2, 2, false)]
    [InlineData("discord:1", 2, 1, true)]
    [InlineData("discord:1", 2, 2, false)]
    public void Plan_WithACapOfPostsADay_GoesByTheSetting(string to, int perDay, int before, bool isPosted)
    {
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = Some.Mastodon() with { PostsPerDay = to == "mastodon" ? perDay : 50 },
            Discord = new DiscordSettings
            {
                Token = new Secret("secret-of-discord"),
                ApiAddress = new Uri("https://discord.example/"),
                PostsPerDay = to == "mastodon" ? 50 : perDay,
            },
        };

        var content = TestEngine
            .Planner(settings)
            .Plan(
                _catalogue.Live.Current,
                Some.Schedule(to: [to]),
                Some.Noon,
                Some.Destination(to),
                new DestinationHistory([], Enumerable.Range(0, before).Select(n => Some.Post($"{n}", to: to)))
            );

        Assert.Equal(isPosted, content.Payload is not null);
    }

    private List<PlannedPost> Play(
        DateTimeOffset after,
        DateTimeOffset until,
        IEnumerable<Post> ahead,
        params Schedule[] schedules
    )
    {
        var settings = new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
        return
        [
            .. Forecast.Simulate(
                schedules,
                schedules
                    .SelectMany(schedule => schedule.To)
                    .Distinct()
                    .ToDictionary(destination => destination, _ => new DestinationHistory([], [])),
                ahead,
                TestEngine.Planner(settings),
                _catalogue.Live.Current,
                after,
                until
            ),
        ];
    }
}
