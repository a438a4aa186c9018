namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>Registering commands. Source: Discord docs, Interactions/Application Commands.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private const string Quote = """{"name":"quote","description":"Says a quotation"}""";
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await SimulatorFixture.OpenAsync();
        _fixture.World.Discord.Options.DefaultLimit = new Simulator.Discord.RouteLimit(1000, TimeSpan.FromSeconds(1));
        _fixture.World.Discord.Options.GlobalPerSecond = 1000;
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Overwrite_ReturnsTheRegisteredCommands()
    {
        var reply = await _fixture.PutAsync(_fixture.CommandsPath, $"[{Quote}]");

        var command = Assert.Single(reply.Json.AsArray())!;
        Assert.Equal(200, reply.Status);
        Assert.NotEmpty((string)command["id"]!);
        Assert.NotEmpty((string)command["version"]!);
        Assert.Equal(_fixture.Bot.Id.ToString(), (string)command["application_id"]!);
        Assert.Equal(1, (int)command["type"]!);
        Assert.False((bool)command["nsfw"]!);
        Assert.Null(command["default_member_permissions"]);
        Assert.Equal([0, 1], command["integration_types"]!.AsArray().Select(type => (int)type!));
        Assert.True(command.AsObject().ContainsKey("name_localizations"));
    }

    [Fact]
    public async Task Overwrite_KeepsTheIdOfAKnownNameAndRemovesTheOthers()
    {
        var first = await _fixture.PutAsync(
            _fixture.CommandsPath,
            $$"""[{{Quote}},{"name":"about","description":"a"}]"""
        );

        var same = await _fixture.PutAsync(_fixture.CommandsPath, $"[{Quote}]");
        var changed = await _fixture.PutAsync(_fixture.CommandsPath, """[{"name":"quote","description":"Other"}]""");

        Assert.Single(same.Json.AsArray());
        Assert.Equal((string)first.Json[0]!["id"]!, (string)same.Json[0]!["id"]!);
        Assert.Equal((string)first.Json[0]!["version"]!, (string)same.Json[0]!["version"]!);
        Assert.Equal((string)first.Json[0]!["id"]!, (string)changed.Json[0]!["id"]!);
        Assert.NotEqual((string)first.Json[0]!["version"]!, (string)changed.Json[0]!["version"]!);
    }

    [Fact]
    public async Task Create_IsAnUpsert()
    {
        var made = await _fixture.PostAsync(_fixture.CommandsPath, Quote);
        var again = await _fixture.PostAsync(_fixture.CommandsPath, """{"name":"quote","description":"Other"}""");

        Assert.Equal(201, made.Status);
        Assert.Equal(200, again.Status);
        Assert.Equal((string)made.Json["id"]!, (string)again.Json["id"]!);
        Assert.Single((await _fixture.GetAsync(_fixture.CommandsPath)).Json.AsArray());
    }

    [Fact]
    public async Task Command_CanBeReadChangedAndDeleted()
    {
        var made = await _fixture.PostAsync(_fixture.CommandsPath, Quote);
        var path = $"{_fixture.CommandsPath}/{made.Json["id"]}";

        var changed = await _fixture.PatchAsync(path, """{"description":"Other"}""");
        var read = await _fixture.GetAsync(path);
        var deleted = await _fixture.DeleteAsync(path);
        var gone = await _fixture.GetAsync(path);

        Assert.Equal("Other", (string)changed.Json["description"]!);
        Assert.Equal("quote", (string)read.Json["name"]!);
        Assert.Equal(204, deleted.Status);
        Assert.Equal(404, gone.Status);
        Assert.Equal(10063, (int)gone.Json["code"]!);
    }

    [Fact]
    public async Task List_HasLocalizationsOnlyOnRequest()
    {
        await _fixture.PutAsync(
            _fixture.CommandsPath,
            """[{"name":"quote","description":"d","name_localizations":{"fr":"citation"}}]"""
        );

        var plain = await _fixture.GetAsync(_fixture.CommandsPath);
        var whole = await _fixture.GetAsync(_fixture.CommandsPath + "?with_localizations=true");

        Assert.False(plain.Json[0]!.AsObject().ContainsKey("name_localizations"));
        Assert.Equal("citation", (string)whole.Json[0]!["name_localizations"]!["fr"]!);
    }

    [Fact]
    public async Task GuildCommands_AreSeparateFromGlobalOnes()
    {
        var path = $"applications/{_fixture.Bot.Id}/guilds/{_fixture.Guild.Id}/commands";
        await _fixture.PutAsync(_fixture.CommandsPath, $"[{Quote}]");

        var reply = await _fixture.PutAsync(path, $$"""[{{Quote}},{"name":"about","description":"a"}]""");

        Assert.Equal(_fixture.Guild.Id.ToString(), (string)reply.Json[0]!["guild_id"]!);
        Assert.Equal(2, (await _fixture.GetAsync(path)).Json.AsArray().Count);
        Assert.Single((await _fixture.GetAsync(_fixture.CommandsPath)).Json.AsArray());
        Assert.Equal(3, _fixture.World.Discord.GetCommands(_fixture.Bot, _fixture.Guild).Count);
    }

    [Fact]
    public async Task Commands_OfAnotherApplicationOrGuild_AreRejected()
    {
        var other = _fixture.World.Discord.AddApplication("other", "Other");
        var strange = _fixture.World.Discord.AddGuild("Strange", _fixture.Ada);

        Assert.Equal(20012, (int)(await _fixture.GetAsync($"applications/{other.Id}/commands")).Json["code"]!);
        Assert.Equal(10002, (int)(await _fixture.GetAsync("applications/1/commands")).Json["code"]!);
        Assert.Equal(
            50001,
            (int)(await _fixture.GetAsync($"applications/{_fixture.Bot.Id}/guilds/{strange.Id}/commands")).Json["code"]!
        );
        Assert.Equal(
            10004,
            (int)(await _fixture.GetAsync($"applications/{_fixture.Bot.Id}/guilds/1/commands")).Json["code"]!
        );
    }

    [Theory]
    [InlineData("quote")]
    [InlineData("on-this-day")]
    [InlineData("on_this_day")]
    [InlineData("c'est")]
    [InlineData("цитата")]
    [InlineData("उद्धरण")]
    [InlineData("名言")]
    [InlineData("a1")]
    public async Task Name_Valid_IsAccepted(string name) =>
        Assert.Equal(
            200,
            (await _fixture.PutAsync(_fixture.CommandsPath, $$"""[{"name":"{{name}}","description":"d"}]""")).Status
        );

    [Theory]
    [InlineData("", "BASE_TYPE_BAD_LENGTH")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefg", "BASE_TYPE_BAD_LENGTH")] // 33
    [InlineData("Quote", "APPLICATION_COMMAND_INVALID_NAME")]
    [InlineData("on this day", "APPLICATION_COMMAND_INVALID_NAME")]
    [InlineData("quote!", "APPLICATION_COMMAND_INVALID_NAME")]
    [InlineData("/quote", "APPLICATION_COMMAND_INVALID_NAME")]
    [InlineData("Цитата", "APPLICATION_COMMAND_INVALID_NAME")]
    public async Task Name_Invalid_IsRejected(string name, string code) =>
        await RefusedAsync($$"""{"name":"{{name}}","description":"d"}""", "name", code);

    [Theory]
    [InlineData("""{"description":"d"}""", "name", "BASE_TYPE_REQUIRED")]
    [InlineData("""{"name":"q"}""", "description", "BASE_TYPE_REQUIRED")]
    [InlineData("""{"name":"q","description":""}""", "description", "BASE_TYPE_BAD_LENGTH")]
    [InlineData("""{"name":"q","description":"d","type":9}""", "type", "BASE_TYPE_CHOICES")]
    [InlineData(
        """{"name":"q","description":"d","name_localizations":{"xx":"q"}}""",
        "name_localizations.xx",
        "ENUM_TYPE_COERCE"
    )]
    [InlineData(
        """{"name":"q","description":"d","name_localizations":{"fr":"Citer!"}}""",
        "name_localizations.fr",
        "APPLICATION_COMMAND_INVALID_NAME"
    )]
    [InlineData(
        """{"name":"q","description":"d","default_member_permissions":"x"}""",
        "default_member_permissions",
        "BITFIELD_TYPE_COERCE"
    )]
    [InlineData("""{"name":"q","description":"d","contexts":[7]}""", "contexts.0", "BASE_TYPE_CHOICES")]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":3,"name":"a"}]}""",
        "options.0.description",
        "BASE_TYPE_REQUIRED"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"name":"a","description":"d"}]}""",
        "options.0.type",
        "BASE_TYPE_REQUIRED"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":12,"name":"a","description":"d"}]}""",
        "options.0.type",
        "BASE_TYPE_CHOICES"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":3,"name":"A","description":"d"}]}""",
        "options.0.name",
        "APPLICATION_COMMAND_INVALID_NAME"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":3,"name":"a","description":"d"},{"type":3,"name":"a","description":"d"}]}""",
        "options.1.name",
        "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":3,"name":"a","description":"d","name_localizations":{"fr":"b"}},{"type":3,"name":"b","description":"d"}]}""",
        "options.0.name_localizations.fr",
        "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":3,"name":"a","description":"d","name_localizations":{"fr":"c"}},{"type":3,"name":"b","description":"d","name_localizations":{"fr":"c"}}]}""",
        "options.1.name_localizations.fr",
        "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":3,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}]}""",
        "options.1",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":3,"name":"a","description":"d","max_length":6001}]}""",
        "options.0.max_length",
        "NUMBER_TYPE_MAX"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":3,"name":"a","description":"d","max_length":0}]}""",
        "options.0.max_length",
        "NUMBER_TYPE_MIN"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":3,"name":"a","description":"d","autocomplete":true,"choices":[{"name":"n","value":"v"}]}]}""",
        "options.0.autocomplete",
        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":5,"name":"a","description":"d","autocomplete":true}]}""",
        "options.0.type",
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":4,"name":"a","description":"d","choices":[{"name":"n","value":"one"}]}]}""",
        "options.0.choices.0.value",
        "NUMBER_TYPE_COERCE"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":3,"name":"a","description":"d","choices":[{"name":"n"}]}]}""",
        "options.0.choices.0.value",
        "BASE_TYPE_REQUIRED"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":1,"name":"a","description":"d"},{"type":3,"name":"b","description":"d"}]}""",
        "options",
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":1,"name":"a","description":"d","options":[{"type":1,"name":"b","description":"d"}]}]}""",
        "options.0.options.0.type",
        "BASE_TYPE_CHOICES"
    )]
    [InlineData(
        """{"name":"q","description":"d","options":[{"type":2,"name":"a","description":"d","options":[{"type":3,"name":"b","description":"d"}]}]}""",
        "options.0.options.0.type",
        "BASE_TYPE_CHOICES"
    )]
    [InlineData(
        """{"name":"Q","description":"d","type":2}""",
        "description",
        "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION"
    )]
    public Task Command_Invalid_ReturnsThePathOfTheError(string command, string path, string code) =>
        RefusedAsync(command, path, code);

    [Fact]
    public async Task Names_UsedTwice_AreRejected()
    {
        var reply = await _fixture.PutAsync(_fixture.CommandsPath, $"[{Quote},{Quote}]");

        Assert.Equal("APPLICATION_COMMANDS_DUPLICATE_NAME", MessageTests.FormError(reply, "1.name"));
    }

    [Fact]
    public async Task Names_UsedTwiceWithDifferentTypes_AreAccepted()
    {
        var reply = await _fixture.PutAsync(_fixture.CommandsPath, $$"""[{{Quote}},{"name":"quote","type":3}]""");

        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task Options_WithTheSameNameInDifferentLanguages_AreAccepted()
    {
        const string Options = """
            {"type":3,"name":"a","description":"d","name_localizations":{"fr":"c","de":"a"}},
            {"type":3,"name":"b","description":"d","name_localizations":{"de":"c"}}
            """;

        var reply = await _fixture.PostAsync(
            _fixture.CommandsPath,
            $$"""{"name":"q","description":"d","options":[{{Options}}]}"""
        );

        Assert.Equal(201, reply.Status);
    }

    /// <summary>Source: Discord docs, Interactions/Application Commands, Localization: such values are
    /// ignored.</summary>
    [Fact]
    public async Task List_OmitsLocalizationsThatEqualTheDefault()
    {
        const string Texts = """
            "name":"a","name_localizations":{"fr":"a","de":"b"},"description":"d","description_localizations":{"fr":"d"}
            """;
        const string Choices = """[{"name":"n","value":"v","name_localizations":{"fr":"n"}}]""";

        await _fixture.PutAsync(
            _fixture.CommandsPath,
            $$"""[{ {{Texts}},"options":[{"type":3,{{Texts}},"choices":{{Choices}} }]}]"""
        );

        var reply = await _fixture.GetAsync(_fixture.CommandsPath + "?with_localizations=true");
        var command = reply.Json[0]!;
        var option = command["options"]![0]!;
        Assert.All(
            [command, option],
            read =>
            {
                Assert.Equal("""{"de":"b"}""", read["name_localizations"]!.ToJsonString());
                Assert.Empty(read["description_localizations"]!.AsObject());
            }
        );
        Assert.Empty(option["choices"]![0]!["name_localizations"]!.AsObject());
    }

    [Fact]
    public async Task Options_AreLimitedTo25()
    {
        var options = string.Join(
            ',',
            Enumerable.Range(0, 26).Select(number => $$"""{"type":3,"name":"o{{number}}","description":"d"}""")
        );

        await RefusedAsync(
            $$"""{"name":"q","description":"d","options":[{{options}}]}""",
            "options",
            "BASE_TYPE_MAX_LENGTH"
        );
    }

    [Theory]
    [InlineData(24, 201)]
    [InlineData(25, 400)]
    public async Task Command_IsLimitedTo8000Characters(int description, int status)
    {
        // 25 options of 303 characters and two choices of 200 are 7,975 characters; the name is one more.
        string Choice(int number) =>
            $$"""{"name":"{{number}}{{new string('n', 99)}}","value":"{{new string('v', 100)}}"}""";
        string Option(int number) =>
            $$"""
                {"type":3,"name":"o{{number:00}}","description":"{{new string('d', 100)}}","choices":[{{Choice(1)}}{{(
                    number < 2 ? "," + Choice(2) : ""
                )}}]}
                """;
        var options = string.Join(',', Enumerable.Range(0, 25).Select(Option));

        var reply = await _fixture.PostAsync(
            _fixture.CommandsPath,
            $$"""{"name":"q","description":"{{new string('d', description)}}","options":[{{options}}]}"""
        );

        Assert.Equal(status, reply.Status);
        if (status == 400)
        {
            Assert.Equal("APPLICATION_COMMAND_TOO_LARGE", MessageTests.FormError(reply, ""));
        }
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 15)]
    [InlineData(3, 15)]
    public async Task Commands_OfOneType_AreLimited(int type, int most)
    {
        var description = type == 1 ? ",\"description\":\"d\"" : "";
        string Command(int number) => $$"""{"name":"c{{number}}","type":{{type}}{{description}}}""";
        string Commands(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(Command))}]";

        Assert.Equal(200, (await _fixture.PutAsync(_fixture.CommandsPath, Commands(most))).Status);
        Assert.Equal(30032, (int)(await _fixture.PutAsync(_fixture.CommandsPath, Commands(most + 1))).Json["code"]!);
    }

    [Fact]
    public async Task Creates_PerDay_AreLimitedAndOverwritesAreNot()
    {
        _fixture.World.Discord.Options.CommandCreatesPerDay = 1;

        await _fixture.PutAsync(_fixture.CommandsPath, $"[{Quote}]");
        var overwritten = await _fixture.PutAsync(_fixture.CommandsPath, $"[{Quote}]");
        var second = await _fixture.PostAsync(_fixture.CommandsPath, """{"name":"about","description":"d"}""");
        _fixture.Clock.Advance(TimeSpan.FromDays(1));
        var nextDay = await _fixture.PostAsync(_fixture.CommandsPath, """{"name":"about","description":"d"}""");

        Assert.Equal(200, overwritten.Status);
        Assert.Equal(30034, (int)second.Json["code"]!);
        Assert.Equal(201, nextDay.Status);
    }

    [Fact]
    public async Task Registration_IsPublished()
    {
        await _fixture.PutAsync(_fixture.CommandsPath, $"[{Quote}]");

        var published = await _fixture.Events.WaitForAsync<DiscordWorldEvent.CommandsRegistered>(
            cancellationToken: _fixture.Cancel
        );
        Assert.Equal(["quote"], published.Names);
        Assert.Null(published.Guild);
    }

    [Fact]
    public async Task Options_AreReturnedUnchanged()
    {
        const string option =
            """{"type":4,"name":"count","description":"d","required":true,"min_value":1,"max_value":5}""";

        var reply = await _fixture.PutAsync(
            _fixture.CommandsPath,
            $$"""[{"name":"q","description":"d","options":[{{option}}]}]"""
        );

        var read = reply.Json[0]!["options"]![0]!.AsObject();
        read.Remove("name_localizations");
        read.Remove("description_localizations");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(option), read), read.ToJsonString());
    }

    private async Task RefusedAsync(string command, string path, string code)
    {
        Assert.Equal(code, MessageTests.FormError(await _fixture.PostAsync(_fixture.CommandsPath, command), path));
        Assert.Equal(
            code,
            MessageTests.FormError(await _fixture.PutAsync(_fixture.CommandsPath, $"[{command}]"), $"0.{path}")
        );
    }
}
