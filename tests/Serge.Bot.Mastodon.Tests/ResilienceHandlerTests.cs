using System.Globalization;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>The strategies of the pipeline except the permit, on a clock that only the test advances.</summary>
public sealed class ResilienceHandlerTests
{
    private readonly WatchedTime _time = new();
    private readonly DateTimeOffset _start;

    public ResilienceHandlerTests() => _start = _time.GetUtcNow();

    // Timeout of the call

    [Fact]
    public async Task CallTimeout_AllAttemptsTogether_EndsTheCall()
    {
        var server = new FakeServer(_time).Hangs().Hangs().Hangs();
        await using var client = Some.Client(server, _time);

        var answer = client.GetInstanceAsync(TestContext.Current.CancellationToken);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await _time.WaitForTimerAsync(wait => wait == Some.AttemptTimeout);
            _time.Advance(Some.AttemptTimeout);
            await _time.SkipDelayAsync();
        }

        await _time.WaitForTimerAsync(wait => wait == Some.AttemptTimeout);
        // Less than the timeout of the third attempt.
        _time.Advance(_start + Some.CallTimeout - _time.GetUtcNow());

        Assert.IsType<Result<MastodonInstance>.Unavailable>(await answer);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task CallTimeout_PostStillUnderWay_IsUnknown()
    {
        var server = new FakeServer(_time)
            .Answers(429, headers: [("X-RateLimit-Reset", In(25)), ("Date", Now())])
            .Hangs();
        await using var client = Some.Client(server, _time);

        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();
        await _time.WaitForTimerAsync(wait => wait == Some.AttemptTimeout);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.IsType<SendOutcome.Unknown>(await outcome);
    }

    // Retry

    [Fact]
    public async Task Retry_AfterARateLimit_LogsTheWaitForItsEnd()
    {
        using var log = new CollectingLog();
        var server = new FakeServer(_time)
            .Answers(429, headers: [("X-RateLimit-Reset", In(25)), ("Date", Now())])
            .Answers(200, Samples.MastodonAccount);
        await using var client = Some.Client(server, _time, Some.Options(), log: log);

        var answer = client.GetAccountAsync(TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();
        await answer;

        Assert.Equal(["Information Mastodon GET failed (HTTP 429); retry in 25.0 s"], log.Lines);
    }

    [Fact]
    public async Task Retry_AfterAnAttemptTimeout_LogsTheTimeout()
    {
        using var log = new CollectingLog();
        var server = new FakeServer(_time).Hangs().Answers(200, Samples.MastodonAccount);
        await using var client = Some.Client(server, _time, Some.Options(), log: log);

        var answer = client.GetAccountAsync(TestContext.Current.CancellationToken);
        await _time.WaitForTimerAsync(wait => wait == Some.AttemptTimeout);
        _time.Advance(Some.AttemptTimeout);
        await _time.SkipDelayAsync();
        await answer;

        Assert.StartsWith(
            $"Information Mastodon GET failed (no response within {Some.AttemptTimeout.TotalSeconds:0} s); retry in ",
            Assert.Single(log.Lines),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ProxyTunnelError)]
    public async Task Retry_PostThatNeverLeft_IsSentAgainAfterAWait(HttpRequestError error)
    {
        var server = new FakeServer(_time).Fails(error).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);

        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        var wait = await _time.SkipDelayAsync();

        Assert.IsType<SendOutcome.Sent>(await outcome);
        Assert.InRange(wait, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(4));
        Assert.Equal(_start + wait, server.Requests[1].At);
        Assert.Equal(server.Requests[0].Header("Idempotency-Key"), server.Requests[1].Header("Idempotency-Key"));
        Assert.NotNull(server.Requests[1].Body);
    }

    [Fact]
    public async Task Retry_PostThatNeverLeaves_IsUnavailableAfterThreeMore()
    {
        var server = new FakeServer(_time);
        for (var i = 0; i < 4; i++)
        {
            server.Fails(HttpRequestError.ConnectionError, "Connection refused (mastodon.example:443)");
        }

        await using var client = Some.Client(server, _time);
        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await _time.SkipDelayAsync();
        }

