using System.Net;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.Rest;

/// <summary>The waits and the number of retries of a call.</summary>
public sealed class RetryWaitTests
{
    private const string Get = "GET channels/1";
    private const string Post = "POST channels/1/messages";
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    public static TheoryData<string, Behaviour> Failures =>
        new()
        {
            { "500", Page(500, "<html/>") },
            { "502", Page(502, "<html/>") },
            { "503", Error(503, 130000, "overloaded") },
            { "no connection", Unreachable() },
            { "a lost response", Lost() },
            { "half an answer", TruncatesBody(200) },
        };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void Retry_AfterAFailure_WaitsLongerEachTime_FourTimes(string what, Behaviour failure) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Get, failure);
            using var rest = api.Rest();

            Assert.IsNotType<RestResult.Success>(await GetAsync(rest));

            // 200 ms, doubled each time, with jitter.
            var at = api.Requests.ConvertAll(request => request.At.TotalSeconds);
            Assert.Equal(5, at.Count);
            Assert.All(
                Enumerable.Range(0, 4),
                n =>
                    Assert.True(
                        at[n + 1] - at[n] is var wait && wait > 0.1 * (1 << n) && wait < 0.35 * (1 << n),
                        $"{what}: {wait} s"
                    )
            );
        });

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public void Retry_AfterA429_WaitsAsLongAsItAsksEachTime(double seconds) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, RateLimited(seconds));
            using var rest = api.Rest();

            var later = Assert.IsType<RestResult.RateLimited>(await PostAsync(rest));

            Assert.Equal(
                Enumerable.Range(0, 5).Select(n => n * seconds),
                api.Requests.Select(request => request.At.TotalSeconds)
            );
            Assert.Equal(VirtualTime.Begin + TimeSpan.FromSeconds(5 * seconds), later.Until);
        });

    /// <summary>A 429 with a wait of 0 s has no time, so the waits grow as in a block.</summary>
    [Fact]
    public void Retry_AfterA429ThatAsksForNoWait_WaitsLongerEachTime() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, RateLimited(0));
            using var rest = api.Rest();

            Assert.IsType<RestResult.RateLimited>(await PostAsync(rest));

            Assert.Equal([0, 6.25, 18.75], api.Requests.Select(request => request.At.TotalSeconds));
        });

    /// <summary>The timeout of an attempt is half of the call's, at most 15 s.</summary>
    [Theory]
    [InlineData(10, 5)]
    [InlineData(29, 14.5)]
    [InlineData(30, 15)]
    [InlineData(31, 15)]
    [InlineData(600, 15)]
    public void Attempt_WithoutAnAnswer_HasHalfTheTimeoutOrFifteenSeconds(int timeout, double attempt) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, Hangs());
            using var rest = api.Rest();

            Assert.IsType<RestResult.Lost>(
                await rest.SendAsync(
                    Route.CreateMessage(1),
                    RequestBody.FromJson("{}"u8.ToArray()),
                    TimeSpan.FromSeconds(timeout),
                    CancellationToken.None
                )
            );

            Assert.Equal(TimeSpan.FromSeconds(attempt), time.Elapsed);
        });

    /// <summary>The ratio and the number of failures that open the circuit.</summary>
    [Theory]
    [InlineData(9, 0, false)] // too few to decide
    [InlineData(10, 0, true)]
    [InlineData(5, 5, true)] // half of them
    [InlineData(4, 6, false)]
    [InlineData(9, 11, false)]
    [InlineData(10, 10, true)]
    public void Circuit_OpensWhenHalfOfTenOrMoreFailed(int failures, int successes, bool opens) =>
        Simulation.Run(async time =>
        {
            var good = Enumerable.Repeat(Json(200, "{}"), successes);
            var bad = Enumerable.Repeat(Page(500, ""), failures);
            var api = new FakeApi(time).On(Post, [.. good, .. bad, Json(200, "{}")]);
            using var rest = api.Rest();
            for (var i = 0; i < failures + successes; i++)
            {
                await PostAsync(rest);
            }

            var next = await PostAsync(rest);

            Assert.Equal(
                opens,
                next is RestResult.NotSent(var reason) && reason.Contains("circuit breaker", StringComparison.Ordinal)
            );
            Assert.Equal(!opens, next is RestResult.Success);
        });

    [Theory]
    [InlineData(25, true)]
    [InlineData(30.5, false)]
    public void Circuit_CountsTheFailuresOfThirtySeconds(double seconds, bool opens) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, [.. Enumerable.Repeat(Page(500, ""), 10), Json(200, "{}")]);
            using var rest = api.Rest();
            for (var i = 0; i < 9; i++)
            {
                await PostAsync(rest);
            }

            await Task.Delay(TimeSpan.FromSeconds(seconds) - time.Elapsed, time);
            await PostAsync(rest);

            Assert.Equal(opens, await PostAsync(rest) is RestResult.NotSent);
        });

    [Theory]
    [InlineData(14.9, false)]
    [InlineData(15, true)]
    public void Circuit_StaysOpenForFifteenSeconds(double seconds, bool closes) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, [.. Enumerable.Repeat(Page(500, ""), 10), Json(200, "{}")]);
            using var rest = api.Rest();
            for (var i = 0; i < 10; i++)
            {
                await PostAsync(rest);
            }

            await Task.Delay(TimeSpan.FromSeconds(seconds), time);

            Assert.Equal(closes, await PostAsync(rest) is RestResult.Success);
        });

    /// <summary>A timeout is a failure too.</summary>
    [Fact]
    public void Circuit_AfterManyAttemptsWithoutAnAnswer_Opens() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time);
            for (ulong channel = 1; channel <= 11; channel++)
            {
                api.On($"POST channels/{channel}/messages", Hangs());
            }

            using var rest = api.Rest();
            await Task.WhenAll(Enumerable.Range(1, 10).Select(channel => PostAsync(rest, (ulong)channel)));

            Assert.IsType<RestResult.NotSent>(await PostAsync(rest, 11));
            Assert.Equal(10, api.Requests.Count);
        });

    [Theory]
    [InlineData(16 * 1024 * 1024, true)]
    [InlineData((16 * 1024 * 1024) + 1, false)]
    public void Answer_OfManyBytes_IsTakenUpToSixteenMebibytes(int bytes, bool taken) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(
                Post,
                (_, _) =>
                    Task.FromResult(
                        new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}".PadRight(bytes)) }
                    )
            );
            using var rest = api.Rest();

            var result = await rest.SendAsync(Route.CreateMessage(1), null, CallTimeout, CancellationToken.None);

            Assert.Equal(taken, result is RestResult.Success { Body.Length: var length } && length == bytes);
            Assert.Equal(!taken, result is RestResult.Lost);
        });

    [Fact]
    public void Remaining_AfterTheTimeout_IsZero() =>
        Simulation.Run(async time =>
        {
            var call = new DiscordCall(Route.CurrentUser(), TimeSpan.FromSeconds(3), time);
            Assert.Equal(TimeSpan.FromSeconds(3), call.Remaining);
            await Task.Delay(TimeSpan.FromSeconds(2), time);
            Assert.Equal(TimeSpan.FromSeconds(1), call.Remaining);
            await Task.Delay(TimeSpan.FromSeconds(2), time);
            Assert.Equal(TimeSpan.Zero, call.Remaining);
        });

    /// <summary>Whether a request may have been executed, by how its attempts ended.</summary>
    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, 500, true)]
    [InlineData(true, 599, true)]
    [InlineData(true, 499, false)]
    [InlineData(true, 200, false)]
    [InlineData(true, 429, false)]
    [InlineData(false, null, false)]
    [InlineData(false, 500, false)]
    public void MayHaveExecuted_AfterAnAttempt_IsTrueIfNoAnswerSaidNo(bool wentOut, int? status, bool doubtful)
    {
        var call = new DiscordCall(Route.CurrentUser(), CallTimeout, new VirtualTime());
        call.BeginAttempt();
        call.WasSent = wentOut;
        call.EndAttempt((HttpStatusCode?)status);
        Assert.Equal(doubtful, call.MayHaveExecuted);

        // A later attempt that was certainly not executed is no information about this one.
        call.BeginAttempt();
        Assert.False(call.WasSent);
        call.EndAttempt(null);
        Assert.Equal(doubtful, call.MayHaveExecuted);
    }

    /// <summary>The limiter ends the wait 20 ms before the timeout, so that its reason is reported.</summary>
    [Fact]
    public void Call_BehindAnotherThatGetsNoAnswer_EndsWithTheLimitersReason() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time);
            api.On(Post, api.After(TimeSpan.FromSeconds(14), Json(200, "{}")));
            using var rest = api.Rest();
            var first = PostAsync(rest);

            var later = Assert.IsType<RestResult.RateLimited>(
                await rest.SendAsync(
                    Route.CreateMessage(1),
                    RequestBody.FromJson("{}"u8.ToArray()),
                    TimeSpan.FromSeconds(5),
                    CancellationToken.None
                )
            );

            Assert.Contains("rate limit", later.Reason, StringComparison.Ordinal);
            Assert.Equal(4.98, time.Elapsed.TotalSeconds, 0.0001);
            await first;
        });

    private static Task<RestResult> GetAsync(RestClient rest) =>
        rest.SendAsync(Route.Channel(1), null, CallTimeout, CancellationToken.None);

    private static Task<RestResult> PostAsync(RestClient rest, ulong channel = 1) =>
        rest.SendAsync(
            Route.CreateMessage(channel),
            RequestBody.FromJson("{}"u8.ToArray()),
            CallTimeout,
            CancellationToken.None
        );
}
