namespace Serge.Bot.Browser;

/// <summary>The other pages: upcoming posts, and each quotation and event with its sources.</summary>
public sealed class CataloguePagesTests(Chromium chromium)
{
    private const string Quotation = "quotation.html?id=end-commands-means";

    [Fact]
    public async Task UpcomingPosts_AreThoseThatAreSent()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.GoToAsync(1, 31);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
        await visit.OpenAsync("calendar.html");
        var days = visit.Page.Locator(".a-day");
        await Expect(days).ToHaveCountAsync(28);
        await Expect(days.First).ToContainTextAsync("31 January");
        var first = days.Nth(1);
        await Expect(first).ToContainTextAsync("08:00 on-this-day");
        await Expect(first).ToContainTextAsync("09:00 morning-quote");
        var promised = await first
            .Locator(".occasion")
            .Nth(1)
            .Locator(".gets")
            .Filter(new LocatorFilterOptions { HasText = "Mastodon" })
            .Locator("a")
            .First.GetAttributeAsync("title");

        await visit.OpenAsync("./");
        foreach (var posts in (int[])[2, 3, 4])
        {
            await visit.Button("Next post").ClickAsync();
            await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(posts);
        }

        // The post of 9 o'clock on 1 February, also behind a content warning.
        Assert.Contains(
            promised!,
            (await visit.Statuses.Locator(".status-text").Last.TextContentAsync())!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task UpcomingPosts_CanBeExtended_AndFollowTheDate()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync("calendar.html");
        var days = visit.Page.Locator(".a-day");
        await Expect(days).ToHaveCountAsync(28);

        await visit.Button("Show four more weeks").ClickAsync();
        await Expect(days).ToHaveCountAsync(56);
        await visit.Button("Show four more weeks").ClickAsync();
        await Expect(days).ToHaveCountAsync(84);
        await Expect(visit.Button("Show four more weeks")).ToBeDisabledAsync();

        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await visit.Page.EvaluateAsync(
            "async date => (await import('/api.js')).post('api/calendar', { date })",
            $"{year}-05-01"
        );
        await Expect(days.First).ToContainTextAsync("1 May");
    }

    [Fact]
    public async Task ADayOfUpcomingPosts_LinksToTheQuotation()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync("calendar.html");
        var link = visit.Page.Locator(".gets a").First;
        // A long text is cut after a complete word.
        var words = (await link.InnerTextAsync()).Replace(" …", "", StringComparison.Ordinal);

        await link.ClickAsync();

        await Expect(visit.Page.Locator(".words")).ToContainTextAsync(words);
    }

    [Fact]
    public async Task AQuotation_IsShownAsBothPlatformsGetIt_WithItsProvenance()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync(Quotation);

        await Expect(visit.Page.Locator(".words"))
            .ToHaveTextAsync("“[T]he end, far from justifying the means, commands its own means.”");
        var discord = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "On Discord" });
        await Expect(discord.Locator("em")).ToHaveTextAsync("Memoirs of a Revolutionary");
        await Expect(discord).ToContainTextAsync("of 2000 characters");
        var mastodon = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "On Mastodon" });
        await Expect(mastodon).ToContainTextAsync("#VictorSerge");
        await Expect(mastodon).ToContainTextAsync("of 500 characters, unlisted");
        var provenance = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Provenance" });
        await Expect(provenance).ToContainTextAsync("Work: Victor Serge, Memoirs of a Revolutionary");
        await Expect(provenance).ToContainTextAsync("Quoted in: Guy Patrick Cunningham");
        await Expect(provenance).ToContainTextAsync("In the files: quotes/quotes.yaml, line ");
        await Expect(visit.Page).ToHaveTitleAsync("end-commands-means · Serge.Bot playground");
    }

    [Fact]
    public async Task AQuotation_LeadsToItsNeighbours()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync(Quotation);
        await Expect(visit.Page.Locator(".id")).ToHaveTextAsync("end-commands-means");

        await visit.Page.Locator(".neighbours a").Last.ClickAsync();

        await Expect(visit.Page.Locator(".id")).Not.ToHaveTextAsync("end-commands-means");
        await Expect(visit.Page.Locator(".words")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task AnEventThatIsNotPosted_HasBothPossibleReasons()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync("quotation.html?id=trotsky-born");

        await Expect(visit.Page.Locator(".aside"))
            .ToContainTextAsync("its date is not known to the day, or its entry says post: false.");
    }

    [Fact]
    public async Task AQuotationWithParagraphs_ShowsThem()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync(Quotation);

        var shown = await visit
            .Page.Locator(".words")
            .EvaluateAsync<string>(@"words => { words.textContent = 'One.\n\nTwo.'; return words.innerText; }");

        Assert.Equal("One.\n\nTwo.", shown);
    }

    [Fact]
    public async Task WhatIsNotThere_IsReported()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync("quotation.html?id=nothing-of-the-sort");
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("No quotation or event has this id.");

        await visit.OpenAsync("./");
        await visit.Button("Kill now").ClickAsync();
        await Expect(visit.Health).ToContainTextAsync("Bot stopped");
        await visit.OpenAsync("calendar.html");
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("No plan: the bot is stopped.");
    }

    [Fact]
    public async Task AChannelInAMessage_HasItsName()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.SendMessageAsync("/schedule set time:21:30");

        await Expect(visit.Messages.Locator(".channel").First).ToHaveTextAsync("#quotations");
        await Expect(visit.Messages).Not.ToContainTextAsync("<#");
    }

    [Theory]
    [InlineData("calendar.html", ColorScheme.Light)]
    [InlineData("calendar.html", ColorScheme.Dark)]
    [InlineData(Quotation, ColorScheme.Light)]
    [InlineData(Quotation, ColorScheme.Dark)]
    public async Task ThePages_HaveNoAccessibilityProblems(string path, ColorScheme colors)
    {
        await using var visit = await Visit.OpenAsync(chromium, colors: colors, motion: ReducedMotion.Reduce);
        await ReadyAsync(visit, path);

        Assert.Empty(await visit.FaultsAsync("access.js"));
        Assert.Empty(await visit.FaultsAsync("contrast.js"));
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1000)]
    [InlineData(1920)]
    public async Task ThePages_AtAnyWidth_NeedNoHorizontalScrolling(int width)
    {
        await using var visit = await Visit.OpenAsync(chromium, width, 800);
        foreach (var path in (string[])["calendar.html", Quotation])
        {
            await ReadyAsync(visit, path);
            Assert.Equal(
                (path, 0),
                (path, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"))
            );
            Assert.Empty(await visit.FaultsAsync("cut.js"));
        }
    }

    private static async Task ReadyAsync(Visit visit, string path)
    {
        await visit.OpenAsync(path);
        await Expect(visit.Page.Locator(".a-day, .words").First).ToBeVisibleAsync();
    }
}
