namespace Serge.Bot.Tests.Guilds;

/// <summary>The rules of names, days, zones and due times.</summary>
public sealed class GuildSettingsTests
{
    [Theory]
    [InlineData("Morning", "morning")]
    [InlineData("  two   words ", "two words")]
    [InlineData("Été", "été")]
    [InlineData("E\u0301te\u0301", "été")] // composed and decomposed form are equal
    [InlineData("line\nbreak", "line break")]
    [InlineData("\u202Eevil", "evil")] // changes the writing direction
    [InlineData("zero\u200Bwidth", "zero width")]
    [InlineData("a:b", "a:b")]
    [InlineData("@everyone", "@everyone")] // escaped where it is shown
    [InlineData("quote ' OR 1=1 --", "quote ' or 1=1 --")]
    [InlineData("a name of as many letters as can", "a name of as many letters as can")]
    [InlineData("private\uE000use", "private use")]
    [InlineData("un\u0378assigned", "un assigned")]
    [InlineData("line\u2028separator", "line separator")]
    [InlineData("paragraph\u2029separator", "paragraph separator")]
    [InlineData("half\uD800surrogate", "half surrogate")]
    [InlineData("replaced\uFFFD", "replaced")]
    [InlineData("no\u00A0break", "no break")]
    [InlineData("🕊", "🕊")]
    public void Name_Typed_HasOneForm(string typed, string name)
    {
        Assert.True(ScheduleName.TryParse(typed, out var parsed));
        Assert.Equal(name, parsed);
        Assert.True(ScheduleName.TryParse(parsed, out var again));
        Assert.Equal(parsed, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("\u200B")]
    [InlineData("\uD800")]
    [InlineData("a name that is one letter too lon")]
    public void Name_ThatNobodyCouldTypeAgain_IsRefused(string typed) =>
        Assert.False(ScheduleName.TryParse(typed, out _));

    [Theory]
    [InlineData("quote", "", "quote")]
    [InlineData("quote", "quote", "quote 2")]
    [InlineData("quote", "quote,quote 2", "quote 3")]
    [InlineData("quote", "quote 2", "quote")]
    public void Name_Free_IsTheFirstThatIsNotTaken(string wanted, string taken, string free) =>
        Assert.Equal(free, ScheduleName.FindUnused(wanted, taken.Split(',')));

    [Theory]
    [InlineData("Europe/Brussels", "Europe/Brussels")]
    [InlineData("europe/brussels", "Europe/Brussels")]
    [InlineData(" brussels ", "Europe/Brussels")]
    [InlineData("Bruxelles", "Europe/Brussels")]
    [InlineData("New York", "America/New_York")]
    [InlineData("america/argentina/buenos aires", "America/Argentina/Buenos_Aires")]
    [InlineData("são paulo", "America/Sao_Paulo")]
    [InlineData("Genève", "Europe/Zurich")]
    [InlineData("UTC", "Etc/UTC")]
    [InlineData("gmt", "Etc/UTC")]
    public void Zone_InAnySpelling_IsFound(string typed, string id) => Assert.Equal(id, TimeZoneNames.Resolve(typed));

    [Theory]
    [InlineData("")]
    [InlineData("Europe")]
    [InlineData("Atlantis")]
    [InlineData("Romance Standard Time")] // not an IANA name
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("Europe/../Europe/Brussels")]
    public void Zone_ThatIsNone_IsNotFound(string typed)
    {
        Assert.Null(TimeZoneNames.Resolve(typed));
        Assert.Null(TimeZoneNames.Find(typed));
    }

    [Theory]
    [InlineData("bru", "Europe/Brussels")]
    [InlineData("brux", "Europe/Brussels")]
    [InlineData("new y", "America/New_York")]
    [InlineData("ho chi", "Asia/Ho_Chi_Minh")]
    [InlineData("buenos", "America/Argentina/Buenos_Aires")]
    [InlineData("europe/par", "Europe/Paris")]
    [InlineData("utc", "Etc/UTC")]
    public void Zone_WhileTyping_ComesFirst(string typed, string id) =>
        Assert.Equal(id, TimeZoneNames.Suggest(typed, 25)[0]);

