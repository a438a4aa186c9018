namespace Serge.Bot.EndToEnd;

/// <summary>A worker is stopped while it connects, and continues after another worker has taken over its
/// posts.</summary>
public sealed class ZombieTests
{
    [Fact]
    public async Task AWorkerThatIsStoppedBeyondItsLease_SendsNothingWhenItContinues()
    {
        await using var stage = await Stage.OpenAsync();
        var settings = stage.Settings(("Delivery:Lease", "00:00:04"), ("Delivery:SenderLease", "00:00:02"));
        await using ConnectGate discord = new(new Uri(settings["Discord:ApiAddress"]!));
        await using ConnectGate mastodon = new(new Uri(settings["Mastodon:Address"]!));
        Dictionary<string, string?> throughGates = new(settings)
        {
            ["Discord:ApiAddress"] = discord.Address.ToString(),
            ["Mastodon:Address"] = mastodon.Address.ToString(),
        };
        await using var zombie = WorkerProcess.Start(stage.Home, Stage.AsEnvironment(throughGates), "run");
        await zombie.WaitForOutputAsync("Slash commands: ", stage.CancellationToken);
        await zombie.WaitForOutputAsync("Mastodon: ready", stage.CancellationToken);
        await discord.CloseAsync(stage.CancellationToken);
        await mastodon.CloseAsync(stage.CancellationToken);

        await PlanAsync(stage);
        await StopWhileItSendsAsync(stage, zombie, count: 2);
        discord.Open();
        mastodon.Open();
        await using var second = WorkerProcess.Start(stage.Home, Stage.AsEnvironment(settings), "run");
        await stage.WaitUntilSettledAsync(2);
        await zombie.SignalAsync("CONT", stage.CancellationToken);
        await zombie.WaitForOutputAsync($"has taken over post {Key('d')}", stage.CancellationToken);
        await zombie.WaitForOutputAsync($"has taken over post {Key('m')}", stage.CancellationToken);

        Assert.Equal(["a post"], stage.ChannelPosts);
        Assert.Equal(["a post"], stage.Statuses);
    }

    /// <summary>A process that is stopped during its transaction locks a SQLite ledger for all processes. The test
    /// holds the lock instead, so that the process does not hold it when it stops.</summary>
    private static async Task StopWhileItSendsAsync(Stage stage, WorkerProcess worker, int count)
    {
        await using var database = await stage.OpenDatabaseAsync();
        await stage.WaitUntilAsync(
            () =>
                database.WriteAsync(
                    session => TryStopAsync(session, worker, count, stage.CancellationToken),
                    stage.CancellationToken
                ),
            $"{count} posts that are being sent"
        );
    }

    /// <summary>Stops the worker if this number of posts is being sent. While the caller holds the lock, the number
    /// does not change.</summary>
    private static async Task<bool> TryStopAsync(
        DatabaseSession session,
        WorkerProcess worker,
        int count,
        CancellationToken cancellationToken
    )
    {
        var states = await session.QueryAsync(
            "SELECT state FROM posts WHERE state = 'sending'",
            reader => reader.GetString(0),
            cancellationToken
        );
        var isSending = states.Count == count;
        if (isSending)
        {
            await worker.SignalAsync("STOP", cancellationToken);
        }

        return isSending;
    }

    private static async Task PlanAsync(Stage stage)
    {
        await using var database = await stage.OpenDatabaseAsync();
        Post[] posts =
        [
            CreatePost(Key('d'), new Destination(Destinations.DiscordPlatform, $"{stage.Channel.Id}")),
            CreatePost(Key('m'), Destinations.Mastodon),
        ];
        await new Ledger(database).PlanAsync("morning", mark: null, posts, stage.CancellationToken);
    }

    private static Post CreatePost(string key, Destination destination) =>
        new()
        {
            Key = key,
            Schedule = ScheduleId.OfOperator("morning"),
            Occurrence = TimeProvider.System.GetUtcNow(),
            Destination = destination,
            State = PostState.Planned,
            Payload = new Payload { Text = "a post" },
            Deadline = TimeProvider.System.GetUtcNow().AddHours(1),
        };

    private static string Key(char letter) => new(letter, 24);
}
