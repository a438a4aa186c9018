using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Serge.Bot.Discord.Gateway;

namespace Serge.Bot.Discord.Tests.Loopback;

/// <summary>The real WebSocket against a real server.</summary>
public sealed class GatewaySocketTests
{
    private readonly CancellationToken _bound = new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token;

    [Fact]
    public Task Connect_SendsTheUserAgentAndTheVersion() =>
        WithAsync(
            async (server, context) =>
            {
                var frame = $"{context.Request.Headers.UserAgent} {context.Request.Path}{context.Request.QueryString}";
                await server.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, _bound);
            },
            async (client, _) =>
            {
                var frame = Assert.IsType<ReceiveResult.Message>(await client.ReceiveAsync(_bound));
                Assert.Equal(
                    "DiscordBot (https://bot.example/, 1.0) /discord/gateway?v=10&encoding=json",
                    Encoding.UTF8.GetString(frame.Json.Span)
                );
            }
        );

    [Fact]
    public Task Receive_OfManySizesInFragments_ReadsThemWhole()
    {
        int[] sizes = [0, 1, 16_383, 16_384, 16_385, 100_000, 3_000_000, 5];
        return WithAsync(
            async (server, _) =>
            {
                foreach (var size in sizes)
                {
                    var text = Encoding.UTF8.GetBytes(new string((char)('a' + (size % 26)), size));
                    for (var at = 0; at < text.Length; at += 7_000)
                    {
                        var part = text.AsMemory(at, Math.Min(7_000, text.Length - at));
                        await server.SendAsync(part, WebSocketMessageType.Text, endOfMessage: false, _bound);
                    }

                    await server.SendAsync(
                        ReadOnlyMemory<byte>.Empty,
                        WebSocketMessageType.Text,
                        endOfMessage: true,
                        _bound
                    );
                }
            },
            async (client, _) =>
            {
                foreach (var size in sizes)
                {
                    var text = Encoding.UTF8.GetString(
                        Assert.IsType<ReceiveResult.Message>(await client.ReceiveAsync(_bound)).Json.Span
                    );
                    Assert.Equal(new string((char)('a' + (size % 26)), size), text);
                }
            }
        );
    }

    [Theory]
    [InlineData(4004, "Authentication failed")]
    [InlineData(1000, null)]
    public Task Receive_WhenTheServerCloses_ReturnsTheCode(int code, string? reason) =>
        WithAsync(
            (server, _) => server.CloseOutputAsync((WebSocketCloseStatus)code, reason, _bound),
            async (client, _) =>
            {
                var close = Assert.IsType<ReceiveResult.Close>(await client.ReceiveAsync(_bound));
                Assert.Equal((code, reason ?? ""), (close.Code, close.Reason ?? ""));
            }
        );

    [Fact]
    public Task Receive_WhenTheServerIsGone_Throws() =>
        WithAsync(
            async (server, context) =>
            {
                await server.ReceiveAsync(new byte[100], _bound);
                context.Abort();
            },
            async (client, _) =>
            {
                await client.SendAsync("{}"u8.ToArray(), _bound);

                await Assert.ThrowsAsync<WebSocketException>(() => client.ReceiveAsync(_bound));
            }
        );

    [Fact]
    public Task Close_AfterACancelledReceive_StillSendsTheCode() =>
        WithAsync(
            async (server, _) => await server.ReceiveAsync(new byte[100], _bound),
            async (client, server) =>
            {
                using var giveUp = new CancellationTokenSource();
                var receiving = client.ReceiveAsync(giveUp.Token);
                giveUp.Cancel();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);

                await client.CloseAsync(4000, _bound);

                var (status, _) = await server;
                Assert.Equal((WebSocketCloseStatus)4000, status);
            }
        );

    [Fact]
    public async Task Connect_WithoutAServer_Throws()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        await using var client = new GatewaySocket("DiscordBot (https://bot.example/, 1.0)");

        await Assert.ThrowsAsync<WebSocketException>(() =>
            client.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), _bound)
        );
        // Closing a socket that was never connected has no effect.
        await client.CloseAsync(1000, _bound);
    }

    [Fact]
    public async Task Connect_WhereTheUpgradeIsRefused_Throws()
    {
        await using var server = await RealServer.StartAsync(context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        await using var client = new GatewaySocket("DiscordBot (https://bot.example/, 1.0)");

        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(server.GatewayAddress, _bound));
    }

    /// <summary>Connects a client to a server that runs its handler and then stays until the end of the test.</summary>
    private async Task WithAsync(
        Func<WebSocket, HttpContext, Task> serve,
        Func<IGatewaySocket, Task<(WebSocketCloseStatus? Status, string? Reason)>, Task> test
    )
    {
        var closed = new TaskCompletionSource<(WebSocketCloseStatus?, string?)>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await RealServer.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await serve(socket, context);
            closed.TrySetResult((socket.CloseStatus, socket.CloseStatusDescription));
            await over.Task;
        });
        await using var client = new GatewaySocket("DiscordBot (https://bot.example/, 1.0)");
        await client.ConnectAsync(GatewayAddress.Create(server.GatewayAddress)!, _bound);
        try
        {
            await test(client, closed.Task.WaitAsync(_bound)).WaitAsync(_bound);
        }
        finally
        {
            over.SetResult();
        }
    }
}
