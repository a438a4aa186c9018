namespace Serge.Bot.Discord.Model;

/// <summary>The types of channels.</summary>
/// <remarks>Source: Discord docs, Resources/Channel, Channel Types.</remarks>
internal static class ChannelTypes
{
    private const int Text = 0;
    private const int Category = 4;
    private const int Announcement = 5;
    private const int AnnouncementThread = 10;
    private const int PublicThread = 11;
    private const int PrivateThread = 12;
    private const int Directory = 14;
    private const int Forum = 15;
    private const int Media = 16;

    /// <summary>Source: Discord docs, Resources/Channel, Channel Flags, <c>REQUIRE_TAG</c>.</summary>
    private const int RequireTag = 1 << 4;

    /// <summary>Whether a channel accepts messages. An unknown type is assumed to; else Discord refuses the
    /// message.</summary>
    public static bool AcceptsMessages(int? type) => type is not (Category or Directory or Forum or Media);

    /// <summary>Whether a forum accepts only posts with a tag.</summary>
    public static bool RequiresTag(int? flags) => flags is { } bits && (bits & RequireTag) != 0;

    public static ChannelKind GetKind(int? type) =>
        type switch
        {
            Text => ChannelKind.Text,
            Announcement => ChannelKind.Announcement,
            Forum or Media => ChannelKind.Forum,
            AnnouncementThread or PublicThread or PrivateThread => ChannelKind.Thread,
            _ => ChannelKind.Other,
        };

    /// <summary>Whether the channel is a thread of another channel.</summary>
    public static bool IsThread(int? type) => type is AnnouncementThread or PublicThread or PrivateThread;
}
