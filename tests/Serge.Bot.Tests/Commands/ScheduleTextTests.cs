namespace Serge.Bot.Tests.Commands;

/// <summary>Schedules and the commands that change them, without a database.</summary>
public sealed class ScheduleTextTests
{
    private static readonly BotSettings Settings = new() { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
    private static readonly DateTimeOffset Now = Some.At("2027-02-01 08:00");

    [Fact]
    public void Next_IsTheDueTime_InTheScheduleZone_AfterWhatIsSkipped()
    {
        var schedule = SampleGuild.Schedule(time: "09:00", zone: "Asia/Tokyo", nextDue: Some.At("2027-02-02 00:00"));
        var guildSettings = SampleGuild.With(schedule);

        Assert.Equal("Next: Tuesday 2 February, 09:00.", Text(guildSettings, Strings.English).FormatNext(schedule));
        Assert.Equal(
            "Next: Wednesday 3 February, 09:00.",
            Text(guildSettings, Strings.English).FormatNext(schedule with { Skip = schedule.NextDue })
        );
        Assert.Equal(
            "Prochaine fois : mardi 2 février, 09:00.",
            Plain(Text(guildSettings, Strings.French).FormatNext(schedule with { Skip = Now }))
        );
        Assert.Equal("", Text(guildSettings, Strings.English).FormatNext(schedule with { NextDue = null }));
        Assert.Equal("", Text(guildSettings, Strings.English).FormatNext(schedule with { Zone = "No/Where" }));
    }

    [Theory]
    [InlineData(null, null, "31 January")] // in the bot's zone
    [InlineData("Asia/Tokyo", null, "1 February")]
    [InlineData("Asia/Tokyo", "America/New_York", "31 January")]
    [InlineData("No/Where", null, "31 January")]
    public void Pause_StatesSinceWhichLocalDay(string? server, string? own, string day)
    {
        var schedule = SampleGuild.Schedule(zone: own) with
        {
            Paused = PauseCause.Admin,
            PausedAt = Some.At("2027-01-31 23:30"),
        };
        var guildSettings = SampleGuild.With(schedule) with { Zone = server };

        Assert.Equal(
            $"Paused since {day}. `/schedule resume` starts it again.",
            Text(guildSettings, Strings.English).FormatPause(schedule)
        );
    }

    [Theory]
    [InlineData(null, null, "UTC")]
    [InlineData("America/New_York", null, @"America/New\_York")]
    [InlineData("America/New_York", "Asia/Tokyo", "Asia/Tokyo")]
    public void Sentence_NamesTheZoneThatCounts(string? server, string? own, string zone)
    {
        var schedule = SampleGuild.Schedule(name: "a*b", days: Weekdays.Monday | Weekdays.Friday, zone: own);

        Assert.Equal(
            $@"“a\*b” posts a quotation, in <#1>: Monday, Friday at 09:00 ({zone}).",
            Text(SampleGuild.With(schedule) with { Zone = server }, Strings.English).FormatSentence(schedule)
        );
    }

    [Fact]
    public void ShortLine_HasNameChannelTimeDaysAndWhetherItIsPaused()
    {
        var schedule = SampleGuild.Schedule(days: Weekdays.Monday | Weekdays.Sunday);
        var guildSettings = SampleGuild.With(schedule);

        Assert.Equal(
            "“morning” · <#1> · 09:00 · Mon, Sun",
            Text(guildSettings, Strings.English).FormatShortLine(schedule)
        );
        Assert.Equal(
            "« morning » · <#1> · 09:00 · tous les jours · suspendu",
            Plain(
                Text(guildSettings, Strings.French)
                    .FormatShortLine(schedule with { Days = Weekdays.Daily, Paused = PauseCause.Admin })
            )
        );
    }

    [Fact]
    public void Line_OfOneThatIsSkippedInAnUnknownZone_LeavesTheTimesOut()
    {
        var schedule = SampleGuild.Schedule(zone: "No/Where", nextDue: Now) with { Skip = Now };

        Assert.Equal(
            "“morning” posts a quotation, in <#1>: every day at 09:00 (No/Where). ",
            Text(SampleGuild.With(schedule), Strings.English).FormatLine(schedule)
        );
    }

    /// <summary>The first four schedules that the bot has paused itself, without the one of this reply.</summary>
    [Fact]
    public void Attention_NamesWhatWasPausedByTheBot()
    {
        var schedules = Enumerable
            .Range(1, 7)
            .Select(n =>
                SampleGuild.Schedule(name: $"{n}") with
                {
                    Paused = n switch
                    {
                        1 => null,
                        2 => PauseCause.Admin,
                        _ => PauseCause.ChannelForbidden,
                    },
                    PausedAt = Now,
                }
            );
        var guildSettings = SampleGuild.With([.. schedules]);
        const string Why =
            "paused since 1 February, because I may not post in the channel. Allow it, then use `/schedule resume`.";

        Assert.Equal(
            $"\nNeeds attention:\n- “3”: {Why}\n- “4”: {Why}\n- “5”: {Why}\n- “6”: {Why}",
            Text(guildSettings, Strings.English).FormatAttention(null)
        );
        Assert.Equal(
            $"\nNeeds attention:\n- “4”: {Why}\n- “5”: {Why}\n- “6”: {Why}\n- “7”: {Why}",
            Text(guildSettings, Strings.English).FormatAttention("3")
        );
        Assert.Equal(
            "",
            Text(SampleGuild.With(guildSettings.Schedules[0], guildSettings.Schedules[1]), Strings.English)
                .FormatAttention(null)
        );
    }

    [Fact]
    public void Now_InAZone_IsItsLocalTime()
    {
        Assert.Equal("Monday 1 February, 17:00", ScheduleText.FormatNow("Asia/Tokyo", Now, Strings.English));
        Assert.Equal("?", ScheduleText.FormatNow("No/Where", Now, Strings.English));
        Assert.Equal("Asia/Tokyo (17:00)", ScheduleText.FormatZone("Asia/Tokyo", Now));
        Assert.Equal("No/Where", ScheduleText.FormatZone("No/Where", Now));
        Assert.Equal("“a”, “b”", Text(TwoSchedules, Strings.English).FormatNames());
    }

    private static GuildSettings TwoSchedules =>
        SampleGuild.With(SampleGuild.Schedule(name: "b"), SampleGuild.Schedule(name: "a"));

    /// <summary>Every change as it is stored, and the posts that it cancels.</summary>
    [Fact]
    public void Pause_OfOneThatWorks_StopsItAndCancelsWhatIsPlanned()
    {
        var schedule = SampleGuild.Schedule(nextDue: Now) with { Skip = Now };

        var (change, answer) = Decide("schedule pause", schedule);

        Assert.Equal(
            schedule with
            {
                Paused = PauseCause.Admin,
                PausedAt = Now,
                Skip = null,
                NextDue = null,
            },
            Assert.Single(change!.After.Schedules)
        );
        Assert.Equal([(schedule, "Paused by an admin of the server.")], change.Superseded);
        Assert.Equal(Strings.English.ScheduleIsPaused("“morning”"), answer);
    }

    [Fact]
    public void Pause_OfOneThatAnAdminPaused_KeepsSinceWhen()
    {
        var since = Now.AddDays(-3);
        var schedule = SampleGuild.Schedule() with { Paused = PauseCause.Admin, PausedAt = since };

        Assert.Equal(since, Decide("schedule pause", schedule).Change!.After.Schedules[0].PausedAt);
    }

    [Theory]
    [InlineData(PauseCause.ChannelDeleted)]
    [InlineData(PauseCause.ChannelForbidden)]
    [InlineData(PauseCause.UnknownZone)]
    internal void Pause_OfOneThatTheBotPaused_ChangesNothingAndStatesWhy(PauseCause cause)
    {
        var schedule = SampleGuild.Schedule() with { Paused = cause, PausedAt = Now };

        var why = Strings
            .English.Paused(cause, "1 February")
            .Replace("Paused since", "paused since", StringComparison.Ordinal);
        Assert.Equal((null, $"“morning”: {why}"), Decide("schedule pause", schedule));
    }

    [Fact]
    public void Resume_StartsItFromNow_AlsoInAServerThatTheBotBelievedToHaveLeft()
    {
        var schedule = SampleGuild.Schedule() with { Paused = PauseCause.ChannelForbidden, PausedAt = Now, Skip = Now };

        var (change, answer) = Decide("schedule resume", schedule, leftAt: Now);

        Assert.Equal(
            schedule with
            {
                Paused = null,
                PausedAt = null,
                Skip = null,
                NextDue = Some.At("2027-02-01 09:00"),
            },
            Assert.Single(change!.After.Schedules)
        );
        Assert.Null(change.After.LeftAt);
        Assert.Empty(change.Superseded);
        Assert.Equal("“morning” is active again. Next: Monday 1 February, 09:00.", answer);
    }

    [Fact]
    public void Resume_OfOneThatIsSkipped_RemovesTheSkip()
    {
        var schedule = SampleGuild.Schedule(nextDue: Some.At("2027-02-01 09:00")) with
        {
            Skip = Some.At("2027-02-01 09:00"),
        };

        var (change, answer) = Decide("schedule resume", schedule);

        Assert.Equal(schedule with { Skip = null }, Assert.Single(change!.After.Schedules));
        Assert.Equal("“morning” posts as usual; the skip is undone. Next: Monday 1 February, 09:00.", answer);
    }

    [Theory]
    [InlineData(
        "No/Where",
        null,
        "its time zone. `/schedule set` with this name and another time zone starts it again."
    )]
    [InlineData(null, "No/Where", "the server’s time zone. `/schedule zone` with another one starts it again.")]
    public void Resume_InAnUnknownZone_ChangesNothingAndNamesTheCommandThatHelps(
        string? own,
        string? server,
        string advice
    )
    {
        var schedule = SampleGuild.Schedule(zone: own) with { Paused = PauseCause.UnknownZone, PausedAt = Now };

        Assert.Equal(
            (null, $"“morning”: paused since 1 February, because the bot does not know {advice}"),
            Decide("schedule resume", schedule, zone: server)
        );
    }

    /// <summary>After that, <c>/schedule zone</c> resumes the schedule.</summary>
    [Fact]
    public void Resume_OfOneThatAnAdminPaused_InAnUnknownZone_LeavesTheZoneAsTheOnlyReason()
    {
        var schedule = SampleGuild.Schedule() with { Paused = PauseCause.Admin, PausedAt = Now };

        var (change, answer) = Decide("schedule resume", schedule, zone: "No/Where");

        Assert.Equal(schedule with { Paused = PauseCause.UnknownZone }, Assert.Single(change!.After.Schedules));
        Assert.StartsWith(
            "“morning”: paused since 1 February, because the bot does not know the server’s time zone.",
            answer,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Resume_OfOneThatIsNotPaused_InAServerThatTheBotBelievedToHaveLeft_StartsIt()
    {
        var (change, answer) = Decide("schedule resume", SampleGuild.Schedule(), leftAt: Now);

        Assert.Null(change!.After.LeftAt);
        Assert.Equal(Some.At("2027-02-01 09:00"), Assert.Single(change.After.Schedules).NextDue);
        Assert.Equal("“morning” is active again. Next: Monday 1 February, 09:00.", answer);
    }

    [Fact]
    public void Resume_OfOneThatWorks_ChangesNothing() =>
        Assert.Equal(
            (null, "“morning” is already active; there is nothing to resume. Next: Monday 1 February, 09:00."),
            Decide("schedule resume", SampleGuild.Schedule(nextDue: Some.At("2027-02-01 09:00")))
        );

    [Fact]
    public void Skip_LeavesOutTheNextOnly_AndOnlyOnce()
    {
        var schedule = SampleGuild.Schedule(nextDue: Some.At("2027-02-01 09:00"));
        const string Expected =
            "“morning” skips Monday 1 February, 09:00. `/schedule resume` undoes that. Next: Tuesday 2 February, 09:00.";

        var (change, answer) = Decide("schedule skip", schedule);

        Assert.Equal(schedule with { Skip = schedule.NextDue }, Assert.Single(change!.After.Schedules));
        Assert.Empty(change.Superseded);
        Assert.Equal(Expected, answer);
        Assert.Equal((null, Expected), Decide("schedule skip", change.After.Schedules[0]));
    }

    [Fact]
    public void Skip_OfOneThatIsPausedOrInAnUnknownZone_HasNothingToSkip()
    {
        var nothing = (null as GuildChange, Strings.English.NothingToSkip("“morning”"));

        Assert.Equal(nothing, Decide("schedule skip", SampleGuild.Schedule()));
        Assert.Equal(nothing, Decide("schedule skip", SampleGuild.Schedule(zone: "No/Where", nextDue: Now)));
    }

    [Fact]
    public void Remove_DeletesThatOneAndCancelsWhatIsPlanned()
    {
        var schedule = SampleGuild.Schedule(nextDue: Now);
        var other = SampleGuild.Schedule(name: "other");
        var (change, answer) = Changes(SampleGuild.With(schedule, other), schedule).Decide("schedule remove", Now);

        Assert.Equal([other], change!.After.Schedules);
        Assert.Equal([(schedule, "Removed by an admin of the server.")], change.Superseded);
        Assert.Equal(Strings.English.ScheduleIsRemoved("“morning”"), answer);
    }

    private static (GuildChange? Change, string Answer) Decide(
        string command,
        GuildSchedule schedule,
        DateTimeOffset? leftAt = null,
        string? zone = null
    ) => Changes(SampleGuild.With(schedule) with { LeftAt = leftAt, Zone = zone }, schedule).Decide(command, Now);

    private static ScheduleChanges Changes(GuildSettings guild, GuildSchedule schedule) =>
        new(guild, schedule, Settings.TimeZone, Strings.English);

    private static ScheduleText Text(GuildSettings guild, Strings strings) => new(guild, Settings.TimeZone, strings);

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
