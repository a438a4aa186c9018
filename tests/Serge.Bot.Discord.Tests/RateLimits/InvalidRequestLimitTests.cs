using Microsoft.Extensions.Logging;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.RateLimits;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>10,000 responses with 401, 403 or 429 in 10 minutes ban the IP address. Source: Discord docs, Topics/Rate
/// Limits, Invalid Request Limit.</summary>
public sealed class InvalidRequestLimitTests
{
    private const string Post = "POST channels/1/messages";
    private const string Callback = "POST interactions/5/t/callback";
    private const string Original = "PATCH webhooks/41/t/messages/@original";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>All of them, one after the other: if one did not count, the pause would start later.</summary>
    [Fact]
    public void Send_AfterTwoThousandAnswersThatDiscordCounts_Stops() =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            Behaviour[] counted =
            [
                Page(401, "<html/>"), // from a proxy: after Discord's own 401 no request is sent for a while
                Error(403, 50013, "Missing Permissions"),
                Page(403, "<html/>"), // a Cloudflare page
                RateLimited(0.01),
                RateLimited(0.01, "global"),
            ];
            var api = new FakeApi(time).On(Post, InTurn(counted, 2 * InvalidRequestLimit.MaxBeforePause));
            using var rest = api.Rest(log);

            await SendUntilStoppedAsync(rest, api);

