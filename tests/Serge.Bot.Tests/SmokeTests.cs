namespace Serge.Bot.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Passes() => Assert.NotNull(typeof(SmokeTests).Assembly);
}
