using System.Net.Sockets;
using System.Security.Authentication;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.Frames;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>The client reconnects after any exception of .NET when a connection fails.</summary>
public sealed class SocketFailureTests
{
    public static TheoryData<Exception> Failures =>
        [
            new SocketException((int)SocketError.ConnectionReset),
            new HttpRequestException("The handshake failed."),
            new IOException("The connection was reset."),
            new AuthenticationException("The remote certificate was rejected."),
            new ObjectDisposedException("ClientWebSocket"),
            new InvalidOperationException("The socket is in a bad state."),
            new NotSupportedException("The address has a fragment."),
            new OperationCanceledException("nobody cancelled it"),
        ];

    [Theory]
    [MemberData(nameof(Failures))]
    public void Connection_ThatFails_IsResumed(Exception failure) =>
        Simulation.Run(async time =>
        {
            var gateway = new ScriptedGateway(time)
                .Refuses(2, failure)
                .Sends(Hello())
                .Expects<Identify>()
                .Sends(Ready())
                .Breaks(failure)
                .Sends(Hello())
                .Expects<Resume>()
                .Sends(Interaction(100, 2));

            var events = await gateway.PlayAsync();

            Assert.Equal(
                ["Disconnected", "Disconnected", "Ready", "Disconnected", "InteractionReceived"],
                SessionTests.Names(events)
            );
        });

    /// <summary>The heartbeat fails first, because nothing is received.</summary>
    [Theory]
    [MemberData(nameof(Failures))]
    public void Heartbeat_ThatFails_EndsTheConnectionOnly(Exception failure) =>
        Simulation.Run(async time =>
        {
            var heartbeat = new Serge.Bot.Discord.Gateway.Heartbeat(time, new FixedChance(0.5));

            var reason = await heartbeat.RunAsync(TimeSpan.FromSeconds(1), _ => throw failure, CancellationToken.None);

            Assert.NotNull(reason);
        });
}
