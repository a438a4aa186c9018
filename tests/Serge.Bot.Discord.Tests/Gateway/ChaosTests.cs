using CsCheck;
using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>Whatever goes wrong and in whatever order: nothing is yielded twice, and nothing that reached us is lost.</summary>
public sealed class ChaosTests
{
    private static readonly Gen<Action<ModelGateway>> Incident = Gen.Frequency<Action<ModelGateway>>(
        (20, Gen.Const<Action<ModelGateway>>(gateway => gateway.Interact())),
        (4, Gen.Int[0, 5].Select<int, Action<ModelGateway>>(back => gateway => gateway.Repeat(back))),
        (2, OneOf<int?>(null, 1001, 4000, 4001, 4003, 4007, 4008, 4009).Select<int?, Action<ModelGateway>>(code => gateway => gateway.Close(code))),
        (2, Gen.Const<Action<ModelGateway>>(gateway => gateway.Break())),
        (1, Gen.Const<Action<ModelGateway>>(gateway => gateway.AskToReconnect())),
        (1, Gen.Bool.Select<bool, Action<ModelGateway>>(resumable => gateway => gateway.Invalidate(resumable))),
        (1, Gen.Const<Action<ModelGateway>>(gateway => gateway.FallSilent())),
        (1, Gen.Int[1, 7].Select<int, Action<ModelGateway>>(calls => gateway => gateway.Refuse(calls))));

    private static readonly Gen<(Action<ModelGateway> Incident, double Seconds)[]> Course =
        Gen.Select(Incident, Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 3], Gen.Double[0, 200])).Array[1, 60];

    [Fact]
    public void Read_UnderAnyCourseOfIncidents_YieldsEachInteractionOnce() =>
        Gen.Select(Course, Gen.Int[0, int.MaxValue], OneOf(0.0, 0.1, 30)).Sample(
            (course, seed, slowness) => Simulation.Run(time => RunAsync(time, course, seed, TimeSpan.FromSeconds(slowness))), iter: 400);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static async Task RunAsync(VirtualTime time, (Action<ModelGateway> Incident, double Seconds)[] course, int seed, TimeSpan slowness)
    {
        var gateway = new ModelGateway(time);
        var reader = new GatewayReader(
            "the-token", _ => Task.FromResult(ScriptedGateway.Budget(1000)), gateway.Dial, time, new Random(seed), new LogLines());
        using var stop = new CancellationTokenSource();
        List<ulong> yielded = [];
        var consuming = ConsumeAsync(reader, yielded, slowness, time, stop.Token);

        foreach (var (incident, seconds) in course)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, stop.Token);
            incident(gateway);
        }

        // Peace at last: a connection stands, and the consumer has had time to take everything.
        for (var i = 0; i < 100 && !gateway.IsCalm; i++)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), time, stop.Token);
        }

        Assert.True(gateway.IsCalm);
        await Task.Delay(TimeSpan.FromHours(1), time, stop.Token);
        stop.Cancel();
        await consuming;

        Assert.Equal(yielded.Distinct(), yielded);
        Assert.Equal(gateway.Delivered.Order(), yielded.Order());
        Assert.Equal(0, gateway.NeedlessIdentifies);
    }

    private static async Task ConsumeAsync(GatewayReader reader, List<ulong> yielded, TimeSpan slowness, VirtualTime time, CancellationToken stop)
    {
        try
        {
            await foreach (var happened in reader.ReadAsync(stop))
            {
                if (happened is DiscordEvent.Interacted(var interaction))
                {
                    yielded.Add(interaction.Id.Value);
                    await Task.Delay(slowness, time, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }
}
