namespace Serge.Bot.Catalogue.Tests.Verifying;

/// <summary>Eight consecutive words that an essay also contains are found at any position in the text and in the
/// essay.</summary>
public sealed class CopiedTextFinderTests
{
    private static readonly Source Source = Some.Source("essay", SourceKind.Essay, "Essay", "Ann Author");

    [Fact]
    public void Find_ASequenceAnywhere_IsFoundAtFullLengthFromEightWordsOn()
    {
        var essay = Numbered("w", 12);
        CopiedTextFinder copied = new([Essay(string.Join(' ', essay))]);
        for (var length = 1; length <= essay.Length; length++)
        {
            for (var from = 0; from + length <= essay.Length; from++)
            {
                foreach (var (before, after) in new[] { (0, 0), (1, 0), (0, 1), (2, 3), (9, 9) })
                {
                    var run = essay[from..(from + length)];
                    var text = string.Join(' ', [.. Numbered("a", before), .. run, .. Numbered("z", after)]);
                    Assert.Equal(length >= 8 ? string.Join(' ', run) : null, copied.Find(text));
                }
            }
        }
    }

    [Theory]
    [InlineData("one two three four five six seven eight")] // the first paragraph, all of it
    [InlineData("nine ten eleven twelve thirteen fourteen fifteen sixteen")] // the last paragraph
    [InlineData("in an essay of its own these words stand")] // another essay
    public void Find_AWholeParagraphOfEightWords_IsFound(string paragraph)
    {
        CopiedTextFinder copied = new([
            Essay(
                "One two three four five six seven eight.",
                "",
                "Short.",
                "",
                "Nine ten eleven twelve thirteen fourteen fifteen sixteen."
            ),
            Essay("In an essay of its own these words stand."),
        ]);
        Assert.Equal(paragraph, copied.Find(paragraph));
        Assert.Equal(paragraph, copied.Find($"And so: {paragraph}"));
        Assert.Equal(paragraph, copied.Find($"{paragraph}, it says"));
    }

    [Fact]
    public void Find_WordsOfTwoParagraphs_AreNoSequence() =>
        Assert.Null(
            new CopiedTextFinder([Essay("one two three four five", "", "six seven eight nine ten")]).Find(
                "one two three four five six seven eight nine ten"
            )
        );

    [Fact]
    public void Find_TwoSequences_IsTheFirstOfOurText()
    {
        CopiedTextFinder copied = new([
            Essay(string.Join(' ', Numbered("a", 8)), "", string.Join(' ', Numbered("b", 8))),
        ]);
        var (a, b) = (string.Join(' ', Numbered("a", 8)), string.Join(' ', Numbered("b", 8)));
        Assert.Equal(b, copied.Find($"{b} and {a}"));
        Assert.Equal(a, copied.Find($"{a} and {b}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("one two three four five six seven")]
    public void Find_FewerThanEightWords_IsNull(string text) =>
        Assert.Null(new CopiedTextFinder([Essay(text)]).Find(text));

    private static string[] Numbered(string word, int count) =>
        [.. Enumerable.Range(0, count).Select(i => $"{word}{i}")];

    private static Essay Essay(params string[] lines) => new(Source, lines);
}
