using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.Rest;

/// <summary>Which calls are retried, their timeouts, and their results.</summary>
public sealed class ResilienceHandlerTests
{
    private const string Post = "POST channels/1/messages";
    private const string Get = "GET channels/1";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    [Fact]
    public void Call_Always_SendsTheUserAgent() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time)
                .On(Post, Json(200, "{}"))
                .On("POST interactions/5/a-token/callback", Nothing(204));
            using var rest = api.Rest();

            await rest.SendAsync(
                Route.CreateMessage(1),
                RequestBody.FromJson("""{"content":"“é”"}"""u8.ToArray()),
                CallTimeout,
                CancellationToken.None
            );
            await rest.SendAsync(
                Route.InteractionCallback(5, "a-token"),
                RequestBody.FromJson("{}"u8.ToArray()),
                CallTimeout,
                CancellationToken.None
            );

            var message = api.Requests[0];
            Assert.Equal("Bot the-token", message.Authorization);
            Assert.Equal("DiscordBot (https://bot.example/, 1.0)", message.UserAgent);
            Assert.Equal("application/json", message.ContentType);
            Assert.Equal("""{"content":"“é”"}""", message.Body);
            // The request needs only the token in its path.
            Assert.Null(api.Requests[1].Authorization);
        });

    [Fact]
    public void Retry_After429_WaitsAsLongAsItAsks_ForAnyCall() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, RateLimited(2.25), Json(200, """{"id":"9"}"""));
            using var rest = api.Rest();

            Assert.IsType<RestResult.Success>(await PostAsync(rest));

            Assert.Equal([0, 2.25], api.Requests.Select(request => request.At.TotalSeconds));
        });

    [Fact]
    public void Retry_After429_ThatAsksForMoreThanTheTimeout_HandsItBackAtOnce() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, RateLimited(1337, "shared"));
            using var rest = api.Rest();

            var later = Assert.IsType<RestResult.RateLimited>(await PostAsync(rest));

            Assert.Equal(VirtualTime.Begin + TimeSpan.FromSeconds(1337), later.Until);
            Assert.Equal(TimeSpan.Zero, time.Elapsed);
            Assert.Single(api.Requests);

            // The next call is not sent.
            Assert.Equal(later.Until, Assert.IsType<RestResult.RateLimited>(await PostAsync(rest)).Until);
            Assert.Single(api.Requests);
        });

    [Fact]
    public void Retry_After429WithoutEnd_Stops() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, RateLimited(0.5));
            using var rest = api.Rest();

            Assert.IsType<RestResult.RateLimited>(await PostAsync(rest));

            Assert.Equal(5, api.Requests.Count);
        });

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void Retry_After5xx_IsForWhatMayBeRepeatedOnly(int status) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time)
                .On(Post, Page(status, "<html/>"), Json(200, "{}"))
                .On(Get, Page(status, "<html/>"), Json(200, "{}"));
            using var rest = api.Rest();

            Assert.Equal(status, Assert.IsType<RestResult.Error>(await PostAsync(rest)).Status);
            Assert.Single(api.Requests);

            Assert.IsType<RestResult.Success>(await GetAsync(rest));
            Assert.Equal(3, api.Requests.Count);
        });

    [Fact]
    public void Retry_AfterALostResponse_IsForWhatMayBeRepeatedOnly() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, Lost(), Json(200, "{}")).On(Get, Lost(), Json(200, "{}"));
            using var rest = api.Rest();

            Assert.IsType<RestResult.Lost>(await PostAsync(rest));
            Assert.Single(api.Requests);

            Assert.IsType<RestResult.Success>(await GetAsync(rest));
        });

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.Unknown)]
    public void Retry_WithoutAServer_IsForEverything(HttpRequestError error) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, Unreachable(error), Unreachable(error), Json(200, "{}"));
            using var rest = api.Rest();

            Assert.IsType<RestResult.Success>(await PostAsync(rest));
            Assert.Equal(3, api.Requests.Count);
        });

    [Fact]
    public void Call_WithoutAServerAtAll_WasCertainlyNotSent() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, Unreachable());
            using var rest = api.Rest();

            var result = Assert.IsType<RestResult.NotSent>(await PostAsync(rest));

            Assert.Contains("Connection refused", result.Reason, StringComparison.Ordinal);
            Assert.Equal(5, api.Requests.Count);
            Assert.InRange(time.Elapsed.TotalSeconds, 1, 30);
        });

    [Fact]
    public void Call_WithoutABody_WithoutAServer_WasCertainlyNotSent() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On("DELETE channels/1/messages/9", Unreachable());
            using var rest = api.Rest();

            Assert.IsType<RestResult.NotSent>(
                await rest.SendAsync(Route.DeleteMessage(1, 9), null, CallTimeout, CancellationToken.None)
            );
        });

    /// <summary>Without a body, the error shows whether the request was sent.</summary>
    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, false)]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.SecureConnectionError, false)]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    [InlineData(HttpRequestError.InvalidResponse, true)]
    [InlineData(HttpRequestError.Unknown, true)]
    public void Call_WithoutABody_WhenItFails_IsLostUnlessItNeverConnected(HttpRequestError error, bool lost) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On("DELETE channels/1/messages/9", Unreachable(error));
            using var rest = api.Rest();

            var result = await rest.SendAsync(Route.DeleteMessage(1, 9), null, CallTimeout, CancellationToken.None);

            Assert.Equal(lost, result is RestResult.Lost);
            Assert.Equal(!lost, result is RestResult.NotSent);
        });

    [Fact]
    public void Call_WithoutABody_WhenTheResponseIsLost_IsLost() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On("DELETE channels/1/messages/9", Lost());
            using var rest = api.Rest();

            Assert.IsType<RestResult.Lost>(
                await rest.SendAsync(Route.DeleteMessage(1, 9), null, CallTimeout, CancellationToken.None)
            );
        });

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    public void Retry_AfterARefusal_IsForNothing(int status) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Get, Error(status, 0, "no"), Json(200, "{}"));
            using var rest = api.Rest();

            Assert.Equal(new RestResult.Error(status, 0, "no"), await GetAsync(rest));
            Assert.Single(api.Requests);
        });

    public static TheoryData<Behaviour, int?> Refusals =>
        new()
        {
            { Error(403, 50013, "Missing Permissions"), 50013 },
            { Json(403, """{"message":"403: Forbidden","code":0}"""), 0 },
            { Json(403, """{"message":"Forbidden"}"""), null }, // a cloud gateway
            { Json(403, """{"error":"forbidden"}"""), null },
            { Json(403, "[]"), null },
            { Page(403, "<html>Attention Required!</html>"), null },
            { Nothing(403), null },
        };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public void Refusal_IsDiscordsOnlyInItsForm(Behaviour answer, int? code) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Get, answer);
            using var rest = api.Rest();

            var error = Assert.IsType<RestResult.Error>(await GetAsync(rest));

            Assert.Equal((403, code), (error.Status, error.Code));
            Assert.Equal(
                code switch
                {
                    null => "Forbidden", // the HTTP reason
                    0 => "403: Forbidden",
                    _ => "Missing Permissions",
                },
                error.Message
            );
        });

    [Fact]
    public void Attempt_WithoutAnAnswer_IsLostAfterFifteenSeconds() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, Hangs()).On(Get, Hangs(), Json(200, "{}"));
            using var rest = api.Rest();

            Assert.IsType<RestResult.Lost>(await PostAsync(rest));
            Assert.Equal(TimeSpan.FromSeconds(15), time.Elapsed);

            Assert.IsType<RestResult.Success>(await GetAsync(rest));
        });

    [Fact]
    public void Call_ThatNeverConnects_EndsWithTheTimeoutAndWasNotSent() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, NeverConnects());
            using var rest = api.Rest();

            Assert.IsType<RestResult.NotSent>(await PostAsync(rest));
            Assert.Equal(CallTimeout, time.Elapsed);
        });

    [Fact]
    public void Call_WithAShortTimeout_EndsWithIt() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On("POST interactions/5/t/callback", Hangs());
            using var rest = api.Rest();

            var result = await rest.SendAsync(
                Route.InteractionCallback(5, "t"),
                RequestBody.FromJson("{}"u8.ToArray()),
                TimeSpan.FromSeconds(2),
                CancellationToken.None
            );

            Assert.IsType<RestResult.Lost>(result);
            Assert.Equal(TimeSpan.FromSeconds(2), time.Elapsed);
        });

    [Fact]
    public void Answer_ThatBreaksOffInItsBody_IsLost() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, TruncatesBody(200)).On(Get, TruncatesBody(200), Json(200, "{}"));
            using var rest = api.Rest();

            Assert.IsType<RestResult.Lost>(await PostAsync(rest));
            Assert.IsType<RestResult.Success>(await GetAsync(rest));
        });

    [Fact]
    public void Cancelling_BeforeTheFirstByte_MeansNotSent() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, NeverConnects());
            using var rest = api.Rest();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3), time);

            Assert.IsType<RestResult.NotSent>(
                await rest.SendAsync(
                    Route.CreateMessage(1),
                    RequestBody.FromJson("{}"u8.ToArray()),
                    CallTimeout,
                    stop.Token
                )
            );
            Assert.Equal(TimeSpan.FromSeconds(3), time.Elapsed);
        });

    [Fact]
    public void Cancelling_AfterTheFirstByte_MeansLost() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, Hangs());
            using var rest = api.Rest();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3), time);

            Assert.IsType<RestResult.Lost>(
                await rest.SendAsync(
                    Route.CreateMessage(1),
                    RequestBody.FromJson("{}"u8.ToArray()),
                    CallTimeout,
                    stop.Token
                )
            );
            Assert.Equal(TimeSpan.FromSeconds(3), time.Elapsed);
        });

    [Fact]
    public void Cancelling_WhileWaitingForAPermit_MeansNotSentAndFreesTheNext() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time);
            api.On(Post, api.After(TimeSpan.FromSeconds(8), Json(200, "{}")), Json(200, "{}"));
            using var rest = api.Rest();
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3), time);

            var first = PostAsync(rest);
            var second = rest.SendAsync(
                Route.CreateMessage(1),
                RequestBody.FromJson("{}"u8.ToArray()),
                CallTimeout,
                stop.Token
            );
            var third = PostAsync(rest);

            Assert.IsType<RestResult.NotSent>(await second);
            Assert.IsType<RestResult.Success>(await first);
            Assert.IsType<RestResult.Success>(await third);
            Assert.Equal([0, 8], api.Requests.Select(request => request.At.TotalSeconds));
        });

    public static TheoryData<string, Behaviour> AmbiguousFailures =>
        new()
        {
            { "no answer", Lost() },
            { "half an answer", TruncatesBody(200) },
            { "a proxy's word", Page(502, "<html/>") },
            { "no answer in time", Hangs() },
        };

    [Theory]
    [MemberData(nameof(AmbiguousFailures), DisableDiscoveryEnumeration = true)]
    public void MayHaveExecuted_AfterAnEarlierAttempt_StaysWhenALaterOneCannotEvenConnect(
        string why,
        Behaviour first
    ) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On("PATCH channels/1/messages/9", first, Unreachable());
            using var rest = api.Rest();

            var result = await rest.SendAsync(
                Route.EditMessage(1, 9),
                RequestBody.FromJson("{}"u8.ToArray()),
                CallTimeout,
                CancellationToken.None
            );

            Assert.True(result is RestResult.Lost, why);
            Assert.InRange(api.Requests.Count, 2, 5);
        });

    [Theory]
    [MemberData(nameof(AmbiguousFailures), DisableDiscoveryEnumeration = true)]
    public void MayHaveExecuted_AfterAnEarlierAttempt_StaysWhenLaterOnesAreRateLimited(string why, Behaviour first) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On("PATCH channels/1/messages/9", first, RateLimited(0.1));
            using var rest = api.Rest();

            var result = await rest.SendAsync(
                Route.EditMessage(1, 9),
                RequestBody.FromJson("{}"u8.ToArray()),
                CallTimeout,
                CancellationToken.None
            );

            Assert.True(result is RestResult.Lost, why);
            Assert.Equal(5, api.Requests.Count);
        });

    /// <summary>A read changes nothing, so reporting the end of the rate limit is more useful.</summary>
    [Fact]
    public void RateLimit_OfARead_HasItsEndAlsoAfterAnotherFailure() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Get, Page(502, "<html/>"), RateLimited(0.1));
            using var rest = api.Rest();

            Assert.IsType<RestResult.RateLimited>(await GetAsync(rest));
        });

    [Fact]
    public void MayHaveExecuted_AfterA429_IsFalse() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, RateLimited(1), Unreachable());
            using var rest = api.Rest();

            Assert.IsType<RestResult.NotSent>(await PostAsync(rest));
        });

    [Fact]
    public void Circuit_AfterManyFailures_OpensForAWhileAndThenClosesAgain() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, [.. Enumerable.Repeat(Page(503, ""), 10), Json(200, "{}")]);
            using var rest = api.Rest();
            for (var i = 0; i < 10; i++)
            {
                Assert.IsType<RestResult.Error>(await PostAsync(rest));
            }

            Assert.Contains(
                "circuit breaker",
                Assert.IsType<RestResult.NotSent>(await PostAsync(rest)).Reason,
                StringComparison.Ordinal
            );
            Assert.Equal(10, api.Requests.Count);

            await Task.Delay(TimeSpan.FromSeconds(16), time);
            Assert.IsType<RestResult.Success>(await PostAsync(rest));
            Assert.IsType<RestResult.Success>(await PostAsync(rest));
        });

    public static TheoryData<string> Answers =>
        ["POST interactions/5/t/callback", "PATCH webhooks/41/t/messages/@original"];

    [Theory]
    [MemberData(nameof(Answers))]
    public void Circuit_OpenedByPosts_LetsAnswersToInteractionsThrough(string answer) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, Page(500, "")).On(answer, Nothing(204));
            using var rest = api.Rest();
            for (var i = 0; i < 10; i++)
            {
                await PostAsync(rest);
            }

            Assert.Contains(
                "circuit breaker",
                Assert.IsType<RestResult.NotSent>(await PostAsync(rest)).Reason,
                StringComparison.Ordinal
            );
            Assert.IsType<RestResult.Success>(await AnswerAsync(rest, answer));
            Assert.Contains(
                "circuit breaker",
                Assert.IsType<RestResult.NotSent>(await PostAsync(rest)).Reason,
                StringComparison.Ordinal
            );
        });

    [Theory]
    [MemberData(nameof(Answers))]
    public void Circuit_WhateverAnswersToInteractionsFail_StaysClosed(string answer) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time)
                .On(Post, Json(200, "{}"))
                .On(answer, [.. Enumerable.Repeat(Page(500, ""), 100), Nothing(204)]);
            using var rest = api.Rest();
            for (var i = 0; i < 20; i++)
            {
                Assert.IsType<RestResult.Error>(await AnswerAsync(rest, answer));
            }

            Assert.IsType<RestResult.Success>(await PostAsync(rest));
            Assert.IsType<RestResult.Success>(await AnswerAsync(rest, answer));
        });

    [Fact]
    public void Circuit_WhateverThe429s_StaysClosed() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, RateLimited(0.01));
            using var rest = api.Rest();
            for (var i = 0; i < 50; i++)
            {
                Assert.IsType<RestResult.RateLimited>(await PostAsync(rest));
            }

            Assert.Equal(250, api.Requests.Count);
        });

    [Fact]
    public void Token_ThatWasRejected_IsNotShownAgainForAMoment() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time)
                .On(Post, Error(401, 0, "401: Unauthorized"), Json(200, "{}"))
                .On("POST interactions/5/t/callback", Nothing(204));
            using var rest = api.Rest();

            var said = await PostAsync(rest);
            await Task.Delay(TimeSpan.FromSeconds(9), time);
            Assert.Equal(said, await GetAsync(rest));
            Assert.Single(api.Requests);

            // A reply to an interaction does not use the bot's token.
            Assert.IsType<RestResult.Success>(
                await rest.SendAsync(
                    Route.InteractionCallback(5, "t"),
                    RequestBody.FromJson("{}"u8.ToArray()),
                    CallTimeout,
                    CancellationToken.None
                )
            );
            await Task.Delay(TimeSpan.FromSeconds(1), time);
            Assert.IsType<RestResult.Success>(await PostAsync(rest));
        });

    [Fact]
    public void Attempts_OfOneCall_EachTakeAPermit() =>
        Simulation.Run(async time =>
        {
            // One request in 3 s, and the first response is a 502.
            (string, string)[] limits =
            [
                ("X-RateLimit-Bucket", "b"),
                ("X-RateLimit-Limit", "1"),
                ("X-RateLimit-Remaining", "0"),
                ("X-RateLimit-Reset-After", "3"),
            ];
            var api = new FakeApi(time).On(Get, Json(502, "{}", limits), Json(200, "{}", limits));
            using var rest = api.Rest();

            Assert.IsType<RestResult.Success>(await GetAsync(rest));

            Assert.Equal([0, 3.001], api.Requests.Select(request => request.At.TotalSeconds));
        });

    [Theory]
    [InlineData("https://discord.example/api/v10", "https://discord.example/api/v10/users/@me")]
    [InlineData("https://discord.example/api/v10/", "https://discord.example/api/v10/users/@me")]
    [InlineData("http://127.0.0.1:5080/", "http://127.0.0.1:5080/users/@me")]
    public void Address_WithOrWithoutASlash_KeepsItsPath(string address, string expected) =>
        Simulation.Run(async time =>
        {
            Uri? asked = null;
            using var transport = new CapturingHandler(request => asked = request.RequestUri);
            using var rest = new RestClient(Settings(address), time, new FixedChance(0.5), new LogLines(), transport);

            await rest.SendAsync(Route.CurrentUser(), null, CallTimeout, CancellationToken.None);

            Assert.Equal(expected, asked?.AbsoluteUri);
        });

    private static Task<RestResult> PostAsync(RestClient rest) =>
        rest.SendAsync(
            Route.CreateMessage(1),
            RequestBody.FromJson("""{"content":"x"}"""u8.ToArray()),
            CallTimeout,
            CancellationToken.None
        );

    private static Task<RestResult> AnswerAsync(RestClient rest, string line) =>
        rest.SendAsync(
            line.StartsWith("POST", StringComparison.Ordinal)
                ? Route.InteractionCallback(5, "t")
                : Route.EditOriginalResponse(41, 5, "t"),
            RequestBody.FromJson("{}"u8.ToArray()),
            CallTimeout,
            CancellationToken.None
        );

    private static Task<RestResult> GetAsync(RestClient rest) =>
        rest.SendAsync(Route.Channel(1), null, CallTimeout, CancellationToken.None);

    private sealed class CapturingHandler(Action<HttpRequestMessage> seen) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            seen(request);
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NoContent));
        }
    }
}
