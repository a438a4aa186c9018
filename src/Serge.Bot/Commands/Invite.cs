using System.Globalization;

namespace Serge.Bot.Commands;

/// <summary>The links by which the bot comes to a server, or to a member.</summary>
internal static class Invite
{
    /// <summary>All that the bot needs in a server, and no more: to see the channels it posts to, to write there, to show what it links to, and to find its own
    /// posts again when an answer was lost. 84,992.</summary>
    public const DiscordPermissions Needed =
        DiscordPermissions.ViewChannel
        | DiscordPermissions.SendMessages
        | DiscordPermissions.EmbedLinks
        | DiscordPermissions.ReadMessageHistory;

    private const string Authorize = "https://discord.com/oauth2/authorize";

    /// <summary>For somebody with Manage Server.</summary>
    /// <remarks>Source: Discord docs, Topics/OAuth2, Bot Authorization Flow.</remarks>
    public static Uri ToServer(ulong applicationId) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Authorize}?client_id={applicationId}&permissions={(ulong)Needed}&scope=bot+applications.commands&integration_type=0"
            )
        );

    /// <summary>For a member who wants the commands everywhere, also in direct messages. Discord grants it once user installs are switched on for the application.</summary>
    /// <remarks>Source: Discord docs, Resources/Application, Installation Context.</remarks>
    public static Uri ToMember(ulong applicationId) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Authorize}?client_id={applicationId}&scope=applications.commands&integration_type=1"
            )
        );
}
