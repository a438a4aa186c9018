using Serge.Bot.Site.Content;

namespace Serge.Bot.Rendering;

/// <summary>Where a reader finds more about an entry: its page on the site, or without a site the page of its
/// source.</summary>
/// <param name="site">The address of the site (<c>Site:Address</c>); <see langword="null"/> if there is none.</param>
internal sealed class PageLinks(Uri? site)
{
    /// <summary>The page of a quotation, otherwise its essay, otherwise its work.</summary>
    public Uri? Find(Quote quote) => FindPage(quote) ?? quote.Via?.Url ?? quote.Work?.Url;

    /// <summary>The page of an event or, for several, of their day; otherwise the first source with an
    /// address.</summary>
    public Uri? Find(DayContent day)
    {
        var path = SitePaths.GetDayPath(day.Day);
        if (day.Events is [var only])
        {
            path = SitePaths.GetEventPath(only.Id);
        }

        var sources = day.Events.SelectMany(e => e.Sources.Concat(e.MentionedBy));
        return Create(path) ?? sources.Select(source => source.Url).OfType<Uri>().FirstOrDefault();
    }

    /// <returns><see langword="null"/> without a site.</returns>
    public Uri? FindPage(Quote quote) => Create(SitePaths.GetQuotePath(quote.Id));

    /// <inheritdoc cref="FindPage(Quote)"/>
    public Uri? FindPage(Event known) => Create(SitePaths.GetEventPath(known.Id));

    private Uri? Create(string path) => site is null ? null : new Uri(site, path);
}
