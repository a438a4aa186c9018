namespace Serge.Bot.Publishing;

/// <summary>Publishes posts on the Mastodon account.</summary>
internal sealed class MastodonTarget(
    IMastodon mastodon,
    MastodonRenderer renderer,
    MastodonSettings settings,
    InstanceLimits limits,
    PictureSender pictures,
    AccountCheck check,
    PlatformConnections connections
) : IPublishTarget
{
    /// <summary>The longest <see cref="MastodonPostSettings.MinPublicInterval"/>.</summary>
    public static readonly TimeSpan LongestPublicInterval = TimeSpan.FromDays(7);

    public string Platform => renderer.Platform;

    public Capabilities Capabilities => mastodon.Capabilities;

    public DailyLimit DailyLimit { get; } = new(settings.PostsPerDay, "Mastodon:PostsPerDay");

    public TimeSpan HistoryWindow => LongestPublicInterval;

    /// <summary>Posts that are planned before the server answered would be rendered for
    /// Mastodon's default limits.</summary>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) =>
        limits.FirstRefresh.WaitAsync(cancellationToken);

    public IReadOnlyList<Quote> GetPool(QuoteCatalogue catalogue, Destination destination) =>
        renderer.GetPool(catalogue);

    public Payload? Render(Quote quote, Destination destination) => renderer.Render(quote);

    public RenderedDay? Render(DayContent day, Destination destination) => renderer.Render(day);

    /// <summary>Sets the visibility: public only if no other public post is near, because a bot must not fill the
    /// public timelines.</summary>
    public Payload Complete(
        Payload payload,
        Schedule schedule,
        Destination destination,
        DateTimeOffset occurrence,
        DestinationHistory history
    )
    {
        return SetVisibility(settings, payload, schedule, occurrence, history);
    }

    /// <inheritdoc cref="Complete"/>
    public static Payload SetVisibility(
        MastodonPostSettings settings,
        Payload payload,
        Schedule schedule,
        DateTimeOffset occurrence,
        DestinationHistory history
    )
    {
        var visibility = schedule.Visibility ?? settings.Visibility;
        if (visibility == PostVisibility.Public && history.HasPublicPostWithin(settings.MinPublicInterval, occurrence))
        {
            visibility = PostVisibility.Unlisted;
        }

        return payload with
        {
            Visibility = visibility,
        };
    }

    public Task PrepareAsync(Post post, CancellationToken cancellationToken) =>
        pictures.PrepareAsync(post, cancellationToken);

    public async Task<SendOutcome> SendAsync(Post post, SendDeadline deadline, CancellationToken cancellationToken)
    {
        if (check.BlockedReason is { } reason)
        {
            return new SendOutcome.Unavailable(reason);
        }

        var outcome = await pictures.SendAsync(post, limits.Current.Pictures, Send, cancellationToken);
        if (outcome is SendOutcome.Unavailable or SendOutcome.Unknown)
        {
            connections.Mastodon.MarkDisconnected();
        }
        else
        {
            connections.Mastodon.MarkConnected();
        }

        return outcome;

        Task<SendOutcome> Send(Picture? picture)
        {
            var status = GetStatus(post) with { Picture = picture };
            return mastodon.SendAsync(status, post.Key, deadline, cancellationToken);
        }
    }

    public async Task<LookupResult> FindPublishedAsync(Post post, CancellationToken cancellationToken)
    {
        var earliest = MessageTime.GetEarliest(post);
        var result = await mastodon.FindPublishedAsync(GetStatus(post), earliest, cancellationToken);
        if (result is LookupResult.Found or LookupResult.NotFound)
        {
            // Reading can work although a setting must be changed, for example if the token lacks a scope.
            connections.Mastodon.MarkReached();
        }

        return result;
    }

    /// <summary>After a move to another server, that server answers 404 for the posts of the old account. The pages of
    /// an account may be on another host than the API.</summary>
    public async Task<string?> FindObstacleAsync(Post post, CancellationToken cancellationToken)
    {
        if (post.Url is not { } page || page.IdnHost == settings.Address.IdnHost)
        {
            return null;
        }

        var problem = $"it was published at {page}, which is not on the server of Mastodon:Address";
        var read = await mastodon.GetAccountAsync(cancellationToken);
        if (!read.TryGetValue(out var account))
        {
            var reason = SingleLine.EndSentence(read.GetReason());
            return $"{problem}, and the page of the account could not be read: {reason} Try again later.";
        }

        var isElsewhere = account.Url is { } own && own.IdnHost != page.IdnHost;
        return isElsewhere ? $"{problem}. Edit or delete it there yourself." : null;
    }

    public Task<SendOutcome> EditAsync(Post post, string remoteId, CancellationToken cancellationToken)
    {
        return pictures.SendAsync(post, limits.Current.Pictures, Edit, cancellationToken);

        Task<SendOutcome> Edit(Picture? picture)
        {
            var status = GetStatus(post) with { Picture = picture };
            return mastodon.EditAsync(remoteId, status, cancellationToken);
        }
    }

    public Task<SendOutcome> DeleteAsync(
        Destination destination,
        string remoteId,
        CancellationToken cancellationToken
    ) => mastodon.DeleteAsync(remoteId, cancellationToken);

    private static MastodonStatus GetStatus(Post post) =>
        MastodonRenderer.ToStatus(post.Payload ?? new Payload { Text = "" });
}
