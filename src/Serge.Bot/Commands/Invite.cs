using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary>Links that add the bot to a server or to a member.</summary>
internal static class Invite
{
    /// <summary>The permissions that the bot requests in a server: to post, to show link previews, and to look up its
    /// own posts when a response was lost. 84,992. Threads need Send Messages in Threads instead of Send Messages:
    /// everyone has it by default, and it is checked where an admin chooses a thread.</summary>
    public const DiscordPermissions Needed =
        DiscordPermissions.ViewChannel
        | DiscordPermissions.SendMessages
        | DiscordPermissions.EmbedLinks
        | DiscordPermissions.ReadMessageHistory;

    /// <summary>The same, and what the options of the operator's schedules need. Options of a server's own schedules
    /// are checked where an admin chooses them.</summary>
    public static DiscordPermissions GetNeeded(IEnumerable<Schedule> schedules)
    {
        var onDiscord = schedules.Where(schedule => schedule.To.Any(to => Destinations.GetChannel(to) is not null));
        return onDiscord.Aggregate(
            Needed,
            (needed, schedule) => needed | ChannelRequirements.GetRequiredByOptions(schedule.Options)
        );
    }

    private const string Authorize = "https://discord.com/oauth2/authorize";

    /// <summary>For a member with Manage Server.</summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="permissions">See <see cref="GetNeeded"/>.</param>
    /// <remarks>Source: Discord docs, Topics/OAuth2, Bot Authorization Flow.</remarks>
    public static Uri ToServer(ulong applicationId, DiscordPermissions permissions)
    {
        var number = (ulong)permissions;
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"client_id={applicationId}&permissions={number}&scope=bot+applications.commands&integration_type=0"
        );
        return new Uri($"{Authorize}?{query}");
    }

    /// <summary>For a member who wants the commands everywhere, also in direct messages. Discord accepts it if user
    /// install is enabled for the application.</summary>
    /// <remarks>Source: Discord docs, Resources/Application, Installation Context.</remarks>
    public static Uri ToMember(ulong applicationId)
    {
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"client_id={applicationId}&scope=applications.commands&integration_type=1"
        );
        return new Uri($"{Authorize}?{query}");
    }
}
