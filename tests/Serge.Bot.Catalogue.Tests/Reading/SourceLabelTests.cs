namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>Names of sources that are too long for posts, and addresses whose content changes.</summary>
public sealed class SourceLabelTests
{
    private static readonly string Author30 = new('a', 30);

    [Theory]
    [InlineData(28, "", false)] // 30 letters, a comma and a space, and 28 letters are 60
    [InlineData(29, "", true)]
    [InlineData(200, "\n  label: Short", false)]
    public void Read_ALongName_RequiresALabel(int titleLength, string label, bool isWarning)
    {
        var title = new string('t', titleLength);
        var sources = $"{Files.Sources}\n- id: long\n  kind: reference\n  title: {title}\n  author: {Author30}{label}";

        var problems = Files.Read(sources: sources).Problems;

        Assert.Equal(
            isWarning,
            problems.Any(problem => problem.Fix.StartsWith("Add the line 'label: …'", StringComparison.Ordinal))
        );
        Assert.All(problems, problem => Assert.Equal(ProblemSeverity.Warning, problem.Severity));
    }

    [Fact]
    public void ShortName_OfASource_IsItsLabelOrAllOfItsName()
    {
        var source = Some.Source("a", SourceKind.Reference, "Victor Serge: Memoirs of a Revolutionary (A blog)");

        Assert.Equal("Victor Serge: Memoirs of a Revolutionary (A blog)", source.ShortName);
        Assert.Equal("Ann, Title", (source with { Author = "Ann", Title = "Title" }).ShortName);
        Assert.Equal("A blog", (source with { Label = "A blog" }).ShortName);
    }

    [Theory]
    [InlineData("https://a.example/tag/leon-trotsky/", "a tag page")]
    [InlineData("https://a.example/tag/assassinated/page/2", "a tag page")]
    [InlineData("https://a.example/news/category/history/", "a tag page")]
    [InlineData("https://a.blogspot.example/search/label/Serge", "a tag page")]
    [InlineData("https://a.example/?tag=serge", "a tag page")]
    [InlineData("https://a.example/?s=serge", "a tag page")]
    [InlineData("https://a.blogspot.example/2018/09", "a month page")]
    [InlineData("https://a.blogspot.example/2010/04/?m=0", "a month page")]
    [InlineData("https://a.example/blog/2010/4/page/3/", "a month page")]
    [InlineData("https://a.blogspot.example/2012_05_01_archive.html", "a month page")]
    [InlineData("https://twitter.com/somebody", "a user's timeline")]
    [InlineData("https://mastodon.example/@somebody", "a user's timeline")]
    [InlineData("https://www.timetoast.com/timelines/dictators", "a user's timeline")]
    [InlineData("https://bsky.app/profile/somebody.example", "a user's timeline")]
    [InlineData("https://twitter.com/somebody/status/123", null)]
    [InlineData("https://mastodon.example/@somebody/123", null)]
    [InlineData("https://a.example/2018/09/the-title.html", null)]
    [InlineData("https://www.marxists.org/archive/serge/1937/08/25.htm", null)]
    [InlineData("https://en.wikipedia.org/wiki/Tag_(metadata)", null)]
    [InlineData("https://a.example/spip.php?article50075", null)]
    [InlineData("https://a.example/?p=43146", null)]
    public void Describe_AnAddress_RecognizesPagesWhoseContentChanges(string url, string? kind)
    {
        Assert.Equal(kind, ChangingPage.Describe(new Uri(url)));

        var sources = $"{Files.Sources}\n- id: page\n  kind: reference\n  title: A page\n  url: {url}";
        Assert.Equal(kind is null ? 0 : 1, Files.Read(sources: sources).Problems.Count);
    }
}
