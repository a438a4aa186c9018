using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Tests.Model;

/// <summary>Each object that the client reads, in three forms: as documented; with every member null in turn; with
/// every member missing in turn. None of them may fail, and the existing members are read.</summary>
public sealed class SampleTests
{
    private static readonly Dictionary<string, (string Json, Func<JsonElement?, object> Read)> Samples = new(
        StringComparer.Ordinal
    )
    {
        ["gateway bot"] = (
            """{"url":"wss://gateway.discord.gg/","session_start_limit":{"total":1000,"remaining":999,"reset_after":14400000}}""",
            GatewayBot.Read
        ),
        ["hello"] = ("""{"heartbeat_interval":45000}""", HelloData.Read),
        ["ready"] = (
            """{"user":{"id":"40","username":"serge"},"session_id":"abc","resume_gateway_url":"wss://us-east1-b.gateway.discord.gg/","application":{"id":"41"},"guilds":[{"id":"7","unavailable":true}]}""",
            ReadyData.Read
        ),
        ["guild delete"] = ("""{"id":"41771983423143937","unavailable":true}""", UnavailableGuild.Read),
        ["channel"] = (
            """{"id":"41771983423143937","type":0,"guild_id":"41771983423143938","name":"general","parent_id":"399942396007890945","permission_overwrites":[{"id":"40","type":1,"allow":"1024","deny":"2048"}]}""",
            ChannelModel.Read
        ),
        ["guild"] = (
            """{"id":"197038439483310086","owner_id":"73193882359173120","roles":[{"id":"197038439483310086","permissions":"66321471"}]}""",
            GuildModel.Read
        ),
        ["member"] = (
            """{"roles":["785609923542777878"],"permissions":"274877906943","communication_disabled_until":"2033-01-01T00:00:00+00:00"}""",
            MemberModel.Read
        ),
        ["messages"] = (
            """[{"id":"334385199974967042","author":{"id":"53908099506183680","username":"Vlady"},"content":"Supa Hot","timestamp":"2017-07-11T17:27:07.299+00:00","is_interaction_response":false}]""",
            json => json.Objects(MessageModel.Read)!
        ),
        ["application"] = ("""{"id":"41","name":"Serge"}""", ApplicationModel.Read),
        ["user"] = ("""{"id":"40","username":"serge"}""", UserModel.Read),
        ["error"] = (
            """{"code":50035,"message":"Invalid Form Body","errors":{"content":{"_errors":[{"code":"X","message":"no"}]}},"retry_after":64.57,"global":false}""",
            ApiError.Read
        ),
        ["interaction"] = (
            """
            {"id":"786008729715212338","application_id":"775799577604522054","type":2,"data":{"name":"cardsearch","type":1,
             "options":[{"name":"set","type":1,"options":[{"name":"cardname","type":3,"value":"The Gitrog Monster","focused":true}]}],"custom_id":"c","component_type":2},
             "guild_id":"290926798626357999","channel_id":"645027906669510667","member":{"roles":["539082325061836999"],"permissions":"2147483647"},
             "token":"A_UNIQUE_TOKEN","app_permissions":"442368","locale":"en-US"}
            """,
            InteractionModel.Read
        ),
        ["commands"] = (
            """
            [{"type":1,"name":"birthday","name_localizations":{"el":"γενέθλια"},"description":"Wish a friend a happy birthday","description_localizations":{"fr":"Souhaitez"},
              "options":[{"type":4,"name":"age","name_localizations":{"fr":"age"},"description":"Your friend's age","description_localizations":{"fr":"x"},"required":true,
                "choices":[{"name":"Dog","name_localizations":{"fr":"Chien"},"value":"animal_dog"}],"options":[{"type":3,"name":"inner"}],
                "min_length":1,"max_length":6000,"min_value":0.5,"max_value":9,"channel_types":[0,5],"autocomplete":false}],
              "default_member_permissions":"32","nsfw":false,"integration_types":[0,1],"contexts":[0,1,2]}]
            """,
            json => json.Objects(CommandModel.Read)!
        ),
    };

    public static TheoryData<string> Names => [.. Samples.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_InFull_IsReadToTheLastMember(string name)
    {
        var (json, read) = Samples[name];

        var written = Write(read(Parse(json)));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), written), $"Read and written again: {written}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_WithAnyMemberNull_IsRead(string name) =>
        ForEachMember(name, (parent, member) => parent[member] = null);

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_WithAnyMemberMissing_IsRead(string name) =>
        ForEachMember(name, (parent, member) => parent.Remove(member));

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_WithUnknownMembers_IsRead(string name) =>
        ForEachMember(
            name,
            (parent, member) =>
            {
                // Translations are a dictionary: a new member is one more language.
                var isDictionary =
                    parent.Parent is JsonObject
                    && parent.GetPropertyName().EndsWith("_localizations", StringComparison.Ordinal);
                parent[$"new_{member}"] = isDictionary
                    ? "x"
                    : new JsonObject { ["deep"] = new JsonArray(1, null, "x") };
            }
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_WithIdsAsNumbers_IsRead(string name)
    {
        var (json, read) = Samples[name];
        var numbers = Regex.Replace(
            json,
            "(?<=(id|permissions|allow|deny)\":)\"(?<digits>[0-9]+)\"",
            "${digits}",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromMinutes(1)
        );

        var written = Write(read(Parse(numbers)));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), written), $"Read and written again: {written}");
    }

    [Theory]
    [InlineData("\"-1\"")]
    [InlineData("\"1.5\"")]
    [InlineData("\"\"")]
    [InlineData("\" 1\"")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("true")]
    public void Id_ThatIsNone_IsMissing(string id) => Assert.Null(UserModel.Read(Parse($$"""{"id":{{id}}}""")).Id);

    /// <summary>One member that is not needed does not affect the others.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_WithAnyMemberOfAnotherType_IsReadWithoutIt(string name)
    {
        JsonNode[] others = [JsonNode.Parse("[null]")!, JsonNode.Parse("{}")!, "\"x\"", 1e300, true];
        foreach (var other in others)
        {
            ForEachMember(name, (parent, member) => parent[member] = other.DeepClone());
        }
    }

    private static readonly JsonSerializerOptions Writer = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new SnowflakeWriter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static JsonNode? Write(object model) => JsonSerializer.SerializeToNode(model, model.GetType(), Writer);

    private static JsonElement? Parse(string json) => JsonReader.Parse(Encoding.UTF8.GetBytes(json));

    private static void ForEachMember(string name, Action<JsonObject, string> change)
    {
        var (json, read) = Samples[name];
        var count = Members(JsonNode.Parse(json)!).Count();
        Assert.NotEqual(0, count);
        for (var i = 0; i < count; i++)
        {
            var changed = JsonNode.Parse(json)!;
            var (parent, member) = Members(changed).ElementAt(i);
            change(parent, member);
            Assert.NotNull(read(Parse(changed.ToJsonString())));
        }
    }

    private static IEnumerable<(JsonObject Parent, string Member)> Members(JsonNode node) =>
        node switch
        {
            JsonObject parent => parent
                .Select(pair => (parent, pair.Key))
                .Concat(parent.Select(pair => pair.Value).OfType<JsonNode>().SelectMany(Members)),
            JsonArray array => array.OfType<JsonNode>().SelectMany(Members),
            _ => [],
        };
}
