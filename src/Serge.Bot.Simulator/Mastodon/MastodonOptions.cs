namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The numbers of the simulated Mastodon server. Each may be changed at any time and counts from the next request on.</summary>
public sealed class MastodonOptions
{
    /// <summary>What the server says it is. Default <c>4.5.7</c>.</summary>
    public string Version { get; set; } = "4.5.7";

    /// <summary>The version of its interface, <c>api_versions.mastodon</c>. Default 7, that of Mastodon 4.5; <see langword="null"/> where there is none.</summary>
    public int? ApiVersion { get; set; } = 7;

    /// <summary>Which server it looks like. Default Mastodon 4.5.</summary>
    public ServerProfile Profile { get; private set; } = ServerProfile.Mastodon45;

    /// <summary>Makes it look like another server: its numbers and its habits.</summary>
    public void UseProfile(ServerProfile face)
    {
        ArgumentNullException.ThrowIfNull(face);
        Profile = face;
        (Version, ApiVersion, MaxCharacters, CharactersReservedPerUrl, ReplayFails) = (
            face.Version,
            face.ApiVersion,
            face.MaxCharacters,
            face.CharactersReservedPerUrl,
            face.ReplayFails
        );
    }

    /// <summary>The longest status, in characters. Default 500.</summary>
    public int MaxCharacters { get; set; } = 500;

    /// <summary>What a link counts as. Default 23.</summary>
    public int CharactersReservedPerUrl { get; set; } = 23;

    /// <summary>How long an idempotency key is remembered. Default 1 h.</summary>
    /// <remarks>Source: Mastodon docs, methods/statuses, header <c>Idempotency-Key</c>.</remarks>
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether a known key is answered with 500, as Mastodon 4.6.0 to 4.6.4 do, rather than with the first status. Default
    /// no.</summary>
    /// <remarks>Source: mastodon/mastodon, issue 40399.</remarks>
    public bool ReplayFails { get; set; }

    /// <summary>Requests of one token in 5 min. Default 300.</summary>
    /// <remarks>Source: Mastodon docs, api/rate-limits.</remarks>
    public int RequestsPerFiveMinutes { get; set; } = 300;

    /// <summary>Statuses an account may post and edit in 3 h. Default 300.</summary>
    public int StatusesPerThreeHours { get; set; } = 300;

    /// <summary>Statuses an account may delete in 30 min. Default 30.</summary>
    /// <remarks>Source: Mastodon docs, api/rate-limits.</remarks>
    public int DeletesPerHalfHour { get; set; } = 30;

    /// <summary>Statuses kept; older ones are forgotten. Default 10,000.</summary>
    public int MaxStatuses { get; set; } = 10_000;

    /// <summary>Statuses an account may have waiting. Default 300.</summary>
    public int MaxScheduledStatuses { get; set; } = 300;

    /// <summary>Statuses an account may have waiting for one day (UTC). Default 25.</summary>
    public int MaxScheduledStatusesPerDay { get; set; } = 25;

    /// <summary>How far ahead a status must be scheduled. Default 5 min.</summary>
    /// <remarks>Source: Mastodon docs, methods/statuses, <c>scheduled_at</c>.</remarks>
    public TimeSpan MinScheduleAhead { get; set; } = TimeSpan.FromMinutes(5);
}
