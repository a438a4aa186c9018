using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Calculates the permissions of a member in a channel.</summary>
/// <remarks>Source: Discord docs, Topics/Permissions, Permission Hierarchy and Overwrites, Implicit Permissions,
/// Permissions for Timed Out Members, Inherited Permissions (Threads).</remarks>
internal static class PermissionCalculator
{
    public const DiscordPermissions All = (DiscordPermissions)ulong.MaxValue;

    private const int RoleOverwrite = 0;
    private const int MemberOverwrite = 1;
    private const DiscordPermissions AllowedInTimeout =
        DiscordPermissions.ViewChannel | DiscordPermissions.ReadMessageHistory;

    /// <summary>Calculates the permissions.</summary>
    /// <param name="guild">The guild with its roles.</param>
    /// <param name="user">The id of the user.</param>
    /// <param name="member">The user as a member of the guild.</param>
    /// <param name="overwrites">The overwrites of the channel; for a thread, those of its channel.</param>
    /// <param name="now">For timeouts.</param>
    /// <returns><see langword="null"/> if the permissions of the role of all members are not known: the one with the
    /// guild's id, which every guild has.</returns>
    public static DiscordPermissions? Calculate(
        GuildModel guild,
        ulong user,
        MemberModel member,
        IReadOnlyList<OverwriteModel> overwrites,
        DateTimeOffset now
    )
    {
        if (guild.OwnerId == user)
        {
            return All;
        }

        var roles = (member.Roles ?? []).ToHashSet();
        var membersRoles = (guild.Roles ?? []).Where(IsOfMember).ToList();
        if (membersRoles.Find(role => role.Id == guild.Id)?.Permissions is null)
        {
            return null;
        }

        var allowed = membersRoles.Aggregate(0UL, (sum, role) => sum | (role.Permissions ?? 0));

        if (((DiscordPermissions)allowed).HasFlag(DiscordPermissions.Administrator))
        {
            return All;
        }

        // The overwrites of all members come first, then those of the roles together, then the member's own. The last
        // one decides.
        var roleOverwrites = overwrites.Where(overwrite => overwrite.Type == RoleOverwrite).ToList();
        allowed = Apply(allowed, roleOverwrites.Where(overwrite => overwrite.Id == guild.Id));
        allowed = Apply(allowed, roleOverwrites.Where(IsOfMembersRole));
        allowed = Apply(allowed, overwrites.Where(o => o.Type == MemberOverwrite && o.Id == user));

        var permissions = (DiscordPermissions)allowed;
        if (member.CommunicationDisabledUntil > now)
        {
            permissions &= AllowedInTimeout;
        }

        if (!permissions.HasFlag(DiscordPermissions.ViewChannel))
        {
            return DiscordPermissions.None;
        }

        return permissions;

        bool IsOfMember(RoleModel role) => role.Id is { } id && (id == guild.Id || roles.Contains(id));

        bool IsOfMembersRole(OverwriteModel overwrite) =>
            overwrite.Id != guild.Id && overwrite.Id is { } id && roles.Contains(id);
    }

    /// <summary>Removes what any overwrite denies, then adds what any overwrite allows.</summary>
    private static ulong Apply(ulong allowed, IEnumerable<OverwriteModel> overwrites)
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
