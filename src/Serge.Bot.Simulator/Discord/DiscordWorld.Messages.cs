namespace Serge.Bot.Simulator.Discord;

public sealed partial class DiscordWorld
{
    /// <summary>Sends a message as a member.</summary>
    public ChannelMessage SendMessage(User user, Channel channel, string content)
    {
        lock (Lock)
        {
            return CreateMessage(channel, user, new MessageDraft { Content = content });
        }
    }

    internal ChannelMessage CreateMessage(Channel channel, User author, MessageDraft draft)
    {
        var message = BuildMessage(channel, author, draft, AllowedMentions.Everything);
        AddMessage(channel, message);
        return message;
    }

    /// <summary>Returns an edited copy of a message. Fields that the draft left out stay.</summary>
    internal ChannelMessage ApplyDraft(
        ChannelMessage message,
        MessageDraft draft,
        AllowedMentions defaultMentions,
        Guild? guild
    )
    {
        var edited = message with
        {
            Content = draft.Content ?? message.Content,
            Embeds = draft.Embeds ?? message.Embeds,
            Components = draft.Components ?? message.Components,
            Attachments = CreateAttachments(draft, message.Attachments),
            Flags = message.Flags & ~ChannelMessage.LoadingFlag,
            Edited = Clock.GetUtcNow(),
        };
        var mentions = draft.AllowedMentions ?? defaultMentions;
        return mentions.ApplyTo(edited, guild);
    }

    internal void ReplaceMessage(Channel channel, ChannelMessage message)
    {
        var index = channel.Messages.FindIndex(old => old.Id == message.Id);
        if (index >= 0)
        {
            channel.Messages[index] = message;
            DispatchMessageEvent(channel, "MESSAGE_UPDATE", bot => message.ToJson(channel, bot));
        }

        Publish(new DiscordWorldEvent.MessageEdited(message));
    }

    internal void RemoveMessage(Channel channel, ChannelMessage message)
    {
        if (channel.Messages.RemoveAll(old => old.Id == message.Id) > 0)
        {
            DispatchMessageEvent(channel, "MESSAGE_DELETE", _ => CreateDeleteData(message));
        }

        Publish(new DiscordWorldEvent.MessageDeleted(message));
    }

    /// <summary>Builds a message that is not in the channel yet.</summary>
    private ChannelMessage BuildMessage(
        Channel channel,
        User author,
        MessageDraft draft,
        AllowedMentions defaultMentions
    )
    {
        ChannelMessage message = new()
        {
            Id = Ids.Create(),
            ChannelId = channel.Id,
            Author = author,
            Content = draft.Content ?? "",
            Timestamp = Clock.GetUtcNow(),
            Embeds = draft.Embeds ?? ChannelMessage.EmptyArray,
            Components = draft.Components ?? ChannelMessage.EmptyArray,
            Attachments = CreateAttachments(draft, []),
            Flags = draft.Flags ?? 0,
            Nonce = draft.Nonce,
        };
        var mentions = draft.AllowedMentions ?? defaultMentions;
        return mentions.ApplyTo(message, channel.Guild);
    }

    /// <summary>The files of the draft: new ones, and those that it keeps. Without a list all stay.</summary>
    private IReadOnlyList<Attachment> CreateAttachments(MessageDraft draft, IReadOnlyList<Attachment> existing)
    {
        if (draft.Attachments is not { } drafts)
        {
            return existing;
        }

        List<Attachment> attachments = [];
        foreach (var (file, keptId, description) in drafts)
        {
            if (file is not null)
            {
                attachments.Add(CreateAttachment(file, description));
            }
            else if (existing.FirstOrDefault(old => old.Id == keptId) is { } kept)
            {
                attachments.Add(kept with { Description = description ?? kept.Description });
            }
        }

        return attachments;
    }

    private Attachment CreateAttachment(UploadedFile file, string? description) =>
        new()
        {
            Id = Ids.Create(),
            FileName = file.Name,
            Description = description,
            ContentType = file.ContentType,
            Content = file.Content,
            Size = file.PngSize,
        };

    private void AddMessage(Channel channel, ChannelMessage message)
    {
        channel.Messages.Add(message);
        if (channel.Messages.Count > Options.MessagesPerChannel)
        {
            channel.Messages.RemoveAt(0);
        }

        Publish(new DiscordWorldEvent.MessageCreated(message));
        DispatchMessageEvent(channel, "MESSAGE_CREATE", bot => message.ToJson(channel, bot));
    }

    private static JsonObject CreateDeleteData(ChannelMessage message) =>
        new() { ["id"] = message.Id.ToString(), ["channel_id"] = message.ChannelId.ToString() };

    /// <summary>Sends a channel's event to all bots that see the channel.</summary>
    private void DispatchMessageEvent(Channel channel, string eventName, Func<Application, JsonObject> createData)
    {
        if (channel.Guild is not { } guild)
        {
            var bot = channel.Bot!;
            Gateway.Dispatch(bot, null, eventName, createData(bot), GatewayIntents.DirectMessages);
            return;
        }

        foreach (var bot in _applications.Values)
        {
            if (channel.GetPermissions(bot).HasFlag(Permissions.ViewChannel))
            {
                var data = createData(bot);
                data["guild_id"] = guild.Id.ToString();
                Gateway.Dispatch(bot, guild.Id, eventName, data, GatewayIntents.GuildMessages);
            }
        }
    }
}
