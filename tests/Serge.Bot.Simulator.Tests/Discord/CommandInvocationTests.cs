namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>The validation by a member's client, and the interaction that the bot receives.</summary>
public sealed class CommandInvocationTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;
    private RawGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await SimulatorFixture.OpenAsync();
        (_gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        var registered = await _fixture.PutAsync(
            _fixture.CommandsPath,
            """
            [
              {"name":"quote","description":"d","name_localizations":{"fr":"citation"},"options":[
                {"type":3,"name":"topic","description":"d","autocomplete":true,"max_length":20},
                {"type":3,"name":"kind","description":"d","choices":[{"name":"Long one","value":"long"}]},
                {"type":4,"name":"count","description":"d","min_value":1,"max_value":5},
                {"type":10,"name":"share","description":"d","max_value":1},
                {"type":5,"name":"hidden","description":"d"},
                {"type":6,"name":"who","description":"d"},
                {"type":7,"name":"where","description":"d","channel_types":[0]},
                {"type":8,"name":"role","description":"d"}]},
              {"name":"on-this-day","description":"d","options":[{"type":3,"name":"date","description":"d","required":true}]},
              {"name":"schedule","description":"d","default_member_permissions":"32","options":[
                {"type":1,"name":"list","description":"d"},
                {"type":2,"name":"zone","description":"d","options":[
                  {"type":1,"name":"set","description":"d","options":[{"type":3,"name":"name","description":"d","required":true}]}]}]},
              {"name":"secret","description":"d","default_member_permissions":"0"},
              {"name":"guild-only","description":"d","contexts":[0]},
              {"name":"dm-only","description":"d","contexts":[1]},
              {"name":"Look at this?","type":3,"name_localizations":{"fr":"Regarder ceci"}},
              {"name":"quote","type":3}
            ]
            """
        );
        Assert.Equal(200, registered.Status);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Interaction_HasTheDocumentedFields()
    {
        var interaction = await SendAsync("/quote topic:the end count:3 hidden:true");

        Assert.Equal(2, (int)interaction["type"]!);
        Assert.Equal(_fixture.Bot.Id.ToString(), (string)interaction["application_id"]!);
        Assert.Equal(_fixture.Guild.Id.ToString(), (string)interaction["guild_id"]!);
        Assert.Equal(_fixture.Channel.Id.ToString(), (string)interaction["channel_id"]!);
        Assert.Equal(_fixture.Ada.Id.ToString(), (string)interaction["member"]!["user"]!["id"]!);
        Assert.NotEmpty((string)interaction["member"]!["permissions"]!);
        Assert.NotEmpty((string)interaction["app_permissions"]!);
        Assert.Null(interaction["user"]);
        Assert.Equal("en-US", (string)interaction["locale"]!);
        Assert.Equal("en-US", (string)interaction["guild_locale"]!);
        Assert.Equal(0, (int)interaction["context"]!);
        Assert.Equal(1, (int)interaction["version"]!);
        Assert.Equal(_fixture.Guild.Id.ToString(), (string)interaction["authorizing_integration_owners"]!["0"]!);
        Assert.Equal("quote", (string)interaction["data"]!["name"]!);
        Assert.Equal(1, (int)interaction["data"]!["type"]!);
        Assert.NotEmpty((string)interaction["data"]!["id"]!);
        Assert.Equal("topic=the end count=3 hidden=true", Options(interaction["data"]!));
    }

    [Theory]
    [InlineData("/quote", "")]
    [InlineData("quote", "")]
    [InlineData("/quote topic:a: b", "topic=a: b")]
    [InlineData("/quote kind:Long one", "kind=long")]
    [InlineData("/quote kind:long", "kind=long")]
    [InlineData("/quote count:5", "count=5")]
    [InlineData("/quote share:0.5", "share=0.5")]
    [InlineData("/quote hidden:False", "hidden=false")]
    public async Task Command_Valid_IsSent(string line, string options)
    {
        var interaction = await SendAsync(line);

        Assert.Equal(options, Options(interaction["data"]!));
        Assert.Equal(options.Length > 0, interaction["data"]!["options"] is not null);
    }

    [Fact]
    public async Task Ids_InValues_AreResolved()
    {
        var interaction = await SendAsync("/quote who:@ada where:#quotes role:@everyone");

        Assert.Equal(
            $"who={_fixture.Ada.Id} where={_fixture.Channel.Id} role={_fixture.Guild.Id}",
            Options(interaction["data"]!).Replace("  ", " ", StringComparison.Ordinal)
        );
        Assert.Equal(
            "ada",
            (string)interaction["data"]!["resolved"]!["users"]![_fixture.Ada.Id.ToString()]!["username"]!
        );
        Assert.Equal(
            "quotes",
            (string)interaction["data"]!["resolved"]!["channels"]![_fixture.Channel.Id.ToString()]!["name"]!
        );
    }

    [Theory]
    [InlineData("Look at this?")]
    [InlineData("quote")] // also the name of a slash command
    public async Task MessageCommand_CarriesTheWholeMessage(string name)
    {
        var message = _fixture.World.Discord.SendMessage(_fixture.Ada, _fixture.Channel, "Some words");

        _ = _fixture.World.Discord.UseMessageCommandAsync(_fixture.Ada, message, name, _fixture.Cancel);
        JsonNode interaction;
        do
        {
            interaction = (await _gateway.ReceiveAsync())["d"]!;
        } while (interaction["data"] is null);

        var data = interaction["data"]!;
        var id = message.Id.ToString();
        Assert.Equal(2, (int)interaction["type"]!);
        Assert.Null(interaction["message"]);
        Assert.Equal((name, 3, id), ((string)data["name"]!, (int)data["type"]!, (string)data["target_id"]!));
        Assert.Equal("Some words", (string)data["resolved"]!["messages"]![id]!["content"]!);
    }

    [Fact]
    public async Task MessageCommand_OnAnEphemeralOrOfAnotherName_IsRefused()
    {
        var message = _fixture.World.Discord.SendMessage(_fixture.Ada, _fixture.Channel, "Some words");
        var ephemeral = message with { Flags = 64 };

        Assert.IsType<InteractionResult.Refused>(await UseAsync(message, "Look"));
        Assert.IsType<InteractionResult.Refused>(await UseAsync(message, "schedule"));
        Assert.IsType<InteractionResult.Refused>(await UseAsync(ephemeral, "Look at this?"));

        Task<InteractionResult> UseAsync(ChannelMessage target, string name) =>
            _fixture.World.Discord.UseMessageCommandAsync(_fixture.Ada, target, name, _fixture.Cancel);
    }

    [Theory]
    [InlineData("fr", "/citation sujet:guerre genre:Longue")]
    [InlineData("fr", "/quote topic:guerre kind:Long")]
    [InlineData("en-GB", "/passage topic:guerre kind:long")] // British and American English replace each other
    public async Task Command_TypedInAnotherLanguage_HasTheDefaultNames(string locale, string line)
    {
        await _fixture.PutAsync(
            _fixture.CommandsPath,
            """
            [{"name":"quote","description":"d","name_localizations":{"fr":"citation","en-US":"passage"},"options":[
              {"type":3,"name":"topic","description":"d","name_localizations":{"fr":"sujet"}},
              {"type":3,"name":"kind","description":"d","name_localizations":{"fr":"genre"},
               "choices":[{"name":"Long","value":"long","name_localizations":{"fr":"Longue"}}]}]}]
            """
        );
        var user = _fixture.World.Discord.AddUser("victor", locale);
        _fixture.World.Discord.AddMember(_fixture.Guild, user);

        _ = _fixture.World.Discord.InvokeAsync(user, _fixture.Channel, line, _fixture.Cancel);
        var interaction = (await _gateway.ReceiveAsync())["d"]!;

        Assert.Equal(locale, (string)interaction["locale"]!);
        Assert.Equal("quote", (string)interaction["data"]!["name"]!);
        Assert.Equal("topic=guerre kind=long", Options(interaction["data"]!));
    }

    [Fact]
    public async Task Subcommands_AreNestedOptions()
    {
        var interaction = await SendAsync("/schedule zone set name:Europe/Brussels");

        var group = interaction["data"]!["options"]![0]!;
        Assert.Equal("zone", (string)group["name"]!);
        Assert.Equal(2, (int)group["type"]!);
        Assert.Equal("set", (string)group["options"]![0]!["name"]!);
        Assert.Equal("Europe/Brussels", (string)group["options"]![0]!["options"]![0]!["value"]!);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/quote nothing:1")]
    [InlineData("/quote set")]
    [InlineData("/quote topic:123456789012345678901")]
    [InlineData("/quote kind:other")]
    [InlineData("/quote count:0")]
    [InlineData("/quote count:6")]
    [InlineData("/quote count:two")]
    [InlineData("/quote count:1.5")]
    [InlineData("/quote share:1.01")]
    [InlineData("/quote share:half")]
    [InlineData("/quote hidden:perhaps")]
    [InlineData("/quote who:@nobody")]
    [InlineData("/quote where:#nowhere")]
    [InlineData("/on-this-day")]
    [InlineData("/schedule")]
    [InlineData("/schedule zone")]
    [InlineData("/schedule zone set")]
    [InlineData("/dm-only")]
    public async Task Command_Invalid_IsRefusedAndNotSent(string line)
    {
        var result = await _fixture.World.Discord.InvokeAsync(_fixture.Ada, _fixture.Channel, line, _fixture.Cancel);

        Assert.NotEmpty(Assert.IsType<InteractionResult.Refused>(result).Reason);
        await _gateway.SendAsync("""{"op":1,"d":1}""");
        Assert.Equal(11, (int)(await _gateway.ReceiveAsync())["op"]!);
    }

    [Theory]
    [InlineData("/schedule list", Permissions.None, false)]
    [InlineData("/schedule list", Permissions.ManageGuild, true)]
    [InlineData("/schedule list", Permissions.Administrator, true)]
    [InlineData("/secret", Permissions.ManageGuild, false)]
    [InlineData("/secret", Permissions.Administrator, true)]
    [InlineData("/quote", Permissions.None, true)]
    public async Task Command_CanBeUsedByMembersWithItsPermissions(string line, Permissions permissions, bool offered)
    {
        var eve = _fixture.World.Discord.AddUser("eve");
        _fixture.World.Discord.AddMember(
            _fixture.Guild,
            eve,
            _fixture.World.Discord.AddRole(_fixture.Guild, "role", permissions)
        );

        var shown = _fixture.World.Discord.InvokeAsync(eve, _fixture.Channel, line, _fixture.Cancel);

        if (offered)
        {
            Assert.Equal("INTERACTION_CREATE", (string)(await _gateway.ReceiveAsync())["t"]!);
        }
        else
        {
            Assert.IsType<InteractionResult.Refused>(await shown);
        }
    }

    [Fact]
    public async Task Command_OfANonMember_IsRefused()
    {
        var eve = _fixture.World.Discord.AddUser("eve");

        Assert.IsType<InteractionResult.Refused>(
            await _fixture.World.Discord.InvokeAsync(eve, _fixture.Channel, "/quote", _fixture.Cancel)
        );
    }

    [Fact]
    public async Task DirectMessage_HasAUserAndNoGuild()
    {
        var channel = _fixture.World.Discord.GetDirectMessageChannel(_fixture.Ada, _fixture.Bot);

        _ = _fixture.World.Discord.InvokeAsync(_fixture.Ada, channel, "/dm-only", _fixture.Cancel);
        var interaction = (await _gateway.ReceiveAsync())["d"]!;
        var refused = await _fixture.World.Discord.InvokeAsync(_fixture.Ada, channel, "/guild-only", _fixture.Cancel);

        Assert.Equal(_fixture.Ada.Id.ToString(), (string)interaction["user"]!["id"]!);
        Assert.Null(interaction["member"]);
        Assert.Null(interaction["guild_id"]);
        Assert.Equal(1, (int)interaction["context"]!);
        Assert.Equal("0", (string)interaction["authorizing_integration_owners"]!["0"]!);
        Assert.Equal(1, (int)interaction["channel"]!["type"]!);
        Assert.IsType<InteractionResult.Refused>(refused);
    }

    [Fact]
    public async Task GuildCommand_HidesTheGlobalOneOfItsName()
    {
        var path = $"applications/{_fixture.Bot.Id}/guilds/{_fixture.Guild.Id}/commands";
        await _fixture.PutAsync(path, """[{"name":"quote","description":"Here"}]""");

        var interaction = await SendAsync("/quote");

        Assert.Equal(_fixture.Guild.Id.ToString(), (string)interaction["data"]!["guild_id"]!);
    }

    [Fact]
    public async Task Autocomplete_SendsTheTextUnconverted()
    {
        var shown = _fixture.World.Discord.AutocompleteAsync(
            _fixture.Ada,
            _fixture.Channel,
            "/quote count:3 topic:rev",
            "topic",
            _fixture.Cancel
        );
        var interaction = (await _gateway.ReceiveAsync())["d"]!;
        var reply = await CallbackAsync(
            interaction,
            """{"type":8,"data":{"choices":[{"name":"Revolution","value":"revolution"},{"name":"Revolt","value":"revolt"}]}}"""
        );

        Assert.Equal(4, (int)interaction["type"]!);
        var typed = interaction["data"]!["options"]!.AsArray().Single(option => (string)option!["name"]! == "topic")!;
        Assert.Equal("rev", (string)typed["value"]!);
        Assert.True((bool)typed["focused"]!);
        Assert.Equal(204, reply.Status);
        var choices = Assert.IsType<InteractionResult.Suggested>(await shown).Choices;
        Assert.Equal(["Revolution", "Revolt"], choices.Select(choice => choice.Name));
        Assert.Equal("revolution", choices[0].Value.GetString());
    }

    [Fact]
    public async Task Autocomplete_OfAnOptionWithoutIt_IsRefused()
    {
        var result = await _fixture.World.Discord.AutocompleteAsync(
            _fixture.Ada,
            _fixture.Channel,
            "/quote count:3",
            "count",
            _fixture.Cancel
        );

        Assert.IsType<InteractionResult.Refused>(result);
    }

    [Fact]
    public async Task Autocomplete_WithoutARequiredOption_IsSent()
    {
        await _fixture.PutAsync(
            _fixture.CommandsPath,
            """[{"name":"q","description":"d","options":[{"type":3,"name":"must","description":"d","required":true},{"type":3,"name":"may","description":"d","autocomplete":true}]}]"""
        );

        _ = _fixture.World.Discord.AutocompleteAsync(_fixture.Ada, _fixture.Channel, "/q may:", "may", _fixture.Cancel);

        Assert.Equal("", (string)(await _gateway.ReceiveAsync())["d"]!["data"]!["options"]![0]!["value"]!);
    }

    [Fact]
    public async Task Command_WithoutAConnectedBot_IsNotAnswered()
    {
        await _gateway.CloseAsync(1000);
        await _fixture.Events.WaitForAsync<DiscordWorldEvent.BotDisconnected>(cancellationToken: _fixture.Cancel);

        var result = await _fixture.World.Discord.InvokeAsync(
            _fixture.Ada,
            _fixture.Channel,
            "/quote",
            _fixture.Cancel
        );

        Assert.Equal("The application did not respond", Assert.IsType<InteractionResult.DidNotRespond>(result).Reason);
    }

    private static string Options(JsonNode data) =>
        string.Join(
            ' ',
            data["options"]
                ?.AsArray()
                .Select(option => $"{option!["name"]}={option["value"]!.ToJsonString().Trim('"')}")
                ?? []
        );

    private Task<Reply> CallbackAsync(JsonNode interaction, string body) =>
        _fixture.PostAsync($"interactions/{interaction["id"]}/{interaction["token"]}/callback", body);

    private async Task<JsonNode> SendAsync(string line)
    {
        _ = _fixture.World.Discord.InvokeAsync(_fixture.Ada, _fixture.Channel, line, _fixture.Cancel);
        return (await _gateway.ReceiveAsync())["d"]!;
    }
}
