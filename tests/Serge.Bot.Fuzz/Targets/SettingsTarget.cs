using Serge.Bot.Settings;

namespace Serge.Bot.Fuzz.Targets;

/// <summary>The file <c>appsettings.json</c>.</summary>
internal sealed class SettingsTarget(Workspace workspace) : IFuzzTarget
{
    public string Name => "settings";

    public IReadOnlyList<string> Seeds { get; } =
    [
        """
            { "TimeZone": "Europe/Brussels", "Discord": { "Token": "abc.def", "ApiAddress": "https://discord.com/api/v10/",
              "Interactions": "http", "Listen": "http://127.0.0.1:8080", "PostsPerDay": "24", "SpreadMinutes": "30" },
              "Schedules": { "morning": { "Cron": "0 9 * * 1-5", "TimeZone": "Europe/Brussels", "Content": "quote",
              "To": ["mastodon", "discord:7"], "GracePeriod": "06:00:00", "Visibility": "public" } } }
            """,
        """
            { "Mastodon": { "Address": "https://m.example/", "AccessToken": "abc", "Tags": ["VictorSerge"], "RequiredTags": ["bots"],
              "MinPublicInterval": "06:00:00", "PolicyChecks": "warn", "PostsPerDay": 5 },
              "Alerts": { "Discord": "9", "Mastodon": "ada@m.example", "Webhook": "https://h.example/a?b=c", "WebhookFormat": "ntfy", "MinInterval": "01:00:00", "PerDay": 6 } }
            """,
        """
            { "Ledger": { "PostgreSQL": "Host=127.0.0.1;Port=1;Database=serge;Username=serge;Password='a;b';SSL Mode=Require" },
              "Health": { "Listen": "http://[::1]:8081" }, "About": { "Privacy": "https://example.org/p", "Operator": "Ada" } }
            """,
        """
            { "Ledger": { "PostgreSQL": "postgresql://serge:a%3Bb@127.0.0.1:1/serge?sslmode=verify-full&connect_timeout=5" } }
            """,
        """
            { "Delivery": { "Lease": "00:02:00", "LookupDelay": "00:00:10", "RetryDelay": "00:00:15", "SenderLease": "00:00:15" },
              "Logging": { "LogLevel": { "Default": "Information" }, "Console": { "FormatterName": "json" } } }
            """,
    ];

    public IReadOnlyList<string> Tokens { get; } =
    [
        "H",
        "L",
        "W",
        "*/",
        "@daily",
        "Host=",
        ";",
        "=",
        "postgresql://",
        "://",
        "00:00:00",
        "http://",
        "%",
        "{",
        "TimeZone",
    ];

    public async Task RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(workspace.SettingsFile, input, cancellationToken);
        try
        {
            SettingsReader.Read(workspace.Home);
        }
        catch (SettingsException)
        {
            // Documented.
        }
        finally
        {
            await File.WriteAllTextAsync(workspace.SettingsFile, "{}", cancellationToken);
        }
    }
}
