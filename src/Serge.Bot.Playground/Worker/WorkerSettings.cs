using Serge.Bot.Playground.World;

namespace Serge.Bot.Playground.Worker;

/// <summary>The settings of the worker in the playground: the operator's own, but for the two platforms, the ledger and the pace.</summary>
internal static class WorkerSettings
{
    /// <summary>What connects a bot to the two places.</summary>
    /// <param name="places">Where the bot posts.</param>
    /// <param name="address">Where the simulator answers.</param>
    public static IReadOnlyDictionary<string, string> Connection(TwoPlaces places, Uri address) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Discord:ApiAddress"] = new Uri(address, "discord/api/v10/").ToString(),
            ["Discord:Token"] = places.DiscordToken,
            ["Mastodon:Address"] = new Uri(address, "mastodon/").ToString(),
            ["Mastodon:AccessToken"] = places.MastodonToken,
        };

    /// <summary>Puts them together.</summary>
    /// <param name="home">The bot's folder; schedules found there are shown too, posting to the simulated places.</param>
    /// <param name="places">Where the bot posts.</param>
    /// <param name="address">Where the simulator answers.</param>
    /// <param name="ledger">The ledger's file.</param>
    /// <exception cref="SettingsException">The operator's own settings are wrong.</exception>
    public static (BotSettings Settings, IReadOnlyDictionary<string, string?> Overrides) Read(
        string home,
        TwoPlaces places,
        Uri address,
        string ledger
    )
    {
        Dictionary<string, string?> overrides = new(StringComparer.OrdinalIgnoreCase)
        {
            ["TimeZone"] = "Europe/Brussels",
            ["Discord:TokenFile"] = "",
            ["Mastodon:AccessTokenFile"] = "",
            ["Ledger:Path"] = ledger,
            ["Ledger:PostgreSQL"] = "",
            ["Ledger:PostgreSQLFile"] = "",

            // Short, so that a recovery is worth watching.
            ["Delivery:Lease"] = "00:00:08",
            ["Delivery:SenderLease"] = "00:00:02",
            ["Delivery:LookupDelay"] = "00:00:01",
            ["Delivery:RetryDelay"] = "00:00:01",

            // The page shows how the bot is, and nothing leaves this machine, whatever else is set on it.
            ["Health:Listen"] = "",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = "",
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = "",

            // The log is on the page; the terminal stays quiet.
            ["Logging:Console:LogLevel:Default"] = "None",
            ["Logging:LogLevel:Default"] = "Information",

            // The day's event comes first, so that whoever turns to a day sees it without waiting.
            ["Schedules:morning-quote:Cron"] = "0 9 * * *",
            ["Schedules:morning-quote:Content"] = "quote",
            ["Schedules:morning-quote:To:0"] = "mastodon",
            ["Schedules:on-this-day:Cron"] = "0 8 * * *",
            ["Schedules:on-this-day:Content"] = "on-this-day-or-quote",
            ["Schedules:on-this-day:To:0"] = "mastodon",
        };

        foreach (var (key, value) in Connection(places, address))
        {
            overrides[key] = value;
        }

        // Where the operator's schedules post to is no place here; each goes to the two that are.
        foreach (
            var schedule in SettingsReader.Read(home, overrides).Configuration.GetSection("Schedules").GetChildren()
        )
        {
            var to = schedule.GetSection("To");
            overrides[$"{to.Path}:0"] = "mastodon";
            for (var i = 1; i < Math.Max(to.GetChildren().Count(), 2); i++)
            {
                overrides[$"{to.Path}:{i}"] = $"discord:{places.Channel.Id}";
            }
        }

        return (SettingsReader.Read(home, overrides).Settings, overrides);
    }
}
