using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;

namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>A gateway client that sends exactly what the test passes.</summary>
public sealed class RawGateway(SimulatorFixture fixture) : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly MemoryStream _compressed = new();
    private ZLibStream? _inflated;

    public int? CloseCode => (int?)_socket.CloseStatus;

    public static async Task<RawGateway> ConnectAsync(
        SimulatorFixture fixture,
        string query = "?v=10&encoding=json",
        string path = "/discord/gateway"
    )
    {
        RawGateway gateway = new(fixture);
        UriBuilder address = new(new Uri(fixture.Server.Address, path + query)) { Scheme = "ws" };
        await gateway._socket.ConnectAsync(address.Uri, fixture.Cancel);
        return gateway;
    }

    /// <summary>Connects, receives Hello, identifies and receives READY.</summary>
    public static async Task<(RawGateway Gateway, JsonNode Ready)> IdentifyAsync(
        SimulatorFixture fixture,
        int intents = 0
    )
    {
        var gateway = await ConnectAsync(fixture);
        await gateway.ReceiveAsync();
        await gateway.SendAsync(Identify(SimulatorFixture.BotToken, intents));
        var ready = await gateway.ReceiveAsync();
        Assert.Equal("READY", ready["t"]!.GetValue<string>());
        return (gateway, ready["d"]!);
    }

    public static string Identify(string token, long intents = 0) =>
        $$$"""{"op":2,"d":{"token":"{{{token}}}","intents":{{{intents}}},"properties":{"os":"linux","browser":"test","device":"test"} } }""";

    public static string Resume(string sessionId, int seq, string token = SimulatorFixture.BotToken) =>
        $$$"""{"op":6,"d":{"token":"{{{token}}}","session_id":"{{{sessionId}}}","seq":{{{seq}}}}}""";

    public Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, fixture.Cancel);

    /// <summary>Receives the next message.</summary>
    /// <exception cref="InvalidOperationException">The connection was closed.</exception>
    public async Task<JsonNode> ReceiveAsync() =>
        await TryReceiveAsync()
        ?? throw new InvalidOperationException($"Closed with {CloseCode}: {_socket.CloseStatusDescription}");

    /// <summary>Receives the close code and ignores messages before it; null if the connection was aborted.</summary>
    public async Task<int?> ReceiveCloseAsync()
    {
        try
        {
            while (await TryReceiveAsync() is not null) { }

            return CloseCode;
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    public Task CloseAsync(int code) => _socket.CloseAsync((WebSocketCloseStatus)code, null, fixture.Cancel);

    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _inflated?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonNode?> TryReceiveAsync()
    {
        using MemoryStream message = new();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(buffer.AsMemory(), fixture.Cancel);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, received.Count);
        } while (!received.EndOfMessage);
        var bytes = message.ToArray();
        return JsonNode.Parse(received.MessageType == WebSocketMessageType.Binary ? Inflate(bytes) : bytes);
    }

    private byte[] Inflate(byte[] compressed)
    {
        Assert.Equal([0x00, 0x00, 0xFF, 0xFF], compressed[^4..]);
        var start = _compressed.Position;
        _compressed.Seek(0, SeekOrigin.End);
        _compressed.Write(compressed);
        _compressed.Position = start;
        _inflated ??= new ZLibStream(_compressed, CompressionMode.Decompress);
        using MemoryStream plain = new();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = _inflated.Read(buffer)) > 0)
        {
            plain.Write(buffer, 0, read);
        }

        return plain.ToArray();
    }
}
