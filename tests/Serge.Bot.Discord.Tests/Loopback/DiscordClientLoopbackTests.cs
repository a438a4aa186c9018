using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Discord.Tests.Loopback;

/// <summary>The complete client over real sockets and in real time, briefly.</summary>
public sealed class DiscordClientLoopbackTests
{
    private readonly CancellationToken _bound = new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token;
    private static readonly DiscordMessage Message = new() { Text = "“Revolution implies violence.”" };

    [Fact]
    public async Task Client_ConnectsAnswersIsDroppedAndResumes()
    {
        var answered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var connections = new ConcurrentQueue<string>();
        Uri? gateway = null;
        await using var server = await RealServer.StartAsync(async context =>
        {
            if (context.WebSockets.IsWebSocketRequest)
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await SendFrameAsync(socket, Frames.Hello(45_000));
                var first = await ReceiveFrameAsync(socket, op => op is 2 or 6);
                connections.Enqueue(first);
                if (first.Contains("\"op\":2", StringComparison.Ordinal))
                {
                    await SendFrameAsync(socket, Frames.Ready(resumeUrl: gateway!.AbsoluteUri));
                    await SendFrameAsync(socket, Frames.Interaction(100, 2));
                    await answered.Task.WaitAsync(_bound);
                    context.Abort();
                }
                else
                {
                    await SendFrameAsync(socket, Frames.Interaction(100, 2)); // a second time
                    await SendFrameAsync(socket, Frames.Interaction(101, 3));
                    await SendFrameAsync(socket, Frames.Resumed(4));
                    await socket.ReceiveAsync(new byte[1000], _bound);
                }
            }
            else if (context.Request.Path == "/discord/api/v10/gateway/bot")
            {
                await context.Response.WriteAsync($$"""{"url":"{{gateway}}"}""", _bound);
            }
            else
            {
                answered.TrySetResult(context.Request.Path);
                context.Response.StatusCode = 204;
            }
        });
        gateway = server.GatewayAddress;
        await using var discord = server.Client();

        List<string> seen = [];
        await foreach (var happened in discord.ReadAsync(_bound))
        {
            seen.Add(happened is DiscordEvent.InteractionReceived(var one) ? $"{one.Id}" : happened.GetType().Name);
            if (happened is DiscordEvent.InteractionReceived({ Id.Value: 100 } interaction))
            {
                Assert.IsType<SendOutcome.Sent>(
                    await discord.RespondAsync(interaction, new Reply.Message(Message), _bound)
                );
            }
            else if (happened is DiscordEvent.Resumed)
            {
                break;
            }
        }

