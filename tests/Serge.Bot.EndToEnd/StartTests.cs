using System.Net;
using System.Net.Sockets;

namespace Serge.Bot.EndToEnd;

/// <summary>The program as an operator starts it, mistakes included: what it says, and what it ends with.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Run_WithoutCredentials_EndsWithTwoAndNamesTheKeysAndThePlayground()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, said) = await WorkerProcess.RunAsync(stage.Home, [], "run", stage.Patience);

        Assert.Equal(2, exitCode);
        Assert.All(
            ["Discord:Token", "Mastodon:AccessToken", "src/Serge.Bot.Playground"],
            words => Assert.Contains(words, said, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Run_WithABrokenQuoteFile_ListsAllProblemsAndPostsNothing()
    {
        await using var stage = await Stage.OpenAsync();
        await File.WriteAllTextAsync(
            Path.Combine(stage.Home, "quotes", "quotes.yaml"),
            """
            - id: one
              text: "Words."
              via: nobody
              topics: [power]
            - id: one
              txet: "More words."
              via: cunningham
              topics: [power]
            """,
            stage.Patience
        );

        var (exitCode, said) = await stage.RunCommandAsync("run", stage.Settings());

        Assert.Equal(2, exitCode);
        Assert.All(
            ["quotes.yaml:3:", "nobody", "quotes.yaml:6:", "txet"],
            words => Assert.Contains(words, said, StringComparison.Ordinal)
        );
        Assert.Empty(stage.ChannelPosts);
    }

    [Fact]
    public async Task Run_WithAPortThatIsTaken_EndsWithTwoAndSaysWhich()
    {
        await using var stage = await Stage.OpenAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}/";

        var (exitCode, said) = await stage.RunCommandAsync(
            "run",
            stage.Settings(("Discord:Interactions", "http"), ("Discord:Listen", address))
        );

        Assert.Equal(2, exitCode);
        Assert.Contains($"Discord:Listen = \"{address}\": cannot listen there", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "Schedules:morning:Cron", "H 9 * * *", "which is not supported")]
    [InlineData("plan", "Schedules:morning:TimeZone", "../zone", "is not a time zone")]
    [InlineData("status", "Ledger:PostgreSQL", "====", "Ledger:PostgreSQL is not a connection string")]
    [InlineData("run", "Logging:LogLevel:Default", "Loud", "Allowed: Trace, Debug")]
    [InlineData("run", "Logging:Console:MaxQueueLength", "0", "The section Logging is invalid")]
    [InlineData("run", "Health:Listen", "http://192.0.2.1:9", "cannot listen there")]
    public async Task AnyVerb_WithAValueThatALibraryRejects_EndsWithoutATrace(
        string verb,
        string key,
        string value,
        string words
    )
    {
        await using var stage = await Stage.OpenAsync();
        (string, string?)[] settings =
        [
            .. stage.Schedule("morning", "0 9 * * *", "quote"),
            ("Logging:Console:FormatterName", "json"),
            (key, value),
        ];

        var (exitCode, said) = await stage.RunCommandAsync(verb, stage.Settings(settings));

        Assert.Equal(2, exitCode);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    /// <summary>As above, in a process of its own: libraries read these variables of the environment themselves.</summary>
    [Theory]
    [InlineData("run", "OTEL_EXPORTER_OTLP_TIMEOUT", "0", 2, "OTEL_")]
    [InlineData("topics", "LC_ALL", "not a language", 0, "means-and-ends")]
    public async Task AnyVerb_WithAVariableThatALibraryRejects_EndsWithoutATrace(
        string verb,
        string key,
        string value,
        int exitCode,
        string words
    )
    {
        await using var stage = await Stage.OpenAsync();
        var settings = stage.Settings(
            ("Logging:Console:FormatterName", "json"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
            (key, value)
        );

        var (ended, said) = await WorkerProcess.RunAsync(
            stage.Home,
            Stage.AsEnvironment(settings),
            verb,
            stage.Patience
        );

        Assert.Equal(exitCode, ended);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithAMisspeltSetting_EndsWithTwoAndNamesIt()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, said) = await stage.RunCommandAsync(
            "run",
            stage.Settings([
                .. stage.Schedule("morning", "0 9 * * *", "quote"),
                ("Schedules:morning:GracPeriod", "01:00:00"),
            ])
        );

        Assert.Equal(2, exitCode);
        Assert.Contains("GracPeriod", said, StringComparison.Ordinal);
        Assert.Contains("GracePeriod", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithABadDiscordToken_SaysSoOnceAndMastodonWorksOn()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        using var watch = stage.World.Watch();

        await using var process = WorkerProcess.Start(
            stage.Home,
            Stage.AsEnvironment(stage.Settings([.. schedule, ("Discord:Token", "MTA.wrong.x")])),
            "run"
        );
        await stage.UntilAsync(watch, () => stage.Statuses.Count > 0);

        await process.SaysAsync("Discord:Token is not accepted", stage.Patience);

        Assert.DoesNotContain("MTA.wrong.x", process.Said, StringComparison.Ordinal);
        Assert.InRange(stage.Discord.InvalidRequests, 1, 5);
    }

    [Fact]
    public async Task Run_WithABadDiscordTokenAndNothingElse_EndsWithTwo()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, said) = await WorkerProcess.RunAsync(
            stage.Home,
            Stage.AsEnvironment(
                stage.Settings(
                    ("Discord:Token", "MTA.wrong.x"),
                    ("Mastodon:AccessToken", null),
                    ("Mastodon:Address", null)
                )
            ),
            "run",
            stage.Patience
        );

        Assert.Equal(2, exitCode);
        Assert.Contains("Discord:Token is not accepted", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AllItSays_NeverHasASecretInIt()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        using var watch = stage.World.Watch();

        await using var process = WorkerProcess.Start(
            stage.Home,
            Stage.AsEnvironment(stage.Settings([.. schedule, ("Logging:LogLevel:Default", "Trace")])),
            "run"
        );
        await stage.UntilAsync(watch, () => stage.Statuses.Count > 0 && stage.ChannelPosts.Count > 0);
        await process.KillAsync(stage.Patience);

        Assert.DoesNotContain(Stage.DiscordToken, process.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(Stage.MastodonToken, process.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quote --topic hunger", 0, "starved")]
    [InlineData("verify --essay nowhere.txt", 2, "nowhere.txt")]
    [InlineData("--help", 0, "serge")]
    public async Task Verb_OnTheTerminal_SaysAndEndsAsDocumented(string arguments, int exitCode, string words)
    {
        await using var stage = await Stage.OpenAsync();

        var (ended, said) = await WorkerProcess.RunAsync(stage.Home, [], arguments, stage.Patience);

        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Equal(exitCode, ended);
    }

    /// <summary>As above, in this process: what a process of its own adds is tried there.</summary>
    [Theory]
    [InlineData("on-this-day \"1 February\"", 0, "1 February 1933")]
    [InlineData("on-this-day soon", 2, "not a day of the year")]
    [InlineData("export --format json", 0, "\"quotes\": [")]
    [InlineData("plan --days 0", 2, "1 to 400")]
    [InlineData("quote --id end-commands-means", 0, "commands its own means")]
    [InlineData("quote --id end-comands-means", 2, "Did you mean end-commands-means?")]
    [InlineData("check", 0, " sources: ")]
    [InlineData("plan --days 3", 0, "Nothing is planned")]
    [InlineData("post --schedule nothing", 2, "There is no schedule nothing")]
    public async Task Verb_InThisProcess_SaysAndEndsAsDocumented(string arguments, int exitCode, string words)
    {
        await using var stage = await Stage.OpenAsync();

        var (ended, said) = await stage.RunCommandAsync(arguments);

        Assert.True(said.Contains(words, StringComparison.Ordinal), said);
        Assert.Equal(exitCode, ended);
    }

    [Fact]
    public async Task Post_Now_IsOutOnBothSidesAndInTheLedger()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, said) = await stage.RunCommandAsync(
            "post --now --schedule morning",
            stage.Settings(stage.Schedule("morning", "0 9 * * *", "quote"))
        );

        Assert.Equal((0, 1, 1), (exitCode, stage.ChannelPosts.Count, stage.Statuses.Count));
        Assert.Contains("posted http", said, StringComparison.Ordinal);
        Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
    }
}
