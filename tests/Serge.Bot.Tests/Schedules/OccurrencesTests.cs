using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Schedules;

public sealed class OccurrencesTests
{
    private static readonly Schedule Daily = Some.Schedule("0 9 * * *");

    [Fact]
    public void At_ForANewSchedule_OwesNothingAndWaitsForTheNextTime()
    {
        var found = Occurrences.At(Daily, mark: null, Some.At("2027-02-01 10:00"));

        Assert.Equal((null, Some.At("2027-02-02 09:00")), (found!.Due, found.Mark.NextDue!.Value));
        Assert.Empty(found.Missed);
    }

    [Fact]
    public void At_BeforeTheTime_HasNothingToDo() =>
        Assert.Null(Occurrences.At(Daily, Mark("2027-02-01 09:00"), Some.At("2027-02-01 08:59")));

    [Theory]
    [InlineData("2027-02-01 09:00", "2027-02-01 09:00")] // on time
    [InlineData("2027-02-01 15:00", "2027-02-01 09:00")] // late, but by no more than the schedule allows
    public void At_WhenDue_PostsOnce(string now, string due)
    {
        var found = Occurrences.At(Daily, Mark("2027-02-01 09:00"), Some.At(now));

        Assert.Equal(Some.At(due), found!.Due);
        Assert.Empty(found.Missed);
        Assert.Equal(Some.At("2027-02-02 09:00"), found.Mark.NextDue);
    }

    [Fact]
    public void At_WhenLaterThanAllowed_IsMissedAndNotPosted()
    {
        var found = Occurrences.At(Daily, Mark("2027-02-01 09:00"), Some.At("2027-02-01 15:01"));

        Assert.Null(found!.Due);
        Assert.Equal([Some.At("2027-02-01 09:00")], found.Missed);
    }

    [Fact]
    public void At_AfterAnOutage_PostsTheLatestOnlyAndNeverABurst()
    {
        var hourly = Some.Schedule("0 * * * *");

        var found = Occurrences.At(
            hourly,
            new ScheduleMark(hourly.Timing, Some.At("2027-02-01 05:00")),
            Some.At("2027-02-01 09:30")
        );

        Assert.Equal(Some.At("2027-02-01 09:00"), found!.Due);
        Assert.Equal(["05", "06", "07", "08"], found.Missed.Select(missed => missed.ToString("HH", null)));
    }

    [Fact]
    public void At_WhenCronOrZoneChanged_StartsAfreshFromNow()
    {
        var found = Occurrences.At(
            Daily,
            new ScheduleMark("0 7 * * * Etc/UTC", Some.At("2027-02-01 07:00")),
            Some.At("2027-02-01 08:00")
        );

        Assert.Null(found!.Due);
        Assert.Empty(found.Missed);
        Assert.Equal(Some.At("2027-02-01 09:00"), found.Mark.NextDue);
    }

    [Fact]
    public void At_WhenTheClockIsTurnedBack_WaitsForTheEarlierTimeAgain()
    {
        var found = Occurrences.At(Daily, Mark("2027-02-05 09:00"), Some.At("2027-02-01 10:00"));

        Assert.Null(found!.Due);
        Assert.Equal(Some.At("2027-02-02 09:00"), found.Mark.NextDue);
    }

    [Fact]
    public void At_WhenTheClockWasYearsAhead_WritesDownAThousandAtMost()
    {
        var found = Occurrences.At(Daily, Mark("2027-02-01 09:00"), Some.At("2037-02-01 16:00"));

        Assert.Equal(1000, found!.Missed.Count);
        Assert.Equal(Some.At("2037-02-01 09:00"), found.Missed[^1]);
    }

    private static ScheduleMark Mark(string nextDue) => new(Daily.Timing, Some.At(nextDue));
}
