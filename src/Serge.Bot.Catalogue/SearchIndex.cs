using System.Buffers;

namespace Serge.Bot.Catalogue;

/// <summary>An inverted index: for each word the quotes that contain it, and its weight in each.</summary>
internal sealed class SearchIndex
{
    private const int PhraseWeight = 1000;
    private const int TextWeight = 8;
    private const int TopicWeight = 6;
    private const int WorkWeight = 4;
    private const int ContextWeight = 2;

    private readonly IReadOnlyList<Quote> _quotes;
    private readonly int[] _all;
    private readonly Dictionary<string, List<int>> _byTopic = [];
    private readonly string[] _phrases;
    private readonly string[] _words;
    private readonly List<Occurrence>[] _occurrences;

    public SearchIndex(IReadOnlyList<Quote> quotes)
    {
        _quotes = quotes;
        _all = [.. Enumerable.Range(0, quotes.Count)];
        _phrases = new string[quotes.Count];
        Dictionary<string, List<Occurrence>> index = [];
        for (var i = 0; i < quotes.Count; i++)
        {
            var words = FoldedText.GetWords(quotes[i].Text);
            _phrases[i] = ToPhrase(words);
            foreach (var (word, weight) in GetWeights(quotes[i]))
            {
                Add(index, word, new(i, weight));
            }

            foreach (var topic in quotes[i].Topics.Distinct())
            {
                Add(_byTopic, topic, i);
            }
        }

        _words = [.. index.Keys.Order(StringComparer.Ordinal)];
        _occurrences = [.. _words.Select(word => index[word])];
    }

    public IReadOnlyList<Quote> Find(string typed, string? topic, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var allWords = FoldedText.GetWords(typed);
        var words = allWords.Take(QuoteCatalogue.MaxSearchWords).ToList();
        if (words.Count == 0)
        {
            // No word is typed yet, so all quotes rank equally.
            var first = GetCandidates(topic).Take(limit);
            return [.. first.Select(quote => _quotes[quote])];
        }

        var scores = ArrayPool<Score>.Shared.Rent(_quotes.Count);
        try
        {
            Array.Clear(scores, 0, _quotes.Count);
            for (var i = 0; i < words.Count; i++)
            {
                var isLast = i == words.Count - 1;
                AddWord(scores, words[i], i, isLast);
            }

            return SelectBest(scores, words, topic, limit);
        }
        finally
        {
            ArrayPool<Score>.Shared.Return(scores);
        }
    }

    private static void Add<T>(Dictionary<string, List<T>> lists, string key, T item)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            list = [];
            lists.Add(key, list);
        }

        list.Add(item);
    }

    private IReadOnlyList<int> GetCandidates(string? topic)
    {
        if (topic is null)
        {
            return _all;
        }

        return _byTopic.GetValueOrDefault(topic, []);
    }

    private static Dictionary<string, int> GetWeights(Quote quote)
    {
        Dictionary<string, int> weights = [];
        // From the heaviest field to the lightest: the first weight of a word is kept.
        AddWeights(weights, quote.Text, TextWeight);
        AddWeights(weights, string.Join(' ', quote.Topics), TopicWeight);
        AddWeights(weights, quote.Work?.Title, WorkWeight);
        AddWeights(weights, quote.Context, ContextWeight);
        return weights;
    }

    private static void AddWeights(Dictionary<string, int> weights, string? text, int weight)
    {
        foreach (var word in FoldedText.GetWordsAndParts(text ?? ""))
        {
            weights.TryAdd(word, weight);
        }
    }

    /// <summary>Raises the score of each quote that contains the word and all words before it.</summary>
    /// <param name="scores">One per quote.</param>
    /// <param name="word">A typed word.</param>
    /// <param name="wordsBefore">How many typed words precede it.</param>
    /// <param name="isLast">Whether it may be unfinished, so that words beginning with it match, too.</param>
    private void AddWord(Score[] scores, string word, int wordsBefore, bool isLast)
    {
        for (var i = FindFirst(word); i < _words.Length; i++)
        {
            var isWhole = _words[i] == word;
            var isBeginning = isLast && _words[i].StartsWith(word, StringComparison.Ordinal);
            if (!isWhole && !isBeginning)
            {
                return;
            }

            var bonus = isWhole ? 1 : 0;
            foreach (var (quote, weight) in _occurrences[i])
            {
                AddWeight(ref scores[quote], weight + bonus, wordsBefore);
            }
        }
    }

    private static void AddWeight(ref Score score, int weight, int wordsBefore)
    {
        if (score.Words == wordsBefore)
        {
            score.Words++;
            score.Total += weight;
            score.Last = weight;
        }
        // Several words of a quote may begin with the last typed word; the heaviest counts.
        else if (score.Words > wordsBefore && weight > score.Last)
        {
            score.Total += weight - score.Last;
            score.Last = weight;
        }
    }

    /// <summary>Finds the position of the word, or of the next one in the order of the index.</summary>
    private int FindFirst(string word)
    {
        var found = Array.BinarySearch(_words, word, StringComparer.Ordinal);
        return found >= 0 ? found : ~found;
    }

    private List<Quote> SelectBest(Score[] scores, List<string> words, string? topic, int limit)
    {
        // The last word may be unfinished, so the phrase ends without a space.
        var phrase = ToPhrase(words).TrimEnd();
        PriorityQueue<int, long> best = new();
        foreach (var quote in GetCandidates(topic))
        {
            if (scores[quote].Words < words.Count)
            {
                continue;
            }

            long total = scores[quote].Total;
            if (words.Count > 1 && _phrases[quote].Contains(phrase))
            {
                total += PhraseWeight;
            }

            // Among equal scores the earlier quote ranks higher.
            var rank = (total << 32) - quote;
            best.Enqueue(quote, rank);
            if (best.Count > limit)
            {
                best.Dequeue();
            }
        }

        List<Quote> found = [];
        while (best.TryDequeue(out var quote, out _))
        {
            found.Add(_quotes[quote]);
        }

        found.Reverse();
        return found;
    }

    /// <summary>Joins words with spaces around each, so that a phrase is found only at whole words.</summary>
    private static string ToPhrase(List<string> words) => $" {string.Join(' ', words)} ";

    private readonly record struct Occurrence(int Quote, int Weight);

    private struct Score
    {
        /// <summary>The number of typed words that the quote contains, in the order typed.</summary>
        public int Words;

        /// <summary>The sum of their weights.</summary>
        public int Total;

        /// <summary>The weight of the last of them.</summary>
        public int Last;
    }
}
