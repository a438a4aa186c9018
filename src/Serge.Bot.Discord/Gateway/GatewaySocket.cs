using System.Net.WebSockets;

namespace Serge.Bot.Discord.Gateway;

/// <summary>A real WebSocket.</summary>
/// <param name="userAgent">Sent with the upgrade: there are servers that turn away who has none.</param>
internal sealed class GatewaySocket(string userAgent) : IGatewaySocket
{
    private const int SmallBuffer = 16 * 1024;

    /// <summary>Far above the largest server's description; a message beyond it is an attack or a fault.</summary>
    private const int LargestMessage = 64 * 1024 * 1024;

    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[SmallBuffer];
    private Task<ValueWebSocketReceiveResult>? _receiving;

    public Task ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        _socket.Options.SetRequestHeader("User-Agent", userAgent);
        // Heartbeats keep the connection alive; pings beside them would tell us nothing more.
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        return _socket.ConnectAsync(address, cancellationToken);
    }

    public async Task<Received> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Length > SmallBuffer)
        {
            // Large messages come when a session begins; their room is not kept for a quiet life.
            _buffer = new byte[SmallBuffer];
        }

        var length = 0;
        while (true)
        {
            // The socket itself never sees the cancellation: it would break the connection off, and no close could be said.
            _receiving = _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).AsTask();
            var part = await _receiving.WaitAsync(cancellationToken);
            _receiving = null;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return new Received.Close((int?)_socket.CloseStatus, _socket.CloseStatusDescription);
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return new Received.Message(_buffer.AsMemory(0, length));
            }

            if (length == _buffer.Length)
            {
                if (length >= LargestMessage)
                {
                    throw new WebSocketException(
                        WebSocketError.HeaderError,
                        "The gateway sent a message of more than 64 MiB."
                    );
                }

                Array.Resize(ref _buffer, length * 2);
            }
        }
    }

    public Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken).AsTask();

    public async Task CloseAsync(int code, CancellationToken cancellationToken)
    {
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync((WebSocketCloseStatus)code, null, cancellationToken);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
        {
            // It was lost already, which is what we wanted.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (_receiving is not null)
        {
            // A wait that was given up ends with the socket; its error is nobody's any more.
            await ((Task)_receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
