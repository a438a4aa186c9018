namespace Serge.Bot.Publishing;

/// <summary>Renders posts of a platform without credentials, so that a plan can show them.
/// It publishes nothing.</summary>
internal sealed class PreviewTarget(PostRenderer renderer, DailyLimit limit) : IPublishTarget
{
    public string Platform => renderer.Platform;

    public Capabilities Capabilities => throw new NotSupportedException();

    public DailyLimit DailyLimit => limit;

    public TimeSpan HistoryWindow => DestinationHistory.LongestDay;

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IReadOnlyList<Quote> GetPool(QuoteCatalogue catalogue, Destination destination) =>
        [.. catalogue.Quotes.Where(quote => renderer.Render(quote) is not null)];

    public Payload? Render(Quote quote, Destination destination) => renderer.Render(quote);

    public RenderedEvents? Render(IReadOnlyList<Event> events, Destination destination) => renderer.Render(events);

    public Payload Complete(
        Payload payload,
        Schedule schedule,
        DateTimeOffset occurrence,
        DestinationHistory history
    ) => payload;

    public Task<SendOutcome> SendAsync(Post post, SendDeadline deadline, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<LookupResult> FindPublishedAsync(Post post, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<SendOutcome> EditAsync(Post post, string remoteId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<SendOutcome> DeleteAsync(
        Destination destination,
        string remoteId,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    /// <summary>The targets of both platforms: the worker's, and previews of those without credentials.</summary>
    public static PublishTargets AddMissing(PublishTargets targets, PostRenderers renderers)
    {
        List<IPublishTarget> all = [.. targets.All];
        if (!targets.IsEnabled(Destinations.Mastodon))
        {
            DailyLimit limit = new(MastodonSettings.DefaultPostsPerDay, "Mastodon:PostsPerDay");
            all.Add(new PreviewTarget(renderers.Get(Destinations.Mastodon), limit));
        }

        var anyChannel = Destinations.OfChannel(new ChannelId(1));
        if (!targets.IsEnabled(anyChannel))
        {
            DailyLimit limit = new(DiscordSettings.DefaultPostsPerDay, "Discord:PostsPerDay");
            all.Add(new PreviewTarget(renderers.Get(anyChannel), limit));
        }

        return new PublishTargets(all);
    }
}
