namespace Serge.Bot.Rendering;

/// <summary>All that is known of where a quotation or an event comes from, and how certain it is.</summary>
internal static class SourceFormatter
{
    /// <summary>Of a quotation: work, translator, essay, and what is uncertain.</summary>
    /// <param name="quote">Which.</param>
    /// <param name="markup">The platform's.</param>
    /// <param name="words">The reader's language.</param>
    /// <param name="fits">Whether a text is short enough; of a longer one the last lines go first, but the words, the work and the essay.</param>
    public static string Of(Quote quote, Markup markup, Strings words, Func<string, bool> fits) =>
        Lines(
            fits,
            markup.Text(Beginning(quote.Text)),
            quote.Work is null ? words.WorkUnknown : words.Work(Full(quote.Work, markup, words)),
            words.QuotedIn(Full(quote.Via, markup, words)),
            quote.Written is null ? null : words.WrittenIn(words.Date(quote.Written)),
            quote.Note is null ? null : words.Uncertain(markup.Text(quote.Note)),
            quote.Joined ? words.JoinedWords : null,
            words.OnTopics(markup.Text(string.Join(", ", quote.Topics)))
        );

    /// <summary>Of an event: the essays that mention it, what its date rests on, and how certain that is.</summary>
    /// <inheritdoc cref="Of(Quote, Markup, Strings, Func{string, bool})"/>
    public static string Of(Event known, Markup markup, Strings words, Func<string, bool> fits) =>
        Lines(
            fits,
            words.EventLine(words.Date(known.Date), markup.Text(known.Text)),
            known.Status switch
            {
                EventStatus.Sure => words.DateSure,
                EventStatus.Likely => words.DateLikely,
                _ => words.DateDisputed,
            },
            known.Note is null ? null : words.NoteOf(markup.Text(known.Note)),
            known.OldStyle is { } julian ? words.OldStyle(OldStyle(julian, words)) : null,
            known.Via.Count == 0
                ? null
                : words.MentionedIn(string.Join("; ", known.Via.Select(essay => Full(essay, markup, words)))),
            known.Sources.Count == 0
                ? null
                : words.DateFrom(string.Join("; ", known.Sources.Select(source => Full(source, markup, words)))),
            words.EventsAreInEnglish is { Length: > 0 } remark ? markup.Subtext(remark) : null
        );

    /// <summary>Author, title, translator, year and link, as far as known.</summary>
    private static string Full(Source source, Markup markup, Strings words)
    {
        var title =
            source.Kind == SourceKind.Work ? markup.Title(source.Title) : words.InQuotes(markup.Text(source.Title));
        string?[] parts =
        [
            source.Author is null ? null : markup.Text(source.Author),
            title,
            source.Translator is null ? null : words.TranslatedBy(markup.Text(source.Translator)),
            source.Published is null ? null : words.Date(source.Published),
        ];
        return string.Join(", ", parts.OfType<string>()) + (source.Url is { } url ? $" {markup.Link(url)}" : "");
    }

    /// <summary>A Julian day is written like any other; only 29 February of a year that our calendar has without it is not to be had that way.</summary>
    private static string OldStyle(JulianDay day, Strings words) =>
        EdtfDate.TryParse(day.ToString(), out var date, out _) ? words.Date(date) : day.ToString();

    /// <summary>Enough of the words to know them by.</summary>
    private static string Beginning(string text)
    {
        const int most = 300;
        if (text.Length <= most)
        {
            return QuoteFormatter.Marked(text);
        }

        // Between words; where there is no space, at least not inside of a surrogate pair.
        var end = text.LastIndexOf(' ', most);
        if (end <= 0)
        {
            end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        }

        return QuoteFormatter.Marked(text[..end] + " …");
    }

    private static string Lines(Func<string, bool> fits, params string?[] lines)
    {
        List<string> kept = [.. lines.OfType<string>()];
        while (kept.Count > 3 && !fits(string.Join('\n', kept)))
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return string.Join('\n', kept);
    }
}
