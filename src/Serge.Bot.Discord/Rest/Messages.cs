using System.Globalization;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Sends, edits and deletes messages in channels.</summary>
internal sealed class Messages(RestClient rest, MessageLinks links, TimeSpan timeout)
{
    public async Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        if (key is not { Length: >= 1 and <= DiscordMessage.MaxKeyLength })
        {
            throw new ArgumentException($"A key has 1 to {DiscordMessage.MaxKeyLength} characters.", nameof(key));
        }

        if (Validate(message) is { } refused)
        {
            return refused;
        }

        // Before the message is sent, so that nothing delays the record of the outcome.
        var channelUrl = await links.GetChannelUrlAsync(channel, cancellationToken);
        var body = MessageBody.From(message) with { Nonce = key, EnforceNonce = true };
        var route = Route.CreateMessage(channel.Value);
        var request = MessageRequest.Create(body, message.Picture);
        var result = await rest.SendAsync(route, request, timeout, deadline, cancellationToken);
        switch (result)
        {
            case RestResult.Success({ } json, _) when ParseId(json) is { } id:
                return new SendOutcome.Sent(id, MessageLinks.Combine(channelUrl, id));
            case RestResult.Success:
                return new SendOutcome.Unknown("Discord accepted the message, but its response has no id.");
            case RestResult.Error { Code: DiscordErrors.UnknownMessage }:
                // An earlier attempt with this key created the message, and it has been deleted since.
                return new SendOutcome.Sent(null, null);
            default:
                return ResponseDecoder.ToOutcome(result);
        }
    }

    public async Task<SendOutcome> EditAsync(
        ChannelId channel,
        string messageId,
        DiscordMessage message,
        CancellationToken cancellationToken
    )
    {
        if (Validate(message) is { } refused)
        {
            return refused;
        }

        var route = Route.EditMessage(channel.Value, DiscordMessageIds.Parse(messageId));
        var request = MessageRequest.Create(MessageBody.FromEdit(message), message.Picture);
        var result = await rest.SendAsync(route, request, timeout, cancellationToken);
        if (result is not RestResult.Success)
        {
            return ResponseDecoder.ToOutcome(result);
        }

        var channelUrl = await links.GetChannelUrlAsync(channel, cancellationToken);
        return new SendOutcome.Sent(messageId, MessageLinks.Combine(channelUrl, messageId));
    }

    public async Task<SendOutcome> DeleteAsync(ChannelId channel, string messageId, CancellationToken cancellationToken)
    {
        var route = Route.DeleteMessage(channel.Value, DiscordMessageIds.Parse(messageId));
        var result = await rest.SendAsync(route, null, timeout, cancellationToken);
        if (result is RestResult.Success or RestResult.Error { Code: DiscordErrors.UnknownMessage })
        {
            return new SendOutcome.Sent(messageId, null);
        }

        return ResponseDecoder.ToOutcome(result);
    }

    /// <summary>Refuses a message that Discord would refuse.</summary>
    public static SendOutcome.Refused? Validate(DiscordMessage message)
    {
        if (message.Text.Length == 0)
        {
            return new SendOutcome.Refused(Refusal.Payload, "The message is empty.");
        }

        if (DiscordMessage.Fits(message.Text))
        {
            return null;
        }

        var length = DiscordMessage.GetLength(message.Text);
        var reason = $"The message has {length} characters; Discord allows {DiscordMessage.MaxTextLength}.";
        return new SendOutcome.Refused(Refusal.Payload, reason);
    }

    /// <summary>Reads the id of the message in a response.</summary>
    public static string? ParseId(byte[] json)
    {
        var id = JsonReader.Parse(json).Member("id").Snowflake();
        return id?.ToString(CultureInfo.InvariantCulture);
    }
}
