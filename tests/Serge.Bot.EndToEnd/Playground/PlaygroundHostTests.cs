using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.EndToEnd.Playground;

/// <summary>The complete playground, used over HTTP as by its page.</summary>
public sealed class PlaygroundHostTests : IAsyncLifetime
{
    private PlaygroundVisit _visit = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TimeSpan AnswerDeadline
    {
        set => _visit.Playground.Platforms.World.Discord.Options.ResponseTimeout = value;
    }

    public async ValueTask InitializeAsync() => _visit = await PlaygroundVisit.OpenAsync();

    public ValueTask DisposeAsync() => _visit.DisposeAsync();

    [Fact]
    public async Task TheCalendar_SetForwardAndBack_LetsPostsArriveOnBothSides()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");
        await _visit.WaitUntilAsync(state => IsPosted(state, "1 February 1933"));

        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year - 1}}-12-30"}""");
        await _visit.WaitUntilAsync(state => IsPosted(state, "30 December 1890"));

        static bool IsPosted(JsonNode state, string words) =>
            state["messages"]!
                .AsArray()
                .Count(message => message!["content"]!.ToString().Contains(words, StringComparison.Ordinal)) == 1
            && state["statuses"]!
                .AsArray()
                .Count(status => status!["html"]!.ToString().Contains(words, StringComparison.Ordinal)) == 1;
    }

    [Fact]
    public async Task TheCalendar_ChangedRepeatedly_LosesNoPost()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");

        await Task.WhenAll(
            _visit.PostAsync("api/calendar", """{"step":"next-post"}"""),
            _visit.PostAsync("api/calendar", """{"step":"next-post"}""")
        );

        // At 8 and 9 o'clock on the first, and at 8 on the second, on both platforms.
        await _visit.WaitUntilAsync(state => Sent(state) == 6);
    }

    [Fact]
    public async Task TheCalendar_SetBackBeforeAPost_PlansNoSecondOne()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-02"}""");
        await _visit.WaitUntilAsync(state => state["statuses"]!.AsArray().Count == 1);

        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");

        // 8 and 9 o'clock in Brussels, as UTC. The post of 8 o'clock on the second is published.
        await _visit.WaitUntilAsync(state =>
            state["statuses"]!.AsArray().Count == 2
            && GetUpcoming(state).Take(3).SequenceEqual([$"{year}-02-01T08", $"{year}-02-02T08", $"{year}-02-03T07"])
        );

        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-02"}""");
        await _visit.WaitUntilAsync(state =>
            state["log"]!
                .AsArray()
                .Any(line => line!["text"]!.ToString() == "The posts due at 08:00 were already sent.")
        );

        static IEnumerable<string> GetUpcoming(JsonNode state) =>
            state["plan"]!["posts"]!.AsArray().Select(post => post!["at"]!.ToString()[..13]).Distinct();
    }

    [Fact]
    public async Task NextPost_IncludesSchedulesOfServers()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");
        await _visit.WaitUntilAsync(state => Sent(state) == 2);
        await _visit.PostAsync("api/command", """{"line":"/schedule set time:08:30 name:half"}""");

        var (status, _) = await _visit.PostAsync("api/calendar", """{"step":"next-post"}""");

        Assert.Equal(200, status);
        await _visit.WaitUntilAsync(state =>
            state["ledger"]!["posts"]!
                .AsArray()
                .Any(post =>
                    post!["schedule"]!.ToString().EndsWith(":half", StringComparison.Ordinal)
                    && post["state"]!.ToString() == "sent"
                )
            && state["messages"]!
                .AsArray()
                .Count(message => (bool)message!["bot"]! && message["command"] is null && !(bool)message["ephemeral"]!)
                == 2
            && state["statuses"]!.AsArray().Count == 1
        );
    }

    [Fact]
    public async Task NextPost_AfterAJumpBack_SkipsSentPosts()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");
        await _visit.WaitUntilAsync(state => Sent(state) == 2);
        await _visit.PostAsync("api/calendar", """{"step":"next-post"}""");
        await _visit.WaitUntilAsync(state => Sent(state) == 4);
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");

        var (_, answer) = await _visit.PostAsync("api/calendar", """{"step":"next-post"}""");

        // All posts of the first were sent.
        Assert.Equal($"{year}-02-02", answer["date"]!.ToString());
        await _visit.WaitUntilAsync(state => Sent(state) == 6);
    }

    [Fact]
    public async Task NextPostOnBoth_SkipsSchedulesOfServers()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");
        await _visit.WaitUntilAsync(state => Sent(state) == 2);
        await _visit.PostAsync("api/calendar", """{"step":"next-post"}""");
        await _visit.WaitUntilAsync(state => Sent(state) == 4);
        await _visit.PostAsync("api/command", """{"line":"/schedule set time:20:00"}""");

        var (_, answer) = await _visit.PostAsync("api/calendar", """{"step":"next-post-on-both"}""");

        Assert.Equal($"{year}-02-02", answer["date"]?.ToString());
        await _visit.WaitUntilAsync(state => state["statuses"]!.AsArray().Count == 3);
    }

    [Fact]
    public async Task SetDate_WithAPostAtMidnight_ReturnsTheRequestedDay()
    {
        await _visit.PostAsync("api/command", """{"line":"/schedule set time:00:00"}""");
        var state = await _visit.GetAsync("api/state");
        var earliest = state["calendar"]!["earliest"]!.ToString();

        var (status, answer) = await _visit.PostAsync("api/calendar", $$"""{"date":"{{earliest}}"}""");

        Assert.Equal((200, earliest), (status, answer["date"]?.ToString()));
    }

    [Fact]
    public async Task AWorkerKilled_IsGone_AndStartedAgainItIsBack()
    {
        await _visit.PostAsync("api/worker", """{"action":"kill"}""");
        AnswerDeadline = TimeSpan.FromMilliseconds(100);
        var (_, silence) = await _visit.PostAsync("api/command", """{"line":"/about"}""");
        Assert.Equal("no-answer", silence["outcome"]?.ToString());
        AnswerDeadline = TimeSpan.FromMinutes(1);
        await _visit.WaitUntilAsync(state =>
            state["worker"]!["state"]!.ToString() == "stopped" && !(bool)state["plan"]!["known"]!
        );

        await _visit.PostAsync("api/worker", """{"action":"start"}""");
        await _visit.WaitUntilAsync(state => state["worker"]!["gateway"]!.ToString() == "connected");
        Assert.Equal(
            "answered",
            (await _visit.PostAsync("api/command", """{"line":"/about"}""")).Answer["outcome"]?.ToString()
        );
    }

    [Fact]
    public async Task EndedService_StopsTheBot_WhichCanBeStartedAgain()
    {
        var services = _visit.Playground.Worker!.Services!;

        services.GetRequiredService<FatalErrorHandler>().HandleServiceEnd();

        await _visit.WaitUntilAsync(state =>
            state["worker"]!["state"]!.ToString() == "stopped"
            && state["log"]!
                .AsArray()
                .Any(line =>
                    line!["text"]!
                        .ToString()
                        .StartsWith("Bot stopped, because one of its services ended.", StringComparison.Ordinal)
                )
        );
        var (status, _) = await _visit.PostAsync("api/worker", """{"action":"start"}""");
        Assert.Equal(200, status);
        await _visit.WaitUntilAsync(state =>
            state["worker"]!["state"]!.ToString() == "running" && state["worker"]!["gateway"]!.ToString() == "connected"
        );
    }

    [Fact]
    public async Task StopSignal_OfTheWorkersHost_IsNoEndedService()
    {
        var services = _visit.Playground.Worker!.Services!;

        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        // The worker runs until the playground stops it.
        var (_, answer) = await _visit.PostAsync("api/command", """{"line":"/about"}""");
        Assert.Equal("answered", answer["outcome"]?.ToString());
        await _visit.WaitUntilAsync(state =>
            state["messages"]!.AsArray().Any(message => message!["command"]?.ToString() == "about")
            && state["worker"]!["state"]!.ToString() == "running"
            && !state["log"]!.AsArray().Any(IsStop)
        );

        static bool IsStop(JsonNode? line) =>
            line!["text"]!.ToString().StartsWith("Bot stopped,", StringComparison.Ordinal);
    }

    [Fact]
    public async Task LateResponse_DelaysTheNextCommandOnly()
    {
        await _visit.PostAsync("api/faults", """{"kind":"late-response"}""");
        using var events = _visit.Playground.Platforms.World.Watch();

        await _visit.PostAsync("api/complete", """{"line":"/quote topic:rev","option":"topic"}""");
        await _visit.PostAsync("api/command", """{"line":"/nothing"}""");
        await _visit.PostAsync("api/command", """{"line":"/about"}""");

        var sent = 0;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        timeout.CancelAfter(Wait.Limit);
        await foreach (var simulatorEvent in events.WithCancellation(timeout.Token))
        {
            if (simulatorEvent is FaultFired)
            {
                break;
            }

            if (simulatorEvent is DiscordWorldEvent.InteractionSent)
            {
                sent++;
            }
        }

        Assert.Equal(2, sent);
        await _visit.WaitUntilAsync(state => state["faults"]!.AsArray().Count == 0);
    }

    [Fact]
    public async Task KillInPost_ToOnePlatform_RemovesTheFaultOfTheOther()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");
        await _visit.WaitUntilAsync(state => Sent(state) == 2);
        await _visit.PostAsync("api/command", """{"line":"/schedule set time:08:30"}""");
        await _visit.PostAsync("api/faults", """{"kind":"kill-in-post","side":"both"}""");

        await _visit.PostAsync("api/calendar", """{"step":"next-post"}""");

        await _visit.WaitUntilAsync(state =>
            state["worker"]!["state"]!.ToString() == "stopped" && state["faults"]!.AsArray().Count == 0
        );
    }

    [Fact]
    public async Task NothingShown_HasASecretInIt()
    {
        await _visit.PostAsync("api/faults", """{"kind":"revoke-token","side":"both"}""");
        await _visit.PostAsync("api/calendar", """{"step":"next-post"}""");
        await _visit.WaitUntilAsync(state =>
            state["ledger"]!["posts"]!
                .AsArray()
                .Any(post => post!["destination"]!.ToString() == "mastodon" && post["reason"] is not null)
        );

        // Both tokens of the simulated platforms have this form.
        Assert.DoesNotMatch(
            "playground\\.[a-z0-9]{32}",
            await _visit.Client.GetStringAsync(new Uri("api/state", UriKind.Relative), Cancel)
        );
    }

    private static int Sent(JsonNode state) =>
        state["ledger"]!["posts"]!.AsArray().Count(post => post!["state"]!.ToString() == "sent");
}
