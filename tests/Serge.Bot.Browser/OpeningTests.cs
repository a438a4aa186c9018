namespace Serge.Bot.Browser;

/// <summary>What a visitor sees on the page before any action.</summary>
public sealed class OpeningTests(Chromium chromium)
{
    [Fact]
    public async Task ThePage_OpensWithPostsOnBothSides_AndAnotherArrivesByItself()
    {
        await using var visit = await Visit.StartAsync(chromium);
        await visit.Page.GotoAsync(visit.Address.ToString());

        await Expect(visit.Page.Locator(".motto:visible")).ToContainTextAsync("posts quotations of Victor Serge");
        await Expect(visit.Page.Locator("#countdown")).ToContainTextAsync("Next post in");
        await Expect(visit.Page.Locator("#newest")).ToContainTextAsync("On this day,");
        await Expect(visit.ChannelPosts).ToHaveCountAsync(5);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(5);
        await Expect(visit.Ledger.GetByText("sent", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(10);
        await Expect(visit.Page.Locator("#skipped")).ToBeEmptyAsync();
        await Expect(visit.Page.Locator("#countdown")).ToContainTextAsync("09:00");
    }

    [Fact]
    public async Task TheNewestPost_IsInLargeType()
    {
        await using var visit = await Visit.OpenAsync(chromium, width: 1400, height: 900);
        await visit.Button("Next post").ClickAsync();
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);

        var size = await visit.Page.EvaluateAsync<double>(
            "() => parseFloat(getComputedStyle(document.querySelector('#newest .large')).fontSize)"
        );

        Assert.InRange(size, 22, 60);
    }

    [Fact]
    public async Task AHiddenText_IsReadWhenItIsPressed()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.SendMessageAsync("A ||hidden *end*||.");
        var content = visit.Messages.Locator(".content").Last;
        await Expect(content).Not.ToContainTextAsync("end");
        await content.GetByRole(AriaRole.Button).PressAsync("Enter");

        await Expect(content).ToHaveTextAsync("A hidden end.");
    }
}
