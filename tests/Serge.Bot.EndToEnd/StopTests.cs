namespace Serge.Bot.EndToEnd;

/// <summary>The real worker is told to stop in the middle of a post: it finishes what it has begun or hands it over, in bounded time, and another goes on at once.</summary>
public sealed class StopTests
{
    private const string Messages = "/discord/api/v10/channels/*/messages";

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Stop_WhileAnAnswerIsSlow_WaitsForItAndWritesItDown(string signal)
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        Slow(stage, TimeSpan.FromSeconds(2), afterActing: true);
        using var watch = stage.World.Watch();
        await using var worker = WorkerProcess.Start(stage.Home, Settings(stage, schedule), "run");
        await stage.UntilAsync(watch, () => stage.ChannelPosts.Count > 0); // it is out, and the worker does not know yet

        await worker.SignalAsync(signal, stage.Patience);
        var exitCode = await worker.EndAsync(stage.Patience);

        Assert.Equal(0, exitCode);
        Assert.Single(stage.ChannelPosts);
        string[] expected = ["morning discord Sent", "morning mastodon Sent"];
        Assert.True(expected.SequenceEqual(await stage.LedgerAsync()), worker.Said);
        Assert.DoesNotContain("   at ", worker.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WhileAnAnswerIsSlow_LetsAStandByTakeOverWithoutWaitingForTheLease()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        Slow(stage, TimeSpan.FromSeconds(1), afterActing: true);
        using var watch = stage.World.Watch();
        await using var first = WorkerProcess.Start(stage.Home, Settings(stage, schedule), "run");
        await stage.UntilAsync(watch, () => stage.ChannelPosts.Count > 0);
        await using var second = WorkerProcess.Start(stage.Home, Settings(stage, schedule), "run");
        await second.SaysAsync("Standby: another worker sends", stage.Patience);

        await first.SignalAsync("TERM", stage.Patience);
        await first.AssertEndsWithAsync(0, stage.Patience);
        await second.SaysAsync("this worker sends now", stage.Patience);
        await second.SaysAsync("Discord is ready", stage.Patience);
        Assert.Single(stage.ChannelPosts);
        Assert.Single(stage.Statuses);
    }

    [Fact]
    public async Task Stop_WhenTheAnswerDoesNotCome_HandsThePostOverAndTheNextFindsItOnce()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote", $"discord:{stage.Channel.Id}");
        stage.Discord.Options.NonceWindow = TimeSpan.Zero; // only the look is between a lost answer and a second post
        Slow(stage, TimeSpan.FromMinutes(5), afterActing: true);
        using var watch = stage.World.Watch();
        await using (var first = WorkerProcess.Start(stage.Home, Settings(stage, schedule), "run"))
        {
            await stage.UntilAsync(watch, () => stage.ChannelPosts.Count > 0);
            await first.SignalAsync("TERM", stage.Patience);
            await first.AssertEndsWithAsync(0, stage.Patience);
        }

        var post = Assert.Single(await stage.PostsAsync());
        Assert.Equal((PostState.Unknown, null), (post.State, post.ClaimedBy));
        await using var second = await stage.StartWorkerAsync(TimeProvider.System, schedule);
        await stage.SettledAsync(1);

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
            await asked.Fired.WaitAsync(stage.Patience);
            await first.SignalAsync("TERM", stage.Patience);
            await first.AssertEndsWithAsync(0, stage.Patience);
        }

        await using var second = await stage.StartWorkerAsync(TimeProvider.System, schedule);
        await stage.SettledAsync(1);

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
