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
    public static string AddQuotationMarks(string text) =>
        text.Contains('“', StringComparison.Ordinal) ? text : $"“{text}”";

    private static string Format(Quote quote, Markup markup, Strings strings, string? remark)
    {
        var text = markup.Escape(AddQuotationMarks(quote.Text));
        var attributed = $"{text}\n{FormatAttribution(quote, markup, strings)}";
        return string.IsNullOrEmpty(remark) ? attributed : $"{attributed}\n{markup.Subtext(remark)}";
    }

    private static string FormatAttribution(Quote quote, Markup markup, Strings strings)
    {
        var work = quote.Work is null ? "" : $", {markup.Title(quote.Work.Title)}";
        var written = quote.Written is null ? "" : $", {strings.Date(quote.Written)}";
        var essayist = markup.Escape(quote.Via.Author ?? quote.Via.Title);
        return $"— Victor Serge{work}{written}, {strings.QuotedBy(essayist)}";
    }
}
