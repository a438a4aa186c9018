namespace Serge.Bot.Catalogue;

/// <summary>The topics in use.</summary>
internal sealed class TopicIndex
{
    private readonly List<List<string>> _words = [];

    public TopicIndex(IReadOnlyList<Quote> quotes)
    {
        var used = quotes.SelectMany(quote => quote.Topics.Distinct());
        var counts = used.CountBy(topic => topic);
        var byName = counts.OrderBy(pair => pair.Key, StringComparer.Ordinal);
        foreach (var (topic, count) in byName.OrderByDescending(pair => pair.Value))
        {
            Topics.Add(new(topic, count));
            _words.Add(FoldedText.GetWords(topic));
        }
    }

    /// <summary>Most used first, then by name.</summary>
    public List<Topic> Topics { get; } = [];

    public IReadOnlyList<Topic> Suggest(string typed, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var typedWords = FoldedText.GetWords(typed);
        List<Topic> matchesAtStart = [];
        List<Topic> otherMatches = [];
        foreach (var (topic, words) in Topics.Zip(_words))
        {
            if (!typedWords.TrueForAll(typedWord => HasWord(words, typedWord)))
            {
                continue;
            }

            if (typedWords.Count > 0 && StartsWith(words[0], typedWords[0]))
            {
                matchesAtStart.Add(topic);
            }
            else
            {
                otherMatches.Add(topic);
            }
        }

        var matches = matchesAtStart.Concat(otherMatches);
        return [.. matches.Take(limit)];
    }

    private static bool HasWord(List<string> words, string start)
    {
        return words.Exists(word => StartsWith(word, start));
    }

    private static bool StartsWith(string word, string start)
    {
        return word.StartsWith(start, StringComparison.Ordinal);
    }
}
