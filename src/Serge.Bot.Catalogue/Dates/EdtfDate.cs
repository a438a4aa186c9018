using System.Diagnostics.CodeAnalysis;

namespace Serge.Bot.Catalogue.Dates;

/// <summary>A date as exact as it is known: Extended Date/Time Format (EDTF), level 1, always Gregorian.</summary>
/// <remarks>
/// <para>Supported are the day <c>1933-02-01</c>, month <c>1919-01</c>, season <c>1936-21</c> (21 spring, 22 summer, 23
/// autumn, 24 winter), year <c>1912</c>, decade <c>196X</c>, century <c>19XX</c>, and the interval of two of these
/// <c>1939/1945</c>, of which one end may be open: <c>1945/..</c>. A date or an end may have the suffix <c>?</c>
/// (uncertain), <c>~</c> (approximate) or <c>%</c> (both). Years run from 0001 to 9999. Source: Library of Congress,
/// Extended Date/Time Format (EDTF) Specification.</para>
/// <para>Seasons are the northern, meteorological ones: spring is March to May. EDTF does not define the winter of a
/// year; here <c>1927-24</c> is the winter that begins in it, December 1927 to February 1928.</para>
/// <para>Two dates are equal when their texts are equal.</para>
/// </remarks>
public sealed partial record EdtfDate
{
    internal EdtfDate(
        string text,
        EdtfPrecision precision,
        EdtfQualifiers qualifiers,
        DateOnly? earliest,
        DateOnly? latest
    )
    {
        Text = text;
        Precision = precision;
        Qualifiers = qualifiers;
        Earliest = earliest;
        Latest = latest;
    }

    /// <summary>The date as written.</summary>
    public string Text { get; }

    public EdtfPrecision Precision { get; }

    /// <summary>Of an interval, the qualifiers of both ends together.</summary>
    public EdtfQualifiers Qualifiers { get; }

    /// <summary>The first possible day, ignoring <see cref="Qualifiers"/>; null when the interval's start is
    /// open.</summary>
    public DateOnly? Earliest { get; }

    /// <summary>The last possible day, ignoring <see cref="Qualifiers"/>; null when the interval's end is
    /// open.</summary>
    /// <remarks>The winter of the year 9999 ends with the calendar, on 31 December.</remarks>
    public DateOnly? Latest { get; }

    /// <summary>The first date of an interval; null when that end is open, and for any other date.</summary>
    public EdtfDate? Start { get; internal init; }

    /// <summary>The last date of an interval; null when that end is open, and for any other date.</summary>
    public EdtfDate? End { get; internal init; }

    /// <summary>Whether it is one certain day. Only such a date appears among the events of a day.</summary>
    public bool IsDayExact => IsExact(EdtfPrecision.Day);

    /// <summary>The day, when <see cref="IsDayExact"/>; otherwise null.</summary>
    public DateOnly? Day => IsDayExact ? Earliest : null;

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
        EdtfDateParser parser = new();
        date = parser.Parse(text);
        error = parser.Error;
        return date is not null;
    }

    /// <summary>Parses a date that is known to be valid, such as one in a test.</summary>
    /// <exception cref="FormatException">It is not a date; the message says why.</exception>
    public static EdtfDate Parse(string text)
    {
        if (TryParse(text, out var date, out var error))
        {
            return date;
        }

        throw new FormatException(error);
    }

    /// <summary>Whether it has this precision and no qualifier.</summary>
    public bool IsExact(EdtfPrecision precision) => Precision == precision && Qualifiers == EdtfQualifiers.None;

    /// <returns><see cref="Text"/>, which <see cref="TryParse"/> parses to an equal date.</returns>
    public override string ToString() => Text;

    /// <inheritdoc/>
    public bool Equals(EdtfDate? other)
    {
        return Text == other?.Text;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);
}

/// <summary>How exact a date is, most exact first.</summary>
public enum EdtfPrecision
{
    /// <summary><c>1933-02-01</c>.</summary>
    Day,

    /// <summary><c>1919-01</c>.</summary>
    Month,

    /// <summary><c>1936-21</c>.</summary>
    Season,

    /// <summary><c>1912</c>.</summary>
    Year,

    /// <summary><c>196X</c>.</summary>
    Decade,

    /// <summary><c>19XX</c>.</summary>
    Century,

    /// <summary><c>1939/1945</c>; each end has its own precision.</summary>
    Interval,
}

/// <summary>How certain a date is.</summary>
[Flags]
public enum EdtfQualifiers
{
    None = 0,

    /// <summary><c>?</c>: the source is doubtful.</summary>
    Uncertain = 1,

    /// <summary><c>~</c>: an estimate, thought to be close.</summary>
    Approximate = 2,
}
