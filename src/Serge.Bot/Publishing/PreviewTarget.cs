namespace Serge.Bot.Publishing;

/// <summary>Renders posts of a platform without credentials, so that a plan can show them.
/// It publishes nothing.</summary>
/// <param name="renderer">The platform's.</param>
/// <param name="limit">Posts per day.</param>
/// <param name="mastodon">Decides the visibility; <see langword="null"/> for a platform without visibilities.</param>
internal sealed class PreviewTarget(PostRenderer renderer, DailyLimit limit, MastodonPostSettings? mastodon)
    : IPublishTarget
{
    public string Platform => renderer.Platform;

    public Capabilities Capabilities => throw new NotSupportedException();

    public DailyLimit DailyLimit => limit;

    public TimeSpan HistoryWindow { get; } =
        mastodon is null ? DestinationHistory.LongestDay : MastodonTarget.LongestPublicInterval;

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IReadOnlyList<Quote> GetPool(QuoteCatalogue catalogue, Destination destination) =>
        renderer.GetPool(catalogue);

    public Payload? Render(Quote quote, Destination destination) => renderer.Render(quote);

    public RenderedDay? Render(DayContent day, Destination destination) => renderer.Render(day);

    public Payload Complete(
        Payload payload,
        Schedule schedule,
        Destination destination,
        DateTimeOffset occurrence,
        DestinationHistory history
    )
    {
        if (mastodon is null)
        {
            return payload;
        }

        return MastodonTarget.SetVisibility(mastodon, payload, schedule, occurrence, history);
    }

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
    public static PublishTargets AddMissing(PublishTargets targets, PostRenderers renderers, BotSettings settings)
    {
        List<IPublishTarget> all = [.. targets.All];
        if (!targets.IsEnabled(Destinations.Mastodon))
        {
            var posts = settings.MastodonPosts;
            DailyLimit limit = new(posts.PostsPerDay, "Mastodon:PostsPerDay");
            var renderer = renderers.Get(Destinations.Mastodon);
            all.Add(new PreviewTarget(renderer, limit, posts));
        }

        var anyChannel = Destinations.OfChannel(new ChannelId(1));
        if (!targets.IsEnabled(anyChannel))
        {
            DailyLimit limit = new(settings.DiscordPostsPerDay, "Discord:PostsPerDay");
            var renderer = renderers.Get(anyChannel);
            all.Add(new PreviewTarget(renderer, limit, mastodon: null));
        }

        return new PublishTargets(all);
    }
}
