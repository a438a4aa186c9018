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
    /// <returns>Why nothing can be posted there and what to do; else limitations, if there are any. Whether the channel
    /// is a forum.</returns>
    public async Task<(string? Problem, string? Remark, bool IsForum)> RunAsync(
        ChannelId channel,
        PostOptions options,
        CancellationToken cancellationToken
    )
    {
        switch (await discord.GetChannelAccessAsync(channel, cancellationToken))
        {
            case Result<ChannelAccess>.Success(var access) when access.Guild == guild:
                var mention = $"<#{channel}>";
                var problem =
                    Check(access, options, roles: null, mention)
                    ?? await CheckRoleAsync(access, options, mention, cancellationToken);
                var remark = problem is null ? FindRemark(access, options, mention) : null;
                return (problem, remark, access.Kind == ChannelKind.Forum);
            case Result<ChannelAccess>.Success or Result<ChannelAccess>.Refused:
                return (strings.NoChannel, null, false);
            default:
                return (strings.DiscordIsUnavailable, null, false);
        }
    }

    private string? Check(ChannelAccess access, PostOptions options, IReadOnlyList<DiscordRole>? roles, string mention)
    {
        if (!access.AcceptsMessages && access.Kind != ChannelKind.Forum)
        {
            return strings.ChannelTakesNoMessages(mention);
        }

        foreach (var problem in ChannelRequirements.FindProblems(access, options, roles))
        {
            if (Describe(problem, access, options, mention) is { } text)
            {
                return text;
            }
        }

        if (ChannelRequirements.FindMissing(access) == DiscordPermissions.None)
        {
            return null;
        }

        return Lacks(access, options, mention);
    }

    /// <returns><see langword="null"/> for what does not prevent posts.</returns>
    private string? Describe(OptionProblem problem, ChannelAccess access, PostOptions options, string mention) =>
        problem switch
        {
            OptionProblem.TagRequired => strings.ForumRequiresTag(mention),
            OptionProblem.NoAnnouncementChannel => strings.ChannelIsNoAnnouncement(mention),
            OptionProblem.NoThreads => strings.ChannelHasNoThreads(mention),
            OptionProblem.CannotCreateThreads => Lacks(access, options, mention),
            OptionProblem.NoRole => strings.NoRole,
            OptionProblem.SilentRole => strings.RoleCannotBeMentioned($"<@&{options.Mention}>"),
            _ => null,
        };

    /// <summary>Names all missing permissions, so that an admin grants them once.</summary>
    private string Lacks(ChannelAccess access, PostOptions options, string mention)
    {
        var missing =
            ChannelRequirements.FindMissing(access)
            | ChannelRequirements.FindMissing(access, options)
            | ChannelRequirements.FindMissingForLookups(access);
        var names = strings.Permissions(missing);
        if (access.Kind == ChannelKind.Thread)
        {
            return strings.ThreadLacks(mention, names);
        }

        return strings.ChannelLacks(mention, names);
    }

    private async Task<string?> CheckRoleAsync(
        ChannelAccess access,
        PostOptions options,
        string mention,
        CancellationToken cancellationToken
    )
    {
        if (options.Mention is null)
        {
            return null;
        }

        var read = await discord.GetRolesAsync(guild, cancellationToken);
        if (read.TryGetValue(out var roles))
        {
            return Check(access, options, roles, mention);
        }

        return strings.DiscordIsUnavailable;
    }

    private string? FindRemark(ChannelAccess access, PostOptions options, string mention)
    {
        List<string> remarks = [];
        if (ChannelRequirements.FindMissingForLookups(access) != DiscordPermissions.None)
        {
            remarks.Add(strings.ChannelLacksHistory(mention));
        }

        if (ChannelRequirements.FindProblems(access, options, roles: null).Contains(OptionProblem.CannotAttachFiles))
        {
            remarks.Add(strings.ChannelLacksFiles(mention));
        }

        if (remarks.Count == 0)
        {
            return null;
        }

        return string.Join('\n', remarks);
    }
}
