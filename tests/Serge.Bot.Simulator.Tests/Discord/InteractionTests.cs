namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>Responses to interactions. Source: Discord docs, Interactions/Receiving and Responding.</summary>
public sealed class InteractionTests : IAsyncLifetime
{
    private const string Hello = """{"type":4,"data":{"content":"Hello"}}""";
    private SimulatorFixture _fixture = null!;
    private RawGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await SimulatorFixture.OpenAsync();
        (_gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await _fixture.PutAsync(
            _fixture.CommandsPath,
            """[{"name":"quote","description":"d","options":[{"type":3,"name":"topic","description":"d","autocomplete":true}]}]"""
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Callback_WithResponse_ReturnsTheCreatedMessage()
    {
        var (interaction, shown) = await InvokeAsync();

        var reply = await CallbackAsync(interaction, Hello, "?with_response=true");

        Assert.Equal(200, reply.Status);
        Assert.Equal((string)interaction["id"]!, (string)reply.Json["interaction"]!["id"]!);
        Assert.Equal(2, (int)reply.Json["interaction"]!["type"]!);
        Assert.False((bool)reply.Json["interaction"]!["response_message_ephemeral"]!);
        Assert.False((bool)reply.Json["interaction"]!["response_message_loading"]!);
        Assert.Equal(4, (int)reply.Json["resource"]!["type"]!);
        var message = reply.Json["resource"]!["message"]!;
        Assert.Equal("Hello", (string)message["content"]!);
        Assert.Equal(20, (int)message["type"]!);
        Assert.Equal((string)interaction["id"]!, (string)message["interaction_metadata"]!["id"]!);
        Assert.Equal(_fixture.Ada.Id.ToString(), (string)message["interaction_metadata"]!["user"]!["id"]!);
        Assert.Equal(
            (string)message["id"]!,
            Assert.IsType<InteractionResult.Answered>(await shown).Message.Id.ToString()
        );
    }

    [Fact]
    public async Task Callback_NeedsNoBotToken()
    {
        var (interaction, _) = await InvokeAsync();
        _fixture.Discord.DefaultRequestHeaders.Authorization = null;

        Assert.Equal(204, (await CallbackAsync(interaction, Hello)).Status);
    }

    [Fact]
    public async Task Callback_WithinThreeSeconds_IsAccepted()
    {
        var (interaction, shown) = await InvokeAsync();

        _fixture.Clock.Advance(TimeSpan.FromSeconds(2.9));
        var reply = await CallbackAsync(interaction, Hello);

        Assert.Equal(204, reply.Status);
        Assert.IsType<InteractionResult.Answered>(await shown);
        var published = await _fixture.Events.WaitForAsync<DiscordWorldEvent.InteractionAnswered>(
            cancellationToken: _fixture.Cancel
        );
        Assert.Equal(TimeSpan.FromSeconds(2.9), published.Elapsed);
    }

    [Fact]
    public async Task Callback_AfterThreeSeconds_Returns10062AndTheInteractionFails()
    {
        var (interaction, shown) = await InvokeAsync();

        _fixture.Clock.Advance(TimeSpan.FromSeconds(3));
        var reply = await CallbackAsync(interaction, Hello);

        Assert.Equal(404, reply.Status);
        Assert.Equal(10062, (int)reply.Json["code"]!);
        Assert.IsType<InteractionResult.DidNotRespond>(await shown);
        Assert.Empty(_fixture.World.Discord.GetMessages(_fixture.Channel));
    }

    [Fact]
    public async Task Callback_Twice_Returns40060()
    {
        var (interaction, _) = await InvokeAsync();
        await CallbackAsync(interaction, Hello);

        var second = await CallbackAsync(interaction, Hello);

        Assert.Equal(400, second.Status);
        Assert.Equal(40060, (int)second.Json["code"]!);
        Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel));
    }

    [Fact]
    public async Task Callback_ToAnUnknownInteraction_Returns10062()
    {
        var (interaction, _) = await InvokeAsync();

        var wrongToken = await _fixture.PostAsync($"interactions/{interaction["id"]}/wrong/callback", Hello);
        var wrongId = await _fixture.PostAsync($"interactions/1/{interaction["token"]}/callback", Hello);

        Assert.Equal(10062, (int)wrongToken.Json["code"]!);
        Assert.Equal(10062, (int)wrongId.Json["code"]!);
    }

