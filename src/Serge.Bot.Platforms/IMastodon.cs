namespace Serge.Bot.Platforms;

/// <summary>The interface to a Mastodon account, on Mastodon or another server with its API.</summary>
/// <remarks>Two clients implement it, one of them with Mastonet; each member names the call of Mastonet. Both are
/// compared in <c>docs/platforms.md</c>.</remarks>
public interface IMastodon
{
    /// <summary>What client and server support against duplicate posts. Nothing is assumed before
    /// <see cref="GetInstanceAsync"/> has succeeded.</summary>
    Capabilities Capabilities { get; }

    /// <summary>Publishes a post.</summary>
    /// <remarks>Mastonet: <c>MastodonClient.PublishStatus</c>; its transport adds the key. Cancelled after the first
    /// byte of the post, the outcome is <see cref="SendOutcome.Unknown"/>. A picture is uploaded first; if that fails,
    /// the post is certainly not sent. Mastonet: <c>MastodonClient.UploadMedia</c>.</remarks>
    /// <param name="status">The post.</param>
    /// <param name="key">Equal for all attempts of this post: the header <c>Idempotency-Key</c>, which Mastodon keeps
    /// for one hour and several servers ignore.</param>
    /// <param name="deadline">No attempt, retries included, begins to send the post later. Then the outcome is
    /// <see cref="SendOutcome.Unavailable"/>.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    Task<SendOutcome> SendAsync(
        MastodonStatus status,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    );

    /// <summary>Looks for a post of the account with this text.</summary>
    /// <remarks>Compares normalized texts (<see cref="NormalizedPostText"/>), because the server returns HTML. Where
    /// the server hides posts of this visibility even from their author, or when cancelled, the lookup is inconclusive.
    /// Mastonet: <c>MastodonClient.GetAccountStatuses</c>.</remarks>
    /// <param name="status">The post as it was sent.</param>
    /// <param name="since">Older posts are ignored; on the system clock.</param>
    /// <param name="cancellationToken">Cancels the lookup.</param>
    Task<LookupResult> FindPublishedAsync(
        MastodonStatus status,
        DateTimeOffset since,
        CancellationToken cancellationToken
    );

    /// <summary>Replaces text, content warning, language and picture of a post. The visibility cannot change.</summary>
    /// <remarks>Mastonet: <c>MastodonClient.EditStatus</c>.</remarks>
    Task<SendOutcome> EditAsync(string statusId, MastodonStatus status, CancellationToken cancellationToken);

    /// <summary>Deletes a post. A post that does not exist counts as deleted.</summary>
    /// <remarks>Mastonet: <c>MastodonClient.DeleteStatus</c>.</remarks>
    Task<SendOutcome> DeleteAsync(string statusId, CancellationToken cancellationToken);

    /// <summary>Reads the server and its limits: version 2 of its description, else version 1, else Mastodon's
    /// defaults.</summary>
    /// <remarks>Mastonet: <c>MastodonClient.GetInstanceV2</c>, <c>GetInstance</c>.</remarks>
    Task<Result<MastodonInstance>> GetInstanceAsync(CancellationToken cancellationToken);

    /// <summary>Reads the account that the token belongs to.</summary>
    /// <remarks>Mastonet: <c>MastodonClient.GetCurrentUser</c>.</remarks>
    Task<Result<MastodonAccount>> GetAccountAsync(CancellationToken cancellationToken);

    /// <summary>Reads the hashtags that the account features on its profile, without the number sign.</summary>
    /// <remarks>Source: Mastodon docs, methods/accounts, Get account's featured tags. Mastonet has no call for
    /// it.</remarks>
    Task<Result<IReadOnlyList<string>>> GetFeaturedTagsAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Reads the mentions of the account after a notification, oldest first, at most 200 at once. Needs the
    /// scope <c>read:notifications</c>; without it the result is <see cref="Result{T}.Refused"/>.</summary>
    /// <remarks>The server leaves out accounts that are blocked or limited. Mastonet cannot filter by type; its
    /// transport sends the request itself. Source: Mastodon docs, methods/notifications, Get all
    /// notifications.</remarks>
    /// <param name="afterId">The id of the last notification that was read; empty for all mentions;
    /// <see langword="null"/> reads only the id of the newest one.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    Task<Result<MastodonMentions>> GetMentionsAsync(string? afterId, CancellationToken cancellationToken);

    /// <summary>Tests with requests that change nothing what the token allows besides reading its account.</summary>
    /// <remarks>Mastonet: <c>GetAccountStatuses</c>, and <c>EditStatus</c> of a status that does not exist.</remarks>
    Task<MastodonTokenScopes> GetTokenScopesAsync(CancellationToken cancellationToken);
}

