namespace Serge.Bot.Settings;

/// <summary>All that an operator can set, read once at the start and checked as a whole.</summary>
internal sealed record BotSettings
{
    /// <summary>Section <c>Discord</c>; <see langword="null"/> when there is no token: the platform is off.</summary>
    public DiscordSettings? Discord { get; init; }

    /// <summary>Section <c>Mastodon</c>; <see langword="null"/> when there is no address or no token: the platform is off.</summary>
    public MastodonSettings? Mastodon { get; init; }

    /// <summary><c>Ledger:Path</c>: the SQLite file. Default <c>serge.db</c> in the home folder.</summary>
    public required string LedgerPath { get; init; }

    /// <summary><c>Ledger:PostgreSQL</c>, or the content of the file named by <c>Ledger:PostgreSQLFile</c>: a connection string or URI; <see langword="null"/>
    /// for the SQLite file.</summary>
    public PostgresAddress? PostgreSql { get; init; }

    /// <summary><c>TimeZone</c>: whose day "today" is where nobody says otherwise, an IANA name. Default <c>Etc/UTC</c>.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Section <c>Schedules</c>, in the order of their names.</summary>
    public IReadOnlyList<Schedule> Schedules { get; init; } = [];

    /// <summary>Section <c>Delivery</c>.</summary>
    public DeliverySettings Delivery { get; init; } = new();

    /// <summary>Section <c>Alerts</c>.</summary>
    public AlertSettings Alerts { get; init; } = new();

    /// <summary>Section <c>Health</c>.</summary>
    public HealthSettings Health { get; init; } = new();

    /// <summary><c>Logging:Console:FormatterName</c>: how the log is written. <c>lines</c> for people, which is the default; <c>json</c> for programs; <c>systemd</c> and
    /// <c>simple</c> are .NET's own.</summary>
    public string LogFormat { get; init; } = "lines";

    /// <summary>Section <c>About</c>.</summary>
    public AboutSettings About { get; init; } = new();
}

/// <summary>Section <c>Discord</c>.</summary>
internal sealed record DiscordSettings
{
    /// <summary><c>Discord:Token</c>, or the content of the file named by <c>Discord:TokenFile</c>.</summary>
    public required Secret Token { get; init; }

    /// <summary><c>Discord:ApiAddress</c>. Default <c>https://discord.com/api/v10/</c>.</summary>
    public required Uri ApiAddress { get; init; }

    /// <summary><c>Discord:Interactions</c>: <c>gateway</c>, where we keep a connection, or <c>http</c>, where Discord calls us. Default <c>gateway</c>.</summary>
    public bool InteractionsOverHttp { get; init; }

    /// <summary><c>Discord:PostsPerDay</c> where nobody sets it: one an hour.</summary>
    public const int DefaultPostsPerDay = 24;

    /// <summary><c>Discord:PostsPerDay</c>: the most automated posts that one channel gets on a local day, 1 to 1440. Default 24.</summary>
    public int PostsPerDay { get; init; } = DefaultPostsPerDay;

    /// <summary><c>Discord:Listen</c>: where HTTP interactions are listened for. Default <c>http://127.0.0.1:8080/</c>; a proxy in front ends TLS.</summary>
    public Uri Listen { get; init; } = new("http://127.0.0.1:8080/");
}

/// <summary>Section <c>Mastodon</c>.</summary>
internal sealed record MastodonSettings
{
    /// <summary><c>Mastodon:Address</c>: the server, such as <c>https://mastodon.example/</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary><c>Mastodon:AccessToken</c>, or the content of the file named by <c>Mastodon:AccessTokenFile</c>.</summary>
    public required Secret AccessToken { get; init; }

    /// <summary><c>Mastodon:Visibility</c>: <c>public</c>, <c>unlisted</c> or <c>private</c>. Default <c>unlisted</c>. A schedule may have its own.</summary>
    public PostVisibility Visibility { get; init; } = PostVisibility.Unlisted;

    /// <summary><c>Mastodon:PublicEvery</c>: of posts that are to be public only one in so long is, the others are unlisted; 0 to 7 days. Default 6 h.</summary>
    public TimeSpan MinPublicInterval { get; init; } = DefaultMinPublicInterval;

    /// <summary><c>Mastodon:Tags</c>: without the number sign, in PascalCase. Default <c>VictorSerge</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = StandardTags;

    /// <summary><c>Mastodon:RequiredTags</c>: tags that the server asks of bots, such as <c>hachybots</c>; in every post, spelt as the server does. Default none.</summary>
    /// <remarks>Together with <see cref="Tags"/> no more than <see cref="MostTags"/>.</remarks>
    public IReadOnlyList<string> RequiredTags { get; init; } = [];

    /// <summary><c>Mastodon:PostsPerDay</c>: the most automated posts on one local day, 1 to 1440. Default 5.</summary>
    public int PostsPerDay { get; init; } = DefaultPostsPerDay;

    /// <summary><c>Mastodon:Citizenship</c>: <c>explain</c>, where a breach of good manners is only told, or <c>strict</c>, where nothing is posted until it is mended. Default
    /// <c>explain</c>.</summary>
    public bool EnforcesPolicyChecks { get; init; }

    /// <summary>The most tags in a post: readers hide posts with more (mastodon#19185).</summary>
    public const int MostTags = 4;

    /// <summary>What servers that welcome bots ask for (hachyderm.io, rules for automated accounts).</summary>
    public const int DefaultPostsPerDay = 5;

    /// <summary>What botsin.space, the bots' own server, held its bots to.</summary>
    public static readonly TimeSpan DefaultMinPublicInterval = TimeSpan.FromHours(6);

    /// <summary>The tag of every post where nobody sets others.</summary>
    public static readonly IReadOnlyList<string> StandardTags = ["VictorSerge"];
}

/// <summary>Section <c>About</c>: who answers for this bot. Shown by <c>/about</c>.</summary>
internal sealed record AboutSettings
{
    /// <summary><c>About:Operator</c>: a name.</summary>
    public string? Operator { get; init; }

    /// <summary><c>About:Contact</c>: how to reach them.</summary>
    public string? Contact { get; init; }

    /// <summary><c>About:Privacy</c>: the operator's privacy policy, where the few words of <c>/about</c> are not all of it.</summary>
    public Uri? Privacy { get; init; }

    /// <summary><c>About:SourceCode</c>: where the code of this very bot can be read.</summary>
    public Uri? SourceCode { get; init; }
}

/// <summary>Section <c>Health</c>: where other programs can ask how the bot is.</summary>
internal sealed record HealthSettings
{
    /// <summary><c>Health:Listen</c>: where <c>/health/live</c> and <c>/health/ready</c> are listened for. Default <c>http://127.0.0.1:8081/</c>; <see langword="null"/>, where
    /// the setting is empty, for nowhere.</summary>
    public Uri? Listen { get; init; } = Standard;

    /// <summary>Whether somebody has set it. Then a port that is taken stops the start; else the bot does without.</summary>
    public bool IsSet { get; init; }

    /// <summary>This machine only, beside the port of <see cref="DiscordSettings.Listen"/>.</summary>
    public static readonly Uri Standard = new("http://127.0.0.1:8081/");
}
