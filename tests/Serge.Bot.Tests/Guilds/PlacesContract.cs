namespace Serge.Bot.Tests.Guilds;

/// <summary>What every store of the servers' schedules promises, whatever it stores in.</summary>
public abstract class GuildStoreContract(TestDatabase store) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Some.Noon;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected IGuildStore Places { get; private set; } = null!;

    private protected ILedger Ledger { get; private set; } = null!;

    private Database? _database;

    public async ValueTask InitializeAsync()
    {
        _database = await store.OpenAsync();
        (Places, Ledger) = (new GuildStore(_database), new Ledger(_database));
    }

    public async ValueTask DisposeAsync()
    {
        // Skipped tests have none.
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Change_ThenReopen_HasEverything()
    {
        var full = SomePlace.Schedule(
            time: "23:59",
            days: Weekdays.Sunday | Weekdays.Wednesday,
            content: ScheduleContent.OnThisDayOrQuote,
            zone: "Australia/Lord_Howe",
            channel: ulong.MaxValue / 2
        ) with
        {
            Paused = PauseCause.ChannelForbidden,
            PausedAt = Now,
            Skip = Now.AddDays(1),
            NextDue = Now.AddDays(2),
        };
        var place = SomePlace.With(
            full,
            SomePlace.Schedule(name: "a first one"),
            SomePlace.Schedule(name: "zeit “ß” 日")
        ) with
        {
            Zone = "Europe/Brussels",
            LeftAt = Now.AddDays(-1),
        };
        await Places.ChangeAsync(SomePlace.Guild, _ => new GuildChange(place), Stop);

        await ReopenAsync();

        Assert.Equivalent(place, await Places.FindAsync(SomePlace.Guild, Stop), strict: true);
        Assert.Equivalent(place, Assert.Single(await Places.ListAsync(Stop)), strict: true);
    }

    [Fact]
    public async Task Find_AServerThatHasSetNothingUp_IsNull()
    {
        await AddAsync(SomePlace.Schedule());

        Assert.Null(await Places.FindAsync(new GuildId(101), Stop));
    }

    [Fact]
    public async Task Find_OfTwoServersWithSchedulesOfOneName_HasItsOwn()
    {
        await AddAsync(SomePlace.Schedule(guild: 100, channel: 1));
        await AddAsync(SomePlace.Schedule(guild: 200, channel: 2));

        Assert.Equal(
            new ChannelId(2),
            Assert.Single((await Places.FindAsync(new GuildId(200), Stop))!.Schedules).Channel
        );
        Assert.Equal([100, 200], (await Places.ListAsync(Stop)).Select(place => (int)place.Guild.Value));
    }

    [Fact]
    public async Task List_WithAContentThatNobodyKnows_NamesIt()
    {
        await store.WriteAsync(
            "INSERT INTO guilds (guild) VALUES (1)",
            "INSERT INTO guild_schedules (guild, name, channel, time, days, content, zone) VALUES (1, 'a', 1, 0, 1, 'recipe', 'Etc/UTC')"
        );

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Places.ListAsync(Stop));

        Assert.Equal("Unknown content recipe.", e.Message);
    }

    [Fact]
    public async Task Change_ToNothing_WritesNothing()
    {
        var after = await Places.ChangeAsync(SomePlace.Guild, _ => null, Stop);

        Assert.Empty(after.Schedules);
        Assert.Null(await Places.FindAsync(SomePlace.Guild, Stop));
    }

    [Fact]
    public async Task Change_TakesAwayAndReplacesByName_AndLeavesTheOthers()
    {
        await AddAsync(SomePlace.Schedule(name: "a"), SomePlace.Schedule(name: "b"), SomePlace.Schedule(name: "c"));

        await Places.ChangeAsync(
            SomePlace.Guild,
            place => new GuildChange(place.Without("a").With(SomePlace.Schedule(name: "b", channel: 7))),
            Stop
        );

        Assert.Equal(
            [("b", 7ul), ("c", 1ul)],
            (await Places.FindAsync(SomePlace.Guild, Stop))!.Schedules.Select(schedule =>
                (schedule.Name, schedule.Channel.Value)
            )
        );
    }

    [Fact]
    public async Task Change_ByManyAtOnce_LosesNone()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(n =>
                    Places.ChangeAsync(
                        SomePlace.Guild,
                        place => new GuildChange(place.With(SomePlace.Schedule(name: $"{n}"))),
                        Stop
                    )
                )
        );

        Assert.Equal(8, (await Places.FindAsync(SomePlace.Guild, Stop))!.Schedules.Count);
    }

    [Fact]
    public async Task Change_ByTwoWorkersOnOneDatabase_LosesNone()
    {
        var database = await store.OpenAsync();
        await using (database)
        {
            GuildStore places = new(database);
            await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(n =>
                        (n % 2 == 0 ? Places : places).ChangeAsync(
                            SomePlace.Guild,
                            place => new GuildChange(place.With(SomePlace.Schedule(name: $"{n}"))),
                            Stop
                        )
                    )
            );
        }

        Assert.Equal(8, (await Places.FindAsync(SomePlace.Guild, Stop))!.Schedules.Count);
    }

    [Fact]
    public async Task Change_ThatCallsOff_CancelsOnlyWhatIsPlannedBySuchASchedule()
    {
        var (mine, other) = (SomePlace.Schedule(name: "mine"), SomePlace.Schedule(name: "mine too"));
        await AddAsync(mine, other);
        foreach (
            var (schedule, state, hours) in new[]
            {
                (mine, PostState.Planned, 1),
                (mine, PostState.Unknown, 2),
                (mine, PostState.Sent, 3),
                (other, PostState.Planned, 4),
            }
        )
        {
            await Ledger.PlanAsync(
                "",
                null,
                [Some.Post($"{hours}", state, "discord:1", Now.AddHours(-hours)) with { Schedule = schedule.Id }],
                Stop
            );
        }

        await Places.ChangeAsync(
            SomePlace.Guild,
            place => new GuildChange(place) { Cancelled = [(mine, "Because.")] },
            Stop
        );

        Assert.Equal(
            [
                ("1", PostState.Cancelled, "Because."),
                ("2", PostState.Unknown, null),
                ("3", PostState.Sent, null),
                ("4", PostState.Planned, null),
            ],
            (await Ledger.GetRecentAsync(10, Stop)).Select(post => (post.Key, post.State, post.Reason))
        );
    }

    [Fact]
    public async Task Due_OnlyWhatHasFallenDue_LongestDueFirst_AndNoMoreThanWanted()
    {
        await AddAsync(
            SomePlace.Schedule(guild: 1, nextDue: Now),
            SomePlace.Schedule(guild: 1, name: "later", nextDue: Now.AddMilliseconds(1)),
            SomePlace.Schedule(guild: 1, name: "never")
        );
        await AddAsync(SomePlace.Schedule(guild: 2, nextDue: Now.AddHours(-1)));
        await AddAsync(SomePlace.Schedule(guild: 3, nextDue: Now));

        Assert.Equal(["2 morning", "1 morning", "3 morning"], Lines(await Places.GetDueAsync(Now, 10, Stop)));
        Assert.Equal(["2 morning", "1 morning"], Lines(await Places.GetDueAsync(Now, 2, Stop)));
        Assert.Empty(await Places.GetDueAsync(Now.AddDays(-1), 10, Stop));
    }

    [Fact]
    public async Task InChannel_IsTheServerWithTheSchedulesThatPostThere()
    {
        await AddAsync(
            SomePlace.Schedule(guild: 1, name: "a", channel: 7),
            SomePlace.Schedule(guild: 1, name: "b", channel: 8),
            SomePlace.Schedule(guild: 1, name: "c", channel: 7)
        );
        await AddAsync(SomePlace.Schedule(guild: 2, channel: 9));

        Assert.Equal(["1 a", "1 c"], Lines([(await Places.FindByChannelAsync(new ChannelId(7), Stop))!]));
        Assert.Null(await Places.FindByChannelAsync(new ChannelId(10), Stop));
    }

    [Fact]
    public async Task TryPlan_WritesPostsAndNextDueTogether_AndForgetsASkipThatIsOver()
    {
        var due = SomePlace.Schedule(nextDue: Now) with { Skip = Now };
        await AddAsync(due);

        var added = await Places.TryPlanAsync(due, Now.AddDays(1), [Post(due)], Stop);

        Assert.Single(added!);
        Assert.Single(await Ledger.GetRecentAsync(10, Stop));
        Assert.Equivalent(
            due with
            {
                NextDue = Now.AddDays(1),
                Skip = null,
            },
            (await Places.FindAsync(SomePlace.Guild, Stop))!.Schedules.Single(),
            strict: true
        );
    }

    [Theory]
    [InlineData("time")]
    [InlineData("channel")]
    [InlineData("content")]
    [InlineData("paused")]
    [InlineData("skip")]
    [InlineData("removed")]
    public async Task TryPlan_AfterTheScheduleHasChanged_WritesNothing(string change)
    {
        var due = SomePlace.Schedule(nextDue: Now);
        await AddAsync(due);
        await Places.ChangeAsync(
            SomePlace.Guild,
            place => new GuildChange(
                change switch
                {
                    "time" => place.With(due with { Time = new TimeOnly(10, 0), NextDue = Now.AddHours(22) }),
                    "channel" => place.With(due with { Channel = new ChannelId(2) }),
                    "content" => place.With(due with { Content = ScheduleContent.OnThisDay }),
                    "paused" => place.With(due with { Paused = PauseCause.Admin, NextDue = null }),
                    "skip" => place.With(due with { Skip = Now }),
                    _ => place.Without(due.Name),
                }
            ),
            Stop
        );

        Assert.Null(await Places.TryPlanAsync(due, Now.AddDays(1), [Post(due)], Stop));

        Assert.Empty(await Ledger.GetRecentAsync(10, Stop));
    }

    [Fact]
    public async Task TryPlan_ByTwo_OnlyOnePlans()
    {
        var due = SomePlace.Schedule(nextDue: Now);
        await AddAsync(due);

        var plans = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(n => Places.TryPlanAsync(due, Now.AddDays(1), [Post(due) with { Key = $"{n}" }], Stop))
        );

        Assert.Single(plans, added => added is not null);
        Assert.Single(await Ledger.GetRecentAsync(10, Stop));
    }

    [Fact]
    public async Task Forget_DeletesAllThatIsOfThisServer_AndNothingElse()
    {
        var (mine, other) = (SomePlace.Schedule(guild: 10), SomePlace.Schedule(guild: 100));
        await AddAsync(mine);
        await AddAsync(other);
        await Ledger.PlanAsync(
            "",
            null,
            [Post(mine) with { Key = "mine" }, Post(other) with { Key = "other" }, Some.Post("own", to: "discord:1")],
            Stop
        );

        Assert.True(await Places.DeleteAsync(mine.Guild, leftBefore: null, Stop));

        Assert.Null(await Places.FindAsync(mine.Guild, Stop));
        Assert.Single((await Places.FindAsync(other.Guild, Stop))!.Schedules);
        Assert.Equal(
            ["other", "own"],
            (await Ledger.GetRecentAsync(10, Stop)).Select(post => post.Key).Order(StringComparer.Ordinal)
        );
        Assert.False(await Places.DeleteAsync(mine.Guild, leftBefore: null, Stop));
    }

    [Theory]
    [InlineData(null, false)] // we are in it
    [InlineData(-1, false)]
    [InlineData(-31, true)]
    public async Task Forget_WithATerm_OnlyServersThatWeLeftBefore(int? leftDaysAgo, bool isForgotten)
    {
        await Places.ChangeAsync(
            SomePlace.Guild,
            place => new GuildChange(
                place with
                {
                    Zone = "Etc/UTC",
                    LeftAt = leftDaysAgo is { } days ? Now.AddDays(days) : null,
                }
            ),
            Stop
        );

        Assert.Equal(isForgotten, await Places.DeleteAsync(SomePlace.Guild, Now.AddDays(-30), Stop));
        Assert.Equal(isForgotten, await Places.FindAsync(SomePlace.Guild, Stop) is null);
    }

    private Task<GuildSettings> AddAsync(params GuildSchedule[] schedules) =>
        Places.ChangeAsync(schedules[0].Guild, _ => new GuildChange(SomePlace.With(schedules)), Stop);

    private static Post Post(GuildSchedule schedule) => Some.Post(to: "discord:1") with { Schedule = schedule.Id };

    private static IEnumerable<string> Lines(IEnumerable<GuildSettings> places) =>
        places.SelectMany(place => place.Schedules.Select(schedule => $"{place.Guild} {schedule.Name}"));

    private async Task ReopenAsync()
    {
        await _database!.DisposeAsync();
        await InitializeAsync();
    }
}
