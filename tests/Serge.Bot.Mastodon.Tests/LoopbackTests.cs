using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>Faults of real connections: after which of them a post may have been executed, and after which it was
/// not.</summary>
public sealed class LoopbackTests
{
    private readonly WatchedTime _time = new();

    [Fact]
    public async Task Send_Answered_IsSent()
    {
        var request = "";
        await using var server = new LoopbackServer(async connection =>
        {
            request = await connection.ReadRequestAsync();
            await connection.AnswerAsync(Samples.MastodonStatus);
        });

        Assert.IsType<SendOutcome.Sent>(await SendAsync(server.Address));
        Assert.StartsWith("POST /api/v1/statuses HTTP/1.1\r\n", request, StringComparison.Ordinal);
        // Small servers do not support chunked encoding.
        Assert.Contains("Content-Length: ", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Transfer-Encoding", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Send_WhenTheDeadlinePassesWhileConnecting_WritesNoBodyAndIsUnavailable()
    {
        TaskCompletionSource<string> received = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(async connection =>
            received.SetResult(await connection.ReadRequestAsync())
        );
        SendDeadline deadline = new(TimeProvider.System, TimeSpan.Zero);
        var stop = TestContext.Current.CancellationToken;

        // Without the client its connection is closed, so the server has read everything by then.
        SendOutcome outcome;
        await using (var client = Some.Client(server.Address, _time))
        {
            outcome = await client.SendAsync(Some.Status("the text"), Some.Key, deadline, stop);
        }

        var request = await received.Task.WaitAsync(TimeSpan.FromMinutes(5), stop);
        Assert.IsType<SendOutcome.Unavailable>(outcome);
        Assert.DoesNotContain("the text", request, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Send_NoServer_IsUnavailable()
    {
        using RefusedAddress address = new();
        await using var client = Some.Client(address.Uri, _time);
        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await _time.SkipDelayAsync();
        }

        Assert.IsType<SendOutcome.Unavailable>(await outcome);
    }

    [Fact]
    public async Task Send_NoSecureConnection_IsUnavailable()
    {
        static async Task NoTls(LoopbackServer.Connection connection) =>
            await connection.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n");
        await using var server = new LoopbackServer(NoTls, NoTls, NoTls, NoTls);
        await using var client = Some.Client(new UriBuilder(server.Address) { Scheme = "https" }.Uri, _time);

        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await _time.SkipDelayAsync();
        }

        Assert.IsType<SendOutcome.Unavailable>(await outcome);
    }

    public static TheoryData<string, string> BrokenAnswers =>
        new()
        {
            { "nothing", "" },
            { "half a status line", "HTTP/1.1 20" },
            { "half of the headers", "HTTP/1.1 200 OK\r\nContent-Type: appl" },
            {
                "half of the body",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"id\":\"1\","
            },
            { "another protocol", "SSH-2.0-OpenSSH_9.2\r\n" },
        };

    [Theory]
    [MemberData(nameof(BrokenAnswers))]
    public async Task Send_ConnectionClosedBeforeTheAnswerIsWhole_IsUnknownAndNotSentAgain(string what, string sent)
    {
        await using var server = new LoopbackServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(sent);
        });

        Assert.True(await SendAsync(server.Address) is SendOutcome.Unknown, what);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Send_ConnectionReset_IsUnknownAndNotSentAgain()
    {
        await using var server = new LoopbackServer(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });

        Assert.IsType<SendOutcome.Unknown>(await SendAsync(server.Address));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("")] // no response
    // A truncated response.
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{")]
    public async Task Send_SlowResponse_IsUnknownWhenTheTimeIsUp(string sent)
    {
        var received = new TaskCompletionSource();
        await using var server = new LoopbackServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(sent);
            received.SetResult();
            await connection.WaitUntilClosedAsync();
        });

        var outcome = SendAsync(server.Address);
        await received.Task.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        Assert.False(outcome.IsCompleted);
        _time.Advance(Some.AttemptTimeout);

        Assert.IsType<SendOutcome.Unknown>(await outcome);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Send_ServerThatClosesAfterEachAnswerWithoutSayingSo_IsSentEachTime()
    {
        // snac: HTTP/1.1 without "Connection: close", but the socket is closed.
        static async Task AnswerAndClose(LoopbackServer.Connection connection)
        {
            await connection.ReadRequestAsync();
            await connection.AnswerAsync(Samples.SnacStatus);
        }

        await using var server = new LoopbackServer(AnswerAndClose, AnswerAndClose, AnswerAndClose);
        await using var client = Some.Client(server.Address, _time);
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<SendOutcome.Sent>(
                await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
            );
        }

        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task Send_ServerThatKeepsConnections_StillGetsANewOneEachTime()
    {
        static async Task AnswerAndKeep(LoopbackServer.Connection connection)
        {
            await connection.ReadRequestAsync();
            await connection.AnswerAsync(Samples.MastodonStatus);
            await connection.WaitUntilClosedAsync();
        }

        await using var server = new LoopbackServer(AnswerAndKeep, AnswerAndKeep);
        await using var client = Some.Client(server.Address, _time);
        Assert.IsType<SendOutcome.Sent>(
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
        );
        Assert.IsType<SendOutcome.Sent>(
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
        );

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Account_ConnectionClosedBeforeTheAnswerIsWhole_IsAskedAgain()
    {
        await using var server = new LoopbackServer(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync("HTTP/1.1 20");
            },
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.AnswerAsync(Samples.MastodonAccount);
            }
        );
        await using var client = Some.Client(server.Address, _time);

        var account = client.GetAccountAsync(TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();

        Assert.IsType<Result<MastodonAccount>.Success>(await account);
    }

    [Fact]
    public async Task Send_SentOnElsewhere_DoesNotCarryTheTokenThere()
    {
        await using var elsewhere = new LoopbackServer(connection => connection.ReadRequestAsync());
        await using var server = new LoopbackServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(
                $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Address}\r\nContent-Length: 0\r\n\r\n"
            );
        });

        Assert.IsType<SendOutcome.Unavailable>(await SendAsync(server.Address));
        Assert.Equal(0, elsewhere.Connections);
    }

    private async Task<SendOutcome> SendAsync(Uri address)
    {
        await using var client = Some.Client(address, _time);
        return await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
    }
}
