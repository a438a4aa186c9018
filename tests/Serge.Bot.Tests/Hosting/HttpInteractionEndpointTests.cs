using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Hosting;

/// <summary>Responses to interactions over HTTP, from Discord or from any other sender.</summary>
public sealed class HttpInteractionEndpointTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeEndpoint _endpoint = new();
    private readonly SignallingTime _time = new(Start);
    private readonly HttpClient _client = new();
    private readonly WebServer _server;

    public HttpInteractionEndpointTests()
    {
        var endpoint = new HttpInteractionEndpoint(_endpoint, Settings, new Clocks(_time, _time));
        _server = new WebServer([endpoint], NullLogger<WebServer>.Instance);
    }

    /// <summary>Headers that a forged request can have, too.</summary>
    private static (string Name, string Value)[] ValidHeaders =>
        [("X-Signature-Ed25519", new string('a', 128)), ("X-Signature-Timestamp", Now(0))];

    private const string Reply = """{"type":4,"data":{"content":"Words."}}""";

    private static DiscordSettings Settings => Some.Discord() with { Listen = new Uri("http://127.0.0.1:0/") };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync(Stop);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.StopAsync(Stop);
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(InteractionReceipt.Accepted, HttpStatusCode.Accepted, "")]
    [InlineData(InteractionReceipt.Pong, HttpStatusCode.OK, "{\"type\":1}")]
    [InlineData(InteractionReceipt.Malformed, HttpStatusCode.BadRequest, "")]
    [InlineData(InteractionReceipt.Unauthorized, HttpStatusCode.Unauthorized, "")]
    [InlineData(InteractionReceipt.Busy, HttpStatusCode.ServiceUnavailable, "")]
    public async Task Post_GetsTheStatusOfItsReceipt(InteractionReceipt receipt, HttpStatusCode status, string body)
    {
        _endpoint.Receipt = receipt;

        var headers = ValidHeaders;
        using var response = await PostAsync("é", headers);

        Assert.Equal((status, body), (response.StatusCode, await response.Content.ReadAsStringAsync(Stop)));
        Assert.Equal(
            receipt == InteractionReceipt.Pong ? "application/json" : null,
            response.Content.Headers.ContentType?.ToString()
        );
        Assert.Equal([(headers[0].Value, headers[1].Value, "é")], _endpoint.Received);
    }

    [Fact]
    public async Task Post_WithAReplyInTime_HasItAsTheResponse()
    {
        _endpoint.Receipt = InteractionReceipt.Pending;
        var posting = PostAsync("", ValidHeaders);
        var reply = await _endpoint.Responses.Reader.ReadAsync(Stop).AsTask().WaitAsync(Bounded.Longest, Stop);

        var isSent = await reply.TrySendAsync(Encoding.UTF8.GetBytes(Reply));
        using var response = await posting;

        Assert.True(isSent);
        Assert.Equal((HttpStatusCode.OK, Reply), (response.StatusCode, await response.Content.ReadAsStringAsync(Stop)));
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
    }

    /// <summary>In this case the client sends the reply itself.</summary>
    [Fact]
    public async Task Post_WithoutAReplyIn3Seconds_IsAccepted()
    {
        _endpoint.Receipt = InteractionReceipt.Pending;
        var posting = PostAsync("", ValidHeaders);
        var reply = await _endpoint.Responses.Reader.ReadAsync(Stop).AsTask().WaitAsync(Bounded.Longest, Stop);
        _time.Advance(TimeSpan.FromMilliseconds(2999));
        Assert.False(posting.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        using var response = await posting;

        Assert.Equal(
            (HttpStatusCode.Accepted, ""),
            (response.StatusCode, await response.Content.ReadAsStringAsync(Stop))
        );
        Assert.False(await reply.TrySendAsync(Encoding.UTF8.GetBytes(Reply)));
    }

    [Fact]
    public async Task Post_WhoseSenderHasLeft_GetsNoReply()
    {
        _endpoint.Receipt = InteractionReceipt.Pending;
        using CancellationTokenSource leave = new();
        var posting = PostAsync("", ValidHeaders, leave.Token);
        var reply = await _endpoint.Responses.Reader.ReadAsync(Stop).AsTask().WaitAsync(Bounded.Longest, Stop);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting);

        // When the server no longer waits, it has detected the disconnect.
        Assert.Null(await reply.WaitAsync(Stop));
        Assert.False(Stop.IsCancellationRequested);
        Assert.False(await reply.TrySendAsync(Encoding.UTF8.GetBytes(Reply)));
    }

    public static TheoryData<string?, string?> InvalidHeaders =>
        new()
        {
            { null, Now(0) },
            { new string('a', 128), null },
            { "", Now(0) },
            { new string('a', 127), Now(0) },
            { new string('g', 128), Now(0) },
            { new string('a', 128), Now(-31) },
            { new string('a', 128), Now(31) },
            { new string('a', 128), "9223372036854775807" },
            { new string('a', 128), "-1" },
            { new string('a', 128), "soon" },
        };

    [Theory]
    [MemberData(nameof(InvalidHeaders))]
    public async Task Post_WithHeadersThatCannotBeDiscords_IsRefusedBeforeItsBody(string? signature, string? timestamp)
    {
        using var socket = await ConnectAsync();
        var head = $"POST {InteractionEndpointCheck.Path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n";
        head += signature is null ? "" : $"X-Signature-Ed25519: {signature}\r\n";
        head += timestamp is null ? "" : $"X-Signature-Timestamp: {timestamp}\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head + "\r\n"), Stop);

        // No byte of the body was sent.
        var answer = new byte[1000];
        var length = await socket.ReceiveAsync(answer, Stop);

        Assert.StartsWith("HTTP/1.1 401", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        Assert.Empty(_endpoint.Received);
    }

    /// <summary>Verifying 32 forged requests takes 32 times as long; a request of another sender waits for
    /// one.</summary>
    [Fact]
    public async Task Post_DuringAFloodOfAnotherSender_IsNotDelayed()
    {
        using SemaphoreSlim verify = new(0);
        using SemaphoreSlim verifying = new(0);
        _endpoint.OnReceive = body =>
        {
            if (body == "forged")
            {
                verifying.Release();
                verify.Wait(Bounded.Longest, Stop);
            }
        };
        var flood = Enumerable.Range(0, 32).Select(_ => PostFromAsync("203.0.113.1", "forged")).ToList();
        await Bounded.WaitAsync(verifying);

        using var response = await PostFromAsync("198.51.100.7", "good");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(["forged", "good"], _endpoint.Received.Select(request => request.Body).Order());
        verify.Release(flood.Count);
        foreach (var forged in await Task.WhenAll(flood))
        {
            forged.Dispose();
        }
    }

    /// <summary>The sender's own header value precedes the value that the proxy adds.</summary>
    [Fact]
    public async Task Post_WithAForgedSender_CountsForTheSenderThatTheProxyNames()
    {
        using SemaphoreSlim verify = new(0);
        using SemaphoreSlim verifying = new(0);
        _endpoint.OnReceive = _ =>
        {
            verifying.Release();
            verify.Wait(Bounded.Longest, Stop);
        };
        var names = Enumerable.Range(1, 8).Select(i => $"198.51.100.{i}, 203.0.113.1");
        var flood = names.Select(sender => PostFromAsync(sender, "forged")).ToList();
        await Bounded.WaitAsync(verifying);

        var good = PostFromAsync("203.0.113.1, 198.51.100.7", "good");
        await Bounded.WaitAsync(verifying);

        Assert.Equal(["forged", "good"], _endpoint.Received.Select(request => request.Body).Order());
        verify.Release(flood.Count + 1);
        foreach (var response in await Task.WhenAll([.. flood, good]))
        {
            response.Dispose();
        }
    }

    [Theory]
    [InlineData("GET", InteractionEndpointCheck.Path, HttpStatusCode.MethodNotAllowed, "POST")]
    [InlineData("PUT", InteractionEndpointCheck.Path, HttpStatusCode.MethodNotAllowed, "POST")]
    [InlineData("GET", "/", HttpStatusCode.NotFound, "")]
    [InlineData("POST", "/", HttpStatusCode.NotFound, "")]
    [InlineData("POST", InteractionEndpointCheck.Path + "/x", HttpStatusCode.NotFound, "")]
    public async Task Request_ForAnythingElse_IsRejected(
        string method,
        string path,
        HttpStatusCode status,
        string allowed
    )
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            new Uri(_server.GetAddress<HttpInteractionEndpoint>(), path)
        );
        using var response = await _client.SendAsync(request, Stop);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Empty(_endpoint.Received);
    }

    /// <summary>A command in the menu of a message with 100 mentioned users and long embeds.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_OfALargeInteraction_IsReceivedCompletely(bool isChunked)
    {
        var headers = ValidHeaders;
        if (isChunked)
        {
            headers = [.. headers, ("Transfer-Encoding", "chunked")];
        }

        var body = new string('x', 200_000);

        using var response = await PostAsync(body, headers);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(body, Assert.Single(_endpoint.Received).Body);
    }

    [Theory]
    [InlineData(256 * 1024, HttpStatusCode.Accepted)]
    [InlineData((256 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Post_OfMoreThanAnyInteraction_IsRejected(int bytes, HttpStatusCode status)
    {
        using var response = await PostAsync(new string('x', bytes), ValidHeaders);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.Accepted ? 1 : 0, _endpoint.Received.Count);
    }

    [Fact]
    public async Task Stop_ClosesTheAddress()
    {
        var address = new Uri(_server.GetAddress<HttpInteractionEndpoint>(), InteractionEndpointCheck.Path);
        await _server.StopAsync(Stop);

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(address, Stop));
    }

    private static string Now(int seconds) =>
        (Start.ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture);

    private Task<HttpResponseMessage> PostFromAsync(string sender, string body) =>
        PostAsync(body, [.. ValidHeaders, ("X-Forwarded-For", sender)]);

    private async Task<Socket> ConnectAsync()
    {
        var address = _server.GetAddress<HttpInteractionEndpoint>();
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, Stop);
        return socket;
    }

    private async Task<HttpResponseMessage> PostAsync(
        string body,
        (string Name, string Value)[] headers,
        CancellationToken? cancellationToken = null
    )
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(_server.GetAddress<HttpInteractionEndpoint>(), InteractionEndpointCheck.Path)
        );
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await _client.SendAsync(request, cancellationToken ?? Stop);
    }

    private sealed class FakeEndpoint : IInteractionEndpoint
    {
        public InteractionReceipt Receipt { get; set; }

        /// <summary>Called with the body of each request.</summary>
        public Action<string> OnReceive { get; set; } = _ => { };

        public ConcurrentQueue<(string? Signature, string? Timestamp, string Body)> Received { get; } = [];

        public Channel<InteractionResponse> Responses { get; } = Channel.CreateUnbounded<InteractionResponse>();

        public InteractionReceipt Receive(
            string? signature,
            string? timestamp,
            ReadOnlySpan<byte> body,
            InteractionResponse response
        )
        {
            var text = Encoding.UTF8.GetString(body);
            Received.Enqueue((signature, timestamp, text));
            Responses.Writer.TryWrite(response);
            OnReceive(text);
            return Receipt;
        }
    }
}
