using CsCheck;
using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>Random failures in random order, over one shard or several: no event is yielded twice, no received event is
/// lost, and the client starts no more sessions than Discord allows.</summary>
public sealed class ChaosTests
{
    private static readonly Gen<int> Shard = Gen.Int[0, 3];

    private static readonly Gen<Action<ModelGateway>> Incident = Gen.Frequency<Action<ModelGateway>>(
        (20, Shard.Select<int, Action<ModelGateway>>(shard => gateway => gateway.Interact(shard))),
        (
            4,
            Gen.Select(Shard, Gen.Int[0, 5])
                .Select<(int, int), Action<ModelGateway>>(of => gateway => gateway.Repeat(of.Item1, of.Item2))
        ),
        (
            3,
            Gen.Select(Shard, Gen.Int[1, 5])
                .Select<(int, int), Action<ModelGateway>>(of => gateway => gateway.Duplicate(of.Item1, of.Item2))
        ),
        (
            2,
            Gen.Select(Shard, OneOf<int?>(null, 1001, 4000, 4001, 4003, 4007, 4008, 4009))
                .Select<(int, int?), Action<ModelGateway>>(of => gateway => gateway.Close(of.Item1, of.Item2))
        ),
        (2, Shard.Select<int, Action<ModelGateway>>(shard => gateway => gateway.Break(shard))),
        (1, Shard.Select<int, Action<ModelGateway>>(shard => gateway => gateway.AskToReconnect(shard))),
        (
            3,
            Gen.Select(Shard, Gen.Bool)
                .Select<(int, bool), Action<ModelGateway>>(of => gateway => gateway.Invalidate(of.Item1, of.Item2))
        ),
        (1, Shard.Select<int, Action<ModelGateway>>(shard => gateway => gateway.StopResponding(shard))),
        (1, Gen.Int[1, 7].Select<int, Action<ModelGateway>>(calls => gateway => gateway.Refuse(calls))),
        (
            1,
            OneOf<double?>(0, 1, 15, 19.9, 25, 70, null)
                .Select<double?, Action<ModelGateway>>(seconds =>
                    gateway => gateway.AckAfter = seconds is { } s ? TimeSpan.FromSeconds(s) : null
                )
        ),
        (
            1,
            OneOf(0, 0.2, 6, 20)
                .Select<double, Action<ModelGateway>>(seconds =>
                    gateway => gateway.HelloAfter = TimeSpan.FromSeconds(seconds)
                )
        ),
        (1, Gen.Const<Action<ModelGateway>>(gateway => gateway.EndAllSessions())),
        (1, Gen.Const<Action<ModelGateway>>(gateway => gateway.Grow()))
    );

    private static readonly Gen<(Action<ModelGateway> Incident, double Seconds)[]> Course = Gen.Select(
        Incident,
        Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 3], Gen.Double[0, 200])
    ).Array[1, 60];

    /// <summary>How many shards, how many may start at once, and how many sessions are left.</summary>
    private static readonly Gen<(int Shards, int Concurrency, int Remaining)> Setting = Gen.Select(
        Gen.Int[1, 4],
        Gen.Int[1, 3],
        OneOf(1000, 60, 52)
    );

    [Fact]
    public void Read_UnderAnyCourseOfIncidents_YieldsEachInteractionOnceAndAsksForNoMoreSessionsThanAllowed() =>
        Gen.Select(Course, Gen.Int[0, int.MaxValue], OneOf(0.0, 0.1, 30), Setting)
            .Sample(
                (course, seed, slowness, setting) =>
                    Simulation.Run(time =>
                    {
                        var gateway = new ModelGateway(time)
                        {
                            Shards = setting.Shards,
                            Concurrency = setting.Concurrency,
                            Remaining = setting.Remaining,
                        };
                        return RunAsync(time, gateway, course, seed, TimeSpan.FromSeconds(slowness));
                    }),
                iter: 30
            );

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static async Task RunAsync(
        VirtualTime time,
        ModelGateway gateway,
        (Action<ModelGateway> Incident, double Seconds)[] course,
        int seed,
        TimeSpan slowness
    )
    {
        var reader = new GatewayReader(
            "the-token",
            null,
            gateway.AskAsync,
            gateway.Dial,
            time,
            new Random(seed),
            new LogLines()
        );
        using var stop = new CancellationTokenSource();
        List<ulong> yielded = [];
        var consuming = ConsumeAsync(reader, yielded, slowness, time, stop.Token);

        foreach (var (incident, seconds) in course)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, stop.Token);
            incident(gateway);
        }

        // The failures end: every shard is connected after a day at the latest, and the consumer has time to receive
        // everything.
        (gateway.HelloAfter, gateway.AckAfter) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < 2000 && !gateway.AreAllConnected; i++)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), time, stop.Token);
        }

        Assert.True(gateway.AreAllConnected);
        await Task.Delay(TimeSpan.FromMinutes(2) + (slowness * course.Length), time, stop.Token);
        stop.Cancel();
        await consuming;

        Assert.Equal(yielded.Distinct(), yielded);
        Assert.Equal(gateway.Delivered.Order(), yielded.Order());
        Assert.Equal(0, gateway.NeedlessIdentifies);
        Assert.Equal(0, gateway.Violations);
    }

    private static async Task ConsumeAsync(
        GatewayReader reader,
        List<ulong> yielded,
        TimeSpan slowness,
        VirtualTime time,
        CancellationToken stop
    )
    {
        try
        {
            await foreach (var happened in reader.ReadAsync(stop))
            {
                if (happened is DiscordEvent.InteractionReceived(var interaction))
                {
                    yielded.Add(interaction.Id.Value);
                    await Task.Delay(slowness, time, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }
}
