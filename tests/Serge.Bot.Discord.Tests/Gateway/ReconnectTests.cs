using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.Frames;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>When the client reconnects after a lost connection.</summary>
public sealed class ReconnectTests
{
    [Fact]
    public void Reconnect_AfterAConnectionThatHeld_IsImmediate() =>
        Simulation.Run(async time =>
        {
            var lost = TimeSpan.Zero;
            var gateway = new ScriptedGateway(time);
            gateway
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Waits(TimeSpan.FromHours(3))
                .Does(() => lost = time.Elapsed)
                .Breaks()
                .Sends(Hello())
                .Expects<Resume>()
                .Sends(Resumed(2));

            await gateway.PlayAsync();

            Assert.Equal(lost, gateway.Connections[1].DialledAt);
        });

    [Fact]
    public void Reconnect_AfterAConnectionThatDidNotHold_Waits() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Breaks()
                .Sends(Hello())
                .Expects<Resume>()
                .Sends(Resumed(2));

            await gateway.PlayAsync();

            Assert.InRange(
                gateway.Connections[1].DialledAt - gateway.Connections[0].DialledAt,
                TimeSpan.FromSeconds(0.2),
                TimeSpan.FromSeconds(5)
            );
        });

    [Fact]
    public void Reconnect_WhileNothingHelps_GrowsSlowerUpToTwoMinutesAndNeverEnds() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Refuses(200).Sends(Hello()).Expects<Identify>().Sends(Ready());

            var events = await gateway.PlayAsync(new Random(7));

            var calls = gateway.Connections.ConvertAll(connection => connection.DialledAt);
            var waits = calls.Zip(calls.Skip(1), (one, next) => next - one).ToArray();
            Assert.All(
                waits,
                wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(5))
            );
            Assert.InRange(waits[0], TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(6));
            Assert.All(waits[50..], wait => Assert.InRange(wait, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)));
            Assert.Equal("Ready", SessionTests.Names(events)[^1]);
            Assert.Equal(200, events.OfType<DiscordEvent.Disconnected>().Count());
        });

    [Fact]
    public void Reconnect_WhenTheServerAcceptsAndDropsTheConnectionOverAndOver_DoesNotStorm() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>().Sends(Ready());
            for (var i = 0; i < 30; i++)
            {
                gateway.Drops(4000).Sends(Hello()).Expects<Resume>().Sends(Resumed(i + 2));
            }

            await gateway.PlayAsync();

            Assert.InRange(time.Elapsed, TimeSpan.FromMinutes(20), TimeSpan.FromHours(2));
            // The session was never discarded.
            Assert.Single(gateway.Asked);
        });

    [Fact]
    public void Identify_WhenSessionsAreDeclinedAtOnce_IsSpaced() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time);
            for (var i = 0; i < 3; i++)
            {
                gateway.Sends(Hello()).Expects<Identify>().Sends(InvalidSession(resumable: false)).ExpectsClose();
            }

            await gateway.PlayAsync(new FixedChance(0));

            // Source: Discord docs, Events/Gateway, Rate Limiting: max_concurrency sessions may start in 5 s.
            Assert.Equal(3, gateway.Connections.Count);
            Assert.All(
                gateway.Asked.Zip(gateway.Asked.Skip(1)),
                pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(5))
            );
        });

    [Theory]
    [InlineData(50, false)]
    [InlineData(49, true)]
    [InlineData(0, true)]
    public void Identify_WhenTheBudgetRunsLow_WaitsUntilItIsFullAgain(int remaining, bool waits) =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>().Sends(Ready());
            var reset = TimeSpan.FromHours(4);
            gateway.Bot = () =>
                time.Elapsed < reset
                    ? ScriptedGateway.Budget(remaining, (long)(reset - time.Elapsed).TotalMilliseconds)
                    : ScriptedGateway.Budget(1000);

            await gateway.PlayAsync(log: log);

            Assert.Equal(waits ? reset : TimeSpan.Zero, gateway.Connections.Single().DialledAt);
            Assert.Equal(
                waits ? 1 : 0,
                log.Lines.Count(line => line.Text.Contains("sessions are left", StringComparison.Ordinal))
            );
        });

    [Fact]
    public void Identify_WhenTheBudgetStaysLow_AsksAgainAfterEachResetAndReportsItOnce() =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            var gateway = new ScriptedGateway(time).Waits(TimeSpan.FromMinutes(10));
            // The reset time is invalid.
            gateway.Bot = () => ScriptedGateway.Budget(3, resetAfter: 0);

            await gateway.PlayAsync(log: log);

            Assert.Empty(gateway.Connections);
            Assert.Single(log.Lines);
            Assert.InRange(gateway.Asked.Count, 2, 11);
        });

    [Theory]
    [InlineData(10, 1)] // a server with a small budget
    [InlineData(100, 5)]
    [InlineData(2000, 50)]
    public void Identify_WithAnyBudget_LeavesATwentiethButAtMostFifty(int total, int remaining) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>().Sends(Ready());
            gateway.Bot = () => ScriptedGateway.Budget(remaining, total: total);

            await gateway.PlayAsync();

            Assert.Equal(TimeSpan.Zero, gateway.Connections.Single().DialledAt);
        });

    [Fact]
    public void Identify_WhenTheAddressCannotBeAsked_TriesAgain() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>().Sends(Ready());
            var failures = new Queue<Result<Discord.Model.GatewayBot>>([
                new Result<Discord.Model.GatewayBot>.Unavailable("Timeout: Discord did not respond in time."),
                new Result<Discord.Model.GatewayBot>.Refused(Refusal.Gone, "HTTP 404: Not Found"),
                new Result<Discord.Model.GatewayBot>.Success(new() { Url = new Uri("https://not-a-socket.example/") }),
                new Result<Discord.Model.GatewayBot>.Success(new()),
            ]);
            gateway.Bot = () => failures.TryDequeue(out var failure) ? failure : ScriptedGateway.Budget(1000);

            var events = await gateway.PlayAsync();

            Assert.Equal(
                ["Disconnected", "Disconnected", "Disconnected", "Disconnected", "Ready"],
                SessionTests.Names(events)
            );
        });

    [Fact]
    public void Identify_WhenNoBudgetIsNamed_Continues() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>().Sends(Ready());
            gateway.Bot = () =>
                new Result<Discord.Model.GatewayBot>.Success(new() { Url = new Uri("ws://127.0.0.1/") });

            Assert.Equal(["Ready"], SessionTests.Names(await gateway.PlayAsync()));
        });
}
