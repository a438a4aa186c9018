using Serge.Bot.Simulator.Tests.Discord;

namespace Serge.Bot.Simulator.Tests;

/// <summary>The way a bot goes every day, from the first connection to the first post.</summary>
public sealed class ThinPathTests
{
    [Fact]
    public async Task SlashCommand_RegisteredAndAnswered_ShowsTheAnswer()
    {
        await using var stage = await Stage.OpenAsync();
        var (gateway, _) = await RawGateway.IdentifyAsync(stage);
        await using var _1 = gateway;
        await stage.PutAsync(stage.CommandsPath, """[{"name":"quote","description":"Says a quotation"}]""");

        var shown = stage.World.Discord.InvokeAsync(stage.Ada, stage.Channel, "/quote", stage.Cancel);
        var interaction = (await gateway.ReceiveAsync())["d"]!;
        var reply = await stage.PostAsync(
            $"interactions/{interaction["id"]}/{interaction["token"]}/callback",
            """{"type":4,"data":{"content":"Hello"}}"""
        );

        Assert.Equal(204, reply.Status);
        var answered = Assert.IsType<InteractionResult.Answered>(await shown);
        Assert.Equal("Hello", answered.Message.Content);
        Assert.Equal("Hello", Assert.Single(stage.World.Discord.GetMessages(stage.Channel)).Content);
    }

    [Fact]
    public async Task Message_Posted_StandsInTheChannel()
    {
        await using var stage = await Stage.OpenAsync();

        var reply = await stage.PostAsync(stage.MessagesPath, """{"content":"Hello"}""");

        Assert.Equal(200, reply.Status);
        Assert.Equal("Hello", Assert.Single(stage.World.Discord.GetMessages(stage.Channel)).Content);
    }

    [Fact]
    public async Task Status_Posted_StandsInTheTimeline()
    {
        await using var stage = await Stage.OpenAsync();

        var reply = await Stage.SendAsync(
            stage.Mastodon,
            HttpMethod.Post,
            "api/v1/statuses",
            Stage.Json("""{"status":"Hello","visibility":"unlisted"}""")
        );

        Assert.Equal(200, reply.Status);
        Assert.Equal("<p>Hello</p>", Assert.Single(stage.World.Mastodon.Statuses).Content);
    }
}
