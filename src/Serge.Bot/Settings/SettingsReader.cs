using System.Globalization;
using System.Net;
using Cronos;
using Microsoft.Extensions.Configuration;

namespace Serge.Bot.Settings;

/// <summary>Reads the settings and reports all that is wrong with them at once: which key, which value, and what is allowed.</summary>
/// <remarks>Written by hand rather than bound: a binder names neither the key of a misspelt setting nor the values it would take.</remarks>
internal sealed partial class SettingsReader
{
    private static readonly string[] Sections =
    [
        "About",
        "Alerts",
        "Delivery",
        "Discord",
        "Health",
        "Ledger",
        "Logging",
        "Mastodon",
        "Schedules",
        "TimeZone",
    ];

    private readonly List<string> _problems = [];
    private readonly string _home;

    private SettingsReader(string home) => _home = home;

    /// <summary>Reads <c>appsettings.json</c> of the home folder, over it the environment (<c>Discord__Token</c>), and over that the <see cref="Credentials"/>.</summary>
    /// <param name="home">Where relative paths start.</param>
    /// <param name="overrides">Over all of them; for tests and the playground.</param>
    /// <exception cref="SettingsException">Something is wrong; the message lists everything.</exception>
    public static (BotSettings Settings, IConfiguration Configuration) Read(
        string home,
        IReadOnlyDictionary<string, string?>? overrides = null
    )
    {
        var reader = new SettingsReader(home);
        var folder =
            overrides?.GetValueOrDefault(Credentials.Variable)
            ?? Environment.GetEnvironmentVariable(Credentials.Variable);
        var credentials = Credentials.Read(folder, reader._problems);
        IConfigurationRoot configuration;
        try
        {
            configuration = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(home, "appsettings.json"), optional: true, reloadOnChange: false)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(credentials)
                .AddInMemoryCollection(overrides ?? new Dictionary<string, string?>(StringComparer.Ordinal))
                .Build();
        }
        catch (Exception e)
            when (e is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"appsettings.json cannot be read: {(e.InnerException ?? e).Message}"]);
        }

        var file = configuration.Providers.First();
        reader.RefuseUnknown(
            "appsettings.json",
            file.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase),
            Sections
        );
        reader.RefuseUnknown(
            $"{Credentials.Variable} = {folder}",
            credentials.Keys.Select(key => key.Split(':')[0]).Distinct(StringComparer.OrdinalIgnoreCase),
            Sections
        );
        var settings = reader.ReadAll(configuration);
        return reader._problems.Count == 0 ? (settings, configuration) : throw new SettingsException(reader._problems);
    }

    private BotSettings ReadAll(IConfiguration root)
    {
        var ledger = Section(root, "Ledger", "Path", "PostgreSQL", "PostgreSQLFile");
        var zone = Zone("TimeZone", root["TimeZone"]) ?? TimeZoneInfo.Utc;
        return new BotSettings
        {
            Discord = Discord(
                Section(root, "Discord", "Token", "TokenFile", "ApiAddress", "Interactions", "Listen", "PostsPerDay")
            ),
            Mastodon = Mastodon(
                Section(
                    root,
                    "Mastodon",
                    "Address",
                    "AccessToken",
                    "AccessTokenFile",
                    "Visibility",
                    "PublicEvery",
                    "Tags",
                    "RequiredTags",
                    "PostsPerDay",
                    "Citizenship"
                )
            ),
            LedgerPath = Path.Combine(_home, ledger["Path"] is { Length: > 0 } path ? path : "serge.db"),
            PostgreSql = PostgreSql(ledger),
            TimeZone = zone,
            Schedules =
            [
                .. root.GetSection("Schedules").GetChildren().Select(s => ReadSchedule(s, zone)).OfType<Schedule>(),
            ],
            Delivery = Delivery(Section(root, "Delivery", "Lease", "LookAfter", "RetryAfter", "SenderLease")),
            Alerts = Alerts(Section(root, "Alerts", "Discord", "Mastodon", "Every", "PerDay")),
            LogFormat = Choice(
                "Logging:Console:FormatterName",
                root["Logging:Console:FormatterName"],
                "lines",
                ("lines", "lines"),
                ("json", "json"),
                ("simple", "simple"),
                ("systemd", "systemd")
            ),
            Health = Health(Section(root, "Health", "Listen")),
            About = About(Section(root, "About", "Operator", "Contact", "Privacy", "SourceCode")),
        };
    }

    private PostgresAddress? PostgreSql(IConfigurationSection section)
    {
        var path = section["Path"] ?? "";
        if (PostgresAddress.IsMeant(path))
        {
            // Not repeated here: a password may be in it.
            _problems.Add(
                "Ledger:Path holds what looks like a PostgreSQL connection string. Move it to Ledger:PostgreSQL; Ledger:Path names an SQLite file."
            );
            return null;
        }

        if (ReadSecret(section, "PostgreSQL") is not { } secret)
        {
            return null;
        }

        if (path.Length > 0)
        {
            _problems.Add("Ledger:Path and Ledger:PostgreSQL are both set. Keep one of them.");
        }

        if (!PostgresAddress.TryRead(secret.Reveal(), out var address))
        {
            _problems.Add(
                "Ledger:PostgreSQL is no connection string. Write it as Host=db.example;Database=serge;Username=serge;Password=… or as postgresql://serge:…@db.example/serge. "
                    + "Signs that have a meaning there are put in quotes (Password='a;b') or, in the second form, percent-encoded."
            );
        }

        return address;
    }

    private DiscordSettings? Discord(IConfigurationSection section)
    {
        var address =
            Address($"{section.Path}:ApiAddress", section["ApiAddress"]) ?? new Uri("https://discord.com/api/v10/");
        var overHttp = Choice(
            $"{section.Path}:Interactions",
            section["Interactions"],
            false,
            ("gateway", false),
            ("http", true)
        );
        var listen = Listen($"{section.Path}:Listen", section["Listen"]) ?? new Uri("http://127.0.0.1:8080/");
        var postsPerDay = Number(
            $"{section.Path}:PostsPerDay",
            section["PostsPerDay"],
            DiscordSettings.DefaultPostsPerDay,
            least: 1,
            most: 1440
        );
        return ReadSecret(section, "Token") is { } token
            ? new DiscordSettings
            {
                Token = token,
                ApiAddress = address,
                InteractionsOverHttp = overHttp,
                Listen = listen,
                PostsPerDay = postsPerDay,
            }
            : null;
    }

    /// <summary>Empty is off here, unlike not set at all.</summary>
    private HealthSettings Health(IConfigurationSection section) =>
        section["Listen"] is { } listen
            ? new HealthSettings { Listen = Listen($"{section.Path}:Listen", listen), IsSet = true }
            : new HealthSettings();

    private Uri? Listen(string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (
            Uri.TryCreate(value, UriKind.Absolute, out var uri)
            && uri is { Scheme: "http", AbsolutePath: "/", Query: "" }
            && (uri.Host == "localhost" || IPAddress.TryParse(uri.Host.Trim('[', ']'), out _))
        )
        {
            return uri;
        }

        _problems.Add(
            $"{key} = \"{value}\" is nothing to listen on. Give http://, an address of this machine and a port, such as http://127.0.0.1:8080. A proxy in front of it ends TLS."
        );
        return null;
    }

    private Schedule? ReadSchedule(IConfigurationSection section, TimeZoneInfo standardZone)
    {
        RefuseUnknown(
            section.Path,
            section.GetChildren().Select(child => child.Key),
            ["Cron", "TimeZone", "Content", "To", "LateBy", "Visibility"]
        );
        var before = _problems.Count;
        var cron = Cron($"{section.Path}:Cron", section["Cron"]);
        var zone = Zone($"{section.Path}:TimeZone", section["TimeZone"]) ?? standardZone;
        var content = Choice(
            $"{section.Path}:Content",
            section["Content"],
            (ScheduleContent?)null,
            ("quote", ScheduleContent.Quote),
            ("on-this-day", ScheduleContent.OnThisDay),
            ("on-this-day-or-quote", ScheduleContent.OnThisDayOrQuote)
        );
        if (content is null && string.IsNullOrEmpty(section["Content"]))
        {
            _problems.Add($"{section.Path}:Content is missing. Allowed: quote, on-this-day, on-this-day-or-quote.");
        }

        List<Destination> to = [];
        foreach (var child in section.GetSection("To").GetChildren())
        {
            if (Destinations.TryParse(child.Value ?? "") is { } destination)
            {
                to.Add(destination);
            }
            else
            {
                _problems.Add(
                    $"{child.Path} = \"{child.Value}\" is no destination. Allowed: mastodon, or discord: and a channel's id (digits), such as discord:1234567890."
                );
            }
        }

        if (to.Count == 0 && _problems.Count == before)
        {
            _problems.Add(
                $"{section.Path}:To is missing. Name at least one destination: mastodon, or discord: and a channel's id."
            );
        }

        var lateBy = Duration(
            $"{section.Path}:LateBy",
            section["LateBy"],
            TimeSpan.FromHours(6),
            TimeSpan.FromMinutes(1),
            TimeSpan.FromDays(7)
        );
        var visibility = ScheduleVisibility($"{section.Path}:Visibility", section["Visibility"], to);
        return _problems.Count > before
            ? null
            : new Schedule
            {
                Id = ScheduleId.OfOperator(section.Key),
                Cron = cron!,
                TimeZone = zone,
                Content = content!.Value,
                To = [.. to.Distinct()],
                GracePeriod = lateBy,
                Visibility = visibility,
            };
    }

    private DeliverySettings Delivery(IConfigurationSection section)
    {
        var standard = new DeliverySettings();
        return new DeliverySettings
        {
            Lease = Duration(
                $"{section.Path}:Lease",
                section["Lease"],
                standard.Lease,
                TimeSpan.FromSeconds(1),
                TimeSpan.FromHours(1)
            ),
            LookupDelay = Duration(
                $"{section.Path}:LookAfter",
                section["LookAfter"],
                standard.LookupDelay,
                TimeSpan.Zero,
                TimeSpan.FromMinutes(10)
            ),
            RetryDelay = Duration(
                $"{section.Path}:RetryAfter",
                section["RetryAfter"],
                standard.RetryDelay,
                TimeSpan.FromMilliseconds(100),
                TimeSpan.FromMinutes(10)
            ),
            SenderLease = Duration(
                $"{section.Path}:SenderLease",
                section["SenderLease"],
                standard.SenderLease,
                TimeSpan.FromSeconds(1),
                TimeSpan.FromMinutes(10)
            ),
        };
    }

    private AboutSettings About(IConfigurationSection section) =>
        new()
        {
            Operator = section["Operator"] is { Length: > 0 } name ? name : null,
            Contact = section["Contact"] is { Length: > 0 } contact ? contact : null,
            Privacy = Page($"{section.Path}:Privacy", section["Privacy"]),
            SourceCode = Page($"{section.Path}:SourceCode", section["SourceCode"]),
        };

    private IConfigurationSection Section(IConfiguration root, string name, params string[] keys)
    {
        var section = root.GetSection(name);
        RefuseUnknown(name, section.GetChildren().Select(child => child.Key), keys);
        return section;
    }

    private void RefuseUnknown(string where, IEnumerable<string> found, string[] known)
    {
        foreach (var key in found.Where(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)))
        {
            _problems.Add(
                $"{where} has \"{key}\", which is no setting. {DidYouMean.Hint(key, known)}Allowed: {string.Join(", ", known)}."
            );
        }
    }

    private Secret? ReadSecret(IConfigurationSection section, string key)
    {
        var (value, file) = (section[key], section[key + "File"]);
        if (string.IsNullOrEmpty(file))
        {
            return string.IsNullOrWhiteSpace(value) ? null : new Secret(value.Trim());
        }

        if (!string.IsNullOrEmpty(value))
        {
            _problems.Add($"{section.Path}:{key} and {section.Path}:{key}File are both set. Keep one of them.");
            return null;
        }

        try
        {
            var content = File.ReadAllText(Path.Combine(_home, file)).Trim();
            if (content.Length > 0)
            {
                return new Secret(content);
            }

            _problems.Add(
                $"{section.Path}:{key}File = \"{file}\" is an empty file. Put the secret into it, and nothing else."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"{section.Path}:{key}File = \"{file}\" cannot be read: {e.Message}");
        }

        return null;
    }

    private Uri? Address(string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        // Routes are relative to the address, so it has to end in a slash.
        if (
            Uri.TryCreate(value.EndsWith('/') ? value : value + "/", UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.UserInfo.Length == 0
        )
        {
            return uri;
        }

        _problems.Add(
            $"{key} = \"{value}\" is no address. Give one with its scheme, such as https://mastodon.example/."
        );
        return null;
    }

    /// <summary>A page to read, as it is.</summary>
    private Uri? Page(string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (
            Uri.TryCreate(value, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.UserInfo.Length == 0
        )
        {
            return uri;
        }

        _problems.Add(
            $"{key} = \"{value}\" is no address of a page. Give one with its scheme, such as https://example.org/serge."
        );
        return null;
    }

    private TimeZoneInfo? Zone(string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(value, out var zone))
        {
            return zone;
        }

        _problems.Add($"{key} = \"{value}\" is no time zone. Give an IANA name, such as Europe/Brussels or Etc/UTC.");
        return null;
    }

    private string? Cron(string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            _problems.Add(
                $"{key} is missing. Give five fields (minute hour day month weekday), such as \"0 9 * * 1-5\" for nine o'clock on working days."
            );
            return null;
        }

        try
        {
            var expression = CronExpression.Parse(value);
            if (expression.GetNextOccurrence(DateTime.UnixEpoch, TimeZoneInfo.Utc) is not null)
            {
                return value;
            }

            _problems.Add($"{key} = \"{value}\" names a time that never comes.");
        }
        catch (CronFormatException e)
        {
            _problems.Add(
                $"{key} = \"{value}\" is no cron expression: {e.Message} Five fields (minute hour day month weekday) are wanted, such as \"0 9 * * 1-5\"."
            );
        }

        return null;
    }

    private TimeSpan Duration(string key, string? value, TimeSpan standard, TimeSpan least, TimeSpan most)
    {
        if (string.IsNullOrEmpty(value))
        {
            return standard;
        }

        if (
            TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var duration)
            && value.Contains(':', StringComparison.Ordinal)
            && duration >= least
            && duration <= most
        )
        {
            return duration;
        }

        _problems.Add(
            $"{key} = \"{value}\" will not do. Give hours, minutes and seconds, from {least:c} to {most:c}, such as {standard:c}."
        );
        return standard;
    }

    private int Number(string key, string? value, int standard, int least, int most)
    {
        if (string.IsNullOrEmpty(value))
        {
            return standard;
        }

        if (
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }

        _problems.Add($"{key} = \"{value}\" will not do. Give a number from {least} to {most}, such as {standard}.");
        return standard;
    }

    private T Choice<T>(string key, string? value, T standard, params (string Name, T Value)[] choices)
    {
        if (string.IsNullOrEmpty(value))
        {
            return standard;
        }

        foreach (var (name, choice) in choices)
        {
            if (string.Equals(name, value, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        var names = choices.Select(choice => choice.Name).ToArray();
        _problems.Add(
            $"{key} = \"{value}\" will not do. {DidYouMean.Hint(value, names)}Allowed: {string.Join(", ", names)}."
        );
        return standard;
    }
}

/// <summary>The settings are wrong; one line each.</summary>
/// <param name="problems">All of them.</param>
internal sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>One line each: key, value, what is allowed.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
