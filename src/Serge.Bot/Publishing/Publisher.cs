namespace Serge.Bot.Publishing;

/// <summary>The two platforms as the delivery sees them: somewhere to send a post, and to look for it.</summary>
/// <param name="discord"><see langword="null"/> when the platform is off.</param>
/// <param name="mastodon"><see langword="null"/> when the platform is off.</param>
/// <param name="exam">Whether the Mastodon account may be posted to; <see langword="null"/>: it may.</param>
/// <param name="connections">Hears how Mastodon answers.</param>
internal sealed class Publisher(
    IDiscord? discord,
    IMastodon? mastodon,
    AccountCheck? exam = null,
    PlatformConnections? connections = null
)
{
    private static readonly Capabilities Off = new(SupportsIdempotency: false, TimeSpan.Zero, SupportsLookup: false);

    /// <summary>Servers' clocks are not ours: a post may carry a time a little before its first byte.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(2);

    /// <summary>Whether the platform of this destination is switched on.</summary>
    public bool IsEnabled(Destination destination) =>
        destination.Channel is null ? mastodon is not null : discord is not null;

    /// <summary>What is known of that platform.</summary>
    public Capabilities Capabilities(Destination destination) =>
        (destination.Channel is null ? mastodon?.Capabilities : discord?.Capabilities) ?? Off;

    /// <summary>Sends a post.</summary>
    public Task<SendOutcome> SendAsync(Post post, CancellationToken cancellationToken) =>
        (post.Destination.Channel, post.Payload) switch
        {
            (_, null) => Task.FromResult<SendOutcome>(
                new SendOutcome.Refused(Refusal.Payload, "There is nothing to send.")
            ),
            ({ } channel, { } payload) when discord is not null => discord.SendAsync(
                channel,
                payload.ToMessage(),
                post.Key,
                cancellationToken
            ),
            (null, _) when exam?.BlockedReason is { } closed => Task.FromResult<SendOutcome>(
                new SendOutcome.Unavailable(closed)
            ),
            (null, { } payload) when mastodon is not null => SendStatusAsync(
                mastodon,
                payload.ToStatus(),
                post.Key,
                cancellationToken
            ),
            _ => Task.FromResult<SendOutcome>(new SendOutcome.Unavailable(IsOff(post.Destination))),
        };

    /// <summary>Looks for a post that may be out.</summary>
    public Task<LookupResult> FindPublishedAsync(Post post, CancellationToken cancellationToken)
    {
        var since = (post.FirstAttemptAt ?? DateTimeOffset.UnixEpoch) - ClockDifference;
        return (post.Destination.Channel, post.Payload) switch
        {
            ({ } channel, { } payload) when discord is not null => discord.FindPublishedAsync(
                channel,
                payload.Text,
                since,
                cancellationToken
            ),
            (null, { } payload) when mastodon is not null => mastodon.FindPublishedAsync(
                payload.ToStatus(),
                since,
                cancellationToken
            ),
            _ => Task.FromResult<LookupResult>(new LookupResult.Inconclusive(IsOff(post.Destination))),
        };
    }

    /// <summary>Makes a copy that is out say what the post says now. Doing it twice does no harm.</summary>
    /// <param name="post">With the new words.</param>
    /// <param name="remoteId">The platform's id of the copy.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<SendOutcome> EditAsync(Post post, string remoteId, CancellationToken cancellationToken) =>
        (post.Destination.Channel, post.Payload) switch
        {
            (_, null) => Task.FromResult<SendOutcome>(
                new SendOutcome.Refused(Refusal.Payload, "There is nothing to say.")
            ),
            ({ } channel, { } payload) when discord is not null => discord.EditAsync(
                channel,
                remoteId,
                payload.ToMessage(),
                cancellationToken
            ),
            (null, { } payload) when mastodon is not null => mastodon.EditAsync(
                remoteId,
                payload.ToStatus(),
                cancellationToken
            ),
            _ => Task.FromResult<SendOutcome>(new SendOutcome.Unavailable(IsOff(post.Destination))),
        };

    /// <summary>Deletes a copy that is out. One that is gone already counts as deleted.</summary>
    public Task<SendOutcome> DeleteAsync(
        Destination destination,
        string remoteId,
        CancellationToken cancellationToken
    ) =>
        destination.Channel switch
        {
            { } channel when discord is not null => discord.DeleteAsync(channel, remoteId, cancellationToken),
            null when mastodon is not null => mastodon.DeleteAsync(remoteId, cancellationToken),
            _ => Task.FromResult<SendOutcome>(new SendOutcome.Unavailable(IsOff(destination))),
        };

    private async Task<SendOutcome> SendStatusAsync(
        IMastodon account,
        MastodonStatus status,
        string key,
        CancellationToken cancellationToken
    )
    {
        var outcome = await account.SendAsync(status, key, cancellationToken);
        if (outcome is SendOutcome.Unavailable or SendOutcome.Unknown)
        {
            connections?.Mastodon.MarkDisconnected();
        }
        else
        {
            connections?.Mastodon.MarkConnected();
        }

        return outcome;
    }

    private static string IsOff(Destination destination) =>
        $"{(destination.Channel is null ? "Mastodon" : "Discord")} is off: it has no credentials.";
}
