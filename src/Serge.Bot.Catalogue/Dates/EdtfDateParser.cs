using System.Globalization;

namespace Serge.Bot.Catalogue.Dates;

/// <summary>Parses a date in EDTF level 1.</summary>
internal sealed class EdtfDateParser
{
    private const string Forms =
        "a day 1933-02-01, month 1919-01, season 1936-21, year 1912, decade 196X, century 19XX or interval 1939/1945";

    /// <summary>What is wrong and how to correct it, one sentence; null when the date is valid.</summary>
    public string? Error { get; private set; }

    /// <returns>Null when there is an <see cref="Error"/>.</returns>
    public EdtfDate? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            Fail($"No date is given; write {Forms}.");
            return null;
        }

        if (text.Contains('/'))
        {
            return ParseInterval(text);
        }

        return ParseSingle(text);
    }

    private EdtfDate? ParseInterval(string text)
    {
        var ends = text.Split('/');
        if (ends.Length > 2)
        {
            Fail($"'{text}' has more than one slash; an interval is two dates, such as 1939/1945.");
            return null;
        }

        if (ends.Contains(""))
        {
            Fail($"'{text}' lacks a date on one side of the slash; write .. for an open end, such as 1945/..");
            return null;
        }

        if (text == "../..")
        {
            Fail($"'{text}' is open at both ends; give at least one date.");
            return null;
        }

        var start = ParseEnd(ends[0]);
        var end = ParseEnd(ends[1]);
        if (end?.Latest < start?.Earliest)
        {
            Fail($"'{text}' ends before it begins; write {ends[1]}/{ends[0]}.");
        }

        if (Error is not null)
        {
            return null;
        }

        var qualifiers = start?.Qualifiers ?? EdtfQualifiers.None;
        qualifiers |= end?.Qualifiers ?? EdtfQualifiers.None;
        return new(text, EdtfPrecision.Interval, qualifiers, start?.Earliest, end?.Latest) { Start = start, End = end };
    }

    private EdtfDate? ParseEnd(string text)
    {
        return text == ".." ? null : ParseSingle(text);
    }

    private EdtfDate? ParseSingle(string text)
    {
        var qualifiers = text[^1] switch
        {
            '?' => EdtfQualifiers.Uncertain,
            '~' => EdtfQualifiers.Approximate,
            '%' => EdtfQualifiers.Uncertain | EdtfQualifiers.Approximate,
            _ => EdtfQualifiers.None,
        };
        var plain = qualifiers == EdtfQualifiers.None ? text : text[..^1];
        var range = GetShape(plain) switch
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
        if (range is null)
        {
            return null;
        }

        return new(text, range.Precision, qualifiers, range.First, range.Last);
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

    private DayRange? ParseYears(string digits, int length, EdtfPrecision precision)
    {
        var year = ParseNumber(digits) * length;
        if (year == 0)
        {
            return FailYearZero(digits);
        }

        var lastYear = year + length - 1;
        DateOnly first = new(year, 1, 1);
        DateOnly last = new(lastYear, 12, 31);
        return new(precision, first, last);
    }

    private DayRange? ParseMonthOrSeason(string text)
    {
        var year = ParseNumber(text[..4]);
        var number = ParseNumber(text[5..]);
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
        if (year == 9999 && firstMonth + months > 12)
        {
            return new(precision, first, DateOnly.MaxValue);
        }

        var next = first.AddMonths(months);
        return new(precision, first, next.AddDays(-1));
    }

    private DayRange? ParseDay(string text)
    {
        var year = ParseNumber(text[..4]);
        var month = ParseNumber(text[5..7]);
        var day = ParseNumber(text[8..]);
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
            var monthName = EdtfDate.GetMonthName(month);
            return Fail($"'{text}' is impossible: {monthName} {year} has the days 01 to {days}.");
        }

        DateOnly date = new(year, month, day);
        return new(EdtfPrecision.Day, date, date);
    }

    private static int ParseNumber(string digits)
    {
        return int.Parse(digits, CultureInfo.InvariantCulture);
    }

    private DayRange? FailYearZero(string digits)
    {
        var year = digits.PadRight(4, 'X');
        return Fail($"'{year}' holds the year 0, which this calendar does not have; years run from 0001 to 9999.");
    }

    /// <summary>Sets <see cref="Error"/>, unless an error was found before.</summary>
    /// <returns>Null.</returns>
    private DayRange? Fail(string error)
    {
        Error ??= error;
        return null;
    }

    private sealed record DayRange(EdtfPrecision Precision, DateOnly First, DateOnly Last);
}
