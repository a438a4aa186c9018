using System.Text.Json;
using System.Text.Json.Nodes;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

public sealed class SendTests
{
    private readonly WatchedTime _time = new();

    [Fact]
    public async Task Send_Status_AsksAsTheDocumentationSays()
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonStatus);
        var status = new MastodonStatus
        {
            Text = "“All violence is dictatorial.” 🙂",
            Language = "fr",
            Warning = "political violence",
            Visibility = MastodonVisibility.Public,
        };

        await SendAsync(server, status);

        var request = Assert.Single(server.Requests);
        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("https://mastodon.example/api/v1/statuses", request.Address.AbsoluteUri);
        Assert.Equal(Some.Key, request.Header("Idempotency-Key"));
        Assert.Equal($"Bearer {Some.Token}", request.Header("Authorization"));
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.StartsWith("Serge.Bot/", request.Header("User-Agent"), StringComparison.Ordinal);
        Assert.Equal("application/json", request.ContentType?.MediaType);
        using var body = JsonDocument.Parse(request.Body!);
        Assert.Equal("“All violence is dictatorial.” 🙂", body.RootElement.GetProperty("status").GetString());
        Assert.Equal("fr", body.RootElement.GetProperty("language").GetString());
        Assert.Equal("political violence", body.RootElement.GetProperty("spoiler_text").GetString());
        Assert.Equal("public", body.RootElement.GetProperty("visibility").GetString());
        Assert.True(body.RootElement.GetProperty("sensitive").GetBoolean());
    }

    [Fact]
    public async Task Send_StatusWithoutWarning_IsNotSensitiveWhateverTheAccountsDefault()
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonStatus);

        await SendAsync(server);

        using var body = JsonDocument.Parse(server.Requests[0].Body!);
        Assert.False(body.RootElement.GetProperty("sensitive").GetBoolean());
        Assert.Equal("", body.RootElement.GetProperty("spoiler_text").GetString());
    }

    [Theory]
    [InlineData(MastodonVisibility.Public, "public")]
    [InlineData(MastodonVisibility.Unlisted, "unlisted")]
    [InlineData(MastodonVisibility.Private, "private")]
    [InlineData(MastodonVisibility.Direct, "direct")]
    public async Task Send_Visibility_IsTheApisWord(MastodonVisibility visibility, string word)
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonStatus);

        await SendAsync(server, Some.Status() with { Visibility = visibility });

        using var body = JsonDocument.Parse(server.Requests[0].Body!);
        Assert.Equal(word, body.RootElement.GetProperty("visibility").GetString());
    }

    [Theory]
    [InlineData("https://mastodon.example", "https://mastodon.example/api/v1/statuses")]
    [InlineData("https://mastodon.example/", "https://mastodon.example/api/v1/statuses")]
    [InlineData("http://127.0.0.1:5080/mastodon/", "http://127.0.0.1:5080/mastodon/api/v1/statuses")]
    [InlineData("http://127.0.0.1:5080/mastodon", "http://127.0.0.1:5080/mastodon/api/v1/statuses")]
    [InlineData("https://mastodon.example/?lang=en#top", "https://mastodon.example/api/v1/statuses")]
    public async Task Send_AddressWithOrWithoutPath_PutsRoutesBelowIt(string address, string route)
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time, address);

        await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

        Assert.Equal(route, server.Requests[0].Address.AbsoluteUri);
    }

    [Theory]
    [InlineData(
        Samples.MastodonStatus,
        "117020585907693810",
        "http://localhost:3000/@mastodonpy_test/117020585907693810"
    )]
    [InlineData(
        Samples.GoToSocialStatus,
        "01M81VA6YYV530CTB7MA47974F",
        "http://localhost:18083/@bot/statuses/01M81VA6YYV530CTB7MA47974F"
    )]
    [InlineData(
        Samples.SnacStatus,
        "1795358528307ce60967de1ec4c2c1345da74c8e79",
        "http://127.0.0.1:18081/bot/p/1795358528.848323"
    )]
    [InlineData(Samples.MastodonScheduledStatus, "1", null)] // repeated names are accepted
    [InlineData("""{"id":42,"url":null}""", "42", null)] // an id as a number
    [InlineData("""{"id":"1","url":"javascript:alert(1)"}""", "1", null)]
    [InlineData("""{"id":"1","content":{"new":"shape"},"created_at":null}""", "1", null)]
    [InlineData("""{"status":"request already handled"}""", null, null)] // GoToSocial, for a repeated key
    public async Task Send_Accepted_IsSentWithTheServersIdAndAddress(string answer, string? id, string? page)
    {
        var outcome = await SendAsync(new FakeServer(_time).Answers(200, answer));

        Assert.Equal(new SendOutcome.Sent(id, page is null ? null : new Uri(page)), outcome);
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("{\"id\":\"1", "application/json")]
    [InlineData("{\"id\":null}", "application/json")]
    [InlineData("{\"id\":\"\"}", "application/json")]
    [InlineData("{\"status\":\"accepted\"}", "application/json")]
    [InlineData("<!DOCTYPE html><title>Welcome</title>", "text/html")]
    [InlineData("OK", "text/plain")]
    public async Task Send_SuccessWithoutContent_IsUnknown(string answer, string type) =>
        Assert.IsType<SendOutcome.Unknown>(await SendAsync(new FakeServer(_time).Answers(200, answer, type)));

    [Theory]
    [InlineData(403, Refusal.Forbidden)]
    [InlineData(404, Refusal.Gone)]
    [InlineData(410, Refusal.Gone)]
    [InlineData(400, Refusal.Payload)]
    [InlineData(406, Refusal.Payload)]
    [InlineData(413, Refusal.Payload)]
    [InlineData(418, Refusal.Payload)]
    [InlineData(422, Refusal.Payload)]
    public async Task Send_RefusedPermanently_IsRefusedWithTheServersMessage(int status, Refusal kind)
    {
        var outcome = await SendAsync(
            new FakeServer(_time).Answers(
                status,
                """{"error":"Validation failed: Text character limit of 500 exceeded"}"""
            )
        );

        var refused = Assert.IsType<SendOutcome.Refused>(outcome);
        Assert.Equal(kind, refused.Kind);
        Assert.Equal($"HTTP {status}: Validation failed: Text character limit of 500 exceeded", refused.Reason);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Send_SentOnElsewhere_IsUnavailableAndNamesTheOtherAddress(int status)
    {
        var server = new FakeServer(_time).Answers(
            status,
            headers: ("Location", "https://www.mastodon.example/api/v1/statuses")
        );

        var outcome = Assert.IsType<SendOutcome.Unavailable>(await SendAsync(server));

        Assert.Contains("https://www.mastodon.example/api/v1/statuses", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(409)] // GoToSocial still processes a request with the same key
    [InlineData(500)] // Mastodon 4.6 returns this for a repeated key, although the post exists
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(520)]
    public async Task Send_ServerError_IsUnknownAndNotSentAgain(int status)
    {
        var server = new FakeServer(_time).Answers(status, "<h1>Bad gateway</h1>", "text/html");

        Assert.IsType<SendOutcome.Unknown>(await SendAsync(server));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"error":"The access token is invalid"}""", "application/json")]
    [InlineData("", "text/html")]
    public async Task Send_TokenNotAccepted_IsUnavailableAndReportsIt(string body, string type)
    {
        var outcome = Assert.IsType<SendOutcome.Unavailable>(
            await SendAsync(new FakeServer(_time).Answers(401, body, type))
        );

        Assert.Contains("access token", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_RefusedWithoutABodyAndTheTokenIsBad_IsUnavailableSoThatThePostIsNotLost()
    {
        // snac returns 422 without a body for an unknown token.
        var server = new FakeServer(_time).Answers(422, "", "text/html").Answers(422, "", "text/html");

        var outcome = Assert.IsType<SendOutcome.Unavailable>(await SendAsync(server));

        Assert.Contains("access token", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal("/api/v1/accounts/verify_credentials", server.Requests[1].Address.AbsolutePath);
    }

    [Fact]
    public async Task Send_RefusedWithoutABodyThoughTheTokenIsGood_IsRefused()
    {
        var server = new FakeServer(_time).Answers(422, "", "text/html").Answers(200, Samples.MastodonAccount);

        Assert.Equal(new SendOutcome.Refused(Refusal.Payload, "HTTP 422"), await SendAsync(server));
    }

    [Fact]
    public async Task Send_RefusedWithoutABodyAndTheCauseIsUnknown_IsUnavailable()
    {
        var server = new FakeServer(_time)
            .Answers(422, "", "text/html")
            .Answers(404, Samples.SnacNotFound, "text/html");

        Assert.IsType<SendOutcome.Unavailable>(await SendAsync(server));
    }

    [Theory]
    [InlineData(
        """{"error":"バリデーションに失敗しました: Text上限は500文字です"}""",
        "application/json",
        "HTTP 422: バリデーションに失敗しました: Text上限は500文字です"
    )]
    [InlineData("""{"error":"two\nlines\u0007  and more"}""", "application/json", "HTTP 422: two lines and more")]
    [InlineData("""{"error":{"code":1}}""", "application/json", "HTTP 422")]
    [InlineData("<h1>422 Unprocessable (snac/2.96)</h1>", "text/html", "HTTP 422")]
    public async Task Send_AnyErrorBody_IsQuotedAsOneLine(string body, string type, string reason)
    {
        var refused = Assert.IsType<SendOutcome.Refused>(
            await SendAsync(new FakeServer(_time).Answers(422, body, type))
        );

        Assert.Equal(reason, refused.Reason);
    }

    [Theory]
    [InlineData(199, false)]
    [InlineData(200, false)]
    [InlineData(201, true)]
    [InlineData(100_000, true)]
    public async Task Send_LongErrorBody_IsCutAt200Characters(int length, bool isCut)
    {
        var text = new string('x', length);

        var refused = Assert.IsType<SendOutcome.Refused>(
            await SendAsync(new FakeServer(_time).Answers(422, Error(text)))
        );

        Assert.Equal($"HTTP 422: {(isCut ? new string('x', 200) + "…" : text)}", refused.Reason);
    }

    /// <summary>The page or text of a proxy: the server may not even have received the post.</summary>
    [Theory]
    [InlineData(403, "<html><title>Just a moment...</title></html>", "text/html")]
    [InlineData(404, "404 page not found", "text/plain")]
    [InlineData(410, "<h1>Gone</h1>", "text/html")]
    [InlineData(422, "Throttled", "text/plain")]
    [InlineData(400, "<html><center>nginx</center></html>", "text/html")]
    [InlineData(413, """{"message":"Request Entity Too Large"}""", "application/json")]
    [InlineData(403, "", "text/html")]
    public async Task Send_SomebodyElsesAnswer_RefusesNothing(int status, string body, string type)
    {
        var outcome = Assert.IsType<SendOutcome.Unknown>(
            await SendAsync(new FakeServer(_time).Answers(status, body, type))
        );

        Assert.Contains("something between the bot and the server answered", outcome.Reason, StringComparison.Ordinal);
    }

    private static string Error(string text) => new JsonObject { ["error"] = text }.ToJsonString();

    [Fact]
    public async Task Send_LongErrorBodyOfManyWords_IsCutAt200Characters()
    {
        var text = string.Join("\n\t ", Enumerable.Repeat("word", 1000));

        var refused = Assert.IsType<SendOutcome.Refused>(
            await SendAsync(new FakeServer(_time).Answers(422, Error(text)))
        );

        Assert.Equal($"HTTP 422: {string.Concat(Enumerable.Repeat("word ", 40))}…", refused.Reason);
    }

    [Theory]
    [InlineData(999, true)]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task Send_AnswerOfTheLargestSize_IsRead(int length, bool isRead)
    {
        const string Answer = """{"id":"1"}""";
        var server = new FakeServer(_time).Answers(200, Answer.PadRight(length));
        await using var client = Some.Client(server, _time, maxAnswerBytes: 1000);

        var outcome = await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

        Assert.Equal(isRead, outcome is SendOutcome.Sent);
        Assert.Equal(!isRead, outcome is SendOutcome.Unknown);
    }

    [Fact]
    public async Task Send_EndlessAnswer_IsUnknown()
    {
        var server = new FakeServer(_time).Answers(200, $$"""{"id":"1","content":"{{new string('x', 5000)}}"}""");
        await using var client = Some.Client(server, _time, maxAnswerBytes: 1000);

        Assert.IsType<SendOutcome.Unknown>(
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Send_CancelledBeforeItWasSent_IsUnavailable()
    {
        var server = new FakeServer(_time);
        await using var client = Some.Client(server, _time);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.IsType<SendOutcome.Unavailable>(await client.SendAsync(Some.Status(), Some.Key, cancelled.Token));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Send_CancelledAfterItWasSent_IsUnknown()
    {
        using var giveUp = new CancellationTokenSource();
        var server = new FakeServer(_time).Hangs(giveUp.Cancel);
        await using var client = Some.Client(server, _time);

        Assert.IsType<SendOutcome.Unknown>(await client.SendAsync(Some.Status(), Some.Key, giveUp.Token));
    }

    /// <summary>Only the server refuses a post that is too long: the client neither shortens nor counts.</summary>
    [Theory]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(501)]
    public async Task Send_TextAroundTheLimit_IsSentWhole(int length)
    {
        var text = string.Concat(Enumerable.Repeat("e\u0301", length - 1)) + "🙂";
        var server = new FakeServer(_time).Answers(200, Samples.MastodonStatus);

        await SendAsync(server, Some.Status(text));

        using var body = JsonDocument.Parse(server.Requests[0].Body!);
        Assert.Equal(text, body.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task AnyCall_WithoutItsArgument_Throws()
    {
        await using var client = Some.Client(new FakeServer(_time), _time);
        var stop = TestContext.Current.CancellationToken;
        MastodonStatus none = null!;

        await Assert.ThrowsAsync<ArgumentNullException>("status", () => client.SendAsync(none, Some.Key, stop));
        await Assert.ThrowsAsync<ArgumentNullException>("key", () => client.SendAsync(Some.Status(), null!, stop));
        await Assert.ThrowsAsync<ArgumentNullException>("status", () => client.EditAsync("1", none, stop));
        await Assert.ThrowsAsync<ArgumentException>("statusId", () => client.EditAsync(" ", Some.Status(), stop));
        await Assert.ThrowsAsync<ArgumentException>("statusId", () => client.DeleteAsync("", stop));
        await Assert.ThrowsAsync<ArgumentNullException>("status", () => client.FindPublishedAsync(none, default, stop));
        Assert.Throws<ArgumentNullException>(
            "options",
            () => Some.Client(new FakeServer(_time), _time, options: null!)
        );
    }

    [Fact]
    public async Task Send_VisibilityThatDoesNotExist_Throws()
    {
        await using var client = Some.Client(new FakeServer(_time), _time);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            "visibility",
            () =>
                client.SendAsync(
                    Some.Status() with
                    {
                        Visibility = (MastodonVisibility)9,
                    },
                    Some.Key,
                    TestContext.Current.CancellationToken
                )
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Send_WithoutKey_Throws(string key)
    {
        await using var client = Some.Client(new FakeServer(_time), _time);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            client.SendAsync(Some.Status(), key, TestContext.Current.CancellationToken)
        );
    }

    private async Task<SendOutcome> SendAsync(FakeServer server, MastodonStatus? status = null)
    {
        await using var client = Some.Client(server, _time);
        return await client.SendAsync(status ?? Some.Status(), Some.Key, TestContext.Current.CancellationToken);
    }
}
