namespace Serge.Bot.Catalogue;

/// <summary>Which words of a quotation are those of another text, in the same order.</summary>
/// <remarks>The alignment with the highest score: a word that both have counts 2, a word that only one has or that is
/// replaced counts -1. Source: Smith and Waterman, "Identification of Common Molecular Subsequences", 1981.</remarks>
internal sealed class WordAlignment
{
    private const int EqualScore = 2;
    private const int Penalty = 1;

    private readonly IReadOnlyList<TextWord> _quotation;
    private readonly IReadOnlyList<TextWord> _text;
    private readonly int[,] _scores;

    private WordAlignment(IReadOnlyList<TextWord> quotation, IReadOnlyList<TextWord> text)
    {
        _quotation = quotation;
        _text = text;
        _scores = new int[quotation.Count + 1, text.Count + 1];
        EqualWords = Trace(FillScores());
    }

    /// <summary>Aligns a quotation with the part of another text that has most of its words.</summary>
    public static WordAlignment Create(IReadOnlyList<TextWord> quotation, IReadOnlyList<TextWord> text)
    {
        return new(quotation, text);
    }

    /// <summary>The positions of the words that both have; without a common word empty.</summary>
    public IReadOnlyList<WordPair> EqualWords { get; }

    /// <summary>Whether the text has at least two thirds of the words of the quotation.</summary>
    public bool IsSimilar => EqualWords.Count >= 2 && 3 * EqualWords.Count >= 2 * _quotation.Count;

    /// <summary>Whether both have exactly the same words between the first and the last common one.</summary>
    public bool IsContinuous => GetGaps().Count == 0;

    /// <summary>Whether the common words begin and end the quotation.</summary>
    public bool IsWhole => EqualWords is [{ InQuotation: 0 }, ..] && EqualWords[^1].InQuotation == _quotation.Count - 1;

    /// <summary>Finds the different words, in the order of the quotation.</summary>
    public List<WordGap> GetGaps()
    {
        List<WordGap> gaps = [];
        for (var i = 1; i < EqualWords.Count; i++)
        {
            WordGap gap = new(EqualWords[i - 1].Next, EqualWords[i]);
            if (!gap.IsEmpty)
            {
                gaps.Add(gap);
            }
        }

        return gaps;
    }

    /// <summary>Finds the different words, also those at both ends of the quotation. Words that the text could have
    /// only before its beginning or after its end are not different: it has a part of the quotation.</summary>
    public List<WordGap> GetGapsOfWhole()
    {
        var gaps = GetGaps();
        if (EqualWords.Count == 0)
        {
            return gaps;
        }

        var first = EqualWords[0];
        var before = Math.Max(0, first.InText - first.InQuotation);
        if (before < first.InText && first.InQuotation > 0)
        {
            WordPair start = new(0, before);
            gaps.Insert(0, new(start, first));
        }

        var last = EqualWords[^1].Next;
        var missing = _quotation.Count - last.InQuotation;
        var after = Math.Min(_text.Count, last.InText + missing);
        if (after > last.InText && missing > 0)
        {
            WordPair end = new(_quotation.Count, after);
            gaps.Add(new(last, end));
        }

        return gaps;
    }

    /// <summary>Fills the table.</summary>
    /// <returns>The cell with the highest score.</returns>
    private WordPair FillScores()
    {
        var highest = new WordPair(0, 0);
        for (var i = 1; i <= _quotation.Count; i++)
        {
            for (var j = 1; j <= _text.Count; j++)
            {
                var skipped = Math.Max(_scores[i - 1, j], _scores[i, j - 1]) - Penalty;
                var best = Math.Max(skipped, GetDiagonalScore(i, j));
                _scores[i, j] = Math.Max(0, best);
                // Of equal scores the last one, which covers more.
                if (_scores[i, j] >= _scores[highest.InQuotation, highest.InText])
                {
                    highest = new(i, j);
                }
            }
        }

        return highest;
    }

    private int GetDiagonalScore(int i, int j)
    {
        var change = AreEqual(i, j) ? EqualScore : -Penalty;
        return _scores[i - 1, j - 1] + change;
    }

    private bool AreEqual(int i, int j) => _quotation[i - 1].Letters == _text[j - 1].Letters;

    private List<WordPair> Trace(WordPair cell)
    {
        List<WordPair> equal = [];
        var (i, j) = (cell.InQuotation, cell.InText);
        while (_scores[i, j] > 0)
        {
            if (_scores[i, j] == GetDiagonalScore(i, j))
            {
                if (AreEqual(i, j))
                {
                    equal.Add(new(i - 1, j - 1));
                }

                i--;
                j--;
            }
            else if (_scores[i, j] == _scores[i - 1, j] - Penalty)
            {
                i--;
            }
            else
            {
                j--;
            }
        }

        equal.Reverse();
        return equal;
    }
}

/// <summary>The positions of a word in the quotation and in the other text.</summary>
internal readonly record struct WordPair(int InQuotation, int InText)
{
    public WordPair Next => new(InQuotation + 1, InText + 1);
}

/// <summary>Words of the quotation instead of which the text has others, from the first to before the second
/// position. One of the two may have none.</summary>
internal readonly record struct WordGap(WordPair From, WordPair To)
{
    public bool IsEmpty => From == To;
}
