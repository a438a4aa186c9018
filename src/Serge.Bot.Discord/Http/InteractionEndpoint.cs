using System.Text.Json;
using System.Threading.Channels;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Http;

/// <summary>Receives interactions over HTTP while a reader has opened it.</summary>
internal sealed class InteractionEndpoint(TimeProvider clock) : IInteractionEndpoint
{
    // Not a lock: the verification of a request must not wait for those of others.
    private volatile Reader? _reader;

    /// <summary>Opens the endpoint.</summary>
    /// <param name="key">The application's key.</param>
    /// <param name="interactions">Receives the interactions. Bounded: what does not fit is refused.</param>
    /// <returns>Closes the endpoint when disposed.</returns>
    public IDisposable Open(byte[] key, ChannelWriter<DiscordEvent> interactions)
    {
        _reader = new Reader(key, interactions, new SeenInteractions(HttpInteractions.MaxSeen));
        return new Registration(this);
    }

    /// <inheritdoc/>
    public InteractionReceipt Receive(
        string? signature,
        string? timestamp,
        ReadOnlySpan<byte> body,
        InteractionResponse response
    )
    {
        if (_reader is not { } reader)
        {
            return InteractionReceipt.Busy;
        }

        if (
            !HttpInteractions.AreValidHeaders(signature, timestamp, clock.GetUtcNow())
            || !Ed25519Signature.IsValid(reader.Key, signature, timestamp, body)
        )
        {
            return InteractionReceipt.Unauthorized;
        }

        return Handle(reader, body, response);
    }

    private static InteractionReceipt Handle(Reader reader, ReadOnlySpan<byte> body, InteractionResponse response)
    {
        try
        {
            var model = JsonReader.Parse(body).Object(InteractionModel.Read);
            if (model is null)
            {
                return InteractionReceipt.Malformed;
            }

            if (model.Type == HttpInteractions.Ping)
            {
                return InteractionReceipt.Pong;
            }

            if (InteractionParser.Parse(model, response) is not { } interaction)
            {
                // A type that the bot never offers.
                return InteractionReceipt.Accepted;
            }

            if (!reader.SeenInteractions.TryAdd(interaction.Id))
            {
                return InteractionReceipt.Unauthorized;
            }

            var isWritten = reader.Interactions.TryWrite(new DiscordEvent.InteractionReceived(interaction));
            return isWritten ? InteractionReceipt.Pending : InteractionReceipt.Busy;
        }
        catch (JsonException)
        {
            return InteractionReceipt.Malformed;
        }
    }

    private sealed record Reader(
        byte[] Key,
        ChannelWriter<DiscordEvent> Interactions,
        SeenInteractions SeenInteractions
    );

    private sealed class Registration(InteractionEndpoint endpoint) : IDisposable
    {
        public void Dispose() => endpoint._reader = null;
    }
}
