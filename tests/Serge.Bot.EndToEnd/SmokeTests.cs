namespace Serge.Bot.EndToEnd;

public sealed class SmokeTests
{
    [Fact]
    public void Passes() => Assert.NotNull(typeof(SmokeTests).Assembly);
}
