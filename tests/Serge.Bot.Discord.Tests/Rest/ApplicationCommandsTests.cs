using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.Rest;
using Serge.Bot.Discord.Tests.Support;
using static Serge.Bot.Discord.Tests.Support.FakeApi;

namespace Serge.Bot.Discord.Tests.Rest;

/// <summary>Commands are written only when members would see a difference. Source: Discord docs,
/// Interactions/Application Commands.</summary>
public sealed class ApplicationCommandsTests
{
    private const string Get = "GET applications/41/commands?with_localizations=true";
    private const string Put = "PUT applications/41/commands";

    /// <summary>The commands below as Discord lists them: with additional members, with nulls, in a different
    /// order.</summary>
    private const string Listed = """
        [
          {
            "id": "902", "application_id": "41", "version": "3", "type": 1, "name": "about", "name_localizations": null, "description": "Who answers for this bot",
            "description_localizations": null, "default_member_permissions": "32", "dm_permission": true, "nsfw": false, "integration_types": [0], "contexts": [0]
          },
          {
            "id": "901", "application_id": "41", "version": "2", "type": 1, "name": "quote",
            "name_localizations": { "fr": "citation", "de": "zitat" }, "description": "A quotation", "description_localizations": null,
            "default_member_permissions": null, "default_permission": true, "dm_permission": true, "nsfw": false,
            "integration_types": [1, 0], "contexts": [2, 1, 0], "global_popularity_rank": 1,
            "options": [
              { "type": 3, "name": "topic", "description": "About what", "autocomplete": true, "max_length": 100, "name_localizations": null },
              { "type": 3, "name": "length", "description": "How long", "required": true, "choices": [
                { "name": "short", "value": "s", "name_localizations": null }, { "name": "long", "value": "l" } ] },
              { "type": 4, "name": "number", "description": "How many", "choices": [ { "name": "three", "value": 3 } ] }
            ]
          },
          {
            "id": "903", "type": 1, "name": "schedule", "description": "Posts at fixed times", "contexts": null, "integration_types": [0, 1],
            "options": [ { "type": 1, "name": "set", "description": "Sets one", "options": [ { "type": 7, "name": "channel", "description": "Where", "required": true } ] } ]
          }
        ]
        """;

    private static readonly Dictionary<string, ulong> ListedIds = new()
    {
        ["about"] = 902,
        ["quote"] = 901,
        ["schedule"] = 903,
    };

