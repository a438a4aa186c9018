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

    /// <summary>Discord shows all entries of a day; Mastodon shows those that fit.</summary>
    [Fact]
    public void AtLeastTwentyDays_HaveTheirQuotation_AndMostFitIntoFiveHundredCharacters()
    {
        MastodonRenderer mastodon = new(new MastodonPostSettings(), new InstanceLimits(), () => _catalogue.Author);
        var pairs = _catalogue.Events.Where(static e => e is { Quote: not null, IsPosted: true }).ToArray();

        Assert.InRange(pairs.Length, 20, 366);
        Assert.Equal(pairs.Length, pairs.Count(e => HasQuotation(e, new DiscordRenderer())));
        Assert.InRange(pairs.Count(e => HasQuotation(e, mastodon)), 18, pairs.Length);
    }

    private bool HasQuotation(Event e, PostRenderer renderer)
    {
        var day = e.Date.Day!.Value;
        DateOnly next = new(2027, day.Month, day.Day);
        return renderer.Render(_catalogue.GetDayContent(next))?.Quote is not null;
    }

    private static string FindQuotes([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../quotes"));
}
