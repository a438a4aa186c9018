using System.Globalization;

namespace Serge.Bot.Catalogue.Dates;

public sealed partial record EdtfDate
{
    /// <summary>Formats the date for an English sentence: "1 February 1933", "spring 1936", "the 1960s", "about 1904",
    /// "1939 to 1945".</summary>
    /// <remarks>A winter has the year it is written with, in which it begins. The month is a word, so that British and
    /// American readers cannot confuse it with the day.</remarks>
    public string ToEnglish()
    {
        if (Precision == EdtfPrecision.Interval)
        {
            return FormatEnglishInterval();
        }

        var date = FormatEnglishDate();
        return AddQualifiers(date, "about", "perhaps");
    }

    private string AddQualifiers(string date, string approximate, string uncertain)
    {
        if (Qualifiers.HasFlag(EdtfQualifiers.Approximate))
        {
            date = $"{approximate} {date}";
        }

        if (Qualifiers.HasFlag(EdtfQualifiers.Uncertain))
        {
            date = $"{uncertain} {date}";
        }

        return date;
    }

    private string FormatEnglishInterval()
    {
        if (Start is null)
        {
            return $"until {End!.ToEnglish()}";
        }

        if (End is null)
        {
            return $"from {Start.ToEnglish()} on";
        }

        return $"{Start.FormatEnglishStart(End)} to {End.ToEnglish()}";
    }

    private string FormatEnglishDate()
    {
        var (year, month, day) = Earliest.GetValueOrDefault();
        return Precision switch
        {
            EdtfPrecision.Day => $"{day} {GetMonthName(month)} {year}",
            EdtfPrecision.Month => $"{GetMonthName(month)} {year}",
            EdtfPrecision.Season => $"{GetSeasonName(month)} {year}",
            EdtfPrecision.Decade => $"the {year}s",
            EdtfPrecision.Century => $"the {GetOrdinal((year / 100) + 1)} century",
            _ => $"{year}",
        };
    }

    /// <summary>Formats the start of an interval without the month or year that its end repeats: "5 to 12 January
    /// 1919".</summary>
    private string FormatEnglishStart(EdtfDate end)
    {
        if (Qualifiers != EdtfQualifiers.None || !HasPrecisionAndYearOf(end))
        {
            return ToEnglish();
        }

        var (_, month, day) = Earliest.GetValueOrDefault();
        return Precision switch
        {
            EdtfPrecision.Day when month == end.Earliest?.Month => $"{day}",
            EdtfPrecision.Day => $"{day} {GetMonthName(month)}",
            EdtfPrecision.Month => GetMonthName(month),
            EdtfPrecision.Season => GetSeasonName(month),
            _ => ToEnglish(),
        };
    }

    private bool HasPrecisionAndYearOf(EdtfDate end)
    {
        return end.IsExact(Precision) && end.Earliest?.Year == Earliest?.Year;
    }

    internal static string GetMonthName(int month)
    {
        return CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);
    }

    private static string GetSeasonName(int firstMonth)
    {
        return firstMonth switch
        {
            3 => "spring",
            6 => "summer",
            9 => "autumn",
            _ => "winter",
        };
    }

    private static string GetOrdinal(int number)
    {
        if (number is 11 or 12 or 13)
        {
            return $"{number}th";
        }

        return (number % 10) switch
        {
            1 => $"{number}st",
            2 => $"{number}nd",
            3 => $"{number}rd",
            _ => $"{number}th",
        };
    }
}
