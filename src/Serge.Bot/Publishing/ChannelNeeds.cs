namespace Serge.Bot.Publishing;

/// <summary>What a channel has to allow us.</summary>
internal static class ChannelNeeds
{
    /// <summary>All of it.</summary>
    public const DiscordPermissions All = ToPost | DiscordPermissions.ReadMessageHistory;

    private const DiscordPermissions ToPost = DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages;

    /// <summary>What is missing before anything can be posted there.</summary>
    public static DiscordPermissions Missing(ChannelAccess access) => ToPost & ~access.Permissions;

    /// <summary>What is missing for a look whether a post is there already, when an answer was lost. Without it such a post cannot be sent a second time.</summary>
    public static DiscordPermissions MissingForLooks(ChannelAccess access) =>
        DiscordPermissions.ReadMessageHistory & ~access.Permissions;
}
