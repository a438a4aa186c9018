using System.Globalization;
using CsCheck;

namespace Serge.Bot.Catalogue.Tests;

public sealed class OnThisDayTests
{
    [Theory]
    [InlineData("1933-02-01", "2026-02-01", true)]
    [InlineData("1933-02-01", "2026-02-02", false)]
    [InlineData("1933-02-01", "2026-03-01", false)]
    [InlineData("1933-02-01", "1933-02-01", true)] // the day itself
    [InlineData("1933-02-01", "1932-02-01", false)] // not yet
    [InlineData("1933-02-01~", "2026-02-01", false)] // "about that day" is not that day
    [InlineData("1933-02-01?", "2026-02-01", false)]
    [InlineData("1933-02", "2026-02-01", false)]
    [InlineData("1933-02-01/1933-02-03", "2026-02-01", false)]
    [InlineData("1904-02-29", "2024-02-29", true)]
    [InlineData("1904-02-29", "2024-02-28", false)] // a leap year has a 29 February
    [InlineData("1904-02-29", "2026-02-28", true)] // other years observe it on the 28th
    [InlineData("1904-02-29", "1900-02-28", false)] // not yet
    [InlineData("1904-02-29", "2100-02-28", true)] // 2100 is no leap year
    [InlineData("1904-02-29", "2026-03-01", false)]
    public void GetOnThisDay_ADay_HasTheEventsOfThatVeryDay(string date, string day, bool isOfThatDay) =>
        Assert.Equal(isOfThatDay, Some.Catalogue(Some.Event("a", date)).GetOnThisDay(Some.Day(day)).Events.Count == 1);

    [Theory]
    [InlineData("1919-01", "2026-01-15", true)]
    [InlineData("1919-01", "2026-02-15", false)]
    [InlineData("1919-01", "1919-01-01", true)]
    [InlineData("1919-01", "1918-01-31", false)]
    [InlineData("1919-01~", "2026-01-15", false)]
    [InlineData("1919-01-15", "2026-01-15", false)]
    [InlineData("1919", "2026-01-15", false)]
    public void GetOnThisDay_ADay_HasTheEventsOfItsMonth(string date, string day, bool isOfThatMonth) =>
        Assert.Equal(
            isOfThatMonth,
            Some.Catalogue(Some.Event("a", date)).GetOnThisDay(Some.Day(day)).ThisMonth.Count == 1
        );

    [Theory]
    [InlineData("1936-21", "2026-03-01", true)]
    [InlineData("1936-21", "2026-05-31", true)]
    [InlineData("1936-21", "2026-06-01", false)]
    [InlineData("1921-22", "2026-08-31", true)]
    [InlineData("2011-23", "2026-09-01", true)]
    [InlineData("1927-24", "2026-12-01", true)]
    [InlineData("1927-24", "2026-01-15", true)]
    [InlineData("1927-24", "2026-02-28", true)]
    [InlineData("1927-24", "2026-03-01", false)]
    [InlineData("1927-24", "1927-02-01", false)] // the winter of 1927 begins in December
    [InlineData("1927-24", "1927-12-01", true)]
    [InlineData("1936-21?", "2026-04-01", false)]
    [InlineData("1936-04", "2026-04-01", false)]
    public void GetOnThisDay_ADay_HasTheEventsOfItsSeason(string date, string day, bool isOfThatSeason) =>
        Assert.Equal(
            isOfThatSeason,
            Some.Catalogue(Some.Event("a", date)).GetOnThisDay(Some.Day(day)).ThisSeason.Count == 1
        );

    [Fact]
    public void GetOnThisDay_OfTheAuthorsLife_IsFirstWhateverItsStatus()
    {
        var catalogue = Some.Catalogue(
            Some.Event("world", "1910-02-01"),
            Some.Event("life", "1933-02-01", EventStatus.Disputed) with
            {
                Kind = EventKind.Life,
            }
        );

        var events = catalogue.GetOnThisDay(Some.Day("2027-02-01")).Events;

        Assert.Equal(["life", "world"], events.Select(static e => e.Id));
    }

