using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Serge.Bot.Simulator.Tests.Discord;

namespace Serge.Bot.Simulator.Tests;

/// <summary>How a world is served.</summary>
public sealed class ServerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Start_OnAPortThatIsTaken_Fails()
    {
        await using var stage = await Stage.OpenAsync();

        await Assert.ThrowsAsync<IOException>(() =>
            SimulatorServer.StartAsync(stage.World, stage.Server.Address.Port, stage.Cancel)
        );
    }

    [Fact]
    public async Task Dispose_WithABotConnectedAndARequestHeldBack_EndsBoth()
    {
        await using var stage = await Stage.OpenAsync();
        var (gateway, _) = await RawGateway.IdentifyAsync(stage);
        await using var _1 = gateway;
        var fault = stage.World.Faults.Add(
            new RequestFault { Path = "**", Effect = new RequestEffect.Delay(TimeSpan.FromHours(1)) }
        );
        var held = stage.GetAsync("users/@me");
        await fault.Fired.WaitAsync(stage.Cancel);

        await stage.Server.DisposeAsync().AsTask().WaitAsync(Soon, stage.Cancel);

        await gateway.ReceiveCloseAsync();
        await Task.WhenAny(held).WaitAsync(Soon, stage.Cancel);
    }

    [Fact]
    public async Task Answers_AreDatedByTheWorldsClock()
    {
        await using var stage = await Stage.OpenAsync();

        Assert.Equal(Stage.Noon, (await stage.GetAsync("users/@me")).Headers.Date);
        Assert.Equal(
            Stage.Noon,
            (await Stage.SendAsync(stage.Mastodon, HttpMethod.Get, "api/v2/instance", null)).Headers.Date
        );
    }

    [Fact]
    public async Task Mastodon_IsAlsoAtTheRoot()
    {
        await using var stage = await Stage.OpenAsync();

        var account = await Stage.SendAsync(
            stage.Mastodon,
            HttpMethod.Get,
            new Uri(stage.Server.Address, "api/v1/accounts/verify_credentials").ToString(),
            null
        );

        Assert.Equal($"{stage.Server.Address}@serge", (string)account.Json["url"]!);
    }

    [Fact]
    public async Task Map_InAnotherApplication_LivesBesideItsPages()
    {
        await using var stage = await Stage.OpenAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var application = builder.Build();
        application.UseSimulator(stage.World);
        application.MapGet(
            "/",
            context =>
                Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                    context.Response,
                    "A page",
                    stage.Cancel
                )
        );
        await application.StartAsync(stage.Cancel);
        Uri address = new(application.Urls.First());

        var page = await Stage.SendAsync(stage.Discord, HttpMethod.Get, address.ToString(), null);
        var me = await Stage.SendAsync(
            stage.Discord,
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
        await using var stage = await Stage.OpenAsync();
        using var events = stage.World.Watch();

        for (var number = 1; number <= 5000; number++)
        {
            stage.World.Discord.SendMessage(stage.Ada, stage.Channel, $"{number}");
        }

        var first = await events.WaitForAsync<DiscordEvent.MessageCreated>(cancellationToken: stage.Cancel);
        Assert.Equal("905", first.Message.Content);
    }

    [Fact]
    public async Task Events_OfADisposedStream_EndForItsReader()
    {
        await using var stage = await Stage.OpenAsync();
        var events = stage.World.Watch();
        events.Dispose();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            events.WaitForAsync<SimulatorEvent>(cancellationToken: stage.Cancel)
        );
        await foreach (var happened in events)
        {
            Assert.Fail($"{happened} came after the end.");
        }
    }

    [Fact]
    public async Task Channel_WithManyMessages_ForgetsTheOldest()
    {
        await using var stage = await Stage.OpenAsync();
        stage.World.Discord.Options.MessagesPerChannel = 3;

        for (var number = 1; number <= 5; number++)
        {
            stage.World.Discord.SendMessage(stage.Ada, stage.Channel, $"{number}");
        }

        Assert.Equal(
            ["3", "4", "5"],
            stage.World.Discord.GetMessages(stage.Channel).Select(message => message.Content)
        );
    }
}
