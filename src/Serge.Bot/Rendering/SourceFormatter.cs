namespace Serge.Bot.Rendering;

/// <summary>Formats what is known about the source of a quotation or an event.</summary>
internal static class SourceFormatter
{
    /// <summary>A text that is too long loses its last lines, but not the first ones.</summary>
    private const int MinLines = 3;

    private const int MaxExcerptLength = 300;

    /// <summary>The quotation's work, translator and essay, and what is uncertain.</summary>
    /// <param name="quote">The quotation.</param>
    /// <param name="markup">The platform's.</param>
    /// <param name="strings">The reader's language.</param>
    /// <param name="fits">Whether a text is short enough; a longer one loses its last lines.</param>
    public static string Format(Quote quote, Markup markup, Strings strings, Func<string, bool> fits)
    {
        List<string> lines = [FormatExcerpt(quote, markup, strings), FormatWork(quote, markup, strings)];
        if (quote.Via is not null)
        {
            var essay = FormatSource(quote.Via, markup, strings);
            lines.Add(strings.QuotedIn(essay));
        }

        if (quote.Written is not null)
        {
            var date = strings.Date(quote.Written);
            lines.Add(strings.WrittenIn(date));
        }

        if (quote.Note is not null)
        {
            var note = markup.Escape(quote.Note);
            lines.Add(strings.UncertainAbout(note));
        }

        if (quote.IsJoined)
        {
            lines.Add(strings.JoinedWords);
        }

        var topics = markup.Escape(string.Join(", ", quote.Topics));
        lines.Add(strings.OnTopics(topics));
        return JoinLines(lines, fits);
    }

    /// <summary>How many sources give the date and which, what differs, and the essays that mention the
    /// event.</summary>
    /// <inheritdoc cref="Format(Quote, Markup, Strings, Func{string, bool})"/>
    public static string Format(Event known, Markup markup, Strings strings, Func<string, bool> fits)
    {
        var text = markup.Escape(known.Text);
        if (known.Warning is not null)
        {
            text = markup.Hide(text, strings.ContentWarning(known.Warning));
        }

        List<string> lines =
        [
            strings.EventLine(strings.Date(known.Date), text),
            FormatCertainty(known, markup, strings),
        ];
        if (known.Status != EventStatus.Disputed && known.Note is not null)
        {
            var remark = markup.Escape(known.Note);
            lines.Add(strings.NoteOf(remark));
        }

        if (known.OldStyle is { } julian)
        {
            var day = FormatJulianDay(julian, strings);
            lines.Add(strings.OldStyle(day));
        }

        if (known.Sources.Count > 0)
        {
            var sources = FormatSources(known.Sources, markup, strings);
            lines.Add(strings.DateFrom(sources));
        }

        if (known.MentionedBy.Count > 0)
        {
            var essays = FormatSources(known.MentionedBy, markup, strings);
            lines.Add(strings.MentionedIn(essays));
        }

        if (strings.EventsAreInEnglish is { Length: > 0 } note)
        {
            lines.Add(markup.Subtext(note));
        }

        return JoinLines(lines, fits);
    }

    /// <summary>The beginning of the quotation; with the speaker, if the words are not those of the author of the
    /// work.</summary>
    private static string FormatExcerpt(Quote quote, Markup markup, Strings strings)
    {
        var excerpt = QuoteFormatter.AddQuotationMarks(GetExcerpt(quote.Text));
        var text = markup.Escape(excerpt);
        if (quote.Warning is not null)
        {
            text = markup.Hide(text, strings.ContentWarning(quote.Warning));
        }

        if (quote.Speaker is null)
        {
            return text;
        }

        var speaker = markup.Escape(quote.Author);
        return $"{text} — {speaker}";
    }

    private static string FormatWork(Quote quote, Markup markup, Strings strings)
    {
        if (quote.Work is null)
        {
            return strings.WorkUnknown;
        }

        var work = FormatSource(quote.Work, markup, strings);
        return strings.Work(work);
    }

    /// <summary>How many sources give the date, or that they differ.</summary>
    public static string FormatCertainty(Event known, Markup markup, Strings strings)
    {
        var isDay = known.Date.IsDayExact;
        var sources = strings.DateFromCount(known.Sources.Count, isDay);
        return known.Status switch
        {
            EventStatus.Sure => sources,
            EventStatus.Likely => strings.DateLikely(sources),
            _ when known.Note is null => strings.DateDisputed,
            _ => strings.SourcesDifferIn(markup.Escape(known.Note)),
        };
    }

    private static string FormatSources(IEnumerable<Source> sources, Markup markup, Strings strings)
    {
        var texts = sources.Select(source => FormatSource(source, markup, strings));
        return string.Join(strings.Separator, texts);
    }

    /// <summary>Author, title, translator, year and link, as far as known.</summary>
    private static string FormatSource(Source source, Markup markup, Strings strings)
    {
        List<string> parts = [];
        if (source.Author is not null)
        {
            parts.Add(markup.Escape(source.Author));
        }

        parts.Add(FormatTitle(source, markup, strings));
        if (source.Translator is not null)
        {
            var translator = markup.Escape(source.Translator);
            parts.Add(strings.TranslatedBy(translator));
        }

        if (source.Published is not null)
        {
            parts.Add(strings.Date(source.Published));
        }

        var text = string.Join(", ", parts);
        if (source.Url is null)
        {
            return text;
        }

        return $"{text} {markup.Link(source.Url)}";
    }

    private static string FormatTitle(Source source, Markup markup, Strings strings)
    {
        if (source.Kind == SourceKind.Work)
        {
            return markup.Title(source.Title);
        }

        return strings.InQuotes(markup.Escape(source.Title));
    }

    /// <summary>Formats a Julian day like any other, except 29 February of a year in which the Gregorian calendar has
    /// none.</summary>
    public static string FormatJulianDay(JulianDay day, Strings strings)
    {
        var text = day.ToString();
        if (EdtfDate.TryParse(text, out var date, out _))
        {
            return strings.Date(date);
        }

        return text;
    }

    private static string GetExcerpt(string text)
    {
        if (text.Length <= MaxExcerptLength)
        {
            return text;
        }

        // Cut between words, if the text has a space.
        var end = text.LastIndexOf(' ', MaxExcerptLength);
        var beginning = Truncation.Truncate(text, end > 0 ? end : MaxExcerptLength);
        return $"{beginning} …";
    }

    private static string JoinLines(List<string> lines, Func<string, bool> fits)
    {
        var text = string.Join('\n', lines);
        while (lines.Count > MinLines && !fits(text))
        {
            lines.RemoveAt(lines.Count - 1);
            text = string.Join('\n', lines);
        }

        return text;
    }
}
