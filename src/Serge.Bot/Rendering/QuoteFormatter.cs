namespace Serge.Bot.Rendering;

/// <summary>Formats a quotation with its attribution.</summary>
internal static class QuoteFormatter
{
    /// <summary>From the most to the least complete: link and title of the essay are left out first, then the context,
    /// and last the note, which says what is uncertain.</summary>
    /// <param name="quote">The quotation.</param>
    /// <param name="markup">The platform's.</param>
    /// <param name="strings">The reader's language.</param>
    /// <param name="links">Where the link leads; <see langword="null"/> where readers cannot follow one in the
    /// text.</param>
    /// <remarks>Each contains the whole quotation and its attribution.</remarks>
    public static IEnumerable<string> GetVariants(Quote quote, Markup markup, Strings strings, PageLinks? links = null)
    {
        QuoteParts all = new()
        {
            Link = links?.Find(quote),
            Context = quote.Context,
            HasEssayTitle = true,
            Note = quote.Note,
        };
        IEnumerable<QuoteParts> variants =
        [
            .. WithFewerReferences(all),
            .. WithFewerReferences(all with { Context = null }),
            new QuoteParts(),
        ];
        var texts = variants.Select(variant => Format(quote, markup, strings, variant));
        return texts.Distinct();
    }

    private static IEnumerable<QuoteParts> WithFewerReferences(QuoteParts parts)
    {
        yield return parts;
        yield return parts with
        {
            Link = null,
        };
        yield return parts with
        {
            HasEssayTitle = false,
        };
        yield return parts with
        {
            Link = null,
            HasEssayTitle = false,
        };
    }

    /// <summary>Everything but a link.</summary>
    public static string Format(Quote quote, Markup markup, Strings strings)
    {
        return GetVariants(quote, markup, strings).First();
    }

    /// <summary>The quotation as a part of another text: with its note, without context and title of the
    /// essay.</summary>
    public static string FormatBriefly(Quote quote, Markup markup, Strings strings)
    {
        QuoteParts parts = new() { Note = quote.Note };
        return Format(quote, markup, strings, parts);
    }

    /// <summary>Adds quotation marks, unless the text contains some: then it is set as a block, as in the
    /// essay.</summary>
    public static string AddQuotationMarks(string text)
    {
        if (text.Contains('“', StringComparison.Ordinal))
        {
            return text;
        }

        return $"“{text}”";
    }

    private static string Format(Quote quote, Markup markup, Strings strings, QuoteParts parts)
    {
        var text = markup.Escape(AddQuotationMarks(quote.Text));
        if (quote.Warning is not null)
        {
            text = markup.Hide(text, strings.ContentWarning(quote.Warning));
        }

        List<string> paragraphs = [text, FormatAttribution(quote, markup, strings, parts.HasEssayTitle)];
        string?[] remarks = [parts.Context, parts.Note];
        var remark = string.Join(' ', remarks.OfType<string>());
        if (remark.Length > 0)
        {
            paragraphs.Add(markup.Subtext(remark));
        }

        if (parts.Link is not null)
        {
            paragraphs.Add(markup.Link(parts.Link));
        }

        return string.Join(markup.ParagraphBreak, paragraphs);
    }

    /// <summary>The line below a quotation: author, work, date, and who quotes it.</summary>
    public static string FormatAttribution(Quote quote, Markup markup, Strings strings, bool hasEssayTitle)
    {
        List<string> parts = [$"— {markup.Escape(quote.Author)}"];
        if (quote.Work is not null)
        {
            parts.Add(FormatWork(quote, quote.Work, markup, strings));
        }

        if (FindDate(quote) is { } date)
        {
            parts.Add(strings.Date(date));
        }

        if (quote.Via is not null)
        {
            parts.Add(FormatEssay(quote.Via, markup, strings, hasEssayTitle));
        }

        return string.Join(", ", parts);
    }

    private static string FormatWork(Quote quote, Source work, Markup markup, Strings strings)
    {
        var title = markup.Title(work.Title);
        if (!IsByAnother(quote, work))
        {
            return title;
        }

        var author = markup.Escape(work.Author!);
        return strings.InWorkBy(title, author);
    }

    /// <summary>Whether a person is quoted in a work of another author.</summary>
    public static bool IsByAnother(Quote quote, Source work)
    {
        return work.Author is not null && work.Author != quote.Author && quote.Speaker is not null;
    }

    private static string FormatEssay(Source essay, Markup markup, Strings strings, bool hasTitle)
    {
        var essayist = markup.Escape(essay.Author ?? essay.Title);
        if (!hasTitle || essay.Author is null)
        {
            return strings.QuotedBy(essayist);
        }

        var title = strings.InQuotes(markup.Escape(essay.Title));
        return strings.QuotedByIn(essayist, title);
    }

    /// <summary>When it was written. Without an essay in between, the date of the work is meant.</summary>
    public static EdtfDate? FindDate(Quote quote)
    {
        if (quote.Written is null && quote.Via is null)
        {
            return quote.Work?.Published;
        }

        return quote.Written;
    }

    /// <summary>What a text has besides the quotation and its attribution.</summary>
    private sealed record QuoteParts
    {
        public Uri? Link { get; init; }

        public string? Context { get; init; }

        public bool HasEssayTitle { get; init; }

        public string? Note { get; init; }
    }
}
