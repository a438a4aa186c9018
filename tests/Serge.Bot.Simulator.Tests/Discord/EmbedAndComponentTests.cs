using System.Globalization;
using System.Text.RegularExpressions;

namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>The limits of embeds and components. Source: Discord docs, Resources/Message and
/// Components/Reference.</summary>
public sealed partial class EmbedAndComponentTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await SimulatorFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData("""{"title":"256"}""", """{"title":"257"}""", "embeds.0.title", "BASE_TYPE_MAX_LENGTH")]
    [InlineData(
        """{"description":"4096"}""",
        """{"description":"4097"}""",
        "embeds.0.description",
        "BASE_TYPE_MAX_LENGTH"
    )]
    [InlineData(
        """{"footer":{"text":"2048"}}""",
        """{"footer":{"text":"2049"}}""",
        "embeds.0.footer.text",
        "BASE_TYPE_MAX_LENGTH"
    )]
    [InlineData(
        """{"author":{"name":"256"}}""",
        """{"author":{"name":"257"}}""",
        "embeds.0.author.name",
        "BASE_TYPE_MAX_LENGTH"
    )]
    [InlineData(
        """{"fields":[{"name":"256","value":"1024"}]}""",
        """{"fields":[{"name":"257","value":"1"}]}""",
        "embeds.0.fields.0.name",
        "BASE_TYPE_MAX_LENGTH"
    )]
    [InlineData(
        """{"fields":[{"name":"1","value":"1"}]}""",
        """{"fields":[{"name":"1","value":"1025"}]}""",
        "embeds.0.fields.0.value",
        "BASE_TYPE_MAX_LENGTH"
    )]
    [InlineData(
        """{"fields":[{"name":"1","value":"1"}]}""",
        """{"fields":[{"name":"1"}]}""",
        "embeds.0.fields.0.value",
        "BASE_TYPE_REQUIRED"
    )]
    [InlineData(
        """{"title":"1","color":16777215}""",
        """{"title":"1","color":16777216}""",
        "embeds.0.color",
        "NUMBER_TYPE_MAX"
    )]
    [InlineData(
        """{"title":"1","url":"https://example.org"}""",
        """{"title":"1","url":"example"}""",
        "embeds.0.url",
        "URL_TYPE_INVALID_URL"
    )]
    [InlineData(
        """{"title":"1","url":"http://example.org"}""",
        """{"title":"1","url":"ftp://example.org"}""",
        "embeds.0.url",
        "URL_TYPE_INVALID_SCHEME"
    )]
    [InlineData(
        """{"title":"1","timestamp":"2026-02-01T00:00:00Z"}""",
        """{"title":"1","timestamp":"soon"}""",
        "embeds.0.timestamp",
        "DATE_TIME_TYPE_PARSE"
    )]
    [InlineData("""{"title":"1"}""", "{}", "embeds.0.description", "BASE_TYPE_REQUIRED")]
    public async Task Embed_AtItsLimit_IsAcceptedAndAboveItIsRejected(string good, string bad, string path, string code)
    {
        Assert.Equal(200, (await PostAsync($$"""{"embeds":[{{Grown(good)}}]}""")).Status);
        Assert.Equal(code, MessageTests.FormError(await PostAsync($$"""{"embeds":[{{Grown(bad)}}]}"""), path));
    }

    [Theory]
    [InlineData(10, 200)]
    [InlineData(11, 400)]
    public async Task Embeds_OfOneMessage_AreLimitedTo10(int count, int status) =>
        Assert.Equal(status, (await PostAsync($$"""{"embeds":[{{Repeated("""{"title":"1"}""", count)}}]}""")).Status);

    [Theory]
    [InlineData(25, 200)]
    [InlineData(26, 400)]
    public async Task Fields_OfOneEmbed_AreLimitedTo25(int count, int status) =>
        Assert.Equal(
            status,
            (
                await PostAsync($$"""{"embeds":[{"fields":[{{Repeated("""{"name":"1","value":"1"}""", count)}}]}]}""")
            ).Status
        );

    [Fact]
    public async Task Embeds_Together_AreLimitedTo6000Characters()
    {
        var embed = Grown("""{"description":"3000"}""");
        var small = Grown("""{"title":"1"}""");

        Assert.Equal(200, (await PostAsync($$"""{"embeds":[{{embed}},{{embed}}]}""")).Status);
        Assert.Equal(
            "MAX_EMBED_SIZE_EXCEEDED",
            MessageTests.FormError(await PostAsync($$"""{"embeds":[{{embed}},{{embed}},{{small}}]}"""), "embeds.2")
        );
    }

    [Fact]
    public async Task Embed_IsReturnedWithTheTypeRich()
    {
        var reply = await PostAsync(
            """{"embeds":[{"title":" t ","type":"link","color":255,"fields":[{"name":"n","value":"v"}],"footer":{"text":"f"}}]}"""
        );

        var embed = reply.Json["embeds"]![0]!;
        Assert.Equal("rich", (string)embed["type"]!);
        Assert.Equal("t", (string)embed["title"]!);
        Assert.Equal(255, (int)embed["color"]!);
        Assert.False((bool)embed["fields"]![0]!["inline"]!);
        Assert.Equal("f", (string)embed["footer"]!["text"]!);
    }

    [Fact]
    public async Task Embeds_WithoutThePermission_Return50013()
    {
        _fixture.World.Discord.SetPermissions(
            _fixture.Channel,
            _fixture.Bot,
            Permissions.ViewChannel | Permissions.SendMessages
        );

        var reply = await PostAsync("""{"content":"a","embeds":[{"title":"1"}]}""");

        Assert.Equal(50013, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData("""{"type":2,"style":1,"label":"More","custom_id":"more"}""")]
    [InlineData("""{"type":2,"style":5,"label":"Source","url":"https://example.org"}""")]
    [InlineData("""{"type":2,"style":4,"emoji":{"name":"🗑"},"custom_id":"x","disabled":true}""")]
    [InlineData("""{"type":3,"custom_id":"topic","options":[{"label":"War","value":"war"}]}""")]
    public async Task Components_Valid_AreReturnedWithIds(string component)
    {
        var reply = await PostAsync($$"""{"content":"a","components":[{"type":1,"components":[{{component}}]}]}""");

        Assert.Equal(200, reply.Status);
        Assert.Equal(1, (int)reply.Json["components"]![0]!["id"]!);
        Assert.Equal(2, (int)reply.Json["components"]![0]!["components"]![0]!["id"]!);
    }

    [Theory]
    [InlineData("""{"type":2,"custom_id":"x","label":"a"}""", "style", "BASE_TYPE_REQUIRED")]
    [InlineData("""{"type":2,"style":9,"custom_id":"x","label":"a"}""", "style", "BASE_TYPE_CHOICES")]
    [InlineData("""{"type":2,"style":1,"label":"a"}""", "custom_id", "BASE_TYPE_REQUIRED")]
    [InlineData("""{"type":2,"style":1,"label":"a","custom_id":""}""", "custom_id", "BASE_TYPE_BAD_LENGTH")]
    [InlineData("""{"type":2,"style":1,"label":"a","custom_id":"101"}""", "custom_id", "BASE_TYPE_BAD_LENGTH")]
    [InlineData("""{"type":2,"style":1,"label":"81","custom_id":"x"}""", "label", "BASE_TYPE_MAX_LENGTH")]
    [InlineData("""{"type":2,"style":1,"custom_id":"x"}""", "label", "BUTTON_COMPONENT_MISSING_LABEL_AND_EMOJI")]
    [InlineData("""{"type":2,"style":5,"label":"a"}""", "url", "BASE_TYPE_REQUIRED")]
    [InlineData(
        """{"type":2,"style":5,"label":"a","url":"https://example.org","custom_id":"x"}""",
        "custom_id",
        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"
    )]
    [InlineData("""{"type":4,"custom_id":"x"}""", "type", "BASE_TYPE_CHOICES")]
    [InlineData("""{"type":3,"custom_id":"x"}""", "options", "BASE_TYPE_REQUIRED")]
    [InlineData("""{"type":3,"custom_id":"x","options":[]}""", "options", "BASE_TYPE_BAD_LENGTH")]
    public async Task Component_Invalid_IsRejected(string component, string field, string code)
    {
        var body = $$"""{"content":"a","components":[{"type":1,"components":[{{Grown(component)}}]}]}""";

        Assert.Equal(code, MessageTests.FormError(await PostAsync(body), $"components.0.components.0.{field}"));
    }

    [Fact]
    public async Task Components_AreLimitedToFiveRowsOfFiveButtons()
    {
        var buttons = string.Join(
            ',',
            Enumerable.Range(0, 6).Select(number => $$"""{"type":2,"style":1,"label":"a","custom_id":"{{number}}"}""")
        );
        var rows = Repeated(
            """{"type":1,"components":[{"type":2,"style":5,"label":"a","url":"https://example.org"}]}""",
            6
        );

        Assert.Equal(
            "BASE_TYPE_BAD_LENGTH",
            MessageTests.FormError(
                await PostAsync($$"""{"content":"a","components":[{"type":1,"components":[{{buttons}}]}]}"""),
                "components.0.components"
            )
        );
        Assert.Equal(
            "BASE_TYPE_MAX_LENGTH",
            MessageTests.FormError(await PostAsync($$"""{"content":"a","components":[{{rows}}]}"""), "components")
        );
    }

    [Fact]
    public async Task CustomId_UsedTwice_IsRejected()
    {
        const string button = """{"type":2,"style":1,"label":"a","custom_id":"x"}""";

        var reply = await PostAsync(
            $$"""{"content":"a","components":[{"type":1,"components":[{{button}},{{button}}]}]}"""
        );

        Assert.Equal(
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            MessageTests.FormError(reply, "components.0.components.1.custom_id")
        );
    }

    private static string Repeated(string json, int count) => string.Join(',', Enumerable.Repeat(json, count));

    /// <summary>Replaces each text of 2 to 4 digits by a text of that length.</summary>
    private static string Grown(string json) => Digits().Replace(json, Grow);

    private static string Grow(Match digits)
    {
        var length = int.Parse(digits.Groups["length"].Value, CultureInfo.InvariantCulture);
        return $"\"{new string('x', length)}\"";
    }

    [GeneratedRegex("\"(?<length>[0-9]{2,4})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Digits();

    private Task<Reply> PostAsync(string body) => _fixture.PostAsync(_fixture.MessagesPath, body);
}
