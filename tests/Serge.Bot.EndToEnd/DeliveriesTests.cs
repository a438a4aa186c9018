namespace Serge.Bot.EndToEnd;

/// <summary>What an operator sees of published posts, and how a failed post is retried.</summary>
public sealed class DeliveriesTests
{
    private const string ChannelMessages = "/discord/api/v10/channels/*/messages";

    [Fact]
    public async Task Deliveries_AfterTwoPosts_ListsBothWithTheirLinks()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        await PostAllAsync(stage, schedule);

        var (exitCode, output) = await RunCommandAsync(stage, "deliveries", schedule);
        var failed = await RunCommandAsync(stage, "deliveries --failed", schedule);

        Assert.Equal(0, exitCode);
        Assert.Matches(@"id +when +schedule +to +state\n", output);
        Assert.Matches(
            @"[a-z2-7]{8}  .{3} \d+ .{3} \d{4} \d\d:\d\d \+0[12]:00  morning +mastodon +sent +http://",
            output
        ); // Brussels
        Assert.Matches($@"morning +discord:{stage.Channel.Id} +sent +id \d+\n", output);
        Assert.Equal((0, "There are no failed posts."), (failed.ExitCode, failed.Output.Trim()));
    }

    [Fact]
    public async Task Deliveries_AsJson_HasTheExactText()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        await PostAllAsync(stage, schedule);

        var (_, output) = await RunCommandAsync(stage, "deliveries --json", schedule);

        using var json = System.Text.Json.JsonDocument.Parse(output);
        var texts = json
            .RootElement.EnumerateArray()
            .Select(post =>
                (
                    post.GetProperty("destination").GetString(),
                    post.GetProperty("text").GetString(),
                    post.GetProperty("state").GetString()
                )
            );
        Assert.Equal(
            [($"discord:{stage.Channel.Id}", stage.ChannelPosts[0], "sent"), ("mastodon", stage.Statuses[0], "sent")],
            texts.Order()
        );
    }

    [Fact]
    public async Task Retry_OfARefusedPost_IsSentByTheNextRunAndNamesTheOldOne()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        stage.AddFault(
            ChannelMessages,
            new RequestEffect.Respond(403, """{"message": "Missing Permissions", "code": 50013}""")
        );
        await PostAllAsync(stage, schedule);
        var (_, listed) = await RunCommandAsync(stage, "deliveries --failed", schedule);
        var id = listed.Split('\n')[1][..8];

        var (exitCode, output) = await RunProcessAsync(stage, $"retry {id}", schedule);
        await PostAllAsync(stage, posts: 3, schedule);

        Assert.Contains("refused", listed, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
        Assert.Contains($"replaces {id}", output, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(stage.ChannelPosts), output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains(
            $"Retry of {id}.",
            (await RunCommandAsync(stage, "deliveries", schedule)).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "There are no failed posts.",
            (await RunCommandAsync(stage, "deliveries --failed", schedule)).Output,
            StringComparison.Ordinal
        );
        var again = await RunCommandAsync(stage, $"retry {id}", schedule);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("was already sent again as", again.Output, StringComparison.Ordinal);
        Assert.Single(stage.ChannelPosts);
    }

    /// <summary>Each row: the state of a post, and the message of the refusal.</summary>
    [Theory]
    [InlineData(nameof(PostState.Sent), "was sent")]
    [InlineData(nameof(PostState.Planned), "is planned")]
    [InlineData(nameof(PostState.Sending), "is being sent")]
    [InlineData(nameof(PostState.Cancelled), "was cancelled.")]
    [InlineData(nameof(PostState.Retracted), "was retracted.")]
    public async Task Retry_OfWhatNeedsNone_IsRefusedWithAClearLine(string state, string expected)
    {
        await using var stage = await Stage.OpenAsync();
        await PlanAsync(stage, Enum.Parse<PostState>(state));

        var (exitCode, output) = await RunCommandAsync(stage, "retry aaaa");

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Single(await stage.LedgerAsync());
    }

    [Theory]
    [InlineData("retry zzzz", "No post has a key that begins with zzzz")]
    [InlineData("deliveries --limit 0", "Write a number from 1 to 10000")]
    public async Task InvalidArguments_AreRefusedWithAClearLine(string arguments, string expected)
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await RunCommandAsync(stage, arguments);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_OfAPostOfUnknownOutcomeThatIsThere_FindsItAndSendsNothing()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        await PostAllAsync(stage, schedule);
        await ChangeAsync(
            stage,
            "morning",
            to: Destinations.Mastodon,
            post => post with { State = PostState.Unknown, RemoteId = null, Url = null, Lookups = 5 }
        );
        var id = (await RunCommandAsync(stage, "deliveries", schedule))
            .Output.Split('\n')
            .First(line => line.Contains("unknown", StringComparison.Ordinal))[..8];

        var (exitCode, output) = await RunCommandAsync(stage, $"retry {id}", schedule);

        Assert.Equal(0, exitCode);
        Assert.Contains("was already published", output, StringComparison.Ordinal);
        Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
        Assert.Single(stage.Statuses);
    }

    [Fact]
    public async Task Retry_WithAnInconclusiveLookup_NeedsForce()
    {
        await using var stage = await Stage.OpenAsync();
        await PlanAsync(stage, PostState.Unknown);
        stage.World.Faults.Add(
            new RequestFault
            {
                Method = "GET",
                Path = "/mastodon/api/v1/accounts/*/statuses",
                Effect = new RequestEffect.Respond(403),
                Times = 10,
            }
        );

        var (exitCode, output) = await RunCommandAsync(stage, "retry aaaa");
        Assert.Equal(2, exitCode);
        Assert.Contains("--force", output, StringComparison.Ordinal);
        Assert.Single(await stage.LedgerAsync());

        (exitCode, _) = await RunCommandAsync(stage, "retry aaaa --force");
        Assert.Equal(0, exitCode);
        Assert.Equal(["morning mastodon Missed", "morning mastodon Planned"], await stage.LedgerAsync());
    }

    internal static Task<(int ExitCode, string Output)> RunCommandAsync(
        Stage stage,
        string arguments,
        params (string Key, string? Value)[] settings
    ) => stage.RunCommandAsync(arguments, stage.Settings(settings));

    /// <summary>The same in a separate process.</summary>
    internal static Task<(int ExitCode, string Output)> RunProcessAsync(
        Stage stage,
        string arguments,
        params (string Key, string? Value)[] settings
    ) =>
        WorkerProcess.RunAsync(
            stage.Home,
            Stage.AsEnvironment(stage.Settings(settings)),
            arguments,
            stage.CancellationToken
        );

    /// <summary>Runs the worker until the ledger holds two posts, one for each platform, and both are in a final
    /// state.</summary>
    internal static Task PostAllAsync(Stage stage, params (string Key, string? Value)[] settings) =>
        PostAllAsync(stage, posts: 2, settings);

    /// <summary>Runs the worker until the ledger holds this number of posts and each is in a final state.</summary>
    private static async Task PostAllAsync(Stage stage, int posts, params (string Key, string? Value)[] settings)
    {
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, settings);
        await stage.WaitUntilSettledAsync(posts);
    }

    private static async Task PlanAsync(Stage stage, PostState state)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var database = await stage.OpenDatabaseAsync();
        Ledger ledger = new(database);
        await ledger.PlanAsync(
            "morning",
            mark: null,
            [
                new Post
                {
                    Key = new string('a', 24),
                    Schedule = ScheduleId.OfOperator("morning"),
                    Occurrence = now.AddDays(-3),
                    Destination = Destinations.Mastodon,
                    State = state,
                    Items = ["an-id"],
                    Payload = new Payload { Text = "Words." },
                    Deadline = now.AddDays(-2),
                    FirstAttemptAt = now.AddDays(-3),
                    Lookups = 5,
                },
            ],
            stage.CancellationToken
        );
    }

    internal static async Task ChangeAsync(Stage stage, string schedule, Destination to, Func<Post, Post> change)
    {
        await using var database = await stage.OpenDatabaseAsync();
        Ledger ledger = new(database);
        var post = (await ledger.GetRecentAsync(100, stage.CancellationToken)).Single(post =>
            post.Schedule == ScheduleId.OfOperator(schedule) && post.Destination == to
        );
        Assert.True(await ledger.TryUpdateAsync(post, change(post), stage.CancellationToken));
    }
}
