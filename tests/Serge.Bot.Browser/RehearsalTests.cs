using System.Text.Json;

namespace Serge.Bot.Browser;

/// <summary>The playground with <c>--without-bot</c>, as in the rehearsal of <c>docs/operating.md</c>: it shows only
/// what the simulated platforms receive from the operator's bot.</summary>
public sealed class RehearsalTests(Chromium chromium)
{
    [Fact]
    public async Task ThePage_WithoutABot_StatesThatYoursIsNotConnected_AndOffersNoOther()
    {
        await using var visit = await OpenAsync();

        await Expect(visit.Health)
            .ToHaveTextAsync("Your bot: not connected to Discord Mastodon: no request yet", Visible);
        foreach (var name in new[] { "Start", "Kill now", "Kill during the post", "Next post", "Today" })
        {
            await Expect(visit.Button(name)).ToBeHiddenAsync();
        }

        await Expect(visit.Ledger).ToBeHiddenAsync();
        await Expect(visit.Plan).ToBeHiddenAsync();
        await Expect(visit.Page.GetByText("serge deliveries")).ToBeVisibleAsync();
        var shown = await visit.Page.Locator("body").InnerTextAsync();
        Assert.DoesNotContain("Bot stopped", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("8 and at 9", shown, StringComparison.Ordinal);
        Assert.Empty(await visit.FaultsAsync("access.js"));
    }

    [Fact]
    public async Task ABotThatRunsElsewhere_IsShownWhileItIsConnected()
    {
        await using var visit = await OpenAsync();

        await using (OperatorsBot.Start(visit.Connection, FindQuotes()))
        {
            await Expect(visit.Health).ToContainTextAsync("Your bot: connected to Discord");
            await Expect(visit.Health).ToContainTextAsync("Mastodon: last request at");
            await Expect(visit.Log).ToContainTextAsync("Commands registered");
            await visit.SendMessageAsync("/quote id:end-commands-means");
            await Expect(visit.Messages).ToContainTextAsync("commands its own means");
        }

        await Expect(visit.Health).Not.ToContainTextAsync("Your bot: connected");
    }

    [Theory]
    [InlineData("api/worker", """{ "action": "start" }""")]
    [InlineData("api/worker", """{ "action": "kill" }""")]
    [InlineData("api/calendar", """{ "step": "next-post" }""")]
    [InlineData("api/faults", """{ "kind": "kill-in-post", "side": "both" }""")]
    public async Task ARequestForTheMissingBot_IsRefused(string path, string body)
    {
        await using var visit = await OpenAsync();

        var answer = await visit.Page.APIRequest.PostAsync(
            new Uri(visit.Address, path).ToString(),
            new() { DataObject = JsonSerializer.Deserialize<JsonElement>(body) }
        );

        Assert.Equal(400, answer.Status);
        Assert.Contains("--without-bot", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpcomingPosts_AreYourBotsOwn()
    {
        await using var visit = await OpenAsync();

        await visit.OpenAsync("calendar.html");

        await Expect(visit.Page.Locator("#note")).ToContainTextAsync("serge plan --days 28");
    }

    private static LocatorAssertionsToHaveTextOptions Visible => new() { UseInnerText = true };

    private async Task<Visit> OpenAsync()
    {
        var visit = await Visit.StartAsync(chromium, options: "--without-bot");
        await visit.Page.GotoAsync(visit.Address.ToString());
        await Expect(visit.Health).ToContainTextAsync("Your bot");
        return visit;
    }

    private static string FindQuotes()
    {
        var folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(folder, "quotes")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, "quotes");
    }
}
