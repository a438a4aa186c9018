using System.Globalization;

namespace Serge.Bot.Publishing;

/// <summary>What the bot needs in a channel. If its permissions are not known, none is missing: the server refuses a
/// post if it has to.</summary>
internal static class ChannelRequirements
{
    /// <summary>The permissions to post in a channel of a kind, and to look up posts.</summary>
    public static DiscordPermissions GetRequired(ChannelKind kind) =>
        GetToPost(kind) | DiscordPermissions.ReadMessageHistory;

    /// <summary>The missing permissions without which nothing can be posted.</summary>
    public static DiscordPermissions FindMissing(ChannelAccess access) => GetToPost(access.Kind) & ~Known(access);

    /// <summary>The permissions that options need besides. Buttons, crossposts of the bot's own messages, and mentions
    /// of a role that everyone may mention need none.</summary>
    /// <remarks>Source: Discord docs, Resources/Channel, Start Thread from Message; Resources/Message, Crosspost
    /// Message; Topics/Permissions, ATTACH_FILES.</remarks>
    public static DiscordPermissions GetRequiredByOptions(PostOptions options)
    {
        var needed = DiscordPermissions.None;
        if (options.Thread)
        {
            needed |= DiscordPermissions.CreatePublicThreads;
        }

        if (options.Picture)
        {
            needed |= DiscordPermissions.AttachFiles;
        }

        return needed;
    }

    /// <summary>The missing permissions without which an option has no effect.</summary>
    public static DiscordPermissions FindMissing(ChannelAccess access, PostOptions options)
    {
        if (access.Permissions is { } known)
        {
            return GetRequiredByOptions(options) & ~known;
        }

        return DiscordPermissions.None;
    }

    /// <summary>The missing permissions without which a post whose response was lost cannot be looked up, and so not be
    /// sent again.</summary>
    public static DiscordPermissions FindMissingForLookups(ChannelAccess access) =>
        DiscordPermissions.ReadMessageHistory & ~Known(access);

    /// <summary>Finds options that have no effect in a channel, and a forum that accepts no post.</summary>
    /// <param name="access">The channel and the bot's permissions in it.</param>
    /// <param name="options">The options of a schedule.</param>
    /// <param name="roles">The roles of the server; <see langword="null"/> if they are not known.</param>
    public static IEnumerable<OptionProblem> FindProblems(
        ChannelAccess access,
        PostOptions options,
        IReadOnlyList<DiscordRole>? roles
    )
    {
        if (access.RequiresTag)
        {
            yield return OptionProblem.TagRequired;
        }

        if (options.Crosspost && access.Kind != ChannelKind.Announcement)
        {
            yield return OptionProblem.NoAnnouncementChannel;
        }

        var missing = FindMissing(access, options);
        if (options.Thread && access.Kind is not (ChannelKind.Text or ChannelKind.Announcement))
        {
            yield return OptionProblem.NoThreads;
        }
        else if (missing.HasFlag(DiscordPermissions.CreatePublicThreads))
        {
            yield return OptionProblem.CannotCreateThreads;
        }

        if (missing.HasFlag(DiscordPermissions.AttachFiles))
        {
            yield return OptionProblem.CannotAttachFiles;
        }

        if (options.Mention is { } mention && roles is not null && FindProblem(access, mention, roles) is { } problem)
        {
            yield return problem;
        }
    }

    /// <summary>A mention must notify the members of the role, and only them.</summary>
    private static OptionProblem? FindProblem(ChannelAccess access, string mention, IReadOnlyList<DiscordRole> roles)
    {
        var role = roles.FirstOrDefault(role => role.Id.ToString(CultureInfo.InvariantCulture) == mention);
        if (role is null || role.Id == access.Guild?.Value)
        {
            return OptionProblem.NoRole;
        }

        var mayMention = access.Permissions?.HasFlag(DiscordPermissions.MentionEveryone) != false;
        return role.IsMentionable || mayMention ? null : OptionProblem.SilentRole;
    }

    /// <summary>In a thread, Send Messages has no effect. A post in a forum requires it, although the post is a
    /// thread.</summary>
    /// <remarks>Source: Discord docs, Topics/Threads, Permissions, and Creating Threads in Forum and Media Channels;
    /// Topics/Permissions, Inherited Permissions (Threads).</remarks>
    private static DiscordPermissions GetToPost(ChannelKind kind)
    {
        var isThread = kind == ChannelKind.Thread;
        var toSend = isThread ? DiscordPermissions.SendMessagesInThreads : DiscordPermissions.SendMessages;
        return DiscordPermissions.ViewChannel | toSend;
    }

    private static DiscordPermissions Known(ChannelAccess access) => access.Permissions ?? GetRequired(access.Kind);
}

/// <summary>Why an option of a schedule has no effect in a channel.</summary>
internal enum OptionProblem
{
    /// <summary>The channel is a forum that requires a tag for each post.</summary>
    TagRequired,

    /// <summary>Only messages of announcement channels can be crossposted.</summary>
    NoAnnouncementChannel,

    /// <summary>Messages of the channel cannot have threads.</summary>
    NoThreads,

    /// <summary>The bot lacks Create Public Threads.</summary>
    CannotCreateThreads,

    /// <summary>The bot lacks Attach Files: posts are text only.</summary>
    CannotAttachFiles,

    /// <summary>The server has no such role, or it is everyone.</summary>
    NoRole,

    /// <summary>A mention of the role notifies no member.</summary>
    SilentRole,
}
