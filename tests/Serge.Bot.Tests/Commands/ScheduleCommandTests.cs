namespace Serge.Bot.Tests.Commands;

/// <summary>The other subcommands of <c>/schedule</c>, as an admin uses them.</summary>
public sealed class ScheduleCommandTests : GuildCommandFixture
{
    [Theory]
    [InlineData("set")]
    [InlineData("list")]
    [InlineData("preview")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("skip")]
    [InlineData("remove")]
    [InlineData("zone")]
    public async Task Anything_ByAMemberWithoutManageServer_IsRefused(string subcommand)
    {
        await SendCommandAsync("set", ("time", "9:00"));
        var before = await _guilds.FindAsync(new GuildId(100), Stop);
        var command = Command(subcommand, "en-US", ("time", "8:00"), ("name", "quotation"), ("zone", "Tokyo"));

        foreach (
            var caller in new[]
            {
                command with
                {
                    MemberPermissions = DiscordPermissions.SendMessages,
                },
                command with
                {
                    MemberPermissions = DiscordPermissions.None,
                },
                command with
                {
                    Guild = null,
                },
            }
        )
        {
            var (content, ephemeral) = Read(await _command.HandleAsync(caller, Strings.English, Stop));
            Assert.True(ephemeral);
            Assert.Contains(
                caller.Guild is null ? "Schedules belong to servers" : "members with the permission **Manage Server**",
                content,
                StringComparison.Ordinal
            );
        }

        Assert.Equivalent(before, await _guilds.FindAsync(new GuildId(100), Stop), strict: true);
        Assert.Empty(await CompleteAsync("name", "", DiscordPermissions.None));
    }

