using System.Net.WebSockets;
using System.Text.Json;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.Frames;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>Source: Discord docs, Events/Gateway, Heartbeat Interval and Heartbeats.</summary>
public sealed class HeartbeatTests
{
    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.5, 22_500)]
    [InlineData(0.99, 44_550)]
    public void FirstHeartbeat_AfterHello_ComesAfterThatPartOfTheInterval(double chance, int milliseconds) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello(45_000))
                .Expects<Identify>()
                .Sends(Ready())
                .Waits(TimeSpan.FromMinutes(5));

            await gateway.PlayAsync(new FixedChance(chance));

            var heartbeats = GetHeartbeats(gateway.Connections[0]);
            Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), heartbeats[0].At);
            Assert.All(
                heartbeats.Zip(heartbeats.Skip(1)),
                pair => Assert.Equal(TimeSpan.FromSeconds(45), pair.Second.At - pair.First.At)
            );
            Assert.InRange(heartbeats.Count, 6, 7);
        });

    [Fact]
    public void Heartbeat_BeforeAnyEvent_ContainsNull() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Heartbeat>(beat => Assert.Null(beat.Seq));

            await gateway.PlayAsync();
        });

    [Fact]
    public void Heartbeat_AfterEvents_ContainsTheNewestNumber() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(), Dispatch("TYPING_START", 17, null))
                .Expects<Heartbeat>(beat => Assert.Equal(17, beat.Seq));

            await gateway.PlayAsync();
        });

    [Fact]
    public void Heartbeat_WhenTheServerAsksForOne_IsSentAtOnce() =>
        Simulation.Run(async time =>
        {
            var asked = TimeSpan.Zero;
            var gateway = new ScriptedGateway(time);
            gateway
                .Sends(Hello(45_000))
                .Expects<Identify>()
                .Sends(Ready())
                .Waits(TimeSpan.FromSeconds(3))
                .Does(() => asked = time.Elapsed)
                .Sends(HeartbeatNow)
                .Expects<Heartbeat>();

            await gateway.PlayAsync();

            Assert.Equal(asked, GetHeartbeats(gateway.Connections[0]).Single().At);
        });

    [Fact]
    public void Connection_WithoutAnyFrameSinceAHeartbeat_IsClosedResumablyAndResumed() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello(10_000))
                .Expects<Identify>()
                .Sends(Ready())
                .StopsResponding()
                .ExpectsClose(code => Assert.DoesNotContain(code, new[] { 1000, 1001 }))
                .Sends(Hello())
                .Expects<Resume>()
                .Sends(Resumed(2));

            var events = await gateway.PlayAsync();

            Assert.Equal(["Ready", "Disconnected", "Resumed"], SessionTests.Names(events));
            // The first heartbeat is sent after 5 s, and nothing is received in the following 10 s.
            Assert.Equal(TimeSpan.FromSeconds(15), (await gateway.Connections[0].Closed.Task).At);
            Assert.Contains("sent nothing", ((DiscordEvent.Disconnected)events[1]).Reason, StringComparison.Ordinal);
        });

    [Fact]
    public void Connection_WithEventsButWithoutAcknowledgement_StaysOpen() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello(10_000))
                .Expects<Identify>()
                .Sends(Ready())
                .StopsResponding();
            for (var i = 0; i < 20; i++)
            {
                gateway.Waits(TimeSpan.FromSeconds(9)).Sends(Dispatch("TYPING_START", i + 2, null));
            }

            Assert.Equal(["Ready"], SessionTests.Names(await gateway.PlayAsync()));
            Assert.Single(gateway.Connections);
        });

    /// <summary>Each scheduled heartbeat fits into the limit, whatever the server requests.</summary>
    [Fact]
    public void Heartbeats_WhenTheServerAsksWithoutEnd_AreSentWhenTheyAreDue() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello(1_000)).Expects<Identify>().Sends(Ready());
            // Never on a whole second.
            gateway.Waits(TimeSpan.FromSeconds(0.105));
            for (var i = 0; i < 300; i++)
            {
                gateway.Sends(HeartbeatNow).Waits(TimeSpan.FromSeconds(0.37));
            }

            await gateway.PlayAsync(new FixedChance(0));

            var whole = GetHeartbeats(gateway.Connections[0])
                .FindAll(beat => beat.At.Ticks % TimeSpan.TicksPerSecond == 0);
            Assert.Equal(Enumerable.Range(0, 112), whole.ConvertAll(beat => (int)beat.At.TotalSeconds));
        });

    /// <summary>While nothing is read, silence is not a failure; it counts again from the next interval on.</summary>
    [Fact]
    public void Run_WhileNothingIsRead_ContinuesAndThenNoticesSilence() =>
        Simulation.Run(async time =>
        {
            var heartbeat = new Discord.Gateway.Heartbeat(time, new FixedChance(0));
            var read = new TaskCompletionSource();
            List<double> heartbeats = [];
            var running = heartbeat.RunAsync(
                TimeSpan.FromSeconds(10),
                _ =>
                {
                    heartbeats.Add(time.Elapsed.TotalSeconds);
                    return Task.CompletedTask;
                },
                CancellationToken.None
            );
            await Task.Delay(TimeSpan.FromSeconds(5), time);
            var blocked = heartbeat.SuspendTimeoutAsync(new ValueTask(read.Task));
            await Task.Delay(TimeSpan.FromSeconds(30), time);
            read.SetResult();
            await blocked;

            Assert.StartsWith(
                "Heartbeat timeout: Discord sent nothing for 10 s",
                await running,
                StringComparison.Ordinal
            );
            Assert.Equal(TimeSpan.FromSeconds(50), time.Elapsed);
            Assert.Equal([0, 10, 20, 30, 40], heartbeats);
        });

    [Fact]
    public void Run_WhenAHeartbeatFails_StatesWhy() =>
        Simulation.Run(async time =>
        {
            var heartbeat = new Discord.Gateway.Heartbeat(time, new FixedChance(0));
            using var life = new CancellationTokenSource();

            Assert.Equal(
                "Sending a heartbeat failed (WebSocketException): gone",
                await heartbeat.RunAsync(TimeSpan.FromSeconds(1), _ => throw new WebSocketException("gone"), life.Token)
            );
            Assert.Equal(
                "Timeout: a heartbeat could not be sent in time",
                await heartbeat.RunAsync(
                    TimeSpan.FromSeconds(1),
                    _ => throw new OperationCanceledException(),
                    life.Token
                )
            );
            life.Cancel();
            Assert.Null(await heartbeat.RunAsync(TimeSpan.FromSeconds(1), _ => Task.CompletedTask, life.Token));
        });

    [Fact]
    public void Connection_WhileTheConsumerTakesNothing_KeepsSendingHeartbeatsAndIsNotTakenForDead() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello(10_000)).Expects<Identify>().Sends(Ready());
            for (ulong i = 0; i < 600; i++)
            {
                gateway.Sends(Interaction(1000 + i, (long)i + 2));
            }

            gateway.Waits(TimeSpan.FromMinutes(10));
            using var stop = new CancellationTokenSource();
            var script = gateway.RunAsync();
            await using var events = gateway.Reader().ReadAsync(stop.Token).GetAsyncEnumerator();

            // The consumer takes the first event, and then none of the others, which are far more than the buffer
            // holds.
            Assert.True(await events.MoveNextAsync());
            await script;

            Assert.Single(gateway.Connections);
            Assert.InRange(GetHeartbeats(gateway.Connections[0]).Count, 59, 61);
            for (ulong i = 0; i < 600; i++)
            {
                Assert.True(await events.MoveNextAsync());
                Assert.Equal(
                    1000 + i,
                    Assert.IsType<DiscordEvent.InteractionReceived>(events.Current).Interaction.Id.Value
                );
            }

            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await events.MoveNextAsync());
        });

    [Fact]
    public void Connection_ThatDiesWhileTheConsumerTakesNothing_LosesNothing() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello(10_000)).Expects<Identify>().Sends(Ready());
            for (ulong i = 0; i < 300; i++)
            {
                gateway.Sends(Interaction(1000 + i, (long)i + 2));
            }

            // The next heartbeat cannot be sent. Events that were not taken by then are received again.
            gateway.Breaks().Sends(Hello());
            gateway.Expects<Resume>(resume =>
            {
                for (var sequence = resume.Seq!.Value + 1; sequence < 302; sequence++)
                {
                    gateway.Connections[^1].Deliver(Interaction((ulong)sequence + 998, sequence));
                }
            });
            using var stop = new CancellationTokenSource();
            var script = gateway.RunAsync();
            await using var events = gateway.Reader().ReadAsync(stop.Token).GetAsyncEnumerator();
            Assert.True(await events.MoveNextAsync());
            await Task.Delay(TimeSpan.FromMinutes(1), time);

            List<ulong> yielded = [];
            while (yielded.Count < 300 && await events.MoveNextAsync())
            {
                if (events.Current is DiscordEvent.InteractionReceived(var interaction))
                {
                    yielded.Add(interaction.Id.Value);
                }
            }

            await script;
            Assert.Equal(Enumerable.Range(1000, 300).Select(id => (ulong)id), yielded);
        });

    [Theory]
    [InlineData("""{"op":10,"d":{}}""")]
    [InlineData("""{"op":10,"d":null}""")]
    [InlineData("""{"op":10}""")]
    [InlineData("""{"op":10,"d":{"heartbeat_interval":-5}}""")]
    [InlineData("""{"op":10,"d":{"heartbeat_interval":"soon"}}""")]
    public void Hello_WithoutAUsableInterval_SendsHeartbeatsAnyway(string hello) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(hello)
                .Expects<Identify>()
                .Sends(Ready())
                .Expects<Heartbeat>();

            Assert.Equal(["Ready"], SessionTests.Names(await gateway.PlayAsync()));
            Assert.InRange(time.Elapsed, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));
        });

    [Fact]
    public void Hello_ASecondTime_IsIgnored() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello(), Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Waits(TimeSpan.FromMinutes(1));

            await gateway.PlayAsync();

            Assert.Single(gateway.Connections[0].Sent, sent => Op(sent.Frame) == 2);
            Assert.Single(GetHeartbeats(gateway.Connections[0]));
        });

    [Fact]
    public void Heartbeats_WhenTheServerAsksWithoutEnd_StayBelowTheLimit() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello(45_000)).Expects<Identify>().Sends(Ready());
            for (var i = 0; i < 1000; i++)
            {
                gateway.Waits(TimeSpan.FromMilliseconds(100)).Sends(HeartbeatNow);
            }

            await gateway.PlayAsync();

            var sent = gateway.Connections[0].Sent.ConvertAll(message => message.At);
            Assert.All(
                sent,
                at => Assert.InRange(sent.Count(other => other >= at && other < at + TimeSpan.FromSeconds(60)), 1, 120)
            );
            Assert.InRange(sent.Count, 100, 1000);
            Assert.Single(gateway.Connections);
        });

    private static List<(TimeSpan At, JsonElement Frame)> GetHeartbeats(FakeSocket socket) =>
        socket.Sent.FindAll(sent => Op(sent.Frame) == 1);

    private static int Op(JsonElement frame) => frame.GetProperty("op").GetInt32();
}
