namespace Serge.Bot.Tests.Settings;

/// <summary>Settings from <c>appsettings.json</c>: examples, secrets, and messages about errors.</summary>
public sealed class SettingsReaderTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("serge-settings-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void Read_WithoutSettings_DisablesBothPlatformsAndHasTheLedgerInTheHome()
    {
        var settings = Read("{}");

        Assert.Null(settings.Discord);
        Assert.Null(settings.Mastodon);
        Assert.Equal(Path.Combine(_home.FullName, "serge.db"), settings.LedgerPath);
    }

    [Theory]
    [InlineData("""{ "Ledger": { "PostgreSQL": "Host=db;Database=serge;Username=serge;Password=secret" } }""")]
    [InlineData("""{ "Ledger": { "PostgreSQL": "postgresql://serge:secret@db/serge" } }""")]
    public void Read_APostgresServer_IsTheLedgerAndItsPasswordIsNotPrinted(string json)
    {
        var settings = Read(json);

        Assert.Contains("Password=secret", settings.PostgreSql!.Reveal(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{ "Ledger": { "PostgreSQL": "Hst=db;Password=secret" } }""",
        "Ledger:PostgreSQL is not a connection string"
    )]
    [InlineData(
        """{ "Ledger": { "PostgreSQL": "serge.db;secret" } }""",
        "Ledger:PostgreSQL is not a connection string"
    )]
    [InlineData("""{ "Ledger": { "Path": "postgresql://serge:secret@db/serge" } }""", "Move it to Ledger:PostgreSQL")]
    [InlineData("""{ "Ledger": { "Path": "Host=db;Password=secret" } }""", "Move it to Ledger:PostgreSQL")]
    [InlineData(
        """{ "Ledger": { "Path": "serge.db", "PostgreSQL": "Host=db;Password=secret" } }""",
        "Ledger:Path and Ledger:PostgreSQL are both set"
    )]
    [InlineData(
        """{ "Ledger": { "PostgreSQL": "Host=db;Password=secret", "PostgreSQLFile": "password" } }""",
        "Ledger:PostgreSQL and Ledger:PostgreSQLFile are both set"
    )]
    public void Read_AnInvalidLedger_StatesWhatToDoAndRevealsNoPassword(string json, string words)
    {
        var problem = Assert.Single(Assert.Throws<SettingsException>(() => Read(json)).Problems);

        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TheExampleOfTheDocumentation_IsASchedule()
    {
        var schedule = Assert.Single(
            Read(
                """
                { "Schedules": { "morning-quote": { "Cron": "0 9 * * 1,3,5", "TimeZone": "Europe/Brussels", "Content": "quote", "To": ["mastodon", "discord:1234567890"], "GracePeriod": "06:00:00" } } }
                """
            ).Schedules
        );

        Assert.Equal(
            ("morning-quote", "Europe/Brussels", ScheduleContent.Quote, TimeSpan.FromHours(6)),
            (schedule.Id.Name, schedule.TimeZone.Id, schedule.Content, schedule.GracePeriod)
        );
        Assert.Equal(["mastodon", "discord:1234567890"], schedule.To.Select(to => to.ToString()));
        Assert.Equal(PostOptions.Default, schedule.Options);
    }

    [Theory]
    [InlineData("{}", null, true)]
    [InlineData("""{ "Cards": { "Font": "EB Garamond" } }""", "EB Garamond", true)]
    [InlineData("""{ "Cards": { "Font": "none" } }""", null, false)]
    public void Read_TheFontOfPictures_IsAFamilyOrNone(string json, string? font, bool isEnabled)
    {
        var cards = Read(json).Cards;

        Assert.Equal((font, isEnabled), (cards.Font, cards.IsEnabled));
    }

    [Fact]
    public void Read_AFontFile_IsInTheHome()
    {
        var path = Path.Combine(_home.FullName, "book.otf");
        File.WriteAllText(path, "");

        Assert.Equal(path, Read("""{ "Cards": { "Font": "book.otf" } }""").Cards.Font);
    }

    [Theory]
    [InlineData("missing.ttf")]
    [InlineData("/nowhere/font")]
    public void Read_AFontFileThatDoesNotExist_IsAProblem(string font)
    {
        var json = $$"""{ "Cards": { "Font": "{{font}}" } }""";

        var problem = Assert.Single(Assert.Throws<SettingsException>(() => Read(json)).Problems);

        Assert.StartsWith("Cards:Font", problem, StringComparison.Ordinal);
        Assert.Contains("EB Garamond", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnAddressWithoutATrailingSlash_GetsOne() =>
        Assert.Equal(
            "http://127.0.0.1:5080/discord/api/v10/",
            Read("""{ "Discord": { "Token": "t", "ApiAddress": "http://127.0.0.1:5080/discord/api/v10" } }""")
                .Discord!.ApiAddress.ToString()
        );

    [Fact]
    public void Read_ASecretFromAFile_IsReadWithoutTheLineEnd()
    {
        File.WriteAllText(Path.Combine(_home.FullName, "token"), "abc\n");

        Assert.Equal("abc", Read("""{ "Discord": { "TokenFile": "token" } }""").Discord!.Token.Reveal());
    }

    [Fact]
    public void Read_Settings_DoNotPrintTheirSecrets()
    {
        var settings = Read(
            """{ "Discord": { "Token": "geheim" }, "Mastodon": { "Address": "https://m.example", "AccessToken": "geheim" } }"""
        );

        Assert.DoesNotContain("geheim", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", $"{settings.Discord}{settings.Mastodon}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("ada@mastodon.example")]
    [InlineData("@ada@mastodon.example")]
    [InlineData("ada.b-c_1@127.0.0.1:5080")]
    public void Read_AnAccountForAlerts_IsReadWithoutTheLeadingAtSign(string account) =>
        Assert.Equal(
            account.TrimStart('@'),
            Read($$"""{ "Alerts": { "Mastodon": "{{account}}", "Discord": "1234567890" } }""").Alerts.Mastodon
        );

    [Fact]
    public void Read_EverySettingOfMastodon_IsRead()
    {
        var settings = Read(
            """
            {
              "Mastodon": {
                "Address": "https://m.example", "AccessToken": "t", "Visibility": "public", "MinPublicInterval": "12:00:00", "Tags": ["VictorSerge", "Books"],
                "RequiredTags": ["hachybots"], "PostsPerDay": 3, "PolicyChecks": "enforce"
              },
              "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"], "Visibility": "private", "Picture": true } }
            }
            """
        );

        var mastodon = settings.Mastodon!;
        Assert.Equal(
            (PostVisibility.Public, TimeSpan.FromHours(12), 3, true),
            (mastodon.Visibility, mastodon.MinPublicInterval, mastodon.PostsPerDay, mastodon.EnforcesPolicyChecks)
        );
        Assert.Equal(["VictorSerge", "Books", "|", "hachybots"], [.. mastodon.Tags, "|", .. mastodon.RequiredTags]);
        var schedule = Assert.Single(settings.Schedules);
        Assert.Equal((PostVisibility.Private, true), (schedule.Visibility, schedule.Options.Picture));
    }

    [Theory]
    [InlineData("Discord", "5")]
    [InlineData("Mastodon", "ada@m.example")]
    public void Read_ForwardMentionsWithARecipient_IsOn(string recipient, string value)
    {
        var settings = Read(
            $$"""
            {
              "Mastodon": { "Address": "https://m.example", "AccessToken": "t", "ForwardMentions": true },
              "Alerts": { "{{recipient}}": "{{value}}" }
            }
            """
        );

        Assert.True(settings.Mastodon!.ForwardsMentions);
    }

    [Fact]
    public void Read_TheAccountOnly_HasDefaultsThatPassThePolicyChecks()
    {
        var mastodon = Read("""{ "Mastodon": { "Address": "https://m.example", "AccessToken": "t" } }""").Mastodon!;

        Assert.Equal(
            (PostVisibility.Unlisted, TimeSpan.FromHours(6), 5, false),
            (mastodon.Visibility, mastodon.MinPublicInterval, mastodon.PostsPerDay, mastodon.EnforcesPolicyChecks)
        );
        Assert.Equal([], [.. mastodon.Tags, .. mastodon.RequiredTags]);
    }

    /// <summary>Each row: the settings, and the address of the health endpoints.</summary>
    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{ "Health": { "Listen": "" } }""", null)]
    [InlineData("""{ "Health": { "Listen": "http://0.0.0.0:9000" } }""", "http://0.0.0.0:9000/")]
    [InlineData("""{ "Health": { "Listen": "http://[::1]:9000" } }""", "http://[::1]:9000/")]
    public void Read_Health_IsOffUnlessAnAddressIsSet(string json, string? listen) =>
        Assert.Equal(listen, Read(json).Health.Listen?.AbsoluteUri);

    /// <summary>Each row: an error, and words of its message: key, value, and what is allowed.</summary>
    [Theory]
    [InlineData("""{ "Scedules": {} }""", "Scedules", "Did you mean Schedules?")]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"], "GracPeriod": "1:00:00" } } }""",
        "Schedules:m",
        "GracPeriod",
        "Did you mean GracePeriod?"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "99 9 * * *", "Content": "quote", "To": ["mastodon"] } } }""",
        "Schedules:m:Cron",
        "99 9 * * *",
        "five fields"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 31 2 *", "Content": "quote", "To": ["mastodon"] } } }""",
        "Schedules:m:Cron",
        "never occurs"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "TimeZone": "Brussels", "Content": "quote", "To": ["mastodon"] } } }""",
        "Schedules:m:TimeZone",
        "Brussels",
        "Europe/Brussels"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "qoute", "To": ["mastodon"] } } }""",
        "Schedules:m:Content",
        "qoute",
        "Did you mean quote?",
        "on-this-day-or-quote"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "To": ["mastodon"] } } }""",
        "Schedules:m:Content",
        "missing"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote" } } }""",
        "Schedules:m:To",
        "missing"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["twitter"] } } }""",
        "Schedules:m:To:0",
        "twitter",
        "mastodon"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["discord:general"] } } }""",
        "discord:general",
        "id of a channel"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"], "GracePeriod": "6 hours" } } }""",
        "Schedules:m:GracePeriod",
        "6 hours",
        "06:00:00"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"], "GracePeriod": "6" } } }""",
        "Schedules:m:GracePeriod"
    )] // parsed as six days, intended as six hours
    [InlineData("""{ "Discord": { "ApiAddress": "discord.com" } }""", "Discord:ApiAddress", "discord.com")]
    [InlineData("""{ "Discord": { "Interactions": "https" } }""", "Discord:Interactions", "https", "gateway, http")]
    [InlineData(
        """{ "Discord": { "Listen": "https://127.0.0.1:8080" } }""",
        "Discord:Listen",
        "For TLS, put a proxy in front of it"
    )]
    [InlineData("""{ "Discord": { "Listen": "8080" } }""", "Discord:Listen", "http://127.0.0.1:8080")]
    [InlineData(
        """{ "Discord": { "Listen": "http://bot.example:8080" } }""",
        "Discord:Listen",
        "an address of this machine"
    )]
    [InlineData("""{ "Discord": { "Listen": "http://127.0.0.1:8080/somewhere" } }""", "Discord:Listen")]
    [InlineData("""{ "Discord": { "Token": "t", "TokenFile": "f" } }""", "Discord:Token", "Discord:TokenFile", "both")]
    [InlineData(
        """{ "Discord": { "TokenFile": "not-there" } }""",
        "Discord:TokenFile",
        "may be a secret",
        "Write the path of a file that contains only the secret, or write the secret to Discord:Token."
    )]
    [InlineData("""{ "Discord": { "TokenFile": "../not-there" } }""", "Discord:TokenFile", "../not-there")]
    [InlineData("""{ "Mastodon": { "AccessToken": "t" } }""", "Mastodon:Address", "missing")]
    [InlineData(
        """{ "Mastodon": { "Address": "https://m.example", "AccessToken": "t", "Visibility": "everybody" } }""",
        "Mastodon:Visibility",
        "everybody",
        "unlisted"
    )]
    [InlineData(
        """{ "Mastodon": { "Address": "https://m.example", "AccessToken": "t", "Tags": ["#victorserge"] } }""",
        "Mastodon:Tags",
        "#victorserge",
        "PascalCase"
    )]
    [InlineData("""{ "Mastodon": { "Tags": ["1933"] } }""", "Mastodon:Tags", "1933")] // no server links it
    [InlineData(
        """{ "Mastodon": { "RequiredTags": ["#hachybots"] } }""",
        "Mastodon:RequiredTags",
        "#hachybots",
        "without the number sign"
    )]
    [InlineData(
        """{ "Mastodon": { "Tags": ["A1", "B2", "C3"], "RequiredTags": ["d4", "e5"] } }""",
        "5 tags",
        "At most 4"
    )]
    [InlineData("""{ "Mastodon": { "MinPublicInterval": "6" } }""", "Mastodon:MinPublicInterval", "06:00:00")]
    [InlineData(
        """{ "Mastodon": { "MinPublicInterval": "8.00:00:00" } }""",
        "Mastodon:MinPublicInterval",
        "7.00:00:00"
    )]
    [InlineData("""{ "Mastodon": { "PostsPerDay": "0" } }""", "Mastodon:PostsPerDay", "from 1 to 1440", "such as 5")]
    [InlineData("""{ "Mastodon": { "PostsPerDay": "many" } }""", "Mastodon:PostsPerDay", "many")]
    [InlineData("""{ "Discord": { "PostsPerDay": "1441" } }""", "Discord:PostsPerDay", "1441")]
    [InlineData("""{ "Discord": { "SpreadMinutes": "0" } }""", "Discord:SpreadMinutes", "from 1 to 60")]
    [InlineData("""{ "Discord": { "SpreadMinutes": "61" } }""", "Discord:SpreadMinutes", "61")]
    [InlineData("""{ "Discord": { "SpreadMinutes": "00:30:00" } }""", "Discord:SpreadMinutes", "00:30:00")]
    [InlineData("""{ "Mastodon": { "ForwardMentions": "perhaps" } }""", "Mastodon:ForwardMentions", "perhaps", "false")]
    [InlineData(
        """{ "Mastodon": { "ForwardMentions": true } }""",
        "Mastodon:ForwardMentions",
        "alerts have no recipient",
        "Alerts:Discord"
    )]
    [InlineData(
        """{ "Mastodon": { "PolicyChecks": "enforcd" } }""",
        "Mastodon:PolicyChecks",
        "Did you mean enforce?",
        "warn"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"], "Visibility": "direct" } } }""",
        "Schedules:m:Visibility",
        "direct",
        "unlisted"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["discord:1"], "Visibility": "public" } } }""",
        "Schedules:m:Visibility",
        "no effect"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"], "Buttons": "false" } } }""",
        "Schedules:m:Buttons",
        "no effect"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["discord:1"], "Buttons": "off" } } }""",
        "Schedules:m:Buttons",
        "off",
        "true, false"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["mastodon"], "Mention": "7" } } }""",
        "Schedules:m:Mention",
        "no effect"
    )]
    [InlineData(
        """{ "Schedules": { "m": { "Cron": "0 9 * * *", "Content": "quote", "To": ["discord:1"], "Mention": "@everyone" } } }""",
        "Schedules:m:Mention",
        "@everyone",
        "Copy Role ID"
    )]
    [InlineData("""{ "Delivery": { "Lease": "00:00:00.5" } }""", "Delivery:Lease", "00:00:01")]
    [InlineData("""{ "Alerts": { "Discord": "general" } }""", "Alerts:Discord", "general", "1234567890")]
    [InlineData(
        """{ "Alerts": { "Mastodon": "https://mastodon.example/@ada" } }""",
        "Alerts:Mastodon",
        "ada@mastodon.example"
    )]
    [InlineData("""{ "Alerts": { "Mastodon": "ada bob" } }""", "Alerts:Mastodon", "ada bob")]
    [InlineData("""{ "Alerts": { "MinInterval": "0" } }""", "Alerts:MinInterval", "00:00:01")]
    [InlineData("""{ "Alerts": { "PerDay": "101" } }""", "Alerts:PerDay", "from 1 to 100")]
    [InlineData(
        """{ "Alerts": { "Mail": "ada@example.org" } }""",
        "Alerts",
        "Mail",
        "Discord, Mastodon, Webhook, WebhookFile"
    )]
    [InlineData(
        """{ "Health": { "Listen": "8081" } }""",
        "Health:Listen",
        "8081",
        "an address of this machine and a port"
    )]
    [InlineData(
        """{ "Health": { "Listen": "http://bot.example:8081" } }""",
        "Health:Listen",
        "an address of this machine"
    )]
    [InlineData("""{ "Health": { "Port": "8081" } }""", "Health", "Port", "Listen")]
    [InlineData(
        """{ "Logging": { "Console": { "FormatterName": "jsno" } } }""",
        "Logging:Console:FormatterName",
        "Did you mean json?"
    )]
    [InlineData(
        """{ "Logging": { "LogLevl": { "Default": "Debug" } } }""",
        "Logging has \"LogLevl\"",
        "Did you mean LogLevel?",
        "Allowed: LogLevel, Console."
    )]
    [InlineData(
        """{ "Logging": { "EventLog": { "LogLevel": { "Default": "Debug" } } } }""",
        "Logging has \"EventLog\""
    )]
    [InlineData(
        """{ "Logging": { "Console": { "FormaterName": "json" } } }""",
        "Logging:Console has \"FormaterName\"",
        "Did you mean FormatterName?",
        "LogToStandardErrorThreshold, MaxQueueLength, QueueFullMode."
    )]
    [InlineData("""{ "TimeZone": "Mars/Olympus" }""", "TimeZone", "Mars/Olympus")]
    [InlineData("""{ "Discord": """, "appsettings.json")]
    public void Read_AnError_NamesKeyValueAndWhatIsAllowed(string json, params string[] words)
    {
        var e = Assert.Throws<SettingsException>(() => Read(json));

        Assert.All(words, word => Assert.Contains(word, string.Join('\n', e.Problems), StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ALongValue_IsNotCutWithinASurrogatePair()
    {
        var beginning = new string('x', 199);

        var e = Assert.Throws<SettingsException>(() => Read($$"""{ "TimeZone": "{{beginning}}🎈" }"""));

        Assert.Contains($"TimeZone = \"{beginning}…\"", Assert.Single(e.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralErrors_ReportsAllOfThem()
    {
        var e = Assert.Throws<SettingsException>(() =>
            Read("""{ "TimeZone": "Mars", "Discord": { "Tokn": "t" }, "Delivery": { "Lease": "long" } }""")
        );

        Assert.Equal(3, e.Problems.Count);
    }

    [Fact]
    public void Read_AScheduleWithTheNameOfTheAlerts_IsRejected() =>
        Assert.Throws<SettingsException>(() =>
            Read($$"""{ "Schedules": { "{{Alert.Schedule.Name}}": { "Cron": "0 9 * * *", "Content": "quote" } } }""")
        );

    [Fact]
    public void Read_AnOverride_HasPrecedenceOverTheFile() =>
        Assert.Equal(
            "Asia/Tokyo",
            SettingsReader
                .Read(
                    Home("""{ "TimeZone": "Europe/Brussels" }"""),
                    new Dictionary<string, string?>(StringComparer.Ordinal) { ["TimeZone"] = "Asia/Tokyo" }
                )
                .Settings.TimeZone.Id
        );

    [Theory]
    [InlineData(null, "appsettings.Production.json")]
    [InlineData("", "appsettings.Production.json")]
    [InlineData("Staging", "appsettings.Staging.json")]
    public void Read_TheFileOfTheEnvironment_ReplacesSettings(string? environment, string file)
    {
        var home = Home("""{ "TimeZone": "Europe/Brussels", "Mastodon": { "PostsPerDay": 3 } }""");
        File.WriteAllText(Path.Combine(home, file), """{ "TimeZone": "Etc/UTC" }""");
        File.WriteAllText(Path.Combine(home, "appsettings.Other.json"), "not JSON");

        var settings = ReadIn(home, environment);

        Assert.Equal("Etc/UTC", settings.TimeZone.Id);
        Assert.Equal(3, settings.MastodonPosts.PostsPerDay);
    }

    [Theory]
    [InlineData("{", "appsettings.Staging.json cannot be read: ")]
    [InlineData("""{ "Tmezone": "Etc/UTC" }""", "appsettings.Staging.json has \"Tmezone\", which is not a setting.")]
    [InlineData("""{ "Mastodon": 5 }""", "Mastodon is one value. Write a section with settings: ")]
    public void Read_TheFileOfTheEnvironment_IsCheckedLikeTheOther(string json, string problem)
    {
        var home = Home("{}");
        File.WriteAllText(Path.Combine(home, "appsettings.Staging.json"), json);

        var problems = Assert.Throws<SettingsException>(() => ReadIn(home, "Staging")).Problems;

        Assert.StartsWith(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("a b")]
    [InlineData("a\u0007")]
    public void Read_AnEnvironmentThatIsNoName_StatesWhatIsAllowed(string environment)
    {
        var problems = Assert.Throws<SettingsException>(() => ReadIn(Home("{}"), environment)).Problems;

        Assert.Contains("DOTNET_ENVIRONMENT is ", Assert.Single(problems), StringComparison.Ordinal);
        Assert.DoesNotContain('\u0007', problems[0]);
    }

    private static BotSettings ReadIn(string home, string? environment) =>
        SettingsReader
            .Read(home, new Dictionary<string, string?> { [SettingsReader.EnvironmentVariable] = environment })
            .Settings;

    private BotSettings Read(string json) => SettingsReader.Read(Home(json)).Settings;

    private string Home(string json)
    {
        File.WriteAllText(Path.Combine(_home.FullName, "appsettings.json"), json);
        return _home.FullName;
    }
}
