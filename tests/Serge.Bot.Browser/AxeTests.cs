using Deque.AxeCore.Playwright;

namespace Serge.Bot.Browser;

/// <summary>axe-core finds no violation, on any page and in any state.</summary>
public sealed class AxeTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task ThePlayground_FromTheOpeningToTheGuide_HasNoViolation(ColorScheme colors)
    {
        await using var visit = await Visit.StartAsync(chromium, colors: colors, motion: ReducedMotion.Reduce);
        await visit.Page.GotoAsync(visit.Address.ToString());
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(5);
        await visit.SendMessageAsync("/quote id:end-commands-means");
        await Expect(visit.Messages).ToContainTextAsync("commands its own means");
        await CheckAsync(visit);

        await visit.Button("See it survive a crash").ClickAsync();
        await Expect(visit.Health).ToContainTextAsync("Bot stopped");
        await CheckAsync(visit);
    }

    [Theory]
    [InlineData("calendar.html")]
    [InlineData("no-such-page")]
    public async Task AnotherPage_HasNoViolation(string path)
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync(path);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 2 }).First).ToBeVisibleAsync();

        await CheckAsync(visit);
    }

    [Fact]
    public async Task TheRehearsal_HasNoViolation()
    {
        await using var visit = await Visit.StartAsync(chromium, options: "--without-bot");
        await visit.Page.GotoAsync(visit.Address.ToString());
        await Expect(visit.Health).ToContainTextAsync("Your bot");

        await CheckAsync(visit);
    }

    internal static async Task CheckAsync(Visit visit)
    {
        // While a post appears, its contrast is too low for a few tenths of a second.
        await visit.Page.EvaluateAsync(
            "() => Promise.all(document.getAnimations().map(animation => animation.finished))"
        );
        var result = await visit.Page.RunAxe();
        var violations = result.Violations.SelectMany(rule =>
            rule.Nodes.Select(node => $"{rule.Id}: {rule.Help}: {node.Html}")
        );
        var found = string.Join('\n', violations);
        Assert.True(found.Length == 0, found);
    }
}
