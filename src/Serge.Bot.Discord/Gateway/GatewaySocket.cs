using System.Net.WebSockets;

namespace Serge.Bot.Discord.Gateway;

/// <summary>A WebSocket on the network.</summary>
/// <param name="userAgent">Sent with the upgrade request: some servers refuse a request without it.</param>
internal sealed class GatewaySocket(string userAgent) : IGatewaySocket
{
    private const int InitialBufferSize = 16 * 1024;

    /// <summary>Far above the description of the largest guild; a longer message is an attack or a defect.</summary>
    private const int MaxMessageBytes = 64 * 1024 * 1024;

    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[InitialBufferSize];
    private Task<ValueWebSocketReceiveResult>? _receiving;

    public Task ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        _socket.Options.SetRequestHeader("User-Agent", userAgent);
        // Heartbeats keep the connection alive; pings are not necessary.
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        return _socket.ConnectAsync(address, cancellationToken);
    }

    public async Task<ReceiveResult> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Length > InitialBufferSize)
        {
            // Large messages arrive at the start of a session only, so their buffer is released.
            _buffer = new byte[InitialBufferSize];
        }

        var length = 0;
        while (true)
        {
            // The socket does not receive the cancellation token: it would abort the connection without a close frame.
            _receiving = _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).AsTask();
            var part = await _receiving.WaitAsync(cancellationToken);
            _receiving = null;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return new ReceiveResult.Close((int?)_socket.CloseStatus, _socket.CloseStatusDescription);
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return new ReceiveResult.Message(_buffer.AsMemory(0, length));
            }

            if (length == _buffer.Length)
            {
                GrowBuffer();
            }
        }
    }

    private void GrowBuffer()
    {
        if (_buffer.Length >= MaxMessageBytes)
        {
            throw new WebSocketException(WebSocketError.HeaderError, "The gateway sent a message of more than 64 MiB.");
        }

        Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    public Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken).AsTask();

    public async Task CloseAsync(int code, CancellationToken cancellationToken)
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync((WebSocketCloseStatus)code, null, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (_receiving is not null)
        {
            // A cancelled receive ends with the socket; its exception does not matter.
            await ((Task)_receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
