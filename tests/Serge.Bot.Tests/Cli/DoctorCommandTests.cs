using System.Net.Http.Headers;
using System.Text.Json;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>serge doctor</c>: each line is ok, or states what to do.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private const string Alerts = """ "Alerts": { "Discord": "9", "Mastodon": "ada" } """;

    private readonly CommandHome _home = new();

    public DoctorCommandTests() => SetServerTime(TimeSpan.Zero);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Doctor_WithoutProblems_PrintsALinePerCheck()
    {
        _home.Settings(Section.Morning, Section.Mastodon, Section.Discord, Alerts);

        var result = await _home.RunAsync("doctor");

        WithoutZoneData(result)
            .ShouldBe(
                0,
                $"""
                ok     settings        HOME, time zone UTC, 1 schedule
                ok     quote files     3 quotations, 3 events
                ok     ledger          HOME/serge.db
                ok     alerts          channel 9 and ada
                ok     zone data
                ok     clock           agrees with m.example
                ok     Mastodon        ready: posts as serge; server version 4.5.7, at most 500 characters per post
                note   Mastodon        The server may publish a post twice if it is sent again with the same idempotency key. After a lost response the bot looks the post up, and sends nothing until it knows the result.
                ok     Mastodon        policy checks passed: marked as automated, contact in the bio, at most 1 post per day, none of them in public timelines, the author's tag
                ok     Discord         the token belongs to Serge
                ok     interactions    over the gateway
                ok     to a server     https://discord.com/oauth2/authorize?client_id=42&permissions=84992&scope=bot+applications.commands&integration_type=0
                ok     to a member     https://discord.com/oauth2/authorize?client_id=42&scope=applications.commands&integration_type=1
                ok     slash commands  {CommandRunner.Registered.Count}, registered
                ok     channel         #c7 7 (morning) grants all needed permissions
                ok     channel         #c9 9 (alerts) grants all needed permissions

                """
            );
        Assert.Equal(["HEAD https://m.example/ no-cache=True"], _home.Http.Requests);
        Assert.Contains("schedule", _home.Discord.Compared);
    }

    [Fact]
    public async Task Doctor_WithoutPlatforms_StatesWhatToSet()
    {
        var result = await _home.RunAsync("doctor");

        WithoutZoneData(result)
            .ShouldBe(
                1,
                """
                ok     settings        HOME, time zone UTC, 0 schedules
                ok     quote files     3 quotations, 3 events
                ok     ledger          HOME/serge.db
                off    alerts          Set Alerts:Discord (a channel), Alerts:Mastodon (an account) or Alerts:Webhook (an address) to get a message when a post fails.
                ok     zone data
                ERROR  platforms       No platform has credentials. Set Discord:Token, or Mastodon:Address and Mastodon:AccessToken, in appsettings.json or in the environment (Discord__Token and so on). To try the bot without an account: dotnet run --project src/Serge.Bot.Playground
                off    clock           2027-02-01 12:00:00 UTC; there is no platform to compare it with
                off    Mastodon        Set Mastodon:Address and Mastodon:AccessToken to post to Mastodon.
                off    Discord         Set Discord:Token to use Discord. Create the token in the Developer Portal, under Bot.

                """
            );
        Assert.Empty(_home.Http.Requests);
    }

    [Fact]
    public async Task Doctor_AsJson_HasEveryLine()
    {
        var result = await _home.RunAsync("doctor", "--json");

        using var json = JsonDocument.Parse(result.Output);
        var lines = json.RootElement;
        Assert.Equal(1, result.ExitCode);

        Assert.Equal(
            [
                "ok settings",
                "ok quote files",
                "ok ledger",
                "off alerts",
                "ok zone data",
                "error platforms",
                "off clock",
                "off Mastodon",
                "off Discord",
            ],
            lines.EnumerateArray().Select(line => $"{line.GetProperty("state")} {line.GetProperty("what")}")
        );
        Assert.Equal("HOME/serge.db", lines[2].GetProperty("message").GetString());
        Assert.Equal(3, lines[0].EnumerateObject().Count());
    }

    [Theory]
    [InlineData(Alerts, "ok     alerts          channel 9 and ada\n")]
    [InlineData(""" "Alerts": { "Discord": "9" } """, "ok     alerts          channel 9\n")]
    [InlineData(""" "Alerts": { "Mastodon": "ada@m.example" } """, "ok     alerts          ada@m.example\n")]
    [InlineData(
        """ "Alerts": { "Mastodon": "ada", "Webhook": "https://h.example/t0ken", "WebhookFormat": "discord" } """,
        "ok     alerts          ada and a webhook at h.example (Discord)\n"
    )]
    [InlineData(
        """ "Alerts": { "Webhook": "https://h.example/t0ken" } """,
        "ok     alerts          a webhook at h.example (JSON without signature)\n"
    )]
    public async Task Doctor_WithAlerts_NamesTheReceivers(string alerts, string line)
    {
        _home.Settings(Section.Discord, Section.Mastodon, alerts);

        Assert.Contains(line, (await _home.RunAsync("doctor")).Output, StringComparison.Ordinal);
    }

    /// <summary>Each row: the only platform with credentials, and the lines about the alerts to two accounts.</summary>
    [Theory]
    [InlineData(
        Section.Mastodon,
        "ok     alerts          ada",
        "ERROR  alerts          Alerts:Discord gets no alerts: Discord has no credentials. Set Discord:Token, or remove Alerts:Discord."
    )]
    [InlineData(
        Section.Discord,
        "ok     alerts          channel 9",
        "ERROR  alerts          Alerts:Mastodon gets no alerts: Mastodon has no credentials. Set Mastodon:Address and Mastodon:AccessToken, or remove Alerts:Mastodon."
    )]
    public async Task Doctor_WithAlertsToAPlatformWithoutCredentials_IsAnError(string platform, params string[] lines)
    {
        _home.Settings(platform, Alerts);

        var result = await _home.RunAsync("doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(lines, GetLines(result, "alerts"));
    }

    [Fact]
    public async Task Doctor_WithAWebhookForAlerts_NeedsNoPlatformForIt()
    {
        _home.Settings(""" "Alerts": { "Webhook": "https://h.example/t0ken", "Mastodon": "ada" } """);

        var result = await _home.RunAsync("doctor");

        Assert.Equal(
            [
                "ok     alerts          a webhook at h.example (JSON without signature)",
                "ERROR  alerts          Alerts:Mastodon gets no alerts: Mastodon has no credentials. Set Mastodon:Address and Mastodon:AccessToken, or remove Alerts:Mastodon.",
            ],
            GetLines(result, "alerts")
        );
    }

    [Fact]
    public async Task Doctor_WithInvalidSettings_ListsEachProblemAndStops()
    {
        _home.Settings(""" "TimeZone": "Mars/Olympus", "About": { "Privacy": "see below" } """);

        (await _home.RunAsync("doctor")).ShouldBe(
            1,
            """
            ERROR  settings        TimeZone = "Mars/Olympus" is not a time zone. Write an IANA name, such as Europe/Brussels or Etc/UTC.
            ERROR  settings        About:Privacy = "see below" is not the address of a page. Write one with its scheme, such as https://example.org/serge.

            """
        );
    }

    [Fact]
    public async Task Doctor_WithInvalidQuoteFiles_ListsTheErrorsOnly()
    {
        _home.Write(
            "quotes.yaml",
            TestCatalogue.Quotes
                + """
                - id: nearly
                  text: "Totalitarianism is within us!"
                  via: cunningham
                  topics: [power]
                - id: broken
                  via: cunningham
                  topics: [power]

                """
        );

        (await _home.RunAsync("doctor")).ShouldBe(
            1,
            """
            ERROR  quote files     HOME/quotes/quotes.yaml:19:3: error: The key 'text' is missing. Add the line 'text: …'.

            """
        );
    }

    [Fact]
    public async Task Doctor_WithAFileThatIsNoLedger_ReportsIt()
    {
        await File.WriteAllTextAsync(_home.LedgerPath, new string('x', 4096), TestContext.Current.CancellationToken);

        (await _home.RunAsync("doctor")).ShouldBe(
            1,
            "ERROR  ledger          HOME/serge.db is not a ledger, or it is damaged. Restore a backup, or name another file in Ledger:Path.\n"
        );
    }

    [Fact]
    public async Task Doctor_WithALedgerInAFolderThatIsNotThere_ReportsIt()
    {
        _home.Settings(Section.Mastodon, """ "Ledger": { "Path": "db/serge.db" } """);

        var result = await _home.RunAsync("doctor");

        Assert.Equal(1, result.ExitCode);
        var line = Assert.Single(GetLines(result, "ledger"));
        Assert.StartsWith(
            "ERROR  ledger          The ledger HOME/db/serge.db cannot be written: ",
            line,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            " Its folder must exist, and folder and file must belong to the user that runs the bot (Ledger:Path).",
            line,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Doctor_WithoutALedger_CreatesNoFile()
    {
        await _home.RunAsync("doctor");

        Assert.Empty(Directory.EnumerateFiles(_home.Folder, "serge.db*"));
    }

    /// <summary>Each row: the setting for policy checks, and the state of a warning about the account.</summary>
    [Theory]
    [InlineData("warn", "note ", 0)]
    [InlineData("enforce", "ERROR", 1)]
    public async Task Doctor_WithAPolicyWarning_IsAnErrorOnlyIfChecksAreEnforced(
        string policyChecks,
        string state,
        int exitCode
    )
    {
        _home.Settings(
            $$""" "Mastodon": { "Address": "https://m.example/", "AccessToken": "x", "PolicyChecks": "{{policyChecks}}" } """
        );
        _home.Mastodon.Account = _home.Mastodon.Account with { Bot = false };

        var result = await _home.RunAsync("doctor");

        Assert.Contains(
            $"{state}  Mastodon        The account serge is not marked as automated.",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "note   Mastodon        The server may publish a post twice",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(exitCode, result.ExitCode);
    }

    public static TheoryData<Result<MastodonAccount>> Failures =>
        [new Result<MastodonAccount>.Unauthorized("HTTP 401"), new Result<MastodonAccount>.Unavailable("HTTP 503")];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Doctor_WithAnAccountThatCannotBeRead_Fails(Result<MastodonAccount> answer)
    {
        _home.Settings(Section.Mastodon);
        _home.Mastodon.AccountAnswer = answer;

        var result = await _home.RunAsync("doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ERROR  Mastodon        ", result.Output, StringComparison.Ordinal);
    }

    public static TheoryData<Result<DiscordApplication>, string> Applications =>
        new()
        {
            {
                new Result<DiscordApplication>.Unauthorized("HTTP 401"),
                "Discord rejects the token. Create a new one in the Developer Portal, under Bot, and set Discord:Token. (HTTP 401)"
            },
            {
                new Result<DiscordApplication>.Unavailable("HTTP 503"),
                "Discord did not answer as expected. Try again later. (HTTP 503)"
            },
            {
                new Result<DiscordApplication>.Refused(Refusal.Forbidden, "HTTP 403"),
                "Discord did not answer as expected. Try again later. (HTTP 403)"
            },
        };

    [Theory]
    [MemberData(nameof(Applications))]
    public async Task Doctor_WhenDiscordDoesNotReturnTheApplication_StatesTheReasonAndStops(
        Result<DiscordApplication> answer,
        string message
    )
    {
        _home.Settings(Section.Discord);
        _home.Discord.Application = answer;

        var result = await _home.RunAsync("doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith($"\nERROR  Discord         {message}\n", result.Output, StringComparison.Ordinal);
    }

    public static TheoryData<Result<bool>, string> CommandAnswers =>
        new()
        {
            { new Result<bool>.Success(true), $"ok     slash commands  {CommandRunner.Registered.Count}, registered" },
            {
                new Result<bool>.Success(false),
                $"ok     slash commands  {CommandRunner.Registered.Count}; not registered, or outdated; serge run registers them"
            },
            {
                new Result<bool>.Unavailable("HTTP 503"),
                "ERROR  slash commands  It is unknown whether they are registered. (HTTP 503)"
            },
            {
                new Result<bool>.Unauthorized("HTTP 401"),
                "ERROR  slash commands  It is unknown whether they are registered. (HTTP 401)"
            },
        };

    [Theory]
    [MemberData(nameof(CommandAnswers))]
    public async Task Doctor_ChecksTheSlashCommands(Result<bool> answer, string line)
    {
        _home.Settings(Section.Discord);
        _home.Discord.Commands = answer;

        var result = await _home.RunAsync("doctor");

        Assert.Contains($"\n{line}\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(line.StartsWith("ERROR", StringComparison.Ordinal) ? 1 : 0, result.ExitCode);
    }

    /// <summary>Each row: the setting, the endpoint in the Developer Portal, and the line.</summary>
    [Theory]
    [InlineData("gateway", null, "ok     interactions    over the gateway")]
    [InlineData(
        "gateway",
        "https://b.example/x",
        "ERROR  interactions    Discord sends the commands to https://b.example/x,"
    )]
    [InlineData("http", "https://b.example/x", "ok     interactions    at https://b.example/x")]
    [InlineData("http", null, "ERROR  interactions    Discord:Interactions is http, but the Developer Portal has no")]
    public async Task Doctor_ChecksTheInteractionsEndpoint(string setting, string? endpoint, string line)
    {
        _home.Settings($$""" "Discord": { "Token": "x", "Interactions": "{{setting}}" } """);
        _home.Discord.Application = new Result<DiscordApplication>.Success(
            new DiscordApplication(42, "Serge", endpoint)
        );

        Assert.Contains($"\n{line}", (await _home.RunAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_ChecksTheChannelsOfTheOperatorAndOfServers()
    {
        _home.Settings(
            Section.Discord,
            """
            "Alerts": { "Discord": "9" },
            "Schedules": {
              "a": { "Cron": "0 9 * * *", "Content": "quote", "To": ["discord:7", "discord:9"] },
              "b": { "Cron": "0 9 * * *", "Content": "quote", "To": ["discord:7", "mastodon"] }
            }
            """
        );
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(
                Some.Noon,
                zone: null,
                SampleGuild.Schedule(name: "evening", channel: 20),
                SampleGuild.Schedule(name: "morning", channel: 20),
                SampleGuild.Schedule(name: "paused", channel: 21) with
                {
                    Paused = PauseCause.Admin,
                    PausedAt = Some.Noon,
                }
            )
        );
        await _home.WithGuildsAsync(guilds =>
            guilds.ChangeAsync(
                new GuildId(200),
                guild => new GuildChange(
                    guild.With(SampleGuild.Schedule(guild: 200, name: "left", channel: 22)) with
                    {
                        LeftAt = Some.Noon,
                    }
                ),
                TestContext.Current.CancellationToken
            )
        );
        var usual = _home.Discord.OnAccess;
        _home.Discord.OnAccess = channel =>
            channel == new ChannelId(20) ? new Result<ChannelAccess>.Refused(Refusal.Gone, "404") : usual(channel);

        var result = await _home.RunAsync("doctor");

        Assert.EndsWith(
            """
            ok     channel         #c7 7 (a, b) grants all needed permissions
            ok     channel         #c9 9 (a, alerts) grants all needed permissions
            note   channel         20 (guild:100:evening, guild:100:morning) is not visible to the bot. Invite it to that server, allow it to view the channel, or correct the id. (404)

            """,
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(["access 7", "access 9", "access 20"], _home.Discord.Calls);
        Assert.Equal(0, result.ExitCode);
    }

    /// <summary>Each row: whether the operator's schedules use the channel, the state, and the exit code.</summary>
    [Theory]
    [InlineData(true, "ERROR", 1)]
    [InlineData(false, "note ", 0)]
    public async Task Doctor_WithAnInvisibleChannel_IsAnErrorOnlyIfTheOperatorUsesIt(
        bool isOperators,
        string state,
        int exitCode
    )
    {
        _home.Settings(isOperators ? [Section.Discord, Section.Morning] : [Section.Discord]);
        await _home.WithGuildsAsync(guilds =>
            guilds.SetUpAsync(Some.Noon, zone: null, SampleGuild.Schedule(channel: isOperators ? 8UL : 7))
        );
        var usual = _home.Discord.OnAccess;
        _home.Discord.OnAccess = channel =>
            channel == new ChannelId(7) ? new Result<ChannelAccess>.Refused(Refusal.Gone, "404") : usual(channel);

        var result = await _home.RunAsync("doctor");

        Assert.Contains(
            $"\n{state}  channel         7 ({(isOperators ? "morning" : "guild:100:morning")}) is not visible to the bot.",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(exitCode, result.ExitCode);
    }

    /// <summary>Each row: a destination, the kind of its channel, whether that requires a tag, the line, and the exit
    /// code. A channel that refuses every post is not ok.</summary>
    [Theory]
    [InlineData(
        "discord:7",
        ChannelKind.Forum,
        false,
        "ERROR  channel         #c7 (a) is a forum. Name it discord:forum:7.",
        1
    )]
    [InlineData(
        "discord:forum:7",
        ChannelKind.Text,
        false,
        "ERROR  channel         #c7 (a) is not a forum. Name it discord:7.",
        1
    )]
    [InlineData(
        "discord:forum:7",
        ChannelKind.Forum,
        true,
        "ERROR  channel         #c7 (a) requires a tag for each post, which the bot does not set. Allow posts without a tag.",
        1
    )]
    [InlineData(
        "discord:forum:7",
        ChannelKind.Forum,
        false,
        "ok     channel         #c7 7 (a) grants all needed permissions",
        0
    )]
    public async Task Doctor_OfAChannelOfTheWrongKind_IsAnError(
        string to,
        ChannelKind kind,
        bool requiresTag,
        string line,
        int exitCode
    )
    {
        _home.Settings(Section.Discord, ScheduleTo("a", to));
        _home.Discord.OnAccess = channel => Access(channel, kind, requiresTag);

        var result = await _home.RunAsync("doctor");

        Assert.Equal([line], GetLines(result, "channel"));
        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public async Task Doctor_OfAForumThatOnlyOneScheduleNamesAsForum_IsOkForThatOne()
    {
        _home.Settings(
            Section.Discord,
            """
            "Schedules": {
              "a": { "Cron": "0 9 * * *", "Content": "quote", "To": ["discord:7"] },
              "b": { "Cron": "0 9 * * *", "Content": "quote", "To": ["discord:forum:7"] }
            }
            """
        );
        _home.Discord.OnAccess = static channel => Access(channel, ChannelKind.Forum);

        var result = await _home.RunAsync("doctor");

        Assert.Equal(
            [
                "ok     channel         #c7 7 (b) grants all needed permissions",
                "ERROR  channel         #c7 (a) is a forum. Name it discord:forum:7.",
            ],
            GetLines(result, "channel")
        );
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task Doctor_WithAlertsToAForum_SaysToChooseATextChannel()
    {
        _home.Settings(Section.Discord, """ "Alerts": { "Discord": "9" } """);
        _home.Discord.OnAccess = static channel => Access(channel, ChannelKind.Forum);

        var result = await _home.RunAsync("doctor");

        Assert.Equal(
            ["ERROR  channel         #c9 (alerts) accepts no messages. Choose a text channel."],
            GetLines(result, "channel")
        );
        Assert.Equal(1, result.ExitCode);
    }

    /// <summary>The bot itself notifies the admins of that server.</summary>
    [Fact]
    public async Task Doctor_OfAServersForumThatRequiresTags_IsANote()
    {
        _home.Settings(Section.Discord);
        var schedule = SampleGuild.Schedule(channel: 20) with { IsForum = true };
        await _home.WithGuildsAsync(guilds => guilds.SetUpAsync(Some.Noon, zone: null, schedule));
        _home.Discord.OnAccess = static channel => Access(channel, ChannelKind.Forum, requiresTag: true);

        var result = await _home.RunAsync("doctor");

        Assert.StartsWith(
            "note   channel         #c20 (guild:100:morning) requires a tag",
            Assert.Single(GetLines(result, "channel")),
            StringComparison.Ordinal
        );
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData(24, 0)]
    [InlineData(25, 0)]
    [InlineData(26, 1)]
    [InlineData(27, 2)]
    public async Task Doctor_WithManyServers_Checks25Channels(int servers, int more)
    {
        _home.Settings(Section.Discord);
        await _home.WithGuildsAsync(async guilds =>
        {
            foreach (var guild in Enumerable.Range(100, servers).Select(id => (ulong)id))
            {
                await guilds.SetUpAsync(Some.Noon, zone: null, SampleGuild.Schedule(guild: guild, channel: guild));
            }

            return true;
        });

        var lines = (await _home.RunAsync("doctor")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(servers - more, _home.Discord.Calls.Count);
        Assert.Equal(
            more == 0
                ? $"ok     channel         #c{99 + servers} {99 + servers} (guild:{99 + servers}:morning) grants all needed permissions"
                : $"note   channels        {more} more channel{(more == 1 ? "" : "s")} of servers not checked. Where the bot cannot post, it pauses the schedule and informs the server.",
            lines[^1]
        );
    }

    [Fact]
    public async Task Doctor_WhenCancelled_HasTheExitCodeOfCancelledPrograms()
    {
        _home.Settings(Section.Discord, Section.Morning);
        _home.Discord.OnAccess = static _ => throw new OperationCanceledException();

        Assert.Equal(130, (await _home.RunAsync("doctor")).ExitCode);
    }

    /// <summary>Each row: by how many seconds the server's clock is ahead, the age of its response, the line, and the
    /// exit code.</summary>
    [Theory]
    [InlineData(0, 0, "ok     clock           agrees with m.example", 0)]
    [InlineData(-20, 20, "ok     clock           agrees with m.example", 0)]
    [InlineData(-20, 0, "note   clock           20 s ahead of m.example", 0)]
    [InlineData(20, 0, "note   clock           20 s behind m.example", 0)]
    [InlineData(
        100,
        0,
        "ERROR  clock           100 s behind m.example. Synchronize the clock: timedatectl set-ntp true, or install the package chrony.",
        1
    )]
    public async Task Doctor_ComparesTheSystemClockWithTheClockOfTheServer(
        int seconds,
        int age,
        string line,
        int exitCode
    )
    {
        _home.Settings(Section.Mastodon);
        SetServerTime(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(age));

        var result = await _home.RunAsync("doctor");

        Assert.Contains($"\n{line}\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public async Task Doctor_WithDiscordOnly_ComparesTheClockWithDiscord()
    {
        _home.Settings(Section.Discord);

        Assert.Contains(
            "ok     clock           agrees with discord.com\n",
            (await _home.RunAsync("doctor")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Doctor_WhenTheRequestTakesTime_ComparesTheTimeInItsMiddle()
    {
        _home.Settings(Section.Mastodon);
        var start = _home.SystemClock.GetUtcNow();
        _home.Http.OnRequest = () =>
        {
            _home.SystemClock.Advance(TimeSpan.FromSeconds(8));
            return At(start.AddSeconds(-1));
        };

        Assert.Contains(
            "ok     clock           agrees with m.example\n",
            (await _home.RunAsync("doctor")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Doctor_WhenTheServerDoesNotReturnItsTime_StatesHowToCheckTheClock()
    {
        const string line =
            "\nnote   clock           m.example did not return its time, so the clock could not be compared. timedatectl shows whether it is synchronized.\n";
        _home.Settings(Section.Mastodon);
        _home.Http.OnRequest = static () => throw new HttpRequestException("connection refused");
        Assert.Contains(line, (await _home.RunAsync("doctor")).Output, StringComparison.Ordinal);

        _home.Http.OnRequest = static () => throw new TaskCanceledException("timeout");
        Assert.Contains(line, (await _home.RunAsync("doctor")).Output, StringComparison.Ordinal);

        _home.Http.OnRequest = static () => new HttpResponseMessage();
        Assert.Contains(line, (await _home.RunAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OfAnAppThatNobodyCanInstall_StatesWhatToEnable()
    {
        _home.Settings(Section.Discord);
        _home.Discord.Application = new Result<DiscordApplication>.Success(
            new DiscordApplication(42, "Serge")
            {
                AllowsGuildInstall = false,
                AllowsUserInstall = false,
                InstallPermissions = DiscordPermissions.ViewChannel,
            }
        );

        var (exitCode, output, _) = await _home.RunAsync("doctor");

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR  to a server     Servers cannot install the app.", output, StringComparison.Ordinal);
        Assert.Contains("note   to a member     Members cannot install the app", output, StringComparison.Ordinal);
        Assert.Contains(
            "note   install link    The install link of the app’s profile",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Doctor_OnATerminal_WrapsLongLinesButNotLinks()
    {
        _home.Settings(Section.Discord);
        _home.Discord.Application = new Result<DiscordApplication>.Success(
            new DiscordApplication(42, "Serge", "https://b.example")
        );
        _home.Terminal = new Terminal(60, HasColours: false);

        var lines = (await _home.RunAsync("doctor")).Output.Split('\n');

        Assert.Contains(
            "ok     to a member     https://discord.com/oauth2/authorize?client_id=42&scope=applications.commands&integration_type=1",
            lines
        );
        Assert.Contains(
            "ERROR  interactions    Discord sends the commands to         ".TrimEnd(),
            lines.Select(line => line.TrimEnd())
        );
        Assert.Contains(
            "                       https://b.example, so none of them",
            lines.Select(line => line.TrimEnd())
        );
    }

    [Fact]
    public async Task Doctor_OnATerminalWithColours_ColoursTheState()
    {
        _home.Settings(Section.Discord);
        _home.Discord.Commands = new Result<bool>.Unavailable("HTTP 503");
        SetServerTime(TimeSpan.FromSeconds(20));
        _home.Terminal = new Terminal(200, HasColours: true);

        var output = (await _home.RunAsync("doctor")).Output;

        Assert.Contains("\u001b[32mok\u001b[0m", output, StringComparison.Ordinal);
        Assert.Contains("\u001b[33mnote\u001b[0m", output, StringComparison.Ordinal);
        Assert.Contains("\u001b[90moff\u001b[0m", output, StringComparison.Ordinal);
        Assert.Contains("\u001b[1;91mERROR\u001b[0m", output, StringComparison.Ordinal);
    }

    /// <summary>The version of the zone data depends on the machine.</summary>
    private static CommandResult WithoutZoneData(CommandResult result) =>
        result with
        {
            Output = string.Concat(
                result
                    .Output.Split('\n')
                    .Where(line => line.Length > 0)
                    .Select(line =>
                        line.StartsWith("ok     zone data", StringComparison.Ordinal)
                            ? "ok     zone data\n"
                            : $"{line}\n"
                    )
            ),
        };

    /// <summary>The lines about one item.</summary>
    private static IReadOnlyList<string> GetLines(CommandResult result, string what)
    {
        const int StateWidth = 7;
        var lines = result.Output.Split('\n');
        return [.. lines.Where(line => line.IndexOf($"{what} ", StringComparison.Ordinal) == StateWidth)];
    }

    private static string ScheduleTo(string name, string to) =>
        $$""" "Schedules": { "{{name}}": { "Cron": "0 9 * * *", "Content": "quote", "To": ["{{to}}"] } } """;

    private static Result<ChannelAccess> Access(ChannelId channel, ChannelKind kind, bool requiresTag = false)
    {
        var acceptsMessages = kind != ChannelKind.Forum;
        return new ChannelAccess(new GuildId(1), $"c{channel}", acceptsMessages, ChannelRequirements.GetRequired(kind))
        {
            Kind = kind,
            RequiresTag = requiresTag,
        };
    }

    private void SetServerTime(TimeSpan ahead, TimeSpan? age = null)
    {
        var now = _home.SystemClock.GetUtcNow();
        _home.Http.OnRequest = () =>
        {
            var answer = At(now + ahead);
            answer.Headers.Age = age == TimeSpan.Zero ? null : age;
            return answer;
        };
    }

    private static HttpResponseMessage At(DateTimeOffset date)
    {
        HttpResponseMessage answer = new();
        answer.Headers.Date = date;
        answer.Headers.CacheControl = new CacheControlHeaderValue { NoStore = true };
        return answer;
    }
}
