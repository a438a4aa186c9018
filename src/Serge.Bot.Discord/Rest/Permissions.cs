using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>What a member may do in a channel, worked out as Discord documents it.</summary>
/// <remarks>Source: Discord docs, Topics/Permissions, Permission Hierarchy and Overwrites, Implicit Permissions, Permissions for
/// Timed Out Members, Inherited Permissions (Threads).</remarks>
internal static class Permissions
{
    /// <summary>Everything there is.</summary>
    public const DiscordPermissions All = (DiscordPermissions)ulong.MaxValue;

    private const int RoleOverwrite = 0;
    private const int MemberOverwrite = 1;
    private const DiscordPermissions LeftInTimeOut =
        DiscordPermissions.ViewChannel | DiscordPermissions.ReadMessageHistory;

    /// <summary>Works it out.</summary>
    /// <param name="guild">The server, with its roles.</param>
    /// <param name="user">Who.</param>
    /// <param name="member">The same as a member of the server.</param>
    /// <param name="overwrites">Those of the channel; of a thread, those of its channel.</param>
    /// <param name="now">For time-outs.</param>
    public static DiscordPermissions Of(
        Guild guild,
        ulong user,
        Member member,
        IReadOnlyList<Overwrite> overwrites,
        DateTimeOffset now
    )
    {
        if (guild.OwnerId == user)
        {
            return All;
        }

        var mine = (member.Roles ?? []).ToHashSet();
        ulong allowed = 0;
        foreach (var role in guild.Roles ?? [])
        {
            if (role.Id is { } id && (id == guild.Id || mine.Contains(id)))
            {
                allowed |= role.Permissions ?? 0;
            }
        }

        if (((DiscordPermissions)allowed).HasFlag(DiscordPermissions.Administrator))
        {
            return All;
        }

        // Everybody's first, then those of our roles together, then our own: the later decides.
        allowed = Apply(allowed, overwrites.Where(o => o.Type == RoleOverwrite && o.Id == guild.Id));
        allowed = Apply(
            allowed,
            overwrites.Where(o => o.Type == RoleOverwrite && o.Id != guild.Id && o.Id is { } id && mine.Contains(id))
        );
        allowed = Apply(allowed, overwrites.Where(o => o.Type == MemberOverwrite && o.Id == user));

        var permissions = (DiscordPermissions)allowed;
        if (member.CommunicationDisabledUntil > now)
        {
            permissions &= LeftInTimeOut;
        }

        return permissions.HasFlag(DiscordPermissions.ViewChannel) ? permissions : DiscordPermissions.None;
    }

    /// <summary>What is denied by any of them goes first, then what is allowed by any of them comes.</summary>
    private static ulong Apply(ulong allowed, IEnumerable<Overwrite> overwrites)
    {
        ulong allow = 0;
        ulong deny = 0;
        foreach (var overwrite in overwrites)
        {
            allow |= overwrite.Allow ?? 0;
            deny |= overwrite.Deny ?? 0;
        }

        return (allowed & ~deny) | allow;
    }
}
