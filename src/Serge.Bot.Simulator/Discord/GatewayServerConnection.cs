using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Serge.Bot.Simulator.Discord;

/// <summary>One WebSocket connection: sends text or a zlib stream, receives text.</summary>
/// <param name="socket">The open WebSocket.</param>
/// <param name="compress">Whether to send everything through one zlib context, in binary messages.</param>
/// <param name="clock">The clock of delays.</param>
/// <param name="abort">Aborts the TCP connection.</param>
internal sealed class GatewayServerConnection(WebSocket socket, bool compress, TimeProvider clock, Action abort)
    : IDisposable
{
    /// <summary>The longest message that a bot may send, in bytes. Source: Discord docs, Events/Gateway, Sending
    /// Events.</summary>
    public const int MaxMessageLength = 4096;

    private static readonly BoundedChannelOptions QueueOptions = new(10_000) { SingleReader = true };
    private readonly ZlibStream? _zlib = compress ? new ZlibStream() : null;
    private readonly Channel<Frame> _outgoing = System.Threading.Channels.Channel.CreateBounded<Frame>(QueueOptions);

    /// <summary>Whether the connection sends nothing any more.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether either side has closed the connection; nothing more is sent or received.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The close code of the side that closed first.</summary>
    public int? CloseCode { get; private set; }

    public void Send(byte[] message) => Enqueue(new Frame(message));

    /// <summary>Delays all later messages.</summary>
    public void Delay(TimeSpan wait) => Enqueue(new Frame(Wait: wait));

    public void Close(int code, string reason = "")
    {
        if (IsClosed)
        {
            return;
        }

        CloseCode = code;
        Enqueue(new Frame(CloseCode: code, CloseReason: reason));
        MarkClosed();
    }

    public void Abort()
    {
        MarkClosed();
        abort();
    }

    public void Dispose() => _zlib?.Dispose();

    /// <summary>Completes the close handshake, if the bot has closed first.</summary>
    public async Task CompleteCloseAsync()
    {
        if (socket.State == WebSocketState.CloseReceived)
        {
            var status = socket.CloseStatus ?? WebSocketCloseStatus.Empty;
            await socket.CloseOutputAsync(status, null, CancellationToken.None);
        }
    }

    /// <summary>Sends the queued messages until the connection is closed.</summary>
    public async Task RunSenderAsync(CancellationToken cancellationToken)
    {
        await foreach (var frame in _outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            if (frame.Wait > TimeSpan.Zero)
            {
                await Task.Delay(frame.Wait, clock, cancellationToken);
            }
            else if (frame.CloseCode is { } code)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, frame.CloseReason, cancellationToken);
            }
            else
            {
                await SendAsync(frame.Payload, cancellationToken);
            }
        }
    }

    /// <summary>Receives the bot's messages until it closes the connection.</summary>
    /// <returns>The messages; <see langword="null"/> for one that is too long.</returns>
    /// <exception cref="WebSocketException">The connection was aborted.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>?> ReceiveAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var buffer = new byte[MaxMessageLength + 1];
        var length = 0;
        while (true)
        {
            // Of a message that is too long, the rest overwrites the last byte.
            var start = Math.Min(length, MaxMessageLength);
            var received = await socket.ReceiveAsync(buffer.AsMemory(start), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                HandleCloseReceived();
                yield break;
            }

            length = start + received.Count;
            if (!received.EndOfMessage)
            {
                continue;
            }

            if (length > MaxMessageLength)
            {
                yield return null;
            }
            else
            {
                yield return buffer.AsMemory(0, length);
            }

            length = 0;
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (_zlib is null)
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            return;
        }

        var compressed = _zlib.Compress(message);
        await socket.SendAsync(compressed, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
    }

    private void HandleCloseReceived()
    {
        if (!IsClosed)
        {
            // .NET reads a close frame without a code as 1000.
            CloseCode = (int?)socket.CloseStatus;
        }

        MarkClosed();
    }

    private void Enqueue(Frame frame)
    {
        // Aborts the connection of a bot that does not read: 10,000 messages are queued.
        if (!IsSilent && !IsClosed && !_outgoing.Writer.TryWrite(frame))
        {
            Abort();
        }
    }

    private void MarkClosed()
    {
        IsClosed = true;
        _outgoing.Writer.TryComplete();
    }

    /// <summary>A message, a delay or a close.</summary>
    private readonly record struct Frame(
        ReadOnlyMemory<byte> Payload = default,
        TimeSpan Wait = default,
        int? CloseCode = null,
        string? CloseReason = null
    );
}
