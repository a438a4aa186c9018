using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Discord.Gateway;
using Serge.Bot.Simulator.Discord.Rest;

namespace Serge.Bot.Simulator.Discord;

public sealed partial class DiscordWorld
{
    /// <summary>Writes a message as a member would.</summary>
    public Message SendMessage(User user, Channel channel, string content)
    {
        lock (Gate)
        {
            return Write(channel, user, new MessageDraft { Content = content });
        }
    }

    /// <summary>Deletes a message, as a moderator would.</summary>
    public void Delete(Message message)
    {
        lock (Gate)
        {
            if (FindChannel(message.ChannelId) is { } channel)
            {
                Erase(channel, message);
            }
        }
    }

    internal Message Write(Channel channel, User author, MessageDraft draft)
    {
        var message = Draft(channel, author, draft, AllowedMentions.Everything);
        Add(channel, message);
        return message;
    }

    /// <summary>Makes a message that stands nowhere yet.</summary>
    internal Message Draft(Channel channel, User author, MessageDraft draft, AllowedMentions unlessSaid)
    {
        Message message = new()
        {
            Id = Ids.Next(),
            ChannelId = channel.Id,
            Author = author,
            Content = draft.Content ?? "",
            Timestamp = Clock.GetUtcNow(),
            Embeds = draft.Embeds ?? Message.EmptyArray,
            Components = draft.Components ?? Message.EmptyArray,
            Flags = draft.Flags ?? 0,
            Nonce = draft.Nonce,
        };
        return (draft.AllowedMentions ?? unlessSaid).ApplyTo(message, channel.Guild);
    }

    /// <summary>The message with the changes that were asked for; what was not named stays.</summary>
    internal static Message Change(
        Message message,
        MessageDraft draft,
        AllowedMentions unlessSaid,
        Guild? guild,
        DateTimeOffset now
    )
    {
        var changed = message with
        {
            Content = draft.Content ?? message.Content,
            Embeds = draft.Embeds ?? message.Embeds,
            Components = draft.Components ?? message.Components,
            Flags = message.Flags & ~Message.LoadingFlag,
            Edited = now,
        };
        return (draft.AllowedMentions ?? unlessSaid).ApplyTo(changed, guild);
    }

    internal void Add(Channel channel, Message message)
    {
        channel.Messages.Add(message);
        if (channel.Messages.Count > Options.MessagesPerChannel)
        {
            channel.Messages.RemoveAt(0);
        }

        Publish(new SimulatorEvent.MessageCreated(message));
        TellOf(channel, "MESSAGE_CREATE", reader => message.ToJson(channel, reader));
    }

    internal void Replace(Channel channel, Message message)
    {
        var index = channel.Messages.FindIndex(one => one.Id == message.Id);
        if (index >= 0)
        {
            channel.Messages[index] = message;
            TellOf(channel, "MESSAGE_UPDATE", reader => message.ToJson(channel, reader));
        }

        Publish(new SimulatorEvent.MessageEdited(message));
    }

    internal void Erase(Channel channel, Message message)
    {
        if (channel.Messages.RemoveAll(one => one.Id == message.Id) > 0)
        {
            TellOf(
                channel,
                "MESSAGE_DELETE",
                _ => new JsonObject { ["id"] = message.Id.ToString(), ["channel_id"] = channel.Id.ToString() }
            );
        }

        Publish(new SimulatorEvent.MessageDeleted(message));
    }

    private void TellOf(Channel channel, string eventName, Func<Application, JsonObject> dataFor)
    {
        if (channel.Guild is { } guild)
        {
            foreach (var application in _applications.Values)
            {
                if (Access.PermissionsOf(channel, application).HasFlag(Permissions.ViewChannel))
                {
                    var data = dataFor(application);
                    data["guild_id"] = guild.Id.ToString();
                    Gateway.Dispatch(application, guild.Id, eventName, data, GatewayIntents.GuildMessages);
                }
            }
        }
        else
        {
            Gateway.Dispatch(channel.Bot!, null, eventName, dataFor(channel.Bot!), GatewayIntents.DirectMessages);
        }
    }
}
