using System.Text;
using System.Text.RegularExpressions;

namespace Serge.Bot.Catalogue;

/// <summary>Finds the quotations whose words a text has.</summary>
/// <remarks>Only the quotations that share most pairs of successive words with the text are aligned with it, so the
/// time is a few milliseconds, also among 10,000 quotations. The index is built when it is first used.</remarks>
internal sealed partial class QuoteFinder(IReadOnlyList<Quote> quotes)
{
    /// <summary>A part of a quotation in a longer passage: shorter sequences are names and common phrases.</summary>
    private const int MinWordsOfPart = 8;

    /// <summary>Most of a quotation, or a part that is a passage of its own, such as in quotation marks.</summary>
    private const int MinWords = 3;

    /// <summary>More quotations than an answer shows; bounds the work that one text can cause.</summary>
    private const int MaxCandidates = 12;

    private readonly Lazy<Dictionary<WordPair, List<Candidate>>> _candidates = new(() => CreateIndex(quotes));

    public IReadOnlyList<FoundQuote> Find(string text)
    {
        var shortened = Suggestion.Truncate(text, QuoteCatalogue.MaxComparedLength);
        var passages = FindPassages(shortened);
        List<Match> matches = [];
        foreach (var candidate in SelectCandidates(shortened))
        {
            var all = passages.Select(passage => Compare(candidate, passage));
            if (Order(all.OfType<Match>()).FirstOrDefault() is { } best)
            {
                matches.Add(best);
            }
        }

        return [.. Order(matches).Select(match => match.Found)];
    }

    /// <summary>The passages that have words.</summary>
    private static List<Passage> FindPassages(string text)
    {
        List<Passage> passages = [];
        foreach (var passage in Passages.Find(text))
        {
            var words = TextWord.Split(passage);
            if (words.Count > 0)
            {
                passages.Add(new(passage, words));
            }
        }

        return passages;
    }

    /// <summary>Best match first.</summary>
    private static IOrderedEnumerable<Match> Order(IEnumerable<Match> matches) =>
        matches
            .OrderByDescending(match => match.EqualWords)
            .ThenBy(match => match.Found.Differences.Count)
            .ThenBy(match => match.Found.Agreement);

    private static Dictionary<WordPair, List<Candidate>> CreateIndex(IReadOnlyList<Quote> quotes)
    {
        Dictionary<WordPair, List<Candidate>> index = [];
        foreach (var quote in quotes)
        {
            Candidate candidate = new(quote, TextWord.Split(quote.Text));
            foreach (var pair in GetPairs(candidate.Words))
            {
                if (!index.TryGetValue(pair, out var candidates))
                {
                    candidates = [];
                    index.Add(pair, candidates);
                }

                candidates.Add(candidate);
            }
        }

        return index;
    }

    /// <summary>Selects the quotations that share most pairs of words with the text. A pair that many quotations have
    /// counts less.</summary>
    private IEnumerable<Candidate> SelectCandidates(string text)
    {
        Dictionary<Candidate, double> weights = [];
        foreach (var pair in GetPairs(TextWord.Split(text)))
        {
            var candidates = _candidates.Value.GetValueOrDefault(pair, []);
            foreach (var candidate in candidates)
            {
                var weight = weights.GetValueOrDefault(candidate);
                weights[candidate] = weight + (1.0 / candidates.Count);
            }
        }

        var ordered = weights.OrderByDescending(item => item.Value);
        return ordered.Take(MaxCandidates).Select(item => item.Key);
    }

    /// <summary>Returns each two successive words, once.</summary>
    private static HashSet<WordPair> GetPairs(List<TextWord> words)
    {
        HashSet<WordPair> pairs = [];
        for (var i = 1; i < words.Count; i++)
        {
            pairs.Add(new(words[i - 1].Letters, words[i].Letters));
        }

        return pairs;
    }

