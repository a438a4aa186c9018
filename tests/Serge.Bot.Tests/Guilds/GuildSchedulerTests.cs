namespace Serge.Bot.Tests.Guilds;

/// <summary>Due schedules of servers: the same guarantees as for the operator's schedules.</summary>
public sealed class GuildSchedulerTests : IAsyncLifetime
{
    private readonly TestCatalogue _catalogue = new();
    private readonly FakeTimeProvider _scheduleClock = new(Some.At("2027-02-01 00:00"));
    private readonly LogLines<PlanningLog> _planned = new();
    private readonly LogLines<GuildScheduler> _log = new();
    private Database _database = null!;
    private Ledger _ledger = null!;
    private GuildStore _guilds = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static BotSettings InNewYork => In("America/New_York");

    private static BotSettings InBrussels => In("Europe/Brussels");

    private static BotSettings In(string zone) =>
        new() { LedgerPath = "", TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) };

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        _ledger = new Ledger(_database);
        _guilds = new GuildStore(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task PlanDue_WhenItsTimeComes_PutsOneRenderedPostIntoTheLedger()
    {
        await SetUpAsync(SampleGuild.Schedule());
        var scheduler = Scheduler();
        await AtAsync(scheduler, "2027-02-01 08:59");
        Assert.Empty(await PostsAsync());

        await AtAsync(scheduler, "2027-02-01 09:00");
        await AtAsync(scheduler, "2027-02-01 09:01");

        var post = Assert.Single(await PostsAsync());
        Assert.Equal(
            (PostState.Planned, "guild:100:morning", "discord:1"),
            (post.State, post.Schedule.ToString(), post.Destination.ToString())
        );
        Assert.Contains("— Victor Serge", post.Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanDue_TwoServersWithSchedulesOfOneName_PostsToEachItsOwn()
    {
        await SetUpAsync(SampleGuild.Schedule(guild: 100, channel: 1));
        await SetUpAsync(SampleGuild.Schedule(guild: 200, channel: 2));
        await AtAsync(Scheduler(), "2027-02-01 09:00");

        Assert.Equal(
            ["guild:100:morning discord:1", "guild:200:morning discord:2"],
            (await PostsAsync()).Select(post => $"{post.Schedule} {post.Destination}").Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("Europe/Brussels", "02:30", "2027-03-27 12:00", "2027-03-28 01:00")] // skipped hour: due at its end
    [InlineData("Europe/Brussels", "02:30", "2027-10-30 12:00", "2027-10-31 00:30")] // repeated hour: first time only
    [InlineData("Australia/Lord_Howe", "02:15", "2027-10-02 00:00", "2027-10-02 15:30")] // a gap of half an hour
    public async Task PlanDue_WhereClocksChange_PostsOnceAtTheDocumentedMoment(
        string zone,
        string time,
        string from,
        string moment
    )
    {
        var start = Some.At(from);
        _scheduleClock.AdjustTime(start);
        await _guilds.SetUpAsync(start, zone, SampleGuild.Schedule(time: time));
        var scheduler = Scheduler();
        for (var minutes = 0; minutes < 20 * 60; minutes += 10)
        {
            _scheduleClock.AdjustTime(start.AddMinutes(minutes));
            await scheduler.PlanDueAsync(Stop);
        }

        Assert.Equal(Some.At(moment), Assert.Single(await PostsAsync()).Occurrence);
        Assert.Empty(_log.Lines);
    }

    /// <summary>The operator has changed the setting <c>TimeZone</c>. Each row: when the bot starts again. The stored
    /// due time is 09:00.</summary>
    [Theory]
    [InlineData("2027-02-01 08:30")]
    [InlineData("2027-02-01 09:00")]
    [InlineData("2027-02-01 09:30")]
    public async Task PlanDue_AfterAChangeOfTheDefaultZone_PostsOnlyAtTheNewTime(string start)
    {
        await SetUpAsync(SampleGuild.Schedule());
        await AtAsync(Scheduler(), "2027-02-01 08:00");

        var restarted = Scheduler(settings: InNewYork);
        for (var minutes = 0; minutes < 8 * 60; minutes += 30)
        {
            _scheduleClock.AdjustTime(Some.At(start).AddMinutes(minutes));
            await restarted.PlanDueAsync(Stop);
        }

        var post = Assert.Single(await PostsAsync());
        Assert.Equal((PostState.Planned, Some.At("2027-02-01 14:00")), (post.State, post.Occurrence));
        Assert.Equal(
            [
                "Information: Moved the due time of guild:100:morning, because the setting TimeZone or the rules of its time zone have changed: 2027-02-01 09:00Z is now 2027-02-01 14:00Z",
            ],
            _log.Lines
        );
    }

    /// <summary>In Brussels it is 09:00 an hour earlier. The post of the day is late, not lost.</summary>
    [Theory]
    [InlineData("2027-02-01 08:30")]
    [InlineData("2027-02-01 09:30")]
    public async Task PlanDue_AfterAChangeToAZoneWhereTheTimeIsEarlier_PostsThePostOfTheDay(string start)
    {
        await SetUpAsync(SampleGuild.Schedule());

        var restarted = Scheduler(settings: InBrussels);
        for (var minutes = 0; minutes < 8 * 60; minutes += 30)
        {
            _scheduleClock.AdjustTime(Some.At(start).AddMinutes(minutes));
            await restarted.PlanDueAsync(Stop);
        }

        var post = Assert.Single(await PostsAsync());
        Assert.Equal((PostState.Planned, Some.At("2027-02-01 08:00")), (post.State, post.Occurrence));
    }

    /// <summary>The post of the day exists. In the new zone the same day has a later occurrence, which is before
    /// the due time that was moved.</summary>
    [Fact]
    public async Task PlanDue_AfterSeveralStartsInTheNewZone_PostsOnceADay()
    {
        await SetUpAsync(SampleGuild.Schedule());
        await AtAsync(Scheduler(), "2027-02-01 09:00");

        await AtAsync(Scheduler(settings: InNewYork), "2027-02-01 10:00");
        await AtAsync(Scheduler(settings: InNewYork), "2027-02-01 10:30");
        await AtAsync(Scheduler(settings: InNewYork), "2027-02-01 14:30");

        Assert.Single(await PostsAsync());
    }

    /// <summary>The day to which the clock is set back has a post already; the schedule continues on the next
    /// day.</summary>
    [Fact]
    public async Task PlanDue_AfterAClockThatWasMonthsAhead_ContinuesOnTheNextDay()
    {
        await SetUpAsync(SampleGuild.Schedule());
        await AtAsync(Scheduler(), "2027-02-01 09:00");
        await AtAsync(Scheduler(), "2027-04-01 10:00");

        await AtAsync(Scheduler(), "2027-02-01 08:30");
        await AtAsync(Scheduler(), "2027-02-02 09:00");

        var planned = (await PostsAsync()).Where(post => post.State == PostState.Planned);
        Assert.Equal(
            ["2027-02-01 09:00", "2027-02-02 09:00", "2027-04-01 09:00"],
            planned.Select(post => $"{post.Occurrence:yyyy-MM-dd HH:mm}").Order()
        );
    }

    [Fact]
    public async Task PlanDue_AfterALongOutageAndAChangeOfTheDefaultZone_StatesWhatWasMissed()
    {
        await SetUpAsync(SampleGuild.Schedule());

        var restarted = Scheduler(settings: InNewYork);
        await AtAsync(restarted, "2027-02-03 21:00");
        await AtAsync(restarted, "2027-02-03 21:01");

        Assert.Equal(
            ["2027-02-01 14:00", "2027-02-02 14:00", "2027-02-03 14:00"],
            (await PostsAsync()).Select(post => $"{post.Occurrence:yyyy-MM-dd HH:mm}").Order()
        );
        Assert.All(await PostsAsync(), post => Assert.Equal(PostState.Missed, post.State));
    }

    [Theory]
    [InlineData("2027-02-01 08:30")]
    [InlineData("2027-02-01 09:30")]
    public async Task PlanDue_AfterAChangeOfTheDefaultZone_SkipsTheMovedOccurrence(string start)
    {
        await SetUpAsync(SampleGuild.Schedule() with { Skip = Some.At("2027-02-01 09:00") });
        var restarted = Scheduler(settings: InNewYork);
        await AtAsync(restarted, start);
        await AtAsync(restarted, "2027-02-01 14:00");

        var post = Assert.Single(await PostsAsync());
        Assert.Equal((CancelCause.Skipped, Some.At("2027-02-01 14:00")), (post.CancelCause, post.Occurrence));
    }

    [Fact]
    public async Task PlanDue_AfterAChangeOfTheDefaultZone_LeavesSchedulesWithAnotherZone()
    {
        await SetUpAsync(SampleGuild.Schedule(zone: "Europe/London"));

        await AtAsync(Scheduler(settings: InNewYork), "2027-02-01 12:00");

        Assert.Equal(Some.At("2027-02-01 09:00"), Assert.Single(await PostsAsync()).Occurrence);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task PlanDue_AfterALongOutage_PostsNothingLateAndStatesWhatWasMissed()
    {
        await SetUpAsync(SampleGuild.Schedule());
        await AtAsync(Scheduler(), "2027-02-04 20:00");

        Assert.Equal(4, (await PostsAsync()).Count);
        Assert.All(await PostsAsync(), post => Assert.Equal(PostState.Missed, post.State));
    }

    [Fact]
    public async Task PlanDue_AfterAShortOutage_PostsTheLatestAndNoBurst()
    {
        await SetUpAsync(SampleGuild.Schedule());
        await AtAsync(Scheduler(), "2027-02-04 12:00");

        Assert.Equal(
            [PostState.Missed, PostState.Missed, PostState.Missed, PostState.Planned],
            (await PostsAsync()).Select(post => post.State)
        );
    }

    [Fact]
    public async Task PlanDue_AfterAChangeBetweenTwoOccurrences_PostsNothingFromBefore()
    {
        await SetUpAsync(SampleGuild.Schedule());
        _scheduleClock.AdjustTime(Some.At("2027-02-03 12:00"));
        await SetUpAsync(SampleGuild.Schedule(time: "11:00"));
        await AtAsync(Scheduler(), "2027-02-03 12:00");

        Assert.Empty(await PostsAsync());
    }

    [Fact]
    public async Task PlanDue_ASkippedOccurrence_IsRecordedAndTheNextIsPosted()
    {
        await SetUpAsync(SampleGuild.Schedule() with { Skip = Some.At("2027-02-01 09:00") });
        var scheduler = Scheduler();
        await AtAsync(scheduler, "2027-02-01 09:00");
        await AtAsync(scheduler, "2027-02-02 09:00");

        var posts = await PostsAsync();
        Assert.Equal([PostState.Cancelled, PostState.Planned], posts.Select(post => post.State));
        Assert.Equal(CancelCause.Skipped, posts[0].CancelCause);
        Assert.Equal("An admin of the server skipped this occurrence.", posts[0].Reason);
        Assert.Null((await _guilds.FindAsync(SampleGuild.Guild, Stop))!.Schedules.Single().Skip);
    }

    [Fact]
    public async Task PlanDue_WhenTheClockJumpedAheadAndBack_PostsTheDayAfterAll()
    {
        await SetUpAsync(SampleGuild.Schedule());
        var scheduler = Scheduler();
        await AtAsync(scheduler, "2027-02-01 00:00");
        await AtAsync(scheduler, "2027-06-01 20:00"); // the clock is wrong
        await AtAsync(scheduler, "2027-02-01 08:00"); // the clock is corrected
        await AtAsync(scheduler, "2027-02-01 09:00");

        Assert.Equal(
            PostState.Planned,
            (await PostsAsync()).Single(post => post.Occurrence == Some.At("2027-02-01 09:00")).State
        );
    }

    [Fact]
    public async Task PlanDue_WhenTheClockWasCorrectedWhileTheBotWasAway_PostsTheDayAfterAll()
    {
        await SetUpAsync(SampleGuild.Schedule());
        await AtAsync(Scheduler(), "2027-06-01 20:00");
        var restarted = Scheduler();
        await AtAsync(restarted, "2027-02-01 08:00");
        await AtAsync(restarted, "2027-02-01 09:00");

        Assert.Equal(
            PostState.Planned,
            (await PostsAsync()).Single(post => post.Occurrence == Some.At("2027-02-01 09:00")).State
        );
    }

    [Fact]
    public async Task PlanDue_ByTwoWorkers_PlansOnce()
    {
        await SetUpAsync(SampleGuild.Schedule());
        await Task.WhenAll(AtAsync(Scheduler(), "2027-02-01 09:00"), AtAsync(Scheduler(), "2027-02-01 09:00"));

        Assert.Single(await PostsAsync());
    }

    [Fact]
    public async Task PlanDue_InAZoneThatThisMachineDoesNotKnow_PausesRatherThanPostAtAWrongHour()
    {
        await _guilds.ChangeAsync(
            SampleGuild.Guild,
            _ => new GuildChange(
                SampleGuild.With(
                    SampleGuild.Schedule(zone: "Atlantis/Poseidonis", nextDue: Some.At("2027-02-01 09:00"))
                )
            ),
            Stop
        );
        var scheduler = Scheduler();
        await AtAsync(scheduler, "2027-02-01 09:00");
        await AtAsync(scheduler, "2027-02-01 09:01");

        Assert.Empty(await PostsAsync());
        Assert.Equal(
            PauseCause.UnknownZone,
            (await _guilds.FindAsync(SampleGuild.Guild, Stop))!.Schedules.Single().Paused
        );
    }

    [Fact]
    public async Task PlanDue_MoreThanABatchAtOneMinute_PlansEachOnce_AndAsksOneQuestionWhileNoneIsDue()
    {
        const int Servers = 1_001; // two batches of 500 and one more
        await AddServersAsync(Servers);
        var counting = new CountingGuildStore(_guilds);
        var scheduler = Scheduler(guildStore: counting);
        await AtAsync(scheduler, "2027-02-01 08:00");
        counting.Questions = 0;
        await AtAsync(scheduler, "2027-02-01 08:59");
        Assert.Equal(1, counting.Questions);

        await AtAsync(scheduler, "2027-02-01 09:00");

        var posts = await _ledger.GetRecentAsync(Servers + 1, Stop);
        Assert.Equal(Servers, posts.Count);
        Assert.Equal(Servers, posts.Select(post => post.Destination).Distinct().Count());
        Assert.All(posts, post => Assert.Equal(PostState.Planned, post.State));
        Assert.Empty(await _guilds.GetDueAsync(Some.At("2027-02-01 09:00"), 10, Stop));
    }

    [Fact]
    public async Task PlanDue_ABatchThatOthersAreChanging_IsLeftToTheNextIteration()
    {
        await AddServersAsync(500);
        var counting = new CountingGuildStore(_guilds) { RefusesPlans = true };
        var scheduler = Scheduler(guildStore: counting);
        await AtAsync(scheduler, "2027-02-01 08:00");
        counting.Questions = 0;

        await AtAsync(scheduler, "2027-02-01 09:00");

        Assert.Equal(501, counting.Questions);
        Assert.Empty(await PostsAsync());
    }

    /// <summary>Each row: milliseconds from a minute before the last check, and whether the clock was set
    /// back.</summary>
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task PlanDue_AfterACorrectionOfTheClock_LooksAtAllSchedulesOnlyBeyondAMinute(
        int milliseconds,
        bool isBack
    )
    {
        var counting = new CountingGuildStore(_guilds);
        var scheduler = Scheduler(guildStore: counting);
        await AtAsync(scheduler, "2027-02-01 08:00");
        _scheduleClock.AdjustTime(Some.At("2027-02-01 07:59").AddMilliseconds(milliseconds));
        counting.Questions = 0;

        await scheduler.PlanDueAsync(Stop);
        Assert.Equal(isBack ? 2 : 1, counting.Questions);
        await scheduler.PlanDueAsync(Stop);

        Assert.Equal(isBack ? 3 : 2, counting.Questions);
    }

    [Fact]
    public async Task PlanDue_WhenTheClockIsSetBack_MovesOnlyWhatIsDueEarlier()
    {
        await _guilds.ChangeAsync(
            SampleGuild.Guild,
            _ => new GuildChange(
                SampleGuild.With(
                    SampleGuild.Schedule(name: "ahead", nextDue: Some.At("2027-06-01 09:00")),
                    SampleGuild.Schedule(name: "due", time: "07:00", nextDue: Some.At("2027-02-01 07:00")),
                    SampleGuild.Schedule(name: "next", nextDue: Some.At("2027-02-01 09:00")),
                    SampleGuild.Schedule(name: "paused") with
                    {
                        Paused = PauseCause.Admin,
                    },
                    SampleGuild.Schedule(
                        name: "unknown",
                        zone: "Atlantis/Poseidonis",
                        nextDue: Some.At("2027-06-01 09:00")
                    )
                )
            ),
            Stop
        );

        await AtAsync(Scheduler(), "2027-02-01 08:00");

        Assert.Equal(
            [
                "ahead 2027-02-01 09:00:00Z",
                "due 2027-02-02 07:00:00Z",
                "next 2027-02-01 09:00:00Z",
                "paused ",
                "unknown 2027-06-01 09:00:00Z",
            ],
            (await _guilds.FindAsync(SampleGuild.Guild, Stop))!.Schedules.Select(schedule =>
                $"{schedule.Name} {schedule.NextDue:u}"
            )
        );
        Assert.Equal("guild:100:due", Assert.Single(await PostsAsync()).Schedule.ToString());
    }

    [Fact]
    public async Task PlanDue_InAZoneThatThisMachineDoesNotKnow_ReportsItOnce()
    {
        var due = Some.At("2027-02-01 09:00");
        await _guilds.ChangeAsync(
            SampleGuild.Guild,
            _ => new GuildChange(
                SampleGuild.With(
                    SampleGuild.Schedule(zone: "Atlantis/Poseidonis", nextDue: due),
                    SampleGuild.Schedule(name: "well", nextDue: due)
                )
            ),
            Stop
        );
        var scheduler = Scheduler();
        for (var second = 0; second < 3; second++)
        {
            _scheduleClock.AdjustTime(due.AddSeconds(second));
            await scheduler.PlanDueAsync(Stop);
        }

        var schedules = (await _guilds.FindAsync(SampleGuild.Guild, Stop))!.Schedules;
        Assert.Equal((due, null), (schedules[0].PausedAt, schedules[0].NextDue));
        Assert.Equal((null, due.AddDays(1)), (schedules[1].Paused, schedules[1].NextDue));
        Assert.Equal(
            [
                "Error: Schedule guild:100:morning is paused: this machine does not know its time zone. Upgrade the package tzdata, or install tzdata-legacy.",
            ],
            _log.Lines
        );
    }

    [Fact]
    public async Task PlanDue_WhatIsPlanned_IsLoggedOnce()
    {
        await SetUpAsync(SampleGuild.Schedule());
        var scheduler = Scheduler();
        await AtAsync(scheduler, "2027-02-01 09:00");
        await AtAsync(scheduler, "2027-02-01 09:01");

        Assert.Equal(
            ["Information: Planned guild:100:morning, due 2027-02-01 09:00 UTC, to discord:1"],
            _planned.Lines
        );
        Assert.Equal(
            Some.At("2027-02-02 09:00"),
            (await _guilds.FindAsync(SampleGuild.Guild, Stop))!.Schedules.Single().NextDue
        );
    }

    private Task AddServersAsync(int count) =>
        _database.WriteAsync(
            async session =>
            {
                // In one transaction, because this test is about due times, not about a thousand commands.
                for (var guild = 1; guild <= count; guild++)
                {
                    var due = Some.At("2027-02-01 09:00").ToUnixTimeMilliseconds();
                    await session.ExecuteAsync($"INSERT INTO guilds (guild) VALUES ({guild})", Stop);
                    await session.ExecuteAsync(
                        $"INSERT INTO guild_schedules (guild, name, channel, time, days, content, next_due) VALUES ({guild}, 'morning', {guild}, 540, 127, 'quote', {due})",
                        Stop
                    );
                }

                return 0;
            },
            Stop
        );

    private Task SetUpAsync(GuildSchedule schedule) =>
        _guilds.SetUpAsync(_scheduleClock.GetUtcNow(), zone: null, schedule);

    private GuildScheduler Scheduler(
        PublishTargets? publishTargets = null,
        IGuildStore? guildStore = null,
        BotSettings? settings = null
    ) =>
        TestEngine.GuildScheduler(
            guildStore ?? _guilds,
            _ledger,
            _catalogue.Live,
            new Clocks(_scheduleClock, _scheduleClock),
            settings,
            planned: _planned,
            log: _log,
            targets: publishTargets
        );

    private Task AtAsync(GuildScheduler scheduler, string utc)
    {
        _scheduleClock.AdjustTime(Some.At(utc));
        return scheduler.PlanDueAsync(Stop);
    }

    private async Task<IReadOnlyList<Post>> PostsAsync() => [.. (await _ledger.GetRecentAsync(1000, Stop)).Reverse()];

    private sealed class CountingGuildStore(IGuildStore inner) : IGuildStore
    {
        public int Questions { get; set; }

        /// <summary>Each schedule was changed by another process in between.</summary>
        public bool RefusesPlans { get; init; }

        public Task<GuildSettings?> FindAsync(GuildId guild, CancellationToken cancellationToken) =>
            Counted(inner.FindAsync(guild, cancellationToken));

        public Task<IReadOnlyList<GuildSettings>> ListAsync(
            GuildId? after,
            int limit,
            CancellationToken cancellationToken
        ) => Counted(inner.ListAsync(after, limit, cancellationToken));

        public Task<DateTimeOffset?> GetNextDueAsync(CancellationToken cancellationToken) =>
            Counted(inner.GetNextDueAsync(cancellationToken));

        public Task<GuildSettings> ChangeAsync(
            GuildId guild,
            Func<GuildSettings, GuildChange?> decide,
            CancellationToken cancellationToken
        ) => Counted(inner.ChangeAsync(guild, decide, cancellationToken));

        public Task<IReadOnlyList<GuildSettings>> GetDueAsync(
            DateTimeOffset scheduleNow,
            int limit,
            CancellationToken cancellationToken
        ) => Counted(inner.GetDueAsync(scheduleNow, limit, cancellationToken));

        public Task<GuildSettings?> FindByChannelAsync(ChannelId channel, CancellationToken cancellationToken) =>
            Counted(inner.FindByChannelAsync(channel, cancellationToken));

        public Task<IReadOnlyList<Post>?> TryPlanAsync(
            GuildSchedule before,
            DateTimeOffset? nextDue,
            IReadOnlyList<Post> posts,
            CancellationToken cancellationToken
        ) =>
            Counted(
                RefusesPlans
                    ? Task.FromResult<IReadOnlyList<Post>?>(null)
                    : inner.TryPlanAsync(before, nextDue, posts, cancellationToken)
            );

        public Task<bool> DeleteAsync(GuildId guild, DateTimeOffset? leftBefore, CancellationToken cancellationToken) =>
            Counted(inner.DeleteAsync(guild, leftBefore, cancellationToken));

        private T Counted<T>(T result)
        {
            Questions++;
            Assert.True(Questions < 100_000, "It asks without end.");
            return result;
        }
    }
}
