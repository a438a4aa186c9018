using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary>The period of a timeline; an end that is <see langword="null"/> is open.</summary>
internal sealed record TimelineSpan(EdtfDate? From, EdtfDate? To)
{
    /// <summary>From the start of one date to the end of another. A single interval is both.</summary>
    public static TimelineSpan Create(EdtfDate? from, EdtfDate? to)
    {
        if (from is { Precision: EdtfPrecision.Interval } interval)
        {
            from = interval.Start;
            to ??= interval.End;
        }

        if (to is { Precision: EdtfPrecision.Interval })
        {
            to = to.End;
        }

        return new TimelineSpan(from, to);
    }

    /// <summary>Reads both ends, as a button contains them; an empty text is an open end.</summary>
    public static bool TryParse(string from, string to, out TimelineSpan span)
    {
        EdtfDate? start = null;
        EdtfDate? end = null;
        var isValid =
            (from.Length == 0 || EdtfDate.TryParse(from, out start, out _))
            && (to.Length == 0 || EdtfDate.TryParse(to, out end, out _));
        span = new TimelineSpan(start, end);
        return isValid;
    }

    /// <summary>Whether a date can be in the period.</summary>
    public bool Contains(EdtfDate date)
    {
        var isBefore = date.Latest < From?.Earliest;
        var isAfter = date.Earliest > To?.Latest;
        return !isBefore && !isAfter;
    }

    /// <summary>The period for a heading; if both ends are open, the years of the first and the last event.</summary>
    public EdtfDate GetLabel(IReadOnlyList<Event> events)
    {
        if (From is not null && From == To)
        {
            return From;
        }

        if (From is not null || To is not null)
        {
            var from = From?.Text ?? "..";
            var to = To?.Text ?? "..";
            return EdtfDate.Parse($"{from}/{to}");
        }

        if (events is [{ Date.Earliest: { } first }, .., { Date.Earliest: { } last }])
        {
            var years = string.Create(CultureInfo.InvariantCulture, $"{first.Year:D4}/{last.Year:D4}");
            return EdtfDate.Parse(years);
        }

        return EdtfDate.Parse("0001/..");
    }
}
