namespace Serge.Bot.Platforms;

/// <summary>The seam to a Mastodon account, on Mastodon itself or a server that speaks its API.</summary>
/// <remarks>Each member names the Mastonet call that would serve it. The table of both is in <c>docs/platforms.md</c>.</remarks>
public interface IMastodon
{
    /// <summary>What client and server can do about posts sent twice. Cautious until the instance has been read.</summary>
    Capabilities Capabilities { get; }

    /// <summary>Publishes a post.</summary>
    /// <remarks>Mastonet: <c>MastodonClient.PublishStatus</c>; the key is added beneath it.</remarks>
    /// <param name="status">What to say.</param>
    /// <param name="key">The same for every try of this post: the header <c>Idempotency-Key</c>, which Mastodon keeps for one hour and
    /// several servers ignore.</param>
    /// <param name="cancellationToken">Gives up waiting. Cancelled after the first byte the outcome is <see cref="SendOutcome.Unknown"/>.</param>
    Task<SendOutcome> SendAsync(MastodonStatus status, string key, CancellationToken cancellationToken);

    /// <summary>Looks whether a post of ours with this text is there.</summary>
    /// <remarks>Texts are compared folded (<see cref="NormalizedPostText"/>), for the server answers in HTML. Where the server hides posts
    /// of this visibility even from ourselves, the look cannot tell. Mastonet: <c>MastodonClient.GetAccountStatuses</c>.</remarks>
    /// <param name="status">As it was sent.</param>
    /// <param name="since">Older posts are not ours to find; on the wire's clock.</param>
    /// <param name="cancellationToken">Gives up; the look then cannot tell.</param>
    Task<LookupResult> FindPublishedAsync(
        MastodonStatus status,
        DateTimeOffset since,
        CancellationToken cancellationToken
    );

    /// <summary>Replaces text, content warning and language of a post of ours. Visibility cannot change.</summary>
    /// <remarks>Mastonet: <c>MastodonClient.EditStatus</c>.</remarks>
    Task<SendOutcome> EditAsync(string statusId, MastodonStatus status, CancellationToken cancellationToken);

    /// <summary>Deletes a post of ours. One that is gone already counts as deleted.</summary>
    /// <remarks>Mastonet: <c>MastodonClient.DeleteStatus</c>.</remarks>
    Task<SendOutcome> DeleteAsync(string statusId, CancellationToken cancellationToken);

    /// <summary>The server and its limits: version 2 of its description, else version 1, else Mastodon's defaults.</summary>
    /// <remarks>Mastonet: <c>MastodonClient.GetInstanceV2</c>, <c>GetInstance</c>.</remarks>
    Task<Result<MastodonInstance>> GetInstanceAsync(CancellationToken cancellationToken);

    /// <summary>The account behind the token.</summary>
    /// <remarks>Mastonet: <c>MastodonClient.GetCurrentUser</c>.</remarks>
    Task<Result<MastodonAccount>> GetAccountAsync(CancellationToken cancellationToken);

    /// <summary>What the token may do besides reading its own account. Tried on the server, and changes nothing there.</summary>
    /// <remarks>Mastonet: <c>GetAccountStatuses</c>, and <c>EditStatus</c> of a status that is not there.</remarks>
    Task<MastodonAccess> GetTokenScopesAsync(CancellationToken cancellationToken);
}

/// <summary>A post.</summary>
public sealed record MastodonStatus
{
    /// <summary>Plain text.</summary>
    public required string Text { get; init; }

    /// <summary>The content warning in front of the text, if any (<c>spoiler_text</c>).</summary>
    public string? Warning { get; init; }

    /// <summary>The language of the text, ISO 639-1. Default <c>en</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Who sees it where. Default <see cref="MastodonVisibility.Unlisted"/>, the manners of a bot.</summary>
    public MastodonVisibility Visibility { get; init; } = MastodonVisibility.Unlisted;
}

/// <summary>Who sees a post where.</summary>
public enum MastodonVisibility
{
    /// <summary>Everybody, also in public timelines and under hashtags.</summary>
    Public,

    /// <summary>Everybody who follows or visits, but not in public timelines.</summary>
    Unlisted,

    /// <summary>Followers only.</summary>
    Private,

    /// <summary>The accounts mentioned in it only.</summary>
    Direct,
}

/// <summary>A server and its limits.</summary>
public sealed record MastodonInstance
{
    /// <summary>Its version as it prints it, such as <c>4.5.7</c> or <c>2.7.2 (compatible; Pleroma 2.9)</c>.</summary>
    public required string Version { get; init; }

    /// <summary>What it runs on. Default <see cref="MastodonSoftware.Other"/>.</summary>
    public MastodonSoftware Software { get; init; }

    /// <summary>The longest post, in characters as <see cref="MastodonLength"/> counts them. Default 500.</summary>
    /// <remarks>Source: Mastodon docs, entities/V2_Instance, <c>configuration.statuses.max_characters</c>.</remarks>
    public int MaxCharacters { get; init; } = 500;

    /// <summary>What a link counts as, however long it is; 0 where links have no such discount. Default 23.</summary>
    /// <remarks>Source: as above, <c>characters_reserved_per_url</c>.</remarks>
    public int CharactersReservedPerUrl { get; init; } = 23;
}

/// <summary>What a server runs on, as far as it makes a difference to us.</summary>
public enum MastodonSoftware
{
    /// <summary>Nothing that we know, or it does not say.</summary>
    Other,

    /// <summary>Mastodon, or a variety of it such as glitch-soc.</summary>
    Mastodon,

    /// <summary>GoToSocial.</summary>
    GoToSocial,

    /// <summary>Pleroma.</summary>
    Pleroma,

    /// <summary>Akkoma, which comes of Pleroma.</summary>
    Akkoma,

    /// <summary>snac.</summary>
    Snac,
}

/// <summary>What a token may do; <see langword="null"/> where the server's answer does not tell.</summary>
/// <param name="ReadStatuses">Whether it may read its own posts (scope <c>read:statuses</c>). Without it nobody can look for a post of unknown fate.</param>
/// <param name="WriteStatuses">Whether it may post (scope <c>write:statuses</c>).</param>
public readonly record struct MastodonAccess(bool? ReadStatuses, bool? WriteStatuses);

/// <summary>The account behind a token.</summary>
/// <param name="Id">The server's id, as text.</param>
/// <param name="Acct">Its name, such as <c>serge</c>.</param>
/// <param name="Url">Its page.</param>
/// <param name="Bot">Whether it is marked as automated.</param>
/// <param name="Note">Its description and the fields below it, as plain text.</param>
public sealed record MastodonAccount(string Id, string Acct, Uri? Url, bool Bot, string Note);
