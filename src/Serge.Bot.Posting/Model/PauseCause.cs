namespace Serge.Bot.Posting.Model;

/// <summary>Why a schedule is paused.</summary>
public enum PauseCause
{
    /// <summary>Its owner paused it.</summary>
    Admin,

    /// <summary>Its channel was deleted.</summary>
    ChannelDeleted,

    /// <summary>The bot lacks permission to post in its channel.</summary>
    ChannelForbidden,

    /// <summary>This machine does not know its time zone.</summary>
    UnknownZone,
}
