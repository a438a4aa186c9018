namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>Connecting and identifying. Source: Discord docs, Events/Gateway.</summary>
public sealed class GatewayHandshakeTests : IAsyncLifetime
{
    private Stage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await Stage.OpenAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Connect_WithVersionAndEncoding_IsGreetedWithTheHeartbeatInterval()
    {
        _stage.World.Discord.Options.HeartbeatInterval = TimeSpan.FromSeconds(45);
        await using var gateway = await RawGateway.ConnectAsync(_stage);

        var hello = await gateway.ReceiveAsync();

        Assert.Equal(10, (int)hello["op"]!);
        Assert.Equal(45_000, (int)hello["d"]!["heartbeat_interval"]!);
        Assert.Null(hello["s"]);
        Assert.Null(hello["t"]);
    }

    [Theory]
    [InlineData("", 4012)]
    [InlineData("?encoding=json", 4012)]
    [InlineData("?v=9&encoding=json", 4012)]
    [InlineData("?v=ten&encoding=json", 4012)]
    [InlineData("?v=10&encoding=etf", 4002)]
    [InlineData("?v=10&encoding=json&compress=zstd-stream", 4002)]
    public async Task Connect_WithWhatIsNotSpokenHere_IsClosed(string query, int code)
    {
        await using var gateway = await RawGateway.ConnectAsync(_stage, query);

        Assert.Equal(code, await gateway.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Connect_WithoutAWebSocket_IsToldToUpgrade()
    {
        using HttpClient client = new();

        using var response = await client.GetAsync(new Uri(_stage.Server.Address, "discord/gateway"), _stage.Cancel);

        Assert.Equal(426, (int)response.StatusCode);
    }

    [Fact]
    public async Task Identify_WithTheToken_IsReady()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_stage);
        await using var _ = gateway;

        Assert.Equal(10, (int)ready["v"]!);
        Assert.Equal(_stage.Bot.Id.ToString(), (string)ready["user"]!["id"]!);
        Assert.True((bool)ready["user"]!["bot"]!);
        Assert.Equal(_stage.Bot.Id.ToString(), (string)ready["application"]!["id"]!);
        Assert.Equal(0, (int)ready["application"]!["flags"]!);
        Assert.NotEmpty((string)ready["session_id"]!);
        Assert.StartsWith("ws://127.0.0.1:", (string)ready["resume_gateway_url"]!, StringComparison.Ordinal);
        var guild = Assert.Single(ready["guilds"]!.AsArray())!;
        Assert.Equal(_stage.Guild.Id.ToString(), (string)guild["id"]!);
        Assert.True((bool)guild["unavailable"]!);
        Assert.True(Assert.Single(_stage.World.Discord.Sessions).IsConnected);
    }

