using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.Http;

/// <summary>How the client starts if interactions are received over HTTP.</summary>
public sealed class HttpInteractionReaderTests
{
    private const string Key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

    [Fact]
    public void Read_ReadsTheApplication_AndInWhichServers() =>
        Simulation.Run(async time =>
        {
            var api = Known(time).On("GET users/@me/guilds?limit=200", Json(200, """[{"id":"7"},{"id":"8"}]"""));

            var ready = Assert.IsType<DiscordEvent.Ready>(await FirstAsync(api));

            Assert.Equal((41UL, "serge", Shard.Only), (ready.ApplicationId, ready.UserName, ready.Shard));
            Assert.Equal([new GuildId(7), new GuildId(8)], ready.Guilds);
        });

    [Fact]
    public void Read_MoreServersThanOnePageHas_ReadsFurtherPages() =>
        Simulation.Run(async time =>
        {
            var page = $"[{string.Join(',', Enumerable.Range(1, 200).Select(id => $$"""{"id":"{{id}}"}"""))}]";
            var api = Known(time)
                .On("GET users/@me/guilds?limit=200", Json(200, page))
                .On("GET users/@me/guilds?limit=200&after=200", Json(200, """[{"id":"201"}]"""));

            Assert.Equal(201, Assert.IsType<DiscordEvent.Ready>(await FirstAsync(api)).Guilds.Count);
        });

    [Fact]
    public void Read_APageThatNeverEnds_EndsAnyway() =>
        Simulation.Run(async time =>
        {
            var page = $"[{string.Join(',', Enumerable.Range(1, 200).Select(id => $$"""{"id":"{{id}}"}"""))}]";
            var api = Known(time)
                .On("GET users/@me/guilds?limit=200", Json(200, page))
                .On("GET users/@me/guilds?limit=200&after=200", Json(200, page));

            Assert.Equal(200, Assert.IsType<DiscordEvent.Ready>(await FirstAsync(api)).Guilds.Count);
        });

    [Theory]
    [InlineData(199, 1, 199)] // the page is not full, so it is the last one
    [InlineData(200, 2, 200)]
    public void Read_AFullPage_LooksForTheNext(int servers, int pages, int found) =>
        Simulation.Run(async time =>
        {
            var api = Known(time)
                .On("GET users/@me/guilds?limit=200", Json(200, Page(1, servers)))
                .On("GET users/@me/guilds?limit=200&after=200", Json(200, "[]"));

            Assert.Equal(found, Assert.IsType<DiscordEvent.Ready>(await FirstAsync(api)).Guilds.Count);
            Assert.Equal(
                pages,
                api.Requests.Count(request => request.Path.Contains("guilds", StringComparison.Ordinal))
            );
        });

    [Fact]
    public void Read_PagesThatOverlap_CountsEachServerOnce() =>
        Simulation.Run(async time =>
        {
            var api = Known(time)
                .On("GET users/@me/guilds?limit=200", Json(200, Page(1, 200)))
                .On("GET users/@me/guilds?limit=200&after=200", Json(200, Page(100, 200)))
                .On("GET users/@me/guilds?limit=200&after=299", Json(200, Page(299, 2)));

            var ready = Assert.IsType<DiscordEvent.Ready>(await FirstAsync(api));

            Assert.Equal(Enumerable.Range(1, 300).Select(id => new GuildId((ulong)id)), ready.Guilds);
        });

    [Fact]
    public void Read_AFullPageWithoutAnyId_EndsThere() =>
        Simulation.Run(async time =>
        {
            var page = $"[{string.Join(',', Enumerable.Repeat("{}", 200))}]";
            var api = Known(time).On("GET users/@me/guilds?limit=200", Json(200, page));

            Assert.Empty(Assert.IsType<DiscordEvent.Ready>(await FirstAsync(api)).Guilds);
        });

    [Fact]
    public void Read_WhileDiscordIsAway_WaitsLongerEachTime() =>
        Simulation.Run(async time =>
        {
            const string Guilds = "GET users/@me/guilds?limit=200";
            var api = Known(time).On(Guilds, [.. Enumerable.Repeat(Unreachable(), 49), Json(200, "[]")]);

            Assert.IsType<DiscordEvent.Ready>(await FirstAsync(api));

            // Ten calls of five attempts each, and a wait after each call.
            var at = api.Requests.FindAll(request => request.Line == Guilds).ConvertAll(request => request.At);
            Assert.Equal(50, at.Count);
            Assert.All(at.Zip(at.Skip(1)), pair => Assert.True(pair.Second - pair.First > TimeSpan.FromSeconds(0.1)));
            Assert.InRange(time.Elapsed, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(15));
        });

    [Fact]
    public void Read_WithABadToken_Stops() =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).On(
                "GET applications/@me",
                Json(401, """{"message":"401: Unauthorized","code":0}""")
            );

            Assert.Equal(StopCause.InvalidToken, Assert.IsType<DiscordEvent.Stopped>(await FirstAsync(api)).Cause);
        });

    [Theory]
    [InlineData("null")]
    [InlineData("\"abc\"")]
    public void Read_WithoutAKey_Stops(string key) =>
        Simulation.Run(async time =>
        {
            var api = Known(time)
                .On("GET applications/@me", Json(200, $$"""{"id":"41","name":"Serge","verify_key":{{key}}}"""))
                .On("GET users/@me/guilds?limit=200", Json(200, "[]"));

            var stopped = Assert.IsType<DiscordEvent.Stopped>(await FirstAsync(api));
            Assert.Equal(StopCause.InvalidConfiguration, stopped.Cause);
            Assert.Contains("verify_key", stopped.Reason, StringComparison.Ordinal);
        });

    [Fact]
    public void Read_WhileDiscordIsAway_AsksAgainUntilItIsBack() =>
        Simulation.Run(async time =>
        {
            var api = Known(time)
                .On("GET users/@me/guilds?limit=200", [.. Enumerable.Repeat(Unreachable(), 40), Json(200, "[]")]);

            Assert.IsType<DiscordEvent.Ready>(await FirstAsync(api));
        });

    private static string Page(int first, int count) =>
        $"[{string.Join(',', Enumerable.Range(first, count).Select(id => $$"""{"id":"{{id}}"}"""))}]";

    private static FakeApi Known(VirtualTime time) =>
        new FakeApi(time)
            .On("GET users/@me", Json(200, """{"id":"40","username":"serge"}"""))
            .On("GET applications/@me", Json(200, $$"""{"id":"41","name":"Serge","verify_key":"{{Key}}"}"""));

    private static async Task<DiscordEvent> FirstAsync(FakeApi api)
    {
        await using var client = api.Client(overHttp: true);
        await foreach (var happened in client.ReadAsync(CancellationToken.None))
        {
            return happened;
        }

        throw new InvalidOperationException("Nothing happened.");
    }
}