    [Theory]
    [InlineData("""{"data":{"content":"a"}}""", "type", "BASE_TYPE_REQUIRED")]
    [InlineData("""{"type":2}""", "type", "BASE_TYPE_CHOICES")]
    [InlineData("""{"type":1}""", "type", "INTERACTION_APPLICATION_COMMAND_INVALID_CALLBACK_TYPE")]
    [InlineData("""{"type":6}""", "type", "INTERACTION_APPLICATION_COMMAND_INVALID_CALLBACK_TYPE")]
    [InlineData(
        """{"type":7,"data":{"content":"a"}}""",
        "type",
        "INTERACTION_APPLICATION_COMMAND_INVALID_CALLBACK_TYPE"
    )]
    [InlineData(
        """{"type":8,"data":{"choices":[]}}""",
        "type",
        "INTERACTION_APPLICATION_COMMAND_INVALID_CALLBACK_TYPE"
    )]
    [InlineData("""{"type":4}""", "data", "BASE_TYPE_REQUIRED")]
    [InlineData("""{"type":4,"data":{"content":7,"embeds":1}}""", "data.embeds", "LIST_TYPE_CONVERT")]
    [InlineData("""{"type":9,"data":{"title":"t","components":[{}]}}""", "data.custom_id", "BASE_TYPE_REQUIRED")]
    [InlineData(
        """{"type":9,"data":{"custom_id":"c","title":"t","components":[]}}""",
        "data.components",
        "BASE_TYPE_BAD_LENGTH"
    )]
    public async Task Callback_Invalid_ReturnsThePathOfTheErrorAndCanBeRepeated(string body, string path, string code)
    {
        var (interaction, shown) = await InvokeAsync();

        Assert.Equal(code, MessageTests.FormError(await CallbackAsync(interaction, body), path));
        Assert.Equal(204, (await CallbackAsync(interaction, Hello)).Status);
        Assert.IsType<InteractionResult.Answered>(await shown);
    }

    [Fact]
    public async Task Callback_WithAnEmptyMessage_Returns50006()
    {
        var (interaction, _) = await InvokeAsync();

        Assert.Equal(
            50006,
            (int)(await CallbackAsync(interaction, """{"type":4,"data":{"content":" "}}""")).Json["code"]!
        );
    }

    [Fact]
    public async Task EphemeralResponse_IsInNoChannel()
    {
        var (interaction, shown) = await InvokeAsync();

        await CallbackAsync(interaction, """{"type":4,"data":{"content":"Psst","flags":64}}""");

        var message = Assert.IsType<InteractionResult.Answered>(await shown).Message;
        Assert.True(message.IsEphemeral);
        Assert.Empty(_fixture.World.Discord.GetMessages(_fixture.Channel));
        Assert.Equal(404, (await _fixture.GetAsync($"{_fixture.MessagesPath}/{message.Id}")).Status);
        Assert.Equal("Psst", (string)(await _fixture.GetAsync(Original(interaction))).Json["content"]!);
    }

