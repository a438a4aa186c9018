namespace Serge.Bot.Discord.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Passes() => Assert.NotNull(typeof(SmokeTests).Assembly);
}
