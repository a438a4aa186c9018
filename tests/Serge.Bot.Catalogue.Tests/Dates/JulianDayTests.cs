namespace Serge.Bot.Catalogue.Tests.Dates;

public sealed class JulianDayTests
{
    [Theory]
    [InlineData("1917-10-25", "1917-11-07")] // the October revolution, 13 days
    [InlineData("1870-04-10", "1870-04-22")] // Lenin's birth, 12 days
    [InlineData("1900-02-28", "1900-03-12")] // the last day with a difference of 12 days …
    [InlineData("1900-02-29", "1900-03-13")] // … a day that the Gregorian calendar does not have …
    [InlineData("1900-03-01", "1900-03-14")] // … and the first day with a difference of 13 days
    [InlineData("1799-12-31", "1800-01-11")] // 11 days
    [InlineData("1700-02-18", "1700-02-28")] // 10 days
    [InlineData("1918-01-31", "1918-02-13")] // the last day of the Julian calendar in Russia
    [InlineData("0001-01-03", "0001-01-01")] // the first day of .NET's calendar
    [InlineData("0001-01-04", "0001-01-02")]
    [InlineData("0001-02-01", "0001-01-30")]
    [InlineData("0002-01-01", "0001-12-30")]
    [InlineData("0002-01-02", "0001-12-31")]
    [InlineData("1917-12-31", "1918-01-13")]
    [InlineData("9998-12-31", "9999-03-14")] // the last year
    public void ToGregorian_ADay_IsTheSameDayInTheGregorianCalendar(string julian, string gregorian)
    {
        Assert.True(JulianDay.TryParse(julian, out var day));
        var expected = Some.Day(gregorian);
        Assert.Equal(expected, day.ToGregorian());
        Assert.Equal(day, JulianDay.FromGregorian(expected));
        Assert.Equal(julian, day.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1917")]
    [InlineData("1917-10")]
    [InlineData("1917-10-32")]
    [InlineData("1917-13-01")]
    [InlineData("1917-02-29")]
    [InlineData("1917-00-01")]
    [InlineData("1917-01-00")]
    [InlineData("0000-01-01")]
    [InlineData("0001-01-02")]
    [InlineData("9999-01-01")]
    [InlineData("1917/10/25")]
    [InlineData("1917/10-25")]
    [InlineData("1917-10/25")]
    [InlineData("0001-01-01")]
    [InlineData("1917-04-31")]
    [InlineData("1917-10-5 ")]
    [InlineData("191x-10-25")]
    [InlineData("1917-1x-25")]
    [InlineData("1917-10-2x")]
    [InlineData("1917-10-255")]
    [InlineData("1917-10-25~")]
    [InlineData("+917-10-25")]
    [InlineData("1917-+1-25")]
    public void TryParse_NoDay_IsFalse(string? text) => Assert.False(JulianDay.TryParse(text, out _));

    /// <summary>The years in which the difference of the calendars grows, and a leap year of both.</summary>
    [Theory]
    [InlineData(1700)]
    [InlineData(1800)]
    [InlineData(1900)]
    [InlineData(1904)]
    [InlineData(1917)]
    [InlineData(2000)]
    public void ToGregorian_EveryDayOfAYear_IsTheJulianDayNumberApart(int year)
    {
        // Day 0 of both calendars, calculated with the usual formula, without .NET's calendars.
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            var julian = JulianDay.FromGregorian(day);
            var (a, y) = ((14 - julian.Month) / 12, julian.Year + 4800 - ((14 - julian.Month) / 12));
            var number = julian.Day + (((153 * (julian.Month + (12 * a) - 3)) + 2) / 5) + (365 * y) + (y / 4) - 32083;
            Assert.Equal(day.DayNumber, number - 1721426);
            Assert.Equal(day, julian.ToGregorian());
        }
    }
}
