using Serge.Bot.Simulator.Tests.Discord;

namespace Serge.Bot.Simulator.Tests;

/// <summary>The basic flow of a bot, from the first connection to the first post.</summary>
public sealed class BasicFlowTests
{
    [Fact]
    public async Task SlashCommand_RegisteredAndAnswered_ShowsTheAnswer()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();
        var (gateway, _) = await RawGateway.IdentifyAsync(fixture);
        await using var _1 = gateway;
        await fixture.PutAsync(fixture.CommandsPath, """[{"name":"quote","description":"Says a quotation"}]""");

        var shown = fixture.World.Discord.InvokeAsync(fixture.Ada, fixture.Channel, "/quote", fixture.Cancel);
        var interaction = (await gateway.ReceiveAsync())["d"]!;
        var reply = await fixture.PostAsync(
            $"interactions/{interaction["id"]}/{interaction["token"]}/callback",
            """{"type":4,"data":{"content":"Hello"}}"""
        );

        Assert.Equal(204, reply.Status);
        var answered = Assert.IsType<InteractionResult.Answered>(await shown);
        Assert.Equal("Hello", answered.Message.Content);
        Assert.Equal("Hello", Assert.Single(fixture.World.Discord.GetMessages(fixture.Channel)).Content);
    }

    [Fact]
    public async Task Message_Posted_IsInTheChannel()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();

        var reply = await fixture.PostAsync(fixture.MessagesPath, """{"content":"Hello"}""");

        Assert.Equal(200, reply.Status);
        Assert.Equal("Hello", Assert.Single(fixture.World.Discord.GetMessages(fixture.Channel)).Content);
    }

    [Fact]
    public async Task Status_Posted_IsInTheTimeline()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();

        var reply = await SimulatorFixture.SendAsync(
            fixture.Mastodon,
            HttpMethod.Post,
            "api/v1/statuses",
            SimulatorFixture.Json("""{"status":"Hello","visibility":"unlisted"}""")
        );

        Assert.Equal(200, reply.Status);
        Assert.Equal("<p>Hello</p>", Assert.Single(fixture.World.Mastodon.Statuses).Content);
    }
}
