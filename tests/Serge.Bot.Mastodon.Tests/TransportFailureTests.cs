using System.Net.Sockets;
using System.Security.Authentication;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>Every exception of .NET when the network fails becomes an outcome.</summary>
public sealed class TransportFailureTests
{
    private readonly WatchedTime _time = new();

    public static TheoryData<Exception> Failures =>
        [
            new SocketException((int)SocketError.ConnectionReset),
            new IOException("The response ended prematurely."),
            new AuthenticationException("The remote certificate was rejected."),
            new ObjectDisposedException("SslStream"),
            new InvalidOperationException("The connection pool is in a bad state."),
            new InvalidDataException("The archive entry was compressed using an unsupported compression method."),
            new OperationCanceledException("nobody cancelled it"),
        ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Send_BeforeTheBody_IsNotExecutedAndRetried(Exception failure)
    {
        var server = new FakeServer(_time).FailsToConnect(failure).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);

        var outcome = client.SendAsync(Some.Status(), Some.Key, Stop);
        await _time.SkipDelayAsync();

        Assert.IsType<SendOutcome.Sent>(await outcome);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Send_AfterTheBody_IsUnknownAndNotRetried(Exception failure)
    {
        var server = new FakeServer(_time).Does(() => throw failure);
        await using var client = Some.Client(server, _time);

        Assert.IsType<SendOutcome.Unknown>(await client.SendAsync(Some.Status(), Some.Key, Stop));
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Read_WithAnyFailure_IsRetried(Exception failure)
    {
        var server = new FakeServer(_time).Does(() => throw failure).Answers(200, Samples.MastodonAccount);
        await using var client = Some.Client(server, _time);

        var read = client.GetAccountAsync(Stop);
        await _time.SkipDelayAsync();

        Assert.IsType<Result<MastodonAccount>.Success>(await read);
    }

    /// <summary>A failure after a rate limit: only the last attempt counts.</summary>
    [Fact]
    public async Task Send_WhoseSecondAttemptFailsBeforeTheBody_IsUnavailable()
    {
        var server = new FakeServer(_time).Answers(429, headers: ("Retry-After", "1"));
        for (var i = 0; i < 3; i++)
        {
            server.FailsToConnect(new SocketException((int)SocketError.ConnectionReset));
        }

        await using var client = Some.Client(server, _time);
        var outcome = client.SendAsync(Some.Status(), Some.Key, Stop);
        for (var i = 0; i < 3; i++)
        {
            await _time.SkipDelayAsync();
        }

        Assert.IsType<SendOutcome.Unavailable>(await outcome);
    }
}
