using Microsoft.Extensions.Configuration;

namespace Serge.Bot.Settings;

/// <summary>Reads the settings and reports every problem at once: which key, which value, and what is
/// allowed.</summary>
/// <remarks>Read by hand, because a binder names neither a misspelled key nor the allowed values.</remarks>
internal static class SettingsReader
{
    /// <summary>The environment variable that names the environment, as in every .NET host.</summary>
    public const string EnvironmentVariable = "DOTNET_ENVIRONMENT";

    /// <summary>The environment without that variable, as in every .NET host.</summary>
    private const string DefaultEnvironment = "Production";

    private const string FileName = "appsettings.json";
    private const string DefaultLedger = "serge.db";
    private const string TimeZoneKey = "TimeZone";

    /// <summary>The settings at the top level of <c>appsettings.json</c>.</summary>
    internal static readonly string[] Sections =
    [
        "About",
        "Alerts",
        "Cards",
        "Delivery",
        "Discord",
        "Health",
        "Ledger",
        "Logging",
        "Mastodon",
        "Schedules",
        "Site",
        TimeZoneKey,
    ];

    /// <summary>Reads <c>appsettings.json</c>, <c>appsettings.{Environment}.json</c>, the environment variables
    /// (<c>Discord__Token</c>) and the <see cref="Credentials"/>; a later source has precedence.</summary>
    /// <param name="home">The folder with <c>appsettings.json</c>. Relative paths in settings start there.</param>
    /// <param name="overrides">Settings with precedence over all sources; for tests and the playground.</param>
    /// <exception cref="SettingsException">The settings are invalid; the message lists all problems.</exception>
    public static (BotSettings Settings, IConfiguration Configuration) Read(
        string home,
        IReadOnlyDictionary<string, string?>? overrides = null
    )
    {
        List<string> problems = [];
        var folder = Credentials.FindFolder(ReadVariable(Credentials.Variable, overrides), home);
        var credentials = Credentials.Read(folder, problems);
        var environment = ReadVariable(EnvironmentVariable, overrides);
        var files = ReadFiles(home, GetEnvironmentFile(environment));
        var configurations = files.Select(file => file.Configuration);
        var configuration = BuildConfiguration(configurations, credentials, overrides);
        CheckTexts(configuration, problems);
        SettingsSection root = new(configuration, path: "", home, problems);
        foreach (var (name, file) in files)
        {
            ReportValues(root, file);
            root.ReportUnknown(name, file.GetChildren().Select(child => child.Key), Sections);
        }

        var credentialSections = credentials.Keys.Select(key => key.Split(':')[0]);
        root.ReportUnknown(folder?.Source ?? "", credentialSections, Sections);
        var settings = Read(root, home);
        if (problems.Count > 0)
        {
            throw new SettingsException(problems);
        }

        return (settings, configuration);
    }

    private static string? ReadVariable(string name, IReadOnlyDictionary<string, string?>? overrides) =>
        overrides?.GetValueOrDefault(name) ?? Environment.GetEnvironmentVariable(name);

    private static string GetEnvironmentFile(string? environment)
    {
        var name = string.IsNullOrEmpty(environment) ? DefaultEnvironment : environment;
        if (!name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            throw new SettingsException([
                $"{EnvironmentVariable} is \"{SettingsSection.Show(name)}\". The name of an environment has letters, "
                    + "digits, hyphens and underscores, such as Production.",
            ]);
        }

        return $"appsettings.{name}.json";
    }

    /// <returns>The files; a value in a later one takes precedence. One that does not exist is empty.</returns>
    private static IReadOnlyList<(string Name, IConfiguration Configuration)> ReadFiles(
        string home,
        string environmentFile
    ) => [(FileName, ReadFile(home, FileName)), (environmentFile, ReadFile(home, environmentFile))];

