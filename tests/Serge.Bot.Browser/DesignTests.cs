namespace Serge.Bot.Browser;

/// <summary>One order and one time zone, no layout shifts, and a link back on every page.</summary>
public sealed class DesignTests(Chromium chromium)
{
    [Fact]
    public async Task EveryList_HasTheNewestLast()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.GoToAsync(2, 1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
        await visit.Button("Next post").ClickAsync();
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(2);
        await Expect(visit.Ledger.GetByText("sent", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(4);

        await Expect(visit.Statuses.Locator("time").Last).ToContainTextAsync("09:00");
        await Expect(visit.ChannelPosts.Locator("time").Last).ToContainTextAsync("09:00");
        await Expect(visit.Page.Locator("#ledger tr").Last).ToContainTextAsync("09:00");
        foreach (var list in new[] { "#statuses", "#messages", "#log", "#ledger-rows" })
        {
            Assert.InRange(await MeasureBelowAsync(visit, list), -1, 2);
        }
    }

    [Fact]
    public async Task AList_ThatBecomesLower_StaysAtItsEnd_UnlessItWasScrolledUp()
    {
        await using var visit = await Visit.OpenAsync(chromium, width: 1400, height: 1400);
        await visit.GoToAsync(2, 1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
        Assert.InRange(await MeasureBelowAsync(visit, "#log"), -1, 2);

        await visit.Page.SetViewportSizeAsync(1400, 1000);
        await ExpectBelowAsync("below => below < 2");
        await visit.Log.EvaluateAsync("list => { list.scrollTop = 0; }");
        await ExpectBelowAsync("below => below > 60");
        await visit.Page.SetViewportSizeAsync(1400, 950);
        await visit.Button("Next post").ClickAsync();
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(2);

        Assert.Equal(0, await visit.Log.EvaluateAsync<double>("list => list.scrollTop"));

        Task ExpectBelowAsync(string condition) =>
            visit.Page.WaitForFunctionAsync(
                $$"""() => { const list = document.querySelector('#log'); return ({{condition}})(list.scrollHeight - list.scrollTop - list.clientHeight); }"""
            );
    }

    [Fact]
    public async Task TheLog_HasOneTimeZone_AndNoErrorAtTheStart()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.GoToAsync(2, 1);

        await Expect(visit.Log).ToContainTextAsync("due 1 Feb, 08:00");
        await Expect(visit.Log).Not.ToContainTextAsync("UTC");
        await Expect(visit.Log).Not.ToContainTextAsync("/statuses/0");
    }

    [Fact]
    public async Task TheFaults_StayWhereTheyAre_WhenThePlanIsEmpty()
    {
        await using var visit = await Visit.OpenAsync(chromium, width: 1400, height: 1000);
        await Expect(visit.Plan.Locator("> li")).ToHaveCountAsync(4);
        var before = await MeasureAsync();

        await visit.Button("Kill now").ClickAsync();
        await Expect(visit.Plan).ToContainTextAsync("No plan");
        await visit.Button("Return 503").ClickAsync();
        await Expect(visit.Button("Return 503")).ToContainTextAsync("armed");

        Assert.Equal(before, await MeasureAsync(), 1.0);

        // Only its column is scrolled when a button at its end is pressed.
        async Task<double> MeasureAsync()
        {
            var heading = await visit.Page.Locator("#plan-name").BoundingBoxAsync();
            var button = await visit.Button("Return 429").BoundingBoxAsync();
            return button!.Y - heading!.Y;
        }
    }

    [Theory]
    [InlineData(390, 4500)]
    [InlineData(1024, 2500)]
    public async Task NoPage_IsEndless(int width, int limit)
    {
        await using var visit = await Visit.OpenAsync(chromium, width, 844);
        foreach (var path in new[] { "", "calendar.html" })
        {
            await visit.OpenAsync(path);
            await Expect(visit.Page.Locator(".chip").First).ToBeVisibleAsync();
            var height = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
            Assert.InRange(height, 500, path.Length > 0 && width > 900 ? 2 * limit : limit);
        }
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("quotes/one.html")]
    public async Task AnUnknownAddress_LeadsBack(string path)
    {
        await using var visit = await Visit.OpenAsync(chromium);
        var answer = await visit.Page.GotoAsync(new Uri(visit.Address, path).ToString());
        Assert.Equal(404, answer!.Status);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "the playground" }).ClickAsync();

        await Expect(visit.Health).ToContainTextAsync("Bot running");
    }

    /// <summary>The height of a list below its visible part, in CSS pixels.</summary>
    private static Task<double> MeasureBelowAsync(Visit visit, string list) =>
        visit.Page.EvaluateAsync<double>(
            "selector => { const list = document.querySelector(selector); return list.scrollHeight - list.scrollTop - list.clientHeight; }",
            list
        );
}
