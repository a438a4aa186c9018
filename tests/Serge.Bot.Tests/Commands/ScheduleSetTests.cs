namespace Serge.Bot.Tests.Commands;

/// <summary><c>/schedule set</c> as an admin uses it.</summary>
public sealed class ScheduleSetTests : GuildCommandFixture
{
    [Fact]
    public async Task Set_WithATimeOnly_PostsAQuotationHereEveryDay()
    {
        Assert.Equal(
            """
            “quotation” posts a quotation, in <#1>: every day at 09:30 (UTC). Next: Monday 1 February, 09:30. `/schedule preview` shows what it will say.
            The time is in UTC, the bot’s default time zone. `/schedule zone` sets one for this server.
            """,
            await SendCommandAsync("set", ("time", "9:30"))
        );

        var schedule = Assert.Single(await SchedulesAsync());
        Assert.Equal(
            (Some.At("2027-02-01 09:30"), ScheduleContent.Quote, Weekdays.Daily),
            (schedule.NextDue, schedule.Content, schedule.Days)
        );
    }

    [Fact]
    public async Task Set_WithEverything_IsReadInBothLanguages()
    {
        const string Sentence =
            "“le soir” posts the day’s events, or a quotation on days without one, in <#2>: Monday, Wednesday at 21:30 (Europe/Brussels). Next: Monday 1 February, 21:30. `/schedule preview` shows what it will say.";
        Assert.Equal(
            Sentence,
            await SendCommandAsync(
                "set",
                ("time", "9:30 pm"),
                ("channel", "2"),
                ("days", "Mon, Wed"),
                ("content", "on-this-day-or-quote"),
                ("name", "Le Soir"),
                ("zone", "Brussels")
            )
        );
        Assert.Equal(
            Sentence,
            await SendCommandAsync(
                "set",
                ("time", "21h30"),
                ("channel", "2"),
                ("days", "lundi et mercredi"),
                ("name", " le  soir "),
                ("zone", "Bruxelles")
            )
        );
        Assert.Single(await SchedulesAsync());
    }

    [Fact] // it is just after nine o’clock in Paris
    public async Task Set_InFrench_AnswersInFrench() =>
        Assert.StartsWith(
            "«\u00A0citation\u00A0» publie une citation, dans <#1>\u00A0: du lundi au vendredi à 09:00 (Europe/Paris). Prochaine fois\u00A0: mardi 2 février, 09:00.",
            await SendCommandAsync("set", "fr", ("time", "9h"), ("days", "en semaine"), ("zone", "Paris")),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Set_ANameThatExists_ChangesOnlyTheGivenOptions_AndCancelsWhatWasPlanned()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("channel", "2"), ("days", "weekends"), ("name", "x"));
        await _ledger.PlanAsync(
            "",
            null,
            [Some.Post("planned", to: "discord:2") with { Schedule = new ScheduleId("guild:100", "x") }],
            Stop
        );

        await SendCommandAsync("set", ("time", "10:00"), ("name", "X"));

