using System.Collections.Frozen;

namespace Serge.Bot.Catalogue;

/// <summary>The quotations, the dated events, and the sources of both. Immutable and thread-safe.</summary>
/// <remarks>The indices are built once, here; a search then takes well under a millisecond, also among 10,000
/// quotations.</remarks>
public sealed class QuoteCatalogue
{
    /// <summary>The first words of a search that are used; the limit bounds the work that one user can cause.</summary>
    public const int MaxSearchWords = 32;

    /// <summary>The first characters of a text that <see cref="FindQuotesIn"/> compares.</summary>
    public const int MaxComparedLength = 4000;

    private readonly FrozenDictionary<string, Quote> _quotesById;
    private readonly FrozenDictionary<string, Event> _eventsById;
    private readonly FrozenDictionary<string, Source> _sourcesById;
    private readonly SearchIndex _search;
    private readonly QuoteFinder _finder;
    private readonly TopicIndex _topics;
    private readonly EventCalendar _calendar;

    /// <summary>Creates a catalogue of entries that have been checked.</summary>
    /// <param name="author">Whose words and life they are.</param>
    /// <param name="quotes">In the order of the file.</param>
    /// <param name="events">In the order of the file.</param>
    /// <param name="sources">In the order of the file.</param>
    /// <exception cref="ArgumentException">Two quotes, two events or two sources share an id.</exception>
    public QuoteCatalogue(
        Author author,
        IEnumerable<Quote> quotes,
        IEnumerable<Event> events,
        IEnumerable<Source> sources
    )
    {
        Author = author;
        Quotes = [.. quotes];
        Events = [.. events];
        Sources = [.. sources];
        _quotesById = Quotes.ToFrozenDictionary(quote => quote.Id);
        _eventsById = Events.ToFrozenDictionary(@event => @event.Id);
        _sourcesById = Sources.ToFrozenDictionary(source => source.Id);
        _topics = new(Quotes);
        _search = new(Quotes);
        _finder = new(Quotes);
        _calendar = new(Events);
    }

    public Author Author { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Quote> Quotes { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Event> Events { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Source> Sources { get; }

    /// <summary>The topics in use, most used first, then by name.</summary>
    public IReadOnlyList<Topic> Topics => _topics.Topics;

    /// <returns>Null when there is none with this id.</returns>
    public Quote? FindQuote(string id) => _quotesById.GetValueOrDefault(id);

    /// <returns>Null when there is none with this id.</returns>
    public Event? FindEvent(string id) => _eventsById.GetValueOrDefault(id);

    /// <returns>Null when there is none with this id.</returns>
    public Source? FindSource(string id) => _sourcesById.GetValueOrDefault(id);

    /// <returns>In the order of the file; empty when no quote has the topic.</returns>
    public IReadOnlyList<Quote> FindQuotesByTopic(string topic) => Search("", topic, int.MaxValue);

    /// <summary>Finds the quotes that contain all the words, best match first.</summary>
    /// <param name="words">What a person typed. Case, accents and apostrophes are ignored, and the last word may be
    /// unfinished. The text, the topics, the title of the work and the context are searched. Without a word every quote
    /// matches; after <see cref="MaxSearchWords"/> words the rest is ignored.</param>
    /// <param name="topic">Only quotes with this topic; null for all.</param>
    /// <param name="limit">The maximum number of quotes, at least 1.</param>
    /// <remarks>Words that are adjacent in the text rank first, then words of the text before those of the topics, the
    /// work and the context, whole words before beginnings; equal matches stay in the order of the file.</remarks>
    public IReadOnlyList<Quote> Search(string words, string? topic = null, int limit = 25)
    {
        return _search.Find(words, topic, limit);
    }

    /// <summary>Finds the quotations whose words a text has: all of them, a part, or with differences. Best match
    /// first.</summary>
    /// <param name="text">Plain text that a person wrote. After <see cref="MaxComparedLength"/> characters the rest is
    /// ignored.</param>
    /// <remarks>What is in quotation marks and each line are compared on their own, too. Case, accents and punctuation
    /// never make a word different. A part of a quotation is found if it has at least 8 words, or 3 in quotation marks
    /// or on a line of its own.</remarks>
    public IReadOnlyList<FoundQuote> FindQuotesIn(string text) => _finder.Find(text);

    /// <summary>Finds the topics whose words begin as typed, in any order, most used first.</summary>
    /// <param name="typed">What a person has typed so far; all topics when empty.</param>
    /// <param name="limit">The maximum number of topics, at least 1. Discord shows 25.</param>
    public IReadOnlyList<Topic> SuggestTopics(string typed, int limit = 25)
    {
        return _topics.Suggest(typed, limit);
    }

    /// <summary>Finds the same as <see cref="Search"/>, each with a shortened text.</summary>
    /// <param name="typed">What a person has typed so far.</param>
    /// <param name="topic">Only quotes with this topic; null for all.</param>
    /// <param name="limit">The maximum number of quotes, at least 1. Discord shows 25.</param>
    public IReadOnlyList<Suggestion> SuggestQuotes(string typed, string? topic = null, int limit = 25)
    {
        List<Suggestion> suggestions = [];
        foreach (var quote in Search(typed, topic, limit))
        {
            var text = Suggestion.Shorten(quote.Text);
            suggestions.Add(new(quote.Id, text));
        }

        return suggestions;
    }

    /// <summary>Finds what happened on this day of the year, up to and including the day itself.</summary>
    /// <param name="day">The local day of the user or server.</param>
    public OnThisDay GetOnThisDay(DateOnly day)
    {
        return _calendar.GetOnThisDay(day);
    }

    /// <summary>Finds what a post about a day can contain: the events that are posted, and their quotations.</summary>
    /// <param name="day">The local day of the post.</param>
    public DayContent GetDayContent(DateOnly day)
    {
        var events = GetOnThisDay(day).Events;
        return CreateDayContent(day, events.Where(@event => @event.IsPosted));
    }

    /// <summary>Adds to events of a day the quotations that belong to them and are in this catalogue.</summary>
    public DayContent CreateDayContent(DateOnly day, IEnumerable<Event> events)
    {
        List<Event> all = [.. events];
        Dictionary<string, Quote> quotes = [];
        foreach (var @event in all)
        {
            if (@event.Quote is { } id && FindQuote(id) is { } quote)
            {
                quotes[@event.Id] = quote;
            }
        }

        return new(day, all, quotes);
    }

    /// <summary>Creates a catalogue without some of its quotes and events.</summary>
    /// <param name="ids">Ids of quotes and events; unknown ones are ignored.</param>
    /// <returns>This catalogue when it has none of them.</returns>
    public QuoteCatalogue Exclude(IReadOnlySet<string> ids)
    {
        if (!ids.Any(Contains))
        {
            return this;
        }

        var quotes = Quotes.Where(quote => !ids.Contains(quote.Id));
        var events = Events.Where(@event => !ids.Contains(@event.Id));
        return new(Author, quotes, events, Sources);
    }

    private bool Contains(string id)
    {
        return _quotesById.ContainsKey(id) || _eventsById.ContainsKey(id);
    }
}
