namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The differences of other server software, and of other versions, from Mastodon 4.5, as far as a bot notices
/// them. Select one with <see cref="MastodonOptions.UseProfile"/>.</summary>
/// <remarks>Sources: the servers' own documentation and code, as named below, and recorded responses of snac 2.75 and
/// GoToSocial 0.20.</remarks>
public sealed record ServerProfile
{
    /// <summary>The version that the server reports.</summary>
    public required string Version { get; init; }

    /// <summary><c>api_versions.mastodon</c>; <see langword="null"/> for servers without it.</summary>
    public int? ApiVersion { get; init; }

    /// <summary>The address of the source code.</summary>
    public string SourceUrl { get; init; } = "https://github.com/mastodon/mastodon";

    /// <summary>The longest status, in characters.</summary>
    public int MaxCharacters { get; init; } = 500;

    /// <summary>The number of characters that a link counts; 0 for its full length.</summary>
    public int CharactersReservedPerUrl { get; init; } = 23;

    /// <summary>Whether the server has <c>GET /api/v2/instance</c>.</summary>
    public bool HasInstanceVersion2 { get; init; } = true;

    /// <summary>Whether <c>GET /api/v1/instance</c> has a <c>configuration</c>, not only
    /// <c>max_toot_chars</c>.</summary>
    public bool HasConfiguration { get; init; } = true;

    /// <summary>Whether a repeated idempotency key returns the first status.</summary>
    public bool SupportsIdempotency { get; init; } = true;

    /// <summary>Whether a repeated idempotency key fails with 500 although the first status exists.</summary>
    public bool ReplayFails { get; init; }

    /// <summary>Whether the server has the visibility unlisted; otherwise such a status is public.</summary>
    public bool HasUnlisted { get; init; } = true;

    /// <summary>Whether the API can delete statuses.</summary>
    public bool SupportsDelete { get; init; } = true;

    /// <summary>Whether the list of an account's statuses has pages, and contains the owner's statuses that are not
    /// public.</summary>
    public bool SupportsPaging { get; init; } = true;

    /// <summary>Whether tokens have scopes.</summary>
    public bool HasScopes { get; init; } = true;

    /// <summary>The format of the header <c>X-RateLimit-Reset</c>.</summary>
    public RateLimitReset RateLimitReset { get; init; }

    /// <summary>The HTTP status for an invalid status.</summary>
    public int InvalidStatus { get; init; } = 422;

    /// <summary>The HTTP status for an unknown token; snac responds with 422 and no body.</summary>
    public int InvalidTokenStatus { get; init; } = 401;

    /// <summary>Whether a request without <c>User-Agent</c> fails with 418.</summary>
    public bool RequiresUserAgent { get; init; }

    /// <summary>Mastodon 4.2: no <c>api_versions</c>.</summary>
    public static ServerProfile Mastodon42 { get; } = new() { Version = "4.2.10" };

    /// <summary>Mastodon 4.3: the first with <c>api_versions</c>.</summary>
    public static ServerProfile Mastodon43 { get; } = new() { Version = "4.3.8", ApiVersion = 2 };

    public static ServerProfile Mastodon44 { get; } = new() { Version = "4.4.8", ApiVersion = 6 };

    public static ServerProfile Mastodon45 { get; } = new() { Version = "4.5.7", ApiVersion = 7 };

    /// <summary>Mastodon 4.6: a repeated idempotency key fails with 500 (mastodon#40399).</summary>
    public static ServerProfile Mastodon46 { get; } =
        new()
        {
            Version = "4.6.4",
            ApiVersion = 11,
            ReplayFails = true,
        };

    /// <summary>Mastodon 4.7, nightly build; the API version is an assumption.</summary>
    public static ServerProfile Mastodon47 { get; } = new() { Version = "4.7.0-nightly.2026-09-01", ApiVersion = 11 };

    /// <summary>GoToSocial 0.20: recorded. Rate limits per address, with resets in Unix seconds
    /// (docs/api/ratelimiting.md).</summary>
    public static ServerProfile GoToSocial { get; } =
        new()
        {
            Version = "0.20.1+git-3a1c5b8",
            SourceUrl = "https://codeberg.org/superseriousbusiness/gotosocial",
            MaxCharacters = 5000,
            CharactersReservedPerUrl = 25,
            SupportsIdempotency = false,
            RateLimitReset = RateLimitReset.UnixSeconds,
            InvalidStatus = 400,
            RequiresUserAgent = true,
        };

    /// <summary>Hollo 0.10: keys for one hour, its own version number (src/api/v2/instance.ts,
    /// src/api/v1/statuses.ts).</summary>
    public static ServerProfile Hollo { get; } =
        new()
        {
            Version = "0.10.2",
            ApiVersion = 2,
            SourceUrl = "https://github.com/fedify-dev/hollo",
            MaxCharacters = 10_000,
            CharactersReservedPerUrl = 256,
            RateLimitReset = RateLimitReset.None,
        };

    /// <summary>Pleroma: no rate limit headers; links count in full (differences_in_mastoapi_responses.md).</summary>
    public static ServerProfile Pleroma { get; } =
        new()
        {
            Version = "2.7.2 (compatible; Pleroma 2.9.1)",
            SourceUrl = "https://git.pleroma.social/pleroma/pleroma",
            MaxCharacters = 5000,
            CharactersReservedPerUrl = 0,
            RateLimitReset = RateLimitReset.None,
        };

    /// <summary>An old Akkoma: only <c>GET /api/v1/instance</c>, with <c>max_toot_chars</c> only.</summary>
    public static ServerProfile Akkoma { get; } =
        Pleroma with
        {
            Version = "2.7.2 (compatible; Akkoma 3.5.0)",
            SourceUrl = "https://akkoma.dev/AkkomaGang/akkoma",
            HasInstanceVersion2 = false,
            HasConfiguration = false,
        };

    /// <summary>snac 2.75: recorded.</summary>
    public static ServerProfile Snac { get; } =
        new()
        {
            Version = "4.0.0 (not true; really snac/2.75)",
            SourceUrl = "https://comam.es/what-is-snac",
            MaxCharacters = 100_000,
            CharactersReservedPerUrl = 32,
            HasInstanceVersion2 = false,
            SupportsIdempotency = false,
            HasUnlisted = false,
            SupportsDelete = false,
            SupportsPaging = false,
            HasScopes = false,
            RateLimitReset = RateLimitReset.None,
            InvalidTokenStatus = 422,
        };
}

/// <summary>The format of the header <c>X-RateLimit-Reset</c>.</summary>
public enum RateLimitReset
{
    /// <summary>ISO 8601, as in Mastodon.</summary>
    Iso8601,

    /// <summary>Unix seconds, as in GoToSocial.</summary>
    UnixSeconds,

    /// <summary>No rate limit headers.</summary>
    None,
}