    [Fact]
    public void GetDayContent_HasTheQuotationsOfItsEventsAndNoEventThatIsNotPosted()
    {
        QuoteCatalogue catalogue = new(
            Some.Author,
            [Some.Quote("words")],
            [
                Some.Event("told", "1933-02-01") with
                {
                    Quote = "words",
                },
                Some.Event("gone", "1934-02-01") with
                {
                    Quote = "retracted",
                },
                Some.Event("hidden", "1935-02-01") with
                {
                    IsPosted = false,
                },
            ],
            [Some.Essay]
        );

        var content = catalogue.GetDayContent(Some.Day("2027-02-01"));

        Assert.Equal(["told", "gone"], content.Events.Select(static e => e.Id));
        Assert.Equal("words", content.FirstQuote?.Id);
        Assert.Equal(["told"], content.Quotes.Keys);
        Assert.Null(catalogue.Exclude(new HashSet<string> { "words" }).GetDayContent(content.Day).FirstQuote);
    }

    [Fact]
    public void GetOnThisDay_SeveralEvents_AreSureBeforeLikelyBeforeDisputedThenOldestFirst()
    {
        var catalogue = Some.Catalogue(
            Some.Event("disputed", "1881-05-04", EventStatus.Disputed),
            Some.Event("likely", "1890-05-04", EventStatus.Likely),
            Some.Event("sure-late", "1936-05-04"),
            Some.Event("sure-early", "1917-05-04"),
            Some.Event("sure-early-2", "1917-05-04")
        );
        Assert.Equal(
            ["sure-early", "sure-early-2", "sure-late", "likely", "disputed"],
            catalogue.GetOnThisDay(new(2026, 5, 4)).Events.Select(static e => e.Id)
        );
    }

    [Fact]
    public void GetOnThisDay_28FebruaryOfACommonYear_SortsTheEventsOfBothDaysAsOne()
    {
        var catalogue = Some.Catalogue(
            Some.Event("28-late", "1930-02-28"),
            Some.Event("29", "1904-02-29"),
            Some.Event("28-likely", "1900-02-28", EventStatus.Likely)
        );
        Assert.Equal(
            ["29", "28-late", "28-likely"],
            catalogue.GetOnThisDay(new(2026, 2, 28)).Events.Select(static e => e.Id)
        );
    }

    [Theory]
    [InlineData("2026-05-04", "2026-03-10", "2026-07-20")]
    [InlineData("2026-03-10", "2025-11-30", "2026-07-20")] // the day itself is neither before nor after
    [InlineData("2026-01-01", "2025-11-30", "2026-03-10")] // across the end of the year
    [InlineData("2026-12-31", "2026-11-30", "2027-03-10")]
    public void GetOnThisDay_ADay_HasTheNearestDaysWithEvents(string day, string before, string after)
    {
        var catalogue = Some.Catalogue(
            Some.Event("a", "1919-03-10"),
            Some.Event("b", "1936-07-20"),
            Some.Event("c", "1940-11-30"),
            Some.Event("month", "1919-05")
        );
        var on = catalogue.GetOnThisDay(Some.Day(day));
        Assert.Equal((Some.Day(before), Some.Day(after)), (on.Before!.Day, on.After!.Day));
        Assert.Single(on.Before.Events);
    }

    [Fact]
    public void GetOnThisDay_TheOnlyDayOfTheYear_HasItselfAYearBeforeAndAfter()
    {
        var on = Some.Catalogue(Some.Event("a", "1919-03-10")).GetOnThisDay(new(2026, 3, 10));
        Assert.Equal((new DateOnly(2025, 3, 10), new DateOnly(2027, 3, 10)), (on.Before!.Day, on.After!.Day));
    }

