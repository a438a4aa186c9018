using System.Globalization;
using CsCheck;

namespace Serge.Bot.Catalogue.Tests.Dates;

/// <summary>Properties of every date, tested with random ones.</summary>
public sealed class EdtfDatePropertyTests
{
    private static readonly Gen<DateOnly> AnyDay = Gen.Int[DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber]
        .Select(DateOnly.FromDayNumber);
    private static readonly Gen<string> Qualifier = Gen.OneOf("", "", "?", "~", "%");
    private static readonly Gen<string> Unqualified = Gen.Select(
        AnyDay,
        Gen.Int[0, 5],
        Gen.Int[21, 24],
        static (day, kind, season) =>
            kind switch
            {
                0 => Written(day, "yyyy-MM-dd"),
                1 => Written(day, "yyyy-MM"),
                2 => Written(day, "yyyy") + "-" + season.ToString(CultureInfo.InvariantCulture),
                3 => Written(day, "yyyy"),
                4 => Written(day.AddYears(day.Year < 10 ? 10 : 0), "yyyy")[..3] + "X",
                _ => Written(day.AddYears(day.Year < 100 ? 100 : 0), "yyyy")[..2] + "XX",
            }
    );

    private static readonly Gen<string> Single = Gen.Select(
        Unqualified,
        Qualifier,
        static (date, qualifier) => date + qualifier
    );

    private static readonly Gen<string> Interval = Gen.Select(
        Single,
        Single,
        Gen.Int[0, 4],
        static (a, b, open) =>
        {
            var (first, last) = EdtfDate.Parse(a).Earliest <= EdtfDate.Parse(b).Earliest ? (a, b) : (b, a);
            return open switch
            {
                0 => $"../{last}",
                1 => $"{first}/..",
                _ => $"{first}/{last}",
            };
        }
    );

    private static readonly Gen<string> Any = Gen.OneOf(Single, Interval);

    [Fact]
    public void TryParse_AnyDate_PrintsAsWrittenAndReadsBackEqual() =>
        Any.Sample(text =>
        {
            var date = EdtfDate.Parse(text);
            Assert.Equal(text, date.ToString());
            Assert.Equal(date, EdtfDate.Parse(date.ToString()));
        });

    [Fact]
    public void EarliestAndLatest_OfAnyDate_AreInOrder() =>
        Any.Sample(text =>
        {
            var date = EdtfDate.Parse(text);
            Assert.True(date.Earliest is null || date.Latest is null || date.Earliest <= date.Latest);
            Assert.Equal(text.StartsWith("..", StringComparison.Ordinal), date.Earliest is null);
            Assert.Equal(text.EndsWith("..", StringComparison.Ordinal), date.Latest is null);
        });

    /// <summary>A date without a qualifier covers exactly the days whose text begins as it does.</summary>
    [Fact]
    public void EarliestAndLatest_OfAnyDateThatIsNoInterval_AreTheEndsOfTheDaysItMeans() =>
        Unqualified.Sample(text =>
        {
            var date = EdtfDate.Parse(text);
            var (first, last) = (date.Earliest!.Value.DayNumber, date.Latest!.Value.DayNumber);
            var within = Enumerable.Range(0, 13).Select(i => first + ((last - first) * i / 12));
            Assert.All(within, day => Assert.True(Means(text, DateOnly.FromDayNumber(day)), $"{text} means {day}"));
            Assert.False(first > DateOnly.MinValue.DayNumber && Means(text, DateOnly.FromDayNumber(first - 1)), text);
            Assert.False(last < DateOnly.MaxValue.DayNumber && Means(text, DateOnly.FromDayNumber(last + 1)), text);
        });

