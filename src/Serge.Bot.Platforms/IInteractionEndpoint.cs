namespace Serge.Bot.Platforms;

/// <summary>Receives interactions that Discord sends over HTTP instead of the gateway.</summary>
/// <remarks>Discord.Net: <c>DiscordRestClient.ParseHttpInteractionAsync</c>.</remarks>
public interface IInteractionEndpoint
{
    /// <summary>Verifies a request and adds its interaction to <see cref="IDiscord.ReadAsync"/>;
    /// <see cref="IDiscord.RespondAsync"/> sends the reply.</summary>
    /// <remarks>Source: Discord docs, Interactions/Overview, Validating Security Request Headers.</remarks>
    /// <param name="signature">The header <c>X-Signature-Ed25519</c>, 128 hexadecimal digits.</param>
    /// <param name="timestamp">The header <c>X-Signature-Timestamp</c>, seconds since 1970.</param>
    /// <param name="body">The unchanged bytes of the body.</param>
    /// <param name="response">Gets the reply, if the result is <see cref="InteractionReceipt.Pending"/>.</param>
    InteractionReceipt Receive(
        string? signature,
        string? timestamp,
        ReadOnlySpan<byte> body,
        InteractionResponse response
    );
}

/// <summary>The HTTP response to an interaction.</summary>
public enum InteractionReceipt
{
    /// <summary>202 without a body: the reply, if there is one, is a request to Discord's REST API.</summary>
    Accepted,

    /// <summary>200 with the reply when it is ready, or <see cref="Accepted"/>: see
    /// <see cref="InteractionResponse"/>.</summary>
    Pending,

    /// <summary>200 with <c>{"type":1}</c>: the answer to Discord's ping.</summary>
    Pong,

    /// <summary>400: signed, but not an interaction.</summary>
    Malformed,

    /// <summary>401: not signed by Discord, too old, or received before.</summary>
    Unauthorized,

    /// <summary>503: the worker does not read interactions now, or too many are waiting.</summary>
    Busy,
}
