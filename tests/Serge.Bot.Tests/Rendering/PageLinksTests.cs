namespace Serge.Bot.Tests.Rendering;

/// <summary>Where a quotation links to.</summary>
public sealed class PageLinksTests
{
    private static readonly Uri Essay = new("https://essays.example/a");
    private static readonly Uri Work = new("https://works.example/b");

    /// <summary>Each row: whether there is a site, whether essay and work have an address, and the link.</summary>
    [Theory]
    [InlineData(true, true, true, "https://site.example/quote/within-us/")]
    [InlineData(false, true, true, "https://essays.example/a")]
    [InlineData(false, false, true, "https://works.example/b")]
    [InlineData(false, false, false, null)]
    public void Find_OfAQuotation_IsItsPageOrItsSource(bool hasSite, bool hasEssay, bool hasWork, string? link)
    {
        PageLinks links = new(hasSite ? new Uri("https://site.example/") : null);
        var quote = Some.Quote("Words.", "within-us") with
        {
            Via = Some.Cunningham with { Url = hasEssay ? Essay : null },
            Work = Some.Memoirs with { Url = hasWork ? Work : null },
        };

        Assert.Equal(link, links.Find(quote)?.AbsoluteUri);
    }
}
