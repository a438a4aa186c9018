namespace Serge.Bot.EndToEnd;

/// <summary>The real worker is stopped while it sends a post: it completes the post or leaves it to the next worker, in
/// bounded time, and another worker can start at once.</summary>
public sealed class StopTests
{
    private const string Messages = "/discord/api/v10/channels/*/messages";

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Stop_WhileAnAnswerIsSlow_WaitsForItAndRecordsIt(string signal)
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        Slow(stage, TimeSpan.FromSeconds(2), afterActing: true);
        using var watch = stage.World.Watch();
        await using var worker = WorkerProcess.Start(stage.Home, Settings(stage, schedule), "run");
        // The posts are published, but the worker has not received the response of Discord yet.
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count > 0 && stage.Statuses.Count > 0);

        await worker.SignalAsync(signal, stage.CancellationToken);
        var exitCode = await worker.EndAsync(stage.CancellationToken);

        Assert.Equal(0, exitCode);
        Assert.Single(stage.ChannelPosts);
        string[] expected = ["morning discord Sent", "morning mastodon Sent"];
        Assert.True(expected.SequenceEqual(await stage.LedgerAsync()), worker.Output);
        Assert.DoesNotContain("   at ", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WhileAnAnswerIsSlow_LetsAStandbyWorkerTakeOverWithoutWaitingForTheLease()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        Slow(stage, TimeSpan.FromSeconds(1), afterActing: true);
        using var watch = stage.World.Watch();
        await using var first = WorkerProcess.Start(stage.Home, Settings(stage, schedule), "run");
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count > 0 && stage.Statuses.Count > 0);
        await using var second = WorkerProcess.Start(stage.Home, Settings(stage, schedule), "run");
        await second.WaitForOutputAsync("Standby: another worker sends", stage.CancellationToken);

        await first.SignalAsync("TERM", stage.CancellationToken);
        await first.AssertEndsWithAsync(0, stage.CancellationToken);
        await second.WaitForOutputAsync("this worker sends now", stage.CancellationToken);
        await second.WaitForOutputAsync("Discord is ready", stage.CancellationToken);
        Assert.Single(stage.ChannelPosts);
        Assert.Single(stage.Statuses);
    }

    [Fact]
    public async Task Stop_WhenTheAnswerDoesNotCome_HandsThePostOverAndTheNextFindsItOnce()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote", $"discord:{stage.Channel.Id}");
        // After a lost response only the lookup prevents a second post.
        stage.Discord.Options.NonceWindow = TimeSpan.Zero;
        Slow(stage, TimeSpan.FromMinutes(5), afterActing: true);
        using var watch = stage.World.Watch();
        await using (var first = WorkerProcess.Start(stage.Home, Settings(stage, schedule), "run"))
        {
            await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count > 0);
            await first.SignalAsync("TERM", stage.CancellationToken);
            await first.AssertEndsWithAsync(0, stage.CancellationToken);
        }

        var post = Assert.Single(await stage.PostsAsync());
        Assert.Equal((PostState.Unknown, null), (post.State, post.ClaimedBy));
        await using var second = await stage.StartWorkerAsync(TimeProvider.System, schedule);
        await stage.WaitUntilSettledAsync(1);

        Assert.Equal(["morning discord Sent"], await stage.LedgerAsync());
        Assert.Single(stage.ChannelPosts);
    }

    [Fact]
    public async Task Stop_BeforeThePostWasTaken_HandsItOverAndTheNextSendsItOnce()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote", $"discord:{stage.Channel.Id}");
        var asked = Slow(stage, TimeSpan.FromMinutes(5), afterActing: false);
        await using (var first = WorkerProcess.Start(stage.Home, Settings(stage, schedule), "run"))
        {
            await asked.Fired.WaitAsync(stage.CancellationToken);
            await first.SignalAsync("TERM", stage.CancellationToken);
            await first.AssertEndsWithAsync(0, stage.CancellationToken);
        }

        await using var second = await stage.StartWorkerAsync(TimeProvider.System, schedule);
        await stage.WaitUntilSettledAsync(1);

        Assert.Equal(["morning discord Sent"], await stage.LedgerAsync());
        Assert.Single(stage.ChannelPosts);
    }

    private static ArmedFault Slow(Stage stage, TimeSpan by, bool afterActing) =>
        stage.World.Faults.Add(
            new RequestFault
            {
                Method = "POST",
                Path = Messages,
                Times = 1,
                Effect = new RequestEffect.Delay(by, afterActing),
            }
        );

    private static IEnumerable<(string, string?)> Settings(Stage stage, (string, string?)[] schedule) =>
        Stage.AsEnvironment(stage.Settings(schedule));
}
