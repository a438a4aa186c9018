using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.Frames;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>How a session starts, resumes and ends. Source: Discord docs, Events/Gateway.</summary>
public sealed class SessionTests
{
    private static readonly string[] Lost = ["Ready", "Disconnected"];

    [Fact]
    public void Read_OnANewConnection_IdentifiesAfterHello() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>(identify =>
                    Assert.Equal(("the-token", 1, true), (identify.Token, identify.Intents, identify.Os?.Length > 0))
                )
                .Sends(Ready());

            var events = await gateway.PlayAsync();

            var ready = Assert.IsType<DiscordEvent.Ready>(Assert.Single(events));
            Assert.Equal(
                (41UL, "serge", Shard.Only, 2),
                (ready.ApplicationId, ready.UserName, ready.Shard, ready.Guilds.Count)
            );
            Assert.Equal("wss://gateway.example/?v=10&encoding=json", gateway.Connections.Single().Address.AbsoluteUri);
        });

    [Fact]
    public void Read_WhenTheConsumerLeaves_EndsTheSession() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>().Sends(Ready());

            await gateway.PlayAsync();

            Assert.Equal(1000, (await gateway.Connections[0].Closed.Task).Code);
            Assert.True(gateway.Connections[0].IsDisposed);
        });

    [Theory]
    [InlineData(null)]
    [InlineData(1001)]
    [InlineData(4000)]
    [InlineData(4001)]
    [InlineData(4002)]
    [InlineData(4003)]
    [InlineData(4005)]
    [InlineData(4008)]
    public void Read_WhenDroppedWithAResumableCode_ResumesWhereItWas(int? code) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(), Interaction(100, sequence: 2))
                .Drops(code)
                .Sends(Hello())
                .Expects<Resume>(resume => Assert.Equal(new Resume("the-token", "session-1", 2), resume))
                .Sends(Interaction(101, sequence: 3), Resumed(4));

            var events = await gateway.PlayAsync();

            Assert.Equal(
                ["Ready", "InteractionReceived", "Disconnected", "InteractionReceived", "Resumed"],
                Names(events)
            );
            Assert.Equal("wss://resume.example/?v=10&encoding=json", gateway.Connections[1].Address.AbsoluteUri);
            // Resuming uses none of the budget of sessions.
            Assert.Single(gateway.Asked);
        });

    [Theory]
    [InlineData(4007)]
    [InlineData(4009)]
    public void Read_WhenDroppedAndTheSessionIsOver_Identifies(int code) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Drops(code)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready("session-2"));

            var events = await gateway.PlayAsync();

            Assert.Equal(["Ready", "Disconnected", "Ready"], Names(events));
            Assert.Equal("wss://gateway.example/?v=10&encoding=json", gateway.Connections[1].Address.AbsoluteUri);
        });

    [Theory]
    [InlineData(4004, StopCause.InvalidToken)]
    [InlineData(4010, StopCause.InvalidConfiguration)]
    [InlineData(4012, StopCause.InvalidConfiguration)]
    [InlineData(4013, StopCause.InvalidConfiguration)]
    [InlineData(4014, StopCause.InvalidConfiguration)]
    public void Read_WhenDroppedWithAFatalCode_Stops(int code, StopCause cause) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Drops(code)
                .Waits(TimeSpan.FromHours(1));

            var events = await gateway.PlayAsync();

            var stopped = Assert.IsType<DiscordEvent.Stopped>(Assert.Single(events));
            Assert.Equal(cause, stopped.Cause);
            Assert.Single(gateway.Connections);
            Assert.DoesNotContain("the-token", stopped.Reason, StringComparison.Ordinal);
        });

    [Fact]
    public void Read_WhenTheTokenIsRefusedBeforehand_StopsWithoutCalling() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Waits(TimeSpan.FromHours(1));
            gateway.Bot = () =>
                new Result<Discord.Model.GatewayBot>.Unauthorized("Discord does not accept the token (HTTP 401)");

            var events = await gateway.PlayAsync();

            Assert.Equal(
                new DiscordEvent.Stopped(StopCause.InvalidToken, "Discord does not accept the token (HTTP 401)"),
                Assert.Single(events)
            );
            Assert.Empty(gateway.Connections);
            Assert.Single(gateway.Asked);
        });

    [Fact]
    public void Read_WhenAskedToReconnect_ClosesResumablyAndResumes() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(), Reconnect)
                .ExpectsClose(code => Assert.Equal(4000, code))
                .Sends(Hello())
                .Expects<Resume>()
                .Sends(Resumed(2));

            Assert.Equal(["Ready", "Disconnected", "Resumed"], Names(await gateway.PlayAsync()));
        });

    [Fact]
    public void Read_WhenAskedToReconnectInsteadOfHello_ComesBack() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Reconnect)
                .ExpectsClose()
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready());

            Assert.Equal(["Disconnected", "Ready"], Names(await gateway.PlayAsync()));
        });

    [Fact]
    public void Read_WhenTheSessionIsInvalidButResumable_Resumes() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(), InvalidSession(resumable: true))
                .ExpectsClose()
                .Sends(Hello())
                .Expects<Resume>()
                .Sends(Resumed(2));

            Assert.Equal(["Ready", "Disconnected", "Resumed"], Names(await gateway.PlayAsync()));
        });

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.999, 4.9)]
    public void Read_WhenTheSessionIsInvalid_WaitsOneToFiveSecondsBeforeItIdentifies(double chance, double atLeast) =>
        Simulation.Run(async time =>
        {
            var declined = TimeSpan.Zero;
            var gateway = new ScriptedGateway(time);
            gateway
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Waits(TimeSpan.FromMinutes(10))
                .Does(() => declined = time.Elapsed)
                .Sends(InvalidSession(resumable: false))
                .ExpectsClose(code => Assert.DoesNotContain(code, new[] { 1000, 1001 }))
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready("session-2"));

            Assert.Equal(["Ready", "Disconnected", "Ready"], Names(await gateway.PlayAsync(new FixedChance(chance))));

            Assert.InRange((gateway.Connections[1].DialledAt - declined).TotalSeconds, atLeast, 5.1);
        });

    [Fact]
    public void Read_WhenAResumeIsDeclined_IdentifiesAtTheFirstAddress() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Drops(4000)
                .Sends(Hello())
                .Expects<Resume>()
                .Sends(InvalidSession(resumable: false))
                .ExpectsClose()
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready("session-2"))
                .Drops(4000)
                .Sends(Hello())
                .Expects<Resume>(resume => Assert.Equal(("session-2", 1), (resume.SessionId, resume.Seq)));

            await gateway.PlayAsync();

            Assert.Equal("gateway.example", gateway.Connections[2].Address.Host);
        });

    [Fact]
    public void Read_WhenNoResumeAddressIsGiven_ResumesAtTheFirst() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready(resumeUrl: null))
                .Drops()
                .Sends(Hello())
                .Expects<Resume>();

            await gateway.PlayAsync();

            Assert.Equal("gateway.example", gateway.Connections[1].Address.Host);
        });

    [Fact]
    public void Read_WhenTheAddressHasAPathAndIsNotEncrypted_KeepsThePath() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time).Sends(Hello()).Expects<Identify>();
            gateway.Bot = () => ScriptedGateway.Budget(1000, url: "ws://127.0.0.1:5080/discord/gateway?v=9");

            await gateway.PlayAsync();

            Assert.Equal(
                "ws://127.0.0.1:5080/discord/gateway?v=10&encoding=json",
                gateway.Connections[0].Address.AbsoluteUri
            );
        });

    [Fact]
    public void Read_WhenTheResumeServerIsGone_GivesTheSessionUpAfterAWhile() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Waits(TimeSpan.FromMinutes(10))
                .Breaks()
                .Refuses(5)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready("session-2"));

            var events = await gateway.PlayAsync();

            Assert.Equal("gateway.example", gateway.Connections[^1].Address.Host);
            Assert.Equal("Ready", Names(events)[^1]);
        });

    [Fact]
    public void Read_WhenTheConnectionBreaks_ReportsItOnce() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Breaks()
                .Sends(Hello());

            Assert.Equal(Lost, Names(await gateway.PlayAsync()));
        });

    [Fact]
    public void Read_WhenTheServerAcceptsAndSendsNothing_ConnectsAgain() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends()
                .ExpectsClose()
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready());

            Assert.Equal(["Disconnected", "Ready"], Names(await gateway.PlayAsync()));
            Assert.InRange((gateway.Connections[1].DialledAt - gateway.Connections[0].DialledAt).TotalSeconds, 15, 25);
        });

    [Fact]
    public void Read_WhenTheServerSendsHeartbeatsButNeverGivesASession_ConnectsAgain() =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Sends(Hello(10_000))
                .Expects<Identify>()
                .ExpectsClose()
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready());

            Assert.Equal(["Disconnected", "Ready"], Names(await gateway.PlayAsync()));
        });

    internal static string[] Names(IEnumerable<DiscordEvent> events) =>
        [.. events.Select(happened => happened.GetType().Name)];
}
