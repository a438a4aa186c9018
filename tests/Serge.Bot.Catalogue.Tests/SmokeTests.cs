namespace Serge.Bot.Catalogue.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Passes() => Assert.NotNull(typeof(SmokeTests).Assembly);
}
