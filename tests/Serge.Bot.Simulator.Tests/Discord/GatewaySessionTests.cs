namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>Heartbeats, limits, disconnects and resuming. Source: Discord docs, Events/Gateway.</summary>
public sealed class GatewaySessionTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await SimulatorFixture.OpenAsync();
        await _fixture.PutAsync(_fixture.CommandsPath, """[{"name":"quote","description":"Says a quotation"}]""");
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Heartbeat_Sent_IsAcknowledged()
    {
        await using var gateway = await RawGateway.ConnectAsync(_fixture);
        await gateway.ReceiveAsync();

        await gateway.SendAsync("""{"op":1,"d":null}""");

        Assert.Equal(11, (int)(await gateway.ReceiveAsync())["op"]!);
    }

    [Fact]
    public async Task Heartbeat_Missing_ClosesWith4009AndEndsTheSession()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        await using var _ = gateway;

        _fixture.Clock.Advance(_fixture.World.Discord.Options.HeartbeatInterval * 2);

        Assert.Equal(4009, await gateway.ReceiveCloseAsync());
        await using var again = await ResumeAsync(ready, seq: 1);
        Assert.Equal(9, (int)(await again.ReceiveAsync())["op"]!);
    }

    [Fact]
    public async Task Heartbeat_SentInTime_KeepsTheConnection()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;

        for (var beat = 0; beat < 5; beat++)
        {
            _fixture.Clock.Advance(_fixture.World.Discord.Options.HeartbeatInterval);
            await gateway.SendAsync("""{"op":1,"d":1}""");
            Assert.Equal(11, (int)(await gateway.ReceiveAsync())["op"]!);
        }
    }

    [Fact]
    public async Task Events_MoreThan120InAMinute_CloseWith4008()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;

        for (var sent = 1; sent < 120; sent++)
        {
            await gateway.SendAsync("""{"op":1,"d":1}""");
            Assert.Equal(11, (int)(await gateway.ReceiveAsync())["op"]!);
        }

        await gateway.SendAsync("""{"op":1,"d":1}""");

        Assert.Equal(4008, await gateway.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Events_120AMinute_AreAllowedEveryMinute()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;

        for (var sent = 1; sent < 200; sent++)
        {
            _fixture.Clock.Advance(TimeSpan.FromSeconds(0.5));
            await gateway.SendAsync("""{"op":1,"d":1}""");
            Assert.Equal(11, (int)(await gateway.ReceiveAsync())["op"]!);
        }
    }

    [Fact]
    public async Task Resume_AfterAnAbort_ReplaysMissedEvents()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        gateway.Abort();
        var lost = await _fixture.Events.WaitForAsync<DiscordWorldEvent.BotDisconnected>(
            cancellationToken: _fixture.Cancel
        );
        var shown = _fixture.World.Discord.InvokeAsync(_fixture.Ada, _fixture.Channel, "/quote", _fixture.Cancel);

        await using var again = await ResumeAsync(ready, seq: 1);
        var interaction = await again.ReceiveAsync();
        var resumed = await again.ReceiveAsync();

        Assert.True(lost.IsResumable);
        Assert.Null(lost.CloseCode);
        Assert.Equal("INTERACTION_CREATE", (string)interaction["t"]!);
        Assert.Equal(2, (int)interaction["s"]!);
        Assert.Equal("RESUMED", (string)resumed["t"]!);
        Assert.False(shown.IsCompleted);
        var seen = await _fixture.Events.WaitForAsync<DiscordWorldEvent.BotResumed>(cancellationToken: _fixture.Cancel);
        Assert.Equal(1, seen.Replayed);
        Assert.True(seen.AtResumeUrl);
    }

    [Fact]
    public async Task Resume_WithoutMissedEvents_ReplaysNothing()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture, intents: 1);
        Assert.Equal("GUILD_CREATE", (string)(await gateway.ReceiveAsync())["t"]!);
        gateway.Abort();

        await using var again = await ResumeAsync(ready, seq: 2);

        var resumed = await again.ReceiveAsync();
        Assert.Equal("RESUMED", (string)resumed["t"]!);
        Assert.Equal(3, (int)resumed["s"]!);
    }

    [Fact]
    public async Task Resume_WithAnUnknownSequence_ClosesWith4007()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        gateway.Abort();

        await using var again = await ResumeAsync(ready, seq: 99);

        Assert.Equal(4007, await again.ReceiveCloseAsync());
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    public async Task Resume_AfterClosingWith1000Or1001_ReceivesInvalidSession(int code)
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        await gateway.CloseAsync(code);

        await using var again = await ResumeAsync(ready, seq: 1);

        var invalid = await again.ReceiveAsync();
        Assert.Equal(9, (int)invalid["op"]!);
        Assert.False((bool)invalid["d"]!);
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(3000)]
    public async Task Resume_AfterClosingWithAnotherCode_Succeeds(int code)
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        await gateway.CloseAsync(code);

        await using var again = await ResumeAsync(ready, seq: 1);

        Assert.Equal("RESUMED", (string)(await again.ReceiveAsync())["t"]!);
    }

    [Fact]
    public async Task Resume_AfterTheResumeWindow_ReceivesInvalidSession()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        gateway.Abort();
        await _fixture.Events.WaitForAsync<DiscordWorldEvent.BotDisconnected>(cancellationToken: _fixture.Cancel);

        _fixture.Clock.Advance(_fixture.World.Discord.Options.ResumeWindow + TimeSpan.FromSeconds(1));
        await using var again = await ResumeAsync(ready, seq: 1);

        Assert.Equal(9, (int)(await again.ReceiveAsync())["op"]!);
        Assert.Empty(_fixture.World.Discord.Sessions);
    }

    [Fact]
    public async Task Resume_WithAnotherTokenOrSession_ReceivesInvalidSession()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        gateway.Abort();
        await using var stranger = await RawGateway.ConnectAsync(_fixture);
        await stranger.ReceiveAsync();

        await stranger.SendAsync(RawGateway.Resume((string)ready["session_id"]!, 1, token: "wrong"));
        var forToken = await stranger.ReceiveAsync();
        await stranger.SendAsync(RawGateway.Resume("never-heard-of", 1));
        var forSession = await stranger.ReceiveAsync();

        Assert.Equal(9, (int)forToken["op"]!);
        Assert.Equal(9, (int)forSession["op"]!);
    }

    [Fact]
    public async Task Resume_WithoutASequence_ClosesWith4002()
    {
        await using var gateway = await RawGateway.ConnectAsync(_fixture);

        await gateway.SendAsync("""{"op":6,"d":{"token":"bot-token","session_id":"x"}}""");

        Assert.Equal(4002, await gateway.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Resume_DoesNotCountAsASessionStart()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        gateway.Abort();
        await using var again = await ResumeAsync(ready, seq: 1);
        await again.ReceiveAsync();

        var limit = (await _fixture.GetAsync("gateway/bot")).Json["session_start_limit"]!;

        Assert.Equal(999, (int)limit["remaining"]!);
    }

    [Fact]
    public async Task Events_OfAnotherShard_DoNotArrive()
    {
        await using var gateway = await RawGateway.ConnectAsync(_fixture);
        await gateway.ReceiveAsync();
        var other = 1 - (int)((_fixture.Guild.Id.Value >> 22) % 2);
        await gateway.SendAsync(
            $$$"""{"op":2,"d":{"token":"bot-token","intents":1,"properties":{},"shard":[{{{other}}},2]}}"""
        );
        var ready = await gateway.ReceiveAsync();

        _fixture.World.Discord.AddChannel(_fixture.Guild, "news");
        await gateway.SendAsync("""{"op":1,"d":1}""");

        Assert.Empty(ready["d"]!["guilds"]!.AsArray());
        Assert.Equal(11, (int)(await gateway.ReceiveAsync())["op"]!);
    }

    [Fact]
    public async Task GuildEvents_WithTheIntent_ReportChannelsRolesAndRemoval()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture, intents: 1);
        await using var _1 = gateway;
        await gateway.ReceiveAsync();

        var news = _fixture.World.Discord.AddChannel(_fixture.Guild, "news", ChannelType.Announcement);
        var created = await gateway.ReceiveAsync();
        _fixture.World.Discord.SetPermissions(news, _fixture.Bot, Permissions.ViewChannel);
        var updated = await gateway.ReceiveAsync();
        _fixture.World.Discord.Delete(news);
        var deleted = await gateway.ReceiveAsync();
        var admins = _fixture.World.Discord.AddRole(_fixture.Guild, "admins", Permissions.ManageGuild);
        var appointed = await gateway.ReceiveAsync();
        _fixture.World.Discord.Uninstall(_fixture.Guild, _fixture.Bot);
        var left = await gateway.ReceiveAsync();

        Assert.Equal("CHANNEL_CREATE", (string)created["t"]!);
        Assert.Equal(5, (int)created["d"]!["type"]!);
        Assert.Equal("CHANNEL_UPDATE", (string)updated["t"]!);
        Assert.Equal("CHANNEL_DELETE", (string)deleted["t"]!);
        Assert.Equal(news.Id.ToString(), (string)deleted["d"]!["id"]!);
        Assert.Equal("GUILD_ROLE_CREATE", (string)appointed["t"]!);
        Assert.Equal(_fixture.Guild.Id.ToString(), (string)appointed["d"]!["guild_id"]!);
        Assert.Equal(admins.Id.ToString(), (string)appointed["d"]!["role"]!["id"]!);
        Assert.Equal("GUILD_DELETE", (string)left["t"]!);
        Assert.Equal(_fixture.Guild.Id.ToString(), (string)left["d"]!["id"]!);
        // Absent: the bot was removed, this is not an outage.
        Assert.False(left["d"]!.AsObject().ContainsKey("unavailable"));
    }

    [Fact]
    public async Task MessageEvents_WithTheirIntent_AreEmptyWithoutTheContentIntent()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture, intents: 1 << 9);
        await using var _1 = gateway;

        _fixture.World.Discord.SendMessage(_fixture.Ada, _fixture.Channel, "secret");
        var other = await gateway.ReceiveAsync();
        _fixture.World.Discord.SendMessage(_fixture.Ada, _fixture.Channel, $"hello <@{_fixture.Bot.Id}>");
        var mention = await gateway.ReceiveAsync();

        Assert.Equal("MESSAGE_CREATE", (string)other["t"]!);
        Assert.Equal(_fixture.Guild.Id.ToString(), (string)other["d"]!["guild_id"]!);
        Assert.Equal("", (string)other["d"]!["content"]!);
        Assert.StartsWith("hello", (string)mention["d"]!["content"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResetToken_EndsTheSession()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        await using var _ = gateway;

        _fixture.World.Discord.ResetToken(_fixture.Bot);

        Assert.Equal(4004, await gateway.ReceiveCloseAsync());
        await using var again = await ResumeAsync(ready, seq: 1);
        Assert.Equal(9, (int)(await again.ReceiveAsync())["op"]!);
    }

    private async Task<RawGateway> ResumeAsync(JsonNode ready, int seq)
    {
        var path = new Uri((string)ready["resume_gateway_url"]!).AbsolutePath;
        var gateway = await RawGateway.ConnectAsync(_fixture, path: path);
        await gateway.ReceiveAsync();
        await gateway.SendAsync(RawGateway.Resume((string)ready["session_id"]!, seq));
        return gateway;
    }
}
