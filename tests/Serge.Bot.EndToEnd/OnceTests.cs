namespace Serge.Bot.EndToEnd;

/// <summary>Every post is published exactly once, despite lost responses, broken connections and crashes of the
/// worker.</summary>
public sealed class OnceTests
{
    private const string ChannelMessages = "/discord/api/v10/channels/*/messages";
    private const string NewStatus = "/mastodon/api/v1/statuses";

    public static TheoryData<string, string, RequestEffect> Faults =>
        RequestFaults.For(("discord", ChannelMessages), ("mastodon", NewStatus));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task APostWithAFault_IsThereExactlyOnceOnBothSides(string failure, string path, RequestEffect effect)
    {
        _ = failure;
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        var fault = stage.AddFault(path, effect);
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, schedule);

        await stage.WaitUntilSettledAsync(2);

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
        // The platform executes the request, but the worker is killed before the response arrives.
        stage.AddFault(path, new RequestEffect.Delay(TimeSpan.FromMinutes(10), AfterHandling: true));
        var environment = Stage.AsEnvironment(stage.Settings(schedule)).ToArray();

        await using (var victim = WorkerProcess.Start(stage.Home, environment, "run"))
        {
            await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count > 0 && stage.Statuses.Count > 0);
            await victim.KillAsync(stage.CancellationToken);
        }

        Assert.Contains(await stage.LedgerAsync(), line => line.EndsWith("Sending", StringComparison.Ordinal));
        await stage.EndLeasesAsync();
        await using var successor = await stage.StartWorkerAsync(TimeProvider.System, schedule);
        await stage.WaitUntilSettledAsync(2);

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
            await fault.Fired.WaitAsync(stage.CancellationToken);
            await victim.KillAsync(stage.CancellationToken);
        }

        await stage.EndLeasesAsync();
        await using var successor = await stage.StartWorkerAsync(TimeProvider.System, schedule);
        await stage.WaitUntilSettledAsync(2);

        Assert.Single(stage.ChannelPosts);
        Assert.Single(stage.Statuses);
    }
}
