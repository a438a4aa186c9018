namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>Characters that YAML reads as line breaks, and editors do not, are reported where an editor shows
/// them.</summary>
public sealed class LineSeparatorTests
{
    private const string Rest = "  via: harbour\n  topics: [sea]\n";

    [Theory]
    [InlineData("- id: a\n  text: Some\u2028words.\n" + Rest, 2, 13, "a line separator (U+2028)")]
    [InlineData("- id: a\n  text: Some\u2029words.\n" + Rest, 2, 13, "a paragraph separator (U+2029)")]
    [InlineData("- id: a\n  text: Some\u0085words.\n" + Rest, 2, 13, "a next line character (U+0085)")]
    [InlineData("- id: a\n  text: \"Some\u2028words.\"\n" + Rest, 2, 14, "a line separator (U+2028)")]
    [InlineData("- id: a\n  text: >-\n    Some\u2028words.\n" + Rest, 3, 9, "a line separator (U+2028)")]
    [InlineData("- id: a # Some\u2028words\n  text: Words.\n" + Rest, 1, 15, "a line separator (U+2028)")]
    [InlineData("- id: a\n  text: Words.\u2028\n" + Rest, 2, 15, "a line separator (U+2028)")]
    [InlineData("- id: a\n\u2028\n  text: Words.\n" + Rest, 2, 1, "a line separator (U+2028)")]
    [InlineData("- id: a\u2028  text: Words.\n" + Rest, 1, 8, "a line separator (U+2028)")]
    [InlineData("- id: a\r\n  text: Some\u2028words.\r\n" + Rest, 2, 13, "a line separator (U+2028)")]
    [InlineData("- id: a\r  text: Some\u2028words.\r" + Rest, 2, 13, "a line separator (U+2028)")]
    public void Read_ALineSeparator_IsTheOnlyErrorAndStatesHowToCorrectIt(
        string quotes,
        int line,
        int column,
        string words
    )
    {
        using Files.Folder folder = new(quotes);

        var reading = CatalogueReader.Read(folder.Path);

        Assert.Null(reading.Catalogue);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(new FileLocation(folder.PathOf("quotes.yaml"), line, column), problem.Location);
        Assert.Equal($"This is {words}, which is not an ordinary line break.", problem.Message);
        Assert.Equal("Replace it with an ordinary line break or a space.", problem.Fix);
    }

    [Theory]
    [InlineData("  via harbour\n  topics: [sea]\n", 3, 3, "This line has no colon and space after its key")]
    [InlineData("  via: harbuor\n  topics: [sea]\n", 3, 8, "There is no source 'harbuor'")]
    [InlineData("  via: harbour\r\n  topics: [Sea]\r\n", 4, 12, "The topic 'Sea' is not in kebab-case")]
    [InlineData("  via: harbour\r  topics: [Sea]\r", 4, 12, "The topic 'Sea' is not in kebab-case")]
    public void Read_AnErrorBelowLineSeparators_HasTheLineOfTheEditor(string rest, int line, int column, string words)
    {
        using Files.Folder folder = new($"- id: a\n  text: Some\u2028more\u0085words.\n{rest}");

        var problems = CatalogueReader.Read(folder.Path).Problems;

        var locations = problems.Select(problem => (problem.Location.Line, problem.Location.Column));
        Assert.Equal([(2, 13), (2, 18), (line, column)], locations);
        Assert.StartsWith(words, problems[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AFileWithoutOrdinaryLineBreaks_ReportsOnlyEachLineSeparator()
    {
        using Files.Folder folder = new("- id: a\u0085  text: Words.\u0085  via: harbour\u0085  topics: [sea]\u0085");

        var problems = CatalogueReader.Read(folder.Path).Problems;

        var locations = problems.Select(problem => (problem.Location.Line, problem.Location.Column));
        Assert.Equal([(1, 8), (1, 23), (1, 38), (1, 54)], locations);
        Assert.All(problems, problem => Assert.Contains("(U+0085)", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void ReadWithReplacement_ALineSeparator_IsReported()
    {
        using Files.Folder folder = new();

        var reading = CatalogueReader.ReadWithReplacement(
            folder.Path,
            "quotes.yaml",
            "- id: a\r\n  text: Some\u2028words.\r\n" + Rest
        );

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((2, 13), (problem.Location.Line, problem.Location.Column));
    }
}
