using System.Globalization;

namespace Serge.Bot.Catalogue.Dates;

/// <summary>A day of the Julian calendar ("old style"), which Russia used until 31 January 1918.</summary>
/// <remarks>A separate type, because a Julian day such as 29 February 1900 need not exist in the Gregorian
/// calendar.</remarks>
public readonly record struct JulianDay
{
    private static readonly JulianCalendar Calendar = new();

    private JulianDay(int year, int month, int day)
    {
        Year = year;
        Month = month;
        Day = day;
    }

    /// <summary>1 to 9998.</summary>
    public int Year { get; }

    /// <summary>1 to 12.</summary>
    public int Month { get; }

    /// <summary>1 to 31.</summary>
    public int Day { get; }

    /// <summary>Converts to the Gregorian day: 13 days later in the twentieth century, 12 in the nineteenth.</summary>
    public DateOnly ToGregorian()
    {
        DateTime day = new(Year, Month, Day, Calendar);
        return DateOnly.FromDateTime(day);
    }

    public static JulianDay FromGregorian(DateOnly day)
    {
        var moment = day.ToDateTime(TimeOnly.MinValue);
        var year = Calendar.GetYear(moment);
        var month = Calendar.GetMonth(moment);
        return new(year, month, Calendar.GetDayOfMonth(moment));
    }

    /// <summary>Parses <c>1917-10-25</c>.</summary>
    public static bool TryParse(string? text, out JulianDay day)
    {
        day = default;
        if (text is not { Length: 10 } || text[4] != '-' || text[7] != '-')
        {
            return false;
        }

        var hasNumbers =
            TryParseNumber(text.AsSpan(0, 4), out var year)
            & TryParseNumber(text.AsSpan(5, 2), out var month)
            & TryParseNumber(text.AsSpan(8, 2), out var number);
        if (!hasNumbers || !IsValid(year, month, number))
        {
            return false;
        }

        day = new(year, month, number);
        return true;
    }

    /// <summary>Formats <c>1917-10-25</c>.</summary>
    public override string ToString() => $"{Year:D4}-{Month:D2}-{Day:D2}";

    private static bool TryParseNumber(ReadOnlySpan<char> digits, out int number)
    {
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsValid(int year, int month, int day)
    {
        if (year is < 1 or > 9998 || month is < 1 or > 12)
        {
            return false;
        }

        // .NET's Gregorian calendar begins on 3 January of the Julian year 1.
        var firstDay = year == 1 && month == 1 ? 3 : 1;
        return day >= firstDay && day <= Calendar.GetDaysInMonth(year, month);
    }
}
