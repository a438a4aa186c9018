using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serge.Bot.Browser;

/// <summary>The site, as the playground serves it and <c>serge site</c> writes it: by keyboard, with a screen reader,
/// on a phone, in dark mode, on paper and without scripts.</summary>
public sealed class SiteTests(Chromium chromium)
{
    /// <summary>A page of each kind; the last ones are the longest.</summary>
    private static readonly string[] Paths =
    [
        "site/",
        "site/quote/end-commands-means/",
        "site/event/first-moscow-verdict/",
        "site/day/03-08/",
        "site/topic/power/",
        "site/source/cunningham/",
        "site/search/",
        "site/about/",
        "site/year/1937/",
        "site/fr/timeline/",
        "site/fr/days/",
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryPage_HasNoAccessibilityProblems(ColorScheme colors)
    {
        await using var visit = await Visit.OpenAsync(chromium, colors: colors, motion: ReducedMotion.Reduce);
        foreach (var path in Paths)
        {
            await visit.OpenAsync(path);

            // A page of the site may have fewer texts than the script for the playground expects.
            var faults = await visit.FaultsAsync("contrast.js");
            Assert.DoesNotContain(faults, fault => !fault.StartsWith("Only ", StringComparison.Ordinal));
        }

        Assert.Empty(visit.Complaints);
        Assert.All(visit.Requests, request => Assert.Equal(visit.Address.Authority, request.Authority));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryPage_SatisfiesAxe(ColorScheme colors)
    {
        var axe = Path.Combine(
            Environment.GetEnvironmentVariable("SERGE_NODE_CLIENTS") ?? "",
            "node_modules/axe-core/axe.min.js"
        );
        Assert.SkipUnless(
            File.Exists(axe),
            "SKIPPED: set SERGE_NODE_CLIENTS to a folder where `npm install axe-core` was run."
        );
        var script = await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken);
        await using var visit = await Visit.OpenAsync(chromium, colors: colors, motion: ReducedMotion.Reduce);
        foreach (var path in Paths)
        {
            await visit.OpenAsync(path);
            await visit.Page.EvaluateAsync(script);
            var found = await visit.Page.EvaluateAsync<JsonElement>(
                "async () => (await axe.run()).violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`)"
            );

            Assert.Empty(found.EnumerateArray().Select(fault => $"{path}: {fault.GetString()}"));
        }
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1920)]
    public async Task EveryPage_AtAnyWidth_NeedsNoHorizontalScrolling(int width)
    {
        await using var visit = await Visit.OpenAsync(chromium, width, 800);
        foreach (var path in Paths)
        {
            await visit.OpenAsync(path);
            var excess = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");

            Assert.Equal((path, 0), (path, excess));
        }
    }

    [Fact]
    public async Task EveryPage_IsSmall_AndDoesNotShift()
    {
        const string Shift = """
            () => new Promise(resolve => new PerformanceObserver(list => resolve(
              list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({ type: 'layout-shift', buffered: true })
              || setTimeout(() => resolve(0), 100))
            """;
        await using var visit = await Visit.OpenAsync(chromium, 390, 844);
        foreach (var path in Paths)
        {
            await visit.OpenAsync(path);
            var size = await visit.Page.EvaluateAsync<int>(
                "() => performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource')).filter(e => !e.name.endsWith('.json')).reduce((sum, entry) => sum + entry.decodedBodySize, 0)"
            );

            Assert.True(size is > 1000 and < 60_000, $"{path} has {size} bytes with its stylesheet and scripts.");
            Assert.Equal(0, await visit.Page.EvaluateAsync<double>(Shift));
        }
    }

    [Fact]
    public async Task WithoutAScript_EverythingCanBeRead()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        var context = await chromium.Browser.NewContextAsync(
            new BrowserNewContextOptions { JavaScriptEnabled = false }
        );
        await using var closing = context;
        var page = await context.NewPageAsync();

