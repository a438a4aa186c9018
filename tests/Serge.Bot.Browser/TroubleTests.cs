namespace Serge.Bot.Browser;

/// <summary>Things are broken, and the bot recovers.</summary>
public sealed class TroubleTests(Chromium chromium)
{
    [Fact]
    public async Task TheConnectionCut_IsResumed_AndACommandStillAnswered()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button("Cut it").ClickAsync();
        await Expect(visit.Diary).ToContainTextAsync("has resumed its session");

        await visit.SayAsync("/quote");
        await Expect(visit.Messages).ToContainTextAsync("— Victor Serge");
    }

    [Fact]
    public async Task TheSessionForgotten_IsBegunAnew_AndACommandStillAnswered()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button("Cut and forget").ClickAsync();
        await Expect(visit.Diary.GetByText("with a new session")).ToHaveCountAsync(2);

        await visit.SayAsync("/quote");
        await Expect(visit.Messages).ToContainTextAsync("— Victor Serge");
    }

    [Theory]
    [InlineData("Answer 429")]
    [InlineData("Answer 503")]
    [InlineData("Lose it")]
    [InlineData("Lose the answer")]
    [InlineData("Answer too late")]
    public async Task APostInTrouble_IsThereExactlyOnceOnBothSides(string trouble)
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button(trouble).ClickAsync();
        await Expect(visit.Button(trouble)).ToContainTextAsync("waits on both sides");
        await visit.Button("Next post").ClickAsync();

        await Expect(visit.Diary).ToContainTextAsync("Trouble strikes");
        await Expect(visit.Ledger.GetByText("sent", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(2);
        await Expect(visit.Button(trouble)).Not.ToContainTextAsync("waits");
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task TheBotKilledInTheMiddleOfAPost_FindsItAfterwards()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button("Kill the bot in it").ClickAsync();
        await visit.Button("Next post").ClickAsync();
        await Expect(visit.Health).ToContainTextAsync("The bot is dead");
        await Expect(visit.Ledger).ToContainTextAsync("sending");
        await Expect(visit.Page.Locator("#plan")).ToContainTextAsync("Nobody plans anything");

        await visit.Button("Start it").ClickAsync();
        await Expect(visit.Diary).ToContainTextAsync("it is looked for");
        await Expect(visit.Ledger.GetByText("sent", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(2);
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task TheTokenRevoked_HoldsUpOneSide_UntilItIsMended()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button("Revoke its token").ClickAsync();
        await Expect(visit.Page.GetByText("its Mastodon token is revoked")).ToBeVisibleAsync();
        await visit.Button("Next post").ClickAsync();
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
        await Expect(visit.Ledger).ToContainTextAsync("planned");
        await Expect(visit.Statuses).ToContainTextAsync("Nothing has been posted yet");

        await visit.Button("Mend all").ClickAsync();
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task ThePlaygroundGone_IsSaid()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.KillPlaygroundAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The playground has stopped");
    }
}
