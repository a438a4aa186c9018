using System.Globalization;

namespace Serge.Bot.Browser;

/// <summary>The date is changed, and the scheduled posts arrive.</summary>
public sealed class CalendarTests(Chromium chromium)
{
    [Fact]
    public async Task TheFirstOfFebruary_IsPostedOnBothSides()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.GoToAsync(2, 1);

        await Expect(visit.Messages).ToContainTextAsync("On this day, 1 February 1933:");
        await Expect(visit.Statuses).ToContainTextAsync("On this day, 1 February 1933:");
        await Expect(visit.Statuses).ToContainTextAsync("#VictorSerge #OnThisDay");
        await Expect(visit.Ledger.GetByText("sent")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator("#leaf")).ToContainTextAsync("February");
    }

    [Fact]
    public async Task NextPost_IsTheFirstOfUpcomingPosts()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.GoToAsync(5, 30);
        await Expect(visit.Ledger.GetByText("sent", new LocatorGetByTextOptions { Exact = true })).ToHaveCountAsync(2);
        var first = visit.Plan.Locator("> li").First;
        await Expect(first).ToContainTextAsync("30 May, 09:00");
        await first.Locator("summary").ClickAsync();
        var promised = await first
            .Locator(".planned")
            .Filter(new LocatorFilterOptions { HasText = "Mastodon" })
            .Locator(".exact")
            .InnerTextAsync();

        await visit.Button("Next post").ClickAsync();

        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(2);
        var posted = visit.Statuses.Locator(".status").Last;
        var warning = posted.Locator(".warning > summary");
        if (await warning.CountAsync() > 0)
        {
            await warning.ClickAsync();
        }

        Assert.Equal(Words(promised), Words(await posted.Locator(".status-text").InnerTextAsync()));
    }

    [Fact]
    public async Task ADayThatIsVisitedTwice_GetsItsPostOnce()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.GoToAsync(2, 1);
        await Expect(visit.Messages).ToContainTextAsync("On this day, 1 February 1933:");

        await visit.Button("Previous day").ClickAsync();
        await Expect(visit.ChannelPosts).ToHaveCountAsync(2);
        await visit.Button("Next day").ClickAsync();
        await Expect(visit.Log).ToContainTextAsync("The posts due at 08:00 were already sent.");
        await Expect(visit.Plan.Locator("> li").First).ToContainTextAsync("1 Feb, 09:00");
        await visit.Button("Next post").ClickAsync();
        await Expect(visit.ChannelPosts).ToHaveCountAsync(3);

        await Expect(visit.Messages.GetByText("On this day, 1 February 1933:")).ToHaveCountAsync(1);
        await Expect(visit.Statuses.GetByText("On this day, 1 February 1933:")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task NextPost_PressedWithoutWaiting_LeavesNoPostOut()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.GoToAsync(2, 1);

        for (var press = 0; press < 2; press++)
        {
            await visit.Button("Next post").ClickAsync();
        }

        // The first and the second post of 1 February, and the first post of the day after, each on both platforms and
        // on time.
        await Expect(visit.ChannelPosts).ToHaveCountAsync(3);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(3);
        await Expect(visit.Messages).ToContainTextAsync("On this day, 1 February 1933:");
    }

    [Fact]
    public async Task AJumpOverASeason_EndsInNoBurst()
    {
        await using var visit = await Visit.OpenAsync(chromium);

        await visit.GoToAsync(8, 21);
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);

        await Expect(visit.Page.Locator("#skipped")).ToContainTextAsync("Missed posts are not sent later.");
        await Expect(visit.Log).ToContainTextAsync("similar");
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Today_ResetsTheDate()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        var before = await visit.Page.Locator("#leaf").GetAttributeAsync("datetime");
        await visit.GoToAsync(2, 1);
        await Expect(visit.Page.Locator("#leaf")).Not.ToHaveAttributeAsync("datetime", before!);
        await Expect(visit.ChannelPosts).ToHaveCountAsync(1);
        await Expect(visit.Statuses.Locator(".status")).ToHaveCountAsync(1);

        await visit.Button("Today").ClickAsync();

        await Expect(visit.Page.Locator("#leaf")).ToHaveAttributeAsync("datetime", before!);
        var today = DateOnly.Parse(before!, CultureInfo.InvariantCulture);
        await Expect(visit.Page.Locator("#announcer"))
            .ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"Date set to {today:d MMMM yyyy}"));
    }

    [Fact]
    public async Task SetDate_WithoutResponse_ShowsTheProblemUntilTheDateIsSet()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.Page.RouteAsync("**/api/calendar", route => route.AbortAsync(), new() { Times = 2 });
        var problem = visit.Page.Locator("#calendar-problem");

        await visit.Button("Next day").ClickAsync();
        await Expect(problem).ToHaveTextAsync("The playground does not respond.");
        await visit.Page.RunAndWaitForRequestAsync(() => visit.GoToAsync(2, 1), "**/api/calendar");
        await Expect(problem).ToHaveTextAsync("The playground does not respond.");

        await visit.Button("Go").ClickAsync();

        await Expect(visit.Page.Locator("#leaf")).ToContainTextAsync("February");
        await Expect(problem).ToBeHiddenAsync();
    }

    [Fact]
    public async Task SetDate_WithLateProblem_KeepsTheFocusInTheMessageLine()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        TaskCompletionSource focused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync(
            "**/api/calendar",
            async route =>
            {
                await focused.Task;
                await route.AbortAsync();
            }
        );
        await visit.Page.RunAndWaitForRequestAsync(() => visit.GoToAsync(2, 1), "**/api/calendar");

        await visit.Line.FocusAsync();
        focused.SetResult();

        await Expect(visit.Page.Locator("#calendar-problem")).ToHaveTextAsync("The playground does not respond.");
        await Expect(visit.Line).ToBeFocusedAsync();
    }

    [Fact]
    public async Task CalendarProblem_AfterAnotherTabSetsTheDate_IsRemoved()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.Page.RouteAsync("**/api/calendar", route => route.AbortAsync());
        var problem = visit.Page.Locator("#calendar-problem");
        await visit.Button("Next day").ClickAsync();
        await Expect(problem).ToHaveTextAsync("The playground does not respond.");

        await visit.PostInAnotherTabAsync("api/calendar", new { step = "next-day" });

        await Expect(problem).ToBeHiddenAsync();
    }

    /// <summary>The words of a text, regardless of line breaks on the page.</summary>
    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
