namespace Serge.Bot.Tests.Commands;

/// <summary>Button ids that this version does not create: the reply states that the button is not supported.</summary>
public sealed class OddButtonTests : IDisposable
{
    private readonly TestCatalogue _catalogue = new();

    public void Dispose() => _catalogue.Dispose();

    [Theory]
    [InlineData("source")]
    [InlineData("source:")]
    [InlineData("source:\ud83d")]
    [InlineData("source:nothing")]
    [InlineData("quote")]
    [InlineData("quote:")]
    [InlineData("quote::::::")]
    [InlineData("quote:\0:\ud83d:")]
    [InlineData("timeline")]
    [InlineData("timeline:::")]
    [InlineData("timeline:1917:1936:99999999999999999999")]
    [InlineData("timeline:0000:9999-99:-1")]
    [InlineData("topics:x")]
    [InlineData("on-this-day:")]
    public async Task Press_AnUnknownId_IsAnsweredPrivately(string customId)
    {
        var shown = await new CommandRunner(_catalogue.Live).PressAsync(customId);

        Assert.True(shown.Private || shown.Replaces);
        Assert.NotEmpty(shown.Text);
    }
}