    [Fact]
    public async Task DeferredResponse_IsLoadingUntilItIsEdited()
    {
        var (interaction, shown) = await InvokeAsync();

        await CallbackAsync(interaction, """{"type":5}""");
        var thinking = Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel));
        _fixture.Clock.Advance(TimeSpan.FromMinutes(14));
        var reply = await _fixture.PatchAsync(Original(interaction), """{"content":"At last"}""");

        Assert.True(thinking.IsLoading);
        Assert.Equal(200, reply.Status);
        Assert.Equal(thinking.Id.ToString(), (string)reply.Json["id"]!);
        var message = Assert.IsType<InteractionResult.Answered>(await shown).Message;
        Assert.Equal("At last", message.Content);
        Assert.False(message.IsLoading);
    }

    [Fact]
    public async Task DeferredResponse_EditedAfterFifteenMinutes_IsTooLate()
    {
        var (interaction, shown) = await InvokeAsync();
        await CallbackAsync(interaction, """{"type":5,"data":{"flags":64}}""");
        await _fixture.Events.WaitForAsync<DiscordWorldEvent.InteractionAnswered>(cancellationToken: _fixture.Cancel);

        _fixture.Clock.Advance(TimeSpan.FromMinutes(15));
        var reply = await _fixture.PatchAsync(Original(interaction), """{"content":"At last"}""");

        Assert.Equal(401, reply.Status);
        Assert.Equal(50027, (int)reply.Json["code"]!);
        await AdvanceUntilAsync(shown);

        Assert.IsType<InteractionResult.DidNotRespond>(await shown);
    }

    [Fact]
    public async Task DeferredResponse_EditedByAFollowUp_StaysEphemeral()
    {
        var (interaction, shown) = await InvokeAsync();
        await CallbackAsync(interaction, """{"type":5,"data":{"flags":64}}""");

        var reply = await _fixture.PostAsync(Webhook(interaction), """{"content":"At last"}""");

        Assert.Equal(64, (int)reply.Json["flags"]! & 64);
        Assert.True(Assert.IsType<InteractionResult.Answered>(await shown).Message.IsEphemeral);
    }

    [Fact]
    public async Task FollowUps_AreSeparateMessages()
    {
        var (interaction, _) = await InvokeAsync();
        await CallbackAsync(interaction, Hello);

        var made = await _fixture.PostAsync(Webhook(interaction), """{"content":"And"}""");
        var path = $"{Webhook(interaction)}/messages/{made.Json["id"]}";
        var edited = await _fixture.PatchAsync(path, """{"content":"And so on"}""");
        var read = await _fixture.GetAsync(path);
        var deleted = await _fixture.DeleteAsync(path);
        // A webhook accepts five requests in two seconds.
        _fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        var gone = await _fixture.GetAsync(path);

        Assert.Equal(200, made.Status);
        Assert.Equal("And so on", (string)edited.Json["content"]!);
        Assert.Equal("And so on", (string)read.Json["content"]!);
        Assert.Equal(204, deleted.Status);
        Assert.Equal(10008, (int)gone.Json["code"]!);
        Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel));
    }

    [Fact]
    public async Task OriginalResponse_CanBeReadEditedAndDeleted()
    {
        var (interaction, _) = await InvokeAsync();
        await CallbackAsync(interaction, Hello);

        var read = await _fixture.GetAsync(Original(interaction));
        var empty = await _fixture.PatchAsync(Original(interaction), """{"content":""}""");
        var deleted = await _fixture.DeleteAsync(Original(interaction));
        var gone = await _fixture.GetAsync(Original(interaction));

        Assert.Equal("Hello", (string)read.Json["content"]!);
        Assert.Equal(50006, (int)empty.Json["code"]!);
        Assert.Equal(204, deleted.Status);
        Assert.Equal(10008, (int)gone.Json["code"]!);
        Assert.Empty(_fixture.World.Discord.GetMessages(_fixture.Channel));
    }

    [Fact]
    public async Task DeferredResponse_Deleted_HasTheResultDeleted()
    {
        var (interaction, shown) = await InvokeAsync();
        await CallbackAsync(interaction, """{"type":5}""");

        await _fixture.DeleteAsync(Original(interaction));

        Assert.IsType<InteractionResult.Deleted>(await shown);
    }

    [Fact]
    public async Task Webhook_BeforeTheCallbackOrWithAWrongToken_IsUnknown()
    {
        var (interaction, _) = await InvokeAsync();

        var early = await _fixture.PostAsync(Webhook(interaction), """{"content":"a"}""");
        var wrong = await _fixture.PostAsync($"webhooks/{_fixture.Bot.Id}/wrong", """{"content":"a"}""");
        var unknown = await _fixture.PostAsync($"webhooks/1/{interaction["token"]}", """{"content":"a"}""");

        Assert.Equal(10015, (int)early.Json["code"]!);
        Assert.Equal(50027, (int)wrong.Json["code"]!);
        Assert.Equal(10015, (int)unknown.Json["code"]!);
    }

    [Fact]
    public async Task ResponseMentions_NotifyUsersOnlyByDefault()
    {
        var (interaction, shown) = await InvokeAsync();

        await CallbackAsync(interaction, $$$"""{"type":4,"data":{"content":"<@{{{_fixture.Ada.Id}}}> @everyone"}}""");

        var message = Assert.IsType<InteractionResult.Answered>(await shown).Message;
        Assert.Equal([_fixture.Ada], message.Mentions);
        Assert.False(message.MentionsEveryone);
    }

    [Theory]
    [InlineData("""{"type":4,"data":{"content":"a"}}""", "type")]
    [InlineData("""{"type":5}""", "type")]
    [InlineData("""{"type":8}""", "data")]
    [InlineData("""{"type":8,"data":{"choices":[{"name":"","value":"v"}]}}""", "data.choices.0.name")]
    [InlineData("""{"type":8,"data":{"choices":[{"name":"n"}]}}""", "data.choices.0.value")]
    public async Task Autocomplete_InvalidResponse_ReturnsThePathOfTheError(string body, string path)
    {
        _ = _fixture.World.Discord.AutocompleteAsync(
            _fixture.Ada,
            _fixture.Channel,
            "/quote topic:x",
            "topic",
            _fixture.Cancel
        );
        var interaction = (await _gateway.ReceiveAsync())["d"]!;

        MessageTests.FormError(await CallbackAsync(interaction, body), path);
    }

    [Theory]
    [InlineData(25, 100, 204)]
    [InlineData(26, 1, 400)]
    [InlineData(1, 101, 400)]
    public async Task Autocomplete_IsLimitedTo25ChoicesOf100Characters(int count, int length, int status)
    {
        _ = _fixture.World.Discord.AutocompleteAsync(
            _fixture.Ada,
            _fixture.Channel,
            "/quote topic:x",
            "topic",
            _fixture.Cancel
        );
        var interaction = (await _gateway.ReceiveAsync())["d"]!;
        var choices = Enumerable
            .Range(0, count)
            .Select(number =>
                $$"""{"name":"{{$"{number}".PadRight(length, 'x')}}","value":"{{new string('v', length)}}"}"""
            );

        var reply = await CallbackAsync(
            interaction,
            $$$"""{"type":8,"data":{"choices":[{{{string.Join(',', choices)}}}]}}"""
        );

        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task Modal_HasTheResultModalShown()
    {
        var (interaction, shown) = await InvokeAsync();

        await CallbackAsync(
            interaction,
            """{"type":9,"data":{"custom_id":"form","title":"Which?","components":[{"type":18}]}}"""
        );

        var form = Assert.IsType<InteractionResult.ModalShown>(await shown);
        Assert.Equal("form", form.CustomId);
        Assert.Equal("Which?", form.Title);
    }

    [Fact]
    public async Task Button_Pressed_EditsItsMessage()
    {
        var message = await WithButtonAsync();

        var shown = _fixture.World.Discord.PressButtonAsync(_fixture.Ada, message, "more", _fixture.Cancel);
        var interaction = (await _gateway.ReceiveAsync())["d"]!;
        var reply = await CallbackAsync(interaction, """{"type":7,"data":{"content":"More"}}""", "?with_response=true");

        Assert.Equal(3, (int)interaction["type"]!);
        Assert.Equal("more", (string)interaction["data"]!["custom_id"]!);
        Assert.Equal(2, (int)interaction["data"]!["component_type"]!);
        Assert.Equal(message.Id.ToString(), (string)interaction["message"]!["id"]!);
        Assert.Equal(7, (int)reply.Json["resource"]!["type"]!);
        Assert.Equal("More", Assert.IsType<InteractionResult.Updated>(await shown).Message.Content);
        Assert.Equal("More", Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel)).Content);
    }

    [Fact]
    public async Task Button_Acknowledged_ChangesNothing()
    {
        var (interaction, shown, message) = await PressAsync();
        await CallbackAsync(interaction, """{"type":6}""");

        await AdvanceUntilAsync(shown);

        Assert.IsType<InteractionResult.Acknowledged>(await shown);
        Assert.Equal(message, Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel)));
    }

    [Fact]
    public async Task DeferredUpdate_Edited_ReplacesTheMessageWithTheButton()
    {
        var (interaction, shown, message) = await PressAsync();
        await CallbackAsync(interaction, """{"type":6}""");
        Assert.Equal(message, Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel)));

        var edited = await _fixture.PatchAsync(Original(interaction), """{"content":"Later"}""");

        Assert.Equal(message.Id.ToString(), (string)edited.Json["id"]!);
        Assert.Equal("Later", Assert.IsType<InteractionResult.Updated>(await shown).Message.Content);
        Assert.Equal("Later", Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel)).Content);
    }

    [Fact]
    public async Task DeferredUpdate_OfAnEphemeralMessage_StaysEphemeral()
    {
        var (interaction, shown, _) = await PressAsync(flags: 64);
        await CallbackAsync(interaction, """{"type":6}""");

        await _fixture.PatchAsync(Original(interaction), """{"content":"Later"}""");

        var updated = Assert.IsType<InteractionResult.Updated>(await shown).Message;
        Assert.True(updated.IsEphemeral);
        Assert.Empty(_fixture.World.Discord.GetMessages(_fixture.Channel));
    }

    /// <summary>Unlike after type 5, a follow-up message is a separate message.</summary>
    [Fact]
    public async Task DeferredUpdate_WithAFollowUp_LeavesTheMessageWithTheButton()
    {
        var (interaction, shown, message) = await PressAsync();
        await CallbackAsync(interaction, """{"type":6}""");

        await _fixture.PostAsync(Webhook(interaction), """{"content":"Sorry","flags":64}""");

        var answered = Assert.IsType<InteractionResult.Answered>(await shown).Message;
        Assert.Equal(("Sorry", true), (answered.Content, answered.IsEphemeral));
        Assert.Equal(message, Assert.Single(_fixture.World.Discord.GetMessages(_fixture.Channel)));
    }

    [Theory]
    [InlineData("other")]
    [InlineData("off")]
    public async Task Button_MissingOrDisabled_CannotBePressed(string customId)
    {
        var message = await WithButtonAsync();

        Assert.IsType<InteractionResult.Refused>(
            await _fixture.World.Discord.PressButtonAsync(_fixture.Ada, message, customId, _fixture.Cancel)
        );
    }

    [Fact]
    public async Task Button_OfABotThatWasRemoved_CannotBePressed()
    {
        var message = await WithButtonAsync();
        _fixture.World.Discord.Uninstall(_fixture.Guild, _fixture.Bot);

        Assert.IsType<InteractionResult.Refused>(
            await _fixture.World.Discord.PressButtonAsync(_fixture.Ada, message, "more", _fixture.Cancel)
        );
    }

    private static string Original(JsonNode interaction) => $"{Webhook(interaction)}/messages/@original";

    private static string Webhook(JsonNode interaction) =>
        $"webhooks/{interaction["application_id"]}/{interaction["token"]}";

    private async Task<(JsonNode Interaction, Task<InteractionResult> Shown)> InvokeAsync()
    {
        var shown = _fixture.World.Discord.InvokeAsync(_fixture.Ada, _fixture.Channel, "/quote", _fixture.Cancel);
        return ((await _gateway.ReceiveAsync())["d"]!, shown);
    }

    /// <summary>Presses a button under the reply to a command.</summary>
    private async Task<(JsonNode Interaction, Task<InteractionResult> Shown, ChannelMessage Message)> PressAsync(
        int flags = 0
    )
    {
        var (command, answered) = await InvokeAsync();
        await CallbackAsync(
            command,
            $$$"""
            {"type":4,"data":{"content":"One","flags":{{{flags}}},"components":[{"type":1,"components":[
              {"type":2,"style":1,"label":"More","custom_id":"more"}]}]}}
            """
        );
        var message = Assert.IsType<InteractionResult.Answered>(await answered).Message;
        var shown = _fixture.World.Discord.PressButtonAsync(_fixture.Ada, message, "more", _fixture.Cancel);
        return ((await _gateway.ReceiveAsync())["d"]!, shown, message);
    }

    /// <summary>The wait for the response may start after the clock was advanced.</summary>
    private async Task AdvanceUntilAsync(Task shown)
    {
        while (!shown.IsCompleted)
        {
            _fixture.Cancel.ThrowIfCancellationRequested();
            _fixture.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
    }

    private Task<Reply> CallbackAsync(JsonNode interaction, string body, string query = "") =>
        _fixture.PostAsync($"interactions/{interaction["id"]}/{interaction["token"]}/callback{query}", body);

    private async Task<ChannelMessage> WithButtonAsync()
    {
        await _fixture.PostAsync(
            _fixture.MessagesPath,
            """
            {"content":"One","components":[{"type":1,"components":[
              {"type":2,"style":1,"label":"More","custom_id":"more"},
              {"type":2,"style":1,"label":"Off","custom_id":"off","disabled":true}]}]}
            """
        );
        return _fixture.World.Discord.GetMessages(_fixture.Channel)[^1];
    }
}
