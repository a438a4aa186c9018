using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Html.Parser;

namespace Serge.Bot.Site.Tests;

/// <summary>The entries of <c>feed.xml</c> and <c>feed.json</c>.</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task Entry_OfAQuotationWithParagraphs_HasLineBreaks()
    {
        var catalogue = Sites.Small(quote => quote with { Text = "One.\n\nTwo." });
        SitePost post = new("post", DateTimeOffset.UnixEpoch, ["second"]);

        var entries = await ReadAsync(catalogue, options => options with { Posts = [post] });

        HtmlParser parser = new();
        var words = entries.Select(entry => parser.ParseDocument(entry.Html).QuerySelector("blockquote p")!.InnerHtml);
        Assert.Equal(["“One.<br><br>Two.”", "“One.<br><br>Two.”"], words);
    }

    /// <summary>A feed reader shows an entry with another id as a second one, and keeps the first.</summary>
    [Fact]
    public async Task Entry_AfterAPartOfItsPostWasWithdrawn_KeepsItsId()
    {
        var catalogue = Sites.Small();
        HashSet<string> withdrawn = ["birth"];
        SitePost post = new("post", DateTimeOffset.UnixEpoch, ["birth", "arrest"]);

        var before = await ReadAsync(catalogue, options => options with { Posts = [post] });
        var after = await ReadAsync(catalogue.Exclude(withdrawn), options => options with { Posts = [post] });

        Assert.All(before, entry => Assert.Contains("He was born.", entry.Html, StringComparison.Ordinal));
        Assert.All(after, entry => Assert.DoesNotContain("He was born.", entry.Html, StringComparison.Ordinal));
        Assert.Equal(before.Select(entry => entry.Id), after.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Entries_WithoutPosts_HaveDifferentIdsThatDoNotDependOnTheContent()
    {
        DateOnly dayOfTheArrest = new(2026, 3, 8);
        HashSet<string> withdrawn = ["second"];
        var catalogue = Sites.Small();

        var before = await ReadAsync(catalogue, options => options with { Today = dayOfTheArrest });
        var after = await ReadAsync(catalogue.Exclude(withdrawn), options => options with { Today = dayOfTheArrest });

        var ids = before.Select(entry => entry.Id).ToList();
        Assert.Equal(30, ids.Distinct().Count());
        Assert.All(ids, id => Assert.StartsWith(Sites.Root.AbsoluteUri, id, StringComparison.Ordinal));
        Assert.Equal(ids, after.Select(entry => entry.Id));
    }

    /// <summary>The entries of <c>feed.xml</c>, then those of <c>feed.json</c>.</summary>
    private static async Task<IReadOnlyList<(string Id, string Html)>> ReadAsync(
        QuoteCatalogue catalogue,
        Func<SiteOptions, SiteOptions> change
    )
    {
        var files = await Sites.RenderAsync(Sites.Content(catalogue, change));
        var entries = XDocument.Parse(files["feed.xml"]).Descendants().Where(one => one.Name.LocalName == "entry");
        using var json = JsonDocument.Parse(files["feed.json"]);
        var items = json.RootElement.GetProperty("items").EnumerateArray();
        return [.. entries.Select(ReadEntry), .. items.Select(ReadItem)];
    }

    private static (string Id, string Html) ReadEntry(XElement entry)
    {
        var texts = entry.Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);
        return (texts["id"], texts["content"]);
    }

    private static (string Id, string Html) ReadItem(JsonElement item)
    {
        return (item.GetProperty("id").GetString()!, item.GetProperty("content_html").GetString()!);
    }
}
