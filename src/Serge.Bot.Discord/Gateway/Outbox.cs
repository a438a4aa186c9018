using System.Net.WebSockets;

namespace Serge.Bot.Discord.Gateway;

/// <summary>What we say on one connection, kept within Discord's limits.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Sending Events and Rate Limiting: who says more is disconnected at once.</remarks>
internal sealed class Outbox(IGatewaySocket socket, TimeProvider wire)
{
    /// <summary>The most messages in any <see cref="Window"/>.</summary>
    public const int MostInWindow = 120;

    /// <summary>How many of <see cref="MostInWindow"/> are kept for what the connection cannot do without: who we are, and the heartbeats that
    /// are due, which are a second apart at least.</summary>
    public const int KeptForVital = 62;

    /// <summary>The longest message, in bytes.</summary>
    public const int LongestMessage = 4096;

    /// <summary>The span that <see cref="MostInWindow"/> counts over.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>Our messages are small: one that is not out by then never will be.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Turn _turn = new();
    private readonly Queue<long> _sent = new();

    /// <summary>Sends a message if the limit has room for it.</summary>
    /// <remarks>It is not held back until there is room: only heartbeats that the server itself keeps asking for could fill the
    /// limit, and then it has more than enough of them.</remarks>
    /// <param name="message">What to say.</param>
    /// <param name="isVital">It may use what is kept for what the connection cannot do without.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was sent.</returns>
    /// <exception cref="WebSocketException">The connection is lost.</exception>
    /// <exception cref="ArgumentException">The message is longer than 4096 bytes.</exception>
    public async Task<bool> TrySendAsync(byte[] message, bool isVital, CancellationToken cancellationToken)
    {
        if (message.Length > LongestMessage)
        {
            throw new ArgumentException(
                $"The gateway takes {LongestMessage} bytes at most, not {message.Length}.",
                nameof(message)
            );
        }

        await _turn.TakeAsync(cancellationToken);
        try
        {
            while (_sent.TryPeek(out var oldest) && wire.GetElapsedTime(oldest) >= Window)
            {
                _sent.Dequeue();
            }

            if (_sent.Count >= (isVital ? MostInWindow : MostInWindow - KeptForVital))
            {
                return false;
            }

            _sent.Enqueue(wire.GetTimestamp());
            using var patience = new CancellationTokenSource(Patience, wire);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            await socket.SendAsync(message, either.Token);
            return true;
        }
        finally
        {
            _turn.End();
        }
    }
}
