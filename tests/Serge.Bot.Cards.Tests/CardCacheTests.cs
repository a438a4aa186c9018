namespace Serge.Bot.Cards.Tests;

public sealed class CardCacheTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_OfTheSameCard_DrawsItOnce()
    {
        using CardCache cache = new(InstalledFonts.GetAny());

        var first = await cache.GetAsync(Text("a"), Style(), Stop);

        Assert.Same(first, await cache.GetAsync(Text("a"), Style(), Stop));
        Assert.NotSame(first, await cache.GetAsync(Text("b"), Style(), Stop));
        Assert.NotSame(first, await cache.GetAsync(Text("a"), new CardStyle(300, 300, isDark: true), Stop));
    }

    [Fact]
    public async Task Get_BeyondTheCapacity_DropsTheOldest()
    {
        using CardCache cache = new(InstalledFonts.GetAny(), capacity: 2);
        var first = await cache.GetAsync(Text("a"), Style(), Stop);
        var second = await cache.GetAsync(Text("b"), Style(), Stop);
        await cache.GetAsync(Text("c"), Style(), Stop);

        Assert.Same(second, await cache.GetAsync(Text("b"), Style(), Stop));
        Assert.NotSame(first, await cache.GetAsync(Text("a"), Style(), Stop));
    }

    [Fact]
    public async Task Get_AfterACardThatCannotBeDrawn_DrawsTheNext()
    {
        using CardCache cache = new(InstalledFonts.GetAny());

        await Assert.ThrowsAsync<CardException>(() => cache.GetAsync(Text("\U0010ABCD"), Style(), Stop));

        Assert.NotEmpty(await cache.GetAsync(Text("a"), Style(), Stop));
    }

    private static CardText Text(string body) => new(body, [new CardLine(new CardRun("A. Writer"))]);

    private static CardStyle Style() => new(300, 300);
}
