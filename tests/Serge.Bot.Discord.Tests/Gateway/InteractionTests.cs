using System.Text;
using System.Text.Json.Nodes;
using Serge.Bot.Discord.Gateway;
using Serge.Bot.Discord.Tests.Support;

namespace Serge.Bot.Discord.Tests.Gateway;

/// <summary>Interactions as the consumer receives them. Source: Discord docs, Interactions/Receiving and
/// Responding.</summary>
public sealed class InteractionTests
{
    [Fact]
    public void Command_InAServer_CarriesItsSurroundings()
    {
        var command = Assert.IsType<Interaction.Command>(
            Read(
                """
                {
                  "type": 2, "id": "786008729715212338", "token": "A_UNIQUE_TOKEN", "version": 1, "application_id": "775799577604522054",
                  "guild_id": "290926798626357999", "channel_id": "645027906669510667", "channel": { "id": "645027906669510667", "type": 0 },
                  "locale": "en-GB", "guild_locale": "fr", "app_permissions": "442368", "context": 0, "entitlements": [],
                  "authorizing_integration_owners": { "0": "290926798626357999" }, "attachment_size_limit": 10485760,
                  "member": { "user": { "id": "53908232506183680", "username": "Vlady" }, "roles": ["1"], "permissions": "2147483647", "nick": null },
                  "data": { "id": "771825006014889984", "name": "quote", "type": 1, "options": [ { "type": 3, "name": "topic", "value": "Krondstadt" } ] }
                }
                """
            )
        );

        Assert.Equal(new InteractionId(786008729715212338), command.Id);
        Assert.Equal(new GuildId(290926798626357999), command.Guild);
        Assert.Equal(new ChannelId(645027906669510667), command.Channel);
        Assert.Equal("en-GB", command.Locale);
        Assert.Equal((DiscordPermissions)2147483647, command.MemberPermissions);
        Assert.Equal((DiscordPermissions)442368, command.AppPermissions);
        Assert.Equal("quote", command.Name);
        Assert.Equal([KeyValuePair.Create("topic", "Krondstadt")], command.Options);
    }

    [Fact]
    public void Command_InADirectMessage_HasNoServer()
    {
        var command = Assert.IsType<Interaction.Command>(
            Read(
                """
                {
                  "type": 2, "id": "1", "token": "t", "application_id": "2", "channel_id": "3", "user": { "id": "4" }, "context": 1,
                  "data": { "name": "about", "type": 1 }
                }
                """
            )
        );

        Assert.Null(command.Guild);
        Assert.Equal(new ChannelId(3), command.Channel);
        Assert.Equal(
            (DiscordPermissions.None, DiscordPermissions.None),
            (command.MemberPermissions, command.AppPermissions)
        );
        Assert.Equal("en-US", command.Locale);
        Assert.Empty(command.Options);
    }

