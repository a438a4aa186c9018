namespace Serge.Bot.Commands;

/// <summary>Checks whether the bot can post in a channel of a server.</summary>
internal static class ChannelCheck
{
    /// <param name="discord">The client.</param>
    /// <param name="guild">The server of the channel.</param>
    /// <param name="channel">Any id: a member has chosen it.</param>
    /// <param name="strings">The member's language.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Why nothing can be posted there and what to do; else a limitation, if there is one.</returns>
    public static async Task<(string? Problem, string? Remark)> CheckAsync(
        IDiscord discord,
        GuildId guild,
        ChannelId channel,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        switch (await discord.GetChannelAccessAsync(channel, cancellationToken))
        {
            case Result<ChannelAccess>.Success(var access) when access.Guild == guild:
                return Check(access, $"<#{channel}>", strings);
            case Result<ChannelAccess>.Success or Result<ChannelAccess>.Refused:
                return (strings.NoChannel, null);
            default:
                return (strings.DiscordIsUnavailable, null);
        }
    }

    private static (string? Problem, string? Remark) Check(ChannelAccess access, string mention, Strings strings)
    {
        if (!access.AcceptsMessages)
        {
            return (strings.ChannelTakesNoMessages(mention), null);
        }

        var missing = ChannelNeeds.Missing(access);
        var missingForLookups = ChannelNeeds.MissingForLookups(access);
        if (missing != DiscordPermissions.None)
        {
            var permissions = strings.Permissions(missing | missingForLookups);
            return (strings.ChannelLacks(mention, permissions), null);
        }

        var canLookUp = missingForLookups == DiscordPermissions.None;
        return (null, canLookUp ? null : strings.ChannelLacksHistory(mention));
    }
}