/// <summary>A post.</summary>
public sealed record MastodonStatus
{
    /// <summary>Plain text.</summary>
    public required string Text { get; init; }

    /// <summary>The content warning before the text, if any (<c>spoiler_text</c>).</summary>
    public string? Warning { get; init; }

    /// <summary>The language of the text, ISO 639-1. Default <c>en</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Default <see cref="MastodonVisibility.Unlisted"/>, the convention for bots.</summary>
    public MastodonVisibility Visibility { get; init; } = MastodonVisibility.Unlisted;

    /// <summary>Within <see cref="MastodonInstance.Pictures"/>; <see langword="null"/> for none. An edit without a
    /// picture removes it.</summary>
    public Picture? Picture { get; init; }
}

/// <summary>Who can see a post.</summary>
public enum MastodonVisibility
{
    /// <summary>Everyone, also in public timelines and under hashtags.</summary>
    Public,

    /// <summary>Everyone, but not in public timelines.</summary>
    Unlisted,

    /// <summary>Followers only.</summary>
    Private,

    /// <summary>The mentioned accounts only.</summary>
    Direct,
}

/// <summary>A server and its limits.</summary>
public sealed record MastodonInstance
{
    /// <summary>The server's text, such as <c>4.5.7</c> or <c>2.7.2 (compatible; Pleroma 2.9)</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Default <see cref="MastodonSoftware.Other"/>.</summary>
    public MastodonSoftware Software { get; init; }

    /// <summary>The longest post, in characters as <see cref="MastodonLength"/> counts them. Default 500.</summary>
    /// <remarks>Source: Mastodon docs, entities/V2_Instance, <c>configuration.statuses.max_characters</c>.</remarks>
    public int MaxCharacters { get; init; } = 500;

    /// <summary>The characters that a link counts as, regardless of its length; 0 where a link counts in full. Default
    /// 23.</summary>
    /// <remarks>Source: as above, <c>characters_reserved_per_url</c>.</remarks>
    public int CharactersReservedPerUrl { get; init; } = 23;

    /// <summary>What it accepts as a picture. Default Mastodon's limits.</summary>
    /// <remarks>Source: as above, <c>configuration.media_attachments</c>.</remarks>
    public PictureLimits Pictures { get; init; } = new();
}

/// <summary>The software of a server, as far as the bot makes a difference.</summary>
public enum MastodonSoftware
{
    /// <summary>Unknown software, or the server does not name it.</summary>
    Other,

    /// <summary>Mastodon, or a fork such as glitch-soc.</summary>
    Mastodon,
    GoToSocial,
    Hollo,
    Pleroma,

    /// <summary>A fork of Pleroma.</summary>
    Akkoma,
    Snac,
}

/// <summary>What a token allows; <see langword="null"/> where the server's response does not say.</summary>
/// <param name="ReadStatuses">Scope <c>read:statuses</c>, necessary to look for a post with unknown outcome.</param>
/// <param name="WriteStatuses">Scope <c>write:statuses</c>, necessary to post.</param>
public readonly record struct MastodonTokenScopes(bool? ReadStatuses, bool? WriteStatuses);

/// <summary>The account that a token belongs to.</summary>
/// <param name="Id">The server's id, as text.</param>
/// <param name="Acct">The account name, such as <c>serge</c>.</param>
/// <param name="Url">The profile page.</param>
/// <param name="Bot">Whether the account is marked as automated.</param>
/// <param name="Note">The description and the fields below it, as plain text.</param>
public sealed record MastodonAccount(string Id, string Acct, Uri? Url, bool Bot, string Note)
{
    /// <summary>Who may quote new posts by default: <c>public</c>, <c>followers</c> or <c>nobody</c>;
    /// <see langword="null"/> if the server has no quotes.</summary>
    /// <remarks>Source: Mastodon docs, entities/Account, <c>source.quote_policy</c>, since 4.5.</remarks>
    public string? QuotePolicy { get; init; }
}
