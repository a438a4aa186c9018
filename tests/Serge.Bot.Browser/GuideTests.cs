namespace Serge.Bot.Browser;

/// <summary>The guided tour: a crash while a post is sent, step by step.</summary>
public sealed class GuideTests(Chromium chromium)
{
    private static readonly string[] States = ["planned", "sending", "sending", "unknown", "found", "sent"];

    [Fact]
    public async Task TheGuide_ByKeyboardWithoutMotion_FollowsThePostToItsEnd()
    {
        await using var visit = await Visit.OpenAsync(chromium, motion: ReducedMotion.Reduce);
        var current = visit.Page.Locator("#track [aria-current=step]");
        var words = visit.Page.Locator("#guide-words");

        await visit.Button("See it survive a crash").PressAsync("Enter");
        await Expect(visit.Page.Locator("#guide")).ToBeFocusedAsync();
        await Expect(visit.Button("Play")).ToBeVisibleAsync();
        for (var step = 0; step < States.Length; step++)
        {
            await Expect(current).ToHaveTextAsync(States[step]);
            await Expect(words).Not.ToBeEmptyAsync();
            if (step == 2)
            {
                await Expect(visit.Health).ToContainTextAsync("Bot stopped");
                await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
                await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
                await Expect(visit.Page.Locator("tr.followed")).ToHaveCountAsync(2);
                await Expect(visit.Page.Locator("tr.followed").First).ToContainTextAsync("sending");
                Assert.Empty(await visit.FaultsAsync("access.js"));
            }

            if (step < States.Length - 1)
            {
                await visit.Button("Next step").PressAsync("Enter");
            }
        }

        await Expect(visit.Page.Locator("#guide-count"))
            .ToHaveTextAsync("Discord: posted 1, duplicates 0 · Mastodon: posted 1, duplicates 0");
        await Expect(visit.Ledger.GetByText("sent", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(2);
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.getAnimations().length"));
        await Expect(visit.Button("Done")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.Locator("#guide")).ToBeHiddenAsync();
        await Expect(visit.Button("See it survive a crash")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Guide_OnAVisitedDay_FollowsTheNextUnsentPost()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.GoToAsync(2, 1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
        await visit.Button("Next post").ClickAsync();
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(2);
        await Expect(visit.ChannelPosts).ToHaveCountAsync(2);
        await visit.GoToAsync(2, 1);
        await Expect(visit.Log).ToContainTextAsync("The posts due at 08:00 were already sent.");

        await visit.Button("See it survive a crash").ClickAsync();

        await Expect(visit.Health).ToContainTextAsync("Bot stopped");
        await Expect(visit.ChannelPosts).ToHaveCountAsync(3);
        await Expect(visit.Page.Locator("tr.followed").First).ToContainTextAsync("2 Feb, 08:00");
    }

    [Fact]
    public async Task Guide_WithScheduleOfAServer_FollowsThePostToBothPlatforms()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.GoToAsync(2, 1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
        await visit.Button("Next post").ClickAsync();
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(2);
        await visit.SendMessageAsync("/schedule set time:20:00");
        await Expect(visit.Messages).ToContainTextAsync("every day at 20:00");

        await visit.Button("See it survive a crash").ClickAsync();

        await Expect(visit.Health).ToContainTextAsync("Bot stopped");
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(3);
        await Expect(visit.Page.Locator("tr.followed").First).ToContainTextAsync("2 Feb, 08:00");
    }

    /// <summary>Two schedules can post at the same time.</summary>
    [Theory]
    [InlineData(0, 0, "Discord: posted 0, duplicates 0")]
    [InlineData(1, 0, "Discord: posted 1, duplicates 0")] // shown before its row of the ledger
    [InlineData(2, 1, "Discord: posted 2, duplicates 1")]
    [InlineData(2, 2, "Discord: posted 2, duplicates 0")]
    [InlineData(3, 2, "Discord: posted 3, duplicates 1")]
    public async Task Count_OfPosts_HasAsManyDuplicatesAsExceedTheLedger(int posted, int inLedger, string expected)
    {
        await using var visit = await Visit.OpenAsync(chromium);

        var text = await visit.Page.EvaluateAsync<string>(
            """
            async ({ posted, inLedger }) => {
              const { describeCount } = await import('/guide.js');
              const rows = [{ destination: 'mastodon' }, ...Array(inLedger).fill({ destination: 'discord' })];
              return describeCount('Discord', 'discord', posted, rows);
            }
            """,
            new { posted, inLedger }
        );

        Assert.Equal(expected, text);
    }

    [Fact]
    public async Task Guide_WithoutANewPost_ShowsAProblem()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.Page.Clock.InstallAsync();
        await visit.Page.RouteAsync(
            "**/api/calendar",
            route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"outcome":"done"}""" })
        );

        await visit.Page.RunAndWaitForResponseAsync(
            () => visit.Button("See it survive a crash").ClickAsync(),
            "**/api/calendar"
        );
        // A post without content is cancelled, and never sent.
        await visit.Page.EvaluateAsync(
            """
            async () => {
              const { observe } = await import('/guide.js');
              observe('ledger', { posts: [{ key: '1', destination: 'discord', state: 'cancelled' }] });
            }
            """
        );
        await visit.Page.Clock.FastForwardAsync(16_000);

        await Expect(visit.Page.Locator("#guide-words")).ToContainTextAsync("No new post has appeared");
    }

    [Fact]
    public async Task Guide_EndedDuringPreparation_SendsNoFurtherPreparations()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync(
            "**/api/worker",
            async route =>
            {
                await left.Task;
                await route.ContinueAsync();
            }
        );
        await visit.Page.RunAndWaitForRequestAsync(
            () => visit.Button("See it survive a crash").ClickAsync(),
            "**/api/worker"
        );

        await visit.Page.Keyboard.PressAsync("Escape");
        // The request in progress is answered first. Then all faults are reset, and the bot is started.
        var answers = 0;
        var restarted = visit.Page.WaitForResponseAsync(response =>
            response.Url.EndsWith("/api/worker", StringComparison.Ordinal) && ++answers == 2
        );
        left.SetResult();
        await restarted;

        await Expect(visit.Page.Locator("#guide")).ToBeHiddenAsync();
        Assert.Single(visit.Requests, request => request.AbsolutePath == "/api/faults");
        Assert.DoesNotContain(visit.Requests, request => request.AbsolutePath == "/api/calendar");
    }

    [Fact]
    public async Task TheGuide_PlaysByItself_AndCanBePaused()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.Page.Clock.InstallAsync();
        var current = visit.Page.Locator("#track [aria-current=step]");

        await visit.Button("See it survive a crash").ClickAsync();
        await Expect(visit.Health).ToContainTextAsync("Bot stopped");
        await visit.Page.Clock.FastForwardAsync(7000);
        await Expect(current).ToHaveTextAsync("sending");
        await visit.Button("Pause").ClickAsync();
        await visit.Page.Clock.FastForwardAsync(60_000);

        await Expect(current).ToHaveTextAsync("sending");
        await Expect(visit.Button("Play")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TheGuide_LeftInTheMiddle_LeavesARunningBotAndNoDuplicate()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.Button("See it survive a crash").ClickAsync();
        await Expect(visit.Health).ToContainTextAsync("Bot stopped");
        await visit.Page.Keyboard.PressAsync("Escape");

        await Expect(visit.Page.Locator("#guide")).ToBeHiddenAsync();
        await Expect(visit.Health).ToContainTextAsync("Bot running");
        await Expect(visit.Ledger.GetByText("sent", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(2);
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
    }
}
