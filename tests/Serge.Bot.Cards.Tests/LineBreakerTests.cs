using CsCheck;

namespace Serge.Bot.Cards.Tests;

/// <summary>How words are divided into lines. Each word of a test has a width, and may have punctuation at its
/// ends.</summary>
public sealed class LineBreakerTests
{
    [Theory]
    [InlineData("3 3 3 3", 7, "3 3|3 3")]
    [InlineData("3 3 3", 7, "3 3|3")]
    [InlineData("2 2 2 2 2 2", 14, "2 2 2|2 2 2")]
    [InlineData("7", 7, "7")]
    [InlineData("3/ 3 3", 11, "3/|3 3")]
    [InlineData("3 3/ 3/ 3", 30, "3 3/|3/|3")]
    public void Break_OfWords_MakesFewLinesOfAboutTheSameLength(string words, float width, string expected)
    {
        var lines = new LineBreaker(Words(words)).Break(width);

        Assert.Equal(expected, Describe(lines));
    }

    /// <summary>The two divisions are about equally good.</summary>
    [Fact]
    public void Break_WhereLinesAreAboutEqual_EndsALineWithAPhrase()
    {
        Assert.Equal("5 3|3 5", Describe(new LineBreaker(Words("5 3 3 5")).Break(10)));
        Assert.Equal("4 4,|4 4 4", Describe(new LineBreaker(Words("4 4, 4 4 4")).Break(15)));
        Assert.Equal("4 4 4,|4 4", Describe(new LineBreaker(Words("4 4 4, 4 4")).Break(15)));
    }

    [Fact]
    public void Break_MarksAtTheEnds_HangOut()
    {
        ShapedWord opening = new([], 3) { Space = 1, Hang = 1 };
        ShapedWord closing = new([], 3) { HangEnd = 1 };

        Assert.Single(new LineBreaker([opening, closing]).Break(5));
        Assert.Equal(2, new LineBreaker([opening, closing]).CountLines(4.9f));
    }

    [Fact]
    public void CountLines_OfAWordThatIsTooWide_IsNothing()
    {
        LineBreaker breaker = new(Words("3 8 3"));

        Assert.Null(breaker.CountLines(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => breaker.Break(7));
    }

    [Fact]
    public void Break_OfAnyWords_UsesTheSmallestNumberOfLinesAndKeepsAllWords() =>
        Gen.Int[1, 9]
            .Array[1, 40]
            .Sample(widths =>
            {
                var words = Words(string.Join(' ', widths));
                LineBreaker breaker = new(words);
                var lines = breaker.Break(20);

                Assert.Equal(breaker.CountLines(20), lines.Count);
                Assert.Equal(words, lines.SelectMany(line => line));
                Assert.All(lines, line => Assert.InRange(line.Sum(word => word.Width) + line.Count - 1, 0, 20));
            });

    private static List<ShapedWord> Words(string words) =>
        [
            .. words
                .Split(' ')
                .Select(word => new ShapedWord(
                    [],
                    float.Parse(word.TrimEnd('/', ','), System.Globalization.CultureInfo.InvariantCulture)
                )
                {
                    Space = 1,
                    HangEnd = word.EndsWith(',') ? 0.01f : 0,
                    EndsLine = word.EndsWith('/'),
                }),
        ];

    private static string Describe(IReadOnlyList<IReadOnlyList<ShapedWord>> lines) =>
        string.Join('|', lines.Select(line => string.Join(' ', line.Select(Describe))));

    private static string Describe(ShapedWord word) =>
        $"{word.Width}{(word.HangEnd > 0 ? "," : "")}{(word.EndsLine ? "/" : "")}";
}