    [Fact]
    public void GetOnThisDay_ALeapDayAsTheOnlyEvent_IsFoundOn28February()
    {
        var on = Some.Catalogue(Some.Event("a", "1904-02-29")).GetOnThisDay(new(2026, 6, 1));
        Assert.Equal((new DateOnly(2026, 2, 28), new DateOnly(2027, 2, 28)), (on.Before!.Day, on.After!.Day));
        Assert.Equal(
            new DateOnly(2028, 2, 29),
            Some.Catalogue(Some.Event("a", "1904-02-29")).GetOnThisDay(new(2027, 6, 1)).After!.Day
        );
    }

    [Fact]
    public void GetOnThisDay_BeforeTheFirstEvent_HasNothingBefore()
    {
        var on = Some.Catalogue(Some.Event("a", "1919-03-10")).GetOnThisDay(new(1919, 1, 1));
        Assert.Null(on.Before);
        Assert.Equal(new DateOnly(1919, 3, 10), on.After!.Day);
        Assert.Null(Some.Catalogue(Some.Event("a", "1919-03-10")).GetOnThisDay(new(1900, 1, 1)).After);
    }

    [Fact]
    public void GetOnThisDay_TheEndsOfTheCalendar_DoesNotThrow()
    {
        var catalogue = Some.Catalogue(Some.Event("a", "0001-01-01"));
        Assert.Null(catalogue.GetOnThisDay(DateOnly.MinValue).Before);
        Assert.Equal(new DateOnly(9999, 1, 1), catalogue.GetOnThisDay(DateOnly.MaxValue).Before!.Day);
        Assert.Null(catalogue.GetOnThisDay(DateOnly.MaxValue).After);
        Assert.Equal(DateOnly.MinValue, catalogue.GetOnThisDay(new(1, 1, 2)).Before!.Day);
        Assert.Equal(
            DateOnly.MaxValue,
            Some.Catalogue(Some.Event("b", "1919-12-31")).GetOnThisDay(new(9999, 12, 30)).After!.Day
        );
    }

    [Fact]
    public void GetOnThisDay_NoEvents_IsEmpty()
    {
        var on = Some.Catalogue(Array.Empty<Event>()).GetOnThisDay(new(2026, 5, 4));
        Assert.Equal(new DateOnly(2026, 5, 4), on.Day);
        Assert.Empty(on.Events);
        Assert.Empty(on.ThisMonth);
        Assert.Empty(on.ThisSeason);
        Assert.Null(on.Before);
        Assert.Null(on.After);
    }

