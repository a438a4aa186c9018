using System.Globalization;

namespace Serge.Bot.Tests.Settings;

/// <summary>The default, the minimum and the maximum of each setting.</summary>
public sealed class SettingsBoundsTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("serge-bounds-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void Read_WithoutOtherSettings_HasTheDefaults()
    {
        var settings = Read(
            ("Discord:Token", "t"),
            ("Mastodon:AccessToken", "t"),
            ("Mastodon:Address", "https://m.example")
        );

        var discord = settings.Discord!;
        Assert.Equal(
            ("https://discord.com/api/v10/", false, "http://127.0.0.1:8080/", 24, 1),
            (
                discord.ApiAddress.AbsoluteUri,
                discord.InteractionsOverHttp,
                discord.Listen.AbsoluteUri,
                discord.PostsPerDay,
                discord.SpreadMinutes
            )
        );
        Assert.Equal(
            (TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15)),
            (
                settings.Delivery.Lease,
                settings.Delivery.LookupDelay,
                settings.Delivery.RetryDelay,
                settings.Delivery.SenderLease
            )
        );
        Assert.Equal(
            (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)),
            (settings.Delivery.LatePostInterval, settings.Delivery.RefusalDelay)
        );
        Assert.Equal(new AlertSettings { MinInterval = TimeSpan.FromHours(1), PerDay = 6 }, settings.Alerts);
        Assert.Equal(new AboutSettings(), settings.About);
        Assert.Equal(("lines", TimeZoneInfo.Utc), (settings.LogFormat, settings.TimeZone));
        Assert.Null(settings.PostgreSql);
        Assert.Empty(settings.Schedules);
    }

    /// <summary>Each row: a duration, its minimum and maximum, and the nearest values outside.</summary>
    [Theory]
    [InlineData("Delivery:Lease", "00:00:01", "01:00:00", "00:00:00.999", "01:00:00.001")]
    [InlineData("Delivery:LookupDelay", "00:00:00", "00:10:00", "-00:00:00.001", "00:10:00.001")]
    [InlineData("Delivery:RetryDelay", "00:00:00.1", "00:10:00", "00:00:00.099", "00:10:00.001")]
    [InlineData("Delivery:LatePostInterval", "00:00:00", "01:00:00", "-00:00:00.001", "01:00:00.001")]
    [InlineData("Delivery:RefusalDelay", "00:00:00", "01:00:00", "-00:00:00.001", "01:00:00.001")]
    [InlineData("Delivery:SenderLease", "00:00:01", "00:10:00", "00:00:00.999", "00:10:00.001")]
    [InlineData("Mastodon:MinPublicInterval", "00:00:00", "7.00:00:00", "-00:00:00.001", "7.00:00:00.001")]
    [InlineData("Alerts:MinInterval", "00:00:01", "1.00:00:00", "00:00:00.999", "1.00:00:00.001")]
    [InlineData("Schedules:m:GracePeriod", "00:01:00", "7.00:00:00", "00:00:59.999", "7.00:00:00.001")]
    public void Read_ADuration_IsWithinItsLimits(string key, string least, string most, string below, string above)
    {
        Assert.Equal(Span(least), Duration(key, least));
        Assert.Equal(Span(most), Duration(key, most));
        foreach (var wrong in (string[])[below, above, "soon"])
        {
            var problem = Assert.Single(Problems((key, wrong)));
            Assert.StartsWith(
                $"{key} = \"{wrong}\" is invalid. Write hours:minutes:seconds, from {Span(least):c} to {Span(most):c}, such as ",
                problem,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("Discord:PostsPerDay", 1440, "24")]
    [InlineData("Mastodon:PostsPerDay", 1440, "5")]
    [InlineData("Alerts:PerDay", 100, "6")]
    public void Read_ANumber_IsWithinItsLimits(string key, int most, string standard)
    {
        Assert.Equal(1, Number(key, "1"));
        Assert.Equal(most, Number(key, most.ToString(CultureInfo.InvariantCulture)));
        foreach (var wrong in (string[])["0", (most + 1).ToString(CultureInfo.InvariantCulture), "-1", "1.5", " 2"])
        {
            Assert.Equal(
                [$"{key} = \"{wrong}\" is invalid. Write a number from 1 to {most}, such as {standard}."],
                Problems((key, wrong))
            );
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080/")]
    [InlineData("http://localhost:9", "http://localhost:9/")]
    [InlineData("http://[::1]:9", "http://[::1]:9/")]
    [InlineData("http://0.0.0.0:9", "http://0.0.0.0:9/")]
    [InlineData("", "http://127.0.0.1:8080/")]
    public void Read_AListenAddress_IsAnAddressOfThisMachine(string value, string expected) =>
        Assert.Equal(expected, Read(("Discord:Token", "t"), ("Discord:Listen", value)).Discord!.Listen.AbsoluteUri);

    [Theory]
    [InlineData("https://127.0.0.1:9")]
    [InlineData("http://127.0.0.1:9/path")]
    [InlineData("http://127.0.0.1:9/?query")]
    [InlineData("http://bot.example:9")]
    [InlineData("127.0.0.1:9")]
    public void Read_AListenAddress_OtherThanOfThisMachine_IsRejected(string value)
    {
        var shown = value.Replace("?query", "?•••", StringComparison.Ordinal);
        foreach (var key in (string[])["Discord:Listen", "Health:Listen"])
        {
            Assert.Equal(
                [
                    $"{key} = \"{shown}\" is not an address to listen on. Write http://, an address of this machine and a port, such as http://127.0.0.1:8080. For TLS, put a proxy in front of it.",
                ],
                Problems((key, value))
            );
        }
    }

    [Theory]
    [InlineData("https://m.example", "https://m.example/")]
    [InlineData("https://m.example/", "https://m.example/")]
    [InlineData("http://127.0.0.1:5080/mastodon", "http://127.0.0.1:5080/mastodon/")]
    public void Read_TheAddressOfAServer_GetsATrailingSlash(string value, string expected) =>
        Assert.Equal(
            expected,
            Read(("Mastodon:Address", value), ("Mastodon:AccessToken", "t")).Mastodon!.Address.AbsoluteUri
        );

    [Theory]
    [InlineData("m.example")]
    [InlineData("ftp://m.example/")]
    [InlineData("https://ada:secret@m.example/")]
    [InlineData("https://m.example/?a=b")]
    [InlineData("https://m.example/#about")]
    [InlineData("https://")]
    public void Read_AnInvalidAddressOfAServer_IsRejectedWithoutItsPasswordAndItsQuery(string value)
    {
        var shown = value
            .Replace("ada:secret", "•••", StringComparison.Ordinal)
            .Replace("a=b", "•••", StringComparison.Ordinal);
        foreach (var key in (string[])["Mastodon:Address", "Discord:ApiAddress"])
        {
            Assert.Equal(
                [
                    $"{key} = \"{shown}\" is not an address. Write one with its scheme, such as https://mastodon.example/.",
                ],
                Problems((key, value))
            );
        }
    }

    [Theory]
    [InlineData("About:Privacy")]
    [InlineData("About:SourceCode")]
    public void Read_TheAddressOfAPage_IsUnchanged(string key)
    {
        var about = Read((key, "https://example.org/serge")).About;
        Assert.Equal("https://example.org/serge", (about.Privacy ?? about.SourceCode)!.AbsoluteUri);
        Assert.Equal(key.EndsWith("Privacy", StringComparison.Ordinal), about.Privacy is not null);
        Assert.Equal(new AboutSettings(), Read((key, "")).About);
        foreach (var wrong in (string[])["example.org", "ftp://example.org/", "https://ada:secret@example.org/"])
        {
            var shown = wrong.Replace("ada:secret", "•••", StringComparison.Ordinal);
            Assert.Equal(
                [
                    $"{key} = \"{shown}\" is not the address of a page. Write one with its scheme, such as https://example.org/serge.",
                ],
                Problems((key, wrong))
            );
        }
    }

    [Fact]
    public void Read_OperatorAndContact_AreReadUnlessEmpty()
    {
        Assert.Equal(
            new AboutSettings { Operator = "Ada", Contact = "ada@example.org" },
            Read(("About:Operator", "Ada"), ("About:Contact", "ada@example.org")).About
        );
        Assert.Equal(
            new AboutSettings { Operator = "A", Contact = "B" },
            Read(("About:Operator", "A"), ("About:Contact", "B")).About
        );
        Assert.Equal(new AboutSettings(), Read(("About:Operator", ""), ("About:Contact", "")).About);
    }

    [Theory]
    [InlineData("GATEWAY", false)]
    [InlineData("Http", true)]
    public void Read_AChoice_IgnoresCase(string value, bool overHttp) =>
        Assert.Equal(
            overHttp,
            Read(("Discord:Token", "t"), ("Discord:Interactions", value)).Discord!.InteractionsOverHttp
        );

    [Theory]
    [InlineData("lines")]
    [InlineData("json")]
    [InlineData("systemd")]
    public void Read_TheLogFormat_IsOneOfFour(string format) =>
        Assert.Equal(format, Read(("Logging:Console:FormatterName", format)).LogFormat);

    [Theory]
    [InlineData("  token \n", "token")]
    [InlineData("token", "token")]
    public void Read_ASecret_IsTrimmed(string value, string expected)
    {
        File.WriteAllText(Path.Combine(_home.FullName, "token"), value);

        Assert.Equal(expected, Read(("Discord:Token", value)).Discord!.Token.Reveal());
        Assert.Equal(expected, Read(("Discord:TokenFile", "token")).Discord!.Token.Reveal());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Read_AnEmptySecret_DisablesThePlatform(string? value) =>
        Assert.Null(Read(("Discord:Token", value), ("Discord:TokenFile", "")).Discord);

    [Fact]
    public void Read_AnEmptySecretFile_IsRejected()
    {
        File.WriteAllText(Path.Combine(_home.FullName, "token"), " \n");

        Assert.Equal(
            ["Discord:TokenFile = \"token\" is an empty file. Put the secret into it, and nothing else."],
            Problems(("Discord:Token", null), ("Discord:TokenFile", "token"))
        );
    }

    [Fact]
    public void Read_ATokenNeedsAnAddress_AndAnAddressWithoutATokenDisablesThePlatform()
    {
        Assert.Equal(
            [
                "Mastodon:Address is missing, but there is an access token. Name the server, such as https://mastodon.example/.",
            ],
            Problems(("Mastodon:Address", null))
        );
        Assert.Null(Read(("Mastodon:Address", "https://m.example")).Mastodon);
    }

    [Fact]
    public void Read_ARelativeLedgerPath_IsRelativeToTheHome()
    {
        Assert.Equal(Path.Combine(_home.FullName, "data", "l.db"), Read(("Ledger:Path", "data/l.db")).LedgerPath);
        Assert.Equal("/var/l.db", Read(("Ledger:Path", "/var/l.db")).LedgerPath);
        Assert.Equal(Path.Combine(_home.FullName, "serge.db"), Read(("Ledger:Path", "")).LedgerPath);
    }

    [Fact]
    public void Read_APostgresAddressFromAFile_IsAccepted()
    {
        File.WriteAllText(Path.Combine(_home.FullName, "pg"), "postgresql://serge:x@db/serge\n");

        Assert.NotNull(Read(("Ledger:PostgreSQLFile", "pg")).PostgreSql);
    }

    [Fact]
    public void Read_AScheduleWithoutATimeZone_HasTheOneOfTheSettings()
    {
        var schedules = Read(
            ("TimeZone", "Asia/Tokyo"),
            ("Schedules:b:Cron", "0 9 * * *"),
            ("Schedules:b:Content", "on-this-day"),
            ("Schedules:b:To:0", "discord:7"),
            ("Schedules:b:To:1", "discord:7"),
            ("Schedules:a:Cron", "0 9 * * *"),
            ("Schedules:a:Content", "on-this-day-or-quote"),
            ("Schedules:a:TimeZone", "Europe/Brussels"),
            ("Schedules:a:To:0", "mastodon")
        ).Schedules;

        Assert.Equal(["a", "b"], schedules.Select(schedule => schedule.Id.Name));
        Assert.Equal(["Europe/Brussels", "Asia/Tokyo"], schedules.Select(schedule => schedule.TimeZone.Id));
        Assert.Equal(
            [ScheduleContent.OnThisDayOrQuote, ScheduleContent.OnThisDay],
            schedules.Select(schedule => schedule.Content)
        );
        Assert.Equal(Some.Destination("discord:7"), Assert.Single(schedules[1].To));
        Assert.All(
            schedules,
            schedule => Assert.Equal((TimeSpan.FromHours(6), null), (schedule.GracePeriod, schedule.Visibility))
        );
    }

    /// <summary>Each row: the settings of a schedule without one of them, and the complete message.</summary>
    [Theory]
    [InlineData(
        "Cron",
        "Schedules:m:Cron is missing. Write five fields (minute hour day month weekday), such as \"0 9 * * 1-5\" for nine o'clock on working days."
    )]
    [InlineData("Content", "Schedules:m:Content is missing. Allowed: quote, on-this-day, on-this-day-or-quote.")]
    [InlineData(
        "To:0",
        "Schedules:m:To is missing. Name at least one destination: mastodon, or discord: and the id of a channel."
    )]
    public void Read_AScheduleWithoutARequiredSetting_NamesOnlyThat(string missing, string problem) =>
        Assert.Equal([problem], Problems(($"Schedules:m:{missing}", null), ($"Schedules:m:GracePeriod", "")));

    [Fact]
    public void Read_AScheduleWithSeveralErrors_NamesThemInOrder() =>
        Assert.Equal(
            [
                "Schedules:m has \"Contnt\", which is not a setting. Did you mean Content? Allowed: Cron, TimeZone, Content, To, GracePeriod, Visibility, Buttons, Picture, Thread, Crosspost, Mention.",
                "Schedules:m:Cron = \"0 9 31 2 *\" never occurs. Name a day that exists.",
                "Schedules:m:To:0 = \"\" is not a destination. Allowed: mastodon, or discord: and the id of a channel (digits), such as discord:1234567890; for a forum, discord:forum:1234567890.",
            ],
            Problems(("Schedules:m:Contnt", "quote"), ("Schedules:m:Cron", "0 9 31 2 *"), ("Schedules:m:To:0", ""))
        );

    [Theory]
    [InlineData("Thread")]
    [InlineData("Crosspost")]
    public void Read_AForumWithWhatOnlyChannelsHave_StatesThatItHasNoEffect(string option)
    {
        Assert.Equal(
            [$"Schedules:m:{option} = \"true\" has no effect: each post in a forum is a thread already. Remove it."],
            Problems(("Schedules:m:To:0", "discord:forum:7"), ($"Schedules:m:{option}", "true"))
        );
        Assert.Empty(
            Problems(
                ("Schedules:m:To:0", "discord:forum:7"),
                ("Schedules:m:To:1", "discord:8"),
                ($"Schedules:m:{option}", "true")
            )
        );
    }

    [Theory]
    [InlineData("public", PostVisibility.Public)]
    [InlineData("unlisted", PostVisibility.Unlisted)]
    [InlineData("private", PostVisibility.Private)]
    public void Read_AVisibility_IsOneOfThree(string value, PostVisibility expected)
    {
        var settings = Read(
            ("Mastodon:Address", "https://m.example"),
            ("Mastodon:AccessToken", "t"),
            ("Mastodon:Visibility", value),
            ("Schedules:m:Cron", "0 9 * * *"),
            ("Schedules:m:Content", "quote"),
            ("Schedules:m:To:0", "discord:7"),
            ("Schedules:m:To:1", "mastodon"),
            ("Schedules:m:Visibility", value)
        );

        Assert.Equal(
            (expected, expected),
            (settings.Mastodon!.Visibility, Assert.Single(settings.Schedules).Visibility!.Value)
        );
    }

    [Theory]
    [InlineData("A", "b", true)]
    [InlineData("Été1", "_x", true)]
    [InlineData("A B", null, false)]
    [InlineData("a", null, false)]
    [InlineData("12", null, false)]
    [InlineData("A", "12", false)]
    [InlineData("A", "a-b", false)]
    public void Read_Tags_ContainLettersDigitsAndUnderscores(string tag, string? required, bool isGood) =>
        Assert.Equal(
            isGood ? 0 : 1,
            Problems(
                ("Mastodon:Tags:0", tag),
                ("Mastodon:Tags:1", tag),
                (required is null ? "Mastodon:Visibility" : "Mastodon:RequiredTags:0", required ?? "public")
            ).Count
        );

    [Theory]
    [InlineData(3, 1, true)]
    [InlineData(0, 3, true)] // and the standard one
    [InlineData(0, 4, false)]
    [InlineData(4, 0, true)]
    [InlineData(4, 1, false)]
    public void Read_Tags_AreAtMostFour(int tags, int required, bool isGood)
    {
        (string, string?)[] settings =
        [
            .. Enumerable.Range(0, tags).Select(i => ($"Mastodon:Tags:{i}", (string?)$"A{i}")),
            .. Enumerable.Range(0, required).Select(i => ($"Mastodon:RequiredTags:{i}", (string?)$"b{i}")),
        ];

        Assert.Equal(
            isGood
                ? []
                :
                [
                    "Mastodon:Tags and Mastodon:RequiredTags have 5 tags. At most 4 are allowed: some readers hide posts with more.",
                ],
            Problems(settings)
        );
    }

    [Theory]
    [InlineData("1", "ada", true)]
    [InlineData("18446744073709551615", "@ada_1.b-c@m.example:443", true)]
    [InlineData("0", "", false)]
    [InlineData("18446744073709551616", "", false)]
    [InlineData("+1", "", false)]
    [InlineData("", "ada.", false)]
    [InlineData("", "@", false)]
    [InlineData("", "ada@", false)]
    [InlineData("", "ada@-m.example", false)]
    [InlineData("", "ada@m.example:123456", false)]
    [InlineData("", "ada bob", false)]
    [InlineData("", "ada\n", false)]
    public void Read_AlertReceivers_AreChannelsOrAccounts(string channel, string account, bool isGood) =>
        Assert.Equal(isGood ? 0 : 1, Problems(("Alerts:Discord", channel), ("Alerts:Mastodon", account)).Count);

    [Fact]
    public void Read_AlertReceivers_AreRead()
    {
        var alerts = Read(("Alerts:Discord", "1234567890"), ("Alerts:Mastodon", "@ada@m.example")).Alerts;
        Assert.Equal((new ChannelId(1234567890), "ada@m.example"), (alerts.Discord!.Value, alerts.Mastodon));

        Assert.Equal(
            [
                "Alerts:Discord = \"general\" is not the id of a channel. Write its digits, such as \"1234567890\".",
                "Alerts:Mastodon = \"a b\" is not an account. Write its name, such as ada@mastodon.example, or ada for an account on the bot’s own server.",
            ],
            Problems(("Alerts:Discord", "general"), ("Alerts:Mastodon", "a b"))
        );
    }

    [Fact]
    public void Read_AnUnknownSectionOfTheFile_IsReportedOnce()
    {
        File.WriteAllText(
            Path.Combine(_home.FullName, "appsettings.json"),
            """{ "Scedules": { "a": { "Cron": "x" }, "b": "y" }, "logging": { "LogLevel": { "Default": "None" } } }"""
        );

        Assert.Equal(
            [
                "appsettings.json has \"Scedules\", which is not a setting. Did you mean Schedules? Allowed: About, Alerts, Cards, Delivery, Discord, Health, Ledger, Logging, Mastodon, Schedules, Site, TimeZone.",
            ],
            Problems()
        );
    }

    [Theory]
    [InlineData("{ \"Discord\": ")]
    [InlineData("[]")]
    public void Read_AFileThatIsNoJsonObject_IsRejected(string json)
    {
        File.WriteAllText(Path.Combine(_home.FullName, "appsettings.json"), json);

        var problem = Assert.Single(Problems());
        Assert.StartsWith("appsettings.json cannot be read: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("Failed to load configuration", problem, StringComparison.Ordinal);
    }

    private static TimeSpan Span(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);

    private TimeSpan Duration(string key, string value)
    {
        var settings = Read(WithRequired((key, value)));
        return key switch
        {
            "Delivery:Lease" => settings.Delivery.Lease,
            "Delivery:LookupDelay" => settings.Delivery.LookupDelay,
            "Delivery:RetryDelay" => settings.Delivery.RetryDelay,
            "Delivery:LatePostInterval" => settings.Delivery.LatePostInterval,
            "Delivery:RefusalDelay" => settings.Delivery.RefusalDelay,
            "Delivery:SenderLease" => settings.Delivery.SenderLease,
            "Mastodon:MinPublicInterval" => settings.Mastodon!.MinPublicInterval,
            "Alerts:MinInterval" => settings.Alerts.MinInterval,
            _ => Assert.Single(settings.Schedules).GracePeriod,
        };
    }

    private int Number(string key, string value)
    {
        var settings = Read(WithRequired((key, value)));
        return key switch
        {
            "Discord:PostsPerDay" => settings.Discord!.PostsPerDay,
            "Mastodon:PostsPerDay" => settings.Mastodon!.PostsPerDay,
            _ => settings.Alerts.PerDay,
        };
    }

    /// <summary>The settings, and those that their sections require.</summary>
    private static (string Key, string? Value)[] WithRequired(params (string Key, string? Value)[] settings)
    {
        List<(string Key, string? Value)> needed =
        [
            ("Discord:Token", "t"),
            ("Mastodon:Address", "https://m.example"),
            ("Mastodon:AccessToken", "t"),
        ];
        if (settings.Any(setting => setting.Key.StartsWith("Schedules:", StringComparison.Ordinal)))
        {
            needed.AddRange([
                ("Schedules:m:Cron", "0 9 * * *"),
                ("Schedules:m:Content", "quote"),
                ("Schedules:m:To:0", "mastodon"),
            ]);
        }

        return [.. needed.Where(one => !settings.Any(setting => setting.Key == one.Key)), .. settings];
    }

    private IReadOnlyList<string> Problems(params (string Key, string? Value)[] settings)
    {
        try
        {
            Read(WithRequired(settings));
            return [];
        }
        catch (SettingsException e)
        {
            return e.Problems;
        }
    }

    private BotSettings Read(params (string Key, string? Value)[] settings) =>
        SettingsReader
            .Read(
                _home.FullName,
                settings
                    .Where(setting => setting.Value is not null)
                    .ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal)
            )
            .Settings;
}
