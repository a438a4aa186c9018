using System.Globalization;
using System.Text;
using System.Xml.Linq;
using AngleSharp.Html.Parser;

namespace Serge.Bot.Site.Tests;

/// <summary>What the site contains.</summary>
public sealed class SiteBuilderTests
{
    [Fact]
    public async Task Create_TheSameContent_GivesTheSameBytes()
    {
        var first = await Sites.RenderAsync(Sites.Content(Sites.Small()));
        var second = await Sites.RenderAsync(Sites.Content(Sites.Small()));

        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("quote/first/index.html")]
    [InlineData("event/arrest/index.html")]
    [InlineData("day/02-29/index.html")]
    [InlineData("day/12-31/index.html")]
    [InlineData("topic/power/index.html")]
    [InlineData("source/memoirs/index.html")]
    [InlineData("year/1933/index.html")]
    [InlineData("timeline/index.html")]
    [InlineData("search/index.html")]
    [InlineData("about/index.html")]
    [InlineData("rights/index.html")]
    [InlineData("privacy/index.html")]
    public void Create_EveryPage_IsThereInBothLanguages(string path)
    {
        var paths = SiteBuilder.Create(Sites.Content(Sites.Small())).Select(file => file.Path).ToHashSet();

        Assert.Contains(path, paths);
        Assert.Contains($"fr/{path}", paths);
    }