    [Theory]
    [InlineData("1904-02-29", "2027-02-28", "2028-02-29")] // 366 days, the maximum
    [InlineData("1919-03-10", "1918-03-09", "1919-03-10")] // not yet, but within 366 days
    [InlineData("1919-03-10", "1918-03-08", null)]
    public void GetOnThisDay_ADay_FindsAnEventAYearAhead(string date, string day, string? after)
    {
        var found = Some.Catalogue(Some.Event("a", date)).GetOnThisDay(Some.Day(day)).After;
        Assert.Equal(after, found?.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void GetOnThisDay_ALeapDay_FindsAnEventAYearBack() =>
        Assert.Equal(
            new DateOnly(2027, 2, 28),
            Some.Catalogue(Some.Event("a", "1904-02-29")).GetOnThisDay(new(2028, 2, 29)).Before!.Day
        );

    /// <summary>The calendar finds the same events as a search without its index.</summary>
    [Fact]
    public void GetOnThisDay_AnyEventsAndAnyDay_IsWhatReadingEveryEventFinds()
    {
        var day = Gen.OneOf(
            Gen.Int[0, 1500].Select(static i => new DateOnly(1999, 1, 1).AddDays(i)),
            Gen.OneOf(1903, 1904, 1999, 2000, 2001).Select(static year => new DateOnly(year, 2, 28)),
            Gen.OneOf(1904, 2000, 2004).Select(static year => new DateOnly(year, 2, 29))
        );
        var date = Gen.Select(
            day,
            Gen.Int[0, 5],
            Gen.Int[21, 24],
            static (day, kind, season) =>
                kind switch
                {
                    0 => Written(day, "yyyy-MM"),
                    1 => Written(day, "yyyy") + $"-{season}",
                    2 => Written(day, "yyyy-MM-dd") + "~",
                    _ => Written(day, "yyyy-MM-dd"),
                }
        );
        Gen.Select(Gen.Select(date, Gen.Enum<EventStatus>()).Array[0, 8], day)
            .Sample(
                static (dates, day) =>
                {
                    var catalogue = Some.Catalogue([
                        .. dates.Select(static (event_, i) => Some.Event($"e{i}", event_.Item1, event_.Item2)),
                    ]);
                    var on = catalogue.GetOnThisDay(day);
                    Assert.Equal(EventsOf(day), Ids(on.Events));
                    Assert.Equal(
                        Sorted(e => e.Date.IsExact(EdtfPrecision.Month) && e.Date.Earliest!.Value.Month == day.Month),
                        Ids(on.ThisMonth)
                    );
                    Assert.Equal(
                        Sorted(e =>
                            e.Date.IsExact(EdtfPrecision.Season) && SeasonOf(e.Date.Earliest!.Value) == SeasonOf(day)
                        ),
                        Ids(on.ThisSeason)
                    );
                    AssertNearest(on.Before, -1);
                    AssertNearest(on.After, 1);

                    string EventsOf(DateOnly asked) =>
                        Sorted(
                            e =>
                                e.Date.Day is { } its
                                && (
                                    (its.Month == asked.Month && its.Day == asked.Day)
                                    || (
                                        its is { Month: 2, Day: 29 }
                                        && asked.AddDays(1) == new DateOnly(asked.Year, 3, 1)
                                        && asked.Day == 28
                                    )
                                ),
                            asked
                        );

                    string Sorted(Func<Event, bool> isOfIt, DateOnly? until = null) =>
                        Ids(
                            catalogue
                                .Events.Where(e => isOfIt(e) && e.Date.Earliest <= (until ?? day))
                                .OrderBy(static e => e.Status)
                                .ThenBy(static e => e.Date.Earliest)
                        );

                    void AssertNearest(DayWithEvents? found, int step)
                    {
                        var expected = Enumerable
                            .Range(1, 366)
                            .Select(i => day.AddDays(step * i))
                            .FirstOrDefault(near => EventsOf(near).Length > 0);
                        Assert.Equal(expected, found?.Day ?? default);
                        Assert.Equal(found is null ? "" : EventsOf(expected), Ids(found?.Events ?? []));
                    }
                },
                iter: 60
            );
    }

    private static string Ids(IEnumerable<Event> events) => string.Join(' ', events.Select(static e => e.Id));

    private static string SeasonOf(DateOnly day) =>
        day.Month switch
        {
            12 or 1 or 2 => "winter",
            3 or 4 or 5 => "spring",
            6 or 7 or 8 => "summer",
            _ => "autumn",
        };

    private static string Written(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Every day-exact event appears once in every later year.</summary>
    [Fact]
    public void GetOnThisDay_EveryDayOfAYear_HasEachEventOnce()
    {
        var days = Enumerable.Range(0, 366).Select(static i => new DateOnly(1904, 1, 1).AddDays(i));
        var catalogue = Some.Catalogue([
            .. days.Select(static day =>
                Some.Event($"e{day.DayOfYear}", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            ),
        ]);
        foreach (var year in new[] { 1999, 2000, 2001, 2024, 2100 })
        {
            var remembered = Enumerable
                .Range(0, DateTime.IsLeapYear(year) ? 366 : 365)
                .SelectMany(i => catalogue.GetOnThisDay(new DateOnly(year, 1, 1).AddDays(i)).Events)
                .ToList();
            Assert.Equal(366, remembered.Count);
            Assert.Equal(366, remembered.Distinct().Count());
        }
    }
}
