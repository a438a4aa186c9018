namespace Serge.Bot.Discord.Model;

/// <summary>Kinds of channels.</summary>
/// <remarks>Source: Discord docs, Resources/Channel, Channel Types.</remarks>
internal static class ChannelTypes
{
    private const int Category = 4;
    private const int AnnouncementThread = 10;
    private const int PublicThread = 11;
    private const int PrivateThread = 12;
    private const int Directory = 14;
    private const int Forum = 15;
    private const int Media = 16;

    /// <summary>Whether messages can be written in it. Of a kind that we do not know we assume so: Discord will say.</summary>
    public static bool TakesMessages(int? type) => type is not (Category or Directory or Forum or Media);

    /// <summary>Whether it is part of another channel.</summary>
    public static bool IsThread(int? type) => type is AnnouncementThread or PublicThread or PrivateThread;
}
