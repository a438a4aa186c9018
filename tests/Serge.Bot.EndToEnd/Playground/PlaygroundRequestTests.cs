using System.Net;
using System.Net.Sockets;
using System.Text;
using Serge.Bot.Playground;

namespace Serge.Bot.EndToEnd.Playground;

/// <summary>Requests that do not affect each other: all of them use one playground.</summary>
public sealed class PlaygroundRequestTests(SharedPlayground shared) : IClassFixture<SharedPlayground>
{
    private readonly PlaygroundVisit _visit = shared.Visit;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACommand_IsAnsweredByTheRealBot()
    {
        var (status, answer) = await _visit.PostAsync("api/command", """{"line":"/quote id:end-commands-means"}""");

        Assert.Equal((200, "answered"), (status, answer["outcome"]?.ToString()));
        await _visit.WaitUntilAsync(state =>
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
    public async Task AnInvalidRequest_ReturnsTheProblem(string path, string body, string words)
    {
        var (status, answer) = await _visit.PostAsync(path, body);

        Assert.Equal(400, status);
        Assert.Contains(words, answer["problem"]!.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Months pass in minutes, so the limits of a real server would be reached.</summary>
    [Fact]
    public async Task MediaUpload_HasNoRateLimit()
    {
        for (var upload = 1; upload <= 31; upload++)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, new Uri("mastodon/api/v2/media", UriKind.Relative));
            request.Headers.Authorization = new("Bearer", _visit.Playground.Platforms.MastodonToken);
            request.Content = new FormUrlEncodedContent([new("description", "No picture")]);
            using var answer = await _visit.Client.SendAsync(request, Cancel);

            // It is refused because the picture is missing.
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
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
    public async Task StartAsync_OnABusyPort_ReportsItAndTakesTheNext()
    {
        List<int> busy = [];

        await using var second = await PlaygroundHost.StartAsync(
            Stage.Repository,
            new IPEndPoint(IPAddress.Loopback, _visit.Playground.Address.Port),
            busy.Add,
            withoutBot: true
        );

        Assert.Equal(_visit.Playground.Address.Port, busy[0]);
        Assert.Equal(busy[^1] + 1, second.Address.Port);
    }

    /// <summary>Both find the next port free before one of them listens there.</summary>
    [Fact]
    public async Task StartAsync_TwoAtOnceOnABusyPort_TakeTwoPortsAndReportEachBusyPortOnce()
    {
        List<int> busyForFirst = [];
        List<int> busyForSecond = [];

        var playgrounds = await Task.WhenAll(
            Task.Run(() => StartAsync(busyForFirst)),
            Task.Run(() => StartAsync(busyForSecond))
        );

        try
        {
            Assert.NotEqual(playgrounds[0].Address, playgrounds[1].Address);
            Assert.Equal(_visit.Playground.Address.Port, busyForFirst[0]);
            Assert.Equal(_visit.Playground.Address.Port, busyForSecond[0]);
            Assert.Distinct(busyForFirst);
            Assert.Distinct(busyForSecond);
        }
        finally
        {
            await playgrounds[0].DisposeAsync();
            await playgrounds[1].DisposeAsync();
        }

        Task<PlaygroundHost> StartAsync(List<int> busy) =>
            PlaygroundHost.StartAsync(
                Stage.Repository,
                new IPEndPoint(IPAddress.Loopback, _visit.Playground.Address.Port),
                busy.Add,
                withoutBot: true
            );
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
