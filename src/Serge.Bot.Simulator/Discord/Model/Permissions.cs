namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>Permissions in a guild or channel, as far as they matter to a bot that posts.</summary>
/// <remarks>Source: Discord docs, Topics/Permissions.</remarks>
[Flags]
public enum Permissions : ulong
{
    None = 0,

    /// <summary>Every permission, regardless of overwrites.</summary>
    Administrator = 1UL << 3,

    ManageGuild = 1UL << 5,

    ViewChannel = 1UL << 10,

    SendMessages = 1UL << 11,

    ManageMessages = 1UL << 13,

    EmbedLinks = 1UL << 14,

    AttachFiles = 1UL << 15,

    ReadMessageHistory = 1UL << 16,

    MentionEveryone = 1UL << 17,

    UseApplicationCommands = 1UL << 31,

    CreatePublicThreads = 1UL << 35,

    SendMessagesInThreads = 1UL << 38,

    /// <summary>The permissions of the <c>@everyone</c> role of a new guild.</summary>
    Default =
        ViewChannel
        | SendMessages
        | EmbedLinks
        | AttachFiles
        | ReadMessageHistory
        | UseApplicationCommands
        | CreatePublicThreads
        | SendMessagesInThreads,

    /// <summary>Every permission of this list.</summary>
    All = Administrator | ManageGuild | ManageMessages | MentionEveryone | Default,
}

internal static class PermissionBits
{
    /// <summary>Returns the bits as Discord's API writes them: decimal digits.</summary>
    public static string ToBits(this Permissions permissions) =>
        ((ulong)permissions).ToString(CultureInfo.InvariantCulture);
}