        Assert.Equal(["Ready", "100", "Disconnected", "101", "Resumed"], seen);
        Assert.Equal("/discord/api/v10/interactions/100/secret-token-100/callback", await answered.Task);
        Assert.Equal(2, connections.Count);
        Assert.Contains("\"seq\":2", connections.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_OverTheNetwork_CarriesHeadersAndBody()
    {
        var seen = new TaskCompletionSource<(IHeaderDictionary Headers, string Body)>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        await using var server = await RealServer.StartAsync(async context =>
        {
            if (context.Request.Method == "POST")
            {
                using var reader = new StreamReader(context.Request.Body);
                seen.SetResult(
                    (new HeaderDictionary(context.Request.Headers.ToDictionary()), await reader.ReadToEndAsync(_bound))
                );
                await context.Response.WriteAsync("""{"id":"9001"}""", _bound);
                return;
            }

            await context.Response.WriteAsync("""{"id":"1","guild_id":"7"}""", _bound);
        });
        await using var discord = server.Client();

        Assert.Equal(
            new SendOutcome.Sent("9001", null),
            await discord.SendAsync(new ChannelId(1), Message, "the-key", _bound)
        );

        var (headers, body) = await seen.Task;
        Assert.Equal($"DiscordBot (https://bot.example/serge, {ProgramVersion.Text})", headers.UserAgent.ToString());
        Assert.Equal(
            ("Bot the-token", "application/json"),
            (headers.Authorization.ToString(), headers.ContentType.ToString())
        );
        Assert.Equal(headers.ContentLength, Encoding.UTF8.GetByteCount(body));
        Assert.Equal(Message.Text, JsonDocument.Parse(body).RootElement.GetProperty("content").GetString());
    }

    [Fact]
    public async Task Send_WhenTheDeadlinePassesWhileConnecting_WritesNoBodyAndIsUnavailable()
    {
        ConcurrentQueue<string> received = [];
        await using var server = await RealServer.StartAsync(async context =>
        {
            if (context.Request.Method == "POST")
            {
                using var reader = new StreamReader(context.Request.Body);
                received.Enqueue(await reader.ReadToEndAsync(_bound));
            }

            await context.Response.WriteAsync("""{"id":"1","guild_id":"7"}""", _bound);
        });
        await using var discord = server.Client();
        SendDeadline deadline = new(TimeProvider.System, TimeSpan.Zero);

        Assert.IsType<SendOutcome.Unavailable>(
            await discord.SendAsync(new ChannelId(1), Message, "the-key", deadline, _bound)
        );
        Assert.Empty(received);
    }

    [Fact]
    public async Task Ask_WhenTheServerRedirectsAndSetsACookie_FollowsNeither()
    {
        ConcurrentQueue<string> seen = [];
        await using var server = await RealServer.StartAsync(context =>
        {
            seen.Enqueue($"{context.Request.Path} {context.Request.Headers.Cookie}");
            context.Response.Headers.SetCookie = "session=1; Path=/";
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        await using var discord = server.Client();

        Assert.IsType<Result<DiscordApplication>.Unavailable>(await discord.GetApplicationAsync(_bound));
        Assert.IsType<Result<DiscordApplication>.Unavailable>(await discord.GetApplicationAsync(_bound));

        const string Path = "/discord/api/v10/applications/@me ";
        Assert.Equal([Path, Path], seen);
    }

    [Fact]
    public async Task Send_WhenTheServerActsAndHangsUp_IsUnknownAndSentOnce()
    {
        var posts = 0;
        await using var server = await RealServer.StartAsync(async context =>
        {
            if (context.Request.Method == "POST")
            {
                Interlocked.Increment(ref posts);
                await context.Request.Body.CopyToAsync(Stream.Null, _bound);
                context.Abort();
                return;
            }

            await context.Response.WriteAsync("""{"id":"1","guild_id":"7"}""", _bound);
        });
        await using var discord = server.Client();

        Assert.IsType<SendOutcome.Unknown>(await discord.SendAsync(new ChannelId(1), Message, "the-key", _bound));
        Assert.Equal(1, posts);
    }

    /// <summary>A server that closes the connection after each response without a header about it. The next request
    /// finds a closed connection.</summary>
    [Fact]
    public async Task Send_OnAPooledConnectionThatDied_EndsSentOrUnknownButIsNeverExecutedTwice()
    {
        var posts = 0;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync();
        await using var discord = new DiscordClient(
            new DiscordClientOptions
            {
                Token = "the-token",
                ApiAddress = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"),
            },
            TimeProvider.System,
            new Random(1),
            new LogLines()
        );

        for (var i = 0; i < 30; i++)
        {
            var before = Volatile.Read(ref posts);
            var outcome = await discord.SendAsync(new ChannelId(1), Message, $"key-{i}", _bound);
            var executed = Volatile.Read(ref posts) - before;
            Assert.True(
                (outcome, executed)
                    is
                        (SendOutcome.Sent, 1)
                        or
                        (SendOutcome.Unknown, 0 or 1)
                        or
                        (SendOutcome.Unavailable, 0),
                $"{outcome}, executed {executed} times"
            );
        }

        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);

        async Task ServeAsync()
        {
            while (!_bound.IsCancellationRequested)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await using var stream = client.GetStream();
                var request = await RequestAsync(stream);
                if (request.StartsWith("POST", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref posts);
                }

                var body = """{"id":"9001","guild_id":"7"}""";
                var head =
                    $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head + body), stop.Token);
            }
        }
    }

    [Fact]
    public async Task Send_WithoutAServer_IsUnavailable()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        await using var discord = new DiscordClient(
            new()
            {
                Token = "the-token",
                ApiAddress = new Uri($"http://127.0.0.1:{port}/"),
                CallTimeout = TimeSpan.FromMilliseconds(300),
            },
            TimeProvider.System,
            new Random(1),
            new LogLines()
        );

        Assert.IsType<SendOutcome.Unavailable>(await discord.SendAsync(new ChannelId(1), Message, "the-key", _bound));
    }

    [Fact]
    public async Task Send_CancelledWhileTheServerHandlesIt_IsUnknown()
    {
        using var stop = new CancellationTokenSource();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await RealServer.StartAsync(async context =>
        {
            if (context.Request.Method == "POST")
            {
                await context.Request.Body.CopyToAsync(Stream.Null, _bound);
                stop.Cancel();
                await over.Task.WaitAsync(_bound);
                return;
            }

            await context.Response.WriteAsync("""{"id":"1","guild_id":"7"}""", _bound);
        });
        await using var discord = server.Client();

        Assert.IsType<SendOutcome.Unknown>(await discord.SendAsync(new ChannelId(1), Message, "the-key", stop.Token));
        over.SetResult();
    }

    [Fact]
    public async Task Respond_ManyAtOnce_AnswersEach()
    {
        var callbacks = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await using var server = await RealServer.StartAsync(context =>
        {
            callbacks.AddOrUpdate(context.Request.Path, 1, (_, count) => count + 1);
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });
        await using var discord = server.Client();

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(1, 300)
                .Select(i =>
                    Task.Run(() =>
                        discord.RespondAsync(
                            new Interaction.Command
                            {
                                Id = new InteractionId((ulong)i),
                                Name = "quote",
                                Handle = new InteractionHandle((ulong)i, 41, "t"),
                            },
                            new Reply.Message(Message),
                            _bound
                        )
                    )
                )
        );

        Assert.All(outcomes, outcome => Assert.IsType<SendOutcome.Sent>(outcome));
        Assert.Equal(300, callbacks.Count);
        Assert.All(callbacks, callback => Assert.Equal(1, callback.Value));
    }

    private async Task<string> RequestAsync(NetworkStream stream)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), _bound);
            length += read;
            var text = Encoding.UTF8.GetString(buffer, 0, length);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var announced = text.Split("\r\n")
                .FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
            var body = announced is null ? 0 : int.Parse(announced[16..], CultureInfo.InvariantCulture);
            if (read == 0 || (head >= 0 && length >= head + 4 + body))
            {
                return text;
            }
        }

        throw new InvalidOperationException("The request is longer than 64 KiB.");
    }

    private Task SendFrameAsync(WebSocket socket, string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, _bound);

    private async Task<string> ReceiveFrameAsync(WebSocket socket, Predicate<int> op)
    {
        var buffer = new byte[8192];
        for (var frames = 0; frames < 1000; frames++)
        {
            var read = await socket.ReceiveAsync(buffer, _bound);
            var json = Encoding.UTF8.GetString(buffer, 0, read.Count);
            if (op(JsonDocument.Parse(json).RootElement.GetProperty("op").GetInt32()))
            {
                return json;
            }
        }

        throw new InvalidOperationException("The client did not say what was expected.");
    }
}
