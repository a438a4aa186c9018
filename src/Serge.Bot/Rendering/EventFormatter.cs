namespace Serge.Bot.Rendering;

/// <summary>Formats events with their dates and sources.</summary>
internal static class EventFormatter
{
    private const int LongTitle = 48;

    private const int MaxNearEvents = 2;

    /// <summary>Formats the events of a day, as many as fit.</summary>
    /// <param name="events">In order of weight.</param>
    /// <param name="markup">The platform's.</param>
    /// <param name="strings">The reader's language.</param>
    /// <param name="fits">Whether a text is short enough.</param>
    /// <param name="shown">The events in the text.</param>
    /// <returns><see langword="null"/> when there are no events, or the first one does not fit.</returns>
    public static string? FormatOnThisDay(
        IReadOnlyList<Event> events,
        Markup markup,
        Strings strings,
        Func<string, bool> fits,
        out IReadOnlyList<Event> shown
    )
    {
        for (var count = events.Count; count > 0; count--)
        {
            shown = [.. events.Take(count)];
            var sources = markup.Subtext(FormatSources(shown, strings));
            var text = $"{FormatEvents(shown, markup, strings)}\n{sources}";
            if (fits(text))
            {
                return text;
            }
        }

        shown = [];
        return null;
    }

    /// <summary>Formats the events of a day; without any, the events near to it, with their dates.</summary>
    public static string FormatReport(OnThisDay day, Markup markup, Strings strings, Func<string, bool> fits)
    {
        var events = FormatOnThisDay(
            day.Events,
            markup,
            strings,
            text => fits(AddLanguageNote(text, markup, strings)),
            out _
        );
        if (events is not null)
        {
            return AddLanguageNote(events, markup, strings);
        }

        List<string> lines = [strings.NoEventOn(strings.DayOfYear(day.Day))];
        AddNear(strings.OfThisMonth, day.ThisMonth);
        AddNear(strings.OfThisSeason, day.ThisSeason);
        AddNear(strings.NearestBefore, day.Before?.Events ?? []);
        AddNear(strings.NearestAfter, day.After?.Events ?? []);
        return lines.Count == 1 ? lines[0] : AddLanguageNote(string.Join('\n', lines), markup, strings);

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

    /// <summary>The date and the sentence; for a disputed date also what is disputed.</summary>
    public static string FormatLine(Event e, Markup markup, Strings strings)
    {
        var note = e.Status == EventStatus.Disputed ? $" ({strings.DateIsDisputed(e.Note)})" : "";
        return strings.EventLine(strings.Date(e.Date), markup.Escape(e.Text + note));
    }

    /// <summary>Adds a note that the events are in English, if the reader's language is another one.</summary>
    public static string AddLanguageNote(string text, Markup markup, Strings strings)
    {
        var note = strings.EventsAreInEnglish;
        return note.Length > 0 ? $"{text}\n{markup.Subtext(note)}" : text;
    }

    /// <summary>A short form of a source.</summary>
    public static string FormatLabel(Source source, Strings strings)
    {
        var title = ShortenTitle(source.Title);
        if (source.Author is null)
        {
            return title;
        }

        if (source.Kind != SourceKind.Essay)
        {
            return $"{source.Author}, {title}";
        }

        var lastName = source.Author.Split(' ')[^1];
        return $"{lastName}, {strings.InQuotes(title)}";
    }

    /// <summary>Where events and their dates come from, without markup.</summary>
    public static string FormatSources(IEnumerable<Event> events, Strings strings)
    {
        var sources = events.SelectMany(e => e.Via.Take(1).Concat(e.Sources.Take(1)));
        var labels = sources.Select(source => FormatLabel(source, strings)).Distinct(StringComparer.Ordinal).ToArray();
        var all = string.Join("; ", labels);
        return labels.Length == 1 ? strings.SourceOf(all) : strings.SourcesOf(all);
    }

    private static string FormatEvents(IReadOnlyList<Event> events, Markup markup, Strings strings)
    {
        var lines = events.Select(e => FormatLine(e, markup, strings)).ToArray();
        if (lines.Length == 1)
        {
            return strings.OnThisDay(lines[0]);
        }

        return $"{strings.OnThisDaySeveral}\n{string.Join('\n', lines)}";
    }

    private static string ShortenTitle(string title)
    {
        var colon = title.IndexOf(": ", StringComparison.Ordinal);
        return title.Length > LongTitle && colon > 0 ? title[..colon] : title;
    }
}
