namespace Serge.Bot.Tests.Commands;

/// <summary>The other subcommands of <c>/schedule</c>, as an admin meets them.</summary>
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
        await SayAsync("set", ("time", "9:00"));
        var before = await _guilds.FindAsync(new GuildId(100), Stop);
        var command = Command(subcommand, "en-US", ("time", "8:00"), ("name", "quotation"), ("zone", "Tokyo"));

        foreach (
            var intruder in new[]
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
            var (said, ephemeral) = Read(await _command.HandleAsync(intruder, Strings.English, Stop));
            Assert.True(ephemeral);
            Assert.Contains(
                intruder.Guild is null
                    ? "Schedules belong to servers"
                    : "members with the permission **Manage Server**",
                said,
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
        await SayAsync("set", ("time", "9:00"), ("name", "mine"));
        await _guilds.SetUpAsync(
            _calendar.GetUtcNow(),
            null,
            SampleGuild.Schedule(guild: 200, name: "theirs", channel: 20)
        );
        var before = await _guilds.FindAsync(new GuildId(200), Stop);

        foreach (var subcommand in new[] { "preview", "pause", "resume", "skip", "remove" })
        {
            var said = await SayAsync(subcommand, ("name", name));
            Assert.StartsWith("There is no schedule", said, StringComparison.Ordinal);
            Assert.EndsWith("Schedules: “mine”.", said, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<#20>", Text(await PressAsync($"schedule:later:0:{name}")), StringComparison.Ordinal);
        Assert.Equivalent(before, await _guilds.FindAsync(new GuildId(200), Stop), strict: true);
        Assert.Equal("mine", (await SchedulesAsync()).Single().Name);
        Assert.DoesNotContain("theirs", await CompleteAsync("name", "t"));
    }

    [Fact]
    public async Task List_ShowsEachWithItsNextPost_AndTheZone()
    {
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync(
            "set",
            ("time", "7:00"),
            ("channel", "2"),
            ("days", "Fri"),
            ("content", "on-this-day"),
            ("name", "b"),
            ("zone", "New York")
        );
        await SayAsync("zone", ("zone", "Brussels"));
        await SayAsync("skip", ("name", "a"));
        await SayAsync("pause", ("name", "b"));

        Assert.Equal(
            """
            - “a” posts a quotation, in <#1>: every day at 09:00 (Europe/Brussels). Skipped: Tuesday 2 February, 09:00. Next: Wednesday 3 February, 09:00.
            - “b” posts the day’s events, and nothing on days without one, in <#2>: Friday at 07:00 (America/New\_York). Paused since 1 February. `/schedule resume` starts it again.
            Days and times here are in Europe/Brussels, where it is Monday 1 February, 09:00.
            """,
            await SayAsync("list")
        );
    }

    [Fact]
    public async Task Set_OfAScheduleThatSkipsItsNextPost_KeepsTheSkip()
    {
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync("skip", ("name", "a"));

        await SayAsync("set", ("time", "10:00"), ("name", "a"));

        Assert.Contains(
            "Skipped: Monday 1 February, 10:00. Next: Tuesday 2 February, 10:00.",
            await SayAsync("list"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task List_WithNothing_SaysHowToBegin()
    {
        var said = await SayAsync("list");

        Assert.StartsWith("Nothing is scheduled here. `/schedule set time:09:00`", said, StringComparison.Ordinal);
        Assert.Contains("This server has no time zone", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfTenWithTheLongestOfNames_FitsIntoAMessage()
    {
        for (var n = 0; n < GuildSettings.MaxSchedules; n++)
        {
            var name = $"{n}{new string('*', ScheduleName.MaxLength - 1)}";
            await SayAsync(
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
            var said = await SayAsync("list", locale);
            Assert.InRange(said.EnumerateRunes().Count(), 1, 2000);
            Assert.Equal(10, said.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task ANameFullOfMarkup_IsShownAsItWasTyped()
    {
        var said = await SayAsync("set", ("time", "9:00"), ("name", "@everyone <@1> [x](https://e"));

        Assert.StartsWith("“\\@everyone \\<\\@1\\> \\[x\\](https:\u2060//e”", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_ShowsExactlyWhatIsPostedThen()
    {
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync("set", ("time", "9:00"), ("content", "on-this-day-or-quote"), ("name", "b"));
        var shown = await SayAsync("preview");

        for (var day = 0; day < 3; day++)
        {
            _calendar.AdjustTime(Some.At("2027-02-01 09:00").AddDays(day));
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
    public async Task Preview_HasPages_WhoseButtonsGoOnWhereThePageEnds()
    {
        await SayAsync("set", ("time", "9:00"));
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
        await SayAsync("set", ("time", "9:00"));

        Assert.Equal(Strings.English.UnknownButton, Text(await PressAsync(customId)));
        Assert.Single(await SchedulesAsync());
    }

    [Fact]
    public async Task Press_ByAMemberWithoutManageServer_IsRefused()
    {
        await SayAsync("set", ("time", "9:00"));

        Assert.Contains(
            "Manage Server",
            Text(await PressAsync("schedule:later:0:", DiscordPermissions.None)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Skip_LeavesOutOneOnly_AndResumeTakesItBack()
    {
        await SayAsync("set", ("time", "9:00"));

        Assert.Equal(
            "“quotation” skips Monday 1 February, 09:00. `/schedule resume` undoes that. Next: Tuesday 2 February, 09:00.",
            await SayAsync("skip")
        );
        Assert.Contains(
            "**Monday 1 February, 09:00** · “quotation” · <#1>\n-# Skipped: nothing is posted.",
            await SayAsync("preview"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "“quotation” posts as usual; the skip is undone. Next: Monday 1 February, 09:00.",
            await SayAsync("resume")
        );
        Assert.StartsWith(
            "“quotation” is already active; there is nothing to resume.",
            await SayAsync("resume"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Pause_StopsIt_AndResumeOwesNothing()
    {
        await SayAsync("set", ("time", "9:00"));
        Assert.StartsWith("“quotation” is paused.", await SayAsync("pause"), StringComparison.Ordinal);
        _calendar.AdjustTime(Some.At("2027-02-03 12:00"));
        await _scheduler.PlanDueAsync(Stop);

        Assert.Equal("“quotation” is active again. Next: Thursday 4 February, 09:00.", await SayAsync("resume"));
        await _scheduler.PlanDueAsync(Stop);
        Assert.Empty(await _ledger.GetRecentAsync(10, Stop));
        await SayAsync("pause");
        Assert.Contains("so there is no post to skip", await SayAsync("skip"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_WhereTheChannelIsStillClosed_SaysWhatIsMissing()
    {
        await SayAsync("set", ("time", "9:00"));
        await PausedByUsAsync(PauseCause.ChannelForbidden);
        _discord.Channel(1, 100, DiscordPermissions.ViewChannel | DiscordPermissions.ReadMessageHistory);

        Assert.Contains("I lack **Send Messages**", await SayAsync("resume"), StringComparison.Ordinal);
        Assert.Equal(PauseCause.ChannelForbidden, (await SchedulesAsync()).Single().Paused);

        _discord.Channel(1, 100);
        Assert.StartsWith("“quotation” is active again.", await SayAsync("resume"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhateverAnAdminComesFor_TheyLearnWhatWasPausedWithoutTheirDoing()
    {
        await SayAsync("set", ("time", "9:00"));
        await PausedByUsAsync(PauseCause.ChannelDeleted);

        foreach (
            var said in new[]
            {
                await SayAsync("zone", ("zone", "Brussels")),
                await SayAsync("set", ("time", "10:00"), ("channel", "2"), ("name", "other")),
                await SayAsync("list"),
            }
        )
        {
            Assert.Contains(
                "the channel was deleted. `/schedule set` with this name and another channel",
                said,
                StringComparison.Ordinal
            );
        }

        Assert.DoesNotContain(
            "deleted",
            await SayAsync("set", ("time", "10:00"), ("channel", "2"), ("name", "quotation")),
            StringComparison.Ordinal
        );
        Assert.All(await SchedulesAsync(), schedule => Assert.Null(schedule.Paused));
    }

    [Fact]
    public async Task Remove_TakesItAway_AndCallsOffWhatIsPlanned()
    {
        await SayAsync("set", ("time", "9:00"));
        await _ledger.PlanAsync(
            "",
            null,
            [Some.Post("planned", to: "discord:1") with { Schedule = new ScheduleId("guild:100", "quotation") }],
            Stop
        );

        Assert.StartsWith("“quotation” is removed.", await SayAsync("remove"), StringComparison.Ordinal);

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
        Assert.StartsWith("Nothing is scheduled here.", await SayAsync(subcommand), StringComparison.Ordinal);
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync("set", ("time", "9:00"), ("name", "b"));
        var before = await SchedulesAsync();

        Assert.Equal("Choose one with the option `name`: “a”, “b”.", await SayAsync(subcommand));
        Assert.Equal(before, await SchedulesAsync());
    }

    [Fact]
    public async Task Zone_MovesWhatGoesByIt_AndNothingElse()
    {
        await SayAsync("set", ("time", "9:00"), ("name", "by the server"));
        await SayAsync("set", ("time", "9:00"), ("name", "by itself"), ("zone", "Tokyo"));

        Assert.StartsWith(
            "From now on days and times here are in America/New\\_York, where it is Monday 1 February, 03:00.",
            await SayAsync("zone", ("zone", "new york")),
            StringComparison.Ordinal
        );

        Assert.Equal(
            [Some.At("2027-02-02 00:00"), Some.At("2027-02-01 14:00")],
            (await SchedulesAsync()).Select(schedule => schedule.NextDue!.Value)
        );
        Assert.Equal("America/New_York", _directory.GetTimeZone(Command("list", "en-US")).Id);
    }

    [Fact]
    public async Task Zone_AfterAnUnknownOne_StartsWhatGoesByItAgain_AndSaysSo()
    {
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync("set", ("time", "9:00"), ("name", "b"));
        await SayAsync("pause", ("name", "b"));
        await SayAsync("set", ("time", "9:00"), ("name", "c"), ("zone", "Tokyo"));
        await ZonesBecomeUnknownAsync("c");
        var list = await SayAsync("list");
        Assert.Contains(
            "because the bot does not know the server’s time zone. `/schedule zone` with another one starts it again.",
            list,
            StringComparison.Ordinal
        );
        const string Own =
            "because the bot does not know its time zone. `/schedule set` with this name and another time zone starts it again.";
        Assert.Contains(Own, list, StringComparison.Ordinal);

        var said = await SayAsync("zone", ("zone", "Brussels"));

        Assert.Contains("\nActive again: “a”.\n", said, StringComparison.Ordinal);
        Assert.Contains($"- “c”: paused since 1 February, {Own}", said, StringComparison.Ordinal);
        Assert.Equal(["a ", "b Admin", "c UnknownZone"], await PausesAsync());
        Assert.Equal(Some.At("2027-02-02 08:00"), (await SchedulesAsync())[0].NextDue);
    }

    [Fact]
    public async Task Set_WithAnotherZone_StartsAScheduleWhoseOwnWasUnknown()
    {
        await SayAsync("set", ("time", "9:00"), ("name", "a"), ("zone", "Tokyo"));
        await ZonesBecomeUnknownAsync("a");
        Assert.StartsWith(
            "I do not know the time zone “Atlantis/Harbour”.",
            await SayAsync("set", ("time", "9:00"), ("name", "a")),
            StringComparison.Ordinal
        );
        Assert.Equal(["a UnknownZone"], await PausesAsync());

        Assert.StartsWith(
            "“a” posts",
            await SayAsync("set", ("time", "9:00"), ("name", "a"), ("zone", "Tokyo")),
            StringComparison.Ordinal
        );

        Assert.Equal(["a "], await PausesAsync());
        Assert.Equal(Some.At("2027-02-02 00:00"), (await SchedulesAsync())[0].NextDue);
    }

    [Fact]
    public async Task Set_InAServerWithAnUnknownZone_ChangesNothingAndNamesIt()
    {
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await ZonesBecomeUnknownAsync();
        var before = await SchedulesAsync();

        Assert.StartsWith(
            "I do not know the time zone “Atlantis/Poseidonis”.",
            await SayAsync("set", ("time", "10:00"), ("name", "b")),
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
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync("set", ("time", "9:00"), ("name", "b"));
        await RemovedAsync();

        await SayAsync(subcommand, ("name", "a"), ("time", "10:00"));

        var guildSettings = (await _guilds.FindAsync(new GuildId(100), Stop))!;
        Assert.Null(guildSettings.LeftAt);
        Assert.Equal(Some.At("2027-02-01 09:00"), guildSettings.Find("b")!.NextDue);
    }

    [Fact]
    public async Task List_InAServerThatHadRemovedTheBot_ShowsWhatIsNext_AndTheAdminsAreTold()
    {
        _discord.Guild(100, systemChannel: 2);
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await RemovedAsync();

        Assert.Contains("Next: Monday 1 February, 09:00.", await SayAsync("list"), StringComparison.Ordinal);

        var notice = Assert.Single(await _ledger.GetRecentAsync(10, Stop));
        Assert.Equal((PostKind.Notice, "discord:2"), (notice.Kind, notice.Destination.ToString()));
        Assert.Contains("active again: “a”.", notice.Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_InAServerThatHadRemovedTheBot_SaysThatItIsActiveAgain()
    {
        await SayAsync("set", ("time", "9:00"));
        await RemovedAsync();

        Assert.Equal("“quotation” is active again. Next: Monday 1 February, 09:00.", await SayAsync("resume"));
        Assert.StartsWith("“quotation” is already active", await SayAsync("resume"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ByAMemberWithoutManageServer_DoesNotBringTheServerBack()
    {
        await SayAsync("set", ("time", "9:00"));
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
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync("set", ("time", "9:00"), ("name", "b"));

        Assert.Equal(first, string.Concat((await CompleteAsync(option, typed)).Take(1)));
    }

    /// <summary>A change of the server's zone calls off what the schedules have planned that go by it; the same zone again nothing.</summary>
    [Theory]
    [InlineData("Brussels", PostState.Planned, PostState.Planned)]
    [InlineData("Tokyo", PostState.Cancelled, PostState.Planned)]
    internal async Task Zone_CallsOffWhatWasPlannedByTheOldOne(string city, PostState byServer, PostState byItself)
    {
        await SayAsync("zone", ("zone", "Brussels"));
        await SayAsync("set", ("time", "9:00"), ("name", "a"));
        await SayAsync("set", ("time", "9:00"), ("name", "b"), ("zone", "Paris"));
        foreach (var name in new[] { "a", "b" })
        {
            await _ledger.PlanAsync(
                "",
                null,
                [Some.Post(name, to: "discord:1") with { Schedule = new ScheduleId("guild:100", name) }],
                Stop
            );
        }

        await SayAsync("zone", ("zone", city));

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
        await SayAsync("set", ("time", "9:00"));
        await SayAsync("skip");
        _discord.Channel(1, 100, DiscordPermissions.None);
        var asked = _discord.Asked;

        Assert.StartsWith("“quotation” posts as usual", await SayAsync("resume"), StringComparison.Ordinal);
        Assert.Equal(asked, _discord.Asked);
    }

    /// <summary>Another worker on the same database may know the time zone, and then the schedule posts.</summary>
    [Fact]
    public async Task Resume_OfOneThatIsOnlySkipped_InAnUnknownZone_UndoesTheSkipAndKeepsItActive()
    {
        await SayAsync("set", ("time", "9:00"));
        await SayAsync("skip");
        var due = (await SchedulesAsync()).Single().NextDue;
        Assert.NotNull(due);
        await _guilds.ChangeAsync(
            new GuildId(100),
            guildSettings => new GuildChange(guildSettings with { Zone = "Atlantis/Poseidonis" }),
            Stop
        );

        Assert.Equal("“quotation” posts as usual; the skip is undone.", await SayAsync("resume"));

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
        await SayAsync("set", ("time", "9:00"));

        Assert.Equal(
            isFound,
            (await SayAsync("pause", ("name", name))).StartsWith("“quotation” is paused", StringComparison.Ordinal)
        );
        Assert.Equal(isFound, (await SchedulesAsync()).Single().Paused is not null);
        Assert.Equal(
            isFound,
            !(await SayAsync("preview", ("name", name))).StartsWith("There is no schedule", StringComparison.Ordinal)
        );
    }

    /// <summary>Full lines as long as they fit, then short ones.</summary>
    [Fact]
    public async Task List_OfManyLongLines_IsShortOnlyWhereItMustBe()
    {
        var isShort = false;
        for (var n = 0; n < GuildSettings.MaxSchedules; n++)
        {
            await SayAsync(
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
            var zone = await SayAsync("zone");
            var full = string.Concat(guildSettings.Schedules.Select(one => $"- {text.FormatLine(one)}\n"));
            var brief = string.Concat(guildSettings.Schedules.Select(one => $"- {text.FormatShortLine(one)}\n"));
            isShort = (full + zone).Length > 2000;

            Assert.Equal((isShort ? brief : full) + zone, await SayAsync("list"));
        }

        Assert.True(isShort);
    }

    /// <summary>The machine no longer knows the server’s time zone, nor those of some schedules.</summary>
    private async Task ZonesBecomeUnknownAsync(params string[] schedules)
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
                    unknown = unknown.With(active with { NextDue = _calendar.GetUtcNow() });
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
