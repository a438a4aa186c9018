namespace Serge.Bot.Rendering;

/// <summary>Formats a quotation with its attribution.</summary>
internal static class QuoteFormatter
{
    /// <summary>From the longest to the shortest: with context and note, with the note, with neither.</summary>
    /// <remarks>Each contains the whole quotation and its attribution.</remarks>
    public static IEnumerable<string> GetVariants(Quote quote, Markup markup, Strings strings)
    {
        yield return Format(quote, markup, strings);
        yield return Format(quote, markup, strings, quote.Note);
        yield return Format(quote, markup, strings, remark: null);
    }

    /// <summary>The longest variant.</summary>
    public static string Format(Quote quote, Markup markup, Strings strings)
    {
        string?[] remarks = [quote.Context, quote.Note];
        return Format(quote, markup, strings, string.Join(' ', remarks.OfType<string>()));
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

    private static string Format(Quote quote, Markup markup, Strings strings, string? remark)
    {
        var text = markup.Escape(AddQuotationMarks(quote.Text));
        var attributed = $"{text}\n{FormatAttribution(quote, markup, strings)}";
        if (string.IsNullOrEmpty(remark))
        {
            return attributed;
        }

        return $"{attributed}\n{markup.Subtext(remark)}";
    }

    private static string FormatAttribution(Quote quote, Markup markup, Strings strings)
    {
        List<string> parts = ["— Victor Serge"];
        if (quote.Work is not null)
        {
            parts.Add(markup.Title(quote.Work.Title));
        }

        if (quote.Written is not null)
        {
            parts.Add(strings.Date(quote.Written));
        }

        var essayist = markup.Escape(quote.Via.Author ?? quote.Via.Title);
        parts.Add(strings.QuotedBy(essayist));
        return string.Join(", ", parts);
    }
}
