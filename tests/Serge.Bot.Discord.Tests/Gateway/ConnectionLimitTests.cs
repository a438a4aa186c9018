using System.Text;
using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.Frames;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>Timeouts and limits of one connection, just before each limit and at it.</summary>
public sealed class ConnectionLimitTests
{
    [Theory]
    [InlineData(14_999, true)]
    [InlineData(15_000, false)]
    public void Hello_WithinFifteenSeconds_IsInTime(int milliseconds, bool inTime) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends()
                .Waits(Milliseconds(milliseconds))
                .Sends(Hello())
                .Waits(Milliseconds(1));

            var events = await gateway.PlayAsync();

            Assert.Equal(inTime ? 1 : 0, gateway.Connections[0].Sent.Count);
            Assert.Equal(inTime ? [] : ["Disconnected"], SessionTests.Names(events));
        });

    [Theory]
    [InlineData(59_999, true)]
    [InlineData(60_000, false)]
    public void FirstEvent_WithinSixtySecondsAfterHello_IsInTime(int milliseconds, bool inTime) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends()
                .Waits(TimeSpan.FromSeconds(10))
                .Sends(Hello())
                .Expects<Identify>()
                .Waits(Milliseconds(milliseconds))
                .Sends(Ready())
                .Waits(TimeSpan.FromMinutes(5));

            var events = await gateway.PlayAsync();

            Assert.Equal(inTime ? "Ready" : "Disconnected", SessionTests.Names(events)[0]);
            Assert.Contains(
                inTime ? "" : "did not start the session in time",
                events.OfType<DiscordEvent.Disconnected>().FirstOrDefault()?.Reason ?? "",
                StringComparison.Ordinal
            );
        });

    /// <summary>The time counts from the start of the connection.</summary>
    [Theory]
    [InlineData(59_999, true, false)]
    [InlineData(60_000, true, true)]
    [InlineData(60_000, false, false)] // it had no session
    public void Connection_ThatLastedSixtySeconds_IsReplacedAtOnce(int milliseconds, bool inSession, bool atOnce) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>();
            gateway.Sends(inSession ? Ready() : Dispatch("TYPING_START", 1, null));
            gateway.Waits(Milliseconds(milliseconds)).Breaks().Sends(Hello());

            await gateway.PlayAsync();

            Assert.Equal(atOnce, gateway.Connections[1].DialledAt == Milliseconds(milliseconds));
        });

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Session_AfterSoManyFailedConnections_IsDiscardedAtFive(int refused, bool resumes) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Waits(TimeSpan.FromMinutes(2))
                .Breaks()
                .Refuses(refused)
                .Sends(Hello());
            _ = resumes ? gateway.Expects<Resume>() : gateway.Expects<Identify>();

            await gateway.PlayAsync();
        });

    /// <summary>Each resumed session resets the count.</summary>
    [Fact]
    public void Session_ResumedNowAndThen_IsNeverDiscarded() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>().Sends(Ready());
            for (var i = 0; i < 5; i++)
            {
                gateway.Breaks().Refuses(4).Sends(Hello()).Expects<Resume>().Sends(Resumed(i + 2));
            }

            await gateway.PlayAsync();

            Assert.Single(gateway.Asked);
        });

    /// <summary>After a session is discarded, the next one has five attempts too.</summary>
    [Fact]
    public void Session_AfterAnotherWasDiscarded_HasItsOwnCount() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Breaks()
                .Refuses(5)
                .Refuses(3) // there is no session to discard
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready("session-2"))
                .Breaks()
                .Refuses(4)
                .Sends(Hello())
                .Expects<Resume>();

            await gateway.PlayAsync();
        });

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)] // longer than any session id of Discord
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Session_WithANameOfAnyLength_IsResumedUpToAThousandCharacters(int length, bool resumes) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(new string('s', length)))
                .Drops(4000)
                .Sends(Hello());
            _ = resumes ? gateway.Expects<Resume>() : gateway.Expects<Identify>();

            await gateway.PlayAsync();
        });

    [Fact]
    public void Send_WithTheLongestTokenAndName_StaysBelowTheLimit() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(new string('s', 1000)))
                .Drops(4000)
                .Sends(Hello())
                .Expects<Resume>();
            var reader = new GatewayReader(
                new string('~', 1000),
                null,
                _ => Task.FromResult(ScriptedGateway.Budget(1000)),
                gateway.Dial,
                time,
                new FixedChance(0.5),
                new LogLines()
            );
            using var stop = new CancellationTokenSource();
            var script = gateway.RunAsync();
            await using var events = reader.ReadAsync(stop.Token).GetAsyncEnumerator();
            Assert.True(await events.MoveNextAsync());
            Assert.True(await events.MoveNextAsync());
            await script;

            var sent = gateway.Connections.SelectMany(connection => connection.Sent).ToArray();
            Assert.Contains(sent, one => one.Frame.GetProperty("op").GetInt32() == 6);
            Assert.All(
                sent,
                one => Assert.InRange(Encoding.UTF8.GetByteCount(one.Frame.GetRawText()), 1, SendQueue.MaxMessageBytes)
            );
        });

    /// <summary>The interval of Hello is limited to one second to ten minutes.</summary>
    [Theory]
    [InlineData(0.001, 1)]
    [InlineData(999, 1)]
    [InlineData(1_001, 1.001)]
    [InlineData(45_000, 45)]
    [InlineData(599_999, 599.999)]
    [InlineData(600_001, 600)]
    [InlineData(1e300, 600)]
    [InlineData(0, 45)] // none
    [InlineData(-1, 45)]
    public void Heartbeat_AtAnyInterval_IsASecondToTenMinutesApart(double milliseconds, double seconds) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello(milliseconds))
                .Expects<Identify>()
                .Sends(Ready())
                .Expects<Support.Heartbeat>()
                .Expects<Support.Heartbeat>()
                .Expects<Support.Heartbeat>();

            await gateway.PlayAsync(new FixedChance(0));

            Assert.Equal(
                [0, seconds, 2 * seconds],
                gateway
                    .Connections[0]
                    .Sent.FindAll(sent => sent.Frame.GetProperty("op").GetInt32() == 1)
                    .ConvertAll(sent => Math.Round(sent.At.TotalSeconds, 3))
                    .Take(3)
            );
        });

    /// <summary>Any frame within an interval after a heartbeat keeps the connection.</summary>
    [Theory]
    [InlineData(9_999, true)]
    [InlineData(10_001, false)]
    public void Connection_WithAFrameJustInTime_IsKept(int milliseconds, bool kept) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello(10_000))
                .Expects<Identify>()
                .Sends(Ready())
                .StopsResponding()
                .Waits(TimeSpan.FromSeconds(5))
                .Waits(Milliseconds(milliseconds))
                .Sends(Dispatch("TYPING_START", 2, null))
                .Waits(Milliseconds(2));

            var events = await gateway.PlayAsync();

            Assert.Equal(kept ? ["Ready"] : ["Ready", "Disconnected"], SessionTests.Names(events));
        });

    /// <summary>256 events are buffered; one more is read and waits until there is space.</summary>
    [Fact]
    public void Events_WhileTheConsumerIsSlow_AreReadUpToTwoHundredAndFiftySix() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello(1_000)).Expects<Identify>().Sends(Ready());
            for (ulong i = 0; i < 400; i++)
            {
                gateway.Sends(Interaction(1000 + i, (long)i + 2));
            }

            gateway.Waits(TimeSpan.FromMinutes(1));
            using var stop = new CancellationTokenSource();
            var script = gateway.RunAsync();
            await using var events = gateway.Reader().ReadAsync(stop.Token).GetAsyncEnumerator();
            Assert.True(await events.MoveNextAsync());
            await script;

            // Ready was consumed. A resume replays what follows the number in the heartbeat.
            Assert.Equal(1 + 256, gateway.Connections[0].Sent[^1].Frame.GetProperty("d").GetInt64());
        });

    [Fact]
    public void Close_OfASocketThatDoesNot_EndsAfterTwoSeconds() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>().Sends(Ready());
            using var stop = new CancellationTokenSource();
            var reader = new GatewayReader(
                "the-token",
                null,
                _ => Task.FromResult(ScriptedGateway.Budget(1000)),
                () => new NeverCloses(gateway.Dial()),
                time,
                new FixedChance(0.5),
                new LogLines()
            );
            var script = gateway.RunAsync();
            var events = reader.ReadAsync(stop.Token).GetAsyncEnumerator();
            Assert.True(await events.MoveNextAsync());
            await script;
            var before = time.Elapsed;

            await events.DisposeAsync();

            Assert.Equal(TimeSpan.FromSeconds(2), time.Elapsed - before);
        });

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private sealed class NeverCloses(IGatewaySocket socket) : IGatewaySocket
    {
        public Task ConnectAsync(Uri address, CancellationToken cancellationToken) =>
            socket.ConnectAsync(address, cancellationToken);

        public Task<ReceiveResult> ReceiveAsync(CancellationToken cancellationToken) =>
            socket.ReceiveAsync(cancellationToken);

        public Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
            socket.SendAsync(message, cancellationToken);

        public Task CloseAsync(int code, CancellationToken cancellationToken) =>
            new TaskCompletionSource().Task.WaitAsync(cancellationToken);

        public ValueTask DisposeAsync() => socket.DisposeAsync();
    }
}
