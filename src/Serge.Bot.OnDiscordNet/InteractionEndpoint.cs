using System.Text.Json;
using System.Threading.Channels;
using Discord.Rest;

namespace Serge.Bot.OnDiscordNet;

/// <summary>Receives interactions over HTTP while a reader has opened it.</summary>
/// <remarks>Discord.Net verifies the signature and parses the interaction; the age and repetitions are checked
/// here.</remarks>
internal sealed partial class InteractionEndpoint(DiscordRestClient rest, TimeProvider clock, ILogger logger)
    : IInteractionEndpoint
{
    private readonly SeenInteractions _seenInteractions = new(HttpInteractions.MaxSeen);

    // Not a lock: the verification of a request must not wait for those of others.
    private volatile Reader? _reader;

    /// <summary>Opens the endpoint.</summary>
    /// <param name="key">The application's key, in hexadecimal digits.</param>
    /// <param name="interactions">Receives the interactions. Bounded: what does not fit is refused.</param>
    public void Open(string key, ChannelWriter<DiscordEvent> interactions) => _reader = new Reader(key, interactions);

    public void Close() => _reader = null;

    /// <inheritdoc/>
    /// <remarks>The reply is always a request: Discord.Net's own responses lack files and some flags.</remarks>
    public InteractionReceipt Receive(
        string? signature,
        string? timestamp,
        ReadOnlySpan<byte> body,
        InteractionResponse response
    )
    {
        if (_reader is not (var key, var interactions))
        {
            return InteractionReceipt.Busy;
        }

        if (!HttpInteractions.AreValidHeaders(signature, timestamp, clock.GetUtcNow()))
        {
            return InteractionReceipt.Unauthorized;
        }

        var bytes = body.ToArray();
        if (!IsSigned(key, signature, timestamp, bytes))
        {
            return InteractionReceipt.Unauthorized;
        }

        return Handle(interactions, key, signature, timestamp, bytes);
    }

    private InteractionReceipt Handle(
        ChannelWriter<DiscordEvent> interactions,
        string key,
        string signature,
        string timestamp,
        byte[] body
    )
    {
        try
        {
            var json = JsonReader.Parse(body);
            if (json.Member("type").Integer() == HttpInteractions.Ping)
            {
                // Discord.Net cannot parse a ping without a user.
                return InteractionReceipt.Pong;
            }

            // Without requests of its own, Discord.Net completes at once.
            var parsing = rest.ParseHttpInteractionAsync(key, signature, timestamp, body, _ => false);
            if (!parsing.IsCompletedSuccessfully)
            {
                LogInvalidInteraction(
                    parsing.Exception?.GetBaseException().Message ?? "Discord.Net sent a request to parse it."
                );
                return InteractionReceipt.Malformed;
            }

            return Write(interactions, parsing.Result, ReadMemberPermissions(json));
        }
        catch (Exception e)
        {
            // Discord.Net documents no exceptions, and the interaction is from outside: it alone is affected.
            LogInvalidInteraction(e.Message);
            return InteractionReceipt.Malformed;
        }
    }

    private InteractionReceipt Write(
        ChannelWriter<DiscordEvent> interactions,
        RestInteraction? interaction,
        DiscordPermissions permissions
    )
    {
        if (
            interaction is null
            || InteractionConverter.Convert(interaction, permissions, interaction.ChannelId) is not { } converted
        )
        {
            // A type that the bot never offers.
            return InteractionReceipt.Accepted;
        }

        if (!_seenInteractions.TryAdd(converted.Id))
        {
            return InteractionReceipt.Unauthorized;
        }

        var isWritten = interactions.TryWrite(new DiscordEvent.InteractionReceived(converted));
        return isWritten ? InteractionReceipt.Accepted : InteractionReceipt.Busy;
    }

    /// <summary>Discord.Net does not return the user's permissions in the channel.</summary>
    private static DiscordPermissions ReadMemberPermissions(JsonElement? interaction)
    {
        var permissions = interaction.Member("member").Member("permissions");
        return (DiscordPermissions)(ResponseDecoder.ReadNumber(permissions) ?? 0);
    }

    private bool IsSigned(string key, string signature, string timestamp, byte[] body)
    {
        try
        {
            return rest.IsValidHttpInteraction(key, signature, timestamp, body);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private sealed record Reader(string Key, ChannelWriter<DiscordEvent> Interactions);

    [LoggerMessage(LogLevel.Warning, "Discord.Net could not parse a signed interaction: {Reason}")]
    private partial void LogInvalidInteraction(string reason);
}
