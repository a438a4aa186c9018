using System.Buffers;
using System.Runtime.InteropServices;

namespace Serge.Bot.Catalogue;

/// <summary>An inverted index: for each word the quotes that hold it, and how much it weighs in each.</summary>
internal sealed class SearchIndex
{
    private const int PhraseWeight = 1000;
    private const int TextWeight = 8;
    private const int TopicWeight = 6;
    private const int WorkWeight = 4;
    private const int ContextWeight = 2;

    private readonly IReadOnlyList<Quote> _quotes;
    private readonly int[] _all;
    private readonly Dictionary<string, List<int>> _byTopic = new(StringComparer.Ordinal);
    private readonly string[] _phrases;
    private readonly string[] _words;
    private readonly Posting[][] _postings;

    public SearchIndex(IReadOnlyList<Quote> quotes)
    {
        _quotes = quotes;
        _all = [.. Enumerable.Range(0, quotes.Count)];
        _phrases = [.. quotes.Select(static quote => Phrase(FoldedText.GetWords(quote.Text)))];
        Dictionary<string, List<Posting>> index = new(StringComparer.Ordinal);
        Dictionary<string, int> weights = new(StringComparer.Ordinal);
        for (var i = 0; i < quotes.Count; i++)
        {
            foreach (var topic in quotes[i].Topics.Distinct(StringComparer.Ordinal))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_byTopic, topic, out _) ??= []).Add(i);
            }

            weights.Clear();
            Weigh(quotes[i], weights);
            foreach (var (word, weight) in weights)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(index, word, out _) ??= []).Add(new(i, weight));
            }
        }

        _words = [.. index.Keys.Order(StringComparer.Ordinal)];
        _postings = [.. _words.Select(word => index[word].ToArray())];
    }

    public IReadOnlyList<Quote> Find(string typed, string? topic, int limit)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var words = FoldedText.GetWords(typed);
        words = words[..Math.Min(words.Count, QuoteCatalogue.MaxSearchWords)];
        if (words.Count == 0)
        {
            // Nothing is typed yet, so nothing ranks higher than anything else.
            return [.. Candidates(topic).Take(limit).Select(quote => _quotes[quote])];
        }

        var scores = ArrayPool<Score>.Shared.Rent(_quotes.Count);
        try
        {
            Array.Clear(scores, 0, _quotes.Count);
            for (var i = 0; i < words.Count; i++)
            {
                AddWord(scores, words[i], i, isLast: i == words.Count - 1);
            }

            return Best(scores, words, topic, limit);
        }
        finally
        {
            ArrayPool<Score>.Shared.Return(scores);
        }
    }

    private static void Weigh(Quote quote, Dictionary<string, int> weights)
    {
        // The heaviest field comes first and the first weight stays.
        foreach (
            var (text, weight) in new[]
            {
                (quote.Text, TextWeight),
                (string.Join(' ', quote.Topics), TopicWeight),
                (quote.Work?.Title, WorkWeight),
                (quote.Context, ContextWeight),
            }
        )
        {
            foreach (var word in FoldedText.GetWordsAndParts(text ?? ""))
            {
                weights.TryAdd(word, weight);
            }
        }
    }

    /// <summary>Raises the score of each quote that holds the word, if it held all the words before it.</summary>
    private void AddWord(Score[] scores, string word, int before, bool isLast)
    {
        for (var i = FirstFrom(word); i < _words.Length; i++)
        {
            var isWhole = _words[i].Length == word.Length;
            if (!_words[i].StartsWith(word, StringComparison.Ordinal) || (!isWhole && !isLast))
            {
                return;
            }

            foreach (var posting in _postings[i])
            {
                ref var score = ref scores[posting.Quote];
                // The last word may be the beginning of several words of a quote; the best of them counts.
                var weight = isWhole ? posting.Weight + 1 : posting.Weight;
                if (score.Words == before)
                {
                    score = new(before + 1, score.Total + weight, weight);
                }
                else if (score.Words == before + 1 && weight > score.Last)
                {
                    score = new(before + 1, score.Total - score.Last + weight, weight);
                }
            }
        }
    }

    /// <summary>Where the words begin that are not before this one.</summary>
    private int FirstFrom(string word)
    {
        var found = Array.BinarySearch(_words, word, StringComparer.Ordinal);
        return found >= 0 ? found : ~found;
    }

    private IReadOnlyList<int> Candidates(string? topic) =>
        topic is null ? _all : _byTopic.GetValueOrDefault(topic, []);

    private List<Quote> Best(Score[] scores, List<string> words, string? topic, int limit)
    {
        // The last word may be unfinished, so what follows it is left open.
        var phrase = words.Count > 1 ? Phrase(words).TrimEnd() : null;
        var candidates = Candidates(topic);
        PriorityQueue<int, long> best = new();
        for (var i = 0; i < candidates.Count; i++)
        {
            var quote = candidates[i];
            if (scores[quote].Words < words.Count)
            {
                continue;
            }

            var isPhrase = phrase is not null && _phrases[quote].Contains(phrase, StringComparison.Ordinal);
            var total = isPhrase ? scores[quote].Total + PhraseWeight : scores[quote].Total;
            // The score above, the place in the file below: of equal scores the earlier quote ranks higher.
            var rank = ((long)total << 32) - quote;
            if (best.Count < limit)
            {
                best.Enqueue(quote, rank);
            }
            else
            {
                best.EnqueueDequeue(quote, rank);
            }
        }

        List<Quote> found = new(best.Count);
        while (best.TryDequeue(out var quote, out _))
        {
            found.Add(_quotes[quote]);
        }

        found.Reverse();
        return found;
    }

    private static string Phrase(List<string> words) => $" {string.Join(' ', words)} ";

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Posting(int Quote, int Weight);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Score(int Words, int Total, int Last);
}
