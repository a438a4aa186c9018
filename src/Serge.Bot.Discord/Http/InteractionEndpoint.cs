using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Http;

/// <summary>The door for interactions that come over HTTP: open while somebody reads them.</summary>
internal sealed class InteractionEndpoint(TimeProvider wire) : IInteractionEndpoint
{
    /// <summary>How far a request's time may be from ours. Discord waits 3 s for an answer, so an older one is of no use to anybody; the rest
    /// is for clocks that differ.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    /// <summary>Far more interactions than arrive within the freshness on either side.</summary>
    private const int MostRemembered = 65_536;

    private const int Ping = 1;

    private readonly Lock _lock = new();
    private Door? _door;

    /// <summary>Opens the door.</summary>
    /// <param name="key">The application's key.</param>
    /// <param name="interactions">Who reads them. It is bounded; what does not fit is refused.</param>
    /// <returns>Closes it.</returns>
    public IDisposable Open(byte[] key, ChannelWriter<DiscordEvent> interactions)
    {
        lock (_lock)
        {
            _door = new Door(key, interactions, new SeenInteractions(MostRemembered));
            return new Closing(this);
        }
    }

    /// <inheritdoc/>
    public InteractionReceipt Receive(string? signature, string? timestamp, ReadOnlySpan<byte> body)
    {
        lock (_lock)
        {
            if (_door is not { } door)
            {
                return InteractionReceipt.Busy;
            }

            if (
                signature is null
                || timestamp is null
                || !IsFresh(timestamp)
                || !Ed25519Signature.Holds(door.Key, signature, timestamp, body)
            )
            {
                return InteractionReceipt.Forged;
            }

            return Take(door, body);
        }
    }

    private static InteractionReceipt Take(Door door, ReadOnlySpan<byte> body)
    {
        try
        {
            var model = JsonSerializer.Deserialize(body, DiscordJson.Default.InteractionModel);
            if (model is null or { Type: Ping })
            {
                return model is null ? InteractionReceipt.Unreadable : InteractionReceipt.Pong;
            }

            if (DispatchReader.InteractionOf(model) is not { } interaction)
            {
                // A kind that we never offer: nobody waits for it.
                return InteractionReceipt.Accepted;
            }

            if (!door.Seen.TryAdd(interaction.Id))
            {
                return InteractionReceipt.Forged;
            }

            return door.Interactions.TryWrite(new DiscordEvent.Interacted(interaction))
                ? InteractionReceipt.Accepted
                : InteractionReceipt.Busy;
        }
        catch (JsonException)
        {
            return InteractionReceipt.Unreadable;
        }
    }

    private bool IsFresh(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(wire.GetUtcNow().ToUnixTimeSeconds() - seconds) <= (long)Freshness.TotalSeconds;

    private sealed record Door(byte[] Key, ChannelWriter<DiscordEvent> Interactions, SeenInteractions Seen);

    private sealed class Closing(InteractionEndpoint endpoint) : IDisposable
    {
        public void Dispose()
        {
            lock (endpoint._lock)
            {
                endpoint._door = null;
            }
        }
    }
}
