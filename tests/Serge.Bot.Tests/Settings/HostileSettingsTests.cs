using System.Text.Json.Nodes;

namespace Serge.Bot.Tests.Settings;

/// <summary>No value of a setting causes an exception other than <see cref="SettingsException"/>.</summary>
public sealed class HostileSettingsTests : IDisposable
{
    private const string Telemetry = "OTEL_";

    private readonly TestCatalogue _catalogue = new();

    public void Dispose() => _catalogue.Dispose();

    /// <summary>Settings that libraries read later.</summary>
    private static readonly string[] ReadLater = ["Ledger:P", "Logging:", Telemetry, "Schedules:m:Cron", "TimeZone"];

    public static TheoryData<string> Keys =>
        [
            "About:Contact",
            "About:Operator",
            "About:Privacy",
            "About:SourceCode",
            "Alerts:Discord",
            "Alerts:Mastodon",
            "Alerts:MinInterval",
            "Alerts:PerDay",
            "Alerts:Webhook",
            "Alerts:WebhookFile",
            "Alerts:WebhookFormat",
            "Alerts:WebhookSecret",
            "Alerts:WebhookSecretFile",
            "Delivery:Lease",
            "Delivery:LookupDelay",
            "Delivery:RetryDelay",
            "Delivery:SenderLease",
            "Discord:ApiAddress",
            "Discord:Interactions",
            "Discord:Listen",
            "Discord:PostsPerDay",
            "Discord:SpreadMinutes",
            "Discord:Token",
            "Discord:TokenFile",
            "Health:Listen",
            "Ledger:Path",
            "Ledger:PostgreSQL",
            "Ledger:PostgreSQLFile",
            "Logging:Console:FormatterName",
            "Logging:Console:FormatterOptions:IncludeScopes",
            "Logging:Console:FormatterOptions:JsonWriterOptions:Indented",
            "Logging:Console:FormatterOptions:JsonWriterOptions:MaxDepth",
            "Logging:Console:FormatterOptions:TimestampFormat",
            "Logging:Console:FormatterOptions:UseUtcTimestamp",
            "Logging:Console:LogLevel:Default",
            "Logging:Console:LogToStandardErrorThreshold",
            "Logging:Console:MaxQueueLength",
            "Logging:Console:QueueFullMode",
            "Logging:LogLevel:Default",
            "Logging:LogLevel:*a*b*",
            "Mastodon:AccessToken",
            "Mastodon:AccessTokenFile",
            "Mastodon:Address",
            "Mastodon:MinPublicInterval",
            "Mastodon:ForwardMentions",
            "Mastodon:PolicyChecks",
            "Mastodon:PostsPerDay",
            "Mastodon:RequiredTags:0",
            "Mastodon:Tags:0",
            "Mastodon:Visibility",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "OTEL_EXPORTER_OTLP_TIMEOUT",
            "OTEL_EXPORTER_OTLP_HEADERS",
            "OTEL_METRIC_EXPORT_INTERVAL",
            "OTEL_TRACES_SAMPLER",
            "OTEL_BSP_MAX_QUEUE_SIZE",
            "Schedules:m:Content",
            "Schedules:m:Cron",
            "Schedules:m:GracePeriod",
            "Schedules:m:TimeZone",
            "Schedules:m:To:0",
            "Schedules:m:Visibility",
            "Site:Address",
            "Site:Creator",
            "TimeZone",
            "CREDENTIALS_DIRECTORY",
        ];

