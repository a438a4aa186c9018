using System.Collections.Frozen;

namespace Serge.Bot.Catalogue;

/// <summary>The topics in use and their quotes.</summary>
internal sealed class TopicIndex
{
    private readonly FrozenDictionary<string, Quote[]> _quotes;
    private readonly List<(Topic Topic, List<string> Words)> _topics;

    public TopicIndex(IReadOnlyList<Quote> quotes)
    {
        _quotes = quotes
            .SelectMany(
                static quote => quote.Topics.Distinct(StringComparer.Ordinal),
                static (quote, topic) => (topic, quote)
            )
            .GroupBy(static pair => pair.topic, static pair => pair.quote, StringComparer.Ordinal)
            .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
        Topics =
        [
            .. _quotes
                .Select(static pair => new Topic(pair.Key, pair.Value.Length))
                .OrderByDescending(static topic => topic.Count)
                .ThenBy(static topic => topic.Name, StringComparer.Ordinal),
        ];
        _topics = [.. Topics.Select(static topic => (topic, FoldedText.GetWords(topic.Name)))];
    }

    public IReadOnlyList<Topic> Topics { get; }

    public IReadOnlyList<Quote> FindQuotes(string topic) => _quotes.GetValueOrDefault(topic, []);

    public IReadOnlyList<Topic> Suggest(string typed, int limit)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var beginnings = FoldedText.GetWords(typed);
        return
        [
            .. _topics
                .Where(entry =>
                    beginnings.TrueForAll(begin =>
                        entry.Words.Exists(word => word.StartsWith(begin, StringComparison.Ordinal))
                    )
                )
                // What begins the name comes before what begins a later word of it; the sort keeps the order of what is equal.
                .OrderByDescending(entry =>
                    beginnings.Count > 0 && entry.Words[0].StartsWith(beginnings[0], StringComparison.Ordinal)
                )
                .Select(static entry => entry.Topic)
                .Take(limit),
        ];
    }
}
