namespace Serge.Bot.Commands;

/// <summary>Asks Discord whether we can post in a channel of a server, and puts what is missing into words.</summary>
internal static class ChannelCheck
{
    /// <summary>Asks.</summary>
    /// <param name="discord">Whom.</param>
    /// <param name="guild">The server that the channel has to be in.</param>
    /// <param name="channel">Which, as a member chose it: it may be any.</param>
    /// <param name="words">The member's language.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why nothing can be posted there, and what to do; and what else is to be known.</returns>
    public static async Task<(string? Problem, string? Remark)> AskAsync(
        IDiscord discord,
        GuildId guild,
        ChannelId channel,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        var mention = $"<#{channel}>";
        return await discord.GetChannelAccessAsync(channel, cancellationToken) switch
        {
            Result<ChannelAccess>.Success(var access) when access.Guild != guild => (words.NoChannel, null),
            Result<ChannelAccess>.Success({ AcceptsMessages: false }) => (words.ChannelTakesNoMessages(mention), null),
            Result<ChannelAccess>.Success(var access)
                when ChannelNeeds.Missing(access) is var missing and not DiscordPermissions.None => (
                words.ChannelLacks(mention, words.Permissions(missing | ChannelNeeds.MissingForLookups(access))),
                null
            ),
            Result<ChannelAccess>.Success(var access) => (
                null,
                ChannelNeeds.MissingForLookups(access) == DiscordPermissions.None
                    ? null
                    : words.ChannelLacksHistory(mention)
            ),
            Result<ChannelAccess>.Refused => (words.NoChannel, null),
            _ => (words.DiscordIsSilent, null),
        };
    }
}
