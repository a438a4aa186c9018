using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Discord.Rest;

namespace Serge.Bot.OnDiscordNet;

/// <summary>The door for interactions that come over HTTP: open while somebody reads them.</summary>
/// <remarks>Discord.Net checks the signature and reads the interaction; freshness and repetition are ours to see to.</remarks>
internal sealed partial class InteractionEndpoint(DiscordRestClient rest, TimeProvider wire, ILogger log)
    : IInteractionEndpoint
{
    /// <summary>How far a request's time may be from ours; the same as our own client's.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private const int Ping = 1;

    private readonly Lock _lock = new();
    private readonly SeenInteractions _seen = new(65_536);
    private (string Key, ChannelWriter<DiscordEvent> Interactions)? _door;

    /// <summary>Opens the door.</summary>
    /// <param name="key">The application's key, in hexadecimal digits.</param>
    /// <param name="interactions">Who reads them. It is bounded; what does not fit is refused.</param>
    public void Open(string key, ChannelWriter<DiscordEvent> interactions)
    {
        lock (_lock)
        {
            _door = (key, interactions);
        }
    }

    /// <summary>Closes it.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _door = null;
        }
    }

    /// <inheritdoc/>
    public InteractionReceipt Receive(string? signature, string? timestamp, ReadOnlySpan<byte> body)
    {
        lock (_lock)
        {
            return _door is not (var key, var interactions) ? InteractionReceipt.Busy
                : signature is null
                || timestamp is null
                || !IsFresh(timestamp)
                || !IsSigned(key, signature, timestamp, body)
                    ? InteractionReceipt.Forged
                : Take(interactions, key, signature, timestamp, body.ToArray());
        }
    }

    private InteractionReceipt Take(
        ChannelWriter<DiscordEvent> interactions,
        string key,
        string signature,
        string timestamp,
        byte[] body
    )
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (
                json.RootElement.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.Number
                && type.GetInt32() == Ping
            )
            {
                // Discord.Net cannot read one without a user.
                return InteractionReceipt.Pong;
            }

            // Without calls of its own it has all it needs, so it is done at once.
            var parsing = rest.ParseHttpInteractionAsync(key, signature, timestamp, body, _ => false);
            if (!parsing.IsCompletedSuccessfully)
            {
                LogUnreadable(
                    log,
                    parsing.Exception?.GetBaseException().Message ?? "Discord.Net asked Discord about it."
                );
                return InteractionReceipt.Unreadable;
            }

            var interaction = parsing.Result;
            if (
                interaction is null
                || InteractionMap.From(interaction, MemberPermissions(json.RootElement), interaction.ChannelId)
                    is not { } mapped
            )
            {
                // A kind that we never offer: nobody waits for it.
                return InteractionReceipt.Accepted;
            }

            return !_seen.TryAdd(interaction.Id) ? InteractionReceipt.Forged
                : interactions.TryWrite(new DiscordEvent.Interacted(mapped)) ? InteractionReceipt.Accepted
                : InteractionReceipt.Busy;
        }
        catch (Exception e) when (e is Newtonsoft.Json.JsonException or JsonException or InvalidOperationException)
        {
            LogUnreadable(log, e.Message);
            return InteractionReceipt.Unreadable;
        }
    }

    /// <summary>Discord.Net does not show what the member may do in the channel, though Discord says so.</summary>
    private static DiscordPermissions MemberPermissions(JsonElement interaction) =>
        interaction.TryGetProperty("member", out var member)
        && member.ValueKind == JsonValueKind.Object
        && member.TryGetProperty("permissions", out var permissions)
        && ulong.TryParse(permissions.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            ? (DiscordPermissions)bits
            : DiscordPermissions.None;

    private bool IsSigned(string key, string signature, string timestamp, ReadOnlySpan<byte> body)
    {
        try
        {
            return signature.Length == 128
                && signature.All(char.IsAsciiHexDigit)
                && rest.IsValidHttpInteraction(key, signature, timestamp, body.ToArray());
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private bool IsFresh(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(wire.GetUtcNow().ToUnixTimeSeconds() - seconds) <= (long)Freshness.TotalSeconds;

    [LoggerMessage(LogLevel.Warning, "Discord.Net could not read an interaction that is signed by Discord: {Reason}")]
    private static partial void LogUnreadable(ILogger log, string reason);
}
