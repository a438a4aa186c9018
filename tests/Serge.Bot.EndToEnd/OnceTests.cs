namespace Serge.Bot.EndToEnd;

/// <summary>Every post is there exactly once, whatever happens to answers, connections and the worker itself.</summary>
public sealed class OnceTests
{
    private const string ChannelMessages = "/discord/api/v10/channels/*/messages";
    private const string NewStatus = "/mastodon/api/v1/statuses";

    public static TheoryData<string, string, RequestEffect> Troubles =>
        RequestTroubles.For(("discord", ChannelMessages), ("mastodon", NewStatus));

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task APostInTrouble_IsThereExactlyOnceOnBothSides(string trouble, string path, RequestEffect effect)
    {
        _ = trouble;
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        var fault = stage.AddFault(path, effect);
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, schedule);

        await stage.SettledAsync(2);

        Assert.Equal(1, fault.FiredCount);
        Assert.Single(stage.ChannelPosts);
        Assert.Single(stage.Statuses);
        Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
    }

    [Theory]
    [InlineData(ChannelMessages)]
    [InlineData(NewStatus)]
    public async Task AWorkerKilledInTheMiddleOfAPostThatIsOut_DoesNotPostItAgain(string path)
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        using var watch = stage.World.Watch();
        // The platform acts, and its answer takes longer than the worker lives.
        stage.AddFault(path, new RequestEffect.Delay(TimeSpan.FromMinutes(10), AfterHandling: true));
        var environment = Stage.AsEnvironment(stage.Settings(schedule)).ToArray();

        await using (var victim = WorkerProcess.Start(stage.Home, environment, "run"))
        {
            await stage.UntilAsync(watch, () => stage.ChannelPosts.Count > 0 && stage.Statuses.Count > 0);
            await victim.KillAsync(stage.Patience);
        }

        Assert.Contains(await stage.LedgerAsync(), line => line.EndsWith("Sending", StringComparison.Ordinal));
        await stage.EndLeasesAsync();
        await using var successor = await stage.StartWorkerAsync(TimeProvider.System, schedule);
        await stage.SettledAsync(2);

        Assert.Single(stage.ChannelPosts);
        Assert.Single(stage.Statuses);
        Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
    }

    [Theory]
    [InlineData(ChannelMessages)]
    [InlineData(NewStatus)]
    public async Task AWorkerKilledBeforeItsPostWasTaken_PostsItAfterAll(string path)
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        using var watch = stage.World.Watch();
        var fault = stage.AddFault(path, new RequestEffect.Delay(TimeSpan.FromMinutes(10)));
        var environment = Stage.AsEnvironment(stage.Settings(schedule)).ToArray();

        await using (var victim = WorkerProcess.Start(stage.Home, environment, "run"))
        {
            await fault.Fired.WaitAsync(stage.Patience);
            await victim.KillAsync(stage.Patience);
        }

        await stage.EndLeasesAsync();
        await using var successor = await stage.StartWorkerAsync(TimeProvider.System, schedule);
        await stage.SettledAsync(2);

        Assert.Single(stage.ChannelPosts);
        Assert.Single(stage.Statuses);
    }
}
