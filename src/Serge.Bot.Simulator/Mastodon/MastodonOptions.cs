namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The limits of the simulated Mastodon server. A change takes effect from the next request.</summary>
public sealed class MastodonOptions
{
    /// <summary>The version of the server. Default <c>4.5.7</c>.</summary>
    public string Version { get; set; } = "4.5.7";

    /// <summary>The version of the API, <c>api_versions.mastodon</c>; <see langword="null"/> for servers without it.
    /// Default 7, that of Mastodon 4.5.</summary>
    public int? ApiVersion { get; set; } = 7;

    /// <summary>The simulated server software. Default Mastodon 4.5.</summary>
    public ServerProfile Profile { get; private set; } = ServerProfile.Mastodon45;

    /// <summary>Simulates other server software: sets its version and limits.</summary>
    public void UseProfile(ServerProfile profile)
    {
        Profile = profile;
        Version = profile.Version;
        ApiVersion = profile.ApiVersion;
        MaxCharacters = profile.MaxCharacters;
        CharactersReservedPerUrl = profile.CharactersReservedPerUrl;
        ReplayFails = profile.ReplayFails;
    }

    /// <summary>The longest status, in characters. Default 500.</summary>
    public int MaxCharacters { get; set; } = 500;

    /// <summary>The number of characters that a link counts. Default 23.</summary>
    public int CharactersReservedPerUrl { get; set; } = 23;

    /// <summary>How long an idempotency key is remembered. Default 1 h.</summary>
    /// <remarks>Source: Mastodon docs, methods/statuses, header <c>Idempotency-Key</c>.</remarks>
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether a repeated idempotency key fails with 500, as in Mastodon 4.6.0 to 4.6.4, instead of returning
    /// the first status. Default no.</summary>
    /// <remarks>Source: mastodon/mastodon, issue 40399.</remarks>
    public bool ReplayFails { get; set; }

    /// <summary>Requests per token in 5 min. Default 300.</summary>
    /// <remarks>Source: Mastodon docs, api/rate-limits.</remarks>
    public int RequestsPerFiveMinutes { get; set; } = 300;

    /// <summary>Statuses that an account can post and edit in 3 h. Default 300.</summary>
    public int StatusesPerThreeHours { get; set; } = 300;

    /// <summary>Statuses that an account can delete in 30 min. Default 30.</summary>
    /// <remarks>Source: Mastodon docs, api/rate-limits.</remarks>
    public int DeletesPerHalfHour { get; set; } = 30;

    /// <summary>Files that an account can upload in 30 min. Default 30.</summary>
    /// <remarks>Source: Mastodon docs, api/rate-limits.</remarks>
    public int MediaPerHalfHour { get; set; } = 30;

    /// <summary>How long the server processes an upload, during which no status can contain it. Default none: since
    /// Mastodon 4.0 pictures are processed at once.</summary>
    public TimeSpan MediaProcessing { get; set; }

    /// <summary>Uploads kept; older ones are removed. Default 200.</summary>
    public int MaxMedia { get; set; } = 200;

    /// <summary>Statuses kept; older ones are removed. Default 10,000.</summary>
    public int MaxStatuses { get; set; } = 10_000;

    /// <summary>Scheduled statuses per account. Default 300.</summary>
    public int MaxScheduledStatuses { get; set; } = 300;

    /// <summary>Scheduled statuses per account for one day (UTC). Default 25.</summary>
    public int MaxScheduledStatusesPerDay { get; set; } = 25;

    /// <summary>The shortest time between now and a scheduled status. Default 5 min.</summary>
    /// <remarks>Source: Mastodon docs, methods/statuses, <c>scheduled_at</c>.</remarks>
    public TimeSpan MinScheduleAhead { get; set; } = TimeSpan.FromMinutes(5);
}
