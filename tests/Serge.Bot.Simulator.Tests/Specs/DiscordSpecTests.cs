using Serge.Bot.Simulator.Tests.Discord;

namespace Serge.Bot.Simulator.Tests.Specs;

/// <summary>Every REST response has the schema of Discord's own OpenAPI document.</summary>
public sealed class DiscordSpecTests : IAsyncLifetime
{
    private readonly OpenApiSchema _schema = new(Shared.Read("specs/discord-openapi.json"));
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await SimulatorFixture.OpenAsync();
        _fixture.World.Discord.Options.GlobalPerSecond = 1000;
        _fixture.World.Discord.Options.DefaultLimit = new RouteLimit(1000, TimeSpan.FromSeconds(1));
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData("/gateway", "gateway")]
    [InlineData("/gateway/bot", "gateway/bot")]
    [InlineData("/applications/@me", "applications/@me")]
    [InlineData("/users/@me", "users/@me")]
    [InlineData("/users/@me/guilds", "users/@me/guilds")]
    [InlineData("/guilds/{guild_id}", "guilds/{guild}")]
    [InlineData("/guilds/{guild_id}", "guilds/{guild}?with_counts=true")]
    [InlineData("/guilds/{guild_id}/channels", "guilds/{guild}/channels")]
    [InlineData("/guilds/{guild_id}/roles", "guilds/{guild}/roles")]
    [InlineData("/guilds/{guild_id}/members/{user_id}", "guilds/{guild}/members/{bot}")]
    [InlineData("/channels/{channel_id}", "channels/{channel}")]
    [InlineData("/channels/{channel_id}", "channels/{dm}")]
    [InlineData("/channels/{channel_id}/messages", "channels/{channel}/messages")]
    [InlineData("/channels/{channel_id}/messages/{message_id}", "channels/{channel}/messages/{message}")]
    [InlineData("/applications/{application_id}/commands", "applications/{bot}/commands?with_localizations=true")]
    [InlineData("/applications/{application_id}/commands", "applications/{bot}/commands")]
    [InlineData("/applications/{application_id}/commands/{command_id}", "applications/{bot}/commands/{command}")]
    public async Task Get_Response_HasItsSchema(string route, string path)
    {
        var command = await _fixture.PostAsync(_fixture.CommandsPath, RichCommand);
        var message = await _fixture.PostAsync(_fixture.MessagesPath, RichMessage);
        _fixture.World.Discord.SetPermissions(_fixture.Channel, _fixture.Bot, Permissions.Default);
        var dm = _fixture.World.Discord.GetDirectMessageChannel(_fixture.Ada, _fixture.Bot);
        path = path.Replace("{guild}", _fixture.Guild.Id.ToString(), StringComparison.Ordinal)
            .Replace("{bot}", _fixture.Bot.Id.ToString(), StringComparison.Ordinal)
            .Replace("{channel}", _fixture.Channel.Id.ToString(), StringComparison.Ordinal)
            .Replace("{dm}", dm.Id.ToString(), StringComparison.Ordinal)
            .Replace("{message}", (string)message.Json["id"]!, StringComparison.Ordinal)
            .Replace("{command}", (string)command.Json["id"]!, StringComparison.Ordinal);

        Matches("get", route, await _fixture.GetAsync(path));
    }

    [Fact]
    public async Task Commands_Responses_HaveTheirSchema()
    {
        const string route = "/applications/{application_id}/commands";
        var made = await _fixture.PostAsync(_fixture.CommandsPath, RichCommand);

        Matches("post", route, made);
        Matches("post", route, await _fixture.PostAsync(_fixture.CommandsPath, RichCommand));
        Matches("put", route, await _fixture.PutAsync(_fixture.CommandsPath, $"[{RichCommand}]"));
        Matches(
            "patch",
            $"{route}/{{command_id}}",
            await _fixture.PatchAsync($"{_fixture.CommandsPath}/{made.Json["id"]}", """{"nsfw":true}""")
        );
        Matches(
            "put",
            "/applications/{application_id}/guilds/{guild_id}/commands",
            await _fixture.PutAsync(
                $"applications/{_fixture.Bot.Id}/guilds/{_fixture.Guild.Id}/commands",
                $"[{RichCommand}]"
            )
        );
    }

    [Fact]
    public async Task Messages_Responses_HaveTheirSchema()
    {
        const string route = "/channels/{channel_id}/messages";
        var made = await _fixture.PostAsync(_fixture.MessagesPath, RichMessage);

        Matches("post", route, made);
        Matches(
            "patch",
            $"{route}/{{message_id}}",
            await _fixture.PatchAsync($"{_fixture.MessagesPath}/{made.Json["id"]}", """{"content":"b"}""")
        );
        Matches(
            "delete",
            $"{route}/{{message_id}}",
            await _fixture.DeleteAsync($"{_fixture.MessagesPath}/{made.Json["id"]}")
        );
    }

    [Fact]
    public async Task Interactions_Responses_HaveTheirSchema()
    {
        const string route = "/webhooks/{webhook_id}/{webhook_token}";
        _fixture.World.Discord.Options.WebhookLimit = new RouteLimit(1000, TimeSpan.FromSeconds(1));
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;
        await _fixture.PostAsync(_fixture.CommandsPath, """{"name":"quote","description":"d"}""");
        _ = _fixture.World.Discord.InvokeAsync(_fixture.Ada, _fixture.Channel, "/quote", _fixture.Cancel);
        var interaction = (await gateway.ReceiveAsync())["d"]!;

        var callback = await _fixture.PostAsync(
            $"interactions/{interaction["id"]}/{interaction["token"]}/callback?with_response=true",
            $$"""{"type":4,"data":{{RichMessage}}}"""
        );
        var webhook = $"webhooks/{_fixture.Bot.Id}/{interaction["token"]}";

        Matches("post", "/interactions/{interaction_id}/{interaction_token}/callback", callback);
        Matches("get", $"{route}/messages/@original", await _fixture.GetAsync($"{webhook}/messages/@original"));
        Matches(
            "patch",
            $"{route}/messages/@original",
            await _fixture.PatchAsync($"{webhook}/messages/@original", """{"content":"b"}""")
        );
        Matches("post", route, await _fixture.PostAsync(webhook, """{"content":"more"}"""));
        Matches("delete", $"{route}/messages/@original", await _fixture.DeleteAsync($"{webhook}/messages/@original"));
    }

    [Fact]
    public async Task Errors_HaveTheirSchema()
    {
        const string route = "/channels/{channel_id}/messages";
        Matches("post", route, await _fixture.PostAsync(_fixture.MessagesPath, "{}"), "4XX");
        Matches("post", route, await _fixture.PostAsync(_fixture.MessagesPath, """{"content":["a"]}"""), "4XX");
        Matches("post", route, await _fixture.PostAsync("channels/1/messages", RichMessage), "4XX");

        _fixture.World.Discord.Options.GlobalPerSecond = 0;
        // The document requires a code in a 429; the documentation makes it optional, and its examples have none.
        var problems = _schema.Problems(
            "post",
            route,
            "429",
            (await _fixture.PostAsync(_fixture.MessagesPath, RichMessage)).Json
        );
        Assert.Equal(["$.code: missing"], problems.Distinct());
    }

    [Fact]
    public async Task Interaction_HasEveryFieldOfTheDocumentedExample()
    {
        var samples = Shared.Read("samples/discord-docs/interactions__application-commands.json")["samples"]!.AsArray();
        var example = samples
            .Select(sample => sample!["json"]!)
            .First(json => json is JsonObject && (int?)json["type"] == 2 && json["token"] is not null);
        var (gateway, _) = await RawGateway.IdentifyAsync(_fixture);
        await using var _1 = gateway;
        await _fixture.PostAsync(_fixture.CommandsPath, RichCommand);
        _ = _fixture.World.Discord.InvokeAsync(_fixture.Ada, _fixture.Channel, "/quote topic:war", _fixture.Cancel);
        var interaction = (await gateway.ReceiveAsync())["d"]!;

        List<string> problems = [];
        Samples.Compare(example, interaction, "$", problems);

        // The example is older: members still had this field.
        problems.Remove("$.member.is_pending: missing");
        Assert.Empty(problems);
    }

    private const string RichCommand = """
        {"name":"quote","description":"d","name_localizations":{"fr":"citation"},"default_member_permissions":"32","contexts":[0,1],"options":[
          {"type":3,"name":"topic","description":"d","autocomplete":true,"max_length":20},
          {"type":4,"name":"count","description":"d","min_value":1,"max_value":5,"choices":[{"name":"one","value":1}]},
          {"type":7,"name":"where","description":"d","channel_types":[0]}]}
        """;

    private const string RichMessage = """
        {"content":"a","nonce":"n","embeds":[{"title":"t","description":"d","color":1,"timestamp":"2026-02-01T00:00:00Z","url":"https://example.org",
          "fields":[{"name":"n","value":"v"}],"footer":{"text":"f"},"author":{"name":"a"}}],
         "components":[{"type":1,"components":[{"type":2,"style":1,"label":"l","custom_id":"c"},{"type":2,"style":5,"label":"l","url":"https://example.org"}]},
          {"type":1,"components":[{"type":3,"custom_id":"s","options":[{"label":"l","value":"v"}]}]}]}
        """;

    private void Matches(string method, string route, Reply reply, string? status = null)
    {
        var answer = reply.Body.Length == 0 ? null : reply.Json;
        var problems = _schema.Problems(method, route, status ?? $"{reply.Status}", answer);
        Assert.True(problems.Count == 0, $"{method} {route}: {reply.Body}\n{string.Join('\n', problems)}");
    }
}
