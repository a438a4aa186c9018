using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Serge.Bot.Simulator.Discord.Gateway;

/// <summary>One WebSocket: text or a zlib stream out, text in. Knows nothing of sessions.</summary>
/// <param name="socket">The open WebSocket.</param>
/// <param name="deflate">Whether everything goes out through one zlib context, in binary messages.</param>
/// <param name="clock">For held-back frames.</param>
/// <param name="cut">Cuts the TCP connection.</param>
internal sealed class GatewayConnection(WebSocket socket, bool deflate, TimeProvider clock, Action cut) : IDisposable
{
    /// <summary>The longest message a bot may send, in bytes. Source: Discord docs, Events/Gateway, Sending Events.</summary>
    public const int LongestMessage = 4096;

    private readonly ZlibStream? _zlib = deflate ? new ZlibStream() : null;
    private readonly Channel<Frame> _outgoing = System.Threading.Channels.Channel.CreateBounded<Frame>(
        new BoundedChannelOptions(10_000) { SingleReader = true }
    );

    /// <summary>Whether the connection has stopped sending anything.</summary>
    public bool Silent { get; set; }

    /// <summary>Whether either side has ended it; nothing more is sent or heard.</summary>
    public bool Ended { get; private set; }

    /// <summary>The code it was closed with, by whichever side closed first.</summary>
    public int? CloseCode { get; private set; }

    public void Send(JsonObject message) => Send(Json.ToUtf8(message));

    public void Send(byte[] message) => Enqueue(new Frame { Payload = message });

    /// <summary>Holds back what follows.</summary>
    public void Hold(TimeSpan wait) => Enqueue(new Frame { Wait = wait });

    public void Close(int code, string reason = "")
    {
        if (!Ended)
        {
            CloseCode = code;
            Enqueue(
                new Frame
                {
                    Close = true,
                    Code = code,
                    Reason = reason,
                }
            );
            End();
        }
    }

    public void Abort()
    {
        End();
        cut();
    }

    public void Dispose() => _zlib?.Dispose();

    /// <summary>Answers the bot's close with one of our own, where it closed first.</summary>
    public async Task AnswerCloseAsync()
    {
        if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(
                socket.CloseStatus ?? WebSocketCloseStatus.Empty,
                null,
                CancellationToken.None
            );
        }
    }

    /// <summary>Sends what is given to <see cref="Send(byte[])"/> until the connection ends.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await foreach (var frame in _outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            if (frame.Wait > TimeSpan.Zero)
            {
                await Task.Delay(frame.Wait, clock, cancellationToken);
            }
            else if (frame.Close)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)frame.Code, frame.Reason, cancellationToken);
            }
            else if (_zlib is null)
            {
                await socket.SendAsync(frame.Payload, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            }
            else
            {
                await socket.SendAsync(
                    _zlib.Compress(frame.Payload),
                    WebSocketMessageType.Binary,
                    endOfMessage: true,
                    cancellationToken
                );
            }
        }
    }

    /// <summary>Yields each message of the bot's; <see langword="null"/> for one that is too long. Ends when the bot closes.</summary>
    /// <exception cref="WebSocketException">The line went dead.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>?> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var buffer = new byte[LongestMessage + 1];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(
                buffer.AsMemory(Math.Min(length, LongestMessage)),
                cancellationToken
            );
            if (received.MessageType == WebSocketMessageType.Close)
            {
                // .NET reads a close frame without a code as 1000.
                CloseCode = Ended ? CloseCode : (int?)socket.CloseStatus;

                End();
                yield break;
            }

            length = Math.Min(length, LongestMessage) + received.Count;
            if (received.EndOfMessage)
            {
                yield return length > LongestMessage ? null : buffer.AsMemory(0, length);
                length = 0;
            }
        }
    }

    private void Enqueue(Frame frame)
    {
        // A bot that is ten thousand frames behind has stopped reading.
        if (!Silent && !Ended && !_outgoing.Writer.TryWrite(frame))
        {
            Abort();
        }
    }

    private void End()
    {
        Ended = true;
        _outgoing.Writer.TryComplete();
    }

    private readonly record struct Frame
    {
        public ReadOnlyMemory<byte> Payload { get; init; }

        public TimeSpan Wait { get; init; }

        public bool Close { get; init; }

        public int Code { get; init; }

        public string Reason { get; init; }
    }
}
