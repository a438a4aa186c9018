namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>Creating, reading, editing and deleting messages. Source: Discord docs, Resources/Message.</summary>
public sealed class MessageTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await SimulatorFixture.OpenAsync();
        _fixture.World.Discord.Options.MessageLimit = new RouteLimit(1000, TimeSpan.FromSeconds(1));
        _fixture.World.Discord.Options.DefaultLimit = new RouteLimit(1000, TimeSpan.FromSeconds(1));
        _fixture.World.Discord.Options.GlobalPerSecond = 1000;
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Create_WithText_ReturnsTheMessage()
    {
        var reply = await _fixture.PostAsync(_fixture.MessagesPath, """{"content":" “Hello” \n"}""");

        var message = reply.Json;
        Assert.Equal(200, reply.Status);
        Assert.Equal("“Hello”", (string)message["content"]!);
        Assert.Equal(_fixture.Channel.Id.ToString(), (string)message["channel_id"]!);
        Assert.Equal(_fixture.Bot.Id.ToString(), (string)message["author"]!["id"]!);
        Assert.Equal("2026-02-01T12:00:00.000000+00:00", (string)message["timestamp"]!);
        Assert.Null(message["edited_timestamp"]);
        Assert.Equal(0, (int)message["type"]!);
        Assert.True(Snowflake.TryParse((string)message["id"]!, out var id));
        Assert.Equal(SimulatorFixture.Noon, id.CreatedAt);
    }

    [Fact]
    public async Task Content_IsLimitedTo2000CodePoints()
    {
        var most = string.Concat(Enumerable.Repeat("😀", 2000));

        Assert.Equal(200, (await _fixture.PostAsync(_fixture.MessagesPath, Content(most))).Status);
        await RefusedAsync(Content(most + "a"), "content", "BASE_TYPE_MAX_LENGTH");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"content":""}""")]
    [InlineData("""{"content":" \n\t"}""")]
    [InlineData("""{"content":null,"embeds":[]}""")]
    public async Task Create_WithoutContent_Returns50006(string body)
    {
        var reply = await _fixture.PostAsync(_fixture.MessagesPath, body);

        Assert.Equal(400, reply.Status);
        Assert.Equal(50006, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData("""{"content":["a"]}""", "content", "STRING_TYPE_CONVERT")]
    [InlineData("""{"content":"a","tts":"perhaps"}""", "tts", "BOOLEAN_TYPE_CONVERT")]
    [InlineData("""{"content":"a","nonce":"12345678901234567890123456"}""", "nonce", "BASE_TYPE_MAX_LENGTH")]
    [InlineData("""{"content":"a","enforce_nonce":1}""", "enforce_nonce", "BOOLEAN_TYPE_CONVERT")]
    [InlineData("""{"content":"a","flags":"x"}""", "flags", "NUMBER_TYPE_COERCE")]
    [InlineData("""{"content":"a","flags":32768}""", "flags", "NOT_SIMULATED")]
    [InlineData("""{"content":"a","poll":{}}""", "poll", "NOT_SIMULATED")]
    [InlineData("""{"content":"a","embeds":{}}""", "embeds", "LIST_TYPE_CONVERT")]
    [InlineData("""{"content":"a","embeds":["x"]}""", "embeds.0", "MODEL_TYPE_CONVERT")]
    [InlineData("""{"content":"a","allowed_mentions":[]}""", "allowed_mentions", "MODEL_TYPE_CONVERT")]
    [InlineData(
        """{"content":"a","allowed_mentions":{"parse":["all"]}}""",
        "allowed_mentions.parse.0",
        "BASE_TYPE_CHOICES"
    )]
    [InlineData(
        """{"content":"a","allowed_mentions":{"users":["ada"]}}""",
        "allowed_mentions.users.0",
        "NUMBER_TYPE_COERCE"
    )]
    [InlineData(
        """{"content":"a","allowed_mentions":{"parse":["users"],"users":["1"]}}""",
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"
    )]
    [InlineData(
        """{"content":"a","allowed_mentions":{"parse":["roles"],"roles":["1"]}}""",
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"
    )]
    public Task Create_WithAnInvalidField_ReturnsItsPath(string body, string path, string code) =>
        RefusedAsync(body, path, code);

    [Fact]
    public async Task Mentions_NotAllowed_AreIgnored()
    {
        var role = _fixture.World.Discord.AddRole(_fixture.Guild, "readers", Permissions.None, isMentionable: true);
        var closed = _fixture.World.Discord.AddRole(_fixture.Guild, "staff", Permissions.None);
        var text = $"@everyone <@{_fixture.Ada.Id}> <@&{role.Id}> <@&{closed.Id}>";

        var quiet = await _fixture.PostAsync(
            _fixture.MessagesPath,
            $$"""{"content":"{{text}}","allowed_mentions":{"parse":[]} }"""
        );
        var loud = await _fixture.PostAsync(_fixture.MessagesPath, Content(text));
        var picked = await _fixture.PostAsync(
            _fixture.MessagesPath,
            $$$"""{"content":"{{{text}}}","allowed_mentions":{"users":["{{{_fixture.Ada.Id}}}"]} }"""
        );

        Assert.Equal((0, 0, false), Pings(quiet));
        Assert.Equal((1, 1, true), Pings(loud));
        Assert.Equal((1, 0, false), Pings(picked));
    }

    [Fact]
    public async Task Nonce_Enforced_ReturnsTheFirstMessageWithinTheWindow()
    {
        var first = await _fixture.PostAsync(
            _fixture.MessagesPath,
            """{"content":"one","nonce":"abc","enforce_nonce":true}"""
        );
        _fixture.Clock.Advance(TimeSpan.FromMinutes(4));
        var second = await _fixture.PostAsync(
            _fixture.MessagesPath,
            """{"content":"two","nonce":"abc","enforce_nonce":true}"""
        );
        _fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await _fixture.PostAsync(
            _fixture.MessagesPath,
            """{"content":"three","nonce":"abc","enforce_nonce":true}"""
        );

        Assert.Equal("abc", (string)first.Json["nonce"]!);
        Assert.Equal((string)first.Json["id"]!, (string)second.Json["id"]!);
        Assert.Equal("one", (string)second.Json["content"]!);
        Assert.NotEqual((string)first.Json["id"]!, (string)third.Json["id"]!);
        Assert.Equal(
            ["one", "three"],
            _fixture.World.Discord.GetMessages(_fixture.Channel).Select(message => message.Content)
        );
    }

    [Theory]
    [InlineData("""{"content":"one","nonce":"abc"}""")]
    [InlineData("""{"content":"one","nonce":"abc","enforce_nonce":false}""")]
    [InlineData("""{"content":"one","enforce_nonce":true}""")]
    public async Task Nonce_NotEnforced_CreatesTwoMessages(string body)
    {
        await _fixture.PostAsync(_fixture.MessagesPath, body);
        await _fixture.PostAsync(_fixture.MessagesPath, body);

        Assert.Equal(2, _fixture.World.Discord.GetMessages(_fixture.Channel).Count);
    }

    [Fact]
    public async Task Nonce_OfADeletedMessage_Returns10008()
    {
        var first = await _fixture.PostAsync(
            _fixture.MessagesPath,
            """{"content":"one","nonce":7,"enforce_nonce":true}"""
        );
        await _fixture.DeleteAsync($"{_fixture.MessagesPath}/{first.Json["id"]}");

        var second = await _fixture.PostAsync(
            _fixture.MessagesPath,
            """{"content":"one","nonce":7,"enforce_nonce":true}"""
        );

        Assert.Equal(404, second.Status);
        Assert.Equal(10008, (int)second.Json["code"]!);
    }

    [Fact]
    public async Task List_WithoutParameters_ReturnsTheNewest50NewestFirst()
    {
        CreateMessages(60);

        var texts = await TextsAsync("");

        Assert.Equal(50, texts.Count);
        Assert.Equal("60", texts[0]);
        Assert.Equal("11", texts[^1]);
    }

    [Theory]
    [InlineData("?limit=2", "10 9")]
    [InlineData("?before={5}&limit=2", "4 3")]
    [InlineData("?after={5}&limit=2", "7 6")]
    [InlineData("?after={10}", "")]
    [InlineData("?around={5}&limit=3", "6 5 4")]
    [InlineData("?around={1}&limit=3", "3 2 1")]
    [InlineData("?before={1}", "")]
    public async Task List_WithParameters_ReturnsTheSelectedMessages(string query, string expected)
    {
        var messages = CreateMessages(10);
        for (var number = 10; number >= 1; number--)
        {
            query = query.Replace($"{{{number}}}", messages[number - 1].Id.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(expected, string.Join(' ', await TextsAsync(query)));
    }

    [Theory]
    [InlineData("?limit=0", "limit", "NUMBER_TYPE_MIN")]
    [InlineData("?limit=101", "limit", "NUMBER_TYPE_MAX")]
    [InlineData("?limit=many", "limit", "NUMBER_TYPE_COERCE")]
    [InlineData("?before=x", "before", "NUMBER_TYPE_COERCE")]
    public async Task List_WithAnInvalidParameter_ReturnsItsPath(string query, string path, string code)
    {
        var reply = await _fixture.GetAsync(_fixture.MessagesPath + query);

        Assert.Equal(code, FormError(reply, path));
    }

    [Fact]
    public async Task List_WithTwoPositions_IsRejected() =>
        Assert.Equal(400, (await _fixture.GetAsync($"{_fixture.MessagesPath}?before=1&after=2")).Status);

    [Fact]
    public async Task Get_OfAnothersMessage_IsEmptyWithoutTheContentIntent()
    {
        var message = _fixture.World.Discord.SendMessage(_fixture.Ada, _fixture.Channel, "secret");

        var blank = await _fixture.GetAsync($"{_fixture.MessagesPath}/{message.Id}");
        _fixture.Bot.PrivilegedIntents = 1 << 15;
        var whole = await _fixture.GetAsync($"{_fixture.MessagesPath}/{message.Id}");

        Assert.Equal("", (string)blank.Json["content"]!);
        Assert.Equal("secret", (string)whole.Json["content"]!);
    }

    [Fact]
    public async Task Edit_ChangesOnlyItsFields()
    {
        var made = await _fixture.PostAsync(_fixture.MessagesPath, """{"content":"one","embeds":[{"title":"t"}]}""");
        _fixture.Clock.Advance(TimeSpan.FromMinutes(1));

        var edited = await _fixture.PatchAsync($"{_fixture.MessagesPath}/{made.Json["id"]}", """{"content":"two"}""");
        var bare = await _fixture.PatchAsync($"{_fixture.MessagesPath}/{made.Json["id"]}", """{"embeds":[]}""");

        Assert.Equal("two", (string)edited.Json["content"]!);
        Assert.Equal("t", (string)edited.Json["embeds"]![0]!["title"]!);
        Assert.Equal("2026-02-01T12:01:00.000000+00:00", (string)edited.Json["edited_timestamp"]!);
        Assert.Equal("two", (string)bare.Json["content"]!);
        Assert.Empty(bare.Json["embeds"]!.AsArray());
    }

    [Fact]
    public async Task Edit_ToAnEmptyMessage_Returns50006()
    {
        var made = await _fixture.PostAsync(_fixture.MessagesPath, """{"content":"one"}""");

        var reply = await _fixture.PatchAsync($"{_fixture.MessagesPath}/{made.Json["id"]}", """{"content":""}""");

        Assert.Equal(50006, (int)reply.Json["code"]!);
    }

    [Fact]
    public async Task Edit_OfAnothersMessage_Returns50005()
    {
        var message = _fixture.World.Discord.SendMessage(_fixture.Ada, _fixture.Channel, "mine");

        var reply = await _fixture.PatchAsync($"{_fixture.MessagesPath}/{message.Id}", """{"content":"ours"}""");

        Assert.Equal(403, reply.Status);
        Assert.Equal(50005, (int)reply.Json["code"]!);
    }

    [Fact]
    public async Task Delete_RemovesTheMessageOnce()
    {
        var made = await _fixture.PostAsync(_fixture.MessagesPath, """{"content":"one"}""");

        var first = await _fixture.DeleteAsync($"{_fixture.MessagesPath}/{made.Json["id"]}");
        var second = await _fixture.DeleteAsync($"{_fixture.MessagesPath}/{made.Json["id"]}");

        Assert.Equal(204, first.Status);
        Assert.Equal(10008, (int)second.Json["code"]!);
        Assert.Empty(_fixture.World.Discord.GetMessages(_fixture.Channel));
    }

    [Fact]
    public async Task Delete_OfAnothersMessage_NeedsPermission()
    {
        var message = _fixture.World.Discord.SendMessage(_fixture.Ada, _fixture.Channel, "mine");

        var refused = await _fixture.DeleteAsync($"{_fixture.MessagesPath}/{message.Id}");
        _fixture.World.Discord.SetPermissions(
            _fixture.Channel,
            _fixture.Bot,
            Permissions.Default | Permissions.ManageMessages
        );
        var done = await _fixture.DeleteAsync($"{_fixture.MessagesPath}/{message.Id}");

        Assert.Equal(50013, (int)refused.Json["code"]!);
        Assert.Equal(204, done.Status);
    }

    [Fact]
    public async Task Flags_OfAMessage_KeepThoseThatABotCanSet()
    {
        var reply = await _fixture.PostAsync(_fixture.MessagesPath, """{"content":"a","flags":4164}""");

        Assert.Equal(4 | 4096, (int)reply.Json["flags"]!); // without 64, which is for interactions
    }

    internal static string FormError(Reply reply, string path)
    {
        Assert.Equal(400, reply.Status);
        Assert.Equal(50035, (int)reply.Json["code"]!);
        Assert.Equal("Invalid Form Body", (string)reply.Json["message"]!);
        var node = reply.Json["errors"];
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node?[step];
        }

        Assert.True(node?["_errors"] is JsonArray, $"No error at \"{path}\": {reply.Body}");
        var error = node["_errors"]![0]!;
        Assert.NotEmpty((string)error["message"]!);
        return (string)error["code"]!;
    }

    private static string Content(string text) => new JsonObject { ["content"] = text }.ToJsonString();

    private static (int Users, int Roles, bool Everyone) Pings(Reply reply) =>
        (
            reply.Json["mentions"]!.AsArray().Count,
            reply.Json["mention_roles"]!.AsArray().Count,
            (bool)reply.Json["mention_everyone"]!
        );

    private async Task RefusedAsync(string body, string path, string code)
    {
        Assert.Equal(code, FormError(await _fixture.PostAsync(_fixture.MessagesPath, body), path));
        Assert.DoesNotContain(_fixture.World.Discord.GetMessages(_fixture.Channel), message => message.Content == "a");
    }

    private List<ChannelMessage> CreateMessages(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number => _fixture.World.Discord.SendMessage(_fixture.Bot.User, _fixture.Channel, $"{number}")),
        ];

    private async Task<List<string>> TextsAsync(string query)
    {
        var reply = await _fixture.GetAsync(_fixture.MessagesPath + query);
        return [.. reply.Json.AsArray().Select(message => (string)message!["content"]!)];
    }
}
