namespace Serge.Bot.Tests.Scheduling;

public sealed class OccurrencesTests
{
    private static readonly Schedule Daily = Some.Schedule("0 9 * * *");

    [Fact]
    public void At_ForANewSchedule_MissesNothingAndWaitsForTheNextTime()
    {
        var found = Occurrences.Find(Daily, mark: null, Some.At("2027-02-01 10:00"));

        Assert.Equal((null, Some.At("2027-02-02 09:00")), (found!.Due, found.Mark.NextDue!.Value));
        Assert.Empty(found.Missed);
    }

    [Fact]
    public void At_BeforeTheTime_HasNothingToDo() =>
        Assert.Null(Occurrences.Find(Daily, Mark("2027-02-01 09:00"), Some.At("2027-02-01 08:59")));

    [Theory]
    [InlineData("2027-02-01 09:00", "2027-02-01 09:00")] // on time
    [InlineData("2027-02-01 15:00", "2027-02-01 09:00")] // late, but within the schedule's grace period
    public void At_WhenDue_PostsOnce(string now, string due)
    {
        var found = Occurrences.Find(Daily, Mark("2027-02-01 09:00"), Some.At(now));

        Assert.Equal(Some.At(due), found!.Due);
        Assert.Empty(found.Missed);
        Assert.Equal(Some.At("2027-02-02 09:00"), found.Mark.NextDue);
    }

    [Fact]
    public void At_WhenLaterThanAllowed_IsMissedAndNotPosted()
    {
        var found = Occurrences.Find(Daily, Mark("2027-02-01 09:00"), Some.At("2027-02-01 15:01"));

        Assert.Null(found!.Due);
        Assert.Equal([Some.At("2027-02-01 09:00")], found.Missed);
    }

    [Fact]
    public void At_AfterAnOutage_PostsTheLatestOnlyAndNeverABurst()
    {
        var hourly = Some.Schedule("0 * * * *");

        var found = Occurrences.Find(
            hourly,
            new ScheduleMark(hourly.Timing, Some.At("2027-02-01 05:00")),
            Some.At("2027-02-01 09:30")
        );

        Assert.Equal(Some.At("2027-02-01 09:00"), found!.Due);
        Assert.Equal(["05", "06", "07", "08"], found.Missed.Select(missed => missed.ToString("HH", null)));
    }

    [Fact]
    public void At_WhenCronOrZoneChanged_StartsFromNow()
    {
        var found = Occurrences.Find(
            Daily,
            new ScheduleMark("0 7 * * * Etc/UTC", Some.At("2027-02-01 07:00")),
            Some.At("2027-02-01 08:00")
        );

        Assert.Null(found!.Due);
        Assert.Empty(found.Missed);
        Assert.Equal(Some.At("2027-02-01 09:00"), found.Mark.NextDue);
    }

    [Fact]
    public void At_WhenTheClockIsSetBack_WaitsForTheEarlierTimeAgain()
    {
        var found = Occurrences.Find(Daily, Mark("2027-02-05 09:00"), Some.At("2027-02-01 10:00"));

        Assert.Null(found!.Due);
        Assert.Equal(Some.At("2027-02-02 09:00"), found.Mark.NextDue);
    }

    [Fact]
    public void At_WhenTheClockWasYearsAhead_RecordsAThousandAtMost()
    {
        var found = Occurrences.Find(Daily, Mark("2027-02-01 09:00"), Some.At("2037-02-01 16:00"));

        Assert.Equal(1000, found!.Missed.Count);
        Assert.Equal(Some.At("2037-02-01 09:00"), found.Missed[^1]);
    }

    [Theory]
    [InlineData("1970-01-02 09:00")] // the clock was not set yet
    [InlineData("0100-01-01 00:00")]
    [InlineData("2099-02-01 09:00")] // the clock was ahead
    [InlineData("9899-02-01 09:00")]
    public void At_WhenTheStoredTimeIsFromAWrongClock_MissesNothingAndReportsIt(string stored)
    {
        var found = Occurrences.Find(
            Some.Schedule("* * * * *"),
            Mark("* * * * *", stored),
            Some.At("2027-02-01 10:00")
        )!;

        Assert.Null(found.Due);
        Assert.Empty(found.Missed);
        Assert.Equal((Some.At(stored), Some.At("2027-02-01 10:01")), (found.WrongDueTime, found.Mark.NextDue));
    }

