using System.Text.Json;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>Converts the gateway's events to the bot's own.</summary>
internal static class DispatchParser
{
    /// <summary>Converts an event.</summary>
    /// <returns><see langword="null"/> for events that the bot does not use.</returns>
    /// <exception cref="JsonException">The data does not match the event's name.</exception>
    public static DiscordEvent? Parse(GatewayFrame frame)
    {
        switch (frame.Event)
        {
            case "INTERACTION_CREATE":
                var model = frame.ReadData(InteractionModel.Read);
                var interaction = InteractionParser.Parse(model);
                if (interaction is not null)
                {
                    return new DiscordEvent.InteractionReceived(interaction);
                }

                break;
            case "GUILD_CREATE":
                if (frame.ReadJoinedGuild() is ({ } joinedId, var joinedAt))
                {
                    return new DiscordEvent.GuildJoined(new GuildId(joinedId)) { JoinedAt = joinedAt };
                }

                break;
            case "GUILD_DELETE":
                var left = frame.ReadData(UnavailableGuild.Read);
                if (left is { Id: { } leftId, Unavailable: not true })
                {
                    return new DiscordEvent.GuildLeft(new GuildId(leftId));
                }

                break;
            case "CHANNEL_DELETE" or "THREAD_DELETE":
                var deleted = frame.ReadData(ChannelModel.Read);
                if (deleted is { Id: { } channelId, GuildId: { } guildId })
                {
                    return new DiscordEvent.ChannelDeleted(new ChannelId(channelId), new GuildId(guildId));
                }

                break;
        }

        return null;
    }
}
