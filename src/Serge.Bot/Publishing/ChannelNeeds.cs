namespace Serge.Bot.Publishing;

/// <summary>The permissions that the bot needs in a channel. If they are not known, none is missing: the server refuses
/// a post if it has to.</summary>
internal static class ChannelNeeds
{
    public const DiscordPermissions All = ToPost | DiscordPermissions.ReadMessageHistory;

    private const DiscordPermissions ToPost = DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages;

    /// <summary>The missing permissions without which nothing can be posted.</summary>
    public static DiscordPermissions Missing(ChannelAccess access) => ToPost & ~Known(access);

    /// <summary>The missing permissions without which a post whose answer was lost cannot be looked up, and so not be
    /// sent again.</summary>
    public static DiscordPermissions MissingForLookups(ChannelAccess access) =>
        DiscordPermissions.ReadMessageHistory & ~Known(access);

    private static DiscordPermissions Known(ChannelAccess access) => access.Permissions ?? All;
}
