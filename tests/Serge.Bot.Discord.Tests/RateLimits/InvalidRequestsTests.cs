using Microsoft.Extensions.Logging;
using Serge.Bot.Discord.RateLimits;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>10,000 answers of 401, 403 or 429 in 10 minutes and Discord shuts the address out. Source: Discord docs, Topics/Rate Limits,
/// Invalid Request Limit.</summary>
public sealed class InvalidRequestsTests
{
    private const string Post = "POST channels/1/messages";
    private const string Callback = "POST interactions/5/t/callback";
    private const string Original = "PATCH webhooks/41/t/messages/@original";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, Behaviour, bool> Answers =>
        new()
        {
            { "401 of somebody on the way (after Discord’s own the token rests)", Page(401, "<html/>"), true },
            { "403", Error(403, 50013, "Missing Permissions"), true },
            { "a Cloudflare page", Page(403, "<html/>"), true },
            { "429", RateLimited(0.01), true },
            { "429 for all routes", RateLimited(0.01, "global"), true },
            { "429 of a shared limit", RateLimited(0.01, "shared"), false },
            { "200", Json(200, """{"id":"9"}"""), false },
            { "400", Error(400, 50035, "Invalid Form Body"), false },
            { "404", Error(404, 10003, "Unknown Channel"), false },
        };

    [Theory]
    [MemberData(nameof(Answers), DisableDiscoveryEnumeration = true)]
    public void Send_AfterManyAnswers_StopsIfDiscordCountsThem(string what, Behaviour answer, bool counts) =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            var api = new FakeApi(time).On(Post, answer);
            using var rest = api.Rest(log);
            RestResult result = await PostAsync(rest);
            for (var sent = 1; sent < 3 * InvalidRequests.StopsAt && !IsStopped(result); sent++)
            {
                result = await PostAsync(rest);
            }

            Assert.True(counts == IsStopped(result), $"{what}: {result} after {api.Requests.Count} requests");
            Assert.Equal(counts ? 1 : 0, log.Lines.Count(line => line.Level == LogLevel.Error));
            if (counts)
            {
                // Another program at the same address has as much room again, several times over.
                Assert.InRange(api.Requests.Count, 1_000, 2_500);
                Assert.Contains("(401, 403, 429)", log.ToString(), StringComparison.Ordinal);
            }
        });

    [Fact]
    public void Stop_SaysUntilWhen_SendsNothing_AndEndsByItself() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(
                Post,
                [.. Enumerable.Repeat(Error(403, 50013, "no"), InvalidRequests.StopsAt), Json(200, """{"id":"9"}""")]
            );
            using var rest = api.Rest();
            await RefuseAsync(rest, InvalidRequests.StopsAt);
            var began = time.Elapsed;

            var later = Assert.IsType<RestResult.Later>(await PostAsync(rest));
            Assert.Equal(VirtualTime.Begin + began + TimeSpan.FromMinutes(10), later.Until);
            Assert.IsType<SendOutcome.RetryAfter>(JsonErrors.OutcomeOf(later));
            Assert.IsType<RestResult.Later>(await rest.SendAsync(Route.Me(), null, Patience, CancellationToken.None));
            Assert.Equal(began, time.Elapsed);
            Assert.Equal(InvalidRequests.StopsAt, api.Requests.Count);

            await Task.Delay(TimeSpan.FromMinutes(10), time);
            Assert.IsType<RestResult.Done>(await PostAsync(rest));
        });

    [Theory]
    [InlineData(Callback)]
    [InlineData(Original)]
    public void Stop_OfPosts_LetsAnswersToInteractionsThrough(string answer) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, Error(403, 50013, "no")).On(answer, Nothing(204));
            using var rest = api.Rest();
            await RefuseAsync(rest, InvalidRequests.StopsAt);

            Assert.IsType<RestResult.Done>(await AnswerAsync(rest, answer));
        });

    [Fact]
    public void Stop_OfAnswersToInteractions_ComesLaterAndStillInTime() =>
        Simulation.Run(async time =>
        {
            var log = new LogLines();
            var api = new FakeApi(time).On(Callback, Error(403, 40333, "no"));
            using var rest = api.Rest(log);
            RestResult result;
            do
            {
                result = await AnswerAsync(rest, Callback);
            } while (!IsStopped(result));

            Assert.InRange(api.Requests.Count, 3 * InvalidRequests.StopsAt, 9_000);
            Assert.Equal(2, log.Lines.Count(line => line.Level == LogLevel.Error)); // first posts, then everything
        });

    [Fact]
    public void Count_OfRefusalsSpreadOverTime_ForgetsThoseOfTenMinutesAgo() =>
        Simulation.Run(async time =>
        {
            // A bot with a hundred closed channels, asked once a minute each, for a day.
            var api = new FakeApi(time).On(Post, Error(403, 50013, "no"));
            using var rest = api.Rest();
            for (var minute = 0; minute < 24 * 60; minute++)
            {
                await RefuseAsync(rest, 100);
                await Task.Delay(TimeSpan.FromMinutes(1), time);
            }
        });

    [Fact]
    public void Count_InAnyTenMinutes_StaysFarBelowTheLimit() =>
        Simulation.Run(async time =>
        {
            // Somebody who never listens, for three hours.
            var api = new FakeApi(time).On(Post, Error(403, 50013, "no"));
            using var rest = api.Rest();
            while (time.Elapsed < TimeSpan.FromHours(3))
            {
                if (IsStopped(await PostAsync(rest)))
                {
                    await Task.Delay(TimeSpan.FromSeconds(20), time);
                }
            }

            TimeSpan[] at = [.. api.Requests.Select(request => request.At)];
            for (var last = InvalidRequests.StopsAt; last < at.Length; last++)
            {
                Assert.True(at[last] - at[last - InvalidRequests.StopsAt] >= TimeSpan.FromMinutes(10));
            }

            Assert.True(at.Length > 5 * InvalidRequests.StopsAt); // and it did go on
        });

    [Fact]
    public void Stop_BeginsForThoseWhoWaitToo() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Post, Error(403, 50013, "no"));
            api.On("GET users/@me", api.After(TimeSpan.FromSeconds(5), Json(200, "{}")));
            using var rest = api.Rest();
            await RefuseAsync(rest, InvalidRequests.StopsAt - 1);

            var asked = rest.SendAsync(Route.Me(), null, Patience, CancellationToken.None);
            var waiting = rest.SendAsync(Route.Me(), null, Patience, CancellationToken.None);
            await RefuseAsync(rest, 1);

            Assert.IsType<RestResult.Done>(await asked);
            Assert.True(IsStopped(await waiting));
        });

    private static bool IsStopped(RestResult result) =>
        result is RestResult.Later(_, var reason) && reason.Contains("we have stopped", StringComparison.Ordinal);

    private static async Task RefuseAsync(RestClient rest, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(403, Assert.IsType<RestResult.Error>(await PostAsync(rest)).Status);
        }
    }

    private static Task<RestResult> PostAsync(RestClient rest) =>
        rest.SendAsync(Route.CreateMessage(1), """{"content":"x"}"""u8.ToArray(), Patience, CancellationToken.None);

    private static Task<RestResult> AnswerAsync(RestClient rest, string line) =>
        rest.SendAsync(
            line == Callback ? Route.Callback(5, "t") : Route.EditOriginal(41, 5, "t"),
            "{}"u8.ToArray(),
            Patience,
            CancellationToken.None
        );
}
