using System.Globalization;

namespace Serge.Bot.Catalogue.Dates;

public sealed partial record EdtfDate
{
    /// <summary>The date as an English sentence would have it: "1 February 1933", "spring 1936", "the 1960s", "about 1904", "1939 to 1945".</summary>
    /// <remarks>A winter bears the year it is written with, the one it begins in. The day's month comes second and no ordinal is used,
    /// so that readers on both sides of the Atlantic read the same day.</remarks>
    public string ToEnglish() =>
        Precision == EdtfPrecision.Interval
            ? (Start, End) switch
            {
                (null, { } end) => $"until {end.ToEnglish()}",
                ({ } start, null) => $"from {start.ToEnglish()} on",
                ({ } start, { } end) => $"{start.OpeningOf(end)} to {end.ToEnglish()}",
                _ => Text,
            }
            : Qualifiers switch
            {
                EdtfQualifiers.Approximate => $"about {Plain()}",
                EdtfQualifiers.Uncertain => $"perhaps {Plain()}",
                EdtfQualifiers.None => Plain(),
                _ => $"perhaps about {Plain()}",
            };

    private string Plain()
    {
        var day = Earliest.GetValueOrDefault();
        return Precision switch
        {
            EdtfPrecision.Day => string.Create(
                CultureInfo.InvariantCulture,
                $"{day.Day} {MonthName(day.Month)} {day.Year}"
            ),
            EdtfPrecision.Month => string.Create(CultureInfo.InvariantCulture, $"{MonthName(day.Month)} {day.Year}"),
            EdtfPrecision.Season => string.Create(CultureInfo.InvariantCulture, $"{SeasonName(day.Month)} {day.Year}"),
            EdtfPrecision.Decade => string.Create(CultureInfo.InvariantCulture, $"the {day.Year}s"),
            EdtfPrecision.Century => $"the {Ordinal((day.Year / 100) + 1)} century",
            _ => day.Year.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>This date as the first of an interval, without the month or year that its last date repeats: "5 to 12 January 1919".</summary>
    private string OpeningOf(EdtfDate end)
    {
        var (first, last) = (Earliest.GetValueOrDefault(), end.Earliest.GetValueOrDefault());
        var alike = Qualifiers == EdtfQualifiers.None && end.IsExact(Precision) && first.Year == last.Year;
        return Precision switch
        {
            EdtfPrecision.Day when alike && first.Month == last.Month => first.Day.ToString(
                CultureInfo.InvariantCulture
            ),
            EdtfPrecision.Day when alike => string.Create(
                CultureInfo.InvariantCulture,
                $"{first.Day} {MonthName(first.Month)}"
            ),
            EdtfPrecision.Month when alike => MonthName(first.Month),
            EdtfPrecision.Season when alike => SeasonName(first.Month),
            _ => ToEnglish(),
        };
    }

    private static string MonthName(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

    private static string SeasonName(int firstMonth) =>
        firstMonth switch
        {
            3 => "spring",
            6 => "summer",
            9 => "autumn",
            _ => "winter",
        };

    private static string Ordinal(int number) =>
        (number % 10, number) switch
        {
            (_, 11 or 12 or 13) => $"{number}th",
            (1, _) => $"{number}st",
            (2, _) => $"{number}nd",
            (3, _) => $"{number}rd",
            _ => $"{number}th",
        };
}
