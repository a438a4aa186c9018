using System.Net;
using System.Net.Sockets;

namespace Serge.Bot.Platforms.Tests;

public sealed class PlatformTransportTests
{
    [Theory]
    [InlineData("Connection refused (127.0.0.1:9)", "Connection refused", "Connection refused (127.0.0.1:9)")]
    [InlineData("An error occurred.", "reset by peer", "An error occurred. reset by peer")]
    [InlineData("The connection failed", "reset by peer", "The connection failed. reset by peer")]
    public void Describe_AFailureWithACause_NamesEachOnce(string message, string cause, string expected) =>
        Assert.Equal(
            expected,
            PlatformTransport.Describe(new HttpRequestException(message, new IOException("x", new IOException(cause))))
        );

    [Fact]
    public void AddMastodonHeaders_NamesTheProgramAndItsVersion()
    {
        using HttpRequestMessage request = new();

        PlatformTransport.AddMastodonHeaders(request.Headers);

        Assert.Equal($"Serge.Bot/{ProgramVersion.Text}", request.Headers.UserAgent.ToString());
    }

    [Fact]
    public void Create_ForEachPlatform_FollowsNoRedirectAndKeepsNoCookies()
    {
        using var discord = PlatformTransport.CreateForDiscord();
        using var mastodon = PlatformTransport.CreateForMastodon();

        Assert.All(
            [discord, mastodon],
            transport => Assert.Equal((false, false), (transport.AllowAutoRedirect, transport.UseCookies))
        );
        Assert.Equal(TimeSpan.Zero, mastodon.PooledConnectionLifetime);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, true)]
    [InlineData(HttpRequestError.ConnectionError, true)]
    [InlineData(HttpRequestError.SecureConnectionError, true)]
    [InlineData(HttpRequestError.ProxyTunnelError, true)]
    [InlineData(HttpRequestError.ResponseEnded, false)]
    [InlineData(HttpRequestError.InvalidResponse, false)]
    [InlineData(HttpRequestError.Unknown, false)]
    public void FailedToConnect_EachError_IsTrueIfNothingWasSent(HttpRequestError error, bool expected) =>
        Assert.Equal(expected, PlatformTransport.FailedToConnect(new HttpRequestException(error)));

    /// <summary>.NET throws a bare <see cref="SocketException"/> for some of these, and an
    /// <see cref="InvalidDataException"/> for the third.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd", false)]
    [InlineData("no HTTP at all\r\n\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", true)]
    public async Task SendAndBuffer_OnAConnectionThatFails_ThrowsHttpRequestExceptionOnly(string answer, bool reset)
    {
        var stop = TestContext.Current.CancellationToken;
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var serving = ServeAsync(listener, answer, reset, end.Token);
        using HttpMessageInvoker discord = new(PlatformTransport.CreateForDiscord());
        for (var i = 0; i < 50; i++)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, new Uri($"http://{listener.LocalEndpoint}/"));
            request.Content = new DeadlineContent(new ByteArrayContent(new byte[100]), SendDeadline.None);

            await Assert.ThrowsAsync<HttpRequestException>(() =>
                PlatformTransport.SendAndBufferAsync(() => discord.SendAsync(request, stop), 1000, stop)
            );
        }

        await end.CancelAsync();
        await serving;
    }

    public static TheoryData<Exception> FailuresOfAClosedConnection =>
        [
            new SocketException((int)SocketError.OperationAborted),
            new ObjectDisposedException("SslStream"),
            new IOException("The connection was closed."),
            new InvalidOperationException("The connection pool is in a bad state."),
        ];

    /// <summary>A timeout closes the connection, which may then fail in any way.</summary>
    [Theory]
    [MemberData(nameof(FailuresOfAClosedConnection))]
    public async Task SendAndBuffer_WhenCancelled_ThrowsOperationCanceledException(Exception failure)
    {
        using CancellationTokenSource timeout = new();
        await timeout.CancelAsync();

        var thrown = await Assert.ThrowsAsync<OperationCanceledException>(() =>
            PlatformTransport.SendAndBufferAsync(() => throw failure, 1000, timeout.Token)
        );

        Assert.Equal(timeout.Token, thrown.CancellationToken);
        Assert.Same(failure, thrown.InnerException);
    }

    private static async Task ServeAsync(TcpListener listener, string answer, bool reset, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var socket = await listener.AcceptSocketAsync(stop);
                if (answer.Length > 0)
                {
                    await socket.ReceiveAsync(new byte[10_000], stop);
                    await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer), stop);
                }

                // With a wait of 0 s, the connection is closed with a reset.
                socket.LingerState = new LingerOption(reset, 0);
            }
            catch (SocketException)
            {
                // The client has closed the connection first.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
