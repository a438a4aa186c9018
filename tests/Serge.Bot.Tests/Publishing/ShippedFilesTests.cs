using System.Runtime.CompilerServices;

namespace Serge.Bot.Tests.Publishing;

/// <summary>The quote files of this repository, as posts.</summary>
public sealed class ShippedFilesTests
{
    private readonly QuoteCatalogue _catalogue = LiveCatalogue.Open(FindQuotes()).Current;

    [Fact]
    public void EveryDayExactEvent_IsPostedOnSomeDayWithinFiveHundredCharacters()
    {
        MastodonRenderer mastodon = new(new MastodonPostSettings(), new InstanceLimits(), () => _catalogue.Author);

        Assert.Equal(500, mastodon.Measure(new Payload { Text = "" }).Limit);
        Assert.Empty(mastodon.FindNeverPosted(_catalogue));
        Assert.Empty(new DiscordRenderer().FindNeverPosted(_catalogue));
    }

    [Fact]
    public void EveryQuotation_FitsIntoFiveHundredCharacters()
    {
        MastodonRenderer mastodon = new(new MastodonPostSettings(), new InstanceLimits(), () => _catalogue.Author);

        Assert.Empty(mastodon.FindTooLong(_catalogue));
    }

    private static string FindQuotes([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../quotes"));
}
