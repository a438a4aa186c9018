using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.Frames;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>Several connections that share the guilds. Source: Discord docs, Events/Gateway, Sharding and Rate
/// Limiting.</summary>
public sealed class ShardTests
{
    private static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(null, 1, "0 of 1")]
    [InlineData(null, 3, "0 of 3, 1 of 3, 2 of 3")]
    [InlineData(2, 1, "0 of 2, 1 of 2")]
    [InlineData(2, 5, "0 of 2, 1 of 2")]
    [InlineData(null, 0, "0 of 1")] // invalid
    [InlineData(null, null, "0 of 1")]
    public void Read_WithSomeShards_ReportsEach(int? wanted, int? advised, string expected) =>
        Simulation.Run(async time =>
        {
            var gateway = new ModelGateway(time) { Shards = advised };

            var events = await ReadAsync(gateway, time, TimeSpan.FromMinutes(2), wanted);

            Assert.Equal(expected, string.Join(", ", gateway.Identified.Select(identified => identified.Shard)));
            var ready = events
                .OfType<DiscordEvent.Ready>()
                .Select(happened => $"{happened.Shard.Index} of {happened.Shard.Count}");
            Assert.Equal(expected, string.Join(", ", ready));
        });

    [Theory]
    [InlineData(1, 4, new[] { 0, 1, 2, 3 })]
    [InlineData(2, 5, new[] { 0, 0, 1, 1, 2 })]
    [InlineData(16, 16, new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Identify_OfManyShards_GoesAsManyAtATimeAsDiscordAllows(int concurrency, int shards, int[] round) =>
        Simulation.Run(async time =>
        {
            var gateway = new ModelGateway(time) { Shards = shards, Concurrency = concurrency };

            await ReadAsync(gateway, time, TimeSpan.FromMinutes(2));

            Assert.Equal(
                Enumerable.Range(0, shards).Select(i => $"{i} of {shards}"),
                gateway.Identified.Select(identified => identified.Shard)
            );
            Assert.Equal(round, gateway.Identified.Select(identified => (int)(identified.At / FiveSeconds)));
            Assert.Equal(0, gateway.Violations);
        });

    [Fact]
    public void Identify_OfEachShard_AsksWhatIsLeftJustBefore() =>
        Simulation.Run(async time =>
        {
            var gateway = new ModelGateway(time) { Shards = 4, Concurrency = 2 };

            await ReadAsync(gateway, time, TimeSpan.FromMinutes(2));

            Assert.Equal(4, gateway.Asked.Count);
            Assert.Equal(gateway.Asked, gateway.Identified.Select(identified => identified.At));
        });

    [Fact]
    public void Identify_OfShardsThatCallAtOnce_LeavesTheReserveAlone() =>
        Simulation.Run(async time =>
        {
            // All sixteen may start at the same time; the budget above the reserve is enough for eleven.
            var gateway = new ModelGateway(time)
            {
                Shards = 16,
                Concurrency = 16,
                Total = 1000,
                Remaining = 60,
                HelloAfter = TimeSpan.FromSeconds(3),
            };

            await ReadAsync(gateway, time, TimeSpan.FromHours(1));

            Assert.Equal(11, gateway.Identified.Count);
            Assert.Equal(49, gateway.Remaining);
        });

    [Fact]
    public void Identify_WhenTheAnswerNeverCountsTheStarts_StopsAnyway() =>
        Simulation.Run(async time =>
        {
            var gateway = new ModelGateway(time)
            {
                Total = 100,
                Remaining = 1_000_000,
                AlwaysDeclines = true,
            };

            await ReadAsync(gateway, time, TimeSpan.FromHours(10));

            Assert.Equal(96, gateway.Identified.Count);
        });

    [Fact]
    public void Resume_OfOneShard_DoesNotTouchTheOthers() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>(identify => Assert.Equal("0 of 2", identify.Shard))
                .Sends(Ready("session-a"))
                .Next()
                .Sends(Hello())
                .Expects<Identify>(identify => Assert.Equal("1 of 2", identify.Shard))
                .Sends(Ready("session-b"), Interaction(100, 2))
                .Drops(4000)
                .Sends(Hello())
                .Expects<Resume>(resume => Assert.Equal(("session-b", 2), (resume.SessionId, resume.Seq)))
                .Sends(Resumed(3))
                .Waits(FiveSeconds)
                .Back(to: 0)
                .Sends(Interaction(101, 2));

            var events = await gateway.PlayAsync(shards: 2);

            Assert.Equal(
                ["Ready", "Ready", "InteractionReceived", "Disconnected", "Resumed", "InteractionReceived"],
                SessionTests.Names(events)
            );
            Assert.StartsWith(
                "Shard 1 of 2: ",
                events.OfType<DiscordEvent.Disconnected>().Single().Reason,
                StringComparison.Ordinal
            );
            Assert.Equal(3, gateway.Connections.Count);
        });

    [Fact]
    public void Interaction_DeliveredOverTwoShards_IsYieldedOnce() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready("session-a"), Interaction(100, 2))
                .Next()
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready("session-b"), Interaction(100, 2), Interaction(101, 3));

            var events = await gateway.PlayAsync(shards: 2);

            Assert.Equal(
                [100UL, 101],
                events.OfType<DiscordEvent.InteractionReceived>().Select(happened => happened.Interaction.Id.Value)
            );
        });

    [Fact]
    public void Interaction_DeliveredAgainAfterAResumeAndInANewSession_IsYieldedOnce() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(), Interaction(100, 2))
                .Drops(4000)
                .Sends(Hello())
                .Expects<Resume>()
                .Sends(Interaction(100, 2), Resumed(3))
                .Drops(4009)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready("session-2"), Interaction(100, 2), Interaction(101, 3));

            var events = await gateway.PlayAsync();

            Assert.Equal(
                [100UL, 101],
                events.OfType<DiscordEvent.InteractionReceived>().Select(happened => happened.Interaction.Id.Value)
            );
        });

    [Fact]
    public void Shard_ThatNeverGetsAResponse_DelaysTheOthersForSecondsOnly() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends()
                // Shard 0 is accepted, and then receives nothing.
                .Next()
                .Sends(Hello())
                .Expects<Identify>(identify => Assert.Equal("1 of 2", identify.Shard))
                .Sends(Ready("session-b"));

            var events = await gateway.PlayAsync(shards: 2);

            Assert.Contains(events.OfType<DiscordEvent.Ready>(), ready => ready.Shard == new Shard(1, 2));
            Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(25));
        });

    [Theory]
    [InlineData(null, 1, 4, "0 of 4, 1 of 4, 2 of 4, 3 of 4")] // Discord's recommendation has changed since
    [InlineData(1, 3, 3, "0 of 3, 1 of 3, 2 of 3")] // the setting is too small
    [InlineData(null, 1, 1, "0 of 2, 1 of 2")] // without a larger recommended number
    public void Read_WhenMoreShardsAreRequired_ContinuesWithAsManyAsDiscordWants(
        int? wanted,
        int before,
        int after,
        string expected
    ) =>
        Simulation.Run(async time =>
        {
            var gateway = new ModelGateway(time)
            {
                Shards = before,
                FewestShards = after == before && wanted is null ? 2 : after,
            };
            gateway.OnTooFew = () => gateway.Shards = after;

            var events = await ReadAsync(gateway, time, TimeSpan.FromMinutes(2), wanted);

            Assert.Equal(
                $"0 of 1, {expected}",
                string.Join(", ", gateway.Identified.Select(identified => identified.Shard))
            );
            Assert.Contains(
                "4011",
                Assert.Single(events.OfType<DiscordEvent.Disconnected>()).Reason,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(events, happened => happened is DiscordEvent.Stopped);
        });

    [Fact]
    public void Read_WhenOneShardCannotContinue_StopsAllOfThem() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready("session-a"))
                .Next()
                .Sends(Hello())
                .Expects<Identify>()
                .Drops(4010)
                .Waits(TimeSpan.FromHours(1));

            var events = await gateway.PlayAsync(shards: 3);

            Assert.Equal(["Ready", "Stopped"], SessionTests.Names(events));
            Assert.Equal(1000, (await gateway.Connections[0].Closed.Task).Code);
            Assert.Equal(2, gateway.Connections.Count);
        });

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(3, 1, "3 gateway connections, one per shard (Discord recommends 1)")]
    [InlineData(null, 2, "2 gateway connections, one per shard (Discord recommends 2)")]
    public void Read_WithSeveralShards_LogsHowMany(int? wanted, int advised, string? expected) =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            var gateway = new ModelGateway(time) { Shards = advised };

            await ReadAsync(gateway, time, TimeSpan.FromMinutes(1), wanted, log);

            Assert.Equal(expected is null ? 0 : 1, log.Lines.Count);
            Assert.Contains(expected ?? "", log.ToString(), StringComparison.Ordinal);
        });

    [Fact]
    public void Covers_AGuild_IsTrueForOneShardOfAll() =>
        Assert.All(
            new ulong[] { 0, 1UL << 22, 41771983423143937, ulong.MaxValue },
            id => Assert.Single(Enumerable.Range(0, 7), i => new Shard(i, 7).Covers(new GuildId(id)))
        );

    private static async Task<List<DiscordEvent>> ReadAsync(
        ModelGateway gateway,
        VirtualTime time,
        TimeSpan life,
        int? shards = null,
        LogLines? log = null
    )
    {
        var reader = new GatewayReader(
            "the-token",
            shards,
            gateway.AskAsync,
            gateway.Dial,
            time,
            new FixedChance(0.5),
            log ?? new LogLines()
        );
        using var stop = new CancellationTokenSource(life, time);
        List<DiscordEvent> events = [];
        try
        {
            await foreach (var happened in reader.ReadAsync(stop.Token))
            {
                events.Add(happened);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }

        return events;
    }
}
