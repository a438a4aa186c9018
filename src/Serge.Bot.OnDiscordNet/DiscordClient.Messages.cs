using System.Text.Json.Nodes;
using Discord;

namespace Serge.Bot.OnDiscordNet;

/// <content>Sends, edits and deletes messages.</content>
public sealed partial class DiscordClient
{
    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(
        ChannelId channel,
        DiscordMessage message,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(message);
        if (key is not { Length: >= 1 and <= DiscordMessage.MaxKeyLength })
        {
            throw new ArgumentException($"A key has 1 to {DiscordMessage.MaxKeyLength} characters.", nameof(key));
        }

        var read = await GetMessageChannelAsync(channel, cancellationToken);
        if (!read.TryGetValue(out var messageChannel))
        {
            return ResponseDecoder.ToUnsent(read);
        }

        var (call, sent) = await CallAsync(
            options =>
                messageChannel.SendMessageAsync(
                    message.Text,
                    options: options,
                    allowedMentions: GetAllowedMentions(message),
                    components: CreateButtons(message),
                    flags: GetFlags(message)
                ),
            _options.CallTimeout,
            cancellationToken,
            isIdempotent: false,
            changeBody: body =>
            {
                body["nonce"] = key;
                body["enforce_nonce"] = true;
                SetAttachments(body, message);
            },
            deadline: deadline,
            picture: message.Picture
        );
        if (call.IsSuccess && (sent?.Id ?? ResponseDecoder.ReadId(call)) is { } id)
        {
            var messageId = DiscordMessageIds.Format(id);
            return new SendOutcome.Sent(messageId, GetMessageLink(messageChannel, messageId));
        }

        if (call.IsSuccess)
        {
            return new SendOutcome.Unknown("Discord accepted the message, but its response has no id.");
        }

        // An earlier attempt with this key created the message, and it has been deleted since.
        if (ResponseDecoder.IsUnknownMessage(call.Error))
        {
            return new SendOutcome.Sent(null, null);
        }

        return ResponseDecoder.ToOutcome(call);
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> EditAsync(
        ChannelId channel,
        string messageId,
        DiscordMessage message,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(message);
        var read = await GetMessageChannelAsync(channel, cancellationToken);
        if (!read.TryGetValue(out var messageChannel))
        {
            return ResponseDecoder.ToUnsent(read);
        }

        var id = DiscordMessageIds.Parse(messageId);
        var (call, _) = await CallAsync(
            options => messageChannel.ModifyMessageAsync(id, edit => Fill(edit, message), options),
            _options.CallTimeout,
            cancellationToken,
            changeBody: body => ReplaceAttachments(body, message),
            picture: message.Picture
        );
        if (call.IsSuccess)
        {
            return new SendOutcome.Sent(messageId, GetMessageLink(messageChannel, messageId));
        }

        return ResponseDecoder.ToOutcome(call);
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> DeleteAsync(ChannelId channel, string messageId, CancellationToken cancellationToken)
    {
        var read = await GetMessageChannelAsync(channel, cancellationToken);
        if (!read.TryGetValue(out var messageChannel))
        {
            return ResponseDecoder.ToUnsent(read);
        }

        var id = DiscordMessageIds.Parse(messageId);
        var (call, _) = await CallAsync(
            options => ToObjectAsync(messageChannel.DeleteMessageAsync(id, options)),
            _options.CallTimeout,
            cancellationToken
        );
        if (call.IsSuccess || ResponseDecoder.IsUnknownMessage(call.Error))
        {
            return new SendOutcome.Sent(messageId, null);
        }

        return ResponseDecoder.ToOutcome(call);
    }

    /// <summary>Finds a channel for messages in Discord.Net's cache, or reads it.</summary>
    private async Task<Result<IMessageChannel>> GetMessageChannelAsync(
        ChannelId channel,
        CancellationToken cancellationToken
    )
    {
        if (_socket?.GetChannel(channel.Value) is IMessageChannel cached)
        {
            return new Result<IMessageChannel>.Success(cached);
        }

        var read = await ReadAsync(
            async options => await _rest.GetChannelAsync(channel.Value, options),
            cancellationToken
        );
        if (!read.TryGetValue(out var found))
        {
            return read.AsFailure<IMessageChannel>();
        }

        if (found is IMessageChannel messageChannel)
        {
            return new Result<IMessageChannel>.Success(messageChannel);
        }

        return new Result<IMessageChannel>.Refused(Refusal.Forbidden, "The channel does not accept messages.");
    }

    private static AllowedMentions GetAllowedMentions(DiscordMessage message)
    {
        if (message.MentionedRole is { } role)
        {
            return new AllowedMentions { RoleIds = [role] };
        }

        return AllowedMentions.None;
    }

    private static void Fill(MessageProperties edit, DiscordMessage message)
    {
        edit.Content = message.Text;
        edit.AllowedMentions = AllowedMentions.None;
        edit.Components = CreateButtons(message);
        edit.Flags = GetFlags(message);
    }

    /// <summary>Describes the file in the part <c>files[0]</c>. Discord.Net would send it with requests of its
    /// own.</summary>
    private static void SetAttachments(JsonNode message, DiscordMessage content)
    {
        if (content.Picture is { } picture)
        {
            JsonObject attachment = new()
            {
                ["id"] = 0,
                ["filename"] = picture.FileName,
                ["description"] = picture.Description,
            };
            message["attachments"] = new JsonArray(attachment);
        }
    }

    /// <summary>Without the field the files of the edited message would stay.</summary>
    private static void ReplaceAttachments(JsonNode message, DiscordMessage content)
    {
        message["attachments"] = new JsonArray();
        SetAttachments(message, content);
    }

    private static MessageFlags GetFlags(DiscordMessage message) =>
        message.SuppressEmbeds ? MessageFlags.SuppressEmbeds : MessageFlags.None;

    private static MessageComponent CreateButtons(DiscordMessage message)
    {
        var builder = new ComponentBuilder();
        foreach (var button in message.Buttons)
        {
            builder.WithButton(button.Label, button.CustomId, ButtonStyle.Secondary);
        }

        return builder.Build();
    }

    /// <summary>The web address of a message in Discord's own web client; other servers have none.</summary>
    private Uri? GetMessageLink(IMessageChannel channel, string messageId) =>
        GetLink(channel, $"{DiscordMessageIds.Format(channel.Id)}/{messageId}");

    /// <param name="channel">A channel of the guild.</param>
    /// <param name="path">The path below the guild.</param>
    private Uri? GetLink(IChannel channel, string path)
    {
        if (_options.ApiAddress is not { Scheme: "https", Host: "discord.com" })
        {
            return null;
        }

        var guild = channel is IGuildChannel { GuildId: var guildId } ? DiscordMessageIds.Format(guildId) : "@me";
        return new Uri($"https://discord.com/channels/{guild}/{path}");
    }
}
