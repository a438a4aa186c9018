using Serge.Bot.Simulator.Discord.Interactions;

namespace Serge.Bot.EndToEnd;

/// <summary>The worker compiled ahead of time. Runs on request, with <c>SERGE_NATIVE</c> naming the executable; see <c>.ci/run</c>.</summary>
[Trait("Category", "Native")]
public sealed class NativeTests
{
    [Fact(Explicit = true)]
    public async Task TheNativeWorker_ConnectsAnswersAndPosts()
    {
        var executable = Environment.GetEnvironmentVariable("SERGE_NATIVE") ?? throw new InvalidOperationException("Set SERGE_NATIVE to the published executable.");
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "on-this-day-or-quote");
        using var watch = stage.World.Watch();

        await using var process = WorkerProcess.Start(stage.Home, Stage.AsEnvironment(stage.Settings(schedule)), "run", executable);
        await stage.UntilAsync(watch, () => stage.Discord.Commands(stage.Application).Count > 0 && stage.ChannelPosts.Count > 0 && stage.Statuses.Count > 0);

        var answer = await stage.Discord.InvokeAsync(stage.Member, stage.Channel, "/quote id:end-commands-means", stage.Patience);
        Assert.Contains("commands its own means", Assert.IsType<InteractionResult.Answered>(answer).Message.Content, StringComparison.Ordinal);

        var french = stage.Discord.AddUser("Benoît", "fr");
        stage.Discord.AddMember(stage.Channel.Guild!, french);
        var citation = await stage.Discord.InvokeAsync(french, stage.Channel, "/citation id:end-commands-means", stage.Patience);
        Assert.Contains("cité par Guy Patrick Cunningham", Assert.IsType<InteractionResult.Answered>(citation).Message.Content, StringComparison.Ordinal);
    }
}