        var unavailable = Assert.IsType<SendOutcome.Unavailable>(await outcome);
        Assert.Contains("Connection refused", unavailable.Reason, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Retry_AfterTheDeadline_SendsNothingAndIsUnavailable()
    {
        var server = new FakeServer(_time).Fails(HttpRequestError.ConnectionError);
        await using var client = Some.Client(server, _time);
        SendDeadline deadline = new(_time, TimeSpan.FromMilliseconds(1));

        var stop = TestContext.Current.CancellationToken;
        var outcome = client.SendAsync(Some.Status(), Some.Key, deadline, stop);
        await _time.SkipDelayAsync();

        var unavailable = Assert.IsType<SendOutcome.Unavailable>(await outcome);
        Assert.StartsWith("Not sent:", unavailable.Reason, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.InvalidResponse)]
    [InlineData(HttpRequestError.HttpProtocolError)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task Retry_PostThatMayHaveArrived_IsNotSentAgain(HttpRequestError error)
    {
        var server = new FakeServer(_time).Fails(error);
        await using var client = Some.Client(server, _time);

        Assert.IsType<SendOutcome.Unknown>(
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
        );
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Retry_PostThatNeverLeftAndThenMayHaveArrived_IsUnknown()
    {
        var server = new FakeServer(_time)
            .Fails(HttpRequestError.ConnectionError)
            .Fails(HttpRequestError.ResponseEnded);
        await using var client = Some.Client(server, _time);

        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();

        Assert.IsType<SendOutcome.Unknown>(await outcome);
    }

    [Fact]
    public async Task Retry_EditThatMayHaveArrivedAndThenNeverLeaves_IsStillUnknown()
    {
        var server = new FakeServer(_time).Fails(HttpRequestError.ResponseEnded);
        for (var i = 0; i < 3; i++)
        {
            server.Fails(HttpRequestError.ConnectionError);
        }

        await using var client = Some.Client(server, _time);
        var outcome = client.EditAsync("1", Some.Status(), TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await _time.SkipDelayAsync();
        }

        Assert.IsType<SendOutcome.Unknown>(await outcome);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task Retry_ReadOrIdempotentWriteAfterAServerError_IsTriedAgain(int status)
    {
        var server = new FakeServer(_time)
            .Answers(status)
            .Answers(200, Samples.MastodonAccount)
            .Answers(status)
            .Answers(200, Samples.MastodonStatus)
            .Answers(status)
            .Answers(200, "{}");
        await using var client = Some.Client(server, _time);

        var account = client.GetAccountAsync(TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();
        Assert.IsType<Result<MastodonAccount>.Success>(await account);

        var edit = client.EditAsync("1", Some.Status(), TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();
        Assert.IsType<SendOutcome.Sent>(await edit);

        var delete = client.DeleteAsync("1", TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();
        Assert.IsType<SendOutcome.Sent>(await delete);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task Retry_ReadThatIsRefused_IsNotTriedAgain(int status)
    {
        var server = new FakeServer(_time).Answers(status);
        await using var client = Some.Client(server, _time);

        await client.GetAccountAsync(TestContext.Current.CancellationToken);

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Retry_Waits_GrowAndAreSpreadByChance()
    {
        static async Task<TimeSpan[]> GetWaitsAsync(int seed)
        {
            var time = new WatchedTime();
            var server = new FakeServer(time).AnswersTimes(4, 503);
            await using var client = Some.Client(server, time, Some.Options(), seed);
            var answer = client.GetAccountAsync(TestContext.Current.CancellationToken);
            var waits = new[] { await time.SkipDelayAsync(), await time.SkipDelayAsync(), await time.SkipDelayAsync() };
            await answer;
            return waits;
        }

        var one = await GetWaitsAsync(seed: 1);
        var other = await GetWaitsAsync(seed: 2);

        Assert.True(one[2] > one[0]);
        Assert.NotEqual(one, other);
        Assert.Equal(one, await GetWaitsAsync(seed: 1));
        Assert.True(one.Aggregate((sum, wait) => sum + wait) < Some.CallTimeout);
    }

    /// <summary>About 1, 2 and 4 s, because the retries must fit into the time of a call.</summary>
    [Fact]
    public async Task Retry_Waits_AreAbout1And2And4SecondsOnAverage()
    {
        const int Calls = 60;
        var sums = new double[3];
        for (var seed = 0; seed < Calls; seed++)
        {
            var time = new WatchedTime();
            var server = new FakeServer(time).AnswersTimes(4, 503);
            await using var client = Some.Client(server, time, Some.Options(), seed);
            var answer = client.GetAccountAsync(TestContext.Current.CancellationToken);
            for (var wait = 0; wait < sums.Length; wait++)
            {
                sums[wait] += (await time.SkipDelayAsync()).TotalSeconds;
            }

            await answer;
        }

        Assert.InRange(sums[0] / Calls, 0.5, 1.5);
        Assert.InRange(sums[1] / Calls, 1, 3);
        Assert.InRange(sums[2] / Calls, 2, 6);
    }

    [Fact]
    public async Task Retry_PostRefusedByALimitThatThenNeverLeaves_IsUnavailable()
    {
        var server = new FakeServer(_time).Answers(429, headers: ("Retry-After", "0"));
        for (var i = 0; i < 3; i++)
        {
            server.Fails(HttpRequestError.ConnectionError);
        }

        await using var client = Some.Client(server, _time);
        var outcome = SendAsync(client);
        await _time.SkipDelayAsync();
        await _time.SkipDelayAsync();

        Assert.IsType<SendOutcome.Unavailable>(await outcome);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData(407, 1)]
    [InlineData(408, 4)]
    [InlineData(409, 1)]
    [InlineData(499, 1)]
    [InlineData(500, 4)]
    [InlineData(599, 4)]
    public async Task Retry_ReadThatFails_IsTriedFourTimesAfterATemporaryFailureOnly(int status, int attempts)
    {
        var server = new FakeServer(_time).AnswersTimes(attempts, status);
        await using var client = Some.Client(server, _time);

        var answer = client.GetAccountAsync(TestContext.Current.CancellationToken);
        for (var i = 1; i < attempts; i++)
        {
            await _time.SkipDelayAsync();
        }

        await answer;
        Assert.Equal(attempts, server.Requests.Count);
    }

    [Theory]
    [InlineData(29, 2)]
    [InlineData(30, 1)]
    [InlineData(31, 1)]
    public async Task Retry_ReadThatTheServerDefers_IsTriedAgainIfThatIsBeforeTheDeadline(int seconds, int attempts)
    {
        var server = new FakeServer(_time)
            .Answers(503, headers: ("Retry-After", $"{seconds}"))
            .Answers(200, Samples.MastodonAccount);
        await using var client = Some.Client(server, _time);

        var answer = client.GetAccountAsync(TestContext.Current.CancellationToken);
        if (attempts == 2)
        {
            // The wait of the retry.
            await _time.SkipDelayAsync();
            // The rest of the wait that the server requests.
            await _time.SkipDelayAsync();
        }

        if (attempts == 2)
        {
            Assert.IsType<Result<MastodonAccount>.Success>(await answer);
        }
        else
        {
            Assert.Equal(new Result<MastodonAccount>.Unavailable("HTTP 503"), await answer);
        }

        Assert.Equal(attempts, server.Requests.Count);
        Assert.Equal(_start.AddSeconds(attempts == 2 ? seconds : 0), server.Requests[^1].At);
    }

    [Fact]
    public async Task Retry_EachWait_IsLogged()
    {
        using var log = new CollectingLog();
        var server = new FakeServer(_time)
            .Answers(503)
            .Fails(HttpRequestError.ConnectionError, "no route")
            .Answers(200, Samples.MastodonAccount);
        await using var client = Some.Client(server, _time, Some.Options(), log: log);

        var answer = client.GetAccountAsync(TestContext.Current.CancellationToken);
        var first = await _time.SkipDelayAsync();
        var second = await _time.SkipDelayAsync();
        await answer;

        Assert.Equal(
            [
                FormattableString.Invariant(
                    $"Information Mastodon GET failed (HTTP 503); retry in {first.TotalSeconds:0.0} s"
                ),
                FormattableString.Invariant(
                    $"Information Mastodon GET failed (no route); retry in {second.TotalSeconds:0.0} s"
                ),
            ],
            log.Lines
        );
    }

    // Circuit breaker

    [Fact]
    public async Task CircuitBreaker_ServerThatOnlyFails_OpensItAndIsTriedAgainLater()
    {
        var server = new FakeServer(_time).AnswersTimes(5, 500).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time);
        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<SendOutcome.Unknown>(
                await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
            );
        }

        Assert.IsType<SendOutcome.Unavailable>(
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
        );
        Assert.Equal(5, server.Requests.Count);

        _time.Advance(MastodonResilienceHandler.BreakDuration);
        Assert.IsType<SendOutcome.Sent>(
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
        );
    }

    /// <summary>The first attempt may have been executed.</summary>
    [Fact]
    public async Task CircuitBreaker_OpenedByTheFirstAttemptOfAnEdit_LeavesItUnknown()
    {
        var server = new FakeServer(_time).AnswersTimes(5, 500);
        await using var client = Some.Client(server, _time);
        for (var i = 0; i < 4; i++)
        {
            await SendAsync(client);
        }

        var outcome = client.EditAsync("1", Some.Status(), TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();

        Assert.Equal(
            new SendOutcome.Unknown("The circuit breaker for mastodon.example is open after repeated failures."),
            await outcome
        );
        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task CircuitBreaker_ServerThatNeverAnswers_OpensIt()
    {
        var server = new FakeServer(_time);
        await using var client = Some.Client(server, _time);
        for (var i = 0; i < 5; i++)
        {
            server.Hangs();
            var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
            await _time.WaitForTimerAsync(wait => wait == Some.AttemptTimeout);
            _time.Advance(Some.AttemptTimeout);
            Assert.IsType<SendOutcome.Unknown>(await outcome);
        }

        Assert.IsType<SendOutcome.Unavailable>(
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("x", false)]
    [InlineData("xxxx", false)] // too few to judge
    [InlineData("xxxxx", true)]
    [InlineData("-xxxx", true)] // four of five
    [InlineData("--xxx", false)]
    [InlineData("--xxxxxxxx", true)] // eight of ten
    [InlineData("---xxxxxxx", false)]
    public async Task CircuitBreaker_Failures_OpenItFromFourOfFive(string calls, bool opens)
    {
        var server = new FakeServer(_time);
        await using var client = Some.Client(server, _time);
        foreach (var call in calls)
        {
            server.Answers(call == 'x' ? 500 : 422, "no", "text/plain");
            await SendAsync(client);
        }

        server.Answers(422, "no", "text/plain");
        var outcome = await SendAsync(client);

        Assert.Equal(opens, outcome is SendOutcome.Unavailable);
        Assert.Equal(opens, server.Requests.Count == calls.Length);
    }

    [Theory]
    [InlineData(499, false)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(599, true)]
    public async Task CircuitBreaker_Status_CountsFrom500(int status, bool opens)
    {
        var server = new FakeServer(_time).AnswersTimes(6, status);
        await using var client = Some.Client(server, _time);
        for (var i = 0; i < 6; i++)
        {
            await SendAsync(client);
        }

        Assert.Equal(opens ? 5 : 6, server.Requests.Count);
    }

    [Fact]
    public async Task CircuitBreaker_FailuresFarApart_DoNotOpenIt()
    {
        var server = new FakeServer(_time).AnswersTimes(20, 500);
        await using var client = Some.Client(server, _time);
        for (var i = 0; i < 20; i++)
        {
            Assert.IsType<SendOutcome.Unknown>(await SendAsync(client));
            _time.Advance(TimeSpan.FromSeconds(40));
        }
    }

    [Fact]
    public async Task CircuitBreaker_FailuresWithinTwoMinutes_OpenIt()
    {
        var server = new FakeServer(_time).AnswersTimes(5, 500);
        await using var client = Some.Client(server, _time);
        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<SendOutcome.Unknown>(await SendAsync(client));
            _time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.IsType<SendOutcome.Unavailable>(await SendAsync(client));
    }

    [Fact]
    public async Task CircuitBreaker_Open_LetsOneCallThroughAfter30SecondsAndOpensAgainIfItFails()
    {
        using var log = new CollectingLog();
        var server = new FakeServer(_time).AnswersTimes(5, 500);
        await using var client = Some.Client(server, _time, Some.Options(), log: log);
        for (var i = 0; i < 5; i++)
        {
            await SendAsync(client);
        }

        Assert.Equal(
            new SendOutcome.Unavailable("The circuit breaker for mastodon.example is open after repeated failures."),
            await SendAsync(client)
        );
        _time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        Assert.IsType<SendOutcome.Unavailable>(await SendAsync(client));
        Assert.Equal(5, server.Requests.Count);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        server.Answers(500);
        Assert.IsType<SendOutcome.Unknown>(await SendAsync(client));
        Assert.IsType<SendOutcome.Unavailable>(await SendAsync(client));
        Assert.Equal(6, server.Requests.Count);

        _time.Advance(TimeSpan.FromSeconds(30));
        server.Answers(200, Samples.MastodonStatus).Answers(200, Samples.MastodonStatus);
        Assert.IsType<SendOutcome.Sent>(await SendAsync(client));
        Assert.IsType<SendOutcome.Sent>(await SendAsync(client));
        Assert.Equal(
            [
                "Warning Circuit breaker for mastodon.example opened for 30 s after repeated failures",
                "Warning Circuit breaker for mastodon.example opened for 30 s after repeated failures",
                "Information Circuit breaker for mastodon.example closed; the server responds again",
            ],
            log.Lines
        );
    }

    [Theory]
    [InlineData(429)]
    [InlineData(422)]
    [InlineData(404)]
    [InlineData(401)]
    public async Task CircuitBreaker_ServerThatRefuses_IsHealthy(int status)
    {
        var server = new FakeServer(_time);
        await using var client = Some.Client(server, _time);
        for (var i = 0; i < 20; i++)
        {
            server.Answers(status, """{"error":"no"}""");
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
            _time.Advance(2 * BlockBackoff.MaxWait);
        }

        Assert.Equal(20, server.Requests.Count);
    }

    // Timeout of an attempt

    [Fact]
    public async Task AttemptTimeout_PostWithoutAnswer_IsUnknownAndNotSentAgain()
    {
        var server = new FakeServer(_time).Hangs();
        await using var client = Some.Client(server, _time);

        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        await _time.WaitForTimerAsync(wait => wait == Some.AttemptTimeout);
        _time.Advance(Some.AttemptTimeout);

        Assert.IsType<SendOutcome.Unknown>(await outcome);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task AttemptTimeout_ReadWithoutAnswer_IsTriedAgain()
    {
        var server = new FakeServer(_time).Hangs().Answers(200, Samples.MastodonAccount);
        await using var client = Some.Client(server, _time);

        var answer = client.GetAccountAsync(TestContext.Current.CancellationToken);
        await _time.WaitForTimerAsync(wait => wait == Some.AttemptTimeout);
        _time.Advance(Some.AttemptTimeout);
        await _time.SkipDelayAsync();

        Assert.IsType<Result<MastodonAccount>.Success>(await answer);
    }

    [Fact]
    public async Task AttemptTimeout_AnswerJustBefore_IsRead()
    {
        var answers = new TaskCompletionSource<HttpResponseMessage>();
        var server = new FakeServer(_time).AnswersLater(answers.Task);
        await using var client = Some.Client(server, _time);

        var outcome = SendAsync(client);
        await _time.WaitForTimerAsync(wait => wait == Some.AttemptTimeout);
        _time.Advance(Some.AttemptTimeout - TimeSpan.FromTicks(1));
        answers.SetResult(FakeServer.Response(200, Samples.MastodonStatus, "application/json"));

        Assert.IsType<SendOutcome.Sent>(await outcome);
    }

    [Fact]
    public async Task Timeouts_EachOfThem_StatesWhatHappened()
    {
        var server = new FakeServer(_time).Hangs();
        await using var client = Some.Client(server, _time);
        var outcome = SendAsync(client);
        await _time.WaitForTimerAsync(wait => wait == Some.AttemptTimeout);
        _time.Advance(Some.AttemptTimeout);
        Assert.Equal(new SendOutcome.Unknown("Timeout: mastodon.example did not respond within 10 s."), await outcome);

        using var cancel = new CancellationTokenSource();
        server.Hangs(cancel.Cancel);
        Assert.Equal(
            new SendOutcome.Unknown("mastodon.example had not responded when the bot stopped waiting."),
            await client.SendAsync(Some.Status(), Some.Key, cancel.Token)
        );

        server.Fails(HttpRequestError.ResponseEnded, "the connection  was\nclosed");
        Assert.Equal(new SendOutcome.Unknown("mastodon.example: the connection was closed"), await SendAsync(client));
    }

    [Fact]
    public async Task Timeout_TransportCancelsByItself_IsUnknown()
    {
        var server = new FakeServer(_time).Does(() => throw new TaskCanceledException("cancelled"));
        await using var client = Some.Client(server, _time);

        Assert.IsType<SendOutcome.Unknown>(await SendAsync(client));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Timeout_TransportTimesOutWhenTheCallIsCancelled_IsUnknown()
    {
        using var cancel = new CancellationTokenSource();
        var server = new FakeServer(_time).Does(() =>
        {
            cancel.Cancel();
            throw new TaskCanceledException("cancelled", new TimeoutException());
        });
        await using var client = Some.Client(server, _time);

        Assert.IsType<SendOutcome.Unknown>(await client.SendAsync(Some.Status(), Some.Key, cancel.Token));
    }

    // The transport's timeout for connecting

    [Fact]
    public async Task Connecting_TakesTooLong_HasCertainlyNotExecutedAnything()
    {
        using var transport = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(1),
            ConnectCallback = static async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return Stream.Null;
            },
        };
        await using var client = Some.Client(transport, _time, Some.Options());

        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await _time.SkipDelayAsync();
        }

        Assert.IsType<SendOutcome.Unavailable>(await outcome);
    }

    private static Task<SendOutcome> SendAsync(BoundedClient client) =>
        client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

    private string In(int seconds) =>
        (_start + TimeSpan.FromSeconds(seconds)).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private string Now() => _start.ToString("R", CultureInfo.InvariantCulture);
}