    private static readonly string[] Values =
    [
        "\0",
        "a\0b",
        "\n",
        "a\nb",
        "\u001b[31m",
        "\ud83d",
        "a\ud83db",
        "\u200b",
        "a\u00a0b",
        "====",
        "===",
        "=",
        ";",
        "Host=;Port=abc",
        "Host=127.0.0.1;Port=1;Port=99999999999",
        "Host=127.0.0.1;Port=1;Timeout=-1",
        "Host=127.0.0.1;Port=1;Multiplexing=true;Pooling=false",
        "Host=127.0.0.1;Port=1;Minimum Pool Size=50",
        "Host=127.0.0.1;Port=1;Root Certificate=/no/such/file;SSL Mode=VerifyFull",
        "Host=127.0.0.1;Port=1;Target Session Attributes=any",
        "Host=127.0.0.1;Port=1Load Balance Hosts=true",
        "Host=127.0.0.1;Port=1;GSS Encryption Mode=Require",
        "Host=127.0.0.1;Port=1;Include Realm=maybe",
        "postgresql://",
        "postgresql://[::1",
        "postgresql://a:b@127.0.0.1:99999/x",
        "postgresql://127.0.0.1:1/x?port=abc",
        "postgresql://%zz@127.0.0.1:1/",
        "H 9 * * *",
        "0 9 * * *",
        "0 9 31 2 *",
        "@reboot",
        "@every 5s",
        "99999999999999999999 * * * *",
        "*/0 * * * *",
        "0 0 L-31 * *",
        "0 0 * * 8#9",
        "0 0 1W * ?",
        "?",
        "http://",
        "http://[",
        "http://[::1%eth0]:80",
        "http://a b/",
        "http://user:hunter2@m.example/",
        "http://user:hunter2@127.0.0.1:80/",
        "http://127.0.0.1:99999",
        "http://127.1:80",
        "http://localhost:0",
        "http://[::ffff:1.2.3.4]:1",
        "https://m.example/?a=b#c",
        "https://xn--\ud83d/",
        "https://xn--a/",
        "https://.../",
        "https://m.example:0/",
        "//m.example/",
        "../../../etc/passwd",
        "/dev/zero",
        "/dev/null",
        "/",
        ".",
        "-1",
        "0",
        "NaN",
        "1e309",
        "99999999999999999999",
        "00:00:00",
        "24:00:00",
        "99999999.00:00:00",
        "Loud",
        "%",
        "%%%%",
        "true",
        "[",
        "{}",
        "*",
        "a=b,c",
        "a=%zz",
        "\ud83d=x",
        new('x', 70_000),
    ];

    public static TheoryData<string> TelemetryKeys =>
        [.. Keys.Select(row => row.Data).Where(key => key.StartsWith(Telemetry, StringComparison.Ordinal))];

    /// <summary>The settings of OpenTelemetry with every eighth value: starting and stopping its exporters takes 20
    /// ms.</summary>
    [Theory]
    [MemberData(nameof(Keys))]
    public Task Start_WithAnyValue_SucceedsOrFailsWithLinesOfText(string key) =>
        StartWithEachAsync(
            key,
            key.StartsWith(Telemetry, StringComparison.Ordinal) ? Values.Where((_, n) => n % 8 == 0) : Values
        );

    [Theory(Explicit = true)]
    [Trait("Category", "Long")]
    [MemberData(nameof(TelemetryKeys))]
    public Task Start_WithAnyValueOfTelemetry_SucceedsOrFailsWithLinesOfText(string key) =>
        StartWithEachAsync(key, Values);

