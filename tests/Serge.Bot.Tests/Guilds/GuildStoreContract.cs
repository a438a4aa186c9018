namespace Serge.Bot.Tests.Guilds;

/// <summary>The guarantees of every store of the servers' schedules, with any kind of database.</summary>
public abstract class GuildStoreContract(TestDatabase store) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Some.Noon;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected IGuildStore Store { get; private set; } = null!;

    private protected ILedger Ledger { get; private set; } = null!;

    private Database? _database;

    public async ValueTask InitializeAsync()
    {
        _database = await store.OpenAsync();
        (Store, Ledger) = (new GuildStore(_database), new Ledger(_database));
    }

    public async ValueTask DisposeAsync()
    {
        // Skipped tests have no database.
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
        var full = SampleGuild.Schedule(
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
        var guildSettings = SampleGuild.With(
            full,
            SampleGuild.Schedule(name: "a first one"),
            SampleGuild.Schedule(name: "zeit “ß” 日")
        ) with
        {
            Zone = "Europe/Brussels",
            LeftAt = Now.AddDays(-1),
        };
        await Store.ChangeAsync(SampleGuild.Guild, _ => new GuildChange(guildSettings), Stop);

        await ReopenAsync();

        Assert.Equivalent(guildSettings, await Store.FindAsync(SampleGuild.Guild, Stop), strict: true);
        Assert.Equivalent(guildSettings, Assert.Single(await Store.ListAsync(Stop)), strict: true);
    }

    [Fact]
    public async Task Find_AServerThatHasSetNothingUp_IsNull()
    {
        await AddAsync(SampleGuild.Schedule());

        Assert.Null(await Store.FindAsync(new GuildId(101), Stop));
    }

    [Fact]
    public async Task Find_OfTwoServersWithSchedulesOfOneName_HasItsOwn()
    {
        await AddAsync(SampleGuild.Schedule(guild: 100, channel: 1));
        await AddAsync(SampleGuild.Schedule(guild: 200, channel: 2));

        Assert.Equal(
            new ChannelId(2),
            Assert.Single((await Store.FindAsync(new GuildId(200), Stop))!.Schedules).Channel
        );
        Assert.Equal([100, 200], (await Store.ListAsync(Stop)).Select(guildSettings => (int)guildSettings.Guild.Value));
    }

    [Fact]
    public async Task List_AfterAServer_IsThePageThatFollows_EachServerWithAllItsSchedules()
    {
        await AddAsync(SampleGuild.Schedule(guild: 100, name: "a"), SampleGuild.Schedule(guild: 100, name: "b"));
        await AddAsync(SampleGuild.Schedule(guild: 200));
        await AddAsync(SampleGuild.Schedule(guild: 300));

        var first = await Store.ListAsync(after: null, limit: 2, Stop);
        var second = await Store.ListAsync(first[^1].Guild, limit: 2, Stop);

        Assert.Equal([(100, 2), (200, 1)], first.Select(guild => ((int)guild.Guild.Value, guild.Schedules.Count)));
        Assert.Equal([(300, 1)], second.Select(guild => ((int)guild.Guild.Value, guild.Schedules.Count)));
    }

    [Fact]
    public async Task ReadAll_OfMoreThanAPage_HasEachServerOnce()
    {
        const int Servers = 1_000; // two full pages
        var values = string.Join(", ", Enumerable.Range(1, Servers).Select(guild => $"({guild})"));
        await store.WriteAsync($"INSERT INTO guilds (guild) VALUES {values}");

        var all = await Store.ListAsync(Stop);

        Assert.Equal(Enumerable.Range(1, Servers), all.Select(guild => (int)guild.Guild.Value));
    }

    [Fact]
    public async Task List_WithAContentThatNobodyKnows_NamesIt()
    {
        await store.WriteAsync(
            "INSERT INTO guilds (guild) VALUES (1)",
            "INSERT INTO guild_schedules (guild, name, channel, time, days, content, zone) VALUES (1, 'a', 1, 0, 1, 'recipe', 'Etc/UTC')"
        );

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Store.ListAsync(Stop));

        Assert.Equal("Unknown content recipe.", e.Message);
    }

    [Fact]
    public async Task Change_ToNothing_WritesNothing()
    {
        var after = await Store.ChangeAsync(SampleGuild.Guild, _ => null, Stop);

        Assert.Empty(after.Schedules);
        Assert.Null(await Store.FindAsync(SampleGuild.Guild, Stop));
    }

    [Fact]
    public async Task Change_OfAServer_FindsItNewOnlyOnce()
    {
        List<bool> isNew = [];
        for (var n = 0; n < 2; n++)
        {
            var after = await Store.ChangeAsync(
                SampleGuild.Guild,
                before =>
                {
                    isNew.Add(before.IsNew);
                    return new GuildChange(before);
                },
                Stop
            );
            Assert.False(after.IsNew);
        }

        Assert.Equal([true, false], isNew);
    }

    [Fact]
    public async Task Change_DeletesAndReplacesByName_AndLeavesTheOthers()
    {
        await AddAsync(
            SampleGuild.Schedule(name: "a"),
            SampleGuild.Schedule(name: "b"),
            SampleGuild.Schedule(name: "c")
        );

        await Store.ChangeAsync(
            SampleGuild.Guild,
            guildSettings => new GuildChange(
                guildSettings.Without("a").With(SampleGuild.Schedule(name: "b", channel: 7))
            ),
            Stop
        );

        Assert.Equal(
            [("b", 7ul), ("c", 1ul)],
            (await Store.FindAsync(SampleGuild.Guild, Stop))!.Schedules.Select(schedule =>
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
                    Store.ChangeAsync(
                        SampleGuild.Guild,
                        guildSettings => new GuildChange(guildSettings.With(SampleGuild.Schedule(name: $"{n}"))),
                        Stop
                    )
                )
        );

        Assert.Equal(8, (await Store.FindAsync(SampleGuild.Guild, Stop))!.Schedules.Count);
    }

    [Fact]
    public async Task Change_ByTwoWorkersOnOneDatabase_LosesNone()
    {
        var database = await store.OpenAsync();
        await using (database)
        {
            GuildStore guildStore = new(database);
            await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(n =>
                        (n % 2 == 0 ? Store : guildStore).ChangeAsync(
                            SampleGuild.Guild,
                            guildSettings => new GuildChange(guildSettings.With(SampleGuild.Schedule(name: $"{n}"))),
                            Stop
                        )
                    )
            );
        }

        Assert.Equal(8, (await Store.FindAsync(SampleGuild.Guild, Stop))!.Schedules.Count);
    }

    [Fact]
    public async Task Change_ThatCancels_CancelsOnlyWhatIsPlannedBySuchASchedule()
    {
        var (mine, other) = (SampleGuild.Schedule(name: "mine"), SampleGuild.Schedule(name: "mine too"));
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

        await Store.ChangeAsync(
            SampleGuild.Guild,
            guildSettings => new GuildChange(guildSettings) { Superseded = [(mine, "Because.")] },
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
            SampleGuild.Schedule(guild: 1, nextDue: Now),
            SampleGuild.Schedule(guild: 1, name: "later", nextDue: Now.AddMilliseconds(1)),
            SampleGuild.Schedule(guild: 1, name: "never")
        );
        await AddAsync(SampleGuild.Schedule(guild: 2, nextDue: Now.AddHours(-1)));
        await AddAsync(SampleGuild.Schedule(guild: 3, nextDue: Now));

        Assert.Equal(["2 morning", "1 morning", "3 morning"], Lines(await Store.GetDueAsync(Now, 10, Stop)));
        Assert.Equal(["2 morning", "1 morning"], Lines(await Store.GetDueAsync(Now, 2, Stop)));
        Assert.Empty(await Store.GetDueAsync(Now.AddDays(-1), 10, Stop));
    }

    [Fact]
    public async Task InChannel_IsTheServerWithTheSchedulesThatPostThere()
    {
        await AddAsync(
            SampleGuild.Schedule(guild: 1, name: "a", channel: 7),
            SampleGuild.Schedule(guild: 1, name: "b", channel: 8),
            SampleGuild.Schedule(guild: 1, name: "c", channel: 7)
        );
        await AddAsync(SampleGuild.Schedule(guild: 2, channel: 9));

        Assert.Equal(["1 a", "1 c"], Lines([(await Store.FindByChannelAsync(new ChannelId(7), Stop))!]));
        Assert.Null(await Store.FindByChannelAsync(new ChannelId(10), Stop));
    }

    [Fact]
    public async Task TryPlan_WritesPostsAndNextDueTogether_AndForgetsASkipThatIsOver()
    {
        var due = SampleGuild.Schedule(nextDue: Now) with { Skip = Now };
        await AddAsync(due);

        var added = await Store.TryPlanAsync(due, Now.AddDays(1), [Post(due)], Stop);

        Assert.Single(added!);
        Assert.Single(await Ledger.GetRecentAsync(10, Stop));
        Assert.Equivalent(
            due with
            {
                NextDue = Now.AddDays(1),
                Skip = null,
            },
            (await Store.FindAsync(SampleGuild.Guild, Stop))!.Schedules.Single(),
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
        var due = SampleGuild.Schedule(nextDue: Now);
        await AddAsync(due);
        await Store.ChangeAsync(
            SampleGuild.Guild,
            guildSettings => new GuildChange(
                change switch
                {
                    "time" => guildSettings.With(due with { Time = new TimeOnly(10, 0), NextDue = Now.AddHours(22) }),
                    "channel" => guildSettings.With(due with { Channel = new ChannelId(2) }),
                    "content" => guildSettings.With(due with { Content = ScheduleContent.OnThisDay }),
                    "paused" => guildSettings.With(due with { Paused = PauseCause.Admin, NextDue = null }),
                    "skip" => guildSettings.With(due with { Skip = Now }),
                    _ => guildSettings.Without(due.Name),
                }
            ),
            Stop
        );

        Assert.Null(await Store.TryPlanAsync(due, Now.AddDays(1), [Post(due)], Stop));

        Assert.Empty(await Ledger.GetRecentAsync(10, Stop));
    }

    [Fact]
    public async Task TryPlan_ByTwo_OnlyOnePlans()
    {
        var due = SampleGuild.Schedule(nextDue: Now);
        await AddAsync(due);

        var plans = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(n => Store.TryPlanAsync(due, Now.AddDays(1), [Post(due) with { Key = $"{n}" }], Stop))
        );

        Assert.Single(plans, added => added is not null);
        Assert.Single(await Ledger.GetRecentAsync(10, Stop));
    }

    [Fact]
    public async Task Delete_DeletesAllThatIsOfThisServer_AndNothingElse()
    {
        var (mine, other) = (SampleGuild.Schedule(guild: 10), SampleGuild.Schedule(guild: 100));
        await AddAsync(mine);
        await AddAsync(other);
        await Ledger.PlanAsync(
            "",
            null,
            [Post(mine) with { Key = "mine" }, Post(other) with { Key = "other" }, Some.Post("own", to: "discord:1")],
            Stop
        );

        Assert.True(await Store.DeleteAsync(mine.Guild, leftBefore: null, Stop));

        Assert.Null(await Store.FindAsync(mine.Guild, Stop));
        Assert.Single((await Store.FindAsync(other.Guild, Stop))!.Schedules);
        Assert.Equal(
            ["other", "own"],
            (await Ledger.GetRecentAsync(10, Stop)).Select(post => post.Key).Order(StringComparer.Ordinal)
        );
        Assert.False(await Store.DeleteAsync(mine.Guild, leftBefore: null, Stop));
    }

    [Theory]
    [InlineData(null, false)] // the bot is in the server
    [InlineData(-1, false)]
    [InlineData(-31, true)]
    public async Task Delete_WithATimeLimit_OnlyServersThatTheBotLeftBefore(int? leftDaysAgo, bool isForgotten)
    {
        await Store.ChangeAsync(
            SampleGuild.Guild,
            guildSettings => new GuildChange(
                guildSettings with
                {
                    Zone = "Etc/UTC",
                    LeftAt = leftDaysAgo is { } days ? Now.AddDays(days) : null,
                }
            ),
            Stop
        );

        Assert.Equal(isForgotten, await Store.DeleteAsync(SampleGuild.Guild, Now.AddDays(-30), Stop));
        Assert.Equal(isForgotten, await Store.FindAsync(SampleGuild.Guild, Stop) is null);
    }

    private Task<GuildSettings> AddAsync(params GuildSchedule[] schedules) =>
        Store.ChangeAsync(schedules[0].Guild, _ => new GuildChange(SampleGuild.With(schedules)), Stop);

    private static Post Post(GuildSchedule schedule) => Some.Post(to: "discord:1") with { Schedule = schedule.Id };

    private static IEnumerable<string> Lines(IEnumerable<GuildSettings> guildStore) =>
        guildStore.SelectMany(guildSettings =>
            guildSettings.Schedules.Select(schedule => $"{guildSettings.Guild} {schedule.Name}")
        );

    private async Task ReopenAsync()
    {
        await _database!.DisposeAsync();
        await InitializeAsync();
    }
}
