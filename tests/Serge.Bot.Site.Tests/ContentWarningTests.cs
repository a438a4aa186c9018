using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Html.Parser;

namespace Serge.Bot.Site.Tests;

/// <summary>The words of an entry with a content warning are shown only to readers who open them; see "Content
/// warnings" in <c>docs/site.md</c>.</summary>
public sealed class ContentWarningTests
{
    private const string QuoteWords = "The second words.";
    private const string EventWords = "He was arrested.";
    private const string FirstEvent = "He was born.";
    private static readonly string[] Hidden = [QuoteWords, EventWords, FirstEvent];
    private static readonly DateOnly DayOfTheArrest = new(2026, 3, 8);

    private static readonly Lazy<Task<SortedDictionary<string, string>>> Rendered = new(() => RenderAsync());

    [Fact]
    public async Task EveryPage_HasTheWordsOnlyInsideDetails()
    {
        var files = await Rendered.Value;

        HtmlParser parser = new();
        foreach (var (path, html) in files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)))
        {
            var page = parser.ParseDocument(html);
            foreach (var details in page.QuerySelectorAll("details"))
            {
                details.Remove();
            }

            var open = page.DocumentElement.OuterHtml;
            Assert.All(Hidden, words => Assert.False(open.Contains(words), $"{path} shows: {words}"));
        }
    }

    [Theory]
    [InlineData("quote/second/index.html", QuoteWords)]
    [InlineData("event/arrest/index.html", EventWords)]
    [InlineData("event/arrest/index.html", QuoteWords)]
    [InlineData("day/03-08/index.html", EventWords)]
    [InlineData("index.html", QuoteWords)]
    [InlineData("fr/index.html", EventWords)]
    public async Task APage_HasTheWordsInsideClosedDetailsWithTheWarning(string path, string words)
    {
        var files = await Rendered.Value;

        var page = new HtmlParser().ParseDocument(files[path]);
        var details = page.QuerySelectorAll("details:not([open])").Where(one => one.TextContent.Contains(words));
        Assert.All(details, one => Assert.Contains("violence", one.QuerySelector("summary")!.TextContent));
        Assert.NotEmpty(details);
    }

    [Fact]
    public async Task ToCiteIt_IsCompleteInsideDetails()
    {
        var files = await Rendered.Value;

        var page = new HtmlParser().ParseDocument(files["quote/second/index.html"]);
        Assert.Equal(
            $"“{QuoteWords}” — Victor Serge, {Sites.Root}quote/second/",
            page.QuerySelector(".cite details > :not(summary)")!.TextContent
        );
    }

    [Fact]
    public async Task StructuredData_HasTheWarningInsteadOfTheWords()
    {
        var files = await Rendered.Value;

        var page = new HtmlParser().ParseDocument(files["quote/second/index.html"]);
        using var data = JsonDocument.Parse(page.QuerySelector("[type='application/ld+json']")!.TextContent);
        Assert.False(data.RootElement.TryGetProperty("text", out _));
        Assert.Equal("Content warning: violence", data.RootElement.GetProperty("description").GetString());
    }

    [Fact]
    public async Task FilesForPrograms_HaveTextAndWarning()
    {
        var files = await Rendered.Value;

        string[] paths = ["quotes.json", "events.json", "today.json"];
        foreach (var path in paths)
        {
            using var json = JsonDocument.Parse(files[path]);
            var entries = FindObjects(json.RootElement).Where(one => one.TryGetProperty("text", out _)).ToList();
            Assert.Contains(entries, one => Hidden.Contains(one.GetProperty("text").GetString()));
            Assert.All(entries, one => Assert.Equal("violence", one.GetProperty("warning").GetString()));
        }
    }

    [Theory]
    [InlineData("search.json")]
    [InlineData("events.ics")]
    public async Task FilesWithoutAnythingToOpen_HaveTheWarningInsteadOfTheWords(string path)
    {
        var files = await Rendered.Value;

        Assert.Contains("Content warning: violence", files[path], StringComparison.Ordinal);
        Assert.All(Hidden, words => Assert.DoesNotContain(words, files[path], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("first", "Content warning: violence", "“The first words.”")]
    [InlineData("arrest", "8 March 1933: Content warning: violence", EventWords)]
    [InlineData("birth", "30 December 1890: Content warning: violence", FirstEvent)]
    public async Task Feeds_HaveTheWarningAsTitleAndTheWordsInsideDetails(string id, string title, string words)
    {
        SitePost post = new("post", DateTimeOffset.UnixEpoch, [id]);
        var files = await RenderAsync(options => options with { Posts = [post] });

        var atom = XDocument.Parse(files["feed.xml"]).Descendants().Single(one => one.Name.LocalName == "entry");
        var content = atom.Elements().Single(one => one.Name.LocalName == "content");
        Assert.Equal(title, atom.Elements().Single(one => one.Name.LocalName == "title").Value);
        Assert.Equal("html", content.Attribute("type")?.Value);
        AssertHidden(words, content.Value);
        using var json = JsonDocument.Parse(files["feed.json"]);
        var item = json.RootElement.GetProperty("items")[0];
        Assert.Equal(title, item.GetProperty("title").GetString());
        AssertHidden(words, item.GetProperty("content_html").GetString()!);
    }

    [Fact]
    public async Task Feeds_WithoutAWarning_ShowTheWords()
    {
        SitePost post = new("post", DateTimeOffset.UnixEpoch, ["second"]);
        var content = Sites.Content(Sites.Small(), options => options with { Posts = [post] });
        var files = await Sites.RenderAsync(content);

        using var json = JsonDocument.Parse(files["feed.json"]);
        var html = json.RootElement.GetProperty("items")[0].GetProperty("content_html").GetString()!;
        var entry = new HtmlParser().ParseDocument(html);
        Assert.Null(entry.QuerySelector("details"));
        Assert.Equal($"“{QuoteWords}”", entry.QuerySelector("blockquote")!.TextContent);
        Assert.Equal("— Victor Serge", entry.QuerySelector("figcaption")!.TextContent);
    }

    private static void AssertHidden(string words, string html)
    {
        var entry = new HtmlParser().ParseDocument(html);
        var details = entry.QuerySelector("details:not([open])")!;
        Assert.Equal("Content warning: violence (show the text)", details.QuerySelector("summary")!.TextContent);
        Assert.Contains(words, details.TextContent, StringComparison.Ordinal);
        details.Remove();
        Assert.DoesNotContain(words, entry.Body!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>A site in which every entry has a warning, on the day of an event with a quotation.</summary>
    private static async Task<SortedDictionary<string, string>> RenderAsync(
        Func<SiteOptions, SiteOptions>? change = null
    )
    {
        var small = Sites.Small();
        QuoteCatalogue catalogue = new(
            small.Author,
            small.Quotes.Select(quote => quote with { Warning = "violence" }),
            small.Events.Select(known => known with { Warning = "violence" }),
            small.Sources
        );
        return await Sites.RenderAsync(
            Sites.Content(
                catalogue,
                options =>
                {
                    var today = options with { Today = DayOfTheArrest };
                    return change is null ? today : change(today);
                }
            )
        );
    }

    private static IEnumerable<JsonElement> FindObjects(JsonElement json)
    {
        return json.ValueKind switch
        {
            JsonValueKind.Array => json.EnumerateArray().SelectMany(FindObjects),
            JsonValueKind.Object => json.EnumerateObject().SelectMany(one => FindObjects(one.Value)).Prepend(json),
            _ => [],
        };
    }
}
