namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>Connecting and identifying. Source: Discord docs, Events/Gateway.</summary>
public sealed class GatewayHandshakeTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await SimulatorFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Connect_WithVersionAndEncoding_ReceivesTheHeartbeatInterval()
    {
        _fixture.World.Discord.Options.HeartbeatInterval = TimeSpan.FromSeconds(45);
        await using var gateway = await RawGateway.ConnectAsync(_fixture);

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
    public async Task Connect_WithUnsupportedOptions_IsClosed(string query, int code)
    {
        await using var gateway = await RawGateway.ConnectAsync(_fixture, query);

        Assert.Equal(code, await gateway.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Connect_WithoutAWebSocket_Returns426()
    {
        using HttpClient client = new();

        using var response = await client.GetAsync(
            new Uri(_fixture.Server.Address, "discord/gateway"),
            _fixture.Cancel
        );

        Assert.Equal(426, (int)response.StatusCode);
    }

    [Fact]
    public async Task Identify_WithTheToken_ReceivesReady()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        await using var _ = gateway;

        Assert.Equal(10, (int)ready["v"]!);
        Assert.Equal(_fixture.Bot.Id.ToString(), (string)ready["user"]!["id"]!);
        Assert.True((bool)ready["user"]!["bot"]!);
        Assert.Equal(_fixture.Bot.Id.ToString(), (string)ready["application"]!["id"]!);
        Assert.Equal(0, (int)ready["application"]!["flags"]!);
        Assert.NotEmpty((string)ready["session_id"]!);
        Assert.StartsWith("ws://127.0.0.1:", (string)ready["resume_gateway_url"]!, StringComparison.Ordinal);
        var guild = Assert.Single(ready["guilds"]!.AsArray())!;
        Assert.Equal(_fixture.Guild.Id.ToString(), (string)guild["id"]!);
        Assert.True((bool)guild["unavailable"]!);
        Assert.True(Assert.Single(_fixture.World.Discord.Sessions).IsConnected);
    }

    [Fact]
    public async Task Identify_WithTheGuildsIntent_ReceivesTheGuildsAfterReady()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture, intents: 1);
        await using var _1 = gateway;

        var created = await gateway.ReceiveAsync();

        Assert.Equal("GUILD_CREATE", (string)created["t"]!);
        Assert.Equal(2, (int)created["s"]!);
        Assert.Equal("Readers", (string)created["d"]!["name"]!);
        Assert.Equal("quotes", (string)created["d"]!["channels"]![0]!["name"]!);
    }

    [Theory]
    [InlineData("""{"op":2,"d":{"token":"wrong","intents":0,"properties":{}}}""", 4004)]
    // 1 << 22 is not an intent.
    [InlineData("""{"op":2,"d":{"token":"bot-token","intents":4194304,"properties":{}}}""", 4013)]
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
    public async Task FirstMessage_Invalid_ClosesWithItsCode(string message, int code)
    {
        await using var gateway = await RawGateway.ConnectAsync(_fixture);

        await gateway.SendAsync(message);

        Assert.Equal(code, await gateway.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Identify_WithAnEnabledPrivilegedIntent_ReceivesReady()
    {
        _fixture.Bot.PrivilegedIntents = 1 << 15;

        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture, intents: 1 << 15);

        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Identify_Twice_ClosesWith4005()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;

        await gateway.SendAsync(RawGateway.Identify(SimulatorFixture.BotToken));

        Assert.Equal(4005, await gateway.ReceiveCloseAsync());
    }

    [Theory]
    [InlineData(3800, null)]
    [InlineData(4200, 4002)]
    public async Task Message_IsLimitedTo4096Bytes(int padding, int? code)
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
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
    public async Task Identify_AgainWithinFiveSeconds_ReceivesInvalidSession()
    {
        var (first, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = first;
        await using var second = await RawGateway.ConnectAsync(_fixture);
        await second.ReceiveAsync();

        await second.SendAsync(RawGateway.Identify(SimulatorFixture.BotToken));
        var refused = await second.ReceiveAsync();
        _fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        await second.SendAsync(RawGateway.Identify(SimulatorFixture.BotToken));
        var ready = await second.ReceiveAsync();

        Assert.Equal(9, (int)refused["op"]!);
        Assert.False((bool)refused["d"]!);
        Assert.Equal("READY", (string)ready["t"]!);
    }

    [Fact]
    public async Task Identify_OfAnotherShard_IsAllowedByMaxConcurrency()
    {
        _fixture.World.Discord.Options.MaxConcurrency = 2;
        await using var first = await RawGateway.ConnectAsync(_fixture);
        await using var second = await RawGateway.ConnectAsync(_fixture);
        await first.ReceiveAsync();
        await second.ReceiveAsync();

        await first.SendAsync("""{"op":2,"d":{"token":"bot-token","intents":0,"properties":{},"shard":[0,2]}}""");
        await second.SendAsync("""{"op":2,"d":{"token":"bot-token","intents":0,"properties":{},"shard":[1,2]}}""");

        Assert.Equal("READY", (string)(await first.ReceiveAsync())["t"]!);
        Assert.Equal("READY", (string)(await second.ReceiveAsync())["t"]!);
    }

    [Fact]
    public async Task GatewayBot_AfterAnIdentify_HasOneStartLessForADay()
    {
        var before = await _fixture.GetAsync("gateway/bot");
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;
        _fixture.Clock.Advance(TimeSpan.FromHours(1));
        var after = await _fixture.GetAsync("gateway/bot");
        _fixture.Clock.Advance(TimeSpan.FromHours(23));
        var nextDay = await _fixture.GetAsync("gateway/bot");

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
    public async Task Identify_AboveTheDailyLimit_ResetsTheTokenAndEndsEverySession()
    {
        _fixture.World.Discord.Options.SessionStartsPerDay = 1;
        var (first, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = first;
        _fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        await using var second = await RawGateway.ConnectAsync(_fixture);
        await second.SendAsync(RawGateway.Identify(SimulatorFixture.BotToken));

        Assert.Equal(4004, await second.ReceiveCloseAsync());
        Assert.Equal(4004, await first.ReceiveCloseAsync());
        Assert.Equal(401, (await _fixture.GetAsync("users/@me")).Status);
    }

    [Fact]
    public async Task Compression_EndsEachMessageInASyncFlush()
    {
        await using var gateway = await RawGateway.ConnectAsync(_fixture, "?v=10&encoding=json&compress=zlib-stream");

        var hello = await gateway.ReceiveAsync();
        await gateway.SendAsync(RawGateway.Identify(SimulatorFixture.BotToken, intents: 1));
        var ready = await gateway.ReceiveAsync();
        var guild = await gateway.ReceiveAsync();

        Assert.Equal(10, (int)hello["op"]!);
        Assert.Equal("READY", (string)ready["t"]!);
        Assert.Equal("GUILD_CREATE", (string)guild["t"]!);
    }
}
