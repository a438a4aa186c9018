namespace Serge.Bot.Discord.Tests.Support;

/// <summary>A random source with a constant value.</summary>
internal sealed class FixedChance(double value) : Random
{
    public override double NextDouble() => value;

    protected override double Sample() => value;
}
