namespace Serge.Bot.Browser;

/// <summary>The page before its first event, without a connection, and with many other pages open.</summary>
public sealed class ConnectionTests(Chromium chromium)
{
    [Theory]
    [InlineData("")]
    [InlineData("calendar.html")]
    public async Task StoppedPlayground_IsReportedAfterFourSeconds_NotAtOnce(string path)
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.OpenAsync(path);
        await Expect(visit.Page.Locator("body.loading")).ToHaveCountAsync(0);
        await visit.Page.Clock.InstallAsync();
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator("body.loading")).ToHaveCountAsync(0);
        await visit.Page.Clock.PauseAtAsync(TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        await AwaitFailureAsync(visit, visit.KillPlaygroundAsync);

        await visit.Page.Clock.RunForAsync(3500);
        await Expect(Notice(visit)).ToBeEmptyAsync();
        await visit.Page.Clock.RunForAsync(1000);
        await Expect(Notice(visit)).ToContainTextAsync("Reconnecting…");
    }

    [Fact]
    public async Task AStreamThatAnErrorAnswerClosed_IsOpenedAgain()
    {
        await using var visit = await Visit.StartAsync(chromium);
        var refused = 0;
        await visit.Page.RouteAsync(
            "**/api/events",
            async route =>
            {
                if (refused++ < 2)
                {
                    await route.FulfillAsync(new RouteFulfillOptions { Status = 503 });
                    return;
                }

                await route.ContinueAsync();
            }
        );

        await visit.Page.GotoAsync(visit.Address.ToString());

        await Expect(visit.Health).ToContainTextAsync("Bot running");
        Assert.Equal(3, refused);
        await Expect(Notice(visit)).ToBeEmptyAsync();
    }

    [Fact]
    public async Task AStreamThatIsSilent_IsOpenedAgain()
    {
        await using var visit = await Visit.StartAsync(chromium);
        await visit.Page.Clock.InstallAsync();
        var opened = 0;
        await visit.Page.RouteAsync(
            "**/api/events",
            async route =>
            {
                opened++;
                // The first request is never answered.
                if (opened > 1)
                {
                    await route.ContinueAsync();
                }
            }
        );
        await visit.Page.GotoAsync(visit.Address.ToString());
        await visit.Page.Clock.RunForAsync(4500);
        await Expect(Notice(visit)).ToContainTextAsync("Reconnecting…");

        await visit.Page.Clock.RunForAsync(31_000);

        await Expect(visit.Health).ToContainTextAsync("Bot running");
        await Expect(Notice(visit)).ToBeEmptyAsync();
        Assert.Equal(2, opened);
    }

    [Fact]
    public async Task BeforeTheFirstEvent_ThePageIsLoading_AndNothingCanBePressed()
    {
        await using var visit = await Visit.StartAsync(chromium);
        await visit.Page.RouteAsync("**/api/events", _ => Task.CompletedTask);

        await visit.Page.GotoAsync(visit.Address.ToString());

        await Expect(visit.Health).ToHaveTextAsync("Connecting to the playground…", new() { UseInnerText = true });
        await Expect(visit.Page.Locator("#hour")).ToHaveTextAsync("");
        await Expect(visit.Page.Locator("#zone")).ToHaveTextAsync("");
        Assert.Equal(
            0,
            await visit.Page.EvaluateAsync<int>(
                "() => [...document.querySelectorAll('button, input')].filter(one => !one.closest('[inert]')).length"
            )
        );
        Assert.Empty(await visit.FaultsAsync("access.js"));
    }

    [Fact]
    public async Task SevenTabs_Work_BecauseHiddenOnesLeaveTheConnection()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        var context = visit.Page.Context;
        await HideAsync(visit.Page, true);
        for (var tab = 2; tab <= 6; tab++)
        {
            var other = await context.NewPageAsync();
            await other.GotoAsync(visit.Address.ToString());
            await Expect(other.GetByLabel("State of the bot")).ToContainTextAsync("Bot running");
            await HideAsync(other, true);
        }

        var seventh = await context.NewPageAsync();
        await seventh.GotoAsync(visit.Address.ToString());
        await seventh.GetByRole(AriaRole.Combobox).FillAsync("/quote id:end-commands-means");
        await seventh.GetByRole(AriaRole.Combobox).PressAsync("Enter");
        await Expect(seventh.GetByLabel("Messages in the channel")).ToContainTextAsync("commands its own means");

        await Expect(visit.Messages).Not.ToContainTextAsync("commands its own means");
        await HideAsync(visit.Page, false);
        await Expect(visit.Messages).ToContainTextAsync("commands its own means");
    }

    private static ILocator Notice(Visit visit) => visit.Page.GetByRole(AriaRole.Alert);

    private static async Task AwaitFailureAsync(Visit visit, Func<Task> cut)
    {
        TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        visit.Page.RequestFailed += (_, _) => failed.TrySetResult();
        await cut();
        await failed.Task.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
    }

    /// <summary>All pages of a headless browser are visible, so the visibility change is simulated.</summary>
    private static Task HideAsync(IPage page, bool isHidden) =>
        page.EvaluateAsync(
            "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }",
            isHidden
        );
}
