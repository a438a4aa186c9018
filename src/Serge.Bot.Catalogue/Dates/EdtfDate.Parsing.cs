using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Serge.Bot.Catalogue.Dates;

public sealed partial record EdtfDate
{
    private const string Forms =
        "a day 1933-02-01, month 1919-01, season 1936-21, year 1912, decade 196X, century 19XX or interval 1939/1945";

    /// <summary>Reads a date.</summary>
    /// <param name="text">Exactly the date: no spaces around it.</param>
    /// <param name="date">The date, when the answer is true.</param>
    /// <param name="error">What is wrong, one sentence for the person who wrote it, when the answer is false.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out EdtfDate? date,
        [NotNullWhen(false)] out string? error
    )
    {
        (date, error) = text switch
        {
            null or "" => (null, $"No date is given; write {Forms}."),
            _ when text.Contains('/', StringComparison.Ordinal) => ParseInterval(text),
            _ => ParseSingle(text),
        };
        return date is not null;
    }

    /// <summary>Reads a date that is known to be right, such as one in a test.</summary>
    /// <exception cref="FormatException">It is not a date; the message says why.</exception>
    public static EdtfDate Parse(string text) =>
        TryParse(text, out var date, out var error) ? date : throw new FormatException(error);

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

        var (start, startError) = first is ".." ? (null, null) : ParseSingle(first);
        var (end, endError) = last is ".." ? (null, null) : ParseSingle(last);
        if ((startError ?? endError) is { } error)
        {
            return (null, error);
        }

        if (end?.Latest < start?.Earliest)
        {
            return (null, $"'{text}' ends before it begins; write {last}/{first}.");
        }

        var qualifiers = (start?.Qualifiers ?? EdtfQualifiers.None) | (end?.Qualifiers ?? EdtfQualifiers.None);
        return (
            new(text, EdtfPrecision.Interval, qualifiers, start?.Earliest, end?.Latest) { Start = start, End = end },
            null
        );
    }

    private static (EdtfDate? Date, string? Error) ParseSingle(string text)
    {
        var (written, qualifiers) = text[^1] switch
        {
            '?' => (text[..^1], EdtfQualifiers.Uncertain),
            '~' => (text[..^1], EdtfQualifiers.Approximate),
            '%' => (text[..^1], EdtfQualifiers.Uncertain | EdtfQualifiers.Approximate),
            _ => (text, EdtfQualifiers.None),
        };
        var (precision, first, last, error) = Shape(written) switch
        {
            "dddd" => Year(written),
            "dddX" => Years(written[..3], 10, EdtfPrecision.Decade),
            "ddXX" => Years(written[..2], 100, EdtfPrecision.Century),
            "dddd-dd" => MonthOrSeason(written),
            "dddd-dd-dd" => OneDay(written),
            "dddd-XX" or "dddd-XX-XX" => Wrong(
                $"'{text}' leaves the month open; write the year alone, {written[..4]}."
            ),
            "dddd-dd-XX" => Wrong($"'{text}' leaves the day open; write the month alone, {written[..7]}."),
            _ => Wrong($"'{text}' is not a date of EDTF level 1; write {Forms}."),
        };
        return error is null ? (new(text, precision, qualifiers, first, last), null) : (null, error);
    }

    /// <summary>The text with every digit as d, so that the forms can be told apart at a glance.</summary>
    private static string Shape(string text) =>
        string.Create(
            text.Length,
            text,
            static (shape, text) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    shape[i] =
                        char.IsAsciiDigit(text[i]) ? 'd'
                        : text[i] is 'd' ? '?'
                        : text[i];
                }
            }
        );

    private static Span Year(string text) => Years(text, 1, EdtfPrecision.Year);

    private static Span Years(string digits, int length, EdtfPrecision precision)
    {
        var year = Number(digits) * length;
        return year == 0
            ? Wrong(
                $"'{digits.PadRight(4, 'X')}' holds the year 0, which this calendar does not have; years run from 0001 to 9999."
            )
            : new(precision, new(year, 1, 1), new(year + length - 1, 12, 31), null);
    }

    private static Span MonthOrSeason(string text)
    {
        var (year, number) = (Number(text.AsSpan(0, 4)), Number(text.AsSpan(5)));
        return (year, number) switch
        {
            (0, _) => Year(text[..4]),
            (_, >= 1 and <= 12) => new(EdtfPrecision.Month, new(year, number, 1), EndOfMonth(year, number), null),
            (_, >= 21 and <= 23) => new(
                EdtfPrecision.Season,
                new(year, (3 * (number - 20)), 1),
                EndOfMonth(year, (3 * (number - 20)) + 2),
                null
            ),
            (9999, 24) => new(EdtfPrecision.Season, new(year, 12, 1), DateOnly.MaxValue, null),
            (_, 24) => new(EdtfPrecision.Season, new(year, 12, 1), EndOfMonth(year + 1, 2), null),
            _ => Wrong(
                $"'{text}' has no such month or season: months are 01 to 12, seasons 21 (spring) to 24 (winter)."
            ),
        };
    }

    private static Span OneDay(string text)
    {
        var (year, month, day) = (Number(text.AsSpan(0, 4)), Number(text.AsSpan(5, 2)), Number(text.AsSpan(8)));
        if (year == 0)
        {
            return Year(text[..4]);
        }

        if (month is < 1 or > 12)
        {
            return Wrong($"'{text}' has no such month: months are 01 to 12.");
        }

        var days = DateTime.DaysInMonth(year, month);
        return day < 1 || day > days
            ? Wrong($"'{text}' is impossible: {MonthName(month)} {year} has the days 01 to {days}.")
            : new(EdtfPrecision.Day, new(year, month, day), new(year, month, day), null);
    }

    private static DateOnly EndOfMonth(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));

    private static int Number(ReadOnlySpan<char> digits) =>
        int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static Span Wrong(string error) => new(default, default, default, error);

    private readonly record struct Span(EdtfPrecision Precision, DateOnly First, DateOnly Last, string? Error);
}