    [Fact]
    public void Zone_Suggestions_AreBounded()
    {
        Assert.Equal(25, TimeZoneNames.Suggest("", 25).Count);
        Assert.Empty(TimeZoneNames.Suggest("xyzzy", 25));
    }

    [Theory]
    [InlineData("Daily", "30 9 * * *")]
    [InlineData("WorkingDays", "30 9 * * 1,2,3,4,5")]
    [InlineData("Weekend", "30 9 * * 6,0")]
    public void Schedule_AsCron(string days, string cron) =>
        Assert.Equal(cron, SampleGuild.Schedule(time: "09:30", days: Enum.Parse<Weekdays>(days)).Cron);

    [Theory]
    [InlineData(null, null, "2027-02-01 09:00")] // the operator's zone
    [InlineData("Europe/Brussels", null, "2027-02-01 08:00")] // the server's
    [InlineData("Europe/Brussels", "America/New_York", "2027-02-01 14:00")] // the zone of the schedule
    public void DueAfter_GoesByTheNearestZone(string? server, string? own, string due)
    {
        var guildSettings = (SampleGuild.With(SampleGuild.Schedule(zone: own)) with { Zone = server }).DueAfter(
            Some.At("2027-02-01 00:00"),
            TimeZoneInfo.Utc
        );

        Assert.Equal(Some.At(due), guildSettings.Schedules.Single().NextDue);
    }

    [Fact]
    public void DueAfter_WhatIsPausedOrElsewhere_IsNeverDue()
    {
        var now = Some.At("2027-02-01 00:00");
        var guildSettings = SampleGuild.With(
            SampleGuild.Schedule() with
            {
                Paused = PauseCause.Admin,
                NextDue = now,
            },
            SampleGuild.Schedule(name: "at work")
        );

        Assert.Equal(
            [true, false],
            guildSettings.DueAfter(now, TimeZoneInfo.Utc).Schedules.Select(schedule => schedule.NextDue is not null)
        );
        Assert.All(
            (guildSettings with { LeftAt = now }).DueAfter(now, TimeZoneInfo.Utc).Schedules,
            schedule => Assert.Null(schedule.NextDue)
        );
    }

    /// <summary>Each row: the due time, which may have passed and is not planned yet.</summary>
    [Theory]
    [InlineData("2027-02-01 09:00")]
    [InlineData("2027-02-02 09:00")]
    public void DueAfter_AScheduleWithADueTime_KeepsIt(string due)
    {
        var schedule = SampleGuild.Schedule(nextDue: Some.At(due));

        var after = SampleGuild.With(schedule).DueAfter(Some.At("2027-02-01 09:01"), TimeZoneInfo.Utc);

        Assert.Equal(schedule, after.Schedules.Single());
    }

    // Another worker may support the zone; otherwise the schedule is paused when it is due.
    [Fact]
    public void DueAfter_InAnUnknownZone_KeepsTheDueTimeAndTheSkip()
    {
        var due = Some.At("2027-02-01 09:00");
        var schedule = SampleGuild.Schedule(zone: "Atlantis/Poseidonis", nextDue: due) with { Skip = due };

        var after = SampleGuild.With(schedule).DueAfter(Some.At("2027-02-01 00:00"), TimeZoneInfo.Utc);

        Assert.Equal(schedule, after.Schedules.Single());
    }

    // Otherwise it would never be due, without any message.
    [Fact]
    public void DueAfter_InAnUnknownZone_WithoutADueTime_IsPaused()
    {
        var now = Some.At("2027-02-01 00:00");
        var schedule = SampleGuild.Schedule(zone: "Atlantis/Poseidonis");

        var after = SampleGuild.With(schedule).DueAfter(now, TimeZoneInfo.Utc).Schedules.Single();

        Assert.Equal(schedule with { Paused = PauseCause.UnknownZone, PausedAt = now }, after);
    }