    private static IConfigurationRoot ReadFile(string home, string name)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(home, name), optional: true, reloadOnChange: false)
                .Build();
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or FormatException
                        or InvalidOperationException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            throw new SettingsException([$"{name} cannot be read: {(e.InnerException ?? e).Message}"]);
        }
    }

    private static IConfigurationRoot BuildConfiguration(
        IEnumerable<IConfiguration> files,
        IReadOnlyDictionary<string, string?> credentials,
        IReadOnlyDictionary<string, string?>? overrides
    )
    {
        ConfigurationBuilder builder = new();
        foreach (var file in files)
        {
            builder.AddConfiguration(file);
        }

        return builder
            .AddEnvironmentVariables()
            .AddInMemoryCollection(credentials)
            .AddInMemoryCollection(overrides ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            .Build();
    }

    /// <summary>Checks the text of each value before a parser reads it.</summary>
    /// <exception cref="SettingsException">A value is not text.</exception>
    private static void CheckTexts(IConfigurationRoot configuration, List<string> problems)
    {
        var before = problems.Count;
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            var section = key.Split(':')[0];
            var isOurs =
                Sections.Contains(section, StringComparer.OrdinalIgnoreCase)
                || section.StartsWith("OTEL_", StringComparison.Ordinal);
            if (isOurs && value is not null && ValueText.FindProblem(value) is { } problem)
            {
                problems.Add($"{key} {problem}");
            }
        }

        if (problems.Count > before)
        {
            throw new SettingsException(problems);
        }
    }

    /// <summary>Reports each section of the file that is a value. The environment may have variables with the names of
    /// sections.</summary>
    private static void ReportValues(SettingsSection root, IConfiguration file)
    {
        foreach (var name in Sections.Where(static name => name != TimeZoneKey))
        {
            if (!string.IsNullOrEmpty(file[name]))
            {
                root.Report($"{name} is one value. Write a section with settings: \"{name}\": {{ … }}.");
            }
        }
    }

    private static BotSettings Read(SettingsSection root, string home)
    {
        var ledger = root.GetSection("Ledger", "Path", "PostgreSQL", "PostgreSQLFile");
        LogLevelSettings.Check(root);
        var timeZone = root.ReadTimeZone(TimeZoneKey) ?? TimeZoneInfo.Utc;
        var site = SiteSettings.Read(root);
        var alerts = AlertSettings.Read(root);
        var (mastodonPosts, mastodon) = MastodonSettings.ReadSection(root, site.Address, alerts.HasRecipient);
        var (discordPostsPerDay, discord) = DiscordSettings.ReadSection(root);
        return new BotSettings
        {
            Discord = discord,
            DiscordPostsPerDay = discordPostsPerDay,
            Mastodon = mastodon,
            MastodonPosts = mastodonPosts,
            LedgerPath = Path.Combine(home, ReadLedgerPath(ledger)),
            PostgreSql = ReadPostgreSql(ledger),
            TimeZone = timeZone,
            Schedules = ScheduleReader.Read(root, timeZone),
            Delivery = ReadDelivery(root),
            Alerts = alerts,
            Cards = CardSettings.Read(root, home),
            LogFormat = ReadLogFormat(root),
            Health = HealthSettings.Read(root),
            About = AboutSettings.Read(root),
            Site = site,
        };
    }

    private static string ReadLedgerPath(SettingsSection ledger)
    {
        if (PostgresAddress.LooksLikeAddress(ledger.ReadText("Path") ?? ""))
        {
            // The value is not repeated: it may contain a password.
            ledger.Report(
                "Ledger:Path holds what looks like a PostgreSQL connection string. Move it to Ledger:PostgreSQL; "
                    + "Ledger:Path names an SQLite file."
            );
            return DefaultLedger;
        }

        return ledger.ReadPath("Path") ?? DefaultLedger;
    }

    private static PostgresAddress? ReadPostgreSql(SettingsSection ledger)
    {
        if (ledger.ReadSecret("PostgreSQL") is not { } secret)
        {
            return null;
        }

        if (ledger.ReadText("Path") is not null)
        {
            ledger.Report("Ledger:Path and Ledger:PostgreSQL are both set. Keep one of them.");
        }

        if (!PostgresAddress.TryParse(secret.Reveal(), out var address))
        {
            ledger.Report(
                "Ledger:PostgreSQL is not a connection string. Write it as Host=db.example;Database=serge;"
                    + "Username=serge;Password=… or as postgresql://serge:…@db.example/serge. Put special characters "
                    + "in quotes (Password='a;b') or, in the second form, percent-encode them."
            );
        }

        return address;
    }

    private static DeliverySettings ReadDelivery(SettingsSection root)
    {
        string[] keys = ["Lease", "LookupDelay", "RetryDelay", "LatePostInterval", "RefusalDelay", "SenderLease"];
        var section = root.GetSection("Delivery", keys);
        DeliverySettings defaults = new();
        var second = TimeSpan.FromSeconds(1);
        var minute = TimeSpan.FromMinutes(1);
        var minRetryDelay = TimeSpan.FromMilliseconds(100);
        return new DeliverySettings
        {
            Lease = section.ReadDuration("Lease", defaults.Lease, second, minute * 60),
            LookupDelay = section.ReadDuration("LookupDelay", defaults.LookupDelay, TimeSpan.Zero, minute * 10),
            RetryDelay = section.ReadDuration("RetryDelay", defaults.RetryDelay, minRetryDelay, minute * 10),
            LatePostInterval = section.ReadDuration(
                "LatePostInterval",
                defaults.LatePostInterval,
                TimeSpan.Zero,
                minute * 60
            ),
            RefusalDelay = section.ReadDuration("RefusalDelay", defaults.RefusalDelay, TimeSpan.Zero, minute * 60),
            SenderLease = section.ReadDuration(
                "SenderLease",
                defaults.SenderLease,
                second,
                DeliverySettings.MaxSenderLease
            ),
        };
    }

    private static string ReadLogFormat(SettingsSection root)
    {
        (string, string)[] formats =
        [
            (BotSettings.DefaultLogFormat, BotSettings.DefaultLogFormat),
            ("json", "json"),
            ("systemd", "systemd"),
        ];
        return root.ReadChoice("Logging:Console:FormatterName", BotSettings.DefaultLogFormat, formats);
    }
}

/// <summary>The settings are invalid.</summary>
/// <param name="problems">A text for each problem: key, value, what is allowed.</param>
internal sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception(string.Join(Environment.NewLine, problems.Select(VisibleText.OfLine)))
{
    /// <summary>One line for each problem.</summary>
    public IReadOnlyList<string> Problems { get; } = [.. problems.Select(VisibleText.OfLine)];

    /// <summary>The problems without a stack trace: the fault is in the settings, not in the code.</summary>
    public override string ToString() => Message;
}
