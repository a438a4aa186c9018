using System.Net.Sockets;
using System.Security.Authentication;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.Rest;

/// <summary>Every exception of .NET when the network fails becomes an outcome.</summary>
public sealed class TransportFailureTests
{
    private const string Post = "POST channels/1/messages";
    private const string Edit = "PATCH channels/1/messages/9";

    private static readonly DiscordMessage Message = new() { Text = "“Revolution implies violence.”" };

    public static TheoryData<Exception> Failures =>
        [
            new SocketException((int)SocketError.ConnectionReset),
            new IOException("The response ended prematurely."),
            new AuthenticationException("The remote certificate was rejected."),
            new ObjectDisposedException("SslStream"),
            new InvalidOperationException("The connection pool is in a bad state."),
            new InvalidDataException("The archive entry was compressed using an unsupported compression method."),
            new OperationCanceledException("nobody cancelled it"),
            new AggregateException(new SocketException((int)SocketError.HostUnreachable)),
            new NotSupportedException("ALPN"),
        ];

    [Theory]
    [MemberData(nameof(Failures))]
    public void Send_BeforeTheBody_IsNotExecutedAndRetried(Exception failure) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer().On(Post, (_, _) => throw failure, Json(200, """{"id":"9"}"""));
            await using var discord = api.Client();

            var outcome = await SendAsync(discord);

            Assert.Equal("9", Assert.IsType<SendOutcome.Sent>(outcome).Id);
        });

    [Theory]
    [MemberData(nameof(Failures))]
    public void Send_AlwaysBeforeTheBody_IsUnavailable(Exception failure) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer().On(Post, (_, _) => throw failure);
            await using var discord = api.Client();

            Assert.IsType<SendOutcome.Unavailable>(await SendAsync(discord));
        });

    [Theory]
    [MemberData(nameof(Failures))]
    public void Send_AfterTheBody_IsUnknownAndNotRetried(Exception failure) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer().On(Post, Throw(failure));
            await using var discord = api.Client();

            Assert.IsType<SendOutcome.Unknown>(await SendAsync(discord));
            Assert.Single(api.Requests, request => request.Line == Post);
        });

    [Theory]
    [MemberData(nameof(Failures))]
    public void ReadAndEdit_WithAnyFailure_EndAsResults(Exception failure) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On("GET guilds/7", Throw(failure)).On(Edit, Throw(failure));
            await using var discord = api.Client();

            Assert.IsType<Result<DiscordGuild>.Unavailable>(
                await discord.GetGuildAsync(new GuildId(7), CancellationToken.None)
            );
            Assert.IsType<SendOutcome.Unknown>(
                await discord.EditAsync(new ChannelId(1), "9", Message, CancellationToken.None)
            );
        });

    /// <summary>A timeout closes the connection, which may then fail in any way.</summary>
    [Theory]
    [MemberData(nameof(Failures))]
    public void Read_WhoseTimeoutEndsInAnyFailure_IsRetried(Exception failure) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On("GET guilds/7/roles", HangAndThrow(failure), Json(200, "[]"));
            await using var discord = api.Client();

            var read = await discord.GetRolesAsync(new GuildId(7), CancellationToken.None);

            Assert.IsType<Result<IReadOnlyList<DiscordRole>>.Success>(read);
            Assert.Equal(2, api.Requests.Count);
        });

    private static Behaviour HangAndThrow(Exception failure) =>
        async (request, cancellationToken) =>
        {
            try
            {
                return await Hangs()(request, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                throw failure;
            }
        };

    private static Behaviour Throw(Exception failure) =>
        async (request, _) =>
        {
            await ReadAsync(request);
            throw failure;
        };

    private static Task<SendOutcome> SendAsync(DiscordClient discord) =>
        discord.SendAsync(new ChannelId(1), Message, "key", SendDeadline.None, CancellationToken.None);
}
