using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Serge.Bot.Playground;

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
    public async Task ACommand_IsAnsweredByTheRealBot()
    {
        var (status, answer) = await _visit.PostAsync("api/command", """{"line":"/quote id:end-commands-means"}""");

        Assert.Equal((200, "answered"), (status, answer["outcome"]?.ToString()));
        await _visit.UntilAsync(state =>
            state["messages"]!
                .AsArray()
                .Any(message =>
                    message!["content"]!.ToString().Contains("commands its own means", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public async Task ACompletion_IsTheBotsOwn()
    {
        var (status, choices) = await _visit.PostAsync(
            "api/complete",
            """{"line":"/quote topic:rev","option":"topic"}"""
        );

        Assert.Equal(200, status);
        Assert.Contains(choices.AsArray(), choice => choice!["value"]!.ToString() == "revolution");
    }

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

    [Theory]
    [InlineData("api/command", "{}", "Type something")]
    [InlineData("api/command", """{"line":"/nothing"}""", "no command")]
    [InlineData("api/command", """{"line":"/quote nonsense:1"}""", "has no option")]
    [InlineData("api/command", "[]", "cannot be read")]
    [InlineData("api/command", "null", "an object")]
    [InlineData("api/calendar", """{"date":"1066-10-14"}""", "The date must be in the range")]
    [InlineData("api/calendar", """{"date":"soon"}""", "cannot be read")]
    [InlineData("api/calendar", "{}", "Set a date")]
    [InlineData("api/calendar", """{"step":"sideways"}""", "cannot be read")]
    [InlineData("api/faults", "{}", "Set the kind")]
    [InlineData("api/faults", """{"kind":"earthquake"}""", "cannot be read")]
    [InlineData("api/worker", "{}", "Set an action")]
    [InlineData("api/press", """{"message":"1","button":"2"}""", "does not exist any more")]
    public async Task ARequestThatMakesNoSense_IsToldSo(string path, string body, string words)
    {
        var (status, answer) = await _visit.PostAsync(path, body);

        Assert.Equal(400, status);
        Assert.Contains(words, answer["problem"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APost_AsAFormWouldSendIt_IsRefused()
    {
        using StringContent form = new("""{"action":"kill"}""", Encoding.UTF8, "text/plain");
        using var answer = await _visit.Client.PostAsync(new Uri("api/worker", UriKind.Relative), form, Cancel);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("", "Host", "rebound.example")]
    [InlineData("api/state", "Host", "rebound.example")]
    [InlineData("mastodon/api/v2/instance", "Host", "rebound.example")]
    [InlineData("api/state", "Origin", "http://evil.example")]
    [InlineData("discord/gateway", "Origin", "http://evil.example")]
    public async Task ARequestFromElsewhere_IsForbidden(string path, string header, string value)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(_visit.Playground.Address, path));
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await _visit.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task ThePage_ForbidsWhatIsNotItsOwn()
    {
        using var answer = await _visit.Client.GetAsync(new Uri("", UriKind.Relative), Cancel);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
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

    [Fact]
    public async Task StartAsync_OnABusyPort_SaysSoAndTakesTheNext()
    {
        List<int> busy = [];

        await using var second = await PlaygroundHost.StartAsync(
            Stage.Repository,
            new IPEndPoint(IPAddress.Loopback, _visit.Playground.Address.Port),
            busy.Add
        );

        Assert.Equal(_visit.Playground.Address.Port, busy[0]);
        Assert.Equal(busy[^1] + 1, second.Address.Port);
    }

    [Fact]
    public async Task DisposeAsync_LeavesNothingBehind()
    {
        var second = await PlaygroundHost.StartAsync(Stage.Repository, new IPEndPoint(IPAddress.Loopback, 0), _ => { });
        Assert.True(Directory.Exists(second.Folder));

        await second.DisposeAsync();

        Assert.False(Directory.Exists(second.Folder));
        using TcpClient client = new();
        await Assert.ThrowsAsync<SocketException>(() =>
            client.ConnectAsync(IPAddress.Loopback, second.Address.Port, Cancel).AsTask()
        );
    }
}