    [Fact]
    public void TryParse_AnyThreeNumbers_AgreesWithTheCalendar() =>
        Gen.Select(Gen.Int[0, 9999], Gen.Int[0, 14], Gen.Int[0, 33])
            .Sample(
                static (year, month, day) =>
                {
                    var text = string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}");
                    var exists = DateOnly.TryParseExact(
                        text,
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var expected
                    );
                    Assert.Equal(exists, EdtfDate.TryParse(text, out var date, out _));
                    Assert.Equal(exists ? expected : null, date?.Day);
                }
            );

    [Fact]
    public void TryParse_EveryDayOfACentury_IsRead()
    {
        for (var day = new DateOnly(1850, 1, 1); day.Year < 1950; day = day.AddDays(1))
        {
            Assert.Equal(day, EdtfDate.Parse(Written(day, "yyyy-MM-dd")).Day);
        }
    }

    [Fact]
    public void TryParse_ADateWithOneCharacterMoreOrLess_IsRejectedOrAnotherDate() =>
        Gen.Select(
                Any,
                Gen.Int[0, 30],
                Gen.OneOf('0', '1', '9', '-', '/', 'X', '.', '~', '?', '%', ' ', 'x', 'Z'),
                Gen.Int[0, 2]
            )
            .Sample(
                (text, at, sign, change) =>
                {
                    at %= text.Length;
                    var mutated = change switch
                    {
                        0 => text.Insert(at, sign.ToString()),
                        1 => text.Remove(at, 1),
                        _ => text.Remove(at, 1).Insert(at, sign.ToString()),
                    };
                    var isRead = EdtfDate.TryParse(mutated, out var date, out var error);
                    Assert.Equal(isRead, date is not null);
                    Assert.Equal(isRead, error is null);
                    Assert.Equal(isRead, IsLevelOne(mutated));
                }
            );

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Gen.String.Sample(text =>
        {
            var isRead = EdtfDate.TryParse(text, out _, out var error);
            Assert.True(isRead || error!.Length > 0);
        });

    [Fact]
    public void TryParse_AnIntervalTheWrongWayRound_IsRejected() =>
        Gen.Select(Single, Single)
            .Sample(
                static (a, b) =>
                {
                    var (first, last) = (EdtfDate.Parse(a), EdtfDate.Parse(b));
                    Assert.Equal(last.Latest >= first.Earliest, EdtfDate.TryParse($"{a}/{b}", out _, out _));
                }
            );

    [Fact]
    public void ToEnglish_OfAnyDate_ContainsItsYearAndNoSigns() =>
        Any.Sample(text =>
        {
            var english = EdtfDate.Parse(text).ToEnglish();
            Assert.DoesNotContain(english, static c => c is 'X' or '~' or '?' or '%' or '/' or '.' or '-');
            Assert.Contains(english, char.IsAsciiDigit);
        });

    private static bool Means(string text, DateOnly day) =>
        text switch
        {
            [.., 'X', 'X'] => Written(day, "yyyy")[..2] == text[..2],
            [.., 'X'] => Written(day, "yyyy")[..3] == text[..3],
            { Length: 10 } => Written(day, "yyyy-MM-dd") == text,
            { Length: 7 } when text[5] == '2' => IsInSeason(
                day,
                int.Parse(text[..4], CultureInfo.InvariantCulture),
                text[6]
            ),
            { Length: 7 } => Written(day, "yyyy-MM") == text,
            _ => Written(day, "yyyy") == text,
        };

    private static bool IsInSeason(DateOnly day, int year, char season) =>
        season switch
        {
            '1' => day.Year == year && day.Month is 3 or 4 or 5 && day.Year == year,
            '2' => day.Year == year && day.Month is 6 or 7 or 8 && day.Year == year,
            '3' => day.Year == year && day.Month is 9 or 10 or 11 && day.Year == year,
            _ => (day.Year == year && day.Month == 12) || (day.Year == year + 1 && day.Month < 3),
        };

    /// <summary>The grammar as a pattern; .NET checks the calendar.</summary>
    private static bool IsLevelOne(string text)
    {
        var ends = text.Split('/');
        if (ends.Length == 1)
        {
            return IsSingle(text);
        }

        return ends.Length == 2
            && !(ends[0] == ".." && ends[1] == "..")
            && ends.All(static end => end == ".." || IsSingle(end))
            && (ends.Contains("..") || EdtfDate.Parse(ends[1]).Latest >= EdtfDate.Parse(ends[0]).Earliest);
    }

    private static bool IsSingle(string text)
    {
        var match = System.Text.RegularExpressions.Regex.Match(
            text,
            @"\A(?:(?!0000)[0-9]{4}(?<month>-(?:0[1-9]|1[0-2]|2[1-4]))?|(?!0000)(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})|(?!000)[0-9]{3}X|(?!00)[0-9]{2}XX)[?~%]?\z"
        );
        return match.Success
            && (
                !match.Groups["day"].Success
                || DateOnly.TryParseExact(
                    match.Groups["day"].Value,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out _
                )
            );
    }

    private static string Written(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);
}