    [Theory]
    [InlineData(
        """[{"type":1,"name":"set","options":[{"type":3,"name":"zone","value":"Europe/Paris"}]}]""",
        "quote set",
        "zone=Europe/Paris"
    )]
    [InlineData(
        """[{"type":2,"name":"daily","options":[{"type":1,"name":"set","options":[{"type":4,"name":"hour","value":9}]}]}]""",
        "quote daily set",
        "hour=9"
    )]
    [InlineData("""[{"type":1,"name":"list"}]""", "quote list", "")]
    [InlineData(
        """[{"type":4,"name":"n","value":-12},{"type":5,"name":"yes","value":true},{"type":5,"name":"no","value":false}]""",
        "quote",
        "n=-12 no=false yes=true"
    )]
    [InlineData(
        """[{"type":7,"name":"channel","value":"645027906669510667"}]""",
        "quote",
        "channel=645027906669510667"
    )]
    [InlineData(
        """[{"type":10,"name":"x","value":1.5},{"type":4,"name":"whole","value":9007199254740991}]""",
        "quote",
        "whole=9007199254740991 x=1.5"
    )]
    [InlineData(
        """[{"type":3,"name":"empty","value":""},{"type":3,"name":"nothing"},{"type":3,"name":"null","value":null}]""",
        "quote",
        "empty="
    )]
    [InlineData("[]", "quote", "")]
    [InlineData("null", "quote", "")]
    public void Command_WithOptions_FlattensThem(string options, string name, string values)
    {
        var command = Assert.IsType<Interaction.Command>(
            ReadData(2, $$"""{ "name": "quote", "type": 1, "options": {{options}} }""")
        );

        Assert.Equal(name, command.Name);
        Assert.Equal(
            values,
            string.Join(' ', command.Options.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal))
        );
    }

    [Theory]
    [InlineData(
        """[{"type":3,"name":"topic","value":"rev","focused":true},{"type":3,"name":"search","value":"kept"}]""",
        "quote",
        "topic",
        "rev",
        "search=kept"
    )]
    [InlineData("""[{"type":3,"name":"topic","value":"","focused":true}]""", "quote", "topic", "", "")]
    [InlineData("""[{"type":4,"name":"n","value":"12a","focused":true}]""", "quote", "n", "12a", "")]
    [InlineData(
        """[{"type":1,"name":"set","options":[{"type":3,"name":"zone","value":"Eur","focused":true}]}]""",
        "quote set",
        "zone",
        "Eur",
        ""
    )]
    public void Completion_WhileTyping_NamesTheOptionAndTheRest(
        string options,
        string name,
        string option,
        string typed,
        string others
    )
    {
        var completion = Assert.IsType<Interaction.Autocomplete>(
            ReadData(4, $$"""{ "name": "quote", "type": 1, "options": {{options}} }""")
        );

        Assert.Equal((name, option, typed), (completion.Name, completion.Option, completion.Input));
        Assert.Equal(others, string.Join(' ', completion.Options.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public void ButtonPress_CarriesTheCustomId()
    {
        var press = Assert.IsType<Interaction.ButtonPress>(
            ReadData(3, """{ "custom_id": "another:topic=war", "component_type": 2 }""")
        );

        Assert.Equal("another:topic=war", press.CustomId);
    }

    [Theory]
    [InlineData("""{"content":"Some *words*"}""", "Some *words*")]
    [InlineData("""{"content":"","attachments":[{"id":"1"}]}""", "")] // only a picture
    [InlineData("""{"content":"","message_snapshots":[{"message":{"content":"forwarded"}}]}""", "forwarded")]
    [InlineData("""{"content":"own","message_snapshots":[{"message":{"content":"forwarded"}}]}""", "own")]
    [InlineData("""{"content":7,"message_snapshots":{}}""", "")]
    [InlineData("null", "")]
    public void MessageCommand_CarriesTheTextOfTheMessage(string message, string expected)
    {
        var data = $$"""
            { "name": "Is this a quotation?", "type": 3, "target_id": "5", "resolved": { "messages": { "5": {{message}} } } }
            """;
        var command = Assert.IsType<Interaction.MessageCommand>(ReadData(2, data));

        Assert.Equal(("Is this a quotation?", expected), (command.Name, command.Text));
    }

    [Theory]
    [InlineData("""{ "name": "a", "type": 3 }""")]
    [InlineData(
        """{ "name": "a", "type": 3, "target_id": "5", "resolved": { "messages": { "6": { "content": "b" } } } }"""
    )]
    [InlineData("""{ "name": "a", "type": 3, "target_id": null, "resolved": [] }""")]
    public void MessageCommand_WithoutItsMessage_HasNoText(string data) =>
        Assert.Equal("", Assert.IsType<Interaction.MessageCommand>(ReadData(2, data)).Text);

    [Theory]
    [InlineData(1, "{}")] // ping
    [InlineData(2, """{ "name": "About this user", "type": 2, "target_id": "5" }""")]
    [InlineData(2, """{ "type": 1 }""")]
    [InlineData(2, "null")]
    [InlineData(3, """{ "custom_id": "menu", "component_type": 3, "values": ["a"] }""")]
    [InlineData(3, """{ "component_type": 2 }""")]
    // No option is focused.
    [InlineData(4, """{ "name": "quote", "type": 1, "options": [{"type":3,"name":"topic","value":"rev"}] }""")]
    [InlineData(5, """{ "custom_id": "form", "components": [] }""")]
    [InlineData(99, """{ "name": "to come" }""")]
    public void Interaction_OfAnUnusedType_IsIgnored(int type, string data) => Assert.Null(ReadData(type, data));

    [Fact]
    public void Interaction_WhenPrinted_KeepsItsToken()
    {
        var interaction = Read(Frames.InteractionData(77).ToJsonString())!;

        Assert.DoesNotContain("secret-token", $"{interaction} {interaction.Handle}", StringComparison.Ordinal);
    }

    private static Interaction? ReadData(int type, string data)
    {
        var json = Frames.InteractionData(77);
        json["type"] = type;
        json["data"] = JsonNode.Parse(data);
        return Read(json.ToJsonString());
    }

    private static Interaction? Read(string json)
    {
        var frame = GatewayFrame.Parse(
            Encoding.UTF8.GetBytes($$"""{"op":0,"t":"INTERACTION_CREATE","s":1,"d":{{json}}}""")
        );
        return DispatchParser.Parse(frame) is DiscordEvent.InteractionReceived(var interaction) ? interaction : null;
    }
}
