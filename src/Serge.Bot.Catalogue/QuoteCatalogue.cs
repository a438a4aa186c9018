using System.Collections.Frozen;

namespace Serge.Bot.Catalogue;

/// <summary>Everything the bot may say: quotations, dated events, and the sources of both. It never changes.</summary>
/// <remarks>What a question needs is worked out once, here; a question then takes well under a millisecond, also among 10,000 quotations.
/// Any number of threads may ask at once.</remarks>
public sealed class QuoteCatalogue
{
    /// <summary>So many words of a search count, and no more: a bound on the work that a stranger can ask for.</summary>
    public const int MaxSearchWords = 32;

    private readonly FrozenDictionary<string, Quote> _quotesById;
    private readonly FrozenDictionary<string, Event> _eventsById;
    private readonly FrozenDictionary<string, Source> _sourcesById;
    private readonly SearchIndex _search;
    private readonly TopicIndex _topics;
    private readonly EventCalendar _calendar;

    /// <summary>Takes entries that have been checked.</summary>
    /// <exception cref="ArgumentException">Two quotes, two events or two sources share an id.</exception>
    public QuoteCatalogue(IEnumerable<Quote> quotes, IEnumerable<Event> events, IEnumerable<Source> sources)
    {
        Quotes = [.. quotes];
        Events = [.. events];
        Sources = [.. sources];
        _quotesById = ById(Quotes, static quote => quote.Id, nameof(quotes));
        _eventsById = ById(Events, static @event => @event.Id, nameof(events));
        _sourcesById = ById(Sources, static source => source.Id, nameof(sources));
        _topics = new(Quotes);
        _search = new(Quotes);
        _calendar = new(Events);
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Quote> Quotes { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Event> Events { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Source> Sources { get; }

    /// <summary>The topics in use, most used first, then by name.</summary>
    public IReadOnlyList<Topic> Topics => _topics.Topics;

    /// <summary>The quote with this id, or null.</summary>
    public Quote? FindQuote(string id) => _quotesById.GetValueOrDefault(id);

    /// <summary>The event with this id, or null.</summary>
    public Event? FindEvent(string id) => _eventsById.GetValueOrDefault(id);

    /// <summary>The source with this id, or null.</summary>
    public Source? FindSource(string id) => _sourcesById.GetValueOrDefault(id);

    /// <summary>The quotes of a topic in the order of the file; none when there is no such topic.</summary>
    public IReadOnlyList<Quote> FindQuotesByTopic(string topic) => _topics.FindQuotes(topic);

    /// <summary>The quotes that hold all the words, best first.</summary>
    /// <param name="words">What a person typed. Case, accents and apostrophes do not count, and the last word may be unfinished.
    /// Looked through are the text, the topics, the title of the work and the context. When it holds no word, every quote matches;
    /// of more than <see cref="MaxSearchWords"/> the first count.</param>
    /// <param name="topic">Only quotes with this topic; null for all.</param>
    /// <param name="limit">At most so many, at least 1.</param>
    /// <remarks>Words that stand together in the text come first, then words of the text before those of the topics, the work
    /// and the context, whole words before beginnings; what is still equal stays in the order of the file.</remarks>
    public IReadOnlyList<Quote> Search(string words, string? topic = null, int limit = 25) =>
        _search.Find(words, topic, limit);

    /// <summary>Completes the name of a topic: those whose words begin as typed, in any order, most used first.</summary>
    /// <param name="typed">What a person has typed so far; all topics when empty.</param>
    /// <param name="limit">At most so many, at least 1. Discord shows 25.</param>
    public IReadOnlyList<Topic> SuggestTopics(string typed, int limit = 25) => _topics.Suggest(typed, limit);

    /// <summary>Completes a search: what <see cref="Search"/> finds, each with a label to pick it by.</summary>
    /// <param name="typed">What a person has typed so far.</param>
    /// <param name="topic">Only quotes with this topic; null for all.</param>
    /// <param name="limit">At most so many, at least 1. Discord shows 25.</param>
    public IReadOnlyList<Suggestion> SuggestQuotes(string typed, string? topic = null, int limit = 25) =>
        [
            .. Search(typed, topic, limit)
                .Select(static quote => new Suggestion(quote.Id, Suggestion.Shorten(quote.Text))),
        ];

    /// <summary>What happened on this day of the year, up to and including the day itself.</summary>
    /// <param name="day">The local day of the place that asks.</param>
    public OnThisDay GetOnThisDay(DateOnly day) => _calendar.GetOnThisDay(day);

    /// <summary>The same without some of its quotes and events; itself when it has none of them.</summary>
    /// <param name="ids">Ids of quotes and events; others are passed over.</param>
    public QuoteCatalogue Exclude(IReadOnlySet<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Any(id => _quotesById.ContainsKey(id) || _eventsById.ContainsKey(id))
            ? new(
                Quotes.Where(quote => !ids.Contains(quote.Id)),
                Events.Where(@event => !ids.Contains(@event.Id)),
                Sources
            )
            : this;
    }

    private static FrozenDictionary<string, T> ById<T>(IReadOnlyList<T> entries, Func<T, string> id, string parameter)
    {
        Dictionary<string, T> byId = new(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!byId.TryAdd(id(entry), entry))
            {
                throw new ArgumentException($"Two entries have the id '{id(entry)}'.", parameter);
            }
        }

        return byId.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

/// <summary>A topic and how often it is used.</summary>
/// <param name="Name">Kebab-case, as in the file.</param>
/// <param name="Count">How many quotes have it, at least 1.</param>
public sealed record Topic(string Name, int Count);

/// <summary>A quote offered to somebody who is still typing.</summary>
/// <param name="QuoteId">Which quote.</param>
/// <param name="Text">Its first words, at most <see cref="MaxLength"/> characters, cut between words and then ended with "…".</param>
public sealed record Suggestion(string QuoteId, string Text)
{
    /// <summary>UTF-16 characters. Discord shows no longer name of a choice (Application Command Option Choice Structure).</summary>
    public const int MaxLength = 100;

    /// <summary>The text itself when it is short enough, else its first whole words and "…", on one line.</summary>
    public static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= MaxLength)
        {
            return line;
        }

        var end = line.LastIndexOf(' ', MaxLength - 1);
        if (end <= 0)
        {
            end = char.IsHighSurrogate(line[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        }

        return line[..end].TrimEnd(' ', ',', ';', ':', '—', '–') + "…";
    }
}
