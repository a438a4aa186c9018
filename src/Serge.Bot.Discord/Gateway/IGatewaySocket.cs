using System.Net.Sockets;
using System.Net.WebSockets;

namespace Serge.Bot.Discord.Gateway;

/// <summary>A WebSocket for one connection.</summary>
/// <remarks>When the connection fails, every member may throw any exception: .NET throws <see cref="SocketException"/>,
/// <see cref="IOException"/> and others besides <see cref="WebSocketException"/>. <see cref="ShardConnection"/> treats
/// each of them as the end of the connection.</remarks>
internal interface IGatewaySocket : IAsyncDisposable
{
    Task ConnectAsync(Uri address, CancellationToken cancellationToken);

    /// <summary>Waits for the next complete message or close frame.</summary>
    /// <remarks>Cancellation ends the wait and keeps the connection open, so that it can be closed with a close
    /// frame.</remarks>
    Task<ReceiveResult> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Sends a text message. Not concurrently.</summary>
    Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Sends a close frame and does not wait for the answer.</summary>
    Task CloseAsync(int code, CancellationToken cancellationToken);
}

/// <summary>A received message or close frame. A closed set.</summary>
internal abstract record ReceiveResult
{
    private ReceiveResult() { }

    /// <param name="Json">Valid until the next receive.</param>
    public sealed record Message(ReadOnlyMemory<byte> Json) : ReceiveResult;

    /// <summary>The end of the connection.</summary>
    /// <param name="Code">The close code, if there was one.</param>
    /// <param name="Reason">The text of the close frame, if there was one.</param>
    public sealed record Close(int? Code, string? Reason) : ReceiveResult;
}
