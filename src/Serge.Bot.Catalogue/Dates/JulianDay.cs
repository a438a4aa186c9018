using System.Globalization;
using System.Runtime.InteropServices;

namespace Serge.Bot.Catalogue.Dates;

/// <summary>A day of the Julian calendar ("old style"), in which Russia counted until 31 January 1918.</summary>
/// <remarks>A type of its own, since a Julian day such as 29 February 1900 need not exist in the Gregorian calendar.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JulianDay
{
    private static readonly JulianCalendar Calendar = new();

    private JulianDay(int year, int month, int day) => (Year, Month, Day) = (year, month, day);

    /// <summary>1 to 9998.</summary>
    public int Year { get; }

    /// <summary>1 to 12.</summary>
    public int Month { get; }

    /// <summary>1 to 31.</summary>
    public int Day { get; }

    /// <summary>The same day in our calendar: 13 days later in the twentieth century, 12 in the nineteenth.</summary>
    public DateOnly ToGregorian() => DateOnly.FromDateTime(Calendar.ToDateTime(Year, Month, Day, 0, 0, 0, 0));

    /// <summary>The Julian name of a Gregorian day.</summary>
    public static JulianDay FromGregorian(DateOnly day)
    {
        var moment = day.ToDateTime(TimeOnly.MinValue);
        return new(Calendar.GetYear(moment), Calendar.GetMonth(moment), Calendar.GetDayOfMonth(moment));
    }

    /// <summary>Reads <c>1917-10-25</c>.</summary>
    public static bool TryParse(string? text, out JulianDay day)
    {
        day = default;
        if (
            text is not { Length: 10 }
            || text[4] != '-'
            || text[7] != '-'
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(text.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var month)
            || !int.TryParse(text.AsSpan(8, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || year is < 1 or > 9998
            || month is < 1 or > 12
            || number < 1
            || number > Calendar.GetDaysInMonth(year, month)
            || (year == 1 && month == 1 && number < 3)
        ) // before the Gregorian calendar's first day as .NET has it
        {
            return false;
        }

        day = new(year, month, number);
        return true;
    }

    /// <summary><c>1917-10-25</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}-{Day:D2}");

    /// <summary>"25 October 1917".</summary>
    public string ToEnglish() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Day} {CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(Month)} {Year}"
        );
}
