using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary>Checks whether the bot can post in a channel of a server, with the options of a schedule.</summary>
/// <param name="discord">The client.</param>
/// <param name="guild">The server of the channel.</param>
/// <param name="strings">The member's language.</param>
internal sealed class ChannelCheck(IDiscord discord, GuildId guild, Strings strings)
{
    /// <param name="channel">Any id: a member has chosen it.</param>
    /// <param name="options">What accompanies the posts.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Why nothing can be posted there and what to do; else a limitation, if there is one. Whether the channel is
    /// a forum.</returns>
    public async Task<(string? Problem, string? Remark, bool IsForum)> RunAsync(
        ChannelId channel,
        PostOptions options,
        CancellationToken cancellationToken
    )
    {
        switch (await discord.GetChannelAccessAsync(channel, cancellationToken))
        {
            case Result<ChannelAccess>.Success(var access) when access.Guild == guild:
                var problem =
                    Check(access, options, $"<#{channel}>") ?? await CheckRoleAsync(access, options, cancellationToken);
                var remark = FindRemark(access, $"<#{channel}>", problem);
                return (problem, remark, access.Kind == ChannelKind.Forum);
            case Result<ChannelAccess>.Success or Result<ChannelAccess>.Refused:
                return (strings.NoChannel, null, false);
            default:
                return (strings.DiscordIsUnavailable, null, false);
        }
    }

    private string? Check(ChannelAccess access, PostOptions options, string mention)
    {
        if (!access.AcceptsMessages && access.Kind != ChannelKind.Forum)
        {
            return strings.ChannelTakesNoMessages(mention);
        }

        if (access.RequiresTag)
        {
            return strings.ForumRequiresTag(mention);
        }

        if (options.Crosspost && access.Kind != ChannelKind.Announcement)
        {
            return strings.ChannelIsNoAnnouncement(mention);
        }

        if (options.Thread && access.Kind is not (ChannelKind.Text or ChannelKind.Announcement))
        {
            return strings.ChannelHasNoThreads(mention);
        }

        var missing = ChannelNeeds.Missing(access) | ChannelNeeds.Missing(access, options);
        if (missing == DiscordPermissions.None)
        {
            return null;
        }

        var permissions = strings.Permissions(missing | ChannelNeeds.MissingForLookups(access));
        return strings.ChannelLacks(mention, permissions);
    }

    /// <summary>A mention must notify the members of the role, and only them.</summary>
    private async Task<string?> CheckRoleAsync(
        ChannelAccess access,
        PostOptions options,
        CancellationToken cancellationToken
    )
    {
        if (options.Mention is not { } id)
        {
            return null;
        }

        var read = await discord.GetRolesAsync(guild, cancellationToken);
        if (!read.TryGetValue(out var roles))
        {
            return strings.DiscordIsUnavailable;
        }

        var role = roles.FirstOrDefault(role => role.Id.ToString(CultureInfo.InvariantCulture) == id);
        if (role is null || role.Id == guild.Value)
        {
            return strings.NoRole;
        }

        var mayMention = access.Permissions?.HasFlag(DiscordPermissions.MentionEveryone) != false;
        return role.IsMentionable || mayMention ? null : strings.RoleCannotBeMentioned($"<@&{id}>");
    }

    private string? FindRemark(ChannelAccess access, string mention, string? problem)
    {
        var canLookUp = ChannelNeeds.MissingForLookups(access) == DiscordPermissions.None;
        return canLookUp || problem is not null ? null : strings.ChannelLacksHistory(mention);
    }
}
