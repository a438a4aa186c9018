namespace Serge.Bot.Posting.Model;

/// <summary>What accompanies the posts of a schedule, where the platform has it.</summary>
public sealed record PostOptions
{
    /// <summary>What a schedule has whose owner chose nothing.</summary>
    public static PostOptions Default { get; } = new();

    /// <summary>A picture of the quotation or event. Default <see langword="false"/>.</summary>
    public bool Picture { get; init; }

    /// <summary>Buttons under the post. Default <see langword="true"/>.</summary>
    public bool Buttons { get; init; } = true;

    /// <summary>A thread under the post, named after the day. Default <see langword="false"/>.</summary>
    public bool Thread { get; init; }

    /// <summary>Publication in the channels that follow an announcement channel. Default
    /// <see langword="false"/>.</summary>
    public bool Crosspost { get; init; }

    /// <summary>The platform's id of the group that the post notifies. Default <see langword="null"/>:
    /// none.</summary>
    public string? Mention { get; init; }
}
