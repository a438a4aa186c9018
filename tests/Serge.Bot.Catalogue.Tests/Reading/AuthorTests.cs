namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>The author comes from <c>author.yaml</c>, and a quotation is credited to the person whose words it
/// contains.</summary>
public sealed class AuthorTests
{
    private const string OtherWorks = """

        - id: other-book
          kind: work
          title: Another Book
          author: Nora Quill
        - id: both
          kind: work
          title: A Book of Two
          author: Natalia Sedova and Victor Serge
        - id: under-a-pen-name
          kind: work
          title: An Early Book
          author: Victor Kibalchich
        - id: anonymous
          kind: work
          title: A Book without a Name
        """;

    [Fact]
    public void Read_AnAuthorWithEveryKey_IsRead()
    {
        var author = Files.Read().Catalogue!.Author;

        Assert.Equal(("Victor Serge", "Serge, Victor", "VictorSerge"), (author.Name, author.SortName, author.Tag));
        Assert.Equal(("writer", "écrivain", "he"), (author.About, author.AboutInFrench, author.Pronoun));
        Assert.Equal(["Victor Kibalchich"], author.OtherNames);
        Assert.Equal("1890–1947", author.Years);
    }

    [Theory]
    [InlineData("lived: 1952/..", "1952–")]
    [InlineData("lived: 1904~/1960-01", "1904–1960")]
    [InlineData("lived: 19XX", "19")]
    [InlineData("", "")]
    public void Years_OfALife_AreThoseOfBirthAndDeath(string lived, string years)
    {
        var author = $"name: Ann\nabout: {{ en: a, fr: b }}\ntag: Ann\n{lived}";

        Assert.Equal(years, Files.Read(quotes: "[]", events: "[]", author: author).Catalogue!.Author.Years);
    }

    [Theory]
    [InlineData("Rosa Luxemburg", "Luxemburg, Rosa")]
    [InlineData("Plato", "Plato")]
    public void SortName_WhenTheFileHasNone_BeginsWithTheLastWord(string name, string sortName)
    {
        var author = $"name: {name}\nabout: {{ en: a, fr: b }}\ntag: Tag";

        Assert.Equal(sortName, Files.Read(quotes: "[]", events: "[]", author: author).Catalogue!.Author.SortName);
    }

    [Fact]
    public void Read_WithoutTheFile_IsAnErrorThatSaysWhatIsMissing()
    {
        using Files.Folder folder = new(author: null);

        var problem = Assert.Single(CatalogueReader.Read(folder.Path).Problems);
        Assert.Equal(
            (ProblemSeverity.Error, "author.yaml"),
            (problem.Severity, Path.GetFileName(problem.Location.File))
        );
        Assert.Null(CatalogueReader.ReadAuthor(folder.Path));
    }

    [Theory]
    [InlineData("- name: Ann", 1, 1, "The file has no keys")]
    [InlineData("name: Ann\nabout: { en: a, fr: b }\ntag: ann", 3, 6, "'ann' is not a hashtag in PascalCase")]
    [InlineData("name: Ann\nabout: { en: a, fr: b }\ntag: Ann\npronoun: it", 4, 10, "The pronoun 'it' is not known")]
    [InlineData("name: Ann\nabout: { en: a }\ntag: Ann", 2, 8, "The key 'fr' is missing")]
    [InlineData("name: Ann\ntag: Ann", 1, 1, "The key 'about' is missing")]
    [InlineData("about: { en: a, fr: b }\ntag: Ann", 1, 1, "The key 'name' is missing")]
    public void Read_AnErrorInTheAuthor_SaysWhereAndWhat(string author, int line, int column, string what)
    {
        var reading = Files.Read(quotes: "[]", events: "[]", author: author);

        Assert.Null(reading.Catalogue);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(new FileLocation("author.yaml", line, column), problem.Location);
        Assert.StartsWith(what, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("via: harbour", "Victor Serge")]
    [InlineData("work: memoirs\n  via: harbour", "Victor Serge")]
    [InlineData("work: memoirs", "Victor Serge")]
    [InlineData("work: anonymous", "Victor Serge")]
    [InlineData("work: both", "Natalia Sedova and Victor Serge")]
    [InlineData("work: under-a-pen-name", "Victor Kibalchich")]
    [InlineData("work: other-book\n  speaker: Victor Serge", "Victor Serge")]
    [InlineData("work: other-book\n  speaker: Nora Quill", "Nora Quill")]
    [InlineData("via: harbour\n  speaker: Leon Trotsky", "Leon Trotsky")]
    public void Author_OfAQuote_IsItsSpeakerOrTheAuthorOfItsWorkOrOfTheFiles(string origin, string credited)
    {
        var reading = Read(origin);

        Assert.Empty(reading.Problems);
        Assert.Equal(credited, Assert.Single(reading.Catalogue!.Quotes).Author);
    }

    [Theory]
    [InlineData("work: other-book")]
    [InlineData("work: other-book\n  via: harbour")]
    public void Read_AQuoteFromAWorkBySomebodyElse_IsAnError(string origin)
    {
        var reading = Read(origin);

        Assert.Null(reading.Catalogue);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal("The work 'other-book' is by Nora Quill, not by Victor Serge.", problem.Message);
        Assert.StartsWith("Add the line 'speaker: …'", problem.Fix, StringComparison.Ordinal);
        Assert.Equal(new FileLocation("quotes.yaml", 4, 9), problem.Location);
    }

    [Theory]
    [InlineData("victor serge", true)]
    [InlineData("Serge, Victor", true)]
    [InlineData("Viktor Serge", false)]
    [InlineData("A. Editor, Victor Serge", true)]
    [InlineData("Victor Serge Foundation", false)]
    [InlineData("Serge", false)]
    public void IsNamedIn_OneOrMoreNames_ComparesEachWholeName(string names, bool expected) =>
        Assert.Equal(expected, Some.Author.IsNamedIn(names));

    private static CatalogueReadResult Read(string origin) =>
        Files.Read(
            quotes: $"- id: a\n  text: Words.\n  topics: [sea]\n  {origin}",
            events: "[]",
            sources: Files.Sources + OtherWorks
        );
}
