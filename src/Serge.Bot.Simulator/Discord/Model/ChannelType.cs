namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>Discord's channel types.</summary>
/// <remarks>Source: Discord docs, Resources/Channel, Channel Types.</remarks>
public enum ChannelType
{
    Text = 0,

    /// <summary>Between a person and a bot.</summary>
    DirectMessage = 1,

    /// <summary>Voice in a guild; takes text messages, too.</summary>
    Voice = 2,

    /// <summary>A group of channels; takes no messages.</summary>
    Category = 4,

    /// <summary>Text that other guilds can follow.</summary>
    Announcement = 5,

    /// <summary>A thread of an announcement channel.</summary>
    AnnouncementThread = 10,

    /// <summary>A thread of another channel.</summary>
    PublicThread = 11,

    /// <summary>Threads only; takes no messages itself.</summary>
    Forum = 15,
}