    [Fact]
    public void Create_EveryPath_IsThereOnce()
    {
        var paths = SiteBuilder.Create(Sites.Content(Sites.Small())).Select(file => file.Path).ToList();

        Assert.Equal(paths.Distinct(), paths);
        Assert.Equal(2 * 366, paths.Count(path => path.Contains("day/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Create_WithoutAnAddress_HasNothingThatNeedsOne()
    {
        var files = await Sites.RenderAsync(Sites.Content(Sites.Small(), options => options with { BaseUrl = null }));

        Assert.DoesNotContain("feed.xml", files.Keys);
        Assert.DoesNotContain("sitemap.xml", files.Keys);
        Assert.DoesNotContain("canonical", files["index.html"], StringComparison.Ordinal);
        Assert.Contains("events.ics", files.Keys);
    }

    [Fact]
    public async Task Create_WithAPicture_WritesItAndNamesItInTheHeadOfItsPageOnly()
    {
        var files = await Sites.RenderAsync(Sites.Content(Sites.Small(), AddPicture));

        Assert.Equal("PNG", files["fr/quote/first/picture.png"]);
        const string Address = "content=\"https://quotes.example/serge/fr/quote/first/picture.png\"";
        Assert.Contains(Address, files["fr/quote/first/index.html"], StringComparison.Ordinal);
        Assert.Contains(
            "og:image:alt\" content=\"Its words.\"",
            files["fr/quote/first/index.html"],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("og:image", files["quote/first/index.html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithAPictureButWithoutAnAddress_HasNoPicture()
    {
        var files = await Sites.RenderAsync(
            Sites.Content(Sites.Small(), options => AddPicture(options) with { BaseUrl = null })
        );

        Assert.DoesNotContain("fr/quote/first/picture.png", files.Keys);
        Assert.DoesNotContain("og:image", files["fr/quote/first/index.html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quote_HasWordsCreditContextAndNeighbours()
    {
        var page = await ParseAsync("quote/first/index.html");

        Assert.Equal("“The first words.”", page.QuerySelector("blockquote p")!.TextContent);
        Assert.Equal("— Victor Serge", page.QuerySelector("figcaption")!.TextContent);
        Assert.Equal("A remark.", page.QuerySelector(".context")!.TextContent);
        Assert.Equal("../../quote/second/", page.QuerySelector("[rel=next]")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector("[rel=prev]"));
        Assert.Equal("../../source/memoirs/", page.QuerySelector(".facts a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Quote_InTheHead_HasWhatPreviewsNeed()
    {
        var content = Sites.Content(
            Sites.Small(),
            options => options with { FediverseCreator = "@serge@social.example" }
        );
        var page = await ParseAsync("fr/quote/first/index.html", content);

        Assert.Equal($"{Sites.Root}fr/quote/first/", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal($"{Sites.Root}quote/first/", page.QuerySelector("link[hreflang=en]")!.GetAttribute("href"));
        Assert.Equal(
            "@serge@social.example",
            page.QuerySelector("[name='fediverse:creator']")!.GetAttribute("content")
        );
        Assert.Equal("“The first words.”", page.QuerySelector("[property='og:title']")!.GetAttribute("content"));
        Assert.Contains(
            "\"@type\":\"Quotation\"",
            page.QuerySelector("[type='application/ld+json']")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Quote_WithAContentWarning_IsHiddenUntilAReaderOpensIt()
    {
        var catalogue = Sites.Small(quote => quote with { Warning = "execution" });
        var files = await Sites.RenderAsync(Sites.Content(catalogue));

        var page = new HtmlParser().ParseDocument(files["quote/second/index.html"]);
        Assert.NotNull(page.QuerySelector("details:not([open]) blockquote"));
        Assert.DoesNotContain("second words", page.Title!, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "second words",
            page.QuerySelector("[name=description]")!.GetAttribute("content")!,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("second words", files["quotes/index.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("second words", files["search.json"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(1000)]
    public async Task Line_OfALongQuotation_IsWholeOrShortenedToItsLimit(int length)
    {
        var words = string.Concat(Enumerable.Repeat("word ", length))[..length];
        var files = await Sites.RenderAsync(Sites.Content(Sites.Small(quote => quote with { Text = words })));

        var list = new HtmlParser().ParseDocument(files["quotes/index.html"]);
        var line = list.QuerySelector("a[href='../quote/second/']")!.TextContent;
        Assert.InRange(line.Length, 390, 402);
        Assert.Equal(length > 400, line.EndsWith("…”", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Description_OfALongQuotation_IsShortenedToItsLimit()
    {
        var words = string.Concat(Enumerable.Repeat("word ", 100));
        var files = await Sites.RenderAsync(Sites.Content(Sites.Small(quote => quote with { Text = words })));

        var page = new HtmlParser().ParseDocument(files["quote/second/index.html"]);
        foreach (var selector in new[] { "[name=description]", "[property='og:description']" })
        {
            Assert.InRange(page.QuerySelector(selector)!.GetAttribute("content")!.Length, 190, 200);
        }
    }

    [Theory]
    [InlineData(3, 8, true)]
    [InlineData(3, 9, false)]
    public async Task StartPage_OnAnyDay_HasTheSentenceForDaysWithoutEvents(int month, int day, bool isHidden)
    {
        var content = Sites.Content(Sites.Small(), options => options with { Today = new DateOnly(2026, month, day) });
        var page = await ParseAsync("index.html", content);

        Assert.Equal(isHidden, page.QuerySelector("#today-none")!.HasAttribute("hidden"));
    }

    [Fact]
    public async Task Event_LeadsToItsDayItsYearItsSourcesAndItsQuotation()
    {
        var page = await ParseAsync("event/arrest/index.html");

        var links = page.QuerySelectorAll("article a").Select(link => link.GetAttribute("href"));
        Assert.Equal(["../../source/harbour/", "../../day/03-08/", "../../year/1933/", "../../quote/second/"], links);
    }

    /// <summary>The timeline of a very long period has rows of several years.</summary>
    [Theory]
    [InlineData("timeline/index.html", 1801, 100, "each row a year.", "1801")]
    [InlineData("timeline/index.html", 1801, 101, "each row 10 years.", "1800–1809")]
    [InlineData("timeline/index.html", 1, 1001, "each row 100 years.", "1–99")]
    [InlineData("fr/timeline/index.html", 1801, 100, "chaque ligne une année.", "1801")]
    [InlineData("fr/timeline/index.html", 1801, 101, "chaque ligne 10 années.", "1800–1809")]
    public async Task Timeline_OfAnyLength_StatesHowManyYearsARowHas(
        string path,
        int first,
        int years,
        string explanation,
        string label
    )
    {
        var events = Enumerable
            .Range(first, years)
            .Select(year => Some.Event($"event-{year}", year.ToString("D4", CultureInfo.InvariantCulture)))
            .ToArray();
        var content = Sites.Content(Some.Catalogue(events));
        var file = SiteBuilder.Create(content).First(one => one.Path == path);

        var page = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(await file.RenderAsync()));

        Assert.Contains(explanation, page.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            explanation,
            page.QuerySelector("[name=description]")!.GetAttribute("content")!,
            StringComparison.Ordinal
        );
        Assert.Equal(label, page.QuerySelector(".timeline text")!.TextContent);
    }

    [Theory]
    [InlineData("search/index.html", "found", "found")]
    [InlineData("fr/search/index.html", "résultat", "résultats")]
    public async Task Search_HasTextsForOneResultAndForSeveral(string path, string one, string several)
    {
        var page = await ParseAsync(path);

        var form = page.QuerySelector("#search")!;
        Assert.Equal(one, form.GetAttribute("data-found-one"));
        Assert.Equal(several, form.GetAttribute("data-found-many"));
    }

    [Fact]
    public async Task Gone_ReportsIt_AndIsNotInAnyListOrFeed()
    {
        var content = Sites.Content(
            Sites.Small(),
            options => options with { Gone = new HashSet<string> { "quote/lost/" } }
        );
        var files = await Sites.RenderAsync(content);

        Assert.Contains("was withdrawn or removed", files["quote/lost/index.html"], StringComparison.Ordinal);
        Assert.Contains("noindex", files["fr/quote/lost/index.html"], StringComparison.Ordinal);
        Assert.DoesNotContain(
            files.Keys,
            path =>
                !path.Contains("quote/lost/", StringComparison.Ordinal)
                && files[path].Contains("quote/lost/", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Gone_InOneLanguage_LinksToTheOther()
    {
        var content = Sites.Content(
            Sites.Small(),
            options => options with { Gone = new HashSet<string> { "quote/lost/" } }
        );
        var page = await ParseAsync("quote/lost/index.html", content);

        Assert.Equal("../../fr/quote/lost/", page.QuerySelector(".language a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Sitemap_HasEveryPageThatSearchEnginesMayList()
    {
        var content = Sites.Content(
            Sites.Small(),
            options => options with { Gone = new HashSet<string> { "quote/lost/" } }
        );
        var files = await Sites.RenderAsync(content);

        var listed = XDocument.Parse(files["sitemap.xml"]).Descendants().Where(one => one.Name.LocalName == "loc");
        var pages = files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal));
        var indexed = pages.Where(page => !page.Value.Contains("noindex", StringComparison.Ordinal));
        var addresses = indexed.Select(page => Sites.Root + page.Key[..^"index.html".Length]);
        Assert.Equal(
            addresses.Order(StringComparer.Ordinal),
            listed.Select(one => one.Value).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Gone_ThatIsServedAgain_HasItsPage()
    {
        var content = Sites.Content(
            Sites.Small(),
            options => options with { Gone = new HashSet<string> { "quote/first/" } }
        );

        Assert.Contains(
            "The first words.",
            (await Sites.RenderAsync(content))["quote/first/index.html"],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("Upper")]
    [InlineData("a/b")]
    [InlineData("")]
    public void Content_AnIdThatIsNoFolderName_IsRefused(string id)
    {
        Assert.Throws<ArgumentException>(() => Sites.Content(Some.Catalogue(Some.Quote(id))));
    }

    [Fact]
    public async Task EveryLink_LeadsToAFile()
    {
        var files = await Sites.RenderSmallAsync();

        var broken = await SiteCheck.FindBrokenLinksAsync(
            files.Keys.ToHashSet(),
            path => Task.FromResult(Encoding.UTF8.GetBytes(files[path]))
        );

        Assert.Empty(broken);
    }

    [Fact]
    public async Task FindBrokenLinks_ALinkToNothing_NamesPageAndLink()
    {
        const string Html = "<a href=\"../b/\">b</a><a href=\"c/\">c</a><a href=\"https://elsewhere.example/\">d</a>";

        var broken = await SiteCheck.FindBrokenLinksAsync(
            new HashSet<string> { "a/index.html", "a/c/index.html" },
            _ => Task.FromResult(Encoding.UTF8.GetBytes(Html))
        );

        Assert.Equal(
            [
                "a/c/index.html: broken link ../b/.",
                "a/c/index.html: broken link c/.",
                "a/index.html: broken link ../b/.",
            ],
            broken
        );
    }

    private static Task<AngleSharp.Html.Dom.IHtmlDocument> ParseAsync(string path) =>
        ParseAsync(path, Sites.Content(Sites.Small()));

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> ParseAsync(string path, SiteContent content)
    {
        var files = await Sites.RenderAsync(content);
        return new HtmlParser().ParseDocument(files[path]);
    }

    private static SiteOptions AddPicture(SiteOptions options)
    {
        SitePicture picture = new(1200, 675, "Its words.", () => Task.FromResult("PNG"u8.ToArray()));
        return options with
        {
            Pictures = new Dictionary<string, SitePicture>(StringComparer.Ordinal) { ["fr/quote/first/"] = picture },
        };
    }
}
