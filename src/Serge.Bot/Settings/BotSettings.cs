namespace Serge.Bot.Settings;

/// <summary>All settings, read and checked at the start.</summary>
internal sealed record BotSettings
{
    public const string DefaultLogFormat = "lines";

    /// <summary>Section <c>Discord</c>; <see langword="null"/> if the platform is disabled.</summary>
    public DiscordSettings? Discord { get; init; }

    /// <summary><c>Discord:PostsPerDay</c>, also if the platform is disabled.</summary>
    public int DiscordPostsPerDay { get; init; } = DiscordSettings.DefaultPostsPerDay;

    /// <summary>Section <c>Mastodon</c>; <see langword="null"/> if the platform is disabled.</summary>
    public MastodonSettings? Mastodon { get; init; }

    /// <summary>Section <c>Mastodon</c> without the account: what posts look like, also if the platform is
    /// disabled.</summary>
    public MastodonPostSettings MastodonPosts { get; init; } = new();

    /// <summary><c>Ledger:Path</c>: the SQLite file. Default <c>serge.db</c> in the home folder.</summary>
    public required string LedgerPath { get; init; }

    /// <summary><c>Ledger:PostgreSQL</c>, or the content of the file named by <c>Ledger:PostgreSQLFile</c>: a
    /// connection string or URI; <see langword="null"/> for the SQLite file.</summary>
    public PostgresAddress? PostgreSql { get; init; }

    /// <summary><c>TimeZone</c>: time zone of schedules and servers that have none of their own, an IANA name. Default
    /// <c>Etc/UTC</c>.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Section <c>Schedules</c>, in the order of their names.</summary>
    public IReadOnlyList<Schedule> Schedules { get; init; } = [];

    /// <summary>Section <c>Delivery</c>.</summary>
    public DeliverySettings Delivery { get; init; } = new();

    /// <summary>Section <c>Alerts</c>.</summary>
    public AlertSettings Alerts { get; init; } = new();

    /// <summary>Section <c>Cards</c>.</summary>
    public CardSettings Cards { get; init; } = new();

    /// <summary>Section <c>Health</c>.</summary>
    public HealthSettings Health { get; init; } = new();

    /// <summary>Section <c>Site</c>.</summary>
    public SiteSettings Site { get; init; } = new();

    /// <summary><c>Logging:Console:FormatterName</c>: <c>lines</c> for people, <c>json</c> for programs,
    /// <c>systemd</c> for its journal. Default <c>lines</c>.</summary>
    public string LogFormat { get; init; } = DefaultLogFormat;

    /// <summary>Section <c>About</c>.</summary>
    public AboutSettings About { get; init; } = new();

    /// <summary>Whether the destination's platform is enabled.</summary>
    public bool HasCredentials(Destination destination) =>
        destination.Platform switch
        {
            Destinations.MastodonPlatform => Mastodon is not null,
            Destinations.WebhookPlatform => Alerts.Webhook is not null,
            _ => Discord is not null,
        };
}

/// <summary>Section <c>About</c>: who runs the bot. Shown by <c>/about</c>.</summary>
internal sealed record AboutSettings
{
    /// <summary><c>About:Operator</c>: a name.</summary>
    public string? Operator { get; init; }

    /// <summary><c>About:Contact</c>: how to reach the operator.</summary>
    public string? Contact { get; init; }

    /// <summary><c>About:Privacy</c>: link to the operator's privacy policy.</summary>
    public Uri? Privacy { get; init; }

    /// <summary><c>About:SourceCode</c>: link to the source code of this bot.</summary>
    public Uri? SourceCode { get; init; }

    public static AboutSettings Read(SettingsSection root)
    {
        var section = root.GetSection("About", "Operator", "Contact", "Privacy", "SourceCode");
        return new AboutSettings
        {
            Operator = section.ReadText("Operator"),
            Contact = section.ReadText("Contact"),
            Privacy = section.ReadPage("Privacy"),
            SourceCode = section.ReadPage("SourceCode"),
        };
    }
}

/// <summary>Section <c>Health</c>: the health endpoints.</summary>
internal sealed record HealthSettings
{
    /// <summary><c>Health:Listen</c>: address of <c>/health/live</c> and <c>/health/ready</c>. Default none: there are
    /// no health endpoints.</summary>
    public Uri? Listen { get; init; }

    public static HealthSettings Read(SettingsSection root)
    {
        var section = root.GetSection("Health", "Listen");
        return new HealthSettings { Listen = section.ReadListenAddress("Listen") };
    }
}
