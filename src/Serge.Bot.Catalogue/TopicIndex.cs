namespace Serge.Bot.Catalogue;

/// <summary>The topics in use and their quotes.</summary>
internal sealed class TopicIndex
{
    private readonly Dictionary<string, List<Quote>> _quotes = [];
    private readonly List<(Topic Topic, List<string> Words)> _topics = [];

    public TopicIndex(IReadOnlyList<Quote> quotes)
    {
        foreach (var quote in quotes)
        {
            foreach (var topic in quote.Topics.Distinct())
            {
                _quotes.TryAdd(topic, []);
                _quotes[topic].Add(quote);
            }
        }

        var topics = _quotes.Select(pair => new Topic(pair.Key, pair.Value.Count));
        Topics =
        [
            .. topics.OrderByDescending(topic => topic.Count).ThenBy(topic => topic.Name, StringComparer.Ordinal),
        ];
        foreach (var topic in Topics)
        {
            _topics.Add((topic, FoldedText.GetWords(topic.Name)));
        }
    }

    public IReadOnlyList<Topic> Topics { get; }

    public IReadOnlyList<Quote> FindQuotes(string topic) => _quotes.GetValueOrDefault(topic, []);

    public IReadOnlyList<Topic> Suggest(string typed, int limit)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var typedWords = FoldedText.GetWords(typed);
        List<Topic> matchesAtStart = [];
        List<Topic> otherMatches = [];
        foreach (var (topic, words) in _topics)
        {
            if (!typedWords.TrueForAll(start => words.Exists(word => StartsWith(word, start))))
            {
                continue;
            }

            var isAtStart = typedWords.Count > 0 && StartsWith(words[0], typedWords[0]);
            var matches = isAtStart ? matchesAtStart : otherMatches;
            matches.Add(topic);
        }

        return [.. matchesAtStart.Concat(otherMatches).Take(limit)];
    }

    private static bool StartsWith(string word, string start) => word.StartsWith(start, StringComparison.Ordinal);
}