    [Theory]
    [InlineData("theirs")]
    [InlineData("THEIRS")]
    [InlineData("guild:200:theirs")]
    [InlineData("../200/theirs")]
    [InlineData("theirs' OR '1'='1")]
    [InlineData("%")]
    [InlineData("*")]
    [InlineData("200")]
    public async Task Anything_WithTheNameOfAnotherServersSchedule_ReachesNothing(string name)
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "mine"));
        await _guilds.SetUpAsync(
            _scheduleClock.GetUtcNow(),
            null,
            SampleGuild.Schedule(guild: 200, name: "theirs", channel: 20)
        );
        var before = await _guilds.FindAsync(new GuildId(200), Stop);

        foreach (var subcommand in new[] { "preview", "pause", "resume", "skip", "remove" })
        {
            var content = await SendCommandAsync(subcommand, ("name", name));
            Assert.StartsWith("There is no schedule", content, StringComparison.Ordinal);
            Assert.EndsWith("Schedules: “mine”.", content, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<#20>", Text(await PressAsync($"schedule:later:0:{name}")), StringComparison.Ordinal);
        Assert.Equivalent(before, await _guilds.FindAsync(new GuildId(200), Stop), strict: true);
        Assert.Equal("mine", (await SchedulesAsync()).Single().Name);
        Assert.DoesNotContain("theirs", await CompleteAsync("name", "t"));
    }

    [Fact]
    public async Task List_ShowsEachWithItsNextPost_AndTheZone()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        await SendCommandAsync(
            "set",
            ("time", "7:00"),
            ("channel", "2"),
            ("days", "Fri"),
            ("content", "on-this-day"),
            ("name", "b"),
            ("zone", "New York")
        );
        await SendCommandAsync("zone", ("zone", "Brussels"));
        await SendCommandAsync("skip", ("name", "a"));
        await SendCommandAsync("pause", ("name", "b"));

        Assert.Equal(
            """
            - “a” posts a quotation, in <#1>: every day at 09:00 (Europe/Brussels). Skipped: Tuesday 2 February, 09:00. Next: Wednesday 3 February, 09:00.
            - “b” posts the day’s events, and nothing on days without one, in <#2>: Friday at 07:00 (America/New\_York). Paused since 1 February. `/schedule resume` starts it again.
            Days and times here are in Europe/Brussels, where it is Monday 1 February, 09:00.
            """,
            await SendCommandAsync("list")
        );
    }

    [Fact]
    public async Task Set_OfAScheduleThatSkipsItsNextPost_KeepsTheSkip()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        await SendCommandAsync("skip", ("name", "a"));

        await SendCommandAsync("set", ("time", "10:00"), ("name", "a"));

        Assert.Contains(
            "Skipped: Monday 1 February, 10:00. Next: Tuesday 2 February, 10:00.",
            await SendCommandAsync("list"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task List_WithNothing_StatesHowToBegin()
    {
        var content = await SendCommandAsync("list");

        Assert.StartsWith("Nothing is scheduled here. `/schedule set time:09:00`", content, StringComparison.Ordinal);
        Assert.Contains("This server has no time zone", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfTenWithTheLongestOfNames_FitsIntoAMessage()
    {
        for (var n = 0; n < GuildSettings.MaxSchedules; n++)
        {
            var name = $"{n}{new string('*', ScheduleName.MaxLength - 1)}";
            await SendCommandAsync(
                "set",
                ("time", "9:00"),
                ("name", name),
                ("days", "Mon,Tue,Thu,Fri,Sat,Sun"),
                ("content", "on-this-day-or-quote"),
                ("zone", "America/Argentina/Buenos_Aires")
            );
        }

        foreach (var locale in new[] { "en-US", "fr" })
        {
            var content = await SendCommandAsync("list", locale);
            Assert.InRange(content.EnumerateRunes().Count(), 1, 2000);
            Assert.Equal(10, content.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task ANameFullOfMarkup_IsShownAsItWasTyped()
    {
        var content = await SendCommandAsync("set", ("time", "9:00"), ("name", "@everyone <@1> [x](https://e"));

        Assert.StartsWith("“\\@everyone \\<\\@1\\> \\[x\\](https:\u2060//e”", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_ShowsExactlyWhatIsPostedThen()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        await SendCommandAsync("set", ("time", "9:00"), ("content", "on-this-day-or-quote"), ("name", "b"));
        var shown = await SendCommandAsync("preview");

        for (var day = 0; day < 3; day++)
        {
            _scheduleClock.AdjustTime(Some.At("2027-02-01 09:00").AddDays(day));
            await _scheduler.PlanDueAsync(Stop);
        }

        var posts = (await _ledger.GetRecentAsync(10, Stop))
            .OrderBy(post => post.Occurrence)
            .ThenBy(post => post.Schedule.Name, StringComparer.Ordinal)
            .ToArray();
        Assert.Equal(6, posts.Length);
        Assert.StartsWith(
            $"**Monday 1 February, 09:00** · “a” · <#1>\n{posts[0].Payload!.Text}\n\n**Monday 1 February, 09:00** · “b” · <#1>\n{posts[1].Payload!.Text}\n\n**Tuesday 2 February, 09:00** · “a” · <#1>\n{posts[2].Payload!.Text}\n\n",
            shown,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Preview_HasPages_WhoseButtonsContinueWhereThePageEnds()
    {
        await SendCommandAsync("set", ("time", "9:00"));
        HashSet<string> days = [];
        var message = Message(await _command.HandleAsync(Command("preview", "en-US"), Strings.English, Stop));
        for (var page = 0; page < 3; page++)
        {
            Assert.InRange(message.Text.EnumerateRunes().Count(), 1, 2000);
            Assert.All(
                message.Text.Split('\n').Where(line => line.Contains(" · ", StringComparison.Ordinal)),
                line => Assert.True(days.Add(line), line)
            );
            message = Message(await PressAsync(Assert.Single(message.Buttons).CustomId));
        }

        Assert.True(days.Count > 20);
    }

    [Theory]
    [InlineData("schedule:later:")]
    [InlineData("schedule:later:-1:")]
    [InlineData("schedule:later:99999999999999999:")]
    [InlineData("schedule:later:9223372036854775807:quotation")]
    [InlineData("schedule:remove:quotation")]
    [InlineData("schedule")]
    public async Task Press_OnAButtonThatWeNeverMade_ChangesNothing(string customId)
    {
        await SendCommandAsync("set", ("time", "9:00"));

        Assert.Equal(Strings.English.UnknownButton, Text(await PressAsync(customId)));
        Assert.Single(await SchedulesAsync());
    }

    [Fact]
    public async Task Press_ByAMemberWithoutManageServer_IsRefused()
    {
        await SendCommandAsync("set", ("time", "9:00"));

        Assert.Contains(
            "Manage Server",
            Text(await PressAsync("schedule:later:0:", DiscordPermissions.None)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Skip_LeavesOutOneOnly_AndResumeRestoresIt()
    {
        await SendCommandAsync("set", ("time", "9:00"));

        Assert.Equal(
            "“quotation” skips Monday 1 February, 09:00. `/schedule resume` undoes that. Next: Tuesday 2 February, 09:00.",
            await SendCommandAsync("skip")
        );
        Assert.Contains(
            "**Monday 1 February, 09:00** · “quotation” · <#1>\n-# Skipped: nothing is posted.",
            await SendCommandAsync("preview"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "“quotation” posts as usual; the skip is undone. Next: Monday 1 February, 09:00.",
            await SendCommandAsync("resume")
        );
        Assert.StartsWith(
            "“quotation” is already active; there is nothing to resume.",
            await SendCommandAsync("resume"),
            StringComparison.Ordinal
        );
    }

    /// <summary>In the minute in which many schedules are due, a command can arrive before all are planned.</summary>
    [Theory]
    [InlineData("set")]
    [InlineData("resume")]
    [InlineData("zone")]
    public async Task AChange_WhileAnotherScheduleIsDueAndNotPlanned_LosesNoPost(string subcommand)
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"), ("zone", "London"));
        await SendCommandAsync("set", ("time", "18:00"), ("name", "b"));
        await SendCommandAsync("skip", ("name", "b"));
        _scheduleClock.AdjustTime(Some.At("2027-02-01 09:00:05"));

        await SendCommandAsync(subcommand, ("name", "b"), ("time", "19:00"), ("zone", "Brussels"));
        await _scheduler.PlanDueAsync(Stop);

        var post = Assert.Single(await _ledger.GetRecentAsync(10, Stop));
        Assert.Equal(
            ("a", PostState.Planned, Some.At("2027-02-01 09:00")),
            (post.Schedule.Name, post.State, post.Occurrence)
        );
    }

    [Fact]
    public async Task Resume_OfASkippedScheduleThatIsDueAndNotPlanned_PostsAsUsual()
    {
        await SendCommandAsync("set", ("time", "9:00"));
        await SendCommandAsync("skip");
        _scheduleClock.AdjustTime(Some.At("2027-02-01 09:00:05"));

        await SendCommandAsync("resume");
        await _scheduler.PlanDueAsync(Stop);

        Assert.Equal(PostState.Planned, Assert.Single(await _ledger.GetRecentAsync(10, Stop)).State);
    }

    [Fact]
    public async Task Pause_StopsIt_AndResumePostsNothingMissed()
    {
        await SendCommandAsync("set", ("time", "9:00"));
        Assert.StartsWith("“quotation” is paused.", await SendCommandAsync("pause"), StringComparison.Ordinal);
        _scheduleClock.AdjustTime(Some.At("2027-02-03 12:00"));
        await _scheduler.PlanDueAsync(Stop);

        Assert.Equal(
            "“quotation” is active again. Next: Thursday 4 February, 09:00.",
            await SendCommandAsync("resume")
        );
        await _scheduler.PlanDueAsync(Stop);
        Assert.Empty(await _ledger.GetRecentAsync(10, Stop));
        await SendCommandAsync("pause");
        Assert.Contains("so there is no post to skip", await SendCommandAsync("skip"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_WhereTheChannelIsStillClosed_StatesWhatIsMissing()
    {
        await SendCommandAsync("set", ("time", "9:00"));
        await PauseByBotAsync(PauseCause.ChannelForbidden);
        _discord.Channel(1, 100, DiscordPermissions.ViewChannel | DiscordPermissions.ReadMessageHistory);

        Assert.Contains("I lack **Send Messages**", await SendCommandAsync("resume"), StringComparison.Ordinal);
        Assert.Equal(PauseCause.ChannelForbidden, (await SchedulesAsync()).Single().Paused);

        _discord.Channel(1, 100);
        Assert.StartsWith("“quotation” is active again.", await SendCommandAsync("resume"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommandOfAnAdmin_ReportsSchedulesThatTheBotPaused()
    {
        await SendCommandAsync("set", ("time", "9:00"));
        await PauseByBotAsync(PauseCause.ChannelDeleted);

        foreach (
            var content in new[]
            {
                await SendCommandAsync("zone", ("zone", "Brussels")),
                await SendCommandAsync("set", ("time", "10:00"), ("channel", "2"), ("name", "other")),
                await SendCommandAsync("list"),
            }
        )
        {
            Assert.Contains(
                "the channel was deleted. `/schedule set` with this name and another channel",
                content,
                StringComparison.Ordinal
            );
        }

        Assert.DoesNotContain(
            "deleted",
            await SendCommandAsync("set", ("time", "10:00"), ("channel", "2"), ("name", "quotation")),
            StringComparison.Ordinal
        );
        Assert.All(await SchedulesAsync(), schedule => Assert.Null(schedule.Paused));
    }

    [Fact]
    public async Task Remove_DeletesIt_AndCancelsWhatIsPlanned()
    {
        await SendCommandAsync("set", ("time", "9:00"));
        await _ledger.PlanAsync(
            "",
            null,
            [Some.Post("planned", to: "discord:1") with { Schedule = new ScheduleId("guild:100", "quotation") }],
            Stop
        );

        Assert.StartsWith("“quotation” is removed.", await SendCommandAsync("remove"), StringComparison.Ordinal);

        Assert.Empty(await SchedulesAsync());
        Assert.Equal(
            (PostState.Cancelled, "Removed by an admin of the server."),
            (await _ledger.GetRecentAsync(1, Stop)).Select(post => (post.State, post.Reason)).Single()
        );
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("skip")]
    [InlineData("remove")]
    public async Task AChange_WithoutAName_NeedsOneWhereThereAreSeveral(string subcommand)
    {
        Assert.StartsWith("Nothing is scheduled here.", await SendCommandAsync(subcommand), StringComparison.Ordinal);
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        await SendCommandAsync("set", ("time", "9:00"), ("name", "b"));
        var before = await SchedulesAsync();

        Assert.Equal("Choose one with the option `name`: “a”, “b”.", await SendCommandAsync(subcommand));
        Assert.Equal(before, await SchedulesAsync());
    }

    [Fact]
    public async Task Zone_MovesWhatGoesByIt_AndNothingElse()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "by the server"));
        await SendCommandAsync("set", ("time", "9:00"), ("name", "by itself"), ("zone", "Tokyo"));

        Assert.StartsWith(
            "From now on days and times here are in America/New\\_York, where it is Monday 1 February, 03:00.",
            await SendCommandAsync("zone", ("zone", "new york")),
            StringComparison.Ordinal
        );

        Assert.Equal(
            [Some.At("2027-02-02 00:00"), Some.At("2027-02-01 14:00")],
            (await SchedulesAsync()).Select(schedule => schedule.NextDue!.Value)
        );
        Assert.Equal("America/New_York", _directory.GetTimeZone(Command("list", "en-US")).Id);
    }

    [Fact]
    public async Task Zone_AfterAnUnknownOne_StartsWhatGoesByItAgain_AndReportsIt()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        await SendCommandAsync("set", ("time", "9:00"), ("name", "b"));
        await SendCommandAsync("pause", ("name", "b"));
        await SendCommandAsync("set", ("time", "9:00"), ("name", "c"), ("zone", "Tokyo"));
        await MakeZonesUnknownAsync("c");
        var list = await SendCommandAsync("list");
        Assert.Contains(
            "because the bot does not know the server’s time zone. `/schedule zone` with another one starts it again.",
            list,
            StringComparison.Ordinal
        );
        const string Own =
            "because the bot does not know its time zone. `/schedule set` with this name and another time zone starts it again.";
        Assert.Contains(Own, list, StringComparison.Ordinal);

        var content = await SendCommandAsync("zone", ("zone", "Brussels"));

        Assert.Contains("\nActive again: “a”.\n", content, StringComparison.Ordinal);
        Assert.Contains($"- “c”: paused since 1 February, {Own}", content, StringComparison.Ordinal);
        Assert.Equal(["a ", "b Admin", "c UnknownZone"], await PausesAsync());
        Assert.Equal(Some.At("2027-02-02 08:00"), (await SchedulesAsync())[0].NextDue);
    }

    [Fact]
    public async Task Set_WithAnotherZone_StartsAScheduleWhoseOwnWasUnknown()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"), ("zone", "Tokyo"));
        await MakeZonesUnknownAsync("a");
        Assert.StartsWith(
            "I do not know the time zone “Atlantis/Harbour”.",
            await SendCommandAsync("set", ("time", "9:00"), ("name", "a")),
            StringComparison.Ordinal
        );
        Assert.Equal(["a UnknownZone"], await PausesAsync());

        Assert.StartsWith(
            "“a” posts",
            await SendCommandAsync("set", ("time", "9:00"), ("name", "a"), ("zone", "Tokyo")),
            StringComparison.Ordinal
        );

        Assert.Equal(["a "], await PausesAsync());
        Assert.Equal(Some.At("2027-02-02 00:00"), (await SchedulesAsync())[0].NextDue);
    }

    [Fact]
    public async Task Set_InAServerWithAnUnknownZone_ChangesNothingAndNamesIt()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        await MakeZonesUnknownAsync();
        var before = await SchedulesAsync();

        Assert.StartsWith(
            "I do not know the time zone “Atlantis/Poseidonis”.",
            await SendCommandAsync("set", ("time", "10:00"), ("name", "b")),
            StringComparison.Ordinal
        );

        Assert.Equal(before, await SchedulesAsync());
    }

    /// <summary>Over HTTP Discord reports no invitation.</summary>
    [Theory]
    [InlineData("set")]
    [InlineData("list")]
    [InlineData("preview")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("skip")]
    [InlineData("remove")]
    [InlineData("zone")]
    public async Task Anything_InAServerThatHadRemovedTheBot_ShowsThatItIsBack(string subcommand)
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        await SendCommandAsync("set", ("time", "9:00"), ("name", "b"));
        await RemovedAsync();

        await SendCommandAsync(subcommand, ("name", "a"), ("time", "10:00"));

        var guildSettings = (await _guilds.FindAsync(new GuildId(100), Stop))!;
        Assert.Null(guildSettings.LeftAt);
        Assert.Equal(Some.At("2027-02-01 09:00"), guildSettings.Find("b")!.NextDue);
    }

    [Fact]
    public async Task List_InAServerThatHadRemovedTheBot_ShowsWhatIsNext_AndTheAdminsAreTold()
    {
        _discord.Guild(100, systemChannel: 2);
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        await RemovedAsync();

        Assert.Contains("Next: Monday 1 February, 09:00.", await SendCommandAsync("list"), StringComparison.Ordinal);

        var notice = Assert.Single(await _ledger.GetRecentAsync(10, Stop));
        Assert.Equal((PostKind.Notice, "discord:2"), (notice.Kind, notice.Destination.ToString()));
        Assert.Contains("active again: “a”.", notice.Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_InAServerThatHadRemovedTheBot_StatesThatItIsActiveAgain()
    {
        await SendCommandAsync("set", ("time", "9:00"));
        await RemovedAsync();

        Assert.Equal("“quotation” is active again. Next: Monday 1 February, 09:00.", await SendCommandAsync("resume"));
        Assert.StartsWith("“quotation” is already active", await SendCommandAsync("resume"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ByAMemberWithoutManageServer_DoesNotBringTheServerBack()
    {
        await SendCommandAsync("set", ("time", "9:00"));
        await RemovedAsync();

        var command = Command("list", "en-US") with { MemberPermissions = DiscordPermissions.SendMessages };
        await _command.HandleAsync(command, Strings.English, Stop);

        Assert.NotNull((await _guilds.FindAsync(new GuildId(100), Stop))!.LeftAt);
    }

    [Theory]
    [InlineData("zone", "bru", "Europe/Brussels")]
    [InlineData("time", "9 p", "")]
    [InlineData("time", "9 pm", "21:00")]
    [InlineData("days", "", "every day")]
    [InlineData("days", "mon-wed", "Monday, Tuesday, Wednesday")]
    [InlineData("content", "quot", "quote")]
    [InlineData("name", "B", "b")]
    public async Task Complete_SuggestsWhatTheOptionThenTakes(string option, string typed, string first)
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        await SendCommandAsync("set", ("time", "9:00"), ("name", "b"));

        Assert.Equal(first, string.Concat((await CompleteAsync(option, typed)).Take(1)));
    }

    /// <summary>A change of the server's zone cancels the planned posts of the schedules that use it; setting the same
    /// zone again cancels nothing.</summary>
    [Theory]
    [InlineData("Brussels", PostState.Planned, PostState.Planned)]
    [InlineData("Tokyo", PostState.Cancelled, PostState.Planned)]
    internal async Task Zone_CancelsWhatWasPlannedByTheOldOne(string city, PostState byServer, PostState byItself)
    {
        await SendCommandAsync("zone", ("zone", "Brussels"));
        await SendCommandAsync("set", ("time", "9:00"), ("name", "a"));
        await SendCommandAsync("set", ("time", "9:00"), ("name", "b"), ("zone", "Paris"));
        foreach (var name in new[] { "a", "b" })
        {
            await _ledger.PlanAsync(
                "",
                null,
                [Some.Post(name, to: "discord:1") with { Schedule = new ScheduleId("guild:100", name) }],
                Stop
            );
        }

        await SendCommandAsync("zone", ("zone", city));

        var posts = (await _ledger.GetRecentAsync(10, Stop)).OrderBy(
            post => post.Schedule.Name,
            StringComparer.Ordinal
        );
        Assert.Equal([byServer, byItself], posts.Select(post => post.State));
        Assert.Equal(
            byServer == PostState.Cancelled ? "The server changed its time zone." : null,
            posts.First().Reason
        );
    }

    [Fact]
    public async Task Resume_OfOneThatIsOnlySkipped_DoesNotAskDiscord()
    {
        await SendCommandAsync("set", ("time", "9:00"));
        await SendCommandAsync("skip");
        _discord.Channel(1, 100, DiscordPermissions.None);
        var asked = _discord.Asked;

        Assert.StartsWith("“quotation” posts as usual", await SendCommandAsync("resume"), StringComparison.Ordinal);
        Assert.Equal(asked, _discord.Asked);
    }

    /// <summary>Another worker on the same database may support the time zone, and then the schedule posts.</summary>
    [Fact]
    public async Task Resume_OfOneThatIsOnlySkipped_InAnUnknownZone_UndoesTheSkipAndKeepsItActive()
    {
        await SendCommandAsync("set", ("time", "9:00"));
        await SendCommandAsync("skip");
        var due = (await SchedulesAsync()).Single().NextDue;
        Assert.NotNull(due);
        await _guilds.ChangeAsync(
            new GuildId(100),
            guildSettings => new GuildChange(guildSettings with { Zone = "Atlantis/Poseidonis" }),
            Stop
        );

        Assert.Equal("“quotation” posts as usual; the skip is undone.", await SendCommandAsync("resume"));

        var after = (await SchedulesAsync()).Single();
        Assert.Equal((null, null, due), (after.Paused, after.Skip, after.NextDue));
    }

    [Theory]
    [InlineData("QUOTATION", true)]
    [InlineData(" quotation ", true)]
    [InlineData("quot", false)]
    [InlineData("", false)]
    public async Task AChange_FindsTheScheduleByItsNameInAnySpelling(string name, bool isFound)
    {
        await SendCommandAsync("set", ("time", "9:00"));

        Assert.Equal(
            isFound,
            (await SendCommandAsync("pause", ("name", name))).StartsWith(
                "“quotation” is paused",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(isFound, (await SchedulesAsync()).Single().Paused is not null);
        Assert.Equal(
            isFound,
            !(await SendCommandAsync("preview", ("name", name))).StartsWith(
                "There is no schedule",
                StringComparison.Ordinal
            )
        );
    }

    /// <summary>Full lines as long as they fit, then short lines.</summary>
    [Fact]
    public async Task List_OfManyLongLines_IsShortOnlyWhereItMustBe()
    {
        var isShort = false;
        for (var n = 0; n < GuildSettings.MaxSchedules; n++)
        {
            await SendCommandAsync(
                "set",
                ("time", "9:00"),
                ("name", $"{n}{new string('n', 31)}"),
                ("zone", "Tokyo"),
                ("days", "Mon,Tue,Thu,Fri,Sat,Sun"),
                ("content", "on-this-day-or-quote")
            );
            var guildSettings = (await _guilds.FindAsync(new GuildId(100), Stop))!;
            var settings = new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
            ScheduleText text = new(guildSettings, settings.TimeZone, Strings.English);
            var zone = await SendCommandAsync("zone");
            var full = string.Concat(guildSettings.Schedules.Select(one => $"- {text.FormatLine(one)}\n"));
            var brief = string.Concat(guildSettings.Schedules.Select(one => $"- {text.FormatShortLine(one)}\n"));
            isShort = (full + zone).Length > 2000;

            Assert.Equal((isShort ? brief : full) + zone, await SendCommandAsync("list"));
        }

        Assert.True(isShort);
    }

    /// <summary>The machine no longer supports the time zone of the server, nor those of some schedules.</summary>
    private async Task MakeZonesUnknownAsync(params string[] schedules)
    {
        await _guilds.ChangeAsync(
            new GuildId(100),
            guildSettings =>
            {
                var unknown = guildSettings with { Zone = "Atlantis/Poseidonis" };
                foreach (var name in schedules)
                {
                    unknown = unknown.With(unknown.Find(name)! with { Zone = "Atlantis/Harbour" });
                }

                // When a schedule is due next, the scheduler pauses it.
                foreach (var active in unknown.Schedules.Where(schedule => schedule.Paused is null))
                {
                    unknown = unknown.With(active with { NextDue = _scheduleClock.GetUtcNow() });
                }

                return new GuildChange(unknown);
            },
            Stop
        );
        await _scheduler.PlanDueAsync(Stop);
    }

    private async Task<IEnumerable<string>> PausesAsync() =>
        (await SchedulesAsync()).Select(schedule => $"{schedule.Name} {schedule.Paused}");
}