    [Fact]
    public void At_AfterYearsOfEveryMinute_FindsTheNewestQuickly()
    {
        var found = Occurrences.Find(
            Some.Schedule("* * * * *"),
            Mark("* * * * *", "2020-02-01 09:00"),
            Some.At("2027-02-01 10:00:30")
        )!;

        Assert.Equal(Some.At("2027-02-01 10:00"), found.Due);
        Assert.Equal(999, found.Missed.Count);
        Assert.Equal(Some.At("2027-02-01 09:59"), found.Missed[^1]);
        Assert.Null(found.WrongDueTime);
    }

    private static ScheduleMark Mark(string cron, string due) => new($"{cron} Etc/UTC", Some.At(due));

    [Fact]
    public void At_AScheduleThatIsNeverDueAgain_HasNothingToDo() =>
        Assert.Null(
            Occurrences.Find(Daily, new ScheduleMark(Daily.Timing, NextDue: null), Some.At("2027-02-01 10:00"))
        );

    [Fact]
    public void At_ANewScheduleThatIsNeverDue_IsRecordedAsSuch()
    {
        var never = Some.Schedule("0 0 30 2 *");

        var found = Occurrences.Find(never, mark: null, Some.At("2027-02-01 10:00"));

        Assert.Equal(new ScheduleMark(never.Timing, NextDue: null), found!.Mark);
    }

    /// <summary>Each row: milliseconds after the deadline, and whether it is posted.</summary>
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void At_AroundTheDeadline_IsDueOrMissedToTheMillisecond(int milliseconds, bool isDue)
    {
        var due = Some.At("2027-02-01 09:00");

        var found = Occurrences.Find(Daily, Mark("2027-02-01 09:00"), due.AddHours(6).AddMilliseconds(milliseconds))!;

        Assert.Equal(isDue ? due : null, found.Due);
        Assert.Equal(isDue ? [] : [due], found.Missed);
        Assert.Equal(Mark("2027-02-02 09:00"), found.Mark);
    }

    /// <summary>Each row: milliseconds after the due time, and whether it is due.</summary>
    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void At_AroundItsTime_IsDueToTheMillisecond(int milliseconds, bool isDue)
    {
        var found = Occurrences.Find(
            Daily,
            Mark("2027-02-01 09:00"),
            Some.At("2027-02-01 09:00").AddMilliseconds(milliseconds)
        );

        Assert.Equal(isDue ? Some.At("2027-02-01 09:00") : null, found?.Due);
        Assert.Equal(isDue ? Mark("2027-02-02 09:00") : null, found?.Mark);
    }

    [Theory]
    [InlineData(999, 999, "2027-02-01 05:00")]
    [InlineData(1000, 1000, "2027-02-01 05:00")]
    [InlineData(1001, 1000, "2027-02-01 06:00")] // the oldest is omitted
    public void At_AfterAThousandMissed_LeavesOutTheOldest(int passed, int missed, string oldest)
    {
        var hourly = Some.Schedule("0 * * * *", lateBy: "00:01:00");
        var first = Some.At("2027-02-01 05:00");

        var found = Occurrences.Find(
            hourly,
            new ScheduleMark(hourly.Timing, first),
            first.AddHours(passed - 1).AddMinutes(30)
        )!;

        Assert.Null(found.Due);
        Assert.Equal(missed, found.Missed.Count);
        Assert.Equal((Some.At(oldest), first.AddHours(passed - 1)), (found.Missed[0], found.Missed[^1]));
        Assert.Equal(new ScheduleMark(hourly.Timing, first.AddHours(passed)), found.Mark);
    }

    [Theory]
    [InlineData("2027-02-02 09:00")] // it equals the next one
    [InlineData("2027-02-02 08:00")] // an earlier one, which is not an occurrence of this expression
    public void At_BeforeAnOccurrenceThatIsNotLaterThanTheNext_ChangesNothing(string nextDue) =>
        Assert.Null(Occurrences.Find(Daily, Mark(nextDue), Some.At("2027-02-01 10:00")));

    private static ScheduleMark Mark(string nextDue) => new(Daily.Timing, Some.At(nextDue));
}