            Assert.Equal(InvalidRequestLimit.MaxBeforePause, api.Requests.Count);
            var line = Assert.Single(log.Lines, line => line.Level == LogLevel.Error);
            Assert.Contains("(401, 403, 429)", line.Text, StringComparison.Ordinal);
        });

    [Fact]
    public void Send_AfterManyAnswersThatDiscordDoesNotCount_Continues() =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            Behaviour[] uncounted =
            [
                RateLimited(0.01, "shared"),
                Json(200, """{"id":"9"}"""),
                Error(400, 50035, "Invalid Form Body"),
                Error(404, 10003, "Unknown Channel"),
            ];
            var api = new FakeApi(time).On(Post, InTurn(uncounted, 2 * InvalidRequestLimit.MaxBeforePause));
            using var rest = api.Rest(log);

            await SendUntilStoppedAsync(rest, api);

            Assert.InRange(
                api.Requests.Count,
                InvalidRequestLimit.MaxBeforePause + 1,
                2 * InvalidRequestLimit.MaxBeforePause
            );
            Assert.DoesNotContain(log.Lines, line => line.Level == LogLevel.Error);
        });

    [Fact]
    public void Pause_StatesUntilWhen_SendsNothing_AndEndsByItself() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(
                Post,
                [
                    .. Enumerable.Repeat(Error(403, 50013, "no"), InvalidRequestLimit.MaxBeforePause),
                    Json(200, """{"id":"9"}"""),
                ]
            );
            using var rest = api.Rest();
            await RefuseAsync(rest, InvalidRequestLimit.MaxBeforePause);
            var began = time.Elapsed;

            var later = Assert.IsType<RestResult.RateLimited>(await PostAsync(rest));
            Assert.Equal(VirtualTime.Begin + began + TimeSpan.FromMinutes(10), later.Until);
            Assert.IsType<SendOutcome.RetryAfter>(ResponseDecoder.ToOutcome(later));
            Assert.IsType<RestResult.RateLimited>(
                await rest.SendAsync(Route.CurrentUser(), null, CallTimeout, CancellationToken.None)
            );
            Assert.Equal(began, time.Elapsed);
            Assert.Equal(InvalidRequestLimit.MaxBeforePause, api.Requests.Count);

            await Task.Delay(TimeSpan.FromMinutes(10), time);
            Assert.IsType<RestResult.Success>(await PostAsync(rest));
        });

    [Theory]
    [InlineData(Callback)]
    [InlineData(Original)]
    public void Pause_OfPosts_LetsAnswersToInteractionsThrough(string answer) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, Error(403, 50013, "no")).On(answer, Nothing(204));
            using var rest = api.Rest();
            await RefuseAsync(rest, InvalidRequestLimit.MaxBeforePause);

            Assert.IsType<RestResult.Success>(await AnswerAsync(rest, answer));
        });

    [Fact]
    public void Pause_OfAnswersToInteractions_ComesAtEightThousand() =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            using var limiter = new RateLimiter(1000, time, new FixedChance(0.5), new Logger<RateLimiter>(log));
            for (var i = 0; i < 8_000; i++)
            {
                await RefuseAsync(limiter, Route.InteractionCallback(5, "t"));
            }

            var rejected = await Assert.ThrowsAsync<RateLimitRejectedException>(() =>
                limiter.AcquireAsync(Route.InteractionCallback(5, "t"), CallTimeout, CancellationToken.None).AsTask()
            );

            Assert.Equal(VirtualTime.Begin + TimeSpan.FromMinutes(10), rejected.Until);
            Assert.All(log.Lines, line => Assert.Equal(LogLevel.Error, line.Level));
            Assert.Collection( // first posts, then everything
                log.Lines,
                line => Assert.Contains("refused 2000 requests", line.Text, StringComparison.Ordinal),
                line => Assert.Contains("refused 8000 requests", line.Text, StringComparison.Ordinal)
            );
            Assert.Contains(
                "all requests except responses to interactions are paused for 10 minutes",
                log.Lines[0].Text,
                StringComparison.Ordinal
            );
            Assert.Contains("all requests are paused for 10 minutes", log.Lines[1].Text, StringComparison.Ordinal);
        });

    /// <summary>A bot with a hundred forbidden channels, each requested once a minute, for a day.</summary>
    [Fact]
    public void Record_OfRefusalsSpreadOverTime_ForgetsThoseOfTenMinutesAgo()
    {
        var invalid = new InvalidRequestLimit();
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.Null(invalid.Record(TimeSpan.FromMinutes(minute)));
            }

            Assert.Equal(TimeSpan.Zero, invalid.GetWait(isReply: false, TimeSpan.FromMinutes(minute)));
        }
    }

    [Theory]
    [InlineData(600_000, null)] // the first does not count any more
    [InlineData(599_999, 2_000)]
    public void Record_OfTheLastOfTwoThousand_StopsWithinTenMinutesOfTheFirst(int milliseconds, int? stopsAfter)
    {
        var invalid = new InvalidRequestLimit();
        for (var i = 0; i < 1_999; i++)
        {
            Assert.Null(invalid.Record(TimeSpan.FromMilliseconds(i)));
        }

        var last = TimeSpan.FromMilliseconds(milliseconds);

        Assert.Equal(stopsAfter, invalid.Record(last));
        Assert.Equal(
            stopsAfter is null ? TimeSpan.Zero : TimeSpan.FromMinutes(10),
            invalid.GetWait(isReply: false, last)
        );
        Assert.Equal(TimeSpan.Zero, invalid.GetWait(isReply: true, last));
    }

    [Fact]
    public void Record_DuringAStop_DoesNotProlongIt()
    {
        var invalid = new InvalidRequestLimit();
        var stops = 0;
        for (var i = 0; i < 5_000; i++)
        {
            stops += invalid.Record(TimeSpan.FromSeconds(i / 10)) is null ? 0 : 1;
        }

        // The 2000th was received after 199 s.
        Assert.Equal(1, stops);
        Assert.Equal(TimeSpan.FromSeconds(799 - 500), invalid.GetWait(isReply: false, TimeSpan.FromSeconds(500)));
        Assert.Equal(TimeSpan.Zero, invalid.GetWait(isReply: false, TimeSpan.FromSeconds(799)));
    }

    /// <summary>A client that ignores every refusal, for three hours.</summary>
    [Fact]
    public void Record_InAnyTenMinutes_StaysFarBelowTheLimit() =>
        Simulation.Run(async time =>
        {
            using var limiter = new RateLimiter(
                1000,
                time,
                new FixedChance(0.5),
                new Logger<RateLimiter>(new LogLines())
            );
            List<TimeSpan> at = [];
            for (var i = 0; i < 20_000 && time.Elapsed < TimeSpan.FromHours(3); i++)
            {
                try
                {
                    await RefuseAsync(limiter, Route.CreateMessage(1));
                    at.Add(time.Elapsed);
                }
                catch (RateLimitRejectedException)
                {
                    await Task.Delay(TimeSpan.FromSeconds(20), time);
                }
            }

            for (var last = InvalidRequestLimit.MaxBeforePause; last < at.Count; last++)
            {
                Assert.True(at[last] - at[last - InvalidRequestLimit.MaxBeforePause] >= TimeSpan.FromMinutes(10));
            }

            Assert.True(at.Count > 5 * InvalidRequestLimit.MaxBeforePause); // and it continued
        });

    [Fact]
    public void Pause_BeginsForThoseWhoWaitToo() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, Error(403, 50013, "no"));
            api.On("GET users/@me", api.After(TimeSpan.FromSeconds(5), Json(200, "{}")));
            using var rest = api.Rest();
            await RefuseAsync(rest, InvalidRequestLimit.MaxBeforePause - 1);

            var asked = rest.SendAsync(Route.CurrentUser(), null, CallTimeout, CancellationToken.None);
            var waiting = rest.SendAsync(Route.CurrentUser(), null, CallTimeout, CancellationToken.None);
            await RefuseAsync(rest, 1);

            Assert.IsType<RestResult.Success>(await asked);
            Assert.True(IsStopped(await waiting));
        });

    private static Behaviour[] InTurn(Behaviour[] answers, int count) =>
        [.. Enumerable.Range(0, count).Select(i => answers[i % answers.Length])];

    private static async Task SendUntilStoppedAsync(RestClient rest, FakeApi api)
    {
        for (
            var i = 0;
            i < 2 * InvalidRequestLimit.MaxBeforePause && api.Requests.Count <= InvalidRequestLimit.MaxBeforePause;
            i++
        )
        {
            if (IsStopped(await PostAsync(rest)))
            {
                return;
            }
        }
    }

    private static bool IsStopped(RestResult result) =>
        result is RestResult.RateLimited(_, var reason) && reason.Contains("are paused", StringComparison.Ordinal);

    private static async Task RefuseAsync(RateLimiter limiter, Route route)
    {
        using var permit = await limiter.AcquireAsync(route, CallTimeout, CancellationToken.None);
        permit.Complete(new RateLimitHeaders { IsInvalid = true });
    }

    private static async Task RefuseAsync(RestClient rest, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(403, Assert.IsType<RestResult.Error>(await PostAsync(rest)).Status);
        }
    }

    private static Task<RestResult> PostAsync(RestClient rest) =>
        rest.SendAsync(
            Route.CreateMessage(1),
            RequestBody.FromJson("""{"content":"x"}"""u8.ToArray()),
            CallTimeout,
            CancellationToken.None
        );

    private static Task<RestResult> AnswerAsync(RestClient rest, string line) =>
        rest.SendAsync(
            line == Callback ? Route.InteractionCallback(5, "t") : Route.EditOriginalResponse(41, 5, "t"),
            RequestBody.FromJson("{}"u8.ToArray()),
            CallTimeout,
            CancellationToken.None
        );
}
