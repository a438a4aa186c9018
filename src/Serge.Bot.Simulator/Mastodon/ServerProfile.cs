namespace Serge.Bot.Simulator.Mastodon;

/// <summary>How another server, or another version, differs from Mastodon 4.5 where a bot notices it. Put one on with <see cref="MastodonOptions.UseProfile"/>.</summary>
/// <remarks>Sources: the servers' own documentation and code as far as named below, and answers recorded from snac 2.75 and GoToSocial 0.20 on loopback.</remarks>
public sealed record ServerProfile
{
    /// <summary>What it says it is.</summary>
    public required string Version { get; init; }

    /// <summary><c>api_versions.mastodon</c>; <see langword="null"/> where there is no such thing.</summary>
    public int? ApiVersion { get; init; }

    /// <summary>Where its source code is.</summary>
    public string SourceUrl { get; init; } = "https://github.com/mastodon/mastodon";

    /// <summary>The longest status, in characters.</summary>
    public int MaxCharacters { get; init; } = 500;

    /// <summary>What a link counts as; 0 where it counts as it stands.</summary>
    public int CharactersReservedPerUrl { get; init; } = 23;

    /// <summary>Whether <c>GET /api/v2/instance</c> is there.</summary>
    public bool HasInstanceVersion2 { get; init; } = true;

    /// <summary>Whether version 1 of its description has a <c>configuration</c>, and not only <c>max_toot_chars</c>.</summary>
    public bool HasConfiguration { get; init; } = true;

    /// <summary>Whether a key that is known yields the first status again.</summary>
    public bool SupportsIdempotency { get; init; } = true;

    /// <summary>Whether a known key is answered with 500, though the status is there.</summary>
    public bool ReplayFails { get; init; }

    /// <summary>Whether unlisted statuses stay unlisted.</summary>
    public bool HasUnlisted { get; init; } = true;

    /// <summary>Whether statuses can be deleted by request.</summary>
    public bool SupportsDelete { get; init; } = true;

    /// <summary>Whether an account's list turns pages and shows its owner what is not public.</summary>
    public bool SupportsPaging { get; init; } = true;

    /// <summary>Whether tokens have scopes.</summary>
    public bool HasScopes { get; init; } = true;

    /// <summary>How it says when a rate limit ends.</summary>
    public RateLimitReset RateLimitReset { get; init; }

    /// <summary>What a status that is not acceptable is refused with.</summary>
    public int InvalidStatus { get; init; } = 422;

    /// <summary>What a token that is not known is refused with; 422 without a word on snac.</summary>
    public int InvalidTokenStatus { get; init; } = 401;

    /// <summary>Whether a request without <c>User-Agent</c> is refused with 418.</summary>
    public bool RequiresUserAgent { get; init; }

    /// <summary>Mastodon 4.2: no <c>api_versions</c> yet.</summary>
    public static ServerProfile Mastodon42 { get; } = new() { Version = "4.2.10" };

    /// <summary>Mastodon 4.3: the first with <c>api_versions</c>.</summary>
    public static ServerProfile Mastodon43 { get; } = new() { Version = "4.3.8", ApiVersion = 2 };

    /// <summary>Mastodon 4.4.</summary>
    public static ServerProfile Mastodon44 { get; } = new() { Version = "4.4.8", ApiVersion = 6 };

    /// <summary>Mastodon 4.5.</summary>
    public static ServerProfile Mastodon45 { get; } = new() { Version = "4.5.7", ApiVersion = 7 };

    /// <summary>Mastodon 4.6: a key sent again is answered with 500 (mastodon#40399).</summary>
    public static ServerProfile Mastodon46 { get; } =
        new()
        {
            Version = "4.6.4",
            ApiVersion = 11,
            ReplayFails = true,
        };

    /// <summary>Mastodon 4.7 as its nightly builds call themselves; the number of its interface is assumed.</summary>
    public static ServerProfile Mastodon47 { get; } = new() { Version = "4.7.0-nightly.2026-09-01", ApiVersion = 11 };

    /// <summary>GoToSocial 0.20: recorded. Limits by address, their end in seconds since 1970 (docs/api/ratelimiting.md).</summary>
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

    /// <summary>Pleroma: no rate-limit headers, links count in full (differences_in_mastoapi_responses.md).</summary>
    public static ServerProfile Pleroma { get; } =
        new()
        {
            Version = "2.7.2 (compatible; Pleroma 2.9.1)",
            SourceUrl = "https://git.pleroma.social/pleroma/pleroma",
            MaxCharacters = 5000,
            CharactersReservedPerUrl = 0,
            RateLimitReset = RateLimitReset.None,
        };

    /// <summary>An older Akkoma: only version 1 of the description, and in it only <c>max_toot_chars</c>.</summary>
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

/// <summary>How a server says when a rate limit ends.</summary>
public enum RateLimitReset
{
    /// <summary>ISO 8601, as Mastodon does.</summary>
    Iso8601,

    /// <summary>Seconds since 1970, as GoToSocial does.</summary>
    UnixSeconds,

    /// <summary>Not at all: there are no such headers.</summary>
    None,
}
