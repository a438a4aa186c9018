namespace Serge.Bot.Tests.Scheduling;

public sealed class ScheduleTests
{
    /// <summary>Each row: the expression, its zone, a time, and the next due time, both in UTC.</summary>
    [Theory]
    [InlineData("0 9 * * 1,3,5", "Europe/Brussels", "2027-02-01 08:30", "2027-02-03 08:00")] // next on Wednesday
    [InlineData("0 9 * * *", "Europe/Brussels", "2027-03-27 08:30", "2027-03-28 07:00")] // 09:00 in summer time, too
    [InlineData("0 9 * * *", "Europe/Brussels", "2027-10-30 12:00", "2027-10-31 08:00")]
    [InlineData("30 2 * * *", "Europe/Brussels", "2027-03-27 12:00", "2027-03-28 01:00")] // skipped: at 03:00 instead
    [InlineData("30 2 * * *", "Europe/Brussels", "2027-10-31 00:15", "2027-10-31 00:30")] // repeated: the first time
    [InlineData("30 2 * * *", "Europe/Brussels", "2027-10-31 00:30", "2027-11-01 01:30")] // and not the second
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2027-10-02 12:00", "2027-10-02 15:30")] // 02:00 to 02:30 skipped
    [InlineData("45 1 * * *", "Australia/Lord_Howe", "2027-04-03 14:50", "2027-04-04 15:15")] // 30 min repeated: once
    // The end of Ramadan: 02:00 to 03:00 are skipped. The year is in the past, because Morocco has changed its rules
    // since.
    [InlineData("30 2 * * *", "Africa/Casablanca", "2024-04-14 01:00", "2024-04-14 02:00")]
    [InlineData("30 2 * * *", "Africa/Casablanca", "2024-04-14 02:00", "2024-04-15 01:30")]
    [InlineData("31 2 * * *", "Africa/Casablanca", "2024-04-14 01:00", "2024-04-14 02:00")]
    [InlineData("59 2 * * *", "Africa/Casablanca", "2024-04-14 01:00", "2024-04-14 02:00")]
    [InlineData("0 2 * * *", "Africa/Casablanca", "2024-04-14 01:00", "2024-04-14 02:00")]
    [InlineData("59 1 * * *", "Africa/Casablanca", "2024-04-14 01:00", "2024-04-14 01:59")]
    public void NextAfter_KeepsTheLocalTime(string cron, string zone, string after, string due) =>
        Assert.Equal(Some.At(due), Some.Schedule(cron, zone).GetNextOccurrence(Some.At(after)));

    /// <summary>Each row: the expression, its zone, a time in UTC, and whether the schedule is due then.</summary>
    [Theory]
    [InlineData("0 9 * * *", "Europe/Brussels", "2027-02-01 08:00", true)]
    [InlineData("0 9 * * *", "Europe/Brussels", "2027-02-01 09:00", false)]
    [InlineData("0 9 * * *", "Europe/Brussels", "2027-07-01 07:00", true)]
    [InlineData("0 9 * * 1", "Europe/Brussels", "2027-02-02 08:00", false)] // a Tuesday
    [InlineData("30 2 * * *", "Europe/Brussels", "2027-03-28 01:00", true)] // skipped: at 03:00 instead
    [InlineData("30 2 * * *", "Europe/Brussels", "2027-03-29 01:00", false)]
    [InlineData("30 2 * * *", "Europe/Brussels", "2027-10-31 00:30", true)] // repeated
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2027-10-02 15:30", true)] // 02:00 to 02:30 skipped
    [InlineData("30 2 * * *", "Africa/Casablanca", "2024-04-14 02:00", true)] // 02:00 to 03:00 skipped
    [InlineData("0 0 30 2 *", "Etc/UTC", "2027-02-01 00:00", false)] // never
    public void IsOccurrence_FollowsTheLocalTime(string cron, string zone, string moment, bool isOccurrence) =>
        Assert.Equal(isOccurrence, Some.Schedule(cron, zone).IsOccurrence(Some.At(moment)));

    /// <summary>Otherwise such a due time would be moved, and the schedule would never be due.</summary>
    [Fact]
    public void IsOccurrence_OfEveryOccurrenceNearAChangeOfTheClocks_IsTrue()
    {
        string[] expressions = ["0 0 * * *", "30 0 * * *", "30 1 * * *", "15 2 * * *", "0 3 * * *", "45 23 * * *"];
        List<string> wrong = [];
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            var changes = Enumerable
                .Range(0, 365)
                .Select(number => Some.At("2027-01-01 00:00").AddDays(number))
                .Where(day => zone.GetUtcOffset(day) != zone.GetUtcOffset(day.AddDays(1)));
            foreach (var change in changes)
            {
                wrong.AddRange(expressions.SelectMany(cron => FindWrong(Some.Schedule(cron, zone.Id), change)));
            }
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> FindWrong(Schedule schedule, DateTimeOffset change)
    {
        var next = schedule.GetNextOccurrence(change.AddDays(-1));
        while (next is { } occurrence && occurrence < change.AddDays(2))
        {
            if (!schedule.IsOccurrence(occurrence))
            {
                yield return $"{schedule.TimeZone.Id}, {schedule.Cron}: {occurrence:O}";
            }

            next = schedule.GetNextOccurrence(occurrence);
        }
    }

    [Theory]
    [InlineData(nameof(ScheduleContent.Quote), "2027-02-02 04:00")] // six hours, past midnight
    [InlineData(nameof(ScheduleContent.OnThisDay), "2027-02-01 23:00")] // midnight in Brussels: the end of the day
    [InlineData(nameof(ScheduleContent.OnThisDayOrQuote), "2027-02-01 23:00")]
    public void Deadline_IsNeverOnAnotherDay(string content, string until) =>
        Assert.Equal(
            Some.At(until),
            Some.Schedule("0 23 * * *", "Europe/Brussels", Enum.Parse<ScheduleContent>(content))
                .GetDeadline(Some.At("2027-02-01 22:00"))
        );

    [Fact]
    public void Deadline_WhereMidnightIsSkipped_EndsWhenTheNewDayBegins() =>
        // In Santiago the clocks change from 24:00 to 01:00.
        Assert.Equal(
            Some.At("2027-09-05 04:00"),
            Some.Schedule("0 22 * * *", "America/Santiago", ScheduleContent.OnThisDay)
                .GetDeadline(Some.At("2027-09-05 02:00"))
        );

    [Fact]
    public void Deadline_WhereMidnightIsRepeated_EndsAtTheFirstOne() =>
        // In Havana the clocks change from 01:00 to 00:00.
        Assert.Equal(
            Some.At("2024-11-03 04:00"),
            Some.Schedule("0 22 * * *", "America/Havana", ScheduleContent.OnThisDay)
                .GetDeadline(Some.At("2024-11-03 02:00"))
        );
}
