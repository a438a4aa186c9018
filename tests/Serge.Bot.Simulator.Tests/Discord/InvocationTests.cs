using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>What a member's client lets through, and what reaches the bot.</summary>
public sealed class InvocationTests : IAsyncLifetime
{
    private Stage _stage = null!;
    private RawGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await Stage.OpenAsync();
        (_gateway, _) = await RawGateway.IdentifyAsync(_stage);
        var registered = await _stage.PutAsync(
            _stage.CommandsPath,
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
              {"name":"dm-only","description":"d","contexts":[1]}
            ]
            """
        );
        Assert.Equal(200, registered.Status);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _stage.DisposeAsync();
    }

    [Fact]
    public async Task Interaction_CarriesWhatTheDocumentationLists()
    {
        var interaction = await SendAsync("/quote topic:the end count:3 hidden:true");

        Assert.Equal(2, (int)interaction["type"]!);
        Assert.Equal(_stage.Bot.Id.ToString(), (string)interaction["application_id"]!);
        Assert.Equal(_stage.Guild.Id.ToString(), (string)interaction["guild_id"]!);
        Assert.Equal(_stage.Channel.Id.ToString(), (string)interaction["channel_id"]!);
        Assert.Equal(_stage.Ada.Id.ToString(), (string)interaction["member"]!["user"]!["id"]!);
        Assert.NotEmpty((string)interaction["member"]!["permissions"]!);
        Assert.NotEmpty((string)interaction["app_permissions"]!);
        Assert.Null(interaction["user"]);
        Assert.Equal("en-US", (string)interaction["locale"]!);
        Assert.Equal("en-US", (string)interaction["guild_locale"]!);
        Assert.Equal(0, (int)interaction["context"]!);
        Assert.Equal(1, (int)interaction["version"]!);
        Assert.Equal(_stage.Guild.Id.ToString(), (string)interaction["authorizing_integration_owners"]!["0"]!);
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
    public async Task Command_ThatCanBeSent_IsSent(string line, string options)
    {
        var interaction = await SendAsync(line);

        Assert.Equal(options, Options(interaction["data"]!));
        Assert.Equal(options.Length > 0, interaction["data"]!["options"] is not null);
    }

    [Fact]
    public async Task Ids_AmongTheValues_AreResolved()
    {
        var interaction = await SendAsync("/quote who:@ada where:#quotes role:@everyone");

        Assert.Equal(
            $"who={_stage.Ada.Id} where={_stage.Channel.Id} role={_stage.Guild.Id}",
            Options(interaction["data"]!).Replace("  ", " ", StringComparison.Ordinal)
        );
        Assert.Equal(
            "ada",
            (string)interaction["data"]!["resolved"]!["users"]![_stage.Ada.Id.ToString()]!["username"]!
        );
        Assert.Equal(
            "quotes",
            (string)interaction["data"]!["resolved"]!["channels"]![_stage.Channel.Id.ToString()]!["name"]!
        );
    }

    [Theory]
    [InlineData("fr", "/citation sujet:guerre genre:Longue")]
    [InlineData("fr", "/quote topic:guerre kind:Long")]
    [InlineData("en-GB", "/passage topic:guerre kind:long")] // British and American English stand in for each other
    public async Task Command_TypedInAnotherLanguage_CarriesTheDefaultNames(string locale, string line)
    {
        await _stage.PutAsync(
            _stage.CommandsPath,
            """
            [{"name":"quote","description":"d","name_localizations":{"fr":"citation","en-US":"passage"},"options":[
              {"type":3,"name":"topic","description":"d","name_localizations":{"fr":"sujet"}},
              {"type":3,"name":"kind","description":"d","name_localizations":{"fr":"genre"},
               "choices":[{"name":"Long","value":"long","name_localizations":{"fr":"Longue"}}]}]}]
            """
        );
        var user = _stage.World.Discord.AddUser("victor", locale);
        _stage.World.Discord.AddMember(_stage.Guild, user);

        _ = _stage.World.Discord.InvokeAsync(user, _stage.Channel, line, _stage.Cancel);
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
    public async Task Command_ThatCannotBeSent_TellsTheMemberAndSendsNothing(string line)
    {
        var result = await _stage.World.Discord.InvokeAsync(_stage.Ada, _stage.Channel, line, _stage.Cancel);

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
    public async Task Command_IsOfferedToMembersWithItsPermissions(string line, Permissions permissions, bool offered)
    {
        var eve = _stage.World.Discord.AddUser("eve");
        _stage.World.Discord.AddMember(
            _stage.Guild,
            eve,
            _stage.World.Discord.AddRole(_stage.Guild, "role", permissions)
        );

        var shown = _stage.World.Discord.InvokeAsync(eve, _stage.Channel, line, _stage.Cancel);

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
    public async Task Command_OfSomebodyOutsideTheGuild_IsRefused()
    {
        var eve = _stage.World.Discord.AddUser("eve");

        Assert.IsType<InteractionResult.Refused>(
            await _stage.World.Discord.InvokeAsync(eve, _stage.Channel, "/quote", _stage.Cancel)
        );
    }

    [Fact]
    public async Task DirectMessage_CarriesTheUserAndNoGuild()
    {
        var channel = _stage.World.Discord.GetDirectMessageChannel(_stage.Ada, _stage.Bot);

        _ = _stage.World.Discord.InvokeAsync(_stage.Ada, channel, "/dm-only", _stage.Cancel);
        var interaction = (await _gateway.ReceiveAsync())["d"]!;
        var refused = await _stage.World.Discord.InvokeAsync(_stage.Ada, channel, "/guild-only", _stage.Cancel);

        Assert.Equal(_stage.Ada.Id.ToString(), (string)interaction["user"]!["id"]!);
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
        var path = $"applications/{_stage.Bot.Id}/guilds/{_stage.Guild.Id}/commands";
        await _stage.PutAsync(path, """[{"name":"quote","description":"Here"}]""");

        var interaction = await SendAsync("/quote");

        Assert.Equal(_stage.Guild.Id.ToString(), (string)interaction["data"]!["guild_id"]!);
    }

    [Fact]
    public async Task Completion_SendsWhatIsTypedAsItIs()
    {
        var shown = _stage.World.Discord.AutocompleteAsync(
            _stage.Ada,
            _stage.Channel,
            "/quote count:3 topic:rev",
            "topic",
            _stage.Cancel
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
    public async Task Completion_OfAnOptionWithoutIt_IsRefused()
    {
        var result = await _stage.World.Discord.AutocompleteAsync(
            _stage.Ada,
            _stage.Channel,
            "/quote count:3",
            "count",
            _stage.Cancel
        );

        Assert.IsType<InteractionResult.Refused>(result);
    }

    [Fact]
    public async Task Completion_OfARequiredOptionLeftOut_GoesThrough()
    {
        await _stage.PutAsync(
            _stage.CommandsPath,
            """[{"name":"q","description":"d","options":[{"type":3,"name":"must","description":"d","required":true},{"type":3,"name":"may","description":"d","autocomplete":true}]}]"""
        );

        _ = _stage.World.Discord.AutocompleteAsync(_stage.Ada, _stage.Channel, "/q may:", "may", _stage.Cancel);

        Assert.Equal("", (string)(await _gateway.ReceiveAsync())["d"]!["data"]!["options"]![0]!["value"]!);
    }

    [Fact]
    public async Task Command_WithNoBotConnected_IsNotAnswered()
    {
        await _gateway.CloseAsync(1000);
        await _stage.Events.WaitForAsync<DiscordEvent.BotDisconnected>(cancellationToken: _stage.Cancel);

        var result = await _stage.World.Discord.InvokeAsync(_stage.Ada, _stage.Channel, "/quote", _stage.Cancel);

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
        _stage.PostAsync($"interactions/{interaction["id"]}/{interaction["token"]}/callback", body);

    private async Task<JsonNode> SendAsync(string line)
    {
        _ = _stage.World.Discord.InvokeAsync(_stage.Ada, _stage.Channel, line, _stage.Cancel);
        return (await _gateway.ReceiveAsync())["d"]!;
    }
}
