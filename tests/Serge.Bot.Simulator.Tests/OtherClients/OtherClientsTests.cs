namespace Serge.Bot.Simulator.Tests.OtherClients;

/// <summary>Clients that are not ours and were written for the real platforms find what they expect.</summary>
public sealed class OtherClientsTests
{
    [Fact]
    public async Task DiscordJs_RegistersAnswersPostsAndResumes()
    {
        await using var stage = await Stage.OpenAsync();
        var discord = stage.World.Discord;

        // discord.js takes a leading "Bot" off a token, so that the stage's own would not do.
        discord.Install(stage.Guild, discord.AddApplication("token-of-another", "Another"));
        await using var bot = NodeScript.Start(
            "discordjs-bot.mjs",
            "discord.js",
            stage.Server.DiscordApiAddress.ToString().Replace("/v10/", "", StringComparison.Ordinal),
            "token-of-another",
            $"{stage.Channel.Id}"
        );

        Assert.Equal("ready Another Readers", await bot.NextAsync(stage.Cancel));
        Assert.Equal("sent once", await bot.NextAsync(stage.Cancel));
        Assert.Equal("edited", await bot.NextAsync(stage.Cancel));
        Assert.Equal("deleted 1 left", await bot.NextAsync(stage.Cancel));
        Assert.Equal("Hello, edited", Assert.Single(discord.GetMessages(stage.Channel)).Content);

        var suggested = Assert.IsType<InteractionResult.Suggested>(
            await discord.AutocompleteAsync(stage.Ada, stage.Channel, "/quote topic:rev", "topic", stage.Cancel)
        );
        Assert.Equal("About rev", Assert.Single(suggested.Choices).Name);
        Assert.Equal("At last", await AnswerAsync("/quote topic:slow"));
        var answered = Assert.IsType<InteractionResult.Answered>(
            await discord.InvokeAsync(stage.Ada, stage.Channel, "/quote", stage.Cancel)
        );
        Assert.Equal("For ada in Readers", answered.Message.Content);
        var pressed = Assert.IsType<InteractionResult.Updated>(
            await discord.PressButtonAsync(stage.Ada, answered.Message, "more", stage.Cancel)
        );
        Assert.Equal("ada pressed more", pressed.Message.Content);

        stage.World.Faults.Add(new GatewayFault { Effect = new GatewayEffect.Abort() });
        Assert.Equal("resumed", await bot.NextAsync(stage.Cancel));
        Assert.Equal("For ada in Readers", await AnswerAsync("/quote"));

        async Task<string> AnswerAsync(string line) =>
            Assert
                .IsType<InteractionResult.Answered>(
                    await discord.InvokeAsync(stage.Ada, stage.Channel, line, stage.Cancel)
                )
                .Message.Content;
    }

    [Fact]
    public async Task Masto_PostsEditsListsAndIsRefused()
    {
        await using var stage = await Stage.OpenAsync();
        await using var account = NodeScript.Start(
            "masto-account.mjs",
            "masto",
            stage.Server.MastodonAddress.ToString(),
            Stage.MastodonToken
        );

        Assert.Equal(
            [
                "account serge",
                "limit 500",
                "sent once unlisted violence victorserge",
                "edited <p>Other words</p>",
                "listed 4 on 2 pages",
                "too long: MastoHttpError 422",
                "deleted: MastoHttpError 404",
                "wrong token: MastoHttpError 401",
            ],
            await account.ToEndAsync(stage.Cancel)
        );
    }
}
