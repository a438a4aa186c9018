using System.Text.Json;

namespace Serge.Bot.Browser;

/// <summary>The page is accessible: by keyboard, with a screen reader, on a phone and in dark mode.</summary>
public sealed class AccessTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task ThePage_WithAllItShows_HasNoAccessibilityProblems(ColorScheme colors)
    {
        await using var visit = await Visit.OpenAsync(chromium, colors: colors);
        await TourAsync(visit);

        Assert.Empty(await visit.FaultsAsync("access.js"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryText_HasSufficientContrast(ColorScheme colors)
    {
        await using var visit = await Visit.OpenAsync(chromium, colors: colors, motion: ReducedMotion.Reduce);
        await TourAsync(visit);
        await visit.Button("Kill now").ClickAsync();
        await Expect(visit.Health).ToContainTextAsync("Bot stopped");
        await visit.Line.FillAsync("/");
        await Expect(visit.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(8);

        Assert.Empty(await visit.FaultsAsync("contrast.js"));
    }

    [Fact]
    public async Task TheTabKey_ReachesEveryControl_AndShowsTheFocus()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        var controls = await visit.Page.EvaluateAsync<int>(
            "() => [...document.querySelectorAll('a[href], button:not(:disabled), input:not([type=radio]), input:checked, summary, [tabindex=\"0\"]')].filter(e => e.checkVisibility()).length"
        );
        Assert.InRange(controls, 25, 60);

        HashSet<string> reached = [];
        for (var press = 0; press < controls + 10; press++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            var (mark, outline) = Focused(
                await visit.Page.EvaluateAsync<JsonElement>(
                    "() => { const e = document.activeElement; e.dataset.mark ??= String(Math.random()); return [e === document.body ? '' : e.dataset.mark, getComputedStyle(e).outlineStyle]; }"
                )
            );
            if (mark.Length > 0)
            {
                Assert.NotEqual("none", outline);
                reached.Add(mark);
            }
        }

        Assert.Equal(controls, reached.Count);

        static (string, string) Focused(JsonElement pair) => (pair[0].GetString()!, pair[1].GetString()!);
    }

    [Theory]
    [InlineData(360, 740)]
    [InlineData(390, 844)]
    [InlineData(768, 1024)]
    [InlineData(1160, 640)]
    [InlineData(1920, 1080)]
    public async Task ThePage_AtAnyWidth_NeedsNoHorizontalScrolling(int width, int height)
    {
        await using var visit = await Visit.OpenAsync(chromium, width, height);
        await TourAsync(visit);

        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
        Assert.Empty(await visit.FaultsAsync("cut.js"));
    }

    [Fact]
    public async Task ThePage_WithReducedMotion_HasNoAnimation()
    {
        await using var visit = await Visit.OpenAsync(chromium, motion: ReducedMotion.Reduce);
        await visit.SendMessageAsync("/quote");
        await Expect(visit.Messages).ToContainTextAsync("— Victor Serge");

        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.getAnimations().length"));
    }

    [Fact]
    public async Task AllFeatures_CauseNoConsoleError_AndNoExternalRequest()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await TourAsync(visit);

        Assert.Empty(visit.Complaints);
        Assert.NotEmpty(visit.Requests);
        Assert.All(visit.Requests, request => Assert.Equal(visit.Address.Authority, request.Authority));
    }

    /// <summary>Makes the page show every kind of content at the same time.</summary>
    private static async Task TourAsync(Visit visit)
    {
        await visit.SendMessageAsync("Good **morning**, `all`. > not a quotation");
        await visit.SendMessageAsync("/quote id:end-commands-means");
        await Expect(visit.Messages).ToContainTextAsync("commands its own means");
        await visit.SendMessageAsync("/about");
        await Expect(visit.Messages).ToContainTextAsync("Only you can see this");
        await visit.Button("Lose the response").ClickAsync();
        await visit.GoToAsync(2, 1);
        await Expect(visit.Ledger.GetByText("sent", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(2);
        await visit.Button("Return 503").ClickAsync();
        await Expect(visit.Button("Return 503")).ToContainTextAsync("armed");
        await visit.Page.Locator("#plan summary").First.ClickAsync();
    }
}