    [Fact]
    public async Task Identify_WithTheGuildsIntent_BringsTheGuildsAfterReady()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_stage, intents: 1);
        await using var _1 = gateway;

        var created = await gateway.ReceiveAsync();

        Assert.Equal("GUILD_CREATE", (string)created["t"]!);
        Assert.Equal(2, (int)created["s"]!);
        Assert.Equal("Readers", (string)created["d"]!["name"]!);
        Assert.Equal("quotes", (string)created["d"]!["channels"]![0]!["name"]!);
    }

    [Theory]
    [InlineData("""{"op":2,"d":{"token":"wrong","intents":0,"properties":{}}}""", 4004)]
    [InlineData("""{"op":2,"d":{"token":"bot-token","intents":4194304,"properties":{}}}""", 4013)] // 1 << 22 is no intent
    [InlineData("""{"op":2,"d":{"token":"bot-token","intents":-1,"properties":{}}}""", 4013)]
    [InlineData("""{"op":2,"d":{"token":"bot-token","intents":2,"properties":{}}}""", 4014)] // members
    [InlineData("""{"op":2,"d":{"token":"bot-token","intents":256,"properties":{}}}""", 4014)] // presences
    [InlineData("""{"op":2,"d":{"token":"bot-token","intents":32768,"properties":{}}}""", 4014)] // message content
    [InlineData("""{"op":2,"d":{"token":"bot-token","properties":{}}}""", 4002)] // intents are required since v8
    [InlineData("""{"op":2,"d":{"token":"bot-token","intents":0}}""", 4002)]
    [InlineData("""{"op":2,"d":{"intents":0,"properties":{}}}""", 4002)]
    [InlineData("""{"op":2}""", 4002)]
    [InlineData("""{"op":2,"d":{"token":"bot-token","intents":0,"properties":{},"shard":[1,1]}}""", 4010)]
    [InlineData("""{"op":2,"d":{"token":"bot-token","intents":0,"properties":{},"shard":[0,0]}}""", 4010)]
    [InlineData("""{"op":2,"d":{"token":"bot-token","intents":0,"properties":{},"shard":"0"}}""", 4002)]
    [InlineData("""{"op":3,"d":{}}""", 4003)]
    [InlineData("""{"op":4,"d":{}}""", 4003)]
    [InlineData("""{"op":8,"d":{}}""", 4003)]
    [InlineData("""{"op":5,"d":{}}""", 4001)]
    [InlineData("""{"op":99}""", 4001)]
    [InlineData("""{"op":0,"d":{}}""", 4001)] // only the server dispatches
    [InlineData("""{"d":{}}""", 4002)]
    [InlineData("""{"op":"2"}""", 4002)]
    [InlineData("[1]", 4002)]
    [InlineData("hello", 4002)]
    public async Task FirstMessage_AgainstTheRules_IsClosedWithItsCode(string message, int code)
    {
        await using var gateway = await RawGateway.ConnectAsync(_stage);

        await gateway.SendAsync(message);

        Assert.Equal(code, await gateway.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Identify_WithAPrivilegedIntentThatIsSwitchedOn_IsReady()
    {
        _stage.Bot.PrivilegedIntents = 1 << 15;

        var (gateway, _) = await RawGateway.IdentifyAsync(_stage, intents: 1 << 15);

        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Identify_Twice_IsClosedWith4005()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_stage);
        await using var _1 = gateway;

        await gateway.SendAsync(RawGateway.Identify(Stage.BotToken));

        Assert.Equal(4005, await gateway.ReceiveCloseAsync());
    }

    [Theory]
    [InlineData(3800, null)]
    [InlineData(4200, 4002)]
    public async Task Message_OfManyBytes_MayHave4096(int padding, int? code)
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_stage);
        await using var _1 = gateway;

        await gateway.SendAsync($$$"""{"op":3,"d":{"activities":"{{{new string('x', padding)}}}"}}""");
        await gateway.SendAsync("""{"op":1,"d":1}""");

        if (code is null)
        {
            Assert.Equal(11, (int)(await gateway.ReceiveAsync())["op"]!);
        }
        else
        {
            Assert.Equal(code, await gateway.ReceiveCloseAsync());
        }
    }

    [Fact]
    public async Task Identify_AgainWithinFiveSeconds_IsAnInvalidSession()
    {
        var (first, _) = await RawGateway.IdentifyAsync(_stage);
        await using var _1 = first;
        await using var second = await RawGateway.ConnectAsync(_stage);
        await second.ReceiveAsync();

        await second.SendAsync(RawGateway.Identify(Stage.BotToken));
        var refused = await second.ReceiveAsync();
        _stage.Clock.Advance(TimeSpan.FromSeconds(5));
        await second.SendAsync(RawGateway.Identify(Stage.BotToken));
        var ready = await second.ReceiveAsync();

        Assert.Equal(9, (int)refused["op"]!);
        Assert.False((bool)refused["d"]!);
        Assert.Equal("READY", (string)ready["t"]!);
    }

    [Fact]
    public async Task Identify_OfAnotherShard_IsInPaceWhenConcurrencyAllowsIt()
    {
        _stage.World.Discord.Options.MaxConcurrency = 2;
        await using var first = await RawGateway.ConnectAsync(_stage);
        await using var second = await RawGateway.ConnectAsync(_stage);
        await first.ReceiveAsync();
        await second.ReceiveAsync();

        await first.SendAsync("""{"op":2,"d":{"token":"bot-token","intents":0,"properties":{},"shard":[0,2]}}""");
        await second.SendAsync("""{"op":2,"d":{"token":"bot-token","intents":0,"properties":{},"shard":[1,2]}}""");

        Assert.Equal("READY", (string)(await first.ReceiveAsync())["t"]!);
        Assert.Equal("READY", (string)(await second.ReceiveAsync())["t"]!);
    }

    [Fact]
    public async Task GatewayBot_AfterAnIdentify_HasOneStartLessUntilADayIsOver()
    {
        var before = await _stage.GetAsync("gateway/bot");
        var (gateway, _) = await RawGateway.IdentifyAsync(_stage);
        await using var _1 = gateway;
        _stage.Clock.Advance(TimeSpan.FromHours(1));
        var after = await _stage.GetAsync("gateway/bot");
        _stage.Clock.Advance(TimeSpan.FromHours(23));
        var nextDay = await _stage.GetAsync("gateway/bot");

        Assert.Equal(1000, (int)before.Json["session_start_limit"]!["remaining"]!);
        Assert.Equal(999, (int)after.Json["session_start_limit"]!["remaining"]!);
        Assert.Equal(1000, (int)after.Json["session_start_limit"]!["total"]!);
        Assert.Equal(1, (int)after.Json["session_start_limit"]!["max_concurrency"]!);
        Assert.Equal(
            TimeSpan.FromHours(23).TotalMilliseconds,
            (double)after.Json["session_start_limit"]!["reset_after"]!
        );
        Assert.Equal(1000, (int)nextDay.Json["session_start_limit"]!["remaining"]!);
    }

    [Fact]
    public async Task Identify_OnceTooOftenInADay_ResetsTheTokenAndEndsEverySession()
    {
        _stage.World.Discord.Options.SessionStartsPerDay = 1;
        var (first, _) = await RawGateway.IdentifyAsync(_stage);
        await using var _1 = first;
        _stage.Clock.Advance(TimeSpan.FromSeconds(5));
        await using var second = await RawGateway.ConnectAsync(_stage);
        await second.SendAsync(RawGateway.Identify(Stage.BotToken));

        Assert.Equal(4004, await second.ReceiveCloseAsync());
        Assert.Equal(4004, await first.ReceiveCloseAsync());
        Assert.Equal(401, (await _stage.GetAsync("users/@me")).Status);
    }

    [Fact]
    public async Task Compressed_EachMessage_EndsInASyncFlushOfOneStream()
    {
        await using var gateway = await RawGateway.ConnectAsync(_stage, "?v=10&encoding=json&compress=zlib-stream");

        var hello = await gateway.ReceiveAsync();
        await gateway.SendAsync(RawGateway.Identify(Stage.BotToken, intents: 1));
        var ready = await gateway.ReceiveAsync();
        var guild = await gateway.ReceiveAsync();

        Assert.Equal(10, (int)hello["op"]!);
        Assert.Equal("READY", (string)ready["t"]!);
        Assert.Equal("GUILD_CREATE", (string)guild["t"]!);
    }
}
