namespace Serge.Bot.Rendering;

/// <summary>Events with their dates and sources, as text that is complete by itself.</summary>
internal static class EventText
{
    private const int LongTitle = 48;

    /// <summary>The events of a day in one text: as many as fit, the first of them at least as the caller's limit allows.</summary>
    /// <param name="events">In order of weight.</param>
    /// <param name="markup">The platform's.</param>
    /// <param name="fits">Whether a text is short enough.</param>
    /// <param name="shown">The events that are in the text.</param>
    /// <returns>The text; <see langword="null"/> when not even the first event fits, or there is none.</returns>
    public static string? OnThisDay(IReadOnlyList<Event> events, Markup markup, Func<string, bool> fits, out IReadOnlyList<Event> shown)
    {
        for (var count = events.Count; count > 0; count--)
        {
            shown = [.. events.Take(count)];
            var text = count == 1
                ? $"On this day, {Line(events[0], markup)}"
                : $"On this day:\n{string.Join('\n', shown.Select(e => Line(e, markup)))}";
            text = $"{text}\n{Sources(shown, markup)}";
            if (fits(text))
            {
                return text;
            }
        }

        shown = [];
        return null;
    }

    /// <summary>What a person gets who asks for a day: its events, else what is near, always with dates.</summary>
    public static string Report(OnThisDay day, Markup markup, Func<string, bool> fits)
    {
        if (OnThisDay(day.Events, markup, fits, out _) is { } events)
        {
            return events;
        }

        List<string> lines = [$"No event is dated to {DayOfMonth(day.Day)}."];
        foreach (var (heading, near) in new[]
        {
            ("Of this month:", day.ThisMonth), ("Of this season:", day.ThisSeason), ("The nearest day before:", day.Before?.Events ?? []), ("The nearest day after:", day.After?.Events ?? []),
        })
        {
            foreach (var (e, index) in near.Take(2).Select((e, index) => (e, index)))
            {
                var line = $"{(index == 0 ? $"{heading} " : "")}{Line(e, markup)}";
                if (fits(string.Join('\n', [.. lines, line])))
                {
                    lines.Add(line);
                }
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>A date without its year, such as "1 February".</summary>
    public static string DayOfMonth(DateOnly day) => day.ToString("d MMMM", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The date and the sentence; a disputed date says what is disputed.</summary>
    private static string Line(Event e, Markup markup)
    {
        var doubt = e.Status == EventStatus.Disputed ? $" (The date is disputed. {e.Note})" : "";
        return $"{e.Date.ToEnglish()}: {markup.Text(e.Text + doubt)}";
    }

    private static string Sources(IEnumerable<Event> events, Markup markup)
    {
        var labels = events.SelectMany(e => e.Via.Take(1).Concat(e.Sources.Take(1))).Select(Label).Distinct(StringComparer.Ordinal).ToArray();
        return markup.Aside($"{(labels.Length == 1 ? "Source" : "Sources")}: {string.Join("; ", labels)}");
    }

    private static string Label(Source source)
    {
        var colon = source.Title.IndexOf(": ", StringComparison.Ordinal);
        var title = source.Title.Length > LongTitle && colon > 0 ? source.Title[..colon] : source.Title;
        return source.Kind == SourceKind.Essay && source.Author is not null ? $"{source.Author.Split(' ')[^1]}, “{title}”"
            : source.Author is null ? title
            : $"{source.Author}, {title}";
    }
}
