namespace Serge.Bot.Discord.Tests.Support;

/// <summary>Chance that always comes out the same.</summary>
internal sealed class FixedChance(double value) : Random
{
    public override double NextDouble() => value;

    protected override double Sample() => value;
}
