using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary>Finds options of schedules that have no effect in their channel.</summary>
internal static class OptionDiagnostics
{
    /// <param name="access">The channel and the bot's permissions in it.</param>
    /// <param name="destination">The channel as the schedule names it.</param>
    /// <param name="options">The options of the schedule.</param>
    /// <param name="roles">The roles of the server; <see langword="null"/> if they are not known.</param>
    /// <returns>A sentence for each problem, with what to do.</returns>
    public static IEnumerable<string> Find(
        ChannelAccess access,
        Destination destination,
        PostOptions options,
        IReadOnlyList<DiscordRole>? roles
    )
    {
        var isForum = access.Kind == ChannelKind.Forum;
        if (isForum != Destinations.IsForum(destination))
        {
            var id = Destinations.GetChannel(destination);
            yield return isForum
                ? $"is a forum. Name it discord:forum:{id}."
                : $"is not a forum. Name it discord:{id}.";
        }

        if (access.RequiresTag)
        {
            yield return "requires a tag for each post, which the bot does not set. Allow posts without a tag.";
        }

        if (options.Crosspost && access.Kind != ChannelKind.Announcement)
        {
            yield return "is not an announcement channel, so Crosspost has no effect. Turn it off.";
        }

        if (options.Thread && access.Kind is not (ChannelKind.Text or ChannelKind.Announcement))
        {
            yield return "has no threads under messages, so Thread has no effect. Turn it off.";
        }
        else if (ChannelNeeds.Missing(access, options) != DiscordPermissions.None)
        {
            yield return "lacks Create Public Threads, which Thread needs. Grant it to the bot’s role.";
        }

        if (options.Picture && access.Permissions?.HasFlag(DiscordPermissions.AttachFiles) == false)
        {
            yield return "lacks Attach Files, so posts have no Picture. Grant it to the bot’s role.";
        }

        if (options.Mention is { } mention && FindRoleProblem(access, mention, roles) is { } problem)
        {
            yield return problem;
        }
    }

    private static string? FindRoleProblem(ChannelAccess access, string mention, IReadOnlyList<DiscordRole>? roles)
    {
        if (roles is null)
        {
            return null;
        }

        var role = roles.FirstOrDefault(role => role.Id.ToString(CultureInfo.InvariantCulture) == mention);
        if (role is null || role.Id == access.Guild?.Value)
        {
            return $"has no role {mention} to mention. Copy the id of a role other than everyone.";
        }

        var mayMention = access.Permissions?.HasFlag(DiscordPermissions.MentionEveryone) != false;
        if (role.IsMentionable || mayMention)
        {
            return null;
        }

        return $"mentions role {mention}, which notifies nobody. Allow anyone to mention it, under Server Settings, Roles.";
    }
}
