using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>A server's response is untrusted: a field that is missing, null or of another type affects no other field,
/// and nothing throws.</summary>
public sealed class ResponseFieldsTests
{
    private readonly WatchedTime _time = new();

    /// <summary>Values of every JSON type that replace an expected value.</summary>
    private static readonly string[] Values =
    [
        "null",
        "true",
        "-1",
        "1.5",
        "1e400",
        "99999999999999999999",
        "\"\"",
        "\"text\"",
        "\"\\ud83d\"",
        "[]",
        "[null]",
        "[[]]",
        "{}",
        "{\"id\":null}",
    ];

    public static TheoryData<string, string> OptionalFields(string fields)
    {
        TheoryData<string, string> rows = [];
        foreach (var field in fields.Split(' '))
        {
            foreach (var value in Values)
            {
                rows.Add(field, value);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(OptionalFields), "url content text created_at reblog account tags")]
    public async Task Send_OptionalFieldOfAnotherType_IsStillSent(string field, string value)
    {
        var outcome = await SendAsync(With("""{"id":"42"}""", field, value));

        Assert.Equal(new SendOutcome.Sent("42", Url: null), outcome);
    }

    [Theory]
    [MemberData(nameof(OptionalFields), "url bot note source fields emojis")]
    public async Task Account_OptionalFieldOfAnotherType_IsStillTheAccount(string field, string value)
    {
        var answer = await AccountAsync(With("""{"id":"42","acct":"serge"}""", field, value));

        var account = Assert.IsType<Result<MastodonAccount>.Success>(answer).Value;
        Assert.Equal(("42", "serge"), (account.Id, account.Acct));
    }

    [Theory]
    [MemberData(nameof(OptionalFields), "configuration max_toot_chars source_url api_versions usage")]
    public async Task Instance_OptionalFieldOfAnotherType_IsStillTheServer(string field, string value)
    {
        var answer = await InstanceAsync(With("""{"version":"4.5.7"}""", field, value));

        var instance = Assert.IsType<Result<MastodonInstance>.Success>(answer).Value;
        Assert.Equal("4.5.7", instance.Version);
        Assert.InRange(instance.MaxCharacters, 1, int.MaxValue);
        Assert.InRange(instance.CharactersReservedPerUrl, 0, 999);
    }

    [Theory]
    [MemberData(nameof(OptionalFields), "max_characters characters_reserved_per_url max_media_attachments")]
    public async Task Instance_LimitOfAnotherType_LeavesTheOtherLimits(string field, string value)
    {
        var statuses = JsonNode.Parse("""{"max_characters":5000,"characters_reserved_per_url":25}""")!.AsObject();
        statuses.Remove(field);
        var limits = With(statuses.ToJsonString(), field, value);

        var answer = await InstanceAsync($$$"""{"version":"4.5.7","configuration":{"statuses":{{{limits}}}}}""");

        var instance = Assert.IsType<Result<MastodonInstance>.Success>(answer).Value;
        if (field != "max_characters")
        {
            Assert.Equal(5000, instance.MaxCharacters);
        }

        if (field != "characters_reserved_per_url")
        {
            Assert.Equal(25, instance.CharactersReservedPerUrl);
        }
    }

    [Fact]
    public async Task Account_EveryField_IsReadFromItsOwnName()
    {
        var answer = await AccountAsync(
            """
            {"id":7,"acct":"serge","username":"u","display_name":"d",
            "url":"https://m.example/@serge","uri":"https://m.example/users/serge",
            "bot":true,"locked":false,"note":"<p>html</p>","source":{"note":"plain","privacy":"public"},
            "fields":[{"name":"Site","value":"<b>a</b>","verified_at":null},null,{"name":null,"value":null}]}
            """
        );

        Assert.Equal(
            new Result<MastodonAccount>.Success(
                new("7", "serge", new Uri("https://m.example/@serge"), Bot: true, "plain\nSite: a\n: ")
            ),
            answer
        );
    }

    [Theory]
    [InlineData("""{"version":"4.5.7","configuration":{"statuses":{"max_characters":1}},"max_toot_chars":7}""", 1, 23)]
    [InlineData("""{"version":"4.5.7","max_toot_chars":7}""", 7, 23)]
    [InlineData("""{"version":"4.5.7","max_toot_chars":0}""", 500, 23)]
    [InlineData("""{"version":"4.5.7","max_toot_chars":-1}""", 500, 23)]
    [InlineData("""{"version":"4.5.7","max_toot_chars":1}""", 1, 23)]
    [InlineData("""{"version":"4.5.7","max_toot_chars":2147483647}""", int.MaxValue, 23)]
    [InlineData("""{"version":"4.5.7","max_toot_chars":2147483648}""", int.MaxValue, 23)]
    [InlineData("""{"version":"4.5.7","configuration":{"statuses":{"characters_reserved_per_url":999}}}""", 500, 999)]
    [InlineData("""{"version":"4.5.7","configuration":{"statuses":{"characters_reserved_per_url":1000}}}""", 500, 23)]
    [InlineData("""{"version":"4.5.7","configuration":{"statuses":{"characters_reserved_per_url":0}}}""", 500, 0)]
    [InlineData("""{"version":"4.5.7","configuration":{"statuses":{"characters_reserved_per_url":"25"}}}""", 500, 25)]
    public async Task Instance_Limits_AreReadWithinBounds(string json, int most, int reserved)
    {
        var instance = Assert.IsType<Result<MastodonInstance>.Success>(await InstanceAsync(json)).Value;

        Assert.Equal((most, reserved), (instance.MaxCharacters, instance.CharactersReservedPerUrl));
    }

    [Theory]
    [InlineData("http://m.example/@serge/1", true)]
    [InlineData("https://m.example/@serge/1", true)]
    [InlineData("ftp://m.example/1", false)]
    [InlineData("/@serge/1", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("", false)]
    public async Task Send_AddressOfThePost_IsSetWhereAPersonCanOpenIt(string url, bool told) =>
        Assert.Equal(
            new SendOutcome.Sent("42", told ? new Uri(url) : null),
            await SendAsync($$"""{"id":"42","url":"{{url}}","uri":"https://m.example/activity/1"}""")
        );

    /// <summary>Any part of a real response, replaced by any value.</summary>
    [Fact]
    public async Task AnyRead_AnyChangeOfARealAnswer_DoesNotThrow()
    {
        string[] answers =
        [
            Samples.MastodonStatus,
            $"[{Samples.SnacStatus},{Samples.GoToSocialStatus}]",
            Samples.MastodonAccount,
            Samples.MastodonInstanceV2,
            Samples.SnacInstanceV1,
        ];
        var changed = Gen.Select(
            Gen.Int[0, answers.Length - 1],
            Gen.Int[0, 2000],
            Gen.Int[0, Values.Length - 1],
            (answer, at, value) => Changed(answers[answer], at, Values[value])
        );

        await changed.SampleAsync(AssertNothingThrowsAsync, iter: 300);
    }

    [Fact]
    public async Task AnyRead_AnyBytes_DoesNotThrow() =>
        await Gen
            .Byte.Array[0, 60]
            .Select(bytes => (byte[])[.. "[{\"id\":\"1\",\"content\":\""u8, .. bytes, .. "\"}]"u8])
            .SampleAsync(body => AssertNothingThrowsAsync(Encoding.Latin1.GetString(body)), iter: 200);

    [Fact]
    public async Task AnyRead_BytesThatAreNotUtf8_HaveTheReplacementCharacter()
    {
        var server = new FakeServer(_time).Does(() =>
        {
            var response = FakeServer.Response(200, "", "application/json");
            response.Content = new ByteArrayContent([.. "{\"id\":\"1\",\"acct\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
            return response;
        });
        await using var client = Some.Client(server, _time);

        var read = await client.GetAccountAsync(TestContext.Current.CancellationToken);

        Assert.Equal("\uFFFD(", Assert.IsType<Result<MastodonAccount>.Success>(read).Value.Acct);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("null,null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"created_at":"2026-03-29T09:01:00Z","content":"text"}""")] // no id
    [InlineData("""{"id":"","created_at":"2026-03-29T09:01:00Z","content":"text"}""")]
    [InlineData("""{"id":"1","content":"text"}""")] // it may be older than the send
    [InlineData("""{"id":"1","created_at":"","content":"text"}""")]
    [InlineData("""{"id":"1","created_at":1774774800,"content":"text"}""")]
    [InlineData("""{"id":"1","created_at":"yesterday","content":"text"}""")]
    [InlineData("""{"id":"1","created_at":"2026-03-29T09:01:00Z"}""")] // it may have the text
    [InlineData("""{"id":"1","created_at":"2026-03-29T09:01:00Z","text":"","content":{}}""")]
    [InlineData("""{"id":"1","created_at":"2026-03-29T09:01:00Z","content":"\ud83d"}""")]
    public async Task FindPublished_PostThatCannotBeRead_ProvesNothing(string post)
    {
        const string Old = """{"id":"0","created_at":"2026-03-28T08:59:00Z","content":"old"}""";
        var server = new FakeServer(_time).Answers(200, Samples.MastodonAccount).Answers(200, $"[{post},{Old}]");
        await using var client = Some.Client(server, _time);

        Assert.IsType<LookupResult.Inconclusive>(
            await client.FindOwnAsync("text", _time.GetUtcNow(), TestContext.Current.CancellationToken)
        );
    }

    /// <summary>A post with another text is not the post, whatever other fields are missing; an older post is not,
    /// either.</summary>
    [Theory]
    [InlineData("""{"created_at":"2026-03-29T09:01:00Z","content":"x"}""")]
    [InlineData("""{"id":"1","created_at":"","content":"x"}""")]
    [InlineData("""{"id":[],"created_at":null,"url":{},"reblog":"","content":"x"}""")]
    [InlineData("""{"id":"1","created_at":"2026-03-29T08:00:00Z","content":null}""")]
    public async Task FindPublished_AnotherPostWithoutAFieldThatIsNotNeeded_IsNotFound(string post)
    {
        const string Old = """{"id":"0","created_at":"2026-03-28T08:59:00Z","content":"old"}""";
        var server = new FakeServer(_time).Answers(200, Samples.MastodonAccount).Answers(200, $"[{post},{Old}]");
        await using var client = Some.Client(server, _time);

        Assert.IsType<LookupResult.NotFound>(
            await client.FindOwnAsync("text", _time.GetUtcNow(), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task FindPublished_ThePostBesideMalformedOnes_IsFound()
    {
        const string List = """[null,{},{"id":"7","created_at":"2026-03-29T09:01:00Z","url":[],"content":"text"},7]""";
        var server = new FakeServer(_time).Answers(200, Samples.MastodonAccount).Answers(200, List);
        await using var client = Some.Client(server, _time);

        Assert.Equal(
            new LookupResult.Found("7", Url: null),
            await client.FindOwnAsync("text", _time.GetUtcNow(), TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public async Task FindPublished_ServerClockAtTheEndOfTime_DoesNotThrow(string date)
    {
        var server = new FakeServer(_time)
            .Answers(200, Samples.MastodonAccount)
            .Answers(200, "[]", headers: ("Date", date));
        await using var client = Some.Client(server, _time);

        await client.FindOwnAsync(
            "text",
            _time.GetUtcNow() - TimeSpan.FromHours(1),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(2, server.Requests.Count);
    }

    private async Task AssertNothingThrowsAsync(string body)
    {
        var server = new FakeServer(_time);
        await using var client = Some.Client(server, _time);
        var stop = TestContext.Current.CancellationToken;

        server.Answers(200, body);
        Assert.True(await client.SendAsync(Some.Status(), Some.Key, stop) is SendOutcome.Sent or SendOutcome.Unknown);
        server.Answers(200, body);
        await client.GetInstanceAsync(stop);
        server.Answers(200, body);
        await client.GetAccountAsync(stop);
        server.Answers(200, Samples.MastodonAccount).Answers(200, body).Answers(200, body).Answers(200, body);
        await client.GetAccountAsync(stop);
        await client.FindOwnAsync("text", _time.GetUtcNow(), stop);
        server.Answers(422, body);
        await client.EditAsync("1", Some.Status(), stop);
    }

    /// <summary>The response in which the value replaces the n-th part, in document order.</summary>
    private static string Changed(string answer, int n, string value)
    {
        var root = JsonNode.Parse(answer)!;
        List<JsonNode?> parts = [];
        Collect(root);
        var part = parts[n % parts.Count];
        if (part is null)
        {
            // Already null, and a null node has no parent in which to replace it.
            return answer;
        }

        if (part == root)
        {
            return value;
        }

        // Not as a node, because some of the values cannot be written as one.
        part.ReplaceWith(JsonValue.Create("(here)"));
        return root.ToJsonString().Replace("\"(here)\"", value, StringComparison.Ordinal);

        void Collect(JsonNode? node)
        {
            parts.Add(node);
            var children = node switch
            {
                JsonObject map => map.Select(pair => pair.Value),
                JsonArray list => list,
                _ => [],
            };
            foreach (var child in children)
            {
                Collect(child);
            }
        }
    }

    /// <summary>The object with one more member after the existing ones.</summary>
    private static string With(string json, string field, string value) => $"{json[..^1]},\"{field}\":{value}}}";

    private async Task<SendOutcome> SendAsync(string body)
    {
        await using var client = Some.Client(new FakeServer(_time).Answers(200, body), _time);
        return await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
    }

    private async Task<Result<MastodonAccount>> AccountAsync(string body)
    {
        await using var client = Some.Client(new FakeServer(_time).Answers(200, body), _time);
        return await client.GetAccountAsync(TestContext.Current.CancellationToken);
    }

    private async Task<Result<MastodonInstance>> InstanceAsync(string body)
    {
        await using var client = Some.Client(new FakeServer(_time).Answers(200, body), _time);
        return await client.GetInstanceAsync(TestContext.Current.CancellationToken);
    }
}
