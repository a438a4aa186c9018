namespace Serge.Bot.Publishing;

/// <summary>The permissions that the bot needs in a channel. If they are not known, none is missing: the server refuses
/// a post if it has to.</summary>
internal static class ChannelNeeds
{
    public const DiscordPermissions All = ToPost | DiscordPermissions.ReadMessageHistory;

    private const DiscordPermissions ToPost = DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages;

    /// <summary>The missing permissions without which nothing can be posted.</summary>
    public static DiscordPermissions Missing(ChannelAccess access) => ToPost & ~Known(access);

    /// <summary>The permissions that an option needs besides. Buttons, crossposts of the bot's own messages, and mentions
    /// of a role that everyone may mention need none.</summary>
    /// <remarks>Source: Discord docs, Resources/Channel, Start Thread from Message; Resources/Message, Crosspost
    /// Message.</remarks>
    public static DiscordPermissions For(PostOptions options) =>
        options.Thread ? DiscordPermissions.CreatePublicThreads : DiscordPermissions.None;

    /// <summary>The missing permissions without which an option has no effect.</summary>
    public static DiscordPermissions Missing(ChannelAccess access, PostOptions options) =>
        access.Permissions is { } known ? For(options) & ~known : DiscordPermissions.None;

    /// <summary>The missing permissions without which a post whose answer was lost cannot be looked up, and so not be
    /// sent again.</summary>
    public static DiscordPermissions MissingForLookups(ChannelAccess access) =>
        DiscordPermissions.ReadMessageHistory & ~Known(access);

    private static DiscordPermissions Known(ChannelAccess access) => access.Permissions ?? All;
}
