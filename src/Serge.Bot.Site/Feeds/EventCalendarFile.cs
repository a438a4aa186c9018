using System.Globalization;
using System.Text;

namespace Serge.Bot.Site.Feeds;

/// <summary>Writes the events that are exact to the day as an iCalendar file, each repeated every year.</summary>
/// <remarks>Source: RFC 5545. Ical.Net 5.2.4 cannot be compiled ahead of time without warnings.</remarks>
internal static class EventCalendarFile
{
    /// <summary>The longest line in bytes without its line break. Source: RFC 5545, 3.1.</summary>
    private const int MaxLine = 75;

    public static byte[] Write(SiteContent content)
    {
        StringBuilder file = new();
        var language = content.Languages[0];
        Add(file, "BEGIN:VCALENDAR");
        Add(file, "VERSION:2.0");
        Add(file, "PRODID:-//Serge.Bot//Site//EN");
        AddText(file, "X-WR-CALNAME", content.Author.Name);
        foreach (var known in content.Events)
        {
            if (known.Date.Day is { } day)
            {
                AddEvent(file, known, day, language, content.Options.BaseUrl);
            }
        }

        Add(file, "END:VCALENDAR");
        return Encoding.UTF8.GetBytes(file.ToString());
    }

    private static void AddEvent(StringBuilder file, Event known, DateOnly day, SiteLanguage language, Uri? root)
    {
        var text = LineText.Get(known, language);
        var certainty = language.Wording.FormatCertainty(known);
        var year = day.Year.ToString(CultureInfo.InvariantCulture);
        var host = root?.Host ?? "serge.bot";
        Add(file, "BEGIN:VEVENT");
        Add(file, $"UID:{known.Id}@{host}");
        // When the entry was last changed is not known, and the file must be the same for the same content.
        Add(file, "DTSTAMP:20260101T000000Z");
        Add(file, day.ToString("'DTSTART;VALUE=DATE:'yyyyMMdd", CultureInfo.InvariantCulture));
        Add(file, GetRule(day));
        AddText(file, "SUMMARY", $"{year}: {text}");
        AddText(file, "DESCRIPTION", certainty);
        Add(file, "TRANSP:TRANSPARENT");
        if (root is not null)
        {
            var path = SitePaths.GetEventPath(known.Id);
            Add(file, $"URL:{root.AbsoluteUri}{path}");
        }

        Add(file, "END:VEVENT");
    }

    /// <summary>29 February is kept on the last day of February in other years.</summary>
    private static string GetRule(DateOnly day)
    {
        if (day is { Month: 2, Day: 29 })
        {
            return "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1";
        }

        return "RRULE:FREQ=YEARLY";
    }

    private static void AddText(StringBuilder file, string property, string text)
    {
        var escaped = text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace(";", @"\;", StringComparison.Ordinal)
            .Replace(",", @"\,", StringComparison.Ordinal)
            .ReplaceLineEndings(@"\n");
        Add(file, $"{property}:{escaped}");
    }

    /// <summary>Adds a line; a longer one is continued on lines that begin with a space, never within a
    /// character.</summary>
    private static void Add(StringBuilder file, string line)
    {
        var length = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > MaxLine)
            {
                file.Append("\r\n ");
                length = 1;
            }

            file.Append(rune.ToString());
            length += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}
