namespace Serge.Bot.Site.Content;

/// <summary>Cleans every text of a catalogue once, so that no page and no feed has to.</summary>
internal static class CatalogueCleaner
{
    public static QuoteCatalogue Clean(QuoteCatalogue catalogue)
    {
        var sources = catalogue.Sources.ToDictionary(source => source.Id, Clean, StringComparer.Ordinal);
        return new(
            Clean(catalogue.Author),
            catalogue.Quotes.Select(quote => Clean(quote, sources)),
            catalogue.Events.Select(known => Clean(known, sources)),
            sources.Values
        );
    }

    private static Author Clean(Author author)
    {
        return author with
        {
            Name = SafeText.Clean(author.Name),
            About = SafeText.Clean(author.About),
            AboutInFrench = SafeText.Clean(author.AboutInFrench),
        };
    }

    private static Source Clean(Source source)
    {
        return source with
        {
            Title = SafeText.Clean(source.Title),
            Label = SafeText.CleanOptional(source.Label),
            Author = SafeText.CleanOptional(source.Author),
            Translator = SafeText.CleanOptional(source.Translator),
        };
    }

    private static Quote Clean(Quote quote, Dictionary<string, Source> sources)
    {
        return quote with
        {
            Text = SafeText.Clean(quote.Text),
            Author = SafeText.Clean(quote.Author),
            Speaker = SafeText.CleanOptional(quote.Speaker),
            Context = SafeText.CleanOptional(quote.Context),
            Warning = SafeText.CleanOptional(quote.Warning),
            Note = SafeText.CleanOptional(quote.Note),
            Work = Find(quote.Work, sources),
            Via = Find(quote.Via, sources),
        };
    }

    private static Event Clean(Event known, Dictionary<string, Source> sources)
    {
        return known with
        {
            Text = SafeText.Clean(known.Text),
            Note = SafeText.CleanOptional(known.Note),
            Warning = SafeText.CleanOptional(known.Warning),
            Sources = [.. known.Sources.Select(source => Find(source, sources)!)],
            MentionedBy = [.. known.MentionedBy.Select(source => Find(source, sources)!)],
        };
    }

    /// <summary>A source outside the list of the catalogue has no page, but is cleaned, too.</summary>
    private static Source? Find(Source? source, Dictionary<string, Source> sources)
    {
        if (source is null)
        {
            return null;
        }

        return sources.GetValueOrDefault(source.Id) ?? Clean(source);
    }
}
