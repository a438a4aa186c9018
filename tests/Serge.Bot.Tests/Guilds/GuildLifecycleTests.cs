namespace Serge.Bot.Tests.Guilds;

/// <summary>Channels that are deleted or become inaccessible, and servers that remove the bot and invite it
/// again.</summary>
public sealed class GuildLifecycleTests : IAsyncLifetime
{
    private const DiscordPermissions ToPost = DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages;
    private const DiscordPermissions InThread =
        DiscordPermissions.ViewChannel | DiscordPermissions.SendMessagesInThreads;

    private static readonly GuildId Guild = SampleGuild.Guild;

    private readonly FakeTimeProvider _scheduleClock = new(Some.At("2027-02-01 00:00"));
    private readonly FakeTimeProvider _system = new();
    private readonly FakeServers _discord = new FakeServers()
        .Guild(100, systemChannel: 9)
        .Channel(1, 100)
        .Channel(2, 100)
        .Channel(9, 100);
    private readonly LogLines<GuildPauses> _pausesLog = new();
    private readonly LogLines<GuildRetention> _retentionLog = new();
    private readonly LogLines<GuildLifecycleService> _log = new();
    private Database _database = null!;
    private Ledger _ledger = null!;
    private GuildStore _guilds = null!;
    private GuildDirectory _directory = null!;
    private GuildLifecycleService _lifecycle = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        (_ledger, _guilds) = (new Ledger(_database), new GuildStore(_database));
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Delivery = new DeliverySettings { RefusalDelay = TimeSpan.Zero },
            Discord = Some.Discord() with { InteractionsOverHttp = true },
        };
        var clocks = new Clocks(_scheduleClock, _system);
        _directory = new GuildDirectory(_guilds, settings);
        var pauses = new GuildPauses(
            _directory,
            _guilds,
            _ledger,
            _discord,
            TestEngine.Notices(_discord, clocks),
            settings,
            clocks,
            _pausesLog
        );
        GuildRetention retention = new(_guilds, _directory, pauses, settings, clocks, _retentionLog);
        _lifecycle = new GuildLifecycleService(
            _directory,
            pauses,
            retention,
            new GuildReturnCheck(_directory, pauses, settings, clocks),
            TestEngine.Welcome(_directory, _discord, clocks),
            clocks,
            _log
        );
        await SetUpAsync(
            SampleGuild.Schedule(name: "a", channel: 1),
            SampleGuild.Schedule(name: "b", channel: 1),
            SampleGuild.Schedule(name: "c", channel: 2)
        );
        await _lifecycle.StartAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _lifecycle.StopAsync(CancellationToken.None);
        _lifecycle.Dispose();
        _directory.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task ChannelDeleted_PausesItsSchedulesOnly_AndTellsTheAdminsOnce()
    {
        await RaiseAsync(new DiscordEvent.ChannelDeleted(new ChannelId(1), Guild));
        await RaiseAsync(new DiscordEvent.ChannelDeleted(new ChannelId(1), Guild));

        Assert.Equal(["a ChannelDeleted", "b ChannelDeleted", "c "], await SchedulesAsync());
        var notice = Assert.Single(await NoticesAsync());
        Assert.Equal("discord:9", notice.Destination.ToString());
        Assert.Contains(
            "I have paused “a”, “b”: the channel was deleted",
            notice.Payload!.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("J’ai suspendu «\u00A0a\u00A0»", notice.Payload.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChannelDeleted_CancelsWhatIsPlannedThere()
    {
        await _ledger.PlanAsync(
            "",
            null,
            [Some.Post("planned", to: "discord:1") with { Schedule = new ScheduleId("guild:100", "a") }],
            Stop
        );

        await RaiseAsync(new DiscordEvent.ChannelDeleted(new ChannelId(1), Guild));

        Assert.Equal(
            PostState.Cancelled,
            (await _ledger.GetRecentAsync(10, Stop)).Single(post => post.Key == "planned").State
        );
    }

    [Fact]
    public async Task ChannelDeleted_OfAServerThatHasNothingSetUp_AsksNobodyAnything()
    {
        await RaiseAsync(new DiscordEvent.ChannelDeleted(new ChannelId(1), new GuildId(999)));

        Assert.Equal(0, _discord.Asked);
        Assert.Equal(["a ", "b ", "c "], await SchedulesAsync());
    }

    [Theory]
    [InlineData(nameof(Refusal.Forbidden), "ChannelForbidden")]
    [InlineData(nameof(Refusal.Gone), "ChannelDeleted")]
    [InlineData(nameof(Refusal.Payload), "")] // the post is the cause, not the channel
    public async Task Refused_ForTheChannelsSake_PausesInsteadOfTryingAgain(string kind, string cause)
    {
        await RefusedAsync(
            Some.Post(to: "discord:1") with
            {
                Schedule = new ScheduleId("guild:100", "a"),
            },
            Enum.Parse<Refusal>(kind)
        );

        Assert.Equal([$"a {cause}", $"b {cause}", "c "], await SchedulesAsync());
        Assert.Equal(cause.Length > 0 ? 1 : 0, (await NoticesAsync()).Count);
    }

    /// <summary>The post was refused once, and its day ended before the second attempt.</summary>
    [Theory]
    [InlineData("deleted", "ChannelDeleted")]
    [InlineData("forbidden", "ChannelForbidden")]
    [InlineData("forbidden thread", "ChannelForbidden")] // only the parent channel is accessible
    [InlineData("open thread", "")]
    [InlineData("open", "")] // the cause of the refusal was temporary
    [InlineData("silent", "")]
    public async Task MissedAfterARefusal_PausesWhereDiscordConfirmsIt(string channel, string cause)
    {
        _discord.Channel(1, 100);
        switch (channel)
        {
            case "deleted":
                _discord.Channels.Remove(new ChannelId(1));
                break;
            case "forbidden":
                _discord.Channel(1, 100, DiscordPermissions.ViewChannel);
                break;
            case "forbidden thread":
                _discord.Channel(1, 100, ToPost, kind: ChannelKind.Thread);
                break;
            case "open thread":
                _discord.Channel(1, 100, InThread, kind: ChannelKind.Thread);
                break;
            case "silent":
                _discord.IsDown = true;
                break;
        }

        await MissedAfterARefusalAsync(Some.Post(to: "discord:1") with { Schedule = new ScheduleId("guild:100", "a") });

        string[] expected = cause.Length == 0 ? ["a ", "b ", "c "] : [$"a {cause}", $"b {cause}", "c "];
        Assert.Equal(expected, await SchedulesAsync());
        Assert.Equal(cause.Length > 0 ? 1 : 0, (await NoticesAsync()).Count);
    }

    [Theory]
    [InlineData("operator", "discord:1")]
    [InlineData("guild:100", "mastodon")]
    public async Task MissedAfterARefusal_WhatIsNotInAServersChannel_AsksNothing(string owner, string to)
    {
        await MissedAfterARefusalAsync(Some.Post(to: to) with { Schedule = new ScheduleId(owner, "a") });

        Assert.Equal(0, _discord.Asked);
    }

    [Fact]
    public async Task MissedAfterARefusal_ANotice_LeadsToNoFurtherNotice()
    {
        await MissedAfterARefusalAsync(
            Some.Post(to: "discord:1") with
            {
                Schedule = new ScheduleId("guild:100", "Back"),
                Kind = PostKind.Notice,
            }
        );

        Assert.Equal(0, _discord.Asked);
        Assert.Equal(["a ", "b ", "c "], await SchedulesAsync());
    }

    [Fact]
    public async Task Refused_AnOperatorsOwnPost_PausesNothing()
    {
        await RefusedAsync(Some.Post(to: "discord:1"), Refusal.Forbidden);

        Assert.Equal(["a ", "b ", "c "], await SchedulesAsync());
    }

    [Fact]
    public async Task Refused_ANoticeItself_LeadsToNoFurtherNotice()
    {
        await SetUpAsync(SampleGuild.Schedule(channel: 9));

        await RefusedAsync(
            Some.Post(to: "discord:9") with
            {
                Schedule = new ScheduleId(GuildSchedule.GetOwner(Guild), "back"),
                Kind = PostKind.Notice,
            },
            Refusal.Forbidden
        );

        Assert.Equal(["morning ChannelForbidden"], await SchedulesAsync());
        Assert.Empty(await NoticesAsync());
    }

    [Theory]
    [InlineData("no system channel")]
    [InlineData("closed")]
    [InlineData("silent")]
    public async Task Paused_WhereTheAdminsCannotBeTold_IsPausedAnyway(string failure)
    {
        switch (failure)
        {
            case "no system channel":
                _discord.Guild(100);
                break;
            case "closed":
                _discord.Channel(9, 100, DiscordPermissions.ViewChannel);
                break;
            default:
                _discord.IsDown = true;
                break;
        }

        await RaiseAsync(new DiscordEvent.ChannelDeleted(new ChannelId(1), Guild));

        Assert.Equal(["a ChannelDeleted", "b ChannelDeleted", "c "], await SchedulesAsync());
        Assert.Empty(await NoticesAsync());
    }

    [Fact]
    public async Task Refused_BecauseTheBotIsNoLongerInTheServer_PausesTheWholeServer()
    {
        _discord.Guilds.Clear();

        await RefusedAsync(
            Some.Post(to: "discord:1") with
            {
                Schedule = new ScheduleId("guild:100", "a"),
            },
            Refusal.Forbidden
        );

        var guildSettings = (await _guilds.FindAsync(Guild, Stop))!;
        Assert.Equal(_scheduleClock.GetUtcNow(), guildSettings.LeftAt);
        Assert.All(guildSettings.Schedules, schedule => Assert.Null(schedule.NextDue));

        // The channel was not the cause, so the schedules do not stay paused when the bot is back.
        _discord.Guild(100, systemChannel: 9);
        await RaiseAsync(new DiscordEvent.GuildJoined(Guild));
        Assert.Equal(["a ", "b ", "c "], await SchedulesAsync());
        Assert.All((await _guilds.FindAsync(Guild, Stop))!.Schedules, schedule => Assert.NotNull(schedule.NextDue));
    }

    [Fact]
    public async Task Refused_AfterTheRemovalIsKnown_PausesNothingByItself()
    {
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));

        await RefusedAsync(
            Some.Post(to: "discord:1") with
            {
                Schedule = new ScheduleId("guild:100", "a"),
            },
            Refusal.Forbidden
        );

        Assert.Equal(["a ", "b ", "c "], await SchedulesAsync());
    }

    [Fact]
    public async Task Back_ListsOnlyActiveSchedules()
    {
        await RaiseAsync(new DiscordEvent.ChannelDeleted(new ChannelId(1), Guild));
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));

        await RaiseAsync(new DiscordEvent.GuildJoined(Guild));

        var back = (await NoticesAsync())
            .Single(post => post.Payload!.Text.StartsWith("I am back", StringComparison.Ordinal))
            .Payload!.Text;
        Assert.Contains("active again: “c”.", back, StringComparison.Ordinal);
        Assert.Equal(["a ChannelDeleted", "b ChannelDeleted", "c "], await SchedulesAsync());
    }

    [Fact]
    public async Task Left_ThenInvitedBack_Continues_PostsNothingMissed_AndReportsIt()
    {
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        Assert.True(_directory.HasLeft(Guild));
        Assert.Empty(await _guilds.GetDueAsync(Some.At("2027-12-01 00:00"), 10, Stop));

        _scheduleClock.AdjustTime(Some.At("2027-02-20 12:00"));
        await RaiseAsync(new DiscordEvent.GuildJoined(Guild));

        var guildSettings = (await _guilds.FindAsync(Guild, Stop))!;
        Assert.Null(guildSettings.LeftAt);
        Assert.All(guildSettings.Schedules, schedule => Assert.Equal(Some.At("2027-02-21 09:00"), schedule.NextDue));
        Assert.Contains("I am back", Assert.Single(await NoticesAsync()).Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvitedBack_BeforeTheRemovalIsRecorded_IsActiveAgain()
    {
        await RaiseBeforeRecordingAsync(new DiscordEvent.GuildLeft(Guild), new DiscordEvent.GuildJoined(Guild));

        Assert.False(_directory.HasLeft(Guild));
        Assert.All((await _guilds.FindAsync(Guild, Stop))!.Schedules, schedule => Assert.NotNull(schedule.NextDue));
        Assert.Contains("I am back", Assert.Single(await NoticesAsync()).Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvitedBackAndRemovedAgain_BeforeTheFirstRemovalIsRecorded_HasLeft()
    {
        await RaiseBeforeRecordingAsync(
            new DiscordEvent.GuildLeft(Guild),
            new DiscordEvent.GuildJoined(Guild),
            new DiscordEvent.GuildLeft(Guild)
        );

        Assert.True(_directory.HasLeft(Guild));
    }

    // After a restart the server is missing, and the invitation arrives at once.
    [Fact]
    public async Task InvitedBack_BeforeANewSessionHasRecordedTheAbsence_IsActiveAgain()
    {
        await RaiseBeforeRecordingAsync(
            new DiscordEvent.Ready(1, "Serge", Shard.Only, []),
            new DiscordEvent.GuildJoined(Guild)
        );

        Assert.False(_directory.HasLeft(Guild));
    }

    [Fact]
    public async Task Removed_BeforeTheInvitationIsRecorded_HasLeft()
    {
        GuildId other = new(300);
        _discord.Guild(300);
        await RaiseBeforeRecordingAsync(
            new DiscordEvent.GuildJoined(other) { JoinedAt = _system.GetUtcNow() },
            new DiscordEvent.GuildLeft(other)
        );

        Assert.True(_directory.HasLeft(other));
    }

    [Fact]
    public async Task Joined_AsAfterEveryStart_IsNotReported()
    {
        await RaiseAsync(new DiscordEvent.GuildJoined(Guild));

        Assert.Equal(0, _discord.Asked);
        Assert.Empty(await NoticesAsync());
    }

    [Theory]
    [InlineData(0, 1, new ulong[0], true)] // not listed
    [InlineData(0, 1, new ulong[] { 100, 7 }, false)]
    [InlineData(1, 2, new ulong[0], false)] // a server of another shard
    public async Task Ready_WithoutAServerThatWeKnow_MeansThatItRemovedUs(
        int shard,
        int shards,
        ulong[] listed,
        bool hasLeft
    )
    {
        await RaiseAsync(
            new DiscordEvent.Ready(1, "Serge", new Shard(shard, shards), [.. listed.Select(id => new GuildId(id))])
        );

        Assert.Equal(hasLeft, _directory.HasLeft(Guild));
        Assert.Equal(hasLeft, (await _guilds.FindAsync(Guild, Stop))!.LeftAt is not null);
    }

    [Fact]
    public async Task Ready_WithAServerThatHadRemovedUs_MeansThatWeAreBack()
    {
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));

        await RaiseAsync(new DiscordEvent.Ready(1, "Serge", Shard.Only, [Guild]));

        Assert.Null((await _guilds.FindAsync(Guild, Stop))!.LeftAt);
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task KeepOnce_AfterARemoval_DeletesTheServersDataAfterThirtyDays(int days, bool isKept)
    {
        await _ledger.PlanAsync(
            "",
            null,
            [
                Some.Post("theirs", PostState.Sent, "discord:1") with
                {
                    Schedule = new ScheduleId("guild:100", "a"),
                },
                Some.Post("ours"),
            ],
            Stop
        );
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        _discord.Guilds.Clear();

        _scheduleClock.Advance(TimeSpan.FromDays(days));
        await _lifecycle.RunMaintenanceAsync(Stop);
        await _lifecycle.RunMaintenanceAsync(Stop);

        Assert.Equal(isKept, await _guilds.FindAsync(Guild, Stop) is not null);
        Assert.Equal(
            isKept ? ["ours", "theirs"] : ["ours"],
            (await _ledger.GetRecentAsync(10, Stop)).Select(post => post.Key).Order(StringComparer.Ordinal)
        );
        Assert.Equal(isKept, _directory.Knows(Guild));
    }

    [Fact]
    public async Task RunMaintenance_WhatAnotherWorkerChanged_IsKnownHereToo()
    {
        // The service runs its first maintenance in the background, at any time after its start.
        await _lifecycle.StopAsync(Stop);
        var command = new Interaction.Command
        {
            Id = new InteractionId(1),
            Guild = Guild,
            Handle = this,
            Name = "today",
        };
        await _guilds.ChangeAsync(
            Guild,
            guildSettings => new GuildChange(guildSettings with { Zone = "Europe/Brussels" }),
            Stop
        );
        Assert.Equal(TimeZoneInfo.Utc, _directory.GetTimeZone(command));

        await _lifecycle.RunMaintenanceAsync(Stop);

        Assert.Equal("Europe/Brussels", _directory.GetTimeZone(command).Id);
        Assert.Equal(TimeZoneInfo.Utc, _directory.GetTimeZone(command with { Guild = new GuildId(7) }));
        Assert.Equal(TimeZoneInfo.Utc, _directory.GetTimeZone(command with { Guild = null }));
    }

    [Fact]
    public async Task Notices_HaveNamesThatNoScheduleCanHave()
    {
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        await RaiseAsync(new DiscordEvent.GuildJoined(Guild));
        await RaiseAsync(new DiscordEvent.ChannelDeleted(new ChannelId(1), Guild));

        var names = (await NoticesAsync()).Select(notice => notice.Schedule.Name).ToList();

        Assert.Equal(2, names.Count);
        Assert.All(names, name => Assert.True(ScheduleName.TryParse(name, out var typed) && typed != name));
    }

    [Fact]
    public async Task Notices_AreCompleteInTheLedger_AndOneOfEachKind()
    {
        await RaiseAsync(new DiscordEvent.ChannelDeleted(new ChannelId(1), Guild));
        await RaiseAsync(new DiscordEvent.ChannelDeleted(new ChannelId(2), Guild));

        var notices = await NoticesAsync();
        Assert.Equal(
            ["guild:100:Paused 1", "guild:100:Paused 2"],
            notices.Select(notice => notice.Schedule.ToString()).Order(StringComparer.Ordinal)
        );
        Assert.All(
            notices,
            notice =>
                Assert.Equivalent(
                    new Post
                    {
                        Key = notice.Key,
                        Schedule = notice.Schedule,
                        Kind = PostKind.Notice,
                        Occurrence = _scheduleClock.GetUtcNow(),
                        Destination = Some.Destination("discord:9"),
                        State = PostState.Planned,
                        Payload = new Payload { Text = notice.Payload!.Text },
                        Deadline = _scheduleClock.GetUtcNow().AddDays(7),
                    },
                    notice,
                    strict: true
                )
        );
    }

    [Fact]
    public async Task APause_IsRecordedWithItsMoment_AndLoggedForEachSchedule()
    {
        await SetUpAsync(
            SampleGuild.Schedule(name: "a", channel: 1) with
            {
                Skip = Some.At("2027-02-01 09:00"),
            },
            SampleGuild.Schedule(name: "b", channel: 1) with
            {
                Paused = PauseCause.Admin,
            }
        );

        await RefusedAsync(
            Some.Post(to: "discord:1") with
            {
                Schedule = new ScheduleId("guild:100", "a"),
            },
            Refusal.Forbidden
        );

        Assert.Equal(["a ChannelForbidden", "b Admin"], await SchedulesAsync());
        var paused = (await _guilds.FindAsync(Guild, Stop))!.Find("a")!;
        Assert.Equal((_scheduleClock.GetUtcNow(), null, null), (paused.PausedAt, paused.Skip, paused.NextDue));
        Assert.Equal(
            ["Warning: Schedule guild:100:a is paused: posting to channel 1 is not possible. as Discord puts it"],
            _pausesLog.Lines
        );
    }

    [Fact]
    public async Task ANoticeOfAClosedChannel_NamesSchedulesChannelAndWhatItNeeds()
    {
        await RefusedAsync(
            Some.Post(to: "discord:1") with
            {
                Schedule = new ScheduleId("guild:100", "a"),
            },
            Refusal.Forbidden
        );

        var text = Assert.Single(await NoticesAsync()).Payload!.Text;
        Assert.All(
            ["“a”, “b”", "«\u00A0a\u00A0», «\u00A0b\u00A0»", "<#1>"],
            words => Assert.Contains(words, text, StringComparison.Ordinal)
        );
        Assert.Equal(2, text.Split('\n').Length); // English, and French in small print
        Assert.StartsWith("-# ", text.Split('\n')[1], StringComparison.Ordinal);
        Assert.DoesNotContain("deleted", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANoticeOfAClosedThread_NamesThePermissionForThreads()
    {
        _discord.Channel(1, 100, FakeServers.Enough, kind: ChannelKind.Thread);

        await RefusedAsync(
            Some.Post(to: "discord:1") with
            {
                Schedule = new ScheduleId("guild:100", "a"),
            },
            Refusal.Forbidden
        );

        var text = Assert.Single(await NoticesAsync()).Payload!.Text;
        Assert.Contains("**View Channel**, **Send Messages in Threads**,", text, StringComparison.Ordinal);
        Assert.Contains("**Voir le salon**, **Envoyer des messages dans les fils**,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("**Send Messages**", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FakeServers.Enough, DiscordPermissions.None, DiscordPermissions.None)]
    [InlineData(DiscordPermissions.None, ToPost, DiscordPermissions.ReadMessageHistory)]
    [InlineData(ToPost, DiscordPermissions.None, DiscordPermissions.ReadMessageHistory)]
    [InlineData(
        DiscordPermissions.ReadMessageHistory | DiscordPermissions.SendMessages,
        DiscordPermissions.ViewChannel,
        DiscordPermissions.None
    )]
    [InlineData(DiscordPermissions.ViewChannel, DiscordPermissions.SendMessages, DiscordPermissions.ReadMessageHistory)]
    public void ChannelRequirements_WhatIsMissing_ToPostAndToLook(
        DiscordPermissions has,
        DiscordPermissions toPost,
        DiscordPermissions toLook
    )
    {
        ChannelAccess access = new(Guild, "channel", AcceptsMessages: true, has);

        Assert.Equal(
            (toPost, toLook),
            (ChannelRequirements.FindMissing(access), ChannelRequirements.FindMissingForLookups(access))
        );
        Assert.Equal(FakeServers.Enough, ChannelRequirements.GetRequired(ChannelKind.Text));
    }

    [Theory]
    [InlineData(ChannelKind.Text, ToPost, DiscordPermissions.None)]
    [InlineData(ChannelKind.Text, InThread, DiscordPermissions.SendMessages)]
    [InlineData(ChannelKind.Announcement, InThread, DiscordPermissions.SendMessages)]
    [InlineData(ChannelKind.Other, InThread, DiscordPermissions.SendMessages)]
    [InlineData(ChannelKind.Forum, ToPost, DiscordPermissions.None)]
    [InlineData(ChannelKind.Forum, InThread, DiscordPermissions.SendMessages)]
    [InlineData(ChannelKind.Thread, InThread, DiscordPermissions.None)]
    [InlineData(ChannelKind.Thread, ToPost, DiscordPermissions.SendMessagesInThreads)]
    [InlineData(ChannelKind.Thread, DiscordPermissions.None, InThread)]
    public void ChannelRequirements_OfEachKind_IsThePermissionToSendThere(
        ChannelKind kind,
        DiscordPermissions has,
        DiscordPermissions missing
    )
    {
        ChannelAccess access = new(Guild, "channel", AcceptsMessages: true, has) { Kind = kind };
        var unknown = access with { Permissions = null };

        Assert.Equal(missing, ChannelRequirements.FindMissing(access));
        Assert.Equal(DiscordPermissions.None, ChannelRequirements.FindMissing(unknown));
    }

    [Fact]
    public async Task APausesReason_IsThatOfThePostsItCancels()
    {
        await _ledger.PlanAsync(
            "",
            null,
            [
                Some.Post("a", to: "discord:1") with
                {
                    Schedule = new ScheduleId("guild:100", "a"),
                },
                Some.Post("c", to: "discord:2") with
                {
                    Schedule = new ScheduleId("guild:100", "c"),
                },
            ],
            Stop
        );
        await RaiseAsync(new DiscordEvent.ChannelDeleted(new ChannelId(1), Guild));
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));

        Assert.Equal(
            [
                ("a", PostState.Cancelled, "Paused: The channel was deleted."),
                ("c", PostState.Cancelled, "The bot was removed from the server."),
            ],
            (await _ledger.GetRecentAsync(10, Stop))
                .Where(post => post.Kind != PostKind.Notice)
                .Select(post => (post.Key, post.State, post.Reason))
        );
    }

    [Fact]
    public async Task LeavingAndReturning_AreLoggedAtTheFirstEventOfEach()
    {
        const string Left =
            "Warning: The bot was removed from server 100; its data will be deleted in 30 days unless the bot is invited back";
        const string Back = "Information: The bot was invited back to server 100; schedules that are active again: 3";

        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        Assert.Equal([Left], _pausesLog.Lines);
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        Assert.Equal([Left], _pausesLog.Lines);
        await RaiseAsync(new DiscordEvent.GuildJoined(Guild));
        Assert.Equal([Left, Back], _pausesLog.Lines);
        await RaiseAsync(new DiscordEvent.GuildJoined(Guild));

        Assert.Equal([Left, Back], _pausesLog.Lines);
        Assert.Equal("guild:100:Returned", Assert.Single(await NoticesAsync()).Schedule.ToString());
    }

    [Fact]
    public async Task Left_Again_KeepsTheMomentOfTheFirstTime()
    {
        var left = _scheduleClock.GetUtcNow();
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        _scheduleClock.Advance(TimeSpan.FromDays(20));

        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));

        Assert.Equal(left, (await _guilds.FindAsync(Guild, Stop))!.LeftAt);
    }

    [Theory]
    [InlineData(1)] // two schedules use this channel
    [InlineData(2)] // one schedule
    public async Task Refused_WhileAnotherWorkerRecordsTheRemoval_KeepsItsMoment(int channel)
    {
        var left = _scheduleClock.GetUtcNow();
        _discord.Guilds.Clear();
        _discord.OnAsked = () =>
        {
            _discord.OnAsked = () => { };
            _guilds
                .ChangeAsync(Guild, guildSettings => new GuildChange(guildSettings with { LeftAt = left }), Stop)
                .Wait(Stop);
            _scheduleClock.Advance(TimeSpan.FromHours(1));
        };

        await RefusedAsync(
            Some.Post(to: $"discord:{channel}") with
            {
                Schedule = new ScheduleId("guild:100", "a"),
            },
            Refusal.Forbidden
        );

        var guildSettings = (await _guilds.FindAsync(Guild, Stop))!;
        Assert.Equal(left, guildSettings.LeftAt);
        Assert.Equal(["a ", "b ", "c "], await SchedulesAsync());
        Assert.All(guildSettings.Schedules, schedule => Assert.Null(schedule.PausedAt));
    }

    [Fact]
    public async Task Back_WithAnUnknownZone_PausesTheScheduleAndReportsIt()
    {
        await SetUpAsync(SampleGuild.Schedule(name: "a"), SampleGuild.Schedule(name: "b"));
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        await _guilds.ChangeAsync(
            Guild,
            guild => new GuildChange(guild.With(guild.Find("a")! with { Zone = "Atlantis/Harbour" })),
            Stop
        );

        await RaiseAsync(new DiscordEvent.GuildJoined(Guild));

        Assert.Contains("a UnknownZone", await SchedulesAsync());
        Assert.Contains(
            "Error: Schedule guild:100:a is paused: this machine does not know its time zone. Upgrade the package "
                + "tzdata, or install tzdata-legacy.",
            _pausesLog.Lines
        );
    }

    [Fact]
    public async Task Back_WithNothingActive_ReportsNothing()
    {
        await SetUpAsync(SampleGuild.Schedule(name: "a") with { Paused = PauseCause.Admin });
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));

        await RaiseAsync(new DiscordEvent.GuildJoined(Guild));

        Assert.Empty(await NoticesAsync());
        Assert.Equal(0, _discord.Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Paused_WhereTheAdminsCannotBeTold_IsLogged(bool isClosed)
    {
        _ = isClosed ? _discord.Channel(9, 100, DiscordPermissions.ViewChannel) : _discord.Guild(100);

        await RaiseAsync(new DiscordEvent.ChannelDeleted(new ChannelId(2), Guild));

        Assert.Equal(
            [
                "Warning: Schedule guild:100:c is paused: posting to channel 2 is not possible. The channel was deleted.",
                "Information: No notice was planned for server 100: it has no system channel that the bot may post in, or Discord did not answer; /schedule shows its admins the state of the schedules",
            ],
            _pausesLog.Lines
        );
    }

    [Fact]
    public async Task EventOfAServerWithoutSchedules_WritesNothing()
    {
        GuildId unknown = new(999);
        await RaiseAsync(new DiscordEvent.GuildLeft(unknown));
        await RaiseAsync(new DiscordEvent.GuildJoined(unknown));

        Assert.Null(await _guilds.FindAsync(unknown, Stop));
        Assert.False(_directory.Knows(unknown));
        Assert.Empty(_pausesLog.Lines);
    }

    /// <summary>Each row: milliseconds from thirty days after the removal, and whether the data is deleted.</summary>
    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task KeepOnce_ThirtyDaysAfterARemoval_DeletesToTheMillisecondAndReportsIt(
        int milliseconds,
        bool deleted
    )
    {
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        _discord.Guilds.Clear();
        _scheduleClock.Advance(GuildRetention.Period + TimeSpan.FromMilliseconds(milliseconds));

        await _lifecycle.RunMaintenanceAsync(Stop);

        Assert.Equal(deleted, await _guilds.FindAsync(Guild, Stop) is null);
        Assert.Equal(
            deleted
                ?
                [
                    "Information: Deleted time zone, schedules and posts of server 100, which removed the bot 30 days ago or earlier",
                ]
                : [],
            _retentionLog.Lines
        );
    }

    [Fact] // over HTTP Discord reports no invitation
    public async Task KeepOnce_ThirtyDaysAfterARemoval_WhereTheBotIsAgain_KeepsTheDataAndPostsAgain()
    {
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        _scheduleClock.Advance(TimeSpan.FromDays(31));

        await _lifecycle.RunMaintenanceAsync(Stop);

        var guildSettings = (await _guilds.FindAsync(Guild, Stop))!;
        Assert.Null(guildSettings.LeftAt);
        Assert.All(guildSettings.Schedules, schedule => Assert.NotNull(schedule.NextDue));
        Assert.Contains("I am back", Assert.Single(await NoticesAsync()).Payload!.Text, StringComparison.Ordinal);
        Assert.Empty(_retentionLog.Lines);
    }

    [Fact]
    public async Task KeepOnce_ThirtyDaysAfterARemoval_WhileDiscordDoesNotAnswer_AsksAgainLater()
    {
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        _discord.Guilds.Clear();
        _scheduleClock.Advance(TimeSpan.FromDays(31));
        _discord.IsDown = true;
        await _lifecycle.RunMaintenanceAsync(Stop);
        Assert.NotNull(await _guilds.FindAsync(Guild, Stop));

        _discord.IsDown = false;
        await _lifecycle.RunMaintenanceAsync(Stop);

        Assert.Null(await _guilds.FindAsync(Guild, Stop));
    }

    [Fact] // over HTTP Discord reports no invitation
    public async Task Maintenance_SomeDaysAfterARemoval_WhereTheBotIsAgain_StartsTheSchedulesAgain()
    {
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        using CancellationTokenSource bound = new(Bounded.Longest, TimeProvider.System);

        while ((await NoticesAsync()).Count == 0)
        {
            _system.Advance(GuildReturnCheck.Interval);
            await _lifecycle.WaitUntilIdleAsync().WaitAsync(bound.Token);
        }

        Assert.Null((await _guilds.FindAsync(Guild, Stop))!.LeftAt);
        Assert.Contains("I am back", Assert.Single(await NoticesAsync()).Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepOnce_WithinThirtyDaysOfARemoval_DoesNotAskDiscord()
    {
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));
        _scheduleClock.Advance(TimeSpan.FromDays(29));

        await _lifecycle.RunMaintenanceAsync(Stop);

        Assert.Equal(0, _discord.Asked);
        Assert.NotNull((await _guilds.FindAsync(Guild, Stop))!.LeftAt);
    }

    [Fact]
    public async Task MoreThanTenThousandEvents_AreDroppedAndLogged()
    {
        using GuildLifecycleService stopped = new(
            _directory,
            null!,
            null!,
            null!,
            null!,
            new Clocks(_scheduleClock, _scheduleClock),
            _log
        );
        DiscordEvent.GuildLeft left = new(Guild);
        for (var n = 0; n < 10_000; n++)
        {
            await stopped.HandleAsync(left, Stop);
        }

        Assert.Empty(_log.Lines);

        await stopped.HandleAsync(left, Stop);

        Assert.Equal(
            ["Error: Too many changes of Discord servers at once; the rest is processed when the bot next connects"],
            _log.Lines
        );
    }

    [Fact]
    public async Task Directory_KnowsWhoIsThereAndWhoHasLeft()
    {
        GuildId other = new(200);
        await _guilds.SetUpAsync(_scheduleClock.GetUtcNow(), "Atlantis/Poseidonis", SampleGuild.Schedule(guild: 200));
        Assert.False(_directory.Knows(other));
        await _directory.RefreshAsync(Stop);
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));

        Assert.Equal([other], _directory.Present);
        Assert.Equal([Guild], _directory.Left);
        Assert.True(_directory.HasLeft(Guild));
        Assert.False(_directory.HasLeft(other));
        Assert.False(_directory.HasLeft(new GuildId(300)));
        Assert.True(_directory.Knows(other));
    }

    [Fact]
    public async Task Directory_AChangeThatIsNone_ChangesNothing()
    {
        var before = await _guilds.FindAsync(Guild, Stop);

        var after = await _directory.ChangeAsync(new GuildId(300), _ => null, Stop);
        await _directory.ChangeAsync(Guild, _ => null, Stop);

        Assert.Empty(after.Schedules);
        Assert.False(_directory.Knows(new GuildId(300)));
        Assert.Equivalent(before, await _guilds.FindAsync(Guild, Stop), strict: true);
    }

    private Task SetUpAsync(params GuildSchedule[] schedules) =>
        _guilds.SetUpAsync(_scheduleClock.GetUtcNow(), zone: null, schedules);

    private async Task RaiseAsync(DiscordEvent discordEvent)
    {
        await _lifecycle.HandleAsync(discordEvent, Stop);
        await _lifecycle.WaitUntilIdleAsync().WaitAsync(Bounded.Longest, Stop);
    }

    /// <summary>The events arrive while an earlier change blocks the queue.</summary>
    private async Task RaiseBeforeRecordingAsync(params DiscordEvent[] events)
    {
        using SemaphoreSlim release = new(0);
        TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var earlier = Task.Run(
            () =>
                _directory.ChangeAsync(
                    new GuildId(999),
                    _ =>
                    {
                        entered.SetResult();
                        release.Wait(Stop);
                        return null;
                    },
                    Stop
                ),
            Stop
        );
        await entered.Task.WaitAsync(Bounded.Longest, Stop);
        foreach (var discordEvent in events)
        {
            await _lifecycle.HandleAsync(discordEvent, Stop);
        }

        release.Release();
        await earlier;
        await _lifecycle.WaitUntilIdleAsync().WaitAsync(Bounded.Longest, Stop);
    }

    private Task MissedAfterARefusalAsync(Post post)
    {
        _lifecycle.HandleUnconfirmedRefusal(
            post with
            {
                State = PostState.Missed,
                RefusedAt = _scheduleClock.GetUtcNow(),
            }
        );
        return _lifecycle.WaitUntilIdleAsync().WaitAsync(Bounded.Longest, Stop);
    }

    private Task RefusedAsync(Post post, Refusal kind)
    {
        _lifecycle.HandleRefusal(post, new SendOutcome.Refused(kind, "as Discord puts it"));
        return _lifecycle.WaitUntilIdleAsync().WaitAsync(Bounded.Longest, Stop);
    }

    private async Task<IEnumerable<string>> SchedulesAsync() =>
        (await _guilds.FindAsync(Guild, Stop))!.Schedules.Select(schedule => $"{schedule.Name} {schedule.Paused}");

    private async Task<IReadOnlyList<Post>> NoticesAsync() =>
        [.. (await _ledger.GetRecentAsync(100, Stop)).Where(post => post.Kind == PostKind.Notice)];
}
