namespace Serge.Bot.Platforms;

/// <summary>Takes in interactions where Discord calls us over HTTP, instead of us keeping a gateway connection.</summary>
/// <remarks>Discord.Net: <c>DiscordRestClient.ParseHttpInteractionAsync</c>.</remarks>
public interface IInteractionEndpoint
{
    /// <summary>Checks a request and hands its interaction on to whoever reads <see cref="IDiscord.ReadAsync"/>; the answer goes out through
    /// <see cref="IDiscord.RespondAsync"/>, as ever.</summary>
    /// <remarks>Source: Discord docs, Interactions/Overview, Validating Security Request Headers.</remarks>
    /// <param name="signature">The header <c>X-Signature-Ed25519</c>, 128 hexadecimal digits.</param>
    /// <param name="timestamp">The header <c>X-Signature-Timestamp</c>, seconds since 1970.</param>
    /// <param name="body">The body, byte for byte as it came.</param>
    InteractionReceipt Receive(string? signature, string? timestamp, ReadOnlySpan<byte> body);
}

/// <summary>What an HTTP interaction is answered with at once.</summary>
public enum InteractionReceipt
{
    /// <summary>202 without a body: the answer follows through Discord's own interface.</summary>
    Accepted,

    /// <summary>200 with <c>{"type":1}</c>: Discord only asked whether we are here.</summary>
    Pong,

    /// <summary>400: signed, and yet no interaction.</summary>
    Unreadable,

    /// <summary>401: not signed by Discord, or too long ago, or seen before.</summary>
    Forged,

    /// <summary>503: nobody reads interactions here now, or too many wait already.</summary>
    Busy,
}
