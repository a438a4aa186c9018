namespace Serge.Bot.Catalogue.Dates;

/// <summary>A date as exact as it is known and no more exact: Extended Date/Time Format (EDTF), level 1, always Gregorian.</summary>
/// <remarks>
/// <para>Understood are the day <c>1933-02-01</c>, month <c>1919-01</c>, season <c>1936-21</c> (21 spring, 22 summer, 23 autumn,
/// 24 winter), year <c>1912</c>, decade <c>196X</c>, century <c>19XX</c>, and the interval of two of these <c>1939/1945</c>, either end of
/// which may be open: <c>1945/..</c>. A date or an end may carry <c>?</c> (uncertain), <c>~</c> (approximate) or <c>%</c> (both).
/// Years run from 0001 to 9999. Source: Library of Congress, Extended Date/Time Format (EDTF) Specification.</para>
/// <para>Seasons are the northern, meteorological ones: spring is March to May. EDTF leaves open which winter a year means; here
/// <c>1927-24</c> is the winter that begins in it, December 1927 to February 1928.</para>
/// <para>Two dates are equal when they are written alike.</para>
/// </remarks>
public sealed partial record EdtfDate
{
    private EdtfDate(
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

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>How exact it is.</summary>
    public EdtfPrecision Precision { get; }

    /// <summary>How it is qualified; of an interval, the qualifiers of both ends together.</summary>
    public EdtfQualifiers Qualifiers { get; }

    /// <summary>The first day it may mean, without regard to <see cref="Qualifiers"/>; null when the interval's start is open.</summary>
    public DateOnly? Earliest { get; }

    /// <summary>The last day it may mean, without regard to <see cref="Qualifiers"/>; null when the interval's end is open.</summary>
    /// <remarks>The winter of the year 9999 is cut at the calendar's last day.</remarks>
    public DateOnly? Latest { get; }

    /// <summary>The first date of an interval; null when that end is open, and for any other date.</summary>
    public EdtfDate? Start { get; private init; }

    /// <summary>The last date of an interval; null when that end is open, and for any other date.</summary>
    public EdtfDate? End { get; private init; }

    /// <summary>Whether it is one certain day: only such a date is ever said to be "of this day".</summary>
    public bool IsDayExact => IsExact(EdtfPrecision.Day);

    /// <summary>The day, when <see cref="IsDayExact"/>; otherwise null.</summary>
    public DateOnly? Day => IsDayExact ? Earliest : null;

    /// <summary>Whether it has this precision and no qualifier.</summary>
    public bool IsExact(EdtfPrecision precision) => Precision == precision && Qualifiers == EdtfQualifiers.None;

    /// <summary>As written: <see cref="TryParse"/> reads it back to an equal date.</summary>
    public override string ToString() => Text;

    /// <inheritdoc/>
    public bool Equals(EdtfDate? other) =>
        other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

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

    /// <summary><c>1939/1945</c>; its ends say how exact they are.</summary>
    Interval,
}

/// <summary>What a date says of its own certainty.</summary>
[Flags]
public enum EdtfQualifiers
{
    /// <summary>Nothing: the date stands as it is.</summary>
    None = 0,

    /// <summary><c>?</c>: the source is in doubt.</summary>
    Uncertain = 1,

    /// <summary><c>~</c>: an estimate, thought to be close.</summary>
    Approximate = 2,
}
