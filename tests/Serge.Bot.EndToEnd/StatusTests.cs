using System.Text.Json;

namespace Serge.Bot.EndToEnd;

/// <summary>What an operator sees besides the posts: status, previews, lists, and withdrawn items.</summary>
public sealed class StatusTests
{
    private const string Item = "end-commands-means";

    [Fact]
    public async Task Status_BesideARunningBot_NamesItAndTheLastAndNextPosts()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, schedule);
        await stage.WaitUntilSettledAsync(2);

        var (exitCode, text) = await DeliveriesTests.RunCommandAsync(stage, "status", schedule);

        Assert.Contains(
            $"ok     bot             running: discord and mastodon by process {Environment.ProcessId} on {Environment.MachineName}",
            text,
            StringComparison.Ordinal
        );
        Assert.Matches(@"to +last post +by +next post +by\n", text);
        Assert.Matches(
            @"mastodon +.{3} \d+ .{3} \d{4} \d\d:\d\d \+0[12]:00  morning  .{3} \d+ .{3} \d{4} \d\d:\d\d \+0[12]:00  morning  http://",
            text
        );
        Assert.Matches($@"discord:{stage.Channel.Id} +.{{3}} \d+ ", text);
        Assert.DoesNotContain("ERROR", text, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Status_WithoutABot_ReportsItAndWhatTheLedgerHolds()
    {
        await using var stage = await Stage.OpenAsync();
        await File.AppendAllTextAsync(
            Path.Combine(stage.Home, "quotes", "quotes.yaml"),
            "- id: no text\n",
            stage.CancellationToken
        );

        var (exitCode, text) = await DeliveriesTests.RunCommandAsync(
            stage,
            "status",
            stage.Schedule("morning", "0 9 * * *", "quote")
        );

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR  bot             not running", text, StringComparison.Ordinal);
        Assert.Matches(@"ERROR  quote files     \S*quotes\.yaml:\d+:\d+: error: ", text);
        Assert.Matches(@"mastodon +none yet +.{3} \d+ .{3} \d{4} 09:00 \+0[12]:00  morning\n", text);
    }

    [Fact]
    public async Task Status_AfterAFailure_StatesHowManyAndWhatToDo()
    {
        await using var stage = await Stage.OpenAsync();
        await using (var database = await stage.OpenDatabaseAsync())
        {
            Ledger ledger = new(database);
            var now = TimeProvider.System.GetUtcNow();
            await ledger.PlanAsync(
                "morning",
                mark: null,
                [
                    new Post
                    {
                        Key = new string('a', 24),
                        Schedule = ScheduleId.OfOperator("morning"),
                        Occurrence = now.AddDays(-1),
                        Destination = Destinations.Mastodon,
                        State = PostState.Refused,
                        Deadline = now,
                    },
                ],
                stage.CancellationToken
            );
        }

        var (exitCode, text) = await DeliveriesTests.RunCommandAsync(stage, "status --json");

        Assert.Equal(1, exitCode);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(
            (1, 0),
            (
                json.RootElement.GetProperty("failed").GetInt32(),
                json.RootElement.GetProperty("senders").GetArrayLength()
            )
        );
    }

    [Fact]
    public async Task Preview_ShowsWhatIsPosted()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        await DeliveriesTests.PostAllAsync(stage, schedule);
        var id = (await stage.PostsAsync()).Single(post => post.Destination == Destinations.Mastodon).Items[0];

        var (exitCode, text) = await DeliveriesTests.RunCommandAsync(stage, $"preview {id} --json", schedule);

        Assert.Equal(0, exitCode);
        using var json = JsonDocument.Parse(text);
        var mastodon = json.RootElement.GetProperty("posts")[0];
        Assert.Equal(stage.Statuses[0], mastodon.GetProperty("text").GetString());
        Assert.Equal(500, mastodon.GetProperty("limit").GetInt32());
    }

    /// <summary>The log goes to standard error, so that a program can read the output.</summary>
    [Fact]
    public async Task Plan_WithEverythingLogged_WritesOnlyJsonToStandardOutput()
    {
        await using var stage = await Stage.OpenAsync();
        var morning = stage.Schedule("morning", "0 9 * * *", "quote");
        var settings = stage.Settings([("Logging:LogLevel:Default", "Trace"), .. morning]);

        var (exitCode, output) = await WorkerProcess.ReadOutputAsync(
            stage.Home,
            Stage.AsEnvironment(settings),
            "plan --json",
            stage.CancellationToken
        );

        Assert.Equal(0, exitCode);
        using var json = JsonDocument.Parse(output);
        Assert.NotEqual(0, json.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Preview_ForPeople_HasBothTextsWithTheirLengths()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, text) = await DeliveriesTests.RunCommandAsync(stage, $"preview {Item}");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"Mastodon: \d+ of 500 characters, unlisted, en\n  “\[T\]he end", text);
        Assert.Matches(@"Discord: \d+ of 2000 characters\n  “\[T\]he end", text);
    }

    [Fact]
    public async Task Preview_WithMarkdown_ShowsTheMessageAsItIsSent()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, text) = await DeliveriesTests.RunCommandAsync(stage, $"preview {Item} --markdown");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"Mastodon: \d+ of 500 characters, unlisted, en\n  “\[T\]he end", text);
        Assert.Matches(@"Discord: \d+ of 2000 characters\n  “\\\[T\\\]he end", text);
    }

    [Fact]
    public async Task Withdrawn_IsReportedWhereverItIsShown()
    {
        await using var stage = await Stage.OpenAsync();
        Assert.Equal(0, (await DeliveriesTests.RunCommandAsync(stage, $"retract {Item} --yes")).ExitCode);

        foreach (var verb in (string[])[$"quote --id {Item}", $"preview {Item}"])
        {
            var (_, text) = await DeliveriesTests.RunCommandAsync(stage, verb);
            Assert.Matches(@"Withdrawn since \d{4}-\d\d-\d\d \d\d:\d\d UTC: neither posted nor shown", text);
        }

        Assert.Matches(
            $@"{Item} .* withdrawn since \d{{4}}-\d\d-\d\d\n",
            (await DeliveriesTests.RunCommandAsync(stage, "quotes")).Output
        );
        var search = await DeliveriesTests.RunCommandAsync(stage, "quote --search commands");
        Assert.Equal(2, search.ExitCode);
        Assert.Contains("are withdrawn", search.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"withdrawn: {Item}",
            (await DeliveriesTests.RunCommandAsync(stage, "status")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Quote_WithoutALedger_MakesNone()
    {
        await using var stage = await Stage.OpenAsync();

        Assert.Equal(0, (await DeliveriesTests.RunCommandAsync(stage, "quote")).ExitCode);

        Assert.False(File.Exists(stage.LedgerPath));
    }

    /// <summary>Each row: a command that lists items, and the pattern of each line of its plain text.</summary>
    [Theory]
    [InlineData("quotes", @"^[a-z0-9-]+  +\S.*$")]
    [InlineData("events", @"^\S+  +[a-z0-9-]+  +(status|sure|likely|disputed)  +\S.*$")]
    [InlineData("topics", @"^[a-z-]+  +(quotations|\d+)$")]
    [InlineData("plan --brief --days 3", @"^(when|.{3} \d+ .{3} \d{4} \d\d:\d\d \S{6}) +(schedule|morning)  +\S.*$")]
    public async Task Lists_WhenPiped_AreOneLineARowAndAsJsonAnArray(string verb, string line)
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = stage.Schedule("morning", "0 9 * * *", "quote");

        var text = (await DeliveriesTests.RunCommandAsync(stage, verb, schedule)).Output;

        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
        Assert.All(text.TrimEnd('\n').Split('\n'), row => Assert.Matches(line, row));
        using var json = JsonDocument.Parse(
            (await DeliveriesTests.RunCommandAsync(stage, $"{verb} --json", schedule)).Output
        );
        Assert.Equal(text.TrimEnd('\n').Split('\n').Length - 1, json.RootElement.GetArrayLength());
    }
}
