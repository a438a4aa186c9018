namespace Serge.Bot.Settings;

/// <summary>Section <c>Discord</c>.</summary>
internal sealed record DiscordSettings
{
    /// <summary>Default of <c>Discord:PostsPerDay</c>: one post per hour.</summary>
    public const int DefaultPostsPerDay = 24;

    private const int DefaultSpreadMinutes = 1;
    private const int MaxSpreadMinutes = 60;

    private static readonly Uri DefaultListen = new("http://127.0.0.1:8080/");

    /// <summary><c>Discord:Token</c>, or the content of the file named by <c>Discord:TokenFile</c>.</summary>
    public required Secret Token { get; init; }

    /// <summary><c>Discord:ApiAddress</c>. Default <c>https://discord.com/api/v10/</c>.</summary>
    public required Uri ApiAddress { get; init; }

    /// <summary><c>Discord:Interactions</c>: <c>gateway</c>, where the bot keeps a connection, or <c>http</c>, where
    /// Discord sends requests to the bot. Default <c>gateway</c>.</summary>
    public bool InteractionsOverHttp { get; init; }

    /// <summary><c>Discord:PostsPerDay</c>: maximum of automated posts in one channel on a local day, 1 to 1440.
    /// Default 24.</summary>
    public int PostsPerDay { get; init; } = DefaultPostsPerDay;

    /// <summary><c>Discord:SpreadMinutes</c>: the period over which the times of servers' schedules are spread when an
    /// admin sets them, 1 to 60 minutes. Default 1: each schedule has the time that its admin chose.</summary>
    public int SpreadMinutes { get; init; } = DefaultSpreadMinutes;

    /// <summary><c>Discord:Listen</c>: address for HTTP interactions. Default <c>http://127.0.0.1:8080/</c>, behind a
    /// proxy that terminates TLS.</summary>
    public Uri Listen { get; init; } = DefaultListen;

    /// <returns><c>Discord:PostsPerDay</c>; and the section with its token, <see langword="null"/> if there is none:
    /// the platform is disabled.</returns>
    public static (int PostsPerDay, DiscordSettings? Account) ReadSection(SettingsSection root)
    {
        var section = root.GetSection(
            "Discord",
            "Token",
            "TokenFile",
            "ApiAddress",
            "Interactions",
            "Listen",
            "PostsPerDay",
            "SpreadMinutes"
        );
        var apiAddress = section.ReadAddress("ApiAddress") ?? new Uri("https://discord.com/api/v10/");
        var overHttp = section.ReadChoice("Interactions", defaultValue: false, ("gateway", false), ("http", true));
        var listen = section.ReadListenAddress("Listen") ?? DefaultListen;
        var postsPerDay = section.ReadNumber("PostsPerDay", DefaultPostsPerDay, max: 1440);
        var spread = section.ReadNumber("SpreadMinutes", DefaultSpreadMinutes, MaxSpreadMinutes);
        if (section.ReadToken("Token") is not { } token)
        {
            return (postsPerDay, null);
        }

        DiscordSettings account = new()
        {
            Token = token,
            ApiAddress = apiAddress,
            InteractionsOverHttp = overHttp,
            Listen = listen,
            PostsPerDay = postsPerDay,
            SpreadMinutes = spread,
        };
        return (postsPerDay, account);
    }
}
