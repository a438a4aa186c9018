using Serge.Bot.Places;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Places;

/// <summary>The rules of names, days, zones and due times.</summary>
public sealed class PlaceTests
{
    [Theory]
    [InlineData("Morning", "morning")]
    [InlineData("  two   words ", "two words")]
    [InlineData("Été", "été")]
    [InlineData("E\u0301te\u0301", "été")] // composed and decomposed are one
    [InlineData("line\nbreak", "line break")]
    [InlineData("\u202Eevil", "evil")] // turns the direction of writing
    [InlineData("zero\u200Bwidth", "zero width")]
    [InlineData("a:b", "a:b")]
    [InlineData("@everyone", "@everyone")] // escaped where it is shown
    [InlineData("quote ' OR 1=1 --", "quote ' or 1=1 --")]
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
    [InlineData("a name that is one letter too long")]
    public void Name_ThatNobodyCouldTypeAgain_IsRefused(string typed) =>
        Assert.False(ScheduleName.TryParse(typed, out _));

    [Theory]
    [InlineData("quote", "", "quote")]
    [InlineData("quote", "quote", "quote 2")]
    [InlineData("quote", "quote,quote 2", "quote 3")]
    [InlineData("quote", "quote 2", "quote")]
    public void Name_Free_IsTheFirstThatIsNotTaken(string wanted, string taken, string free) =>
        Assert.Equal(free, ScheduleName.Free(wanted, taken.Split(',')));

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
    public void Zone_InAnySpelling_IsFound(string typed, string id) => Assert.Equal(id, ZoneNames.Resolve(typed));

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
        Assert.Null(ZoneNames.Resolve(typed));
        Assert.Null(ZoneNames.Find(typed));
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
        Assert.Equal(id, ZoneNames.Suggest(typed, 25)[0]);

    [Fact]
    public void Zone_Suggestions_AreBounded()
    {
        Assert.Equal(25, ZoneNames.Suggest("", 25).Count);
        Assert.Empty(ZoneNames.Suggest("xyzzy", 25));
    }

    [Theory]
    [InlineData("Daily", "30 9 * * *")]
    [InlineData("WorkingDays", "30 9 * * 1,2,3,4,5")]
    [InlineData("Weekend", "30 9 * * 6,0")]
    public void Schedule_AsCron(string days, string cron) =>
        Assert.Equal(cron, SomePlace.Schedule(time: "09:30", days: Enum.Parse<Weekdays>(days)).Cron);

    [Theory]
    [InlineData(null, null, "2027-02-01 09:00")] // the operator's zone
    [InlineData("Europe/Brussels", null, "2027-02-01 08:00")] // the server's
    [InlineData("Europe/Brussels", "America/New_York", "2027-02-01 14:00")] // its own
    public void DueAfter_GoesByTheNearestZone(string? server, string? own, string due)
    {
        var place = (SomePlace.With(SomePlace.Schedule(zone: own)) with { Zone = server }).DueAfter(
            Some.At("2027-02-01 00:00"),
            TimeZoneInfo.Utc
        );

        Assert.Equal(Some.At(due), place.Schedules.Single().NextDue);
    }

    [Fact]
    public void DueAfter_WhatIsPausedOrElsewhere_IsNeverDue()
    {
        var now = Some.At("2027-02-01 00:00");
        var place = SomePlace.With(
            SomePlace.Schedule() with
            {
                Paused = PauseCause.Admin,
                NextDue = now,
            },
            SomePlace.Schedule(name: "at work")
        );

        Assert.Equal(
            [true, false],
            place.DueAfter(now, TimeZoneInfo.Utc).Schedules.Select(schedule => schedule.NextDue is not null)
        );
        Assert.All(
            (place with { LeftAt = now }).DueAfter(now, TimeZoneInfo.Utc).Schedules,
            schedule => Assert.Null(schedule.NextDue)
        );
    }

    [Fact]
    public void DueAfter_ASkip_StaysWithTheNextOccurrence()
    {
        var now = Some.At("2027-02-01 00:00");
        var skipped = SomePlace.With(SomePlace.Schedule() with { Skip = Some.At("2027-02-01 09:00") });

        Assert.Equal(
            Some.At("2027-02-01 08:00"),
            (skipped with { Zone = "Europe/Brussels" }).DueAfter(now, TimeZoneInfo.Utc).Schedules.Single().Skip
        );
        Assert.Null(skipped.DueAfter(Some.At("2027-02-01 10:00"), TimeZoneInfo.Utc).Schedules.Single().Skip); // it is over
    }

    [Theory]
    [InlineData("guild:100:morning", 100ul)]
    [InlineData("guild:100:a:b", 100ul)]
    [InlineData("guild:100: notice", 100ul)]
    [InlineData("morning", null)]
    [InlineData("guild:x:morning", null)]
    public void LedgerName_TellsItsServer(string name, ulong? guild) =>
        Assert.Equal(guild, PlaceSchedule.GuildOf(name)?.Value);
}