    private static readonly CommandDefinition[] Wanted =
    [
        new()
        {
            Name = "quote",
            Description = "A quotation",
            NameLocalizations = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["de"] = "zitat",
                ["fr"] = "citation",
            },
            Options =
            [
                new()
                {
                    Name = "topic",
                    Description = "About what",
                    Autocomplete = true,
                    MaxLength = 100,
                },
                new()
                {
                    Name = "length",
                    Description = "How long",
                    Required = true,
                    Choices = [new("short", "s"), new("long", "l")],
                },
                new()
                {
                    Name = "number",
                    Description = "How many",
                    Type = CommandOptionType.Integer,
                    Choices = [new("three", "3")],
                },
            ],
        },
        new()
        {
            Name = "schedule",
            Description = "Posts at fixed times",
            Options =
            [
                new()
                {
                    Name = "set",
                    Description = "Sets one",
                    Type = CommandOptionType.Subcommand,
                    Options =
                    [
                        new()
                        {
                            Name = "channel",
                            Description = "Where",
                            Type = CommandOptionType.Channel,
                            Required = true,
                        },
                    ],
                },
            ],
        },
        new()
        {
            Name = "about",
            Description = "Who answers for this bot",
            DefaultMemberPermissions = DiscordPermissions.ManageGuild,
            Contexts = CommandContexts.Guild,
            UserInstallable = false,
        },
    ];

    [Fact]
    public void Register_WhatIsRegisteredAlready_WritesNothing() =>
        With(
            async (api, discord) =>
            {
                api.On(Get, Json(200, Listed));

                var answer = await discord.RegisterCommandsAsync(Wanted, CancellationToken.None);

                var registration = Assert.IsType<Result<CommandRegistration>.Success>(answer).Value;
                Assert.Equal((false, 3), (registration.Changed, registration.Count));
                Assert.Equal(ListedIds, registration.Ids);
                Assert.DoesNotContain(api.Requests, request => request.Method == "PUT");
            }
        );

    [Fact]
    public void Register_OnANewApplication_WritesAll() =>
        With(
            async (api, discord) =>
            {
                api.On(Get, Json(200, "[]")).On(Put, Json(200, Listed));

                var answer = await discord.RegisterCommandsAsync(Wanted, CancellationToken.None);

                var registration = Assert.IsType<Result<CommandRegistration>.Success>(answer).Value;
                Assert.Equal((true, 3), (registration.Changed, registration.Count));
                Assert.Equal(ListedIds, registration.Ids);
                var body = api.Requests.Single(request => request.Method == "PUT").Json;
                Assert.Equal(
                    ["quote", "schedule", "about"],
                    body.EnumerateArray().Select(command => command.GetProperty("name").GetString())
                );
                var quote = body[0];
                Assert.Equal(1, quote.GetProperty("type").GetInt32());
                Assert.Equal("[0,1,2]", quote.GetProperty("contexts").GetRawText());
                Assert.Equal("[0,1]", quote.GetProperty("integration_types").GetRawText());
                Assert.Equal("zitat", quote.GetProperty("name_localizations").GetProperty("de").GetString());
                Assert.True(quote.GetProperty("options")[0].GetProperty("autocomplete").GetBoolean());
                Assert.Equal(100, quote.GetProperty("options")[0].GetProperty("max_length").GetInt32());
                Assert.Equal(
                    """{"name":"short","value":"s"}""",
                    quote.GetProperty("options")[1].GetProperty("choices")[0].GetRawText()
                );
                Assert.Equal(
                    3,
                    quote.GetProperty("options")[2].GetProperty("choices")[0].GetProperty("value").GetInt32()
                );
                Assert.Equal("32", body[2].GetProperty("default_member_permissions").GetString());
                Assert.Equal(
                    7,
                    body[1].GetProperty("options")[0].GetProperty("options")[0].GetProperty("type").GetInt32()
                );
            }
        );

    [Fact]
    public void Register_WhatTheBotRegistered_IsTheSame()
    {
        var wanted = Wanted.Select(CommandModel.From).ToArray();
        var read = Parse(JsonSerializer.Serialize(wanted, DiscordJson.Default.CommandModelArray));

        Assert.True(ApplicationCommands.AreSame(wanted, read));
    }

    /// <summary>A change on the server, as a path and a new value.</summary>
    [Theory]
    [InlineData("0/description", "\"Other words\"")]
    [InlineData("0/name", "\"abouts\"")]
    [InlineData("0/default_member_permissions", "null")]
    [InlineData("0/default_member_permissions", "\"0\"")]
    [InlineData("0/contexts", "[0,1]")]
    [InlineData("0/integration_types", "[0,1]")]
    [InlineData("0/nsfw", "true")]
    [InlineData("0/type", "2")]
    [InlineData("0/options", """[{"type":3,"name":"extra","description":"x"}]""")]
    [InlineData("1/name_localizations", "null")]
    [InlineData("1/name_localizations/fr", "\"mot\"")]
    [InlineData("1/description_localizations", """{"fr":"Une citation"}""")]
    [InlineData("1/options/0/autocomplete", "false")]
    [InlineData("1/options/0/required", "true")]
    [InlineData("1/options/0/max_length", "99")]
    [InlineData("1/options/0/min_length", "1")]
    [InlineData("1/options/0/type", "4")]
    [InlineData("1/options/0/description_localizations", """{"fr":"De quoi"}""")]
    [InlineData("1/options/1/choices/0/value", "\"x\"")]
    [InlineData("1/options/1/choices/0/name", "\"x\"")]
    [InlineData("1/options/1/choices/0/name_localizations", """{"fr":"court"}""")]
    [InlineData("1/options/1/choices", "[]")]
    [InlineData("1/options/2/choices/0/value", "\"3\"")]
    [InlineData("1/options/2/min_value", "1")]
    [InlineData("2/options/0/name", "\"put\"")]
    [InlineData("2/options/0/options/0/required", "false")]
    [InlineData("2/options/0/options/0/channel_types", "[0]")]
    public void AreSame_AfterOneChange_IsNo(string path, string value)
    {
        var listed = JsonNode.Parse(Listed)!;
        var steps = path.Split('/');
        var parent = steps[..^1]
            .Aggregate(
                listed,
                (node, step) =>
                    int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? node[index]! : node[step]!
            );
        parent[steps[^1]] = JsonNode.Parse(value);

        Assert.False(ApplicationCommands.AreSame(Wanted.Select(CommandModel.From), Parse(listed.ToJsonString())));
    }

    [Theory]
    [InlineData(CommandContexts.Guild, new[] { 0 })]
    [InlineData(CommandContexts.BotDm, new[] { 1 })]
    [InlineData(CommandContexts.PrivateChannel, new[] { 2 })]
    [InlineData(CommandContexts.Guild | CommandContexts.PrivateChannel, new[] { 0, 2 })]
    [InlineData(CommandContexts.None, new int[0])]
    public void From_ACommandForSomeContexts_ListsThem(CommandContexts contexts, int[] expected) =>
        Assert.Equal(expected, CommandModel.From(Wanted[0] with { Contexts = contexts }).Contexts);

    /// <summary>Discord refuses a message command with a description or options.</summary>
    [Fact]
    public void From_AMessageCommand_HasNeitherDescriptionNorOptions()
    {
        CommandDefinition command = new()
        {
            Type = CommandType.Message,
            Name = "Is this it?",
            Description = "",
            NameLocalizations = new Dictionary<string, string> { ["fr"] = "Vérifier" },
        };
        CommandModel[] models = [CommandModel.From(command)];
        var sent = JsonSerializer.Serialize(models, DiscordJson.Default.CommandModelArray);
        var listed = """
            [{"id":"1","type":3,"name":"Is this it?","name_localizations":{"fr":"Vérifier"},"description":"",
              "description_localizations":null,"nsfw":false,"integration_types":[0,1],"contexts":[0,1,2]}]
            """;

        Assert.DoesNotContain("options", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("description_localizations", sent, StringComparison.Ordinal);
        Assert.Contains("\"description\":\"\"", sent, StringComparison.Ordinal);
        Assert.True(ApplicationCommands.AreSame(models, Parse(listed)));
        Assert.False(ApplicationCommands.AreSame(models, Parse(listed.Replace("\"type\":3", "\"type\":2"))));
    }

    /// <summary>An omitted value is the default, and an explicit default is equal to it.</summary>
    [Fact]
    public void AreSame_WithDefaultsLeftOut_IsYes()
    {
        var bare = Parse("""[{"name":"a","description":"b","options":[{"type":3,"name":"c","description":"d"}]}]""");
        var full = Parse(
            """
            [{"type":1,"name":"a","description":"b","nsfw":false,"integration_types":[0],"contexts":[0,1,2],
              "name_localizations":{},"options":[
                {"type":3,"name":"c","description":"d","required":false,"autocomplete":false,
                 "channel_types":[],"choices":[],"options":[]}]}]
            """
        );

        Assert.True(ApplicationCommands.AreSame(bare, full));
        Assert.True(ApplicationCommands.AreSame(full, bare));
    }

    /// <summary>Discord ignores localized texts that equal the default, so its list may lack them. Source: Discord
    /// docs, Interactions/Application Commands, Localization.</summary>
    [Fact]
    public void AreSame_WithoutLocalizationsThatEqualTheDefault_IsYes()
    {
        var sent = Parse(
            """
            [{"type":1,"name":"source","name_localizations":{"fr":"source","de":"quelle"},
              "description":"b","description_localizations":{"fr":"b"},"options":[
                {"type":3,"name":"id","name_localizations":{"fr":"id"},
                 "description":"d","description_localizations":{"fr":"d"},
                 "choices":[{"name":"n","name_localizations":{"fr":"n"},"value":"v"}]}]}]
            """
        );
        var listed = Parse(
            """
            [{"type":1,"name":"source","name_localizations":{"de":"quelle"},
              "description":"b","description_localizations":null,"options":[
                {"type":3,"name":"id","name_localizations":null,"description":"d","description_localizations":{},
                 "choices":[{"name":"n","value":"v"}]}]}]
            """
        );

        Assert.True(ApplicationCommands.AreSame(sent, listed));
        Assert.True(ApplicationCommands.AreSame(listed, sent));
    }

    /// <summary>The boundary between two texts is part of the comparison.</summary>
    [Fact]
    public void AreSame_WithTheSameLettersDividedDifferently_IsNo()
    {
        Assert.False(
            ApplicationCommands.AreSame(
                [new() { Name = "ab", Description = "c" }],
                [new() { Name = "a", Description = "bc" }]
            )
        );
        Assert.False(ApplicationCommands.AreSame([new() { Name = "a", Description = "" }], [new() { Name = "a" }]));
    }

    [Fact]
    public void AreSame_WhenOrderOfOptionsChanges_IsNo()
    {
        var listed = JsonNode.Parse(Listed)!;
        var options = listed[1]!["options"]!.AsArray();
        var first = options[0]!;
        options.RemoveAt(0);
        options.Add(first);

        Assert.False(ApplicationCommands.AreSame(Wanted.Select(CommandModel.From), Parse(listed.ToJsonString())));
    }

    [Fact]
    public void AreSame_WithOneMoreOrLess_IsNo()
    {
        var wanted = Wanted.Select(CommandModel.From).ToArray();

        Assert.False(ApplicationCommands.AreSame(wanted, wanted[1..]));
        Assert.False(ApplicationCommands.AreSame(wanted[1..], wanted));
        Assert.False(ApplicationCommands.AreSame([], wanted));
        Assert.True(ApplicationCommands.AreSame([], []));
    }

    [Theory]
    [InlineData("GET applications/@me")]
    [InlineData(Get)]
    [InlineData(Put)]
    public void Register_WhenSomethingIsRefused_StatesWhy(string line) =>
        With(
            async (api, discord) =>
            {
                api.On(Get, Json(200, "[]")).On(Put, Json(200, "[]")).On(line, Error(400, 50035, "Invalid Form Body"));

                Assert.Equal(
                    new Result<CommandRegistration>.Refused(Refusal.Payload, "HTTP 400, code 50035: Invalid Form Body"),
                    await discord.RegisterCommandsAsync(Wanted, CancellationToken.None)
                );
            }
        );

    [Fact]
    public void Register_WhenTheResponseIsLost_WritesAgain() =>
        With(
            async (api, discord) =>
            {
                api.On(Get, Json(200, "[]")).On(Put, Lost(), Page(502, "x"), Json(200, "[]"));

                Assert.IsType<Result<CommandRegistration>.Success>(
                    await discord.RegisterCommandsAsync(Wanted, CancellationToken.None)
                );
            }
        );

    private static CommandModel[] Parse(string json) =>
        JsonReader.Parse(Encoding.UTF8.GetBytes(json)).Objects(CommandModel.Read)!;

    private static void With(Func<FakeApi, DiscordClient, Task> test) =>
        Simulation.Run(async time =>
        {
            var api = new FakeApi(time).WithServer();
            await using var discord = api.Client();
            await test(api, discord);
        });
}
