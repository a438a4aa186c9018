using System.Net.WebSockets;

namespace Serge.Bot.Discord.Gateway;

/// <summary>One WebSocket, used once: connect, talk, close.</summary>
/// <remarks>Every member throws <see cref="WebSocketException"/> when the connection is lost or cannot be made.</remarks>
internal interface IGatewaySocket : IAsyncDisposable
{
    /// <summary>Opens the connection.</summary>
    Task ConnectAsync(Uri address, CancellationToken cancellationToken);

    /// <summary>Waits for the next whole message, or for the other side's close.</summary>
    /// <remarks>Cancelling gives up the wait and leaves the connection open, so that it can still be closed in good order.</remarks>
    Task<Received> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Sends a text message. One at a time.</summary>
    Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Says that we close, and with which code, without waiting for the answer. Never throws but for cancellation.</summary>
    Task CloseAsync(int code, CancellationToken cancellationToken);
}

/// <summary>What came in. A closed set.</summary>
internal abstract record Received
{
    private Received() { }

    /// <summary>A message.</summary>
    /// <param name="Json">Valid until the next receive.</param>
    public sealed record Message(ReadOnlyMemory<byte> Json) : Received;

    /// <summary>The end of the connection.</summary>
    /// <param name="Code">The close code, if there was one.</param>
    /// <param name="Reason">The other side's words, if any.</param>
    public sealed record Close(int? Code, string? Reason) : Received;
}
