namespace Serge.Bot.Rendering;

/// <summary>Formats events with their dates.</summary>
internal static class EventFormatter
{
    private const int MaxNearEvents = 2;

    private static readonly IReadOnlyDictionary<string, Quote> NoQuotes = new Dictionary<string, Quote>();

    /// <summary>Formats the events of a day; without any, the events near to it, with their dates.</summary>
    /// <param name="day">The events.</param>
    /// <param name="today">The reader's date. On another day than today no anniversary is named.</param>
    /// <param name="markup">The platform's.</param>
    /// <param name="strings">The reader's language.</param>
    /// <param name="fits">Whether a text is short enough.</param>
    public static string FormatReport(
        OnThisDay day,
        DateOnly today,
        Markup markup,
        Strings strings,
        Func<string, bool> fits
    )
    {
        DayContent content = new(day.Day, day.Events, NoQuotes);
        DayFormatter formatter = new(markup, strings) { IsToday = day.Day == today };
        foreach (var variant in formatter.GetVariants(content))
        {
            var text = AddLanguageNote(variant.Text, markup, strings);
            if (fits(text))
            {
                return text;
            }
        }

        return FormatNear(day, markup, strings, fits);
    }

    /// <summary>The date and the sentence; for a disputed date also that sources differ.</summary>
    /// <param name="e">The event.</param>
    /// <param name="markup">The platform's.</param>
    /// <param name="strings">The reader's language.</param>
    /// <param name="hasRemarks">Whether to say what the sources differ about, and the old-style day that explains a
    /// name.</param>
    public static string FormatLine(Event e, Markup markup, Strings strings, bool hasRemarks = true)
    {
        var text = markup.Escape(e.Text);
        if (e.Warning is not null)
        {
            text = markup.Hide(text, strings.ContentWarning(e.Warning));
        }

        var line = strings.EventLine(strings.Date(e.Date), text);
        foreach (var remark in GetRemarks(e, strings, hasRemarks))
        {
            line += $" ({markup.Escape(remark)})";
        }

        return line;
    }

    /// <summary>What follows the sentence in brackets, without markup; empty if there is nothing to add.</summary>
    public static string FormatRemarks(Event e, Strings strings)
    {
        var remarks = GetRemarks(e, strings, hasRemarks: true).Select(remark => $" ({remark})");
        return string.Concat(remarks);
    }

    /// <summary>Adds a note that the events are in English, if the reader's language is another one.</summary>
    public static string AddLanguageNote(string text, Markup markup, Strings strings)
    {
        var note = strings.EventsAreInEnglish;
        if (note.Length == 0)
        {
            return text;
        }

        return $"{text}\n{markup.Subtext(note)}";
    }

    /// <summary>A short form of a source. A title is never cut.</summary>
    /// <param name="source">The source.</param>
    /// <param name="strings">The reader's language.</param>
    /// <param name="isFull">Whether it has its title; otherwise the shortest of author, website and title is
    /// enough.</param>
    public static string FormatName(Source source, Strings strings, bool isFull = true)
    {
        if (!isFull)
        {
            string?[] names = [source.Author, source.ShortName, GetWebsite(source.Url)];
            return names.OfType<string>().MinBy(name => name.Length)!;
        }

        if (source.Kind != SourceKind.Essay || source.Label is not null || source.Author is null)
        {
            return source.ShortName;
        }

        var lastName = source.Author.Split(' ')[^1];
        return $"{lastName}, {strings.InQuotes(source.Title)}";
    }

    private static string? GetWebsite(Uri? url)
    {
        const string Prefix = "www.";
        var host = url?.Host;
        if (host is null || !host.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return host;
        }

        return host[Prefix.Length..];
    }

    private static IEnumerable<string> GetRemarks(Event e, Strings strings, bool hasRemarks)
    {
        if (hasRemarks && e.OldStyle is { } julian && IsNamedAfter(e, julian))
        {
            yield return strings.OldStyleDay(FormatJulianDay(julian, strings));
        }

        if (e.Status == EventStatus.Disputed)
        {
            yield return hasRemarks && e.Note is not null ? strings.SourcesDifferIn(e.Note) : strings.SourcesDiffer;
        }
    }

    /// <summary>Whether the text names the month of the old-style day, as in "October Revolution" for 7
    /// November.</summary>
    private static bool IsNamedAfter(Event e, JulianDay julian)
    {
        var month = Strings.English.Month(julian.Month);
        return e.Date.Day?.Month != julian.Month && e.Text.Contains(month, StringComparison.Ordinal);
    }

    /// <summary>Formats a Julian day like any other, without its year.</summary>
    private static string FormatJulianDay(JulianDay day, Strings strings)
    {
        // The year 2000 has every day of the Julian calendar.
        return strings.DayOfYear(new DateOnly(2000, day.Month, day.Day));
    }

    private static string FormatNear(OnThisDay day, Markup markup, Strings strings, Func<string, bool> fits)
    {
        List<string> lines = [strings.NoEventOn(strings.DayOfYear(day.Day))];
        AddNear(strings.OfThisMonth, day.ThisMonth);
        AddNear(strings.OfThisSeason, day.ThisSeason);
        AddNear(strings.NearestBefore, day.Before?.Events ?? []);
        AddNear(strings.NearestAfter, day.After?.Events ?? []);
        if (lines.Count == 1)
        {
            return lines[0];
        }

        return AddLanguageNote(string.Join('\n', lines), markup, strings);

        void AddNear(string heading, IReadOnlyList<Event> near)
        {
            var prefix = $"{heading} ";
            foreach (var e in near.Take(MaxNearEvents))
            {
                var line = prefix + FormatLine(e, markup, strings);
                prefix = "";
                var text = string.Join('\n', [.. lines, line]);
                if (fits(AddLanguageNote(text, markup, strings)))
                {
                    lines.Add(line);
                }
            }
        }
    }
}
