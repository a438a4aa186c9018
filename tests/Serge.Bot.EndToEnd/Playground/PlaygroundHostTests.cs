using System.Text.Json.Nodes;

namespace Serge.Bot.EndToEnd.Playground;

/// <summary>The playground as its page sees it: started whole, asked over HTTP.</summary>
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
    public async Task TheCalendar_TurnedForwardAndBack_LetsPostsArriveOnBothSides()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");
        await _visit.UntilAsync(state => IsPosted(state, "1 February 1933"));

        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year - 1}}-12-30"}""");
        await _visit.UntilAsync(state => IsPosted(state, "30 December 1890"));

        static bool IsPosted(JsonNode state, string words) =>
            state["messages"]!
                .AsArray()
                .Count(message => message!["content"]!.ToString().Contains(words, StringComparison.Ordinal)) == 1
            && state["statuses"]!
                .AsArray()
                .Count(status => status!["html"]!.ToString().Contains(words, StringComparison.Ordinal)) == 1;
    }

    [Fact]
    public async Task TheCalendar_TurnedByQuickHands_LosesNoPost()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");

        await Task.WhenAll(
            _visit.PostAsync("api/calendar", """{"step":"next-post"}"""),
            _visit.PostAsync("api/calendar", """{"step":"next-post"}""")
        );

        // At 8 and at 9 of the first, at 8 of the second, on both sides.
        await _visit.UntilAsync(state => Sent(state) == 6);

        static int Sent(JsonNode state) =>
            state["ledger"]!["posts"]!.AsArray().Count(post => post!["state"]!.ToString() == "sent");
    }

    [Fact]
    public async Task TheCalendar_TurnedBackBeforeAPost_PlansNoSecondOne()
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-02"}""");
        await _visit.UntilAsync(state => state["statuses"]!.AsArray().Count == 1);

        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-01"}""");

        // Brussels' 8 and 9 o'clock, in UTC. The post of 8 o'clock on the second is out.
        await _visit.UntilAsync(state =>
            state["statuses"]!.AsArray().Count == 2
            && Coming(state).Take(3).SequenceEqual([$"{year}-02-01T08", $"{year}-02-02T08", $"{year}-02-03T07"])
        );

        await _visit.PostAsync("api/calendar", $$"""{"date":"{{year}}-02-02"}""");
        await _visit.UntilAsync(state =>
            state["log"]!
                .AsArray()
                .Any(line => line!["text"]!.ToString() == "The posts due at 08:00 were already sent.")
        );

        static IEnumerable<string> Coming(JsonNode state) =>
            state["plan"]!["posts"]!.AsArray().Select(post => post!["at"]!.ToString()[..13]).Distinct();
    }

    [Fact]
    public async Task AWorkerKilled_IsGone_AndStartedAgainItIsBack()
    {
        await _visit.PostAsync("api/worker", """{"action":"kill"}""");
        AnswerDeadline = TimeSpan.FromMilliseconds(100);
        var (_, silence) = await _visit.PostAsync("api/command", """{"line":"/about"}""");
        Assert.Equal("no-answer", silence["outcome"]?.ToString());
        AnswerDeadline = TimeSpan.FromMinutes(1);
        await _visit.UntilAsync(state =>
            state["worker"]!["state"]!.ToString() == "stopped" && !(bool)state["plan"]!["known"]!
        );

        await _visit.PostAsync("api/worker", """{"action":"start"}""");
        await _visit.UntilAsync(state => state["worker"]!["gateway"]!.ToString() == "connected");
        Assert.Equal(
            "answered",
            (await _visit.PostAsync("api/command", """{"line":"/about"}""")).Answer["outcome"]?.ToString()
        );
    }

    [Fact]
    public async Task NothingShown_HasASecretInIt()
    {
        await _visit.PostAsync("api/faults", """{"kind":"revoke-token","side":"both"}""");
        await _visit.PostAsync("api/calendar", """{"step":"next-post"}""");
        await _visit.UntilAsync(state =>
            state["ledger"]!["posts"]!
                .AsArray()
                .Any(post => post!["destination"]!.ToString() == "mastodon" && post["reason"] is not null)
        );

        // Both tokens of the simulated places look like this.
        Assert.DoesNotMatch(
            "playground\\.[a-z0-9]{32}",
            await _visit.Client.GetStringAsync(new Uri("api/state", UriKind.Relative), Cancel)
        );
    }
}
