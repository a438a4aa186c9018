using System.Text.Json;
using AngleSharp.Html.Parser;

namespace Serge.Bot.Site.Tests;

/// <summary>The files for programs and for the scripts of the site, as <c>docs/site.md</c> describes them.</summary>
public sealed class DataFilesTests
{
    [Fact]
    public async Task Quotes_HaveTheCreditInEachLanguage()
    {
        var first = (await ReadAsync("quotes.json")).GetProperty("quotes")[0];

        Assert.Equal("— Victor Serge", first.GetProperty("credit-en").GetString());
        Assert.Equal("— Victor Serge (fr)", first.GetProperty("credit-fr").GetString());
    }

    [Fact]
    public async Task Events_HaveDateAndCertaintyInEachLanguage()
    {
        var first = (await ReadAsync("events.json")).GetProperty("events")[0];

        Assert.Equal("30 December 1890", first.GetProperty("date-en").GetString());
        Assert.Equal("30 December 1890 (fr)", first.GetProperty("date-fr").GetString());
        Assert.Equal("One source gives this day.", first.GetProperty("certainty-en").GetString());
        Assert.Equal("One source gives this day. (fr)", first.GetProperty("certainty-fr").GetString());
    }

    [Fact]
    public async Task Today_HasTheCreditOfEachDayInEachLanguage()
    {
        var today = await ReadAsync("today.json");

        var days = today.GetProperty("next").EnumerateArray().Prepend(today.GetProperty("today")).ToList();
        Assert.Equal(31, days.Count);
        Assert.All(
            days,
            day => Assert.Equal("— Victor Serge (fr)", day.GetProperty("quote").GetProperty("credit-fr").GetString())
        );
    }

    [Theory]
    [InlineData("search.json", "— Victor Serge", "30 December 1890")]
    [InlineData("fr/search.json", "— Victor Serge (fr)", "30 December 1890 (fr)")]
    public async Task Search_HasTheRemarksOfItsLanguage(string path, string credit, string date)
    {
        var lines = await ReadAsync(path);

        Assert.Equal(["quote/first/", "“The first words.”", credit], ReadTexts(lines[0]));
        Assert.Equal(["event/birth/", "He was born.", date], ReadTexts(lines[2]));
    }

    [Fact]
    public async Task Search_HasTheWholeText()
    {
        var text = string.Join(' ', Enumerable.Range(100, 300));
        var catalogue = Sites.Small(quote => quote with { Text = text });

        var lines = await ReadAsync("search.json", catalogue);

        Assert.Equal($"“{text}”", lines[1][1].GetString());
    }

    [Theory]
    [InlineData("search/index.html", "../search.json")]
    [InlineData("fr/search/index.html", "../../fr/search.json")]
    public async Task SearchPage_LoadsTheIndexOfItsLanguage(string path, string index)
    {
        var files = await Sites.RenderSmallAsync();

        var form = new HtmlParser().ParseDocument(files[path]).QuerySelector("form")!;
        Assert.Equal(index, form.GetAttribute("data-index"));
    }

    private static async Task<JsonElement> ReadAsync(string path, QuoteCatalogue? catalogue = null)
    {
        var files = await Sites.RenderAsync(Sites.Content(catalogue ?? Sites.Small()));
        using var json = JsonDocument.Parse(files[path]);
        return json.RootElement.Clone();
    }

    private static IEnumerable<string?> ReadTexts(JsonElement line) =>
        line.EnumerateArray().Select(text => text.GetString());
}