    /// <summary>Each row: the file, and the message of the only problem.</summary>
    [Theory]
    [InlineData("", "appsettings.json cannot be read: ")]
    [InlineData("[]", "appsettings.json cannot be read: ")]
    [InlineData("{", "appsettings.json cannot be read: ")]
    [InlineData("""{ "TimeZone": "\ud83d" }""", "appsettings.json cannot be read: ")]
    [InlineData("""{ "Time\ud83dZone": "x" }""", "appsettings.json cannot be read: ")]
    [InlineData("""{ "TimeZone": "a", "timezone": "b" }""", "appsettings.json cannot be read: ")]
    [InlineData("""{ "TimeZone": "Etc/UTC\u0000" }""", "TimeZone contains the character U+0000 at position 8.")]
    [InlineData("""{ "Ledger": { "Path": "a\u0000b" } }""", "Ledger:Path contains the character U+0000 at position 2.")]
    [InlineData("""{ "TimeZone": "Etc/UTC\u200b" }""", "TimeZone = \"Etc/UTC\\u200b\" is not a time zone.")]
    [InlineData("""{ "TimeZone": "Europe\u00a0" }""", "TimeZone = \"Europe\\u00a0\" is not a time zone.")]
    [InlineData(
        """{ "Discord": { "Token": "abc\u200b.x" } }""",
        "Discord:Token contains the character U+200B at position 4."
    )]
    [InlineData(
        """{ "Discord": { "Token": "a\r\nb" } }""",
        "Discord:Token contains the character U+000D at position 2."
    )]
    [InlineData("""{ "Discord": "token" }""", "Discord is one value. Write a section with settings:")]
    [InlineData("""{ "TimeZone": ["Etc/UTC"] }""", "TimeZone is a list or a section. Write one value.")]
    [InlineData("""{ "Alerts": { "PerDay": { "a": 1 } } }""", "Alerts:PerDay is a list or a section. Write one value.")]
    [InlineData(
        """{ "Mastodon": { "Tags": "VictorSerge" } }""",
        "Mastodon:Tags = \"VictorSerge\" is one value. Write a list:"
    )]
    [InlineData("""{ "Ledger": { "Path": "Server=db;Password=hunter2" } }""", "Ledger:Path holds what looks like a")]
    [InlineData(
        """{ "Logging": { "Console": { "LogLevel": { "A": "Loud" } } } }""",
        "Logging:Console:LogLevel:A = \"Loud\""
    )]
    public void Read_AnUnusualFile_IsOneProblemThatNamesThePlace(string json, string words)
    {
        File.WriteAllText(Path.Combine(_catalogue.Home, "appsettings.json"), json);

        var problem = Assert.Single(
            Assert.Throws<SettingsException>(() => SettingsReader.Read(_catalogue.Home)).Problems
        );

        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.True(IsLine(problem), problem);
    }

    private async Task StartWithEachAsync(string key, IEnumerable<string> values)
    {
        List<string> failures = [];
        foreach (var value in values)
        {
            var (lines, escaped) = await TryStartAsync(key, value);
            if (escaped is not null || lines.Any(line => !IsLine(line)))
            {
                var shown = JsonValue.Create(value[..Math.Min(value.Length, 50)]).ToJsonString();
                failures.Add($"{shown}: {escaped} {string.Join('|', lines)}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private async Task<(IReadOnlyList<string> Lines, Exception? Escaped)> TryStartAsync(string key, string value)
    {
        try
        {
            await BuildAsync(key, value);
            return ([], null);
        }
        catch (SettingsException e)
        {
            return (e.Problems, null);
        }
        catch (LedgerException e)
        {
            return ([e.Message], null);
        }
        catch (Exception e)
        {
            return ([], e);
        }
    }

    private static bool IsLine(string line) =>
        line.Length < 1000
        && !line.Any(char.IsControl)
        && !line.Contains("   at ", StringComparison.Ordinal)
        && !line.Contains("hunter2", StringComparison.Ordinal);

    /// <summary>Reads the settings, and builds the worker if a library reads the value later.</summary>
    private async Task BuildAsync(string key, string value)
    {
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Discord:Token"] = "token",
            ["Mastodon:AccessToken"] = "token",
            ["Mastodon:Address"] = "https://m.example/",
            ["Schedules:m:Cron"] = "0 9 * * *",
            ["Schedules:m:Content"] = "quote",
            ["Schedules:m:To:0"] = "mastodon",
            ["Logging:Console:FormatterName"] = "json",
        };
        if (key.EndsWith("File", StringComparison.Ordinal))
        {
            settings.Remove(key[..^"File".Length]);
        }

        if (key.StartsWith(Telemetry, StringComparison.Ordinal))
        {
            settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9";
        }

        settings[key] = value;
        if (!ReadLater.Any(section => key.StartsWith(section, StringComparison.Ordinal)))
        {
            SettingsReader.Read(_catalogue.Home, settings);
            return;
        }

        WorkerOptions options = new()
        {
            Home = _catalogue.Home,
            CreatesLedger = true,
            Overrides = settings,
        };
        await using var worker = await WorkerHost.BuildAsync(options, TestContext.Current.CancellationToken);
    }
}
