using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>Which mentions are new, page by page.</summary>
public sealed class MentionsTests
{
    private readonly WatchedTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetMentions_AfterAnId_AsksForLaterMentionsOnly()
    {
        var server = new FakeServer(_time).Answers(200, $"[{Mention(12)},{Mention(11)}]");
        await using var client = Some.Client(server, _time);

        var read = await GetAsync(client, "10");

        Assert.Equal("12", read.LastId);
        Assert.Equal(["text 11", "text 12"], read.Mentions.Select(mention => mention.Text));
        Assert.Equal(
            "/api/v1/notifications?types[]=mention&limit=40&min_id=10",
            Uri.UnescapeDataString(server.Requests.Single().Address.PathAndQuery)
        );
    }

    [Fact]
    public async Task GetMentions_ForTheFirstTime_ReadsOnlyTheNewestId()
    {
        var server = new FakeServer(_time).Answers(200, $"[{Mention(12)}]");
        await using var client = Some.Client(server, _time);

        var read = await GetAsync(client, null);

        Assert.Equal(("12", 0), (read.LastId, read.Mentions.Count));
        Assert.EndsWith("&limit=1", server.Requests.Single().Address.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetMentions_WithoutAny_KeepsTheId()
    {
        var server = new FakeServer(_time).Answers(200, "[]").Answers(200, "[]").Answers(200, "[]");
        await using var client = Some.Client(server, _time);

        Assert.Equal("", (await GetAsync(client, null)).LastId);
        Assert.Equal("", (await GetAsync(client, "")).LastId);
        Assert.Equal("9", (await GetAsync(client, "9")).LastId);
    }

    [Fact]
    public async Task GetMentions_OfAFullPage_ReadsTheNext()
    {
        var first = string.Join(',', Enumerable.Range(101, 40).Reverse().Select(id => Mention(id)));
        var server = new FakeServer(_time).Answers(200, $"[{first}]").Answers(200, $"[{Mention(141)}]");
        await using var client = Some.Client(server, _time);

        var read = await GetAsync(client, "99");

        Assert.Equal((41, "141"), (read.Mentions.Count, read.LastId));
        Assert.EndsWith("min_id=140", server.Requests[1].Address.Query, StringComparison.Ordinal);
    }

    /// <summary>Some servers ignore parameters, so that the list has old notifications and other types.</summary>
    [Fact]
    public async Task GetMentions_OfAServerThatIgnoresParameters_LeavesOutTheOldAndTheOther()
    {
        var like = """{"id":"13","type":"favourite","status":{"content":"no"}}""";
        var server = new FakeServer(_time).Answers(200, $"[{like},{Mention(12)},{Mention(10)},{Mention(9)}]");
        await using var client = Some.Client(server, _time);

        var read = await GetAsync(client, "10");

        Assert.Equal("13", read.LastId);
        Assert.Equal("text 12", Assert.Single(read.Mentions).Text);
    }

    [Fact]
    public async Task GetMentions_FieldsThatAreMissingOrOfAnotherType_DoNotMatter()
    {
        var server = new FakeServer(_time).Answers(
            200,
            """
            [
              {"id":"7","type":"mention","account":null,"status":{"content":"<p>It&#39;s <b>wrong</b><br>there</p>","visibility":"public","spoiler_text":"history"}},
              {"id":"6","type":"mention","account":{"acct":"ada@m.example"},"status":null},
              {"id":"5","type":"mention","account":{"acct":"ada"},"status":{"url":"javascript:alert(1)","content":7}},
              {"type":"mention"}, null, 5,
              {"id":"4","type":"mention","account":{"acct":"ada"},"status":{"url":"https://m.example/@ada/4","content":"","visibility":"direct"}}
            ]
            """
        );
        await using var client = Some.Client(server, _time);

        var read = await GetAsync(client, "3");

        Assert.Equal(
            [
                new MastodonMention
                {
                    Acct = "ada",
                    Url = new Uri("https://m.example/@ada/4"),
                    Text = "",
                    IsPrivate = true,
                },
                new MastodonMention
                {
                    Acct = "ada",
                    Url = null,
                    Text = "",
                    IsPrivate = true,
                },
                new MastodonMention
                {
                    Acct = null,
                    Url = null,
                    Text = "history – It's wrong\nthere",
                    IsPrivate = false,
                },
            ],
            read.Mentions
        );
    }

    [Fact]
    public async Task GetMentions_WithoutTheScope_IsRefused()
    {
        var server = new FakeServer(_time).Answers(403, """{"error":"This action is outside the authorized scopes"}""");
        await using var client = Some.Client(server, _time);

        var refused = Assert.IsType<Result<MastodonMentions>.Refused>(await client.GetMentionsAsync("1", Stop));
        Assert.Equal(Refusal.Forbidden, refused.Kind);
    }

    private static async Task<MastodonMentions> GetAsync(BoundedClient client, string? afterId) =>
        Assert.IsType<Result<MastodonMentions>.Success>(await client.GetMentionsAsync(afterId, Stop)).Value;

    private static string Mention(int id) =>
        $$$"""
            {"id":"{{{id}}}","type":"mention","account":{"acct":"ada@m.example"},
             "status":{"url":"https://m.example/@ada/{{{id}}}","content":"<p>text {{{id}}}</p>","visibility":"public"}}
            """;
}
