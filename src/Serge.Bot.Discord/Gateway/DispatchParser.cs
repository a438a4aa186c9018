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
                var model = frame.DeserializeData(DiscordJson.Default.InteractionModel);
                var interaction = InteractionParser.Parse(model);
                return interaction is null ? null : new DiscordEvent.InteractionReceived(interaction);
            case "GUILD_CREATE":
                var joined = frame.DeserializeData(DiscordJson.Default.UnavailableGuild);
                return joined.Id is { } joinedId ? new DiscordEvent.GuildJoined(new GuildId(joinedId)) : null;
            case "GUILD_DELETE":
                var left = frame.DeserializeData(DiscordJson.Default.UnavailableGuild);
                return left is { Id: { } leftId, Unavailable: not true }
                    ? new DiscordEvent.GuildLeft(new GuildId(leftId))
                    : null;
            case "CHANNEL_DELETE" or "THREAD_DELETE":
                var deleted = frame.DeserializeData(DiscordJson.Default.ChannelModel);
                return deleted is { Id: { } channelId, GuildId: { } guildId }
                    ? new DiscordEvent.ChannelDeleted(new ChannelId(channelId), new GuildId(guildId))
                    : null;
            default:
                return null;
        }
    }
}
