namespace Serge.Bot.Discord.Gateway;

/// <summary>Sends the messages of one connection within Discord's rate limit.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Sending Events and Rate Limiting: Discord closes a connection that
/// exceeds it.</remarks>
internal sealed class SendQueue(IGatewaySocket socket, TimeProvider clock)
{
    /// <summary>The most messages in any <see cref="Window"/>.</summary>
    public const int MaxInWindow = 120;

    /// <summary>The part of <see cref="MaxInWindow"/> that is reserved for vital messages: identify, resume, and the
    /// scheduled heartbeats, which are at least one second apart.</summary>
    public const int ReservedForVital = 62;

    public const int MaxMessageBytes = 4096;

    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>Messages are small, so a longer send means that the connection is dead.</summary>
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);

    private readonly AsyncTurnstile _turnstile = new();
    private readonly Queue<long> _sentAt = new();

    /// <summary>Sends a message if the rate limit allows it.</summary>
    /// <remarks>It does not wait for the rate limit: only heartbeats that the server itself requests could exhaust it,
    /// and then the server has received enough of them.</remarks>
    /// <param name="message">JSON.</param>
    /// <param name="isVital">Whether it may use the reserved part.</param>
    /// <param name="cancellationToken">Cancels the send.</param>
    /// <returns>Whether it was sent.</returns>
    /// <exception cref="ArgumentException">The message is longer than 4096 bytes.</exception>
    public async Task<bool> TrySendAsync(byte[] message, bool isVital, CancellationToken cancellationToken)
    {
        if (message.Length > MaxMessageBytes)
        {
            throw new ArgumentException(
                $"The gateway accepts at most {MaxMessageBytes} bytes, not {message.Length}.",
                nameof(message)
            );
        }

        await _turnstile.EnterAsync(cancellationToken);
        try
        {
            if (!TryCount(isVital ? MaxInWindow : MaxInWindow - ReservedForVital))
            {
                return false;
            }

            using var timeout = new CancellationTokenSource(SendTimeout, clock);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            await socket.SendAsync(message, linked.Token);
            return true;
        }
        finally
        {
            _turnstile.Exit();
        }
    }

    private bool TryCount(int max)
    {
        while (_sentAt.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) >= Window)
        {
            _sentAt.Dequeue();
        }

        if (_sentAt.Count >= max)
        {
            return false;
        }

        _sentAt.Enqueue(clock.GetTimestamp());
        return true;
    }
}
