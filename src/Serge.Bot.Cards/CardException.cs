namespace Serge.Bot.Cards;

/// <summary>A card cannot be drawn. The message is the problem and the fix.</summary>
/// <param name="problem">Why, one sentence.</param>
/// <param name="fix">What to do, one sentence.</param>
public sealed class CardException(string problem, string fix) : Exception($"{problem} {fix}")
{
    /// <summary>Why, one sentence.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do, one sentence.</summary>
    public string Fix { get; } = fix;
}
