using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.EndToEnd;

/// <summary>Many servers have a schedule at nine: all posts are sent, as fast as Discord's rate limits allow.</summary>
public sealed class FanOutTests
{
    private const string Messages = "/discord/api/v10/channels/*/messages";

    private readonly ManualClock _clock = new(Stage.At("2027-02-01 08:59"));

    /// <summary>Discord responds slowly to every post, so that the requests in progress can be counted.</summary>
    [Fact]
    [Trait("Category", "Pace")]
    public async Task AHundredChannels_AtOneMinute_AreServedManyAtATimeAndNeverFasterThanDiscordAllows()
    {
        const int Count = 100;
        await using var stage = await Stage.OpenAsync();
        await using var worker = await stage.StartWorkerAsync(_clock);
        var guildStore = worker.Services.GetRequiredService<IGuildStore>();
        var channels = await ManyServers.AddAsync(stage, guildStore, Count, _clock.GetUtcNow());
        var slow = stage.World.Faults.Add(
            new RequestFault
            {
                Method = "POST",
                Path = Messages,
                Times = Count,
                Effect = new RequestEffect.Delay(TimeSpan.FromSeconds(2)),
            }
        );
        using var watch = stage.World.Watch();

        _clock.MoveTo(Stage.At("2027-02-01 09:00"));
        var (arrived, onTheirWay, most, refused) = (0, 0, 0, 0);
        while (arrived < Count)
        {
            switch (await stage.NextAsync<SimulatorEvent>(watch, expected: $"{Count} posts; {arrived} arrived"))
            {
                case FaultFired fired when fired.Fault == slow:
                    most = Math.Max(most, ++onTheirWay);
                    break;
                case DiscordWorldEvent.MessageCreated:
                    arrived++;
                    onTheirWay--;
                    break;
                case SimulatorEvent.RequestServed { StatusCode: 429 }:
                    refused++;
                    break;
            }
        }

        Assert.All(channels, channel => Assert.Single(stage.Discord.GetMessages(channel)));
        Assert.InRange(most, 10, 64);
        // If they were sent all at once, half of them would be refused. On a busy machine requests that were sent
        // separately may arrive together. The unit tests of the rate limiter and the test below verify the exact pace.
        Assert.InRange(refused, 0, Count / 4);
    }

    [Theory(Explicit = true, DisableParallelization = true)]
    [Trait("Category", "Long")]
    [InlineData(500)]
    [InlineData(10_000)]
    public async Task Channels_AtOneMinute_AreServedAtDiscordsPaceAndInFlatMemory(int count)
    {
        await using var stage = await Stage.OpenAsync(Wait.Limit + TimeSpan.FromSeconds(count / 25.0));
        await using var worker = await stage.StartWorkerAsync(_clock);
        var guildStore = worker.Services.GetRequiredService<IGuildStore>();
        var channels = await ManyServers.AddAsync(stage, guildStore, count, _clock.GetUtcNow());
        using var watch = stage.World.Watch();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = before;

        _clock.MoveTo(Stage.At("2027-02-01 09:00"));
        List<DateTimeOffset> arrivals = [];
        while (arrivals.Count < count)
        {
            switch (await stage.NextAsync<SimulatorEvent>(watch, expected: $"{count} posts; {arrivals.Count} arrived"))
            {
                case DiscordWorldEvent.MessageCreated(var message):
                    arrivals.Add(message.Timestamp);
                    most =
                        arrivals.Count % 1000 == 0
                            ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true))
                            : most;
                    break;
                case SimulatorEvent.RequestServed served:
                    Assert.NotEqual(429, served.StatusCode);
                    break;
            }
        }

        var took = arrivals[^1] - arrivals[0];
        var shortest = TimeSpan.FromSeconds((count - 1) / 50.0);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} posts took {took}, {took / shortest:P1} of the shortest time; {(most - before) / 1024.0 / 1024:0.0} MiB more in use at most"
        );
        Assert.All(channels, channel => Assert.Single(stage.Discord.GetMessages(channel)));
        // The extra second allows for load on the machine.
        Assert.InRange(took, shortest * 0.99, (shortest * 1.05) + TimeSpan.FromSeconds(1));
    }
}
