using System.Net;
using System.Net.Sockets;

namespace Serge.Bot.EndToEnd;

/// <summary>The program as an operator starts it, including wrong usage: its output and its exit code.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Run_WithoutCredentials_EndsWithTwoAndNamesTheKeysAndThePlayground()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await WorkerProcess.RunAsync(stage.Home, [], "run", stage.CancellationToken);

        Assert.Equal(2, exitCode);
        Assert.All(
            ["Discord:Token", "Mastodon:AccessToken", "src/Serge.Bot.Playground"],
            words => Assert.Contains(words, output, StringComparison.Ordinal)
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
            stage.CancellationToken
        );

        var (exitCode, output) = await stage.RunCommandAsync("run", stage.Settings());

        Assert.Equal(2, exitCode);
        Assert.All(
            ["quotes.yaml:3:", "nobody", "quotes.yaml:6:", "txet"],
            words => Assert.Contains(words, output, StringComparison.Ordinal)
        );
        Assert.Empty(stage.ChannelPosts);
    }

    [Fact]
    public async Task Run_WithAPortThatIsTaken_EndsWithTwoAndStatesWhich()
    {
        await using var stage = await Stage.OpenAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}/";

        var (exitCode, output) = await stage.RunCommandAsync(
            "run",
            stage.Settings(("Discord:Interactions", "http"), ("Discord:Listen", address))
        );

        Assert.Equal(2, exitCode);
        Assert.Contains($"Discord:Listen = \"{address}\": cannot listen there", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
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

        var (exitCode, output) = await stage.RunCommandAsync(verb, stage.Settings(settings));

        Assert.Equal(2, exitCode);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    /// <summary>As above, in a separate process: libraries read these environment variables themselves.</summary>
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

        var (ended, output) = await WorkerProcess.RunAsync(
            stage.Home,
            Stage.AsEnvironment(settings),
            verb,
            stage.CancellationToken
        );

        Assert.Equal(exitCode, ended);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithAMisspeltSetting_EndsWithTwoAndNamesIt()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await stage.RunCommandAsync(
            "run",
            stage.Settings([
                .. stage.Schedule("morning", "0 9 * * *", "quote"),
                ("Schedules:morning:GracPeriod", "01:00:00"),
            ])
        );

        Assert.Equal(2, exitCode);
        Assert.Contains("GracPeriod", output, StringComparison.Ordinal);
        Assert.Contains("GracePeriod", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithABadDiscordToken_ReportsItOnceAndMastodonWorksOn()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        using var watch = stage.World.Watch();

        await using var process = WorkerProcess.Start(
            stage.Home,
            Stage.AsEnvironment(stage.Settings([.. schedule, ("Discord:Token", "MTA.wrong.x")])),
            "run"
        );
        await stage.WaitUntilAsync(watch, () => stage.Statuses.Count > 0);

        await process.WaitForOutputAsync("Discord:Token is not accepted", stage.CancellationToken);

        Assert.DoesNotContain("MTA.wrong.x", process.Output, StringComparison.Ordinal);
        Assert.InRange(stage.Discord.InvalidRequests, 1, 5);
    }

    [Fact]
    public async Task Run_WithABadDiscordTokenAndNothingElse_EndsWithTwo()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await WorkerProcess.RunAsync(
            stage.Home,
            Stage.AsEnvironment(
                stage.Settings(
                    ("Discord:Token", "MTA.wrong.x"),
                    ("Mastodon:AccessToken", null),
                    ("Mastodon:Address", null)
                )
            ),
            "run",
            stage.CancellationToken
        );

        Assert.Equal(2, exitCode);
        Assert.Contains("Discord:Token is not accepted", output, StringComparison.Ordinal);
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
        await stage.WaitUntilAsync(watch, () => stage.Statuses.Count > 0 && stage.ChannelPosts.Count > 0);
        await process.KillAsync(stage.CancellationToken);

        Assert.DoesNotContain(Stage.DiscordToken, process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Stage.MastodonToken, process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quote --topic hunger", 0, "starved")]
    [InlineData("verify --essay nowhere.txt", 2, "nowhere.txt")]
    [InlineData("--help", 0, "serge")]
    public async Task Verb_OnTheTerminal_SaysAndEndsAsDocumented(string arguments, int exitCode, string words)
    {
        await using var stage = await Stage.OpenAsync();

        var (ended, output) = await WorkerProcess.RunAsync(stage.Home, [], arguments, stage.CancellationToken);

        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Equal(exitCode, ended);
    }

    /// <summary>As above, in this process; the test above covers the differences of a separate process.</summary>
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

        var (ended, output) = await stage.RunCommandAsync(arguments);

        Assert.True(output.Contains(words, StringComparison.Ordinal), output);
        Assert.Equal(exitCode, ended);
    }

    [Fact]
    public async Task Post_Now_IsOutOnBothSidesAndInTheLedger()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await stage.RunCommandAsync(
            "post --now --schedule morning",
            stage.Settings(stage.Schedule("morning", "0 9 * * *", "quote"))
        );

        Assert.Equal((0, 1, 1), (exitCode, stage.ChannelPosts.Count, stage.Statuses.Count));
        Assert.Contains("posted http", output, StringComparison.Ordinal);
        Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
    }
}
