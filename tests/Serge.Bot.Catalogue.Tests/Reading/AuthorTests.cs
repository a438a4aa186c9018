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
    [InlineData("lived: 1890-12-30/1947-11-17", "1890–1947", "1890–1947")]
    [InlineData("lived: 1890-12/1947-24", "1890–1947", "1890–1947")]
    [InlineData("lived: 1890/1947", "1890–1947", "1890–1947")]
    [InlineData("lived: 1952/..", "1952–", "1952–")]
    [InlineData("lived: 1952-05-01/..", "1952–", "1952–")]
    [InlineData("lived: ../1947", "–1947", "–1947")]
    [InlineData("lived: 1904", "1904", "1904")]
    [InlineData("lived: 1904-05-01", "1904", "1904")]
    [InlineData("lived: 1904~/1960-01", "about 1904 – 1960", "vers 1904 – 1960")]
    [InlineData("lived: 1904?/1960", "perhaps 1904 – 1960", "peut-être 1904 – 1960")]
    [InlineData("lived: 1904%/1960", "perhaps about 1904 – 1960", "peut-être vers 1904 – 1960")]
    [InlineData("lived: 1904-05~/1960-01-02?", "about 1904 – perhaps 1960", "vers 1904 – peut-être 1960")]
    [InlineData("lived: 1904-22/1960-21~", "1904 – about 1960", "1904 – vers 1960")]
    [InlineData("lived: 1904~/..", "about 1904 –", "vers 1904 –")]
    [InlineData("lived: ../1960?", "– perhaps 1960", "– peut-être 1960")]
    [InlineData("lived: 1904~", "about 1904", "vers 1904")]
    [InlineData("lived: 187X/1919", "the 1870s – 1919", "années 1870 – 1919")]
    [InlineData("lived: 1871/191X", "1871 – the 1910s", "1871 – années 1910")]
    [InlineData("lived: 187X/..", "the 1870s –", "années 1870 –")]
    [InlineData("lived: 187X?/1919", "perhaps the 1870s – 1919", "peut-être années 1870 – 1919")]
    [InlineData("lived: 18XX/1919", "the 19th century – 1919", "XIXe siècle – 1919")]
    [InlineData("lived: 19XX", "the 20th century", "XXe siècle")]
    [InlineData("lived: 0980/1037", "980–1037", "980–1037")]
    [InlineData("lived: 0004~/0065", "about 4 – 65", "vers 4 – 65")]
    [InlineData("lived: 001X/0065", "the 10s – 65", "années 10 – 65")]
    [InlineData("", "", "")]
    public void Years_OfALife_AreAsExactAsTheDates(string lived, string english, string french)
    {
        var author = $"name: Ann\nabout: {{ en: a, fr: b }}\ntag: Ann\n{lived}";

        var reading = Files.Read(quotes: "[]", events: "[]", author: author);

        var read = reading.Catalogue!.Author;
        Assert.Equal((english, french), (read.Years, read.YearsInFrench));
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
    public void Read_WithoutTheFile_IsAnErrorThatStatesWhatIsMissing()
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
    [InlineData(
        "name: Ann\nabout: { en: a, fr: b }\ntag: Ann\nlived: 1952/",
        4,
        8,
        "'1952/' lacks a date on one side of the slash"
    )]
    [InlineData("name: Ann\nabout: { en: a }\ntag: Ann", 2, 8, "The key 'fr' is missing")]
    [InlineData("name: Ann\ntag: Ann", 1, 1, "The key 'about' is missing")]
    [InlineData("about: { en: a, fr: b }\ntag: Ann", 1, 1, "The key 'name' is missing")]
    public void Read_AnErrorInTheAuthor_StatesWhereAndWhat(string author, int line, int column, string what)
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