    [Fact]
    public void DueAfter_ASkip_StaysWithTheNextOccurrence()
    {
        var now = Some.At("2027-02-01 00:00");
        var skipped = SampleGuild.With(SampleGuild.Schedule() with { Skip = Some.At("2027-02-01 09:00") });

        Assert.Equal(
            Some.At("2027-02-01 08:00"),
            (skipped with { Zone = "Europe/Brussels" }).DueAfter(now, TimeZoneInfo.Utc).Schedules.Single().Skip
        );
        // The skipped occurrence is in the past.
        Assert.Null(skipped.DueAfter(Some.At("2027-02-01 10:00"), TimeZoneInfo.Utc).Schedules.Single().Skip);
    }

    [Theory]
    [InlineData("guild:100", 100ul)]
    [InlineData("guild:18446744073709551615", ulong.MaxValue)]
    [InlineData("", null)]
    [InlineData("guild:", null)]
    [InlineData("guild:x", null)]
    [InlineData("guild: 100", null)]
    [InlineData("guild:-1", null)]
    [InlineData("guilds:100", null)]
    [InlineData("guild:18446744073709551616", null)]
    public void GetGuild_OfAnOwner_IsItsServer(string owner, ulong? guild) =>
        Assert.Equal(guild, GuildSchedule.GetGuild(new ScheduleId(owner, "guild:7"))?.Value);

    [Fact]
    public void GetOwner_ReadsBackAsTheServer()
    {
        ScheduleId schedule = new(GuildSchedule.GetOwner(SampleGuild.Guild), "guild:7");

        Assert.Equal(SampleGuild.Guild, GuildSchedule.GetGuild(schedule));
    }

    /// <summary>Each row: milliseconds from now to the occurrence to skip, and whether the next one is
    /// skipped.</summary>
    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void DueAfter_ASkip_IsKeptUntilItsMoment(int milliseconds, bool isKept)
    {
        var now = Some.At("2027-02-01 00:00");
        var guildSettings = SampleGuild.With(SampleGuild.Schedule() with { Skip = now.AddMilliseconds(milliseconds) });

        Assert.Equal(
            isKept ? Some.At("2027-02-01 09:00") : null,
            guildSettings.DueAfter(now, TimeZoneInfo.Utc).Schedules.Single().Skip
        );
    }

    [Fact]
    public void GuildSettings_KeepsItsSchedulesInTheOrderOfTheirNames()
    {
        var guildSettings = SampleGuild.With(
            SampleGuild.Schedule(name: "c"),
            SampleGuild.Schedule(name: "a"),
            SampleGuild.Schedule(name: "B"),
            SampleGuild.Schedule(name: "b")
        );

        Assert.Equal(["B", "a", "b", "c"], guildSettings.Schedules.Select(schedule => schedule.Name));
        Assert.Equal(["B", "a", "c"], guildSettings.Without("b").Schedules.Select(schedule => schedule.Name));
        var changed = guildSettings.With(SampleGuild.Schedule(name: "b", channel: 7));
        Assert.Equal(["B", "a", "b", "c"], changed.Schedules.Select(schedule => schedule.Name));
        Assert.Equal(new ChannelId(7), changed.Find("b")!.Channel);
        Assert.Null(guildSettings.Find("d"));
    }

    [Fact]
    public void GuildSettings_AsThePlannerTakesIt_IsComplete()
    {
        var schedule = SampleGuild.Schedule(
            time: "09:30",
            days: Weekdays.Weekend,
            content: ScheduleContent.OnThisDay,
            zone: "Asia/Tokyo"
        ) with
        {
            Skip = Some.Noon,
        };

        var planned = SampleGuild.With(schedule).ToSchedule(schedule, TimeZoneInfo.Utc)!;

        Assert.Equal([Some.Destination("discord:1")], planned.To);
        Assert.Equal(
            new Schedule
            {
                Id = new ScheduleId("guild:100", "morning"),
                Cron = "30 9 * * 6,0",
                TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"),
                Content = ScheduleContent.OnThisDay,
                To = planned.To,
                Skip = Some.Noon,
            },
            planned
        );
        Assert.Null(
            SampleGuild.With(schedule).ToSchedule(schedule with { Zone = "Atlantis/Poseidonis" }, TimeZoneInfo.Utc)
        );
    }

