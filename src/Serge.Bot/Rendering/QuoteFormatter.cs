namespace Serge.Bot.Rendering;

/// <summary>A quotation and where it comes from, as text that is complete by itself.</summary>
internal static class QuoteFormatter
{
    /// <summary>From the fullest to the barest: with our line of context and what is uncertain, with what is uncertain only, and neither.</summary>
    /// <remarks>The words and their attribution are in each of them, whole.</remarks>
    public static IEnumerable<string> GetVariants(Quote quote, Markup markup, Strings words)
    {
        yield return Of(quote, markup, words, quote.Context, quote.Note);
        yield return Of(quote, markup, words, quote.Note);
        yield return Of(quote, markup, words, remarks: []);
    }

    /// <summary>The fullest version.</summary>
    public static string Of(Quote quote, Markup markup, Strings words) =>
        Of(quote, markup, words, quote.Context, quote.Note);

    private static string Of(Quote quote, Markup markup, Strings words, params string?[] remarks)
    {
        var aside = string.Join(' ', remarks.OfType<string>());
        return $"{markup.Text(Marked(quote.Text))}\n{Attribution(quote, markup, words)}{(aside.Length > 0 ? $"\n{markup.Subtext(aside)}" : "")}";
    }

    /// <summary>Quotation marks, unless the words carry some of their own: then they stand as a block, as the essay prints them.</summary>
    public static string Marked(string words) => words.Contains('“', StringComparison.Ordinal) ? words : $"“{words}”";

    private static string Attribution(Quote quote, Markup markup, Strings words)
    {
        var work = quote.Work is null ? "" : $", {markup.Title(quote.Work.Title)}";
        var written = quote.Written is null ? "" : $", {words.Date(quote.Written)}";
        return $"— Victor Serge{work}{written}, {words.QuotedBy(markup.Text(quote.Via.Author ?? quote.Via.Title))}";
    }
}
