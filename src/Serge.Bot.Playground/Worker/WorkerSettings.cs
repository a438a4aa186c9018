namespace Serge.Bot.Playground.Worker;

/// <summary>The worker's settings in the playground: the operator's own, except for the platforms, the ledger and some
/// intervals.</summary>
internal static class WorkerSettings
{
    /// <summary>Returns the settings that connect a bot to the simulated platforms.</summary>
    /// <param name="platforms">The simulated platforms.</param>
    /// <param name="address">The address of the simulator.</param>
    public static IReadOnlyDictionary<string, string> GetConnection(SimulatedPlatforms platforms, Uri address) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Discord:ApiAddress"] = $"{address}discord/api/v10/",
            ["Discord:Token"] = platforms.DiscordToken,
            ["Mastodon:Address"] = $"{address}mastodon/",
            ["Mastodon:AccessToken"] = platforms.MastodonToken,
        };

    /// <summary>Reads the operator's settings and replaces some of them.</summary>
    /// <param name="home">The bot's folder. Its schedules are kept and post to the simulated platforms.</param>
    /// <param name="platforms">The simulated platforms.</param>
    /// <param name="address">The address of the simulator.</param>
    /// <param name="ledger">The ledger's file.</param>
    /// <exception cref="SettingsException">The operator's settings are invalid.</exception>
    public static (BotSettings Settings, IReadOnlyDictionary<string, string?> Overrides) Read(
        string home,
        SimulatedPlatforms platforms,
        Uri address,
        string ledger
    )
    {
        var overrides = CreateOverrides(ledger);
        foreach (var (key, value) in GetConnection(platforms, address))
        {
            overrides[key] = value;
        }

        // The operator's destinations do not exist here: each schedule posts to both simulated platforms.
        var configuration = SettingsReader.Read(home, overrides).Configuration;
        foreach (var schedule in configuration.GetSection("Schedules").GetChildren())
        {
            var to = schedule.GetSection("To");
            var count = Math.Max(to.GetChildren().Count(), 2);
            overrides[$"{to.Path}:0"] = "mastodon";
            for (var i = 1; i < count; i++)
            {
                overrides[$"{to.Path}:{i}"] = $"discord:{platforms.Channel.Id}";
            }
        }

        return (SettingsReader.Read(home, overrides).Settings, overrides);
    }

    private static Dictionary<string, string?> CreateOverrides(string ledger) =>
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["TimeZone"] = "Europe/Brussels",
            ["Discord:TokenFile"] = "",
            ["Mastodon:AccessTokenFile"] = "",
            ["Ledger:Path"] = ledger,
            ["Ledger:PostgreSQL"] = "",
            ["Ledger:PostgreSQLFile"] = "",

            // Short, so that a recovery can be watched.
            ["Delivery:Lease"] = "00:00:08",
            ["Delivery:SenderLease"] = "00:00:02",
            ["Delivery:LookupDelay"] = "00:00:03",
            ["Delivery:RetryDelay"] = "00:00:01",

            // Posts are late because the calendar was set, not because of an outage.
            ["Delivery:LatePostInterval"] = "00:00:00",

            // The page shows the bot's health, and nothing is sent to other machines.
            ["Health:Listen"] = "",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = "",
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = "",

            // The page shows the log, so the terminal does not.
            ["Logging:Console:LogLevel:Default"] = "None",
            ["Logging:LogLevel:Default"] = "Information",

            // The event is the first post of a day, so that it is the first to be seen.
            ["Schedules:morning-quote:Cron"] = "0 9 * * *",
            ["Schedules:morning-quote:Content"] = "quote",
            ["Schedules:morning-quote:Picture"] = "true",
            ["Schedules:morning-quote:To:0"] = "mastodon",
            ["Schedules:on-this-day:Cron"] = "0 8 * * *",
            ["Schedules:on-this-day:Content"] = "on-this-day-or-quote",
            ["Schedules:on-this-day:Picture"] = "true",
            ["Schedules:on-this-day:To:0"] = "mastodon",
        };
}
