namespace Serge.Bot.Simulator.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Passes() => Assert.NotNull(typeof(SmokeTests).Assembly);
}
