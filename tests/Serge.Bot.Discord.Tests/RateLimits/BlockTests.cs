using System.Globalization;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>A 429 without a time, or not in Discord's form, counts for all requests, and its waits grow.</summary>
public sealed class BlockTests
{
    private const string Blocked =
        """{"code":0,"message":"You are being blocked from accessing our API temporarily due to exceeding our rate limits frequently."}""";

    private const string Callback = "POST interactions/5/a-token/callback";

    private const string Guilds = "GET users/@me/guilds?limit=200";

    private static readonly DiscordMessage Message = new() { Text = "“Revolution implies violence.”" };

    [Fact]
    public void Channels_DuringABlock_SendFewRequests() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time);
            foreach (var channel in Enumerable.Range(1, 6))
            {
                api.On($"GET channels/{channel}", Json(429, Blocked)).On(Post(channel), Json(429, Blocked));
            }

            await using var discord = api.Client();
            var end = TimeSpan.FromSeconds(150);

            await Task.WhenAll(Enumerable.Range(1, 6).Select(channel => PostUntilAsync(discord, channel, time, end)));

            Assert.InRange(api.Requests.Count, 1, 20);
        });

    /// <summary>The waits are 5, 10, 20 … 900 s, with a jitter of half of it at most.</summary>
    [Fact]
    public void Waits_WhileTheBlockLasts_GrowToALimit() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Callback, Json(429, Blocked)).On(Guilds, Json(429, Blocked));
            using var rest = api.Rest();
            await PostUntilAsync(() => GetAsync(rest), time, TimeSpan.FromHours(2));

            var times = api.Requests.Select(request => request.At.TotalSeconds).ToList();
            var waits = times.Zip(times.Skip(1), (one, next) => next - one).ToList();
            double[] expected = [5, 10, 20, 40, 80, 160, 320, 640, 900, 900];
            Assert.All(expected.Zip(waits), pair => Assert.InRange(pair.Second, pair.First, (1.5 * pair.First) + 35));
        });

    [Fact]
    public void Reply_DuringABlock_IsNotSent() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Callback, Nothing(204)).On(Guilds, Json(429, Blocked));
            using var rest = api.Rest();
            var read = GetAsync(rest);
            await Task.Delay(TimeSpan.FromSeconds(1), time);

            var reply = await ReplyAsync(rest);

            Assert.Single(api.Requests);
            Assert.IsType<RestResult.RateLimited>(reply);
            await read;
        });

    [Fact]
    public void Reply_ThatIsBlocked_DelaysEverything() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Callback, Json(429, Blocked)).On(Guilds, Json(200, "[]"));
            using var rest = api.Rest();

            var reply = Assert.IsType<RestResult.RateLimited>(await ReplyAsync(rest));
            await GetAsync(rest);

            Assert.Equal([0, 6.25], api.Requests.Select(request => request.At.TotalSeconds));
            Assert.Equal(VirtualTime.Begin + TimeSpan.FromSeconds(6.25), reply.Until);
        });

    [Fact]
    public void Success_EndsTheRow() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(
                Guilds,
                Json(429, Blocked),
                Json(429, Blocked),
                Json(200, "[]"),
                Json(429, Blocked),
                Json(200, "[]")
            );
            using var rest = api.Rest();

            await GetAsync(rest);
            await GetAsync(rest);

            Assert.Equal([0, 6.25, 18.75, 18.75, 25], api.Requests.Select(request => request.At.TotalSeconds));
        });

    /// <summary>Cloudflare's error 1015 names 30 s.</summary>
    [Fact]
    public void Reply_DuringABlockWithATime_IsNotSent() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Callback, Nothing(204)).On(Guilds, Cloudflare(30));
            using var rest = api.Rest();
            await GetAsync(rest);

            var reply = Assert.IsType<RestResult.RateLimited>(await ReplyAsync(rest));

            Assert.Single(api.Requests);
            Assert.Equal(VirtualTime.Begin + TimeSpan.FromSeconds(30), reply.Until);
        });

    /// <summary>The waits are 6.25, 12.5, 25, 50 … s with their jitter, and at least the time.</summary>
    [Fact]
    public void Waits_WhileABlockWithATimeLasts_GrowFromIt() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Guilds, Cloudflare(30));
            using var rest = api.Rest();
            await PostUntilAsync(() => GetAsync(rest), time, TimeSpan.FromMinutes(15));

            var times = api.Requests.Select(request => request.At.TotalSeconds).ToList();
            var waits = times.Zip(times.Skip(1), (one, next) => next - one).ToList();
            double[] expected = [30, 30, 30, 50, 100, 200];
            Assert.All(expected.Zip(waits), pair => Assert.InRange(pair.Second, pair.First, pair.First + 35));
            Assert.True(waits.Count >= expected.Length, $"{waits.Count} waits");
        });

    [Fact]
    public void Block_WithALongerTimeInALaterResponse_LastsUntilIt() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time);
            var late = api.After(TimeSpan.FromSeconds(0.5), Cloudflare(60));
            api.On(Callback, late).On(Guilds, Json(429, Blocked));
            using var rest = api.Rest();
            await Task.WhenAll(ReplyAsync(rest), GetAsync(rest));

            var later = Assert.IsType<RestResult.RateLimited>(await GetAsync(rest));

            Assert.Equal(2, api.Requests.Count);
            Assert.Equal(VirtualTime.Begin + TimeSpan.FromSeconds(60.5), later.Until);
        });

    /// <summary>Discord received the reply before the block began.</summary>
    [Fact]
    public void Block_WithASuccessOfAnOlderRequest_Lasts() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time);
            var late = api.After(TimeSpan.FromSeconds(0.5), Nothing(204));
            api.On(Callback, late).On(Guilds, Cloudflare(30));
            using var rest = api.Rest();
            await Task.WhenAll(ReplyAsync(rest), GetAsync(rest));

            var next = Assert.IsType<RestResult.RateLimited>(await ReplyAsync(rest));

            Assert.Equal(2, api.Requests.Count);
            Assert.Equal(VirtualTime.Begin + TimeSpan.FromSeconds(30), next.Until);
        });

    /// <summary>A 429 with a time is a rate limit of its route.</summary>
    [Fact]
    public void RateLimit_WithATime_DelaysItsRouteOnly() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(Callback, Nothing(204)).On(Guilds, RateLimited(20));
            using var rest = api.Rest();
            var read = GetAsync(rest);
            await Task.Delay(TimeSpan.FromSeconds(1), time);

            Assert.IsType<RestResult.Success>(await ReplyAsync(rest));
            await read;
        });

    /// <summary>Source: Cloudflare's changelog of 2026-03-12.</summary>
    private static Behaviour Cloudflare(int seconds) =>
        Json(429, "error code: 1015", ("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)));

    private static string Post(int channel) => $"POST channels/{channel}/messages";

    private static Task PostUntilAsync(DiscordClient discord, int channel, VirtualTime time, TimeSpan end) =>
        PostUntilAsync(
            () =>
                discord.SendAsync(
                    new ChannelId((ulong)channel),
                    Message,
                    "key",
                    SendDeadline.None,
                    CancellationToken.None
                ),
            time,
            end
        );

    /// <summary>Repeats a call every 5 s, as the ledger does.</summary>
    private static async Task PostUntilAsync(Func<Task> call, VirtualTime time, TimeSpan end)
    {
        while (time.Elapsed < end)
        {
            await call();
            await Task.Delay(TimeSpan.FromSeconds(5), time);
        }
    }

    private static Task<RestResult> GetAsync(RestClient rest) =>
        rest.SendAsync(Route.CurrentUserGuilds(200, null), null, TimeSpan.FromSeconds(30), CancellationToken.None);

    private static Task<RestResult> ReplyAsync(RestClient rest) =>
        rest.SendAsync(
            Route.InteractionCallback(5, "a-token"),
            RequestBody.FromJson("{}"u8.ToArray()),
            TimeSpan.FromSeconds(2),
            CancellationToken.None
        );
}
