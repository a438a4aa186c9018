using System.Globalization;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>The pipeline's rate-limit permit, on a clock that only the test moves.</summary>
public sealed class RateLimitTests
{
    private readonly WatchedTime _time = new();
    private readonly DateTimeOffset _start;

    public RateLimitTests() => _start = _time.GetUtcNow();

    [Fact]
    public async Task RateLimit_ShortWaitAfter429_IsWaitedForAndThePostSentAgain()
    {
        var server = new FakeServer(_time)
            .Answers(
                429,
                """{"error":"Too many requests"}""",
                headers: [("X-RateLimit-Reset", In(12)), ("Date", Now())]
            )
            .Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);

        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();

        Assert.IsType<SendOutcome.Sent>(await outcome);
        Assert.Equal(_start + TimeSpan.FromSeconds(12), server.Requests[1].At);
    }

    [Fact]
    public async Task RateLimit_LongWaitAfter429_IsHandedBack()
    {
        var server = new FakeServer(_time).Answers(
            429,
            """{"error":"Too many requests"}""",
            headers: [("X-RateLimit-Reset", In(300)), ("Date", Now())]
        );
        await using var client = Some.Client(server, _time);

        var outcome = await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

        Assert.Equal(
            new SendOutcome.RetryAfter(_start + TimeSpan.FromSeconds(300), "HTTP 429: Too many requests"),
            outcome
        );
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task RateLimit_LimitUsedUp_KeepsThePostHereUntilItReopens()
    {
        var server = new FakeServer(_time)
            .Answers(
                200,
                Samples.MastodonStatus,
                headers: [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", In(3600)), ("Date", Now())]
            )
            .Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);
        await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

        var early = await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        Assert.Equal(_start + TimeSpan.FromHours(1), Assert.IsType<SendOutcome.RetryAfter>(early).Until);
        Assert.Single(server.Requests);

        _time.Advance(TimeSpan.FromHours(1));
        Assert.IsType<SendOutcome.Sent>(
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task RateLimit_PostingUsedUp_StillReadsAndDeletes()
    {
        var server = new FakeServer(_time)
            .Answers(429, headers: [("X-RateLimit-Reset", In(3600)), ("Date", Now())])
            .Answers(200, Samples.MastodonAccount)
            .Answers(200, "{}");
        await using var client = Some.Client(server, _time);
        await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

        Assert.IsType<Result<MastodonAccount>.Success>(
            await client.GetAccountAsync(TestContext.Current.CancellationToken)
        );
        Assert.IsType<SendOutcome.Sent>(await client.DeleteAsync("1", TestContext.Current.CancellationToken));
        Assert.IsType<SendOutcome.RetryAfter>(
            await client.EditAsync("1", Some.Status(), TestContext.Current.CancellationToken)
        ); // counted with posts
    }

    [Fact]
    public async Task RateLimit_ReadingUsedUp_IsUnavailableAndALookupIsInconclusive()
    {
        var server = new FakeServer(_time).Answers(
            200,
            Samples.MastodonAccount,
            headers: [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", In(300)), ("Date", Now())]
        );
        await using var client = Some.Client(server, _time);
        await client.GetAccountAsync(TestContext.Current.CancellationToken);

        Assert.IsType<Result<MastodonAccount>.Unavailable>(
            await client.GetAccountAsync(TestContext.Current.CancellationToken)
        );
        Assert.IsType<LookupResult.Inconclusive>(
            await client.FindOwnAsync("text", _start, TestContext.Current.CancellationToken)
        );
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task RateLimit_WaitThatIsCancelled_IsUnavailable()
    {
        var server = new FakeServer(_time).Answers(429, headers: [("X-RateLimit-Reset", In(12)), ("Date", Now())]);
        await using var client = Some.Client(server, _time);
        using var giveUp = new CancellationTokenSource();

        var outcome = client.SendAsync(Some.Status(), Some.Key, giveUp.Token);
        await _time.WaitForTimerAsync(wait => wait == TimeSpan.FromSeconds(12));
        await giveUp.CancelAsync();

        Assert.IsType<SendOutcome.Unavailable>(await outcome);
    }

    [Fact]
    public async Task RateLimit_EveryAttempt_TakesItsOwn()
    {
        // The second attempt detects the limit; the third must respect it.
        var server = new FakeServer(_time)
            .Answers(503)
            .Answers(429, headers: [("X-RateLimit-Reset", In(20)), ("Date", Now())])
            .Answers(200, Samples.MastodonAccount);
        await using var client = Some.Client(server, _time);

        var answer = client.GetAccountAsync(TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();
        await _time.SkipDelayAsync();

        Assert.IsType<Result<MastodonAccount>.Success>(await answer);
        Assert.True(server.Requests[2].At >= _start + TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(29, true)]
    [InlineData(30, false)] // the complete time that the caller waits
    [InlineData(31, false)]
    public async Task RateLimit_WaitAfter429_IsWaitedForIfItEndsBeforeTheCallsDeadline(int seconds, bool isWaitedFor)
    {
        var server = new FakeServer(_time)
            .Answers(429, headers: [("X-RateLimit-Reset", In(seconds)), ("Date", Now())])
            .Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);

        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        await PassAsync(isWaitedFor ? seconds : 0);

        if (isWaitedFor)
        {
            Assert.IsType<SendOutcome.Sent>(await outcome);
            Assert.Equal(_start.AddSeconds(seconds), server.Requests[1].At);
        }
        else
        {
            Assert.Equal(new SendOutcome.RetryAfter(_start.AddSeconds(seconds), "HTTP 429"), await outcome);
            Assert.Single(server.Requests);
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(29, true)]
    [InlineData(30, false)]
    [InlineData(31, false)]
    public async Task RateLimit_LimitKnownBefore_IsWaitedForIfItEndsBeforeTheCallsDeadline(
        int seconds,
        bool isWaitedFor
    )
    {
        var server = new FakeServer(_time)
            .Answers(
                200,
                Samples.MastodonStatus,
                headers: [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", In(seconds)), ("Date", Now())]
            )
            .Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);
        await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        await PassAsync(isWaitedFor ? seconds : 0);

        if (isWaitedFor)
        {
            Assert.IsType<SendOutcome.Sent>(await outcome);
            Assert.Equal(_start.AddSeconds(seconds), server.Requests[1].At);
        }
        else
        {
            Assert.Equal(
                new SendOutcome.RetryAfter(_start.AddSeconds(seconds), "The server's rate limit is used up."),
                await outcome
            );
            Assert.Single(server.Requests);
        }
    }

    [Fact]
    public async Task RateLimit_429WithoutHeaders_WaitsAMinuteAndLonger()
    {
        var server = new FakeServer(_time).Answers(429).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);

        var reopens = Assert.IsType<SendOutcome.RetryAfter>(await SendAsync(client)).Until;
        Assert.InRange(reopens, _start.AddSeconds(60), _start.AddSeconds(90)); // with jitter
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(reopens, Assert.IsType<SendOutcome.RetryAfter>(await SendAsync(client)).Until);
        Assert.Single(server.Requests);

        _time.Advance(reopens - _time.GetUtcNow());
        Assert.IsType<SendOutcome.Sent>(await SendAsync(client));
        Assert.Equal(reopens, server.Requests[1].At);
    }

    /// <summary>A block of the whole client: it counts for all requests, and its waits grow.</summary>
    [Fact]
    public async Task RateLimit_429WithoutATime_DelaysEverythingLongerEachTime()
    {
        var server = new FakeServer(_time);
        await using var client = Some.Client(server, _time);
        double[] waits = [60, 120, 240, 480, 900, 900];
        foreach (var wait in waits)
        {
            server.Answers(429, "<html>error code: 1015</html>", "text/html");
            var before = _time.GetUtcNow();

            var reopens = Assert.IsType<SendOutcome.RetryAfter>(await SendAsync(client)).Until;

            Assert.InRange((reopens - before).TotalSeconds, wait, 1.5 * wait);
            var sent = server.Requests.Count;
            foreach (var method in (string[])["GET", "POST", "PUT", "DELETE"])
            {
                await CallAsync(client, method);
            }

            Assert.Equal(sent, server.Requests.Count);
            _time.Advance(reopens - _time.GetUtcNow());
        }

        server.Answers(200, Samples.MastodonStatus).Answers(429);
        Assert.IsType<SendOutcome.Sent>(await SendAsync(client));
        var again = Assert.IsType<SendOutcome.RetryAfter>(await SendAsync(client)).Until;
        Assert.InRange((again - _time.GetUtcNow()).TotalSeconds, 60, 90);
    }

    /// <summary>The server received the read before the block began.</summary>
    [Fact]
    public async Task RateLimit_SuccessOfAnOlderRequest_DoesNotEndABlock()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        var server = new FakeServer(_time).AnswersLater(late.Task).Answers(429).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);
        var read = client.GetAccountAsync(TestContext.Current.CancellationToken);
        var reopens = Assert.IsType<SendOutcome.RetryAfter>(await SendAsync(client)).Until;

        late.SetResult(FakeServer.Response(200, Samples.MastodonAccount, "application/json"));
        Assert.IsType<Result<MastodonAccount>.Success>(await read);

        Assert.Equal(reopens, Assert.IsType<SendOutcome.RetryAfter>(await SendAsync(client)).Until);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task RateLimit_429WithoutHeadersForARead_IsUnavailable()
    {
        var server = new FakeServer(_time).Answers(429);
        await using var client = Some.Client(server, _time);

        Assert.Equal(
            new Result<MastodonAccount>.Unavailable("HTTP 429"),
            await client.GetAccountAsync(TestContext.Current.CancellationToken)
        );
        var again = await client.GetAccountAsync(TestContext.Current.CancellationToken);
        Assert.Contains(
            "The server's rate limit is used up. Retry after 2026-03-29 09:01",
            Assert.IsType<Result<MastodonAccount>.Unavailable>(again).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task RateLimit_429ThatRepeats_IsHandedBackAfterThreeRetries()
    {
        var server = new FakeServer(_time);
        for (var i = 0; i < 4; i++)
        {
            server.Answers(429, headers: ("Retry-After", "0"));
        }

        await using var client = Some.Client(server, _time);

        Assert.Equal(new SendOutcome.RetryAfter(_start, "HTTP 429"), await SendAsync(client));
        Assert.Equal(4, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal(_start, request.At));
    }

    /// <summary>The first attempt of an edit may have been executed, whatever happens to the second one.</summary>
    [Fact]
    public async Task RateLimit_OfTheSecondAttempt_LeavesALostEditUnknown()
    {
        var server = new FakeServer(_time)
            .Fails(HttpRequestError.ResponseEnded)
            .Answers(429, headers: ("Retry-After", "300"));
        await using var client = Some.Client(server, _time);

        var outcome = client.EditAsync("1", Some.Status(), TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();

        Assert.Equal(new SendOutcome.Unknown("HTTP 429"), await outcome);
    }

    [Fact]
    public async Task RateLimit_UsedUpBeforeTheSecondAttempt_LeavesALostEditUnknown()
    {
        var server = new FakeServer(_time)
            .Fails(HttpRequestError.ResponseEnded)
            .Answers(429, headers: ("Retry-After", "300"));
        await using var client = Some.Client(server, _time);

        var outcome = client.EditAsync("1", Some.Status(), TestContext.Current.CancellationToken);
        var delay = await _time.WaitForTimerAsync(wait => wait != Some.CallTimeout && wait != Some.AttemptTimeout);
        Assert.IsType<SendOutcome.RetryAfter>(await SendAsync(client)); // another post in the meantime
        _time.Advance(delay);

        Assert.Equal(new SendOutcome.Unknown("The server's rate limit is used up."), await outcome);
        Assert.Equal(2, server.Requests.Count);
    }

    /// <summary>A server counts reading, posting and deleting separately; edits count as posts.</summary>
    [Theory]
    [InlineData("GET", "GET")]
    [InlineData("POST", "POST PUT")]
    [InlineData("PUT", "POST PUT")]
    [InlineData("DELETE", "DELETE")]
    public async Task RateLimit_LimitUsedUp_HoldsBackWhatTheServerCountsTogether(string used, string heldBack)
    {
        var server = new FakeServer(_time).Answers(429, headers: ("Retry-After", "60"));
        await using var client = Some.Client(server, _time);
        await CallAsync(client, used);

        foreach (var method in (string[])["GET", "POST", "PUT", "DELETE"])
        {
            var before = server.Requests.Count;
            if (!heldBack.Split(' ').Contains(method))
            {
                server.Answers(403);
            }

            await CallAsync(client, method);
            Assert.Equal(heldBack.Split(' ').Contains(method), server.Requests.Count == before);
        }
    }

    private static Task<SendOutcome> SendAsync(BoundedClient client) =>
        client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

    private static Task CallAsync(BoundedClient client, string method)
    {
        var stop = TestContext.Current.CancellationToken;
        return method switch
        {
            "GET" => client.GetAccountAsync(stop),
            "POST" => client.SendAsync(Some.Status(), Some.Key, stop),
            "PUT" => client.EditAsync("1", Some.Status(), stop),
            _ => client.DeleteAsync("1", stop),
        };
    }

    private async Task PassAsync(int seconds)
    {
        if (seconds > 0)
        {
            await _time.WaitForTimerAsync(wait => wait == TimeSpan.FromSeconds(seconds));
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }
    }

    private string In(int seconds) =>
        (_start + TimeSpan.FromSeconds(seconds)).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private string Now() => _start.ToString("R", CultureInfo.InvariantCulture);
}
