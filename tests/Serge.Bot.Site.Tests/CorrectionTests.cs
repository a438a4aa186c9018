namespace Serge.Bot.Site.Tests;

/// <summary>A corrected word changes only the files that contain it.</summary>
public sealed class CorrectionTests
{
    private static readonly string[] DataOfQuotes = ["edition.json", "fr/search.json", "quotes.json", "search.json"];

    [Fact]
    public async Task ACorrectedQuotation_ChangesItsFilesOnly()
    {
        var changed = await FindChangesAsync(quote => quote with { Text = "The corrected words." });

        // The page of the quotation, the event with it, and the lists that show it.
        string[] pages =
        [
            "event/arrest/index.html",
            "quote/second/index.html",
            "quotes/index.html",
            "source/harbour/index.html",
            "topic/power/index.html",
            "topic/truth/index.html",
        ];
        Assert.Equal(Sort([.. DataOfQuotes, .. InBothLanguages(pages)]), Sort(WithoutChoices(changed)));
    }

    [Fact]
    public async Task ACorrectedNote_ChangesThePageAndTheDataOnly()
    {
        var changed = await FindChangesAsync(quote => quote with { Note = "Who says it is not certain." });

        string[] expected = ["edition.json", "quotes.json", .. InBothLanguages(["quote/second/index.html"])];
        Assert.Equal(Sort(expected), Sort(WithoutChoices(changed)));
    }

    [Fact]
    public async Task AnotherDay_ChangesTheStartPageAndWhatFollowsTheDayOnly()
    {
        var before = await Sites.RenderSmallAsync();
        var after = await Sites.RenderAsync(
            Sites.Content(Sites.Small(), options => options with { Today = options.Today.AddDays(1) })
        );

        var changed = before.Keys.Where(path => before[path] != after[path]);
        Assert.Equal(["feed.json", "feed.xml", "fr/index.html", "index.html", "today.json"], changed);
    }

    private static async Task<List<string>> FindChangesAsync(Func<Quote, Quote> change)
    {
        var before = await Sites.RenderSmallAsync();
        var after = await Sites.RenderAsync(Sites.Content(Sites.Small(change)));
        Assert.Equal(before.Keys, after.Keys);
        return [.. before.Keys.Where(path => before[path] != after[path])];
    }

    /// <summary>The start page, the feeds and <c>today.json</c> change too while they show the quotation.</summary>
    private static IEnumerable<string> WithoutChoices(IEnumerable<string> paths) =>
        paths.Except(["feed.json", "feed.xml", "fr/index.html", "index.html", "today.json"]);

    private static IEnumerable<string> InBothLanguages(IEnumerable<string> pages) =>
        pages.SelectMany(page => new[] { page, $"fr/{page}" });

    private static IEnumerable<string> Sort(IEnumerable<string> paths) => paths.Order(StringComparer.Ordinal);
}
