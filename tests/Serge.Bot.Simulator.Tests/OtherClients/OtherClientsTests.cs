namespace Serge.Bot.Simulator.Tests.OtherClients;

/// <summary>Other clients, written for the real platforms, work with the simulator.</summary>
public sealed class OtherClientsTests
{
    [Fact]
    public async Task DiscordJs_RegistersRespondsPostsAndResumes()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();
        var discord = fixture.World.Discord;

        // discord.js removes a leading "Bot" from a token, so the fixture's token cannot be used.
        discord.Install(fixture.Guild, discord.AddApplication("token-of-another", "Another"));
        await using var bot = NodeScript.Start(
            "discordjs-bot.mjs",
            "discord.js",
            fixture.Server.DiscordApiAddress.ToString().Replace("/v10/", "", StringComparison.Ordinal),
            "token-of-another",
            $"{fixture.Channel.Id}"
        );

        Assert.Equal("ready Another Readers", await bot.NextAsync(fixture.Cancel));
        Assert.Equal("sent once", await bot.NextAsync(fixture.Cancel));
        Assert.Equal("edited", await bot.NextAsync(fixture.Cancel));
        Assert.Equal("deleted 1 left", await bot.NextAsync(fixture.Cancel));
        Assert.Equal("Hello, edited", Assert.Single(discord.GetMessages(fixture.Channel)).Content);

        var suggested = Assert.IsType<InteractionResult.Suggested>(
            await discord.AutocompleteAsync(fixture.Ada, fixture.Channel, "/quote topic:rev", "topic", fixture.Cancel)
        );
        Assert.Equal("About rev", Assert.Single(suggested.Choices).Name);
        Assert.Equal("At last", await AnswerAsync("/quote topic:slow"));
        var answered = Assert.IsType<InteractionResult.Answered>(
            await discord.InvokeAsync(fixture.Ada, fixture.Channel, "/quote", fixture.Cancel)
        );
        Assert.Equal("For ada in Readers", answered.Message.Content);
        var pressed = Assert.IsType<InteractionResult.Updated>(
            await discord.PressButtonAsync(fixture.Ada, answered.Message, "more", fixture.Cancel)
        );
        Assert.Equal("ada pressed more", pressed.Message.Content);

        fixture.World.Faults.Add(new GatewayFault { Effect = new GatewayEffect.Abort() });
        Assert.Equal("resumed", await bot.NextAsync(fixture.Cancel));
        Assert.Equal("For ada in Readers", await AnswerAsync("/quote"));

        async Task<string> AnswerAsync(string line) =>
            Assert
                .IsType<InteractionResult.Answered>(
                    await discord.InvokeAsync(fixture.Ada, fixture.Channel, line, fixture.Cancel)
                )
                .Message.Content;
    }

    [Fact]
    public async Task Masto_PostsEditsListsAndIsRejected()
    {
        await using var fixture = await SimulatorFixture.OpenAsync();
        await using var account = NodeScript.Start(
            "masto-account.mjs",
            "masto",
            fixture.Server.MastodonAddress.ToString(),
            SimulatorFixture.MastodonToken
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
            await account.ReadToEndAsync(fixture.Cancel)
        );
    }
}