    [Theory]
    [InlineData("alger", "Africa/Algiers")]
    [InlineData("athènes", "Europe/Athens")]
    [InlineData("bruxelles", "Europe/Brussels")]
    [InlineData("bucarest", "Europe/Bucharest")]
    [InlineData("copenhague", "Europe/Copenhagen")]
    [InlineData("Édimbourg", "Europe/London")]
    [InlineData("le caire", "Africa/Cairo")]
    [InlineData("lisbonne", "Europe/Lisbon")]
    [InlineData("londres", "Europe/London")]
    [InlineData("moscou", "Europe/Moscow")]
    [InlineData("montréal", "America/Toronto")]
    [InlineData("mexico", "America/Mexico_City")]
    [InlineData("Pékin", "Asia/Shanghai")]
    [InlineData("Saint-Pétersbourg", "Europe/Moscow")]
    [InlineData("varsovie", "Europe/Warsaw")]
    [InlineData("vienne", "Europe/Vienna")]
    public void Zone_OfACityByItsFrenchName_IsFoundAndSuggested(string typed, string id)
    {
        Assert.Equal(id, TimeZoneNames.Resolve(typed));
        Assert.Equal(id, TimeZoneNames.Suggest(typed, 1).Single());
        Assert.NotNull(TimeZoneNames.Find(id));
    }

    [Theory]
    [InlineData("US/Eastern", "US/Eastern")] // an older name
    [InlineData(" US/Eastern ", "US/Eastern")]
    [InlineData("Etc/UTC", "Etc/UTC")]
    [InlineData("etc utc", "Etc/UTC")]
    [InlineData("Etc/GMT+5", "Etc/GMT+5")]
    [InlineData("EST", null)] // an ambiguous abbreviation
    [InlineData("america", null)]
    public void Zone_ByAnotherName_IsFoundWhereItIsOne(string typed, string? id) =>
        Assert.Equal(id, TimeZoneNames.Resolve(typed));

    /// <summary>Each row: the input, and the first suggestions: cities with this beginning, then names, then words,
    /// then any part.</summary>
    [Theory]
    [InlineData("vien", "Europe/Vienna|Asia/Vientiane")]
    [InlineData("europe/z", "Europe/Zagreb")]
    [InlineData("york", "America/New_York")]
    [InlineData("aris", "Europe/Paris")]
    [InlineData("bru", "Europe/Brussels")]
    public void Zone_Suggestions_GoFromTheNearestToTheFarthest(string typed, string ids) =>
        Assert.Equal(ids.Split('|'), TimeZoneNames.Suggest(typed, ids.Split('|').Length));

    [Fact]
    public void Zone_Suggestions_ACityThenANameThenAWordThenAPart()
    {
        var found = TimeZoneNames.Suggest("au", 600).ToList();

        string[] inThisOrder = ["Pacific/Auckland", "Australia/Sydney", "America/Port-au-Prince", "Africa/Bissau"];
        Assert.All(inThisOrder, id => Assert.Contains(id, found));
        Assert.Equal(inThisOrder, inThisOrder.OrderBy(id => found.IndexOf(id)));
    }

    [Fact]
    public void Zone_Suggestions_AreRankedAndNoneComesTwice()
    {
        var found = TimeZoneNames.Suggest("ma", 600);

        // Cities first (Madrid, …), then words within a name (Isle of Man), then any part of a name (Guatemala).
        Assert.Equal(found.Count, found.Distinct(StringComparer.Ordinal).Count());
        Assert.StartsWith("ma", City(found[0]), StringComparison.OrdinalIgnoreCase);
        var cities = found.TakeWhile(id => City(id).StartsWith("ma", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.Equal(cities.Order(StringComparer.Ordinal), cities);
        Assert.All(
            found.Skip(cities.Count),
            id => Assert.False(City(id).StartsWith("ma", StringComparison.OrdinalIgnoreCase))
        );
        Assert.Contains("America/Guatemala", found.Skip(cities.Count));
        Assert.All(found, id => Assert.NotNull(TimeZoneNames.Find(id)));

        static string City(string id) => id[(id.LastIndexOf('/') + 1)..];
    }
}
