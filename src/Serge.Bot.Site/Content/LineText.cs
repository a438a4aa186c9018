namespace Serge.Bot.Site.Content;

/// <summary>The text of an entry in a list, a title or a feed.</summary>
public static class LineText
{
    /// <summary>Longer texts are shortened in lists, so that a page of a list stays small.</summary>
    private const int MaxLength = 400;

    /// <summary>The words of a quotation; of one with a content warning only the warning.</summary>
    public static string Get(Quote quote, SiteLanguage language)
    {
        if (quote.Warning is not null)
        {
            return Warn(quote.Warning, language);
        }

        return language.Wording.AddQuotationMarks(quote.Text);
    }

    /// <summary>The sentence of an event; of one with a content warning only the warning.</summary>
    public static string Get(Event known, SiteLanguage language)
    {
        if (known.Warning is not null)
        {
            return Warn(known.Warning, language);
        }

        return known.Text;
    }

    /// <summary>A line of a list; a long text is shortened.</summary>
    public static ListLine Create(Quote quote, SiteLanguage language)
    {
        var path = SitePaths.GetQuotePath(quote.Id);
        var shortened = quote with { Text = Suggestion.Shorten(quote.Text, MaxLength) };
        var text = Get(shortened, language);
        var credit = language.Wording.FormatCredit(quote);
        return new(path, text, credit, IsQuote: true);
    }

    /// <summary>A line of a list; a long text is shortened.</summary>
    public static ListLine Create(Event known, SiteLanguage language)
    {
        var path = SitePaths.GetEventPath(known.Id);
        var shortened = known with { Text = Suggestion.Shorten(known.Text, MaxLength) };
        var text = Get(shortened, language);
        var date = language.Wording.FormatDate(known.Date);
        return new(path, text, date);
    }

    /// <summary>The name of a topic as readers see it, without hyphens.</summary>
    public static string GetTopicName(string topic) => topic.Replace('-', ' ');

    private static string Warn(string warning, SiteLanguage language) => $"{language.Texts.Warning} {warning}";
}
