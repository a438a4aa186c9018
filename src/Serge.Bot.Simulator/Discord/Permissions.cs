namespace Serge.Bot.Simulator.Discord;

/// <summary>What somebody may do in a guild or channel; the bits that matter to a bot that posts.</summary>
/// <remarks>Source: Discord docs, Topics/Permissions.</remarks>
[Flags]
public enum Permissions : ulong
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Everything, overwrites included.</summary>
    Administrator = 1UL << 3,

    /// <summary>May change the guild.</summary>
    ManageGuild = 1UL << 5,

    /// <summary>May see the channel.</summary>
    ViewChannel = 1UL << 10,

    /// <summary>May write in the channel.</summary>
    SendMessages = 1UL << 11,

    /// <summary>May delete what others wrote.</summary>
    ManageMessages = 1UL << 13,

    /// <summary>May use embeds.</summary>
    EmbedLinks = 1UL << 14,

    /// <summary>May attach files.</summary>
    AttachFiles = 1UL << 15,

    /// <summary>May read what was written before.</summary>
    ReadMessageHistory = 1UL << 16,

    /// <summary>May mention everyone.</summary>
    MentionEveryone = 1UL << 17,

    /// <summary>May use slash commands.</summary>
    UseApplicationCommands = 1UL << 31,

    /// <summary>May write in threads.</summary>
    SendMessagesInThreads = 1UL << 38,

    /// <summary>What members of a new guild may do here.</summary>
    Default =
        ViewChannel
        | SendMessages
        | EmbedLinks
        | AttachFiles
        | ReadMessageHistory
        | UseApplicationCommands
        | SendMessagesInThreads,

    /// <summary>Every bit of this list.</summary>
    All = Administrator | ManageGuild | ManageMessages | MentionEveryone | Default,
}