    private static Match? Compare(Candidate candidate, Passage passage)
    {
        var alignment = WordAlignment.Create(candidate.Words, passage.Words);
        var equal = alignment.EqualWords.Count;
        if (equal == 0)
        {
            return null;
        }

        if (alignment is { IsWhole: true, IsContinuous: true })
        {
            var agreement = GetAgreement(candidate, passage, alignment);
            return new(new(candidate.Quote, agreement, []), equal);
        }

        if (!IsLongEnough(alignment, passage))
        {
            return null;
        }

        var gaps = alignment.IsSimilar ? alignment.GetGapsOfWhole() : alignment.GetGaps();
        if (gaps.Count == 0)
        {
            return new(new(candidate.Quote, QuoteAgreement.Part, []), equal);
        }

        var differences = gaps.ConvertAll(gap => Describe(gap, candidate, passage));
        return new(new(candidate.Quote, QuoteAgreement.Similar, differences), equal);
    }

    private static QuoteAgreement GetAgreement(Candidate candidate, Passage passage, WordAlignment alignment)
    {
        var quotation = candidate.Words;
        var printed = candidate.Quote.Text[quotation[0].Start..quotation[^1].End];
        var first = passage.Words[alignment.EqualWords[0].InText];
        var last = passage.Words[alignment.EqualWords[^1].InText];
        var written = passage.Text[first.Start..last.End];
        if (Normalize(printed) == Normalize(written))
        {
            return QuoteAgreement.Exact;
        }

        return QuoteAgreement.SameWords;
    }

    /// <summary>Whether the common words are too many for a coincidence, most of the quotation, or a passage.</summary>
    private static bool IsLongEnough(WordAlignment alignment, Passage passage)
    {
        var equal = alignment.EqualWords.Count;
        var range = alignment.EqualWords[^1].InText - alignment.EqualWords[0].InText + 1;
        var isDense = 3 * equal >= 2 * range;
        if (!isDense)
        {
            return false;
        }

        if (equal >= MinWordsOfPart)
        {
            return true;
        }

        var isPassage = alignment.IsContinuous && 3 * equal >= 2 * passage.Words.Count;
        return equal >= MinWords && (alignment.IsSimilar || isPassage);
    }

    private static TextDifference Describe(WordGap gap, Candidate candidate, Passage passage)
    {
        var quotation = candidate.Words;
        var start = gap.From.InQuotation;
        var end = gap.To.InQuotation;
        return new(
            Join(quotation, start - 1, start),
            Join(quotation, start, end),
            Join(passage.Words, gap.From.InText, gap.To.InText),
            Join(quotation, end, end + 1)
        );
    }

    private static string Join(List<TextWord> words, int start, int end)
    {
        var first = Math.Max(0, start);
        var last = Math.Min(words.Count, end);
        var texts = words[first..last].Select(word => word.Text);
        return string.Join(' ', texts);
    }

    /// <summary>Removes what a keyboard or a program changes: the shape of marks, and spacing.</summary>
    private static string Normalize(string text)
    {
        var composed = FoldedText.Normalize(text, NormalizationForm.FormC);
        var apostrophes = Apostrophes().Replace(composed, "'");
        var marks = Marks().Replace(apostrophes, "\"");
        var ellipses = marks.Replace("...", "…");
        return WhiteSpace().Replace(ellipses, " ");
    }

    [GeneratedRegex("[’‘ʼ`´′‹›‚]", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Apostrophes();

    [GeneratedRegex("[“”„«»]", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex WhiteSpace();

    /// <summary>A quotation with its words; compared by reference.</summary>
    private sealed class Candidate(Quote quote, List<TextWord> words)
    {
        public Quote Quote { get; } = quote;

        public List<TextWord> Words { get; } = words;
    }

    /// <summary>The letters of two successive words.</summary>
    private readonly record struct WordPair(string First, string Second);

    private sealed record Passage(string Text, List<TextWord> Words);

    private sealed record Match(FoundQuote Found, int EqualWords);
}
