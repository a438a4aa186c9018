using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Serge.Bot.Catalogue.Dates;

public sealed partial record EdtfDate
{
    private const string Forms =
        "a day 1933-02-01, month 1919-01, season 1936-21, year 1912, decade 196X, century 19XX or interval 1939/1945";

    /// <summary>Parses a date.</summary>
    /// <param name="text">The date without spaces around it.</param>
    /// <param name="date">The date, when the result is true.</param>
    /// <param name="error">What is wrong and how to correct it, one sentence, when the result is false.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out EdtfDate? date,
        [NotNullWhen(false)] out string? error
    )
    {
        if (string.IsNullOrEmpty(text))
        {
            (date, error) = (null, $"No date is given; write {Forms}.");
        }
        else if (text.Contains('/'))
        {
            (date, error) = ParseInterval(text);
        }
        else
        {
            (date, error) = ParseSingle(text);
        }

        return date is not null;
    }

    /// <summary>Parses a date that is known to be valid, such as one in a test.</summary>
    /// <exception cref="FormatException">It is not a date; the message says why.</exception>
    public static EdtfDate Parse(string text)
    {
        return TryParse(text, out var date, out var error) ? date : throw new FormatException(error);
    }

    private static (EdtfDate? Date, string? Error) ParseInterval(string text)
    {
        if (text.Split('/') is not [var first, var last])
        {
            return (null, $"'{text}' has more than one slash; an interval is two dates, such as 1939/1945.");
        }

        if (first is "" || last is "")
        {
            return (null, $"'{text}' lacks a date on one side of the slash; write .. for an open end, such as 1945/..");
        }

        if (first is ".." && last is "..")
        {
            return (null, $"'{text}' is open at both ends; give at least one date.");
        }

        var (start, startError) = ParseEnd(first);
        var (end, endError) = ParseEnd(last);
        var error = startError ?? endError;
        if (error is not null)
        {
            return (null, error);
        }

        if (end?.Latest < start?.Earliest)
        {
            return (null, $"'{text}' ends before it begins; write {last}/{first}.");
        }

        var qualifiers = start?.Qualifiers ?? EdtfQualifiers.None;
        qualifiers |= end?.Qualifiers ?? EdtfQualifiers.None;
        EdtfDate interval = new(text, EdtfPrecision.Interval, qualifiers, start?.Earliest, end?.Latest)
        {
            Start = start,
            End = end,
        };
        return (interval, null);
    }

    private static (EdtfDate? Date, string? Error) ParseEnd(string text)
    {
        return text is ".." ? (null, null) : ParseSingle(text);
    }

    private static (EdtfDate? Date, string? Error) ParseSingle(string text)
    {
        var qualifiers = text[^1] switch
        {
            '?' => EdtfQualifiers.Uncertain,
            '~' => EdtfQualifiers.Approximate,
            '%' => EdtfQualifiers.Uncertain | EdtfQualifiers.Approximate,
            _ => EdtfQualifiers.None,
        };
        var plain = qualifiers == EdtfQualifiers.None ? text : text[..^1];
        var (precision, first, last, error) = GetShape(plain) switch
        {
            "dddd" => ParseYears(plain, 1, EdtfPrecision.Year),
            "dddX" => ParseYears(plain[..3], 10, EdtfPrecision.Decade),
            "ddXX" => ParseYears(plain[..2], 100, EdtfPrecision.Century),
            "dddd-dd" => ParseMonthOrSeason(plain),
            "dddd-dd-dd" => ParseDay(plain),
            "dddd-XX" or "dddd-XX-XX" => Fail($"'{text}' leaves the month open; write the year alone, {plain[..4]}."),
            "dddd-dd-XX" => Fail($"'{text}' leaves the day open; write the month alone, {plain[..7]}."),
            _ => Fail($"'{text}' is not a date of EDTF level 1; write {Forms}."),
        };
        if (error is not null)
        {
            return (null, error);
        }

        return (new(text, precision, qualifiers, first, last), null);
    }

    /// <summary>Replaces each digit by d, so that the form of a date can be compared.</summary>
    private static string GetShape(string text)
    {
        var shape = text.Replace('d', '?').ToCharArray();
        for (var i = 0; i < shape.Length; i++)
        {
            if (char.IsAsciiDigit(shape[i]))
            {
                shape[i] = 'd';
            }
        }

        return new(shape);
    }

    private static DayRange ParseYears(string digits, int length, EdtfPrecision precision)
    {
        var year = ParseNumber(digits) * length;
        if (year == 0)
        {
            return FailYearZero(digits);
        }

        DateOnly first = new(year, 1, 1);
        DateOnly last = new(year + length - 1, 12, 31);
        return new(precision, first, last, null);
    }

    private static DayRange ParseMonthOrSeason(string text)
    {
        var year = ParseNumber(text.AsSpan(0, 4));
        var number = ParseNumber(text.AsSpan(5));
        if (year == 0)
        {
            return FailYearZero(text[..4]);
        }

        return number switch
        {
            >= 1 and <= 12 => CreateMonths(EdtfPrecision.Month, year, number, 1),
            >= 21 and <= 24 => CreateMonths(EdtfPrecision.Season, year, 3 * (number - 20), 3),
            _ => Fail(
                $"'{text}' has no such month or season: months are 01 to 12, seasons 21 (spring) to 24 (winter)."
            ),
        };
    }

    private static DayRange CreateMonths(EdtfPrecision precision, int year, int firstMonth, int months)
    {
        DateOnly first = new(year, firstMonth, 1);
        // The last winter of the calendar ends with it.
        var isCut = year == 9999 && firstMonth + months > 12;
        var last = isCut ? DateOnly.MaxValue : first.AddMonths(months).AddDays(-1);
        return new(precision, first, last, null);
    }

    private static DayRange ParseDay(string text)
    {
        var year = ParseNumber(text.AsSpan(0, 4));
        var month = ParseNumber(text.AsSpan(5, 2));
        var day = ParseNumber(text.AsSpan(8));
        if (year == 0)
        {
            return FailYearZero(text[..4]);
        }

        if (month is < 1 or > 12)
        {
            return Fail($"'{text}' has no such month: months are 01 to 12.");
        }

        var days = DateTime.DaysInMonth(year, month);
        if (day < 1 || day > days)
        {
            return Fail($"'{text}' is impossible: {GetMonthName(month)} {year} has the days 01 to {days}.");
        }

        DateOnly date = new(year, month, day);
        return new(EdtfPrecision.Day, date, date, null);
    }

    private static int ParseNumber(ReadOnlySpan<char> digits)
    {
        return int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static DayRange FailYearZero(string digits)
    {
        var year = digits.PadRight(4, 'X');
        return Fail($"'{year}' holds the year 0, which this calendar does not have; years run from 0001 to 9999.");
    }

    private static DayRange Fail(string error) => new(default, default, default, error);

    private readonly record struct DayRange(EdtfPrecision Precision, DateOnly First, DateOnly Last, string? Error);
}
