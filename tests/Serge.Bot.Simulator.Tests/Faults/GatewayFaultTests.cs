using Serge.Bot.Simulator.Tests.Discord;

namespace Serge.Bot.Simulator.Tests.Faults;

/// <summary>Faults of gateway connections.</summary>
public sealed class GatewayFaultTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await SimulatorFixture.OpenAsync();
        await _fixture.PutAsync(_fixture.CommandsPath, """[{"name":"quote","description":"d"}]""");
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData(4000)]
    [InlineData(4009)]
    [InlineData(1001)]
    public async Task Close_WithACode_ClosesTheConnection(int code)
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;

        Arm(new GatewayEffect.Close(code));

        Assert.Equal(code, await gateway.ReceiveCloseAsync());
        Assert.Equal(
            code,
            (
                await _fixture.Events.WaitForAsync<DiscordWorldEvent.BotDisconnected>(
                    cancellationToken: _fixture.Cancel
                )
            ).CloseCode
        );
    }

    [Fact]
    public async Task Abort_KeepsTheSessionResumable()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        await using var _ = gateway;

        Arm(new GatewayEffect.Abort());

        Assert.Null(await gateway.ReceiveCloseAsync());
        await using var again = await ResumeAsync(ready);
        Assert.Equal("RESUMED", (string)(await again.ReceiveAsync())["t"]!);
    }

    [Fact]
    public async Task ExpireSession_AbortsTheConnectionAndRemovesTheSession()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        await using var _ = gateway;

        Arm(new GatewayEffect.ExpireSession());

        Assert.Null(await gateway.ReceiveCloseAsync());
        await using var again = await ResumeAsync(ready);
        var invalid = await again.ReceiveAsync();
        Assert.Equal(9, (int)invalid["op"]!);
        Assert.False((bool)invalid["d"]!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task InvalidSession_SendsWhetherTheSessionIsResumable(bool resumable)
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        await using var _ = gateway;

        Arm(new GatewayEffect.InvalidSession(resumable));
        var invalid = await gateway.ReceiveAsync();
        await gateway.CloseAsync(4000);
        await using var again = await ResumeAsync(ready);
        var answer = await again.ReceiveAsync();

        Assert.Equal(9, (int)invalid["op"]!);
        Assert.Equal(resumable, (bool)invalid["d"]!);
        Assert.Equal(resumable, (string?)answer["t"] == "RESUMED");
    }

    [Fact]
    public async Task Reconnect_SendsReconnect()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;

        Arm(new GatewayEffect.Reconnect());

        Assert.Equal(7, (int)(await gateway.ReceiveAsync())["op"]!);
    }

    [Fact]
    public async Task Reconnect_OnConnect_ReplacesHello()
    {
        Arm(new GatewayEffect.Reconnect(), GatewayMoment.Connect);

        await using var gateway = await RawGateway.ConnectAsync(_fixture);

        Assert.Equal(7, (int)(await gateway.ReceiveAsync())["op"]!);
    }

    [Fact]
    public async Task InvalidSession_OnIdentify_ReplacesReady()
    {
        Arm(new GatewayEffect.InvalidSession(), GatewayMoment.Identify);
        await using var gateway = await RawGateway.ConnectAsync(_fixture);
        await gateway.ReceiveAsync();

        await gateway.SendAsync(RawGateway.Identify(SimulatorFixture.BotToken));
        var invalid = await gateway.ReceiveAsync();
        await gateway.SendAsync(RawGateway.Identify(SimulatorFixture.BotToken));
        var ready = await gateway.ReceiveAsync();

        Assert.Equal(9, (int)invalid["op"]!);
        Assert.Equal("READY", (string)ready["t"]!);
    }

    [Fact]
    public async Task InvalidSession_OnResume_EndsTheSession()
    {
        var (gateway, ready) = await RawGateway.IdentifyAsync(_fixture);
        gateway.Abort();
        Arm(new GatewayEffect.InvalidSession(), GatewayMoment.Resume);

        await using var first = await ResumeAsync(ready);
        await using var second = await ResumeAsync(ready);

        Assert.Equal(9, (int)(await first.ReceiveAsync())["op"]!);
        Assert.Equal(9, (int)(await second.ReceiveAsync())["op"]!);
    }

    [Fact]
    public async Task StopSending_AcknowledgesNoHeartbeat()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;
        var fault = Arm(new GatewayEffect.StopSending(), GatewayMoment.Heartbeat);

        await gateway.SendAsync("""{"op":1,"d":1}""");
        await fault.Fired.WaitAsync(_fixture.Cancel);
        await gateway.SendAsync("""{"op":1,"d":1}""");
        _fixture.World.Faults.Add(new GatewayFault { Effect = new GatewayEffect.Abort() });

        Assert.Null(await gateway.ReceiveCloseAsync()); // nothing but the abort
    }

    [Fact]
    public async Task Duplicate_SendsAnInteractionTwice()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;
        Arm(new GatewayEffect.Duplicate(), GatewayMoment.Dispatch, "INTERACTION_CREATE");

        _ = _fixture.World.Discord.InvokeAsync(_fixture.Ada, _fixture.Channel, "/quote", _fixture.Cancel);
        var first = await gateway.ReceiveAsync();
        var second = await gateway.ReceiveAsync();

        Assert.Equal((string)first["d"]!["id"]!, (string)second["d"]!["id"]!);
        Assert.Equal((int)first["s"]! + 1, (int)second["s"]!);
    }

    [Fact]
    public async Task Drop_DoesNotSendTheInteraction()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;
        Arm(new GatewayEffect.Drop(), GatewayMoment.Dispatch, "INTERACTION_CREATE");

        var shown = _fixture.World.Discord.InvokeAsync(_fixture.Ada, _fixture.Channel, "/quote", _fixture.Cancel);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(3));
        await gateway.SendAsync("""{"op":1,"d":1}""");

        Assert.Equal(11, (int)(await gateway.ReceiveAsync())["op"]!);
        Assert.IsType<InteractionResult.DidNotRespond>(await shown);
    }

    [Fact]
    public async Task Delay_DelaysAnEvent()
    {
        // No heartbeat timeout while the clock advances: the delay starts after the event was sent.
        _fixture.World.Discord.Options.HeartbeatInterval = TimeSpan.FromDays(30);
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;
        Arm(new GatewayEffect.Delay(TimeSpan.FromSeconds(2)), GatewayMoment.Dispatch, "INTERACTION_CREATE");

        _ = _fixture.World.Discord.InvokeAsync(_fixture.Ada, _fixture.Channel, "/quote", _fixture.Cancel);
        var receiving = gateway.ReceiveAsync();
        Assert.False(receiving.IsCompleted);
        while (!receiving.IsCompleted)
        {
            _fixture.Cancel.ThrowIfCancellationRequested();
            _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("INTERACTION_CREATE", (string)(await receiving)["t"]!);
    }

    [Fact]
    public async Task Close_OnAnEvent_FollowsTheEvent()
    {
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;
        Arm(new GatewayEffect.Close(4000), GatewayMoment.Dispatch, "INTERACTION_CREATE");

        _ = _fixture.World.Discord.InvokeAsync(_fixture.Ada, _fixture.Channel, "/quote", _fixture.Cancel);

        Assert.Equal("INTERACTION_CREATE", (string)(await gateway.ReceiveAsync())["t"]!);
        Assert.Equal(4000, await gateway.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Fault_WithTheMomentNow_WaitsForASession()
    {
        var fault = Arm(new GatewayEffect.Reconnect());
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;

        Assert.Equal(7, (int)(await gateway.ReceiveAsync())["op"]!);
        Assert.Equal(1, fault.FiredCount);
    }

    private ArmedFault Arm(GatewayEffect effect, GatewayMoment on = GatewayMoment.Now, string? eventName = null) =>
        _fixture.World.Faults.Add(
            new GatewayFault
            {
                On = on,
                Event = eventName,
                Effect = effect,
            }
        );

    private async Task<RawGateway> ResumeAsync(JsonNode ready)
    {
        var gateway = await RawGateway.ConnectAsync(
            _fixture,
            path: new Uri((string)ready["resume_gateway_url"]!).AbsolutePath
        );
        await gateway.ReceiveAsync();
        await gateway.SendAsync(RawGateway.Resume((string)ready["session_id"]!, 1));
        return gateway;
    }
}
