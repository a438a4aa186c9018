using System.Globalization;

namespace Serge.Bot.EndToEnd.Playground;

public sealed class ClockJumpsTests
{
    private static readonly TimeZoneInfo Brussels = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");

    [Theory]
    [InlineData("2027-02-01", "2027-02-01 06:59:59")] // winter: eight o'clock is seven in UTC
    [InlineData("2027-07-14", "2027-07-14 05:59:59")] // summer
    [InlineData("2027-03-28", "2027-03-28 05:59:59")] // a day of 23 hours
    [InlineData("2028-02-29", "2028-02-29 06:59:59")]
    public void ToDay_IsJustBeforeItsFirstPost(string day, string expected) =>
        Assert.Equal(
            Stage.At(expected),
            ClockJumps.GetTimeOnDay(
                DateOnly.Parse(day, CultureInfo.InvariantCulture),
                Brussels,
                [Schedule("0 9 * * *"), Schedule("0 8 * * *")]
            )
        );

    [Fact]
    public void ToDay_WithoutAnyPost_IsItsFirstMoment() =>
        Assert.Equal(
            Stage.At("2027-02-01 23:00"),
            ClockJumps.GetTimeOnDay(new DateOnly(2027, 2, 2), Brussels, [Schedule("0 9 1 * *")])
        );

    [Fact]
    public void ToDay_WithoutAnySchedule_IsItsFirstMoment() =>
        Assert.Equal(Stage.At("2027-02-01 23:00"), ClockJumps.GetTimeOnDay(new DateOnly(2027, 2, 2), Brussels, []));

    [Fact]
    public void ToDay_WithAPostAtMidnight_IsJustBeforeIt() =>
        Assert.Equal(
            Stage.At("2027-02-01 22:59:59"),
            ClockJumps.GetTimeOnDay(new DateOnly(2027, 2, 2), Brussels, [Schedule("0 0 * * *")])
        );

    [Fact]
    public void ToDay_WhoseMidnightDoesNotExist_IsWhereItBegins()
    {
        // In Beirut the clocks change from midnight to one o'clock on 28 March 2027.
        var beirut = TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut");

        Assert.Equal(Stage.At("2027-03-27 22:00"), ClockJumps.GetTimeOnDay(new DateOnly(2027, 3, 28), beirut, []));
    }

    [Theory]
    [InlineData("2027-02-01 05:00", "2027-02-01 06:59:59")]
    [InlineData("2027-02-01 07:00", "2027-02-01 07:59:59")]
    [InlineData("2027-02-01 08:00", "2027-02-02 06:59:59")]
    public void ToNextPost_IsJustBeforeTheNextOfAll(string now, string expected) =>
        Assert.Equal(
            Stage.At(expected),
            ClockJumps.GetTimeBeforeNextPost(Stage.At(now), [Schedule("0 9 * * *"), Schedule("0 8 * * *")])
        );

    [Fact]
    public void ToNextPost_WithoutAnySchedule_IsNever() =>
        Assert.Null(ClockJumps.GetTimeBeforeNextPost(Stage.At("2027-02-01 05:00"), []));

    [Theory]
    [InlineData("2027-02-01 05:00", "2027-02-01 07:59:59")]
    [InlineData("2027-02-01 07:30", "2027-02-01 07:59:59")]
    [InlineData("2027-02-01 08:00", "2027-02-02 07:59:59")]
    public void GetTimeBeforeNextPost_SkipsOccurrencesWithoutAPost(string now, string expected)
    {
        var atNine = Schedule("0 9 * * *");

        Assert.Equal(
            Stage.At(expected),
            ClockJumps.GetTimeBeforeNextPost(Stage.At(now), [atNine, Schedule("0 8 * * *")], HasPost)
        );

        // On the first two days all posts of 8 o'clock have been sent.
        bool HasPost(Schedule schedule, DateTimeOffset occurrence) =>
            schedule == atNine || occurrence > Stage.At("2027-02-03 00:00");
    }

    [Theory]
    [InlineData(ScheduleContent.Quote, "mastodon discord:1", true)]
    [InlineData(ScheduleContent.OnThisDayOrQuote, "mastodon discord:1 discord:2", true)]
    [InlineData(ScheduleContent.OnThisDay, "mastodon discord:1", false)]
    [InlineData(ScheduleContent.Quote, "discord:1 discord:2", false)]
    [InlineData(ScheduleContent.Quote, "discord:1", false)]
    public void AlwaysPostsToBoth_NeedsBothPlatformsAndContentOnEachDay(
        ScheduleContent content,
        string destinations,
        bool expected
    )
    {
        var to = destinations.Split(' ').Select(text => Destinations.TryParse(text)!.Value);
        var schedule = Schedule("0 8 * * *") with { Content = content, To = [.. to] };

        Assert.Equal(expected, ClockJumps.AlwaysPostsToBoth(schedule));
    }

    [Theory]
    [InlineData("2027-02-01 22:59", "2027-02-01")]
    [InlineData("2027-02-01 23:00", "2027-02-02")]
    public void DayOf_IsTheDayOfTheZone(string moment, string expected) =>
        Assert.Equal(
            DateOnly.Parse(expected, CultureInfo.InvariantCulture),
            ClockJumps.GetDay(Stage.At(moment), Brussels)
        );

    private static Schedule Schedule(string cron) =>
        new()
        {
            Id = ScheduleId.OfOperator(cron),
            Cron = cron,
            TimeZone = Brussels,
            Content = ScheduleContent.Quote,
            To = [Destinations.Mastodon],
        };
}
