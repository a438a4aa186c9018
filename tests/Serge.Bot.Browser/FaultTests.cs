namespace Serge.Bot.Browser;

/// <summary>Faults are injected, and the bot recovers.</summary>
public sealed class FaultTests(Chromium chromium)
{
    [Fact]
    public async Task ClosedConnection_IsResumed_AndACommandStillAnswered()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button("Drop connection").ClickAsync();
        await Expect(visit.Log).ToContainTextAsync("resumed its session");

        await visit.SendMessageAsync("/quote");
        await Expect(visit.Messages).ToContainTextAsync("— Victor Serge");
    }

    [Fact]
    public async Task InvalidatedSession_IsReplaced_AndACommandStillAnswered()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button("Invalidate session").ClickAsync();
        await Expect(visit.Log.GetByText("started a new session")).ToHaveCountAsync(2);

        await visit.SendMessageAsync("/quote");
        await Expect(visit.Messages).ToContainTextAsync("— Victor Serge");
    }

    [Theory]
    [InlineData("Return 429")]
    [InlineData("Return 503")]
    [InlineData("Lose the request")]
    [InlineData("Lose the response")]
    [InlineData("Delay the response")]
    public async Task APostWithAFault_IsThereExactlyOnceOnBothSides(string fault)
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button(fault).ClickAsync();
        await Expect(visit.Button(fault)).ToContainTextAsync("armed on both platforms");
        await visit.Button("Next post").ClickAsync();

        await Expect(visit.Log).ToContainTextAsync("Fault: ");
        await Expect(visit.Ledger.GetByText("sent", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(2);
        await Expect(visit.Button(fault)).Not.ToContainTextAsync("armed");
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task TheBotKilledInTheMiddleOfAPost_FindsItAfterwards()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button("Kill during the post").ClickAsync();
        await visit.Button("Next post").ClickAsync();
        await Expect(visit.Health).ToContainTextAsync("Bot stopped");
        await Expect(visit.Ledger).ToContainTextAsync("sending");
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("#plan")).ToContainTextAsync("No plan: the bot is stopped");

        await visit.Button("Start").ClickAsync();
        await Expect(visit.Log).ToContainTextAsync("looking it up");
        await Expect(visit.Ledger.GetByText("sent", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(2);
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task FailedRequest_ShowsTheProblemInItsGroup()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await RefuseWorkerRequestsAsync(visit);

        await visit.Button("Kill now").ClickAsync();

        await Expect(BotGroup(visit)).ToContainTextAsync("The bot did not start.");
        await visit.Button("Return 503").ClickAsync();
        await Expect(BotGroup(visit)).Not.ToContainTextAsync("The bot did not start.");
    }

    [Fact]
    public async Task FailedStart_IsShownUntilTheBotRuns()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.Button("Kill now").ClickAsync();
        await Expect(visit.Health).ToContainTextAsync("Bot stopped");
        await RefuseWorkerRequestsAsync(visit);
        await visit.Button("Start").ClickAsync();
        await Expect(BotGroup(visit)).ToContainTextAsync("The bot did not start.");

        await visit.PostInAnotherTabAsync("api/worker", new { action = "start" });

        await Expect(visit.Health).ToContainTextAsync("Bot running");
        await Expect(BotGroup(visit)).Not.ToContainTextAsync("The bot did not start.");
    }

    [Fact]
    public async Task RevokedToken_BlocksOnePlatform_UntilItIsReset()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button("Revoke token").ClickAsync();
        await Expect(visit.Page.GetByText("Mastodon token revoked", new PageGetByTextOptions { Exact = true }))
            .ToBeVisibleAsync();
        await visit.Button("Next post").ClickAsync();
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
        await Expect(visit.Ledger).ToContainTextAsync("planned");
        await Expect(visit.Statuses).ToContainTextAsync("Nothing has been posted yet");

        await visit.Button("Reset all faults").ClickAsync();
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
    }

    private static ILocator BotGroup(Visit visit) =>
        visit.Page.Locator("fieldset").Filter(new() { HasText = "Kill now" });

    private static Task RefuseWorkerRequestsAsync(Visit visit) =>
        visit.Page.RouteAsync(
            "**/api/worker",
            route =>
                route.FulfillAsync(
                    new()
                    {
                        Status = 400,
                        ContentType = "application/json",
                        Body = """{"problem":"The bot did not start."}""",
                    }
                )
        );
}