        // The quotation of the day may have a content warning, which hides its words.
        await page.GotoAsync(new Uri(visit.Address, "site/").ToString());
        await Expect(page.Locator(".today figcaption")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Context and source" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("Quoted in");
        await page.GotoAsync(new Uri(visit.Address, "site/quote/end-commands-means/").ToString());
        await Expect(page.Locator("blockquote").First).ToContainTextAsync("commands its own means");
        await Expect(page.Locator("blockquote").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Search" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Search", Level = 1 }))
            .ToBeVisibleAsync();
    }

    [Fact]
    public async Task TheSearch_FindsWordsInAnyOrder_WithoutAccents()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync("site/fr/search/");

        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("MEANS commands");
        var result = visit.Page.Locator("#results a").First;
        await Expect(result).ToContainTextAsync("commands its own means");
        await result.ClickAsync();

        await Expect(visit.Page).ToHaveURLAsync(new Uri(visit.Address, "site/fr/quote/end-commands-means/").ToString());
        await Expect(visit.Page.Locator("figcaption")).ToContainTextAsync("cité par");
    }

    [Theory]
    [InlineData("site/search/", "far from justifying", "^1 found$")]
    [InlineData("site/search/", "\"far from justifying\"", "^1 found$")]
    [InlineData("site/search/", "‘justifying’, means", "^1 found$")]
    [InlineData("site/search/", "power", "^([2-9]|[1-9][0-9]+) found$")]
    [InlineData("site/search/", "the", "^[1-9][0-9]+ found; only the first ones are shown$")]
    [InlineData("site/search/", "qwertyuiop", "^Nothing has all these words\\.$")]
    [InlineData("site/fr/search/", "far from justifying", "^1 résultat$")]
    [InlineData("site/fr/search/", "power", "^([2-9]|[1-9][0-9]+) résultats$")]
    [InlineData("site/fr/search/", "qwertyuiop", "^Rien ne contient tous ces mots\\.$")]
    public async Task TheSearch_StatesHowManyItFound(string path, string words, string count)
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync(path);

        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync(words);

        Regex pattern = new(count, RegexOptions.None, TimeSpan.FromMinutes(1));
        await Expect(visit.Page.Locator("#count")).ToHaveTextAsync(pattern);
    }

    [Fact]
    public async Task TheSearch_WithoutItsIndex_ReportsItAndLoadsItAgain()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        var requests = 0;
        await visit.Page.RouteAsync(
            "**/search.json",
            route =>
                ++requests switch
                {
                    1 => route.AbortAsync(),
                    2 => route.FulfillAsync(new RouteFulfillOptions { Status = 503, Body = "[]" }),
                    _ => route.ContinueAsync(),
                }
        );
        await visit.OpenAsync("site/search/");
        var words = visit.Page.GetByRole(AriaRole.Searchbox);
        var count = visit.Page.Locator("#count");
        const string Failure = "The search could not be loaded. Check the connection, then press Enter.";

        await words.FillAsync("far from justifying");
        await Expect(count).ToHaveTextAsync(Failure);
        await words.FillAsync("");
        await Expect(count).ToHaveTextAsync("");
        await words.FillAsync("far from justifying");
        await Expect(count).ToHaveTextAsync(Failure);
        await words.PressAsync("Enter");

        await Expect(count).ToHaveTextAsync("1 found");
    }

    [Fact]
    public async Task TheSearch_ClearedBeforeItsIndexIsLoaded_ShowsNothing()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        TaskCompletionSource cleared = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync(
            "**/search.json",
            async route =>
            {
                await cleared.Task;
                await route.ContinueAsync();
            }
        );
        await visit.OpenAsync("site/search/");
        var words = visit.Page.GetByRole(AriaRole.Searchbox);
        await visit.Page.RunAndWaitForRequestAsync(() => words.FillAsync("power"), "**/search.json");

        await words.FillAsync("");
        var response = visit.Page.WaitForResponseAsync("**/search.json");
        cleared.SetResult();
        await response;
        // The page has handled that response when a later one is read.
        await visit.Page.EvaluateAsync("async () => { await (await fetch('../search.json')).json(); }");

        await Expect(visit.Page.Locator("#count")).ToHaveTextAsync("");
        await Expect(visit.Page.Locator("#results li")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task AQuotationWithParagraphs_ShowsThem()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync("site/quote/end-commands-means/");
        foreach (var selector in (string[])[".quotation p", ".cite p"])
        {
            var shown = await visit
                .Page.Locator(selector)
                .EvaluateAsync<string>(@"words => { words.textContent = 'One.\n\nTwo.'; return words.innerText; }");

            Assert.Equal((selector, "One.\n\nTwo."), (selector, shown));
        }
    }

    [Fact]
    public async Task TheStartPage_OnAnotherDay_ShowsThatDay()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        // The schedule clock of the playground is on another day than the browser.
        var now = TimeProvider.System.GetLocalNow();
        await visit.Page.Clock.SetFixedTimeAsync(now.LocalDateTime);
        await visit.Page.EvaluateAsync(
            "async date => (await import('/api.js')).post('api/calendar', { date })",
            now.AddDays(-3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        );
        await visit.OpenAsync("site/");

        await Expect(visit.Page.Locator(".leaf-day"))
            .ToHaveTextAsync(now.Day.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Expect(visit.Page.Locator(".today figcaption")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TheStartPage_OnTheNextDay_HasTheTextsOfItsLanguage()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await OpenOnTheNextDayAsync(visit, "site/fr/", 8, 29);
        var credit = visit.Page.Locator("#today-quote figcaption");
        await Expect(credit).ToContainTextAsync("cité par");
        await Expect(visit.Page.Locator("#today-quote .more")).ToHaveTextAsync("Contexte et source");
        var shown = await credit.TextContentAsync();
        var summary = visit.Page.Locator("#today-events summary");
        await Expect(summary).ToHaveTextAsync("Avertissement : political murder (afficher le texte)");
        var markup = await ReadWarningAsync(visit);

        await visit.Page.Locator("#today-quote .more a").ClickAsync();
        await Expect(visit.Page.Locator("article figcaption")).ToHaveTextAsync(shown!);
        await visit.OpenAsync("site/fr/day/08-30/");
        Assert.Equal(markup, await ReadWarningAsync(visit));
    }

    [Fact]
    public async Task TheStartPage_OnTheNextDayWithoutEvents_ReportsIt()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await OpenOnTheNextDayAsync(visit, "site/", 8, 30);

        await Expect(visit.Page.Locator(".leaf-day")).ToHaveTextAsync("31");
        await Expect(visit.Page.GetByText("No event is dated to this day.")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#today-events li")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task TheTimeline_IsReadAsLinksWithYearsAndCounts()
    {
        await using var visit = await Visit.OpenAsync(chromium, 390, 844);
        await visit.OpenAsync("site/timeline/");
        var year = visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "1919, events: " });

        await year.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }))
            .ToHaveTextAsync("The year 1919");
    }

    [Fact]
    public async Task OnPaper_ThereIsNoNavigation()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync("site/quote/end-commands-means/");
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        await Expect(visit.Page.Locator("blockquote")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("nav").First).ToBeHiddenAsync();
        await Expect(visit.Page.Locator("footer")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task AnAddressWithoutAPage_ReportsIt()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        var response = await visit.Page.GotoAsync(new Uri(visit.Address, "site/quote/nothing-of-the-sort/").ToString());

        Assert.Equal(404, response!.Status);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }))
            .ToHaveTextAsync("There is no such page");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Start page" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Uri(visit.Address, "site/").ToString());
    }

    /// <summary>Opens a page that was written for a day of the next year with a browser whose clock is on the day after
    /// it.</summary>
    private static async Task OpenOnTheNextDayAsync(Visit visit, string path, int month, int day)
    {
        DateTime written = new(TimeProvider.System.GetUtcNow().Year + 1, month, day, 12, 0, 0, DateTimeKind.Local);
        await visit.Page.EvaluateAsync(
            "async date => (await import('/api.js')).post('api/calendar', { date })",
            written.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        );
        await visit.Page.Clock.SetFixedTimeAsync(written.AddDays(1));
        await visit.OpenAsync(path);
    }

    /// <summary>The markup of the content warning of the only event of a day, without white space between
    /// elements.</summary>
    private static async Task<string> ReadWarningAsync(Visit visit)
    {
        var markup = await visit.Page.Locator(".events details").EvaluateAsync<string>("details => details.outerHTML");
        return markup.Replace("\n", "", StringComparison.Ordinal);
    }
}
