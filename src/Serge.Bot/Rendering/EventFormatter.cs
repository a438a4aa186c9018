namespace Serge.Bot.Rendering;

/// <summary>Events with their dates and sources, as text that is complete by itself.</summary>
internal static class EventFormatter
{
    private const int LongTitle = 48;

    /// <summary>The events of a day in one text: as many as fit, the first of them at least as the caller's limit allows.</summary>
    /// <param name="events">In order of weight.</param>
    /// <param name="markup">The platform's.</param>
    /// <param name="words">The reader's language.</param>
    /// <param name="fits">Whether a text is short enough.</param>
    /// <param name="shown">The events that are in the text.</param>
    /// <returns>The text; <see langword="null"/> when not even the first event fits, or there is none.</returns>
    public static string? OnThisDay(
        IReadOnlyList<Event> events,
        Markup markup,
        Strings words,
        Func<string, bool> fits,
        out IReadOnlyList<Event> shown
    )
    {
        for (var count = events.Count; count > 0; count--)
        {
            shown = [.. events.Take(count)];
            var text =
                count == 1
                    ? words.OnThisDay(Line(events[0], markup, words))
                    : $"{words.OnThisDaySeveral}\n{string.Join('\n', shown.Select(e => Line(e, markup, words)))}";
            text = $"{text}\n{Sources(shown, markup, words)}";
            if (fits(text))
            {
                return text;
            }
        }

        shown = [];
        return null;
    }

    /// <summary>What a person gets who asks for a day: its events, else what is near, always with dates.</summary>
    public static string Report(OnThisDay day, Markup markup, Strings words, Func<string, bool> fits)
    {
        if (OnThisDay(day.Events, markup, words, text => fits(WithRemark(text, markup, words)), out _) is { } events)
        {
            return WithRemark(events, markup, words);
        }

        List<string> lines = [words.NoEventOn(words.DayOfYear(day.Day))];
        foreach (
            var (heading, near) in new[]
            {
                (words.OfThisMonth, day.ThisMonth),
                (words.OfThisSeason, day.ThisSeason),
                (words.NearestBefore, day.Before?.Events ?? []),
                (words.NearestAfter, day.After?.Events ?? []),
            }
        )
        {
            foreach (var (e, index) in near.Take(2).Select((e, index) => (e, index)))
            {
                var line = $"{(index == 0 ? $"{heading} " : "")}{Line(e, markup, words)}";
                if (fits(WithRemark(string.Join('\n', [.. lines, line]), markup, words)))
                {
                    lines.Add(line);
                }
            }
        }

        return lines.Count == 1 ? lines[0] : WithRemark(string.Join('\n', lines), markup, words);
    }

    /// <summary>The date and the sentence; a disputed date says what is disputed.</summary>
    public static string Line(Event e, Markup markup, Strings words)
    {
        var doubt = e.Status == EventStatus.Disputed ? $" ({words.DateIsDisputed(e.Note)})" : "";
        return words.EventLine(words.Date(e.Date), markup.Text(e.Text + doubt));
    }

    /// <summary>Where the sentence is in another language than the answer around it, the answer says so once, at its end.</summary>
    public static string WithRemark(string text, Markup markup, Strings words) =>
        words.EventsAreInEnglish is { Length: > 0 } remark ? $"{text}\n{markup.Subtext(remark)}" : text;

    /// <summary>A source in a few words.</summary>
    public static string Label(Source source, Strings words)
    {
        var colon = source.Title.IndexOf(": ", StringComparison.Ordinal);
        var title = source.Title.Length > LongTitle && colon > 0 ? source.Title[..colon] : source.Title;
        return source.Kind == SourceKind.Essay && source.Author is not null
                ? $"{source.Author.Split(' ')[^1]}, {words.InQuotes(title)}"
            : source.Author is null ? title
            : $"{source.Author}, {title}";
    }

    private static string Sources(IEnumerable<Event> events, Markup markup, Strings words)
    {
        var labels = events
            .SelectMany(e => e.Via.Take(1).Concat(e.Sources.Take(1)))
            .Select(source => Label(source, words))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var all = string.Join("; ", labels);
        return markup.Subtext(labels.Length == 1 ? words.SourceOf(all) : words.SourcesOf(all));
    }
}
