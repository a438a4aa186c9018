using System.Security.Cryptography;

namespace Serge.Bot.Site.Content;

/// <summary>What the pages show, with the order of the entries.</summary>
public sealed class SiteContent
{
    private const string Chooser = "site";

    private readonly Dictionary<string, Neighbours<Quote>> _quoteNeighbours;
    private readonly Dictionary<string, Neighbours<Event>> _eventNeighbours;
    private readonly ILookup<string?, Event> _eventsByQuote;
    private readonly ILookup<Source, Quote> _quotesBySource;
    private readonly ILookup<Source, Event> _eventsBySource;
    private readonly ILookup<(int Month, int Day)?, Event> _eventsByDay;
    private readonly HashSet<string> _served;

    /// <summary>Prepares a catalogue.</summary>
    /// <param name="catalogue">What is served.</param>
    /// <param name="options">What the site contains besides.</param>
    /// <param name="languages">The first one is at the root of the site.</param>
    /// <exception cref="ArgumentException">An id or a topic has other characters than lower-case letters, digits and
    /// hyphens.</exception>
    public SiteContent(QuoteCatalogue catalogue, SiteOptions options, IReadOnlyList<SiteLanguage> languages)
    {
        Catalogue = CatalogueCleaner.Clean(catalogue);
        Options = options;
        Languages = languages;
        CheckIds();
        Events = [.. Catalogue.Events.OrderBy(known => known.Date.Earliest ?? known.Date.Latest)];
        _quoteNeighbours = FindNeighbours(Catalogue.Quotes, quote => quote.Id);
        _eventNeighbours = FindNeighbours(Events, known => known.Id);
        _eventsByQuote = Events.ToLookup(known => known.Quote);
        _quotesBySource = Group(Catalogue.Quotes, quote => [quote.Work, quote.Via]);
        _eventsBySource = Group(Events, known => known.Sources.Concat(known.MentionedBy));
        _eventsByDay = Events.ToLookup(GetDayOfYear);
        _served = [.. SitePaths.GetEntryPaths(Catalogue)];
        Edition = ComputeEdition(catalogue);
    }

    public QuoteCatalogue Catalogue { get; }

    public SiteOptions Options { get; }

    public IReadOnlyList<SiteLanguage> Languages { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Event> Events { get; }

    /// <summary>Identifies what is served: another text, entry or order is another edition.</summary>
    public string Edition { get; }

    public Author Author => Catalogue.Author;

    /// <summary>Computes the edition of a catalogue: the first 16 hexadecimal digits of a hash of its export.</summary>
    public static string ComputeEdition(QuoteCatalogue catalogue)
    {
        using MemoryStream json = new();
        CatalogueExport.WriteJson(catalogue, json);
        var hash = SHA256.HashData(json.GetBuffer().AsSpan(0, (int)json.Length));
        return Convert.ToHexStringLower(hash)[..16];
    }

    public Neighbours<Quote> GetNeighbours(Quote quote) => _quoteNeighbours[quote.Id];

    public Neighbours<Event> GetNeighbours(Event known) => _eventNeighbours[known.Id];

    /// <summary>The events whose quotation it is, oldest first.</summary>
    public IEnumerable<Event> FindEvents(Quote quote) => _eventsByQuote[quote.Id];

    public IEnumerable<Quote> FindQuotes(Source source) => _quotesBySource[source];

    public IEnumerable<Event> FindEvents(Source source) => _eventsBySource[source];

    /// <summary>The year in which an event begins; of one that is only known to end, the year of its end.</summary>
    public static int GetYear(Event known)
    {
        var date = known.Date.Earliest ?? known.Date.Latest;
        return date.GetValueOrDefault().Year;
    }

    /// <summary>The day-exact events of a day of every year, oldest first; those of 29 February have that
    /// day.</summary>
    public IEnumerable<Event> FindEvents(DateOnly day) => _eventsByDay[(day.Month, day.Day)];

    /// <summary>The paths of the quotations and events that were served once and are not any more.</summary>
    public IEnumerable<string> Gone =>
        Options.Gone.Where(path => !_served.Contains(path)).Order(StringComparer.Ordinal);

    /// <summary>The day-exact events of a day, and the quotation: the one that belongs to an event, otherwise the
    /// choice of the day.</summary>
    public SiteDay GetDay(DateOnly day)
    {
        var content = Catalogue.GetDayContent(day);
        var quote = content.FirstQuote ?? QuoteChooser.ChooseForDay(Catalogue.Quotes, Chooser, day);
        return new(day, content.Events, quote);
    }

    private void CheckIds()
    {
        IEnumerable<string>[] all =
        [
            Catalogue.Quotes.Select(quote => quote.Id),
            Catalogue.Events.Select(known => known.Id),
            Catalogue.Sources.Select(source => source.Id),
            Catalogue.Topics.Select(topic => topic.Name),
        ];
        foreach (var id in all.SelectMany(ids => ids))
        {
            SitePaths.CheckId(id);
        }
    }

    /// <summary>The neighbours of each item, by its id.</summary>
    private static Dictionary<string, Neighbours<T>> FindNeighbours<T>(IReadOnlyList<T> items, Func<T, string> getId)
        where T : class
    {
        Dictionary<string, Neighbours<T>> neighbours = new(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var id = getId(items[i]);
            var previous = items.ElementAtOrDefault(i - 1);
            var next = items.ElementAtOrDefault(i + 1);
            neighbours[id] = new(previous, next);
        }

        return neighbours;
    }

    private static (int Month, int Day)? GetDayOfYear(Event known)
    {
        if (known.Date.Day is not { } day)
        {
            return null;
        }

        return (day.Month, day.Day);
    }

    private static ILookup<Source, T> Group<T>(IEnumerable<T> items, Func<T, IEnumerable<Source?>> getSources)
    {
        var pairs = items.SelectMany(
            item => getSources(item).OfType<Source>().Distinct(),
            (item, source) => (item, source)
        );
        return pairs.ToLookup(pair => pair.source, pair => pair.item);
    }
}

/// <summary>The entries before and after an entry; null where there is none.</summary>
public sealed record Neighbours<T>(T? Previous, T? Next)
    where T : class;

/// <summary>A day with what the start page and the feeds show of it.</summary>
/// <param name="Day">The day.</param>
/// <param name="Events">The events that are posted on it, most important first.</param>
/// <param name="Quote">Null when there is no quotation at all.</param>
public sealed record SiteDay(DateOnly Day, IReadOnlyList<Event> Events, Quote? Quote);
