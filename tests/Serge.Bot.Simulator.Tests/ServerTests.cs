using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Serge.Bot.Simulator.Tests.Discord;

namespace Serge.Bot.Simulator.Tests;

/// <summary>Serving a world and reading its events.</summary>
public sealed class ServerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Start_OnAPortInUse_Fails()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();

        await Assert.ThrowsAsync<IOException>(() =>
            SimulatorServer.StartAsync(fixture.World, fixture.Server.Address.Port, fixture.Cancel)
        );
    }

    [Fact]
    public async Task Dispose_WithAConnectedBotAndADelayedRequest_EndsBoth()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();
        var (gateway, _) = await RawGateway.IdentifyAsync(fixture);
        await using var _1 = gateway;
        var fault = fixture.World.Faults.Add(
            new RequestFault { Path = "**", Effect = new RequestEffect.Delay(TimeSpan.FromHours(1)) }
        );
        var held = fixture.GetAsync("users/@me");
        await fault.Fired.WaitAsync(fixture.Cancel);

        await fixture.Server.DisposeAsync().AsTask().WaitAsync(Soon, fixture.Cancel);

        await gateway.ReceiveCloseAsync();
        await Task.WhenAny(held).WaitAsync(Soon, fixture.Cancel);
    }

    [Fact]
    public async Task Response_HasTheDateOfTheWorldsClock()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();

        Assert.Equal(SimulatorFixture.Noon, (await fixture.GetAsync("users/@me")).Headers.Date);
        Assert.Equal(
            SimulatorFixture.Noon,
            (await SimulatorFixture.SendAsync(fixture.Mastodon, HttpMethod.Get, "api/v2/instance", null)).Headers.Date
        );
    }

    [Fact]
    public async Task Mastodon_IsAlsoServedAtTheRoot()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();

        var account = await SimulatorFixture.SendAsync(
            fixture.Mastodon,
            HttpMethod.Get,
            new Uri(fixture.Server.Address, "api/v1/accounts/verify_credentials").ToString(),
            null
        );

        Assert.Equal($"{fixture.Server.Address}@serge", (string)account.Json["url"]!);
    }

    [Fact]
    public async Task Map_InAnotherApplication_KeepsItsPages()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var application = builder.Build();
        application.UseSimulator(fixture.World);
        application.MapGet(
            "/",
            context =>
                Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                    context.Response,
                    "A page",
                    fixture.Cancel
                )
        );
        await application.StartAsync(fixture.Cancel);
        Uri address = new(application.Urls.First());

        var page = await SimulatorFixture.SendAsync(fixture.Discord, HttpMethod.Get, address.ToString(), null);
        var me = await SimulatorFixture.SendAsync(
            fixture.Discord,
            HttpMethod.Get,
            new Uri(address, "discord/api/v10/users/@me").ToString(),
            null
        );

        Assert.Equal("A page", page.Body);
        Assert.Equal("Serge", (string)me.Json["username"]!);
    }

    [Fact]
    public async Task Events_NotRead_KeepTheNewest()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();
        using var events = fixture.World.Watch();

        for (var number = 1; number <= 5000; number++)
        {
            fixture.World.Discord.SendMessage(fixture.Ada, fixture.Channel, $"{number}");
        }

        var first = await events.WaitForAsync<DiscordWorldEvent.MessageCreated>(cancellationToken: fixture.Cancel);
        Assert.Equal("905", first.Message.Content);
    }

    [Fact]
    public async Task Events_OfADisposedStream_End()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();
        var events = fixture.World.Watch();
        events.Dispose();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            events.WaitForAsync<SimulatorEvent>(cancellationToken: fixture.Cancel)
        );
        await foreach (var happened in events)
        {
            Assert.Fail($"{happened} came after the end.");
        }
    }

    [Fact]
    public async Task Channel_WithTooManyMessages_RemovesTheOldest()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();
        fixture.World.Discord.Options.MessagesPerChannel = 3;

        for (var number = 1; number <= 5; number++)
        {
            fixture.World.Discord.SendMessage(fixture.Ada, fixture.Channel, $"{number}");
        }

        Assert.Equal(
            ["3", "4", "5"],
            fixture.World.Discord.GetMessages(fixture.Channel).Select(message => message.Content)
        );
    }
}
