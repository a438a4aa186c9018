using System.Diagnostics.CodeAnalysis;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Finds what a route names, as far as the bot may touch it.</summary>
internal static class Access
{
    /// <summary>The channel of the route, if the bot sees it and has these permissions there.</summary>
    public static bool TryChannel(
        RestRequest request,
        Permissions needed,
        [NotNullWhen(true)] out Channel? channel,
        [NotNullWhen(false)] out Answer? refusal
    )
    {
        channel = null;
        if (!request.TryId("channel", out var id, out refusal))
        {
            return false;
        }

        channel = request.World.FindChannel(id);
        refusal = channel is null ? DiscordError.UnknownChannel : Refusal(channel, request.Bot, needed);
        return refusal is null;
    }

    /// <summary>The message of the route.</summary>
    public static bool TryMessage(
        RestRequest request,
        Channel channel,
        [NotNullWhen(true)] out Message? message,
        [NotNullWhen(false)] out Answer? refusal
    )
    {
        message = null;
        if (!request.TryId("message", out var id, out refusal))
        {
            return false;
        }

        message = channel.Find(id);
        refusal = message is null ? DiscordError.UnknownMessage : null;
        return message is not null;
    }

    /// <summary>The guild of the route, if the bot is in it.</summary>
    public static bool TryGuild(
        RestRequest request,
        [NotNullWhen(true)] out Guild? guild,
        [NotNullWhen(false)] out Answer? refusal
    )
    {
        guild = null;
        if (!request.TryId("guild", out var id, out refusal))
        {
            return false;
        }

        guild = request.World.FindGuild(id);
        refusal =
            guild is null ? DiscordError.UnknownGuild
            : guild.Members.ContainsKey(request.Bot.Id) ? null
            : DiscordError.MissingAccess;
        return refusal is null;
    }

    /// <summary>What a bot may do in a channel; all that matters in its direct messages.</summary>
    public static Permissions PermissionsOf(Channel channel, Application bot) =>
        channel.Guild is { } guild
            ? guild.Members.TryGetValue(bot.Id, out var member)
                ? channel.PermissionsOf(member)
                : Permissions.None
            : channel.Bot == bot
                ? Permissions.Default
                : Permissions.None;

    private static Answer? Refusal(Channel channel, Application bot, Permissions needed)
    {
        var permissions = PermissionsOf(channel, bot);
        if (!permissions.HasFlag(Permissions.ViewChannel))
        {
            return DiscordError.MissingAccess;
        }

        return permissions.HasFlag(needed) ? null : DiscordError.MissingPermissions;
    }
}