        var schedule = Assert.Single(await SchedulesAsync());
        Assert.Equal(
            (new TimeOnly(10, 0), new ChannelId(2), Weekdays.Weekend),
            (schedule.Time, schedule.Channel, schedule.Days)
        );
        Assert.Equal(PostState.Cancelled, Assert.Single(await _ledger.GetRecentAsync(10, Stop)).State);
    }

    [Fact]
    public async Task Set_TheSameAgainWithoutAName_MakesASecondOneAndReportsIt()
    {
        await SendCommandAsync("set", ("time", "9:00"));

        var text = await SendCommandAsync("set", ("time", "18:00"));

        Assert.StartsWith("“quotation 2” posts", text, StringComparison.Ordinal);
        Assert.Contains("“quotation” already posts the same in that channel.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_AnEleventh_IsRefused_ButAChangeIsNot()
    {
        for (var n = 1; n <= GuildSettings.MaxSchedules; n++)
        {
            await SendCommandAsync("set", ("time", "9:00"), ("name", $"{n}"));
        }

        Assert.StartsWith(
            "A server can have 10 schedules, and this server has that many.",
            await SendCommandAsync("set", ("time", "9:00")),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "“7” posts",
            await SendCommandAsync("set", ("time", "10:00"), ("name", "7")),
            StringComparison.Ordinal
        );
        Assert.Equal(10, (await SchedulesAsync()).Count);
    }

    [Theory]
    [InlineData("time", "soon", "“soon” is not a time of day. Write it like 09:00")]
    [InlineData("days", "sometimes", "I do not know the days “sometimes”. Write daily, weekdays")]
    [InlineData("content", "poetry", "I cannot post “poetry”. Write quote, on-this-day")]
    [InlineData("name", "\u200B", "is not a valid name. A name has 1 to 32 characters.")]
    [InlineData("name", "a name that is much too long to be typed again", "is not a valid name")]
    [InlineData("zone", "Atlantis", "I do not know the time zone “Atlantis”. Start typing a city")]
    [InlineData("zone", "../../etc/passwd", "I do not know the time zone")]
    [InlineData("channel", "not-a-number", "cannot see that channel in this server")]
    [InlineData("channel", "18446744073709551615", "cannot see that channel in this server")]
    [InlineData("channel", "20", "cannot see that channel in this server")] // a channel of another server
    [InlineData("channel", "3", "cannot see that channel in this server")] // a channel that does not exist
    public async Task Set_WhatCannotBe_StatesWhatToTypeInstead_AndWritesNothing(
        string option,
        string value,
        string text
    )
    {
        Dictionary<string, string> options = new() { ["time"] = "9:00" };
        options[option] = value;

        Assert.Contains(
            text,
            await SendCommandAsync("set", [.. options.Select(pair => (pair.Key, pair.Value))]),
            StringComparison.Ordinal
        );
        Assert.Empty(await _guilds.ListAsync(Stop));
    }

    [Theory]
    [InlineData(
        (ulong)DiscordPermissions.None,
        true,
        "I lack **View Channel**, **Send Messages**, **Read Message History**. An admin can give me that under Edit Channel → Permissions"
    )]
    [InlineData((ulong)DiscordPermissions.ViewChannel, true, "I lack **Send Messages**, **Read Message History**.")]
    [InlineData((ulong)FakeServers.Enough, false, "<#2> does not accept messages")]
    public async Task Set_InAChannelThatIsClosed_StatesWhatIsMissing_AndWritesNothing(
        ulong permissions,
        bool acceptsMessages,
        string text
    )
    {
        _discord.Channel(2, 100, (DiscordPermissions)permissions, acceptsMessages);

        Assert.Contains(
            text,
            await SendCommandAsync("set", ("time", "9:00"), ("channel", "2")),
            StringComparison.Ordinal
        );
        Assert.Empty(await _guilds.ListAsync(Stop));
    }

    [Fact]
    public async Task Set_WithoutTheHistory_IsDoneWithAWarning()
    {
        _discord.Channel(2, 100, DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages);

        Assert.Contains(
            "In <#2> I lack **Read Message History**.",
            await SendCommandAsync("set", ("time", "9:00"), ("channel", "2")),
            StringComparison.Ordinal
        );
        Assert.Single(await SchedulesAsync());
    }

    [Fact]
    public async Task Set_WhileDiscordIsSilent_WritesNothing()
    {
        _discord.IsDown = true;

        Assert.Contains(
            "try again in a minute",
            await SendCommandAsync("set", ("time", "9:00")),
            StringComparison.Ordinal
        );
        Assert.Empty(await _guilds.ListAsync(Stop));
    }

    [Fact]
    public async Task Set_ANameThatIsThere_KeepsZoneAndContent()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("content", "on-this-day"), ("zone", "Tokyo"), ("name", "x"));

        await SendCommandAsync("set", ("time", "10:00"), ("name", "x"));

        var schedule = Assert.Single(await SchedulesAsync());
        Assert.Equal(("Asia/Tokyo", ScheduleContent.OnThisDay), (schedule.Zone, schedule.Content));
    }

    [Fact]
    public async Task Set_WithoutAChannelAnywhere_AsksForOne()
    {
        var reply = await _command.HandleAsync(
            Command("set", "en-US", ("time", "9:00")) with
            {
                Channel = null,
            },
            Bot.Rendering.Strings.English,
            Stop
        );

        Assert.Equal((Bot.Rendering.Strings.English.NoChannel, true), Read(reply));
        Assert.Empty(await _guilds.ListAsync(Stop));
    }

    [Fact]
    public async Task Set_InAServerThatTheBotBelievedToHaveLeft_IsDueAgain()
    {
        await SendCommandAsync("set", ("time", "9:00"), ("name", "x"));
        await _guilds.ChangeAsync(
            new GuildId(100),
            guildSettings => new GuildChange(
                (guildSettings with { LeftAt = Some.Noon }).DueAfter(Some.Noon, TimeZoneInfo.Utc)
            ),
            Stop
        );
        Assert.Null((await SchedulesAsync()).Single().NextDue);

        await SendCommandAsync("set", ("time", "10:00"), ("name", "y"));

        Assert.Null((await _guilds.FindAsync(new GuildId(100), Stop))!.LeftAt);
        Assert.All(await SchedulesAsync(), schedule => Assert.NotNull(schedule.NextDue));
    }

    /// <summary>The reply has a remark only if another schedule has the same content in the same channel.</summary>
    [Theory]
    [InlineData("1", "quote", null, true)]
    [InlineData("2", "quote", null, false)]
    [InlineData("1", "on-this-day", null, false)]
    [InlineData("1", "quote", "named", false)] // with a name it is intended
    public async Task Set_TheSameInTheSameChannel_ReportsIt(string channel, string content, string? name, bool isSaid)
    {
        await SendCommandAsync("set", ("time", "9:00"));

        var text = await SendCommandAsync(
            "set",
            [
                ("time", "18:00"),
                ("channel", channel),
                ("content", content),
                .. name is null ? [] : new[] { ("name", name) },
            ]
        );

        Assert.Equal(
            isSaid,
            text.Contains("“quotation” already posts the same in that channel.", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("time", "25:00")]
    [InlineData("channel", "x")]
    [InlineData("days", "x")]
    [InlineData("content", "x")]
    [InlineData("name", "\u200B")]
    [InlineData("zone", "x")]
    public async Task Set_WithSeveralMistakes_NamesTheFirst(string option, string value)
    {
        string[] order = ["time", "channel", "days", "content", "name", "zone"];
        Dictionary<string, string> wrong = order.ToDictionary(one => one, one => one == "name" ? "\u200B" : "x");
        var right = new Dictionary<string, string>
        {
            ["time"] = "9:00",
            ["channel"] = "1",
            ["days"] = "daily",
            ["content"] = "quote",
            ["name"] = "x",
        };
        wrong[option] = value;
        var options = order
            .TakeWhile(one => one != option)
            .Select(one => (one, right[one]))
            .Concat(order.SkipWhile(one => one != option).Select(one => (one, wrong[one])));

        var text = await SendCommandAsync("set", [.. options]);

        Assert.Equal(
            await SendCommandAsync("set", [.. options.Where(one => one.one == option || one.one == "time")]),
            text
        );
        Assert.Empty(await _guilds.ListAsync(Stop));
    }

    [Fact]
    public async Task Set_WithoutButtons_KeepsThemOffUntilTheyAreWanted()
    {
        Assert.Contains(
            "Without buttons.",
            await SendCommandAsync("set", ("time", "9:30"), ("name", "a"), ("buttons", "false")),
            StringComparison.Ordinal
        );
        await SendCommandAsync("set", ("time", "9:45"), ("name", "a"));
        Assert.False(Assert.Single(await SchedulesAsync()).Options.Buttons);

        Assert.DoesNotContain(
            "buttons",
            await SendCommandAsync("set", ("time", "9:45"), ("name", "a"), ("buttons", "true")),
            StringComparison.Ordinal
        );
        Assert.True(Assert.Single(await SchedulesAsync()).Options.Buttons);
    }

    [Fact]
    public async Task Set_WithPictures_KeepsThemUntilTheyAreNotWanted()
    {
        Assert.Contains(
            "With a picture.",
            await SendCommandAsync("set", ("time", "9:30"), ("name", "a"), ("picture", "true")),
            StringComparison.Ordinal
        );
        await SendCommandAsync("set", ("time", "9:45"), ("name", "a"));
        Assert.True(Assert.Single(await SchedulesAsync()).Options.Picture);

        Assert.DoesNotContain(
            "picture",
            await SendCommandAsync("set", ("time", "9:45"), ("name", "a"), ("picture", "false")),
            StringComparison.Ordinal
        );
        Assert.False(Assert.Single(await SchedulesAsync()).Options.Picture);
    }

    [Fact]
    public async Task Set_WithASwitchThatIsNone_ReportsIt() =>
        Assert.StartsWith(
            "“maybe” is neither true nor false.",
            await SendCommandAsync("set", ("time", "9:30"), ("buttons", "maybe")),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Set_WithOptions_KeepsThemUntilTheyAreUndone()
    {
        _discord.Roles.Add(new DiscordRole(7, IsMentionable: true));
        _discord.Channel(
            1,
            100,
            FakeServers.Enough | DiscordPermissions.CreatePublicThreads,
            kind: ChannelKind.Announcement
        );

        Assert.Contains(
            "With a thread under each post. Published in the channels that follow it. Notifies <@&7>. Next:",
            await SendCommandAsync(
                "set",
                ("time", "9"),
                ("name", "a"),
                ("thread", "true"),
                ("crosspost", "true"),
                ("mention", "7")
            ),
            StringComparison.Ordinal
        );
        await SendCommandAsync("set", ("time", "10"), ("name", "a"));
        var kept = Assert.Single(await SchedulesAsync()).Options;
        Assert.Equal((true, true, "7"), (kept.Thread, kept.Crosspost, kept.Mention));

        await SendCommandAsync(
            "set",
            ("time", "10"),
            ("name", "a"),
            ("thread", "false"),
            ("crosspost", "false"),
            ("silent", "true")
        );
        Assert.Equal(PostOptions.Default, Assert.Single(await SchedulesAsync()).Options);
    }

    [Fact]
    public async Task Set_WithARoleThatNotifiesNobody_ChangesNothing()
    {
        _discord.Roles.Add(new DiscordRole(7, IsMentionable: false));

        Assert.StartsWith(
            "A mention of <@&7> notifies nobody",
            await SendCommandAsync("set", ("time", "9"), ("mention", "7")),
            StringComparison.Ordinal
        );
        Assert.Empty(await SchedulesAsync());
    }
}
