namespace Serge.Bot.Cards;

/// <summary>Divides the words of a text into lines. Lengths are in em.</summary>
internal sealed class LineBreaker
{
    private readonly IReadOnlyList<ShapedWord> _words;

    /// <summary>Where each word starts if all are on one line.</summary>
    private readonly float[] _starts;

    public LineBreaker(IReadOnlyList<ShapedWord> words)
    {
        _words = words;
        _starts = new float[words.Count + 1];
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            _starts[i + 1] = _starts[i] + word.Width + word.Space;
        }
    }

    /// <summary>The smallest number of lines; <see langword="null"/> if a word is wider than a line.</summary>
    public int? CountLines(float width)
    {
        var lines = 0;
        for (var start = 0; start < _words.Count; lines++)
        {
            var end = start;
            while (end < _words.Count && Fits(start, end + 1, width))
            {
                end++;
            }

            if (end == start)
            {
                return null;
            }

            start = end;
        }

        return lines;
    }

    /// <summary>Divides the words into the smallest number of lines, about equally long: the sum of the squares of what
    /// the lines lack is the smallest. A line that ends within a phrase costs as much as one that lacks an
    /// eighth.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A word is wider than a line.</exception>
    public IReadOnlyList<IReadOnlyList<ShapedWord>> Break(float width)
    {
        // More than all lines can lack together, so that fewer lines always cost less.
        var perLine = 2 * width * width * (_words.Count + 1);
        var withinPhrase = width * width / 64;
        var costs = new float[_words.Count + 1];
        var starts = new int[_words.Count + 1];
        for (var end = 1; end <= _words.Count; end++)
        {
            costs[end] = float.PositiveInfinity;
            for (var start = end - 1; start >= 0 && Fits(start, end, width); start--)
            {
                var lack = width - Measure(start, end);
                var cost = costs[start] + perLine + (lack * lack);
                if (!_words[end - 1].EndsPhrase)
                {
                    cost += withinPhrase;
                }

                if (cost < costs[end])
                {
                    costs[end] = cost;
                    starts[end] = start;
                }
            }
        }

        ArgumentOutOfRangeException.ThrowIfEqual(costs[^1], float.PositiveInfinity, nameof(width));
        return GetLines(starts);
    }

    /// <param name="starts">For the end of each line, counted in words, the start of the line.</param>
    private List<IReadOnlyList<ShapedWord>> GetLines(int[] starts)
    {
        List<IReadOnlyList<ShapedWord>> lines = [];
        for (var end = _words.Count; end > 0; end = starts[end])
        {
            var start = starts[end];
            var words = _words.Skip(start).Take(end - start);
            lines.Insert(0, [.. words]);
        }

        return lines;
    }

    /// <summary>Whether words can be on one line, if they can without the first or the last of them. A line feed ends a
    /// line.</summary>
    private bool Fits(int start, int end, float width)
    {
        var hasSeveral = end - start > 1;
        if (hasSeveral && (_words[start].EndsLine || _words[end - 2].EndsLine))
        {
            return false;
        }

        return Measure(start, end) <= width;
    }

    /// <summary>The width of a line without its last space, and without the marks that hang over its ends.</summary>
    private float Measure(int start, int end)
    {
        var first = _words[start];
        var last = _words[end - 1];
        var width = _starts[end] - _starts[start];
        return width - last.Space - first.Hang - last.HangEnd;
    }
}
