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
}
