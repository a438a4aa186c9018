using System.Globalization;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>The pipeline's rate-limit permit, on a clock that only the test moves.</summary>
public sealed class PermitTests
{
    private readonly WatchedTime _time = new();
    private readonly DateTimeOffset _start;

    public PermitTests() => _start = _time.GetUtcNow();

    [Fact]
    public async Task Permit_ShortWaitAfter429_IsWaitedForAndThePostSentAgain()
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
        await _time.PassWaitAsync();

        Assert.IsType<SendOutcome.Sent>(await outcome);
        Assert.Equal(_start + TimeSpan.FromSeconds(12), server.Requests[1].At);
    }

    [Fact]
    public async Task Permit_LongWaitAfter429_IsHandedBack()
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
    public async Task Permit_LimitUsedUp_KeepsThePostHereUntilItReopens()
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
    public async Task Permit_PostingUsedUp_StillReadsAndDeletes()
    {
        var server = new FakeServer(_time)
            .Answers(429, headers: [("X-RateLimit-Reset", In(3600)), ("Date", Now())])
            .Answers(200, Samples.MastodonAccount)
            .Answers(200, "{}");
        await using var client = Some.Client(server, _time);
        await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

        Assert.IsType<Answer<MastodonAccount>.Got>(await client.AccountAsync(TestContext.Current.CancellationToken));
        Assert.IsType<SendOutcome.Sent>(await client.DeleteAsync("1", TestContext.Current.CancellationToken));
        Assert.IsType<SendOutcome.RetryAfter>(
            await client.EditAsync("1", Some.Status(), TestContext.Current.CancellationToken)
        ); // counted with posts
    }

    [Fact]
    public async Task Permit_ReadingUsedUp_IsUnavailableAndALookCannotTell()
    {
        var server = new FakeServer(_time).Answers(
            200,
            Samples.MastodonAccount,
            headers: [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", In(300)), ("Date", Now())]
        );
        await using var client = Some.Client(server, _time);
        await client.AccountAsync(TestContext.Current.CancellationToken);

        Assert.IsType<Answer<MastodonAccount>.Unavailable>(
            await client.AccountAsync(TestContext.Current.CancellationToken)
        );
        Assert.IsType<Look.CannotTell>(
            await client.FindOwnAsync("text", _start, TestContext.Current.CancellationToken)
        );
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Permit_WaitThatIsGivenUp_IsUnavailable()
    {
        var server = new FakeServer(_time).Answers(429, headers: [("X-RateLimit-Reset", In(12)), ("Date", Now())]);
        await using var client = Some.Client(server, _time);
        using var giveUp = new CancellationTokenSource();

        var outcome = client.SendAsync(Some.Status(), Some.Key, giveUp.Token);
        await _time.WaitBeginsAsync(wait => wait == TimeSpan.FromSeconds(12));
        await giveUp.CancelAsync();

        Assert.IsType<SendOutcome.Unavailable>(await outcome);
    }

    [Fact]
    public async Task Permit_EveryAttempt_TakesItsOwn()
    {
        // The second attempt is the one that learns of the limit, the third must keep to it.
        var server = new FakeServer(_time)
            .Answers(503)
            .Answers(429, headers: [("X-RateLimit-Reset", In(20)), ("Date", Now())])
            .Answers(200, Samples.MastodonAccount);
        await using var client = Some.Client(server, _time);

        var answer = client.AccountAsync(TestContext.Current.CancellationToken);
        await _time.PassWaitAsync();
        await _time.PassWaitAsync();

        Assert.IsType<Answer<MastodonAccount>.Got>(await answer);
        Assert.True(server.Requests[2].At >= _start + TimeSpan.FromSeconds(20));
    }

    private string In(int seconds) =>
        (_start + TimeSpan.FromSeconds(seconds)).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private string Now() => _start.ToString("R", CultureInfo.InvariantCulture);
}
