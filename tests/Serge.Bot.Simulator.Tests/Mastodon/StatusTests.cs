using System.Text;

namespace Serge.Bot.Simulator.Tests.Mastodon;

/// <summary>Posting, reading, editing and deleting statuses. Source: Mastodon docs, methods/statuses.</summary>
public sealed class StatusTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await SimulatorFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Post_AsJson_ReturnsTheStatus()
    {
        var reply = await PostAsync(
            """{"status":" Hello\n","visibility":"unlisted","language":"fr","spoiler_text":"Politics"}"""
        );

        var status = reply.Json;
        Assert.Equal(200, reply.Status);
        Assert.Equal("<p>Hello</p>", (string)status["content"]!);
        Assert.Equal("unlisted", (string)status["visibility"]!);
        Assert.Equal("fr", (string)status["language"]!);
        Assert.Equal("Politics", (string)status["spoiler_text"]!);
        Assert.True((bool)status["sensitive"]!);
        Assert.Equal("2026-02-01T12:00:00.000Z", (string)status["created_at"]!);
        Assert.Null(status["edited_at"]);
        Assert.Equal("serge", (string)status["account"]!["acct"]!);
        Assert.True((bool)status["account"]!["bot"]!);
        Assert.EndsWith($"/@serge/{status["id"]}", (string)status["url"]!, StringComparison.Ordinal);
        Assert.Equal("Hello", Assert.Single(_fixture.World.Mastodon.Statuses).Text);
    }

    [Fact]
    public async Task Post_AsForm_ReturnsTheSameStatus()
    {
        using StringContent form = new(
            "status=Hello%21&visibility=private&sensitive=1",
            Encoding.UTF8,
            "application/x-www-form-urlencoded"
        );

        var reply = await SimulatorFixture.SendAsync(_fixture.Mastodon, HttpMethod.Post, "api/v1/statuses", form);

        Assert.Equal("<p>Hello!</p>", (string)reply.Json["content"]!);
        Assert.Equal("private", (string)reply.Json["visibility"]!);
        Assert.True((bool)reply.Json["sensitive"]!);
    }

    [Fact]
    public async Task Post_WithTextOnly_UsesTheAccountsDefaults()
    {
        _fixture.Account.DefaultVisibility = "unlisted";
        _fixture.Account.DefaultLanguage = "de";

        var status = (await PostAsync("""{"status":"Hello"}""")).Json;

        Assert.Equal("unlisted", (string)status["visibility"]!);
        Assert.Equal("de", (string)status["language"]!);
        Assert.False((bool)status["sensitive"]!);
        Assert.Equal("", (string)status["spoiler_text"]!);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"status":""}""")]
    [InlineData("""{"status":" \n\t "}""")]
    [InlineData("""{"status":null,"spoiler_text":" "}""")]
    public async Task Post_WithoutText_Returns422(string body) =>
        await RefusedAsync(body, "Validation failed: Text can't be blank");

    [Fact]
    public async Task Post_WithAWarningOnly_UsesItAsText()
    {
        var status = (await PostAsync("""{"status":"","spoiler_text":"Politics"}""")).Json;

        Assert.Equal("<p>Politics</p>", (string)status["content"]!);
        Assert.Equal("", (string)status["spoiler_text"]!);
        Assert.True((bool)status["sensitive"]!);
    }

    [Fact]
    public async Task Post_WithUnknownVisibility_Returns422() =>
        await RefusedAsync(
            """{"status":"a","visibility":"secret"}""",
            "Validation failed: Visibility is not included in the list"
        );

    [Theory]
    [InlineData("""{"status":"a","poll":{"options":["a","b"]}}""")]
    public async Task Post_WithUnsupportedParameters_Returns422(string body) =>
        await RefusedAsync(body, "Validation failed: The simulator supports no polls or quotes");

    [Fact]
    public async Task Post_InReplyToAnUnknownStatus_Returns404() =>
        Assert.Equal(404, (await PostAsync("""{"status":"a","in_reply_to_id":"1"}""")).Status);

    [Fact]
    public async Task Post_OfInvalidJson_Returns400() => Assert.Equal(400, (await PostAsync("{")).Status);

    [Fact]
    public async Task Post_WithAnUnknownLanguage_IgnoresIt() =>
        Assert.Equal("en", (string)(await PostAsync("""{"status":"a","language":"qq"}""")).Json["language"]!);

    [Theory]
    [InlineData(500, "", 200)]
    [InlineData(501, "", 422)]
    [InlineData(490, "1234567890", 200)]
    [InlineData(491, "1234567890", 422)]
    public async Task Post_CountsTextAndWarningTogether(int length, string warning, int status)
    {
        var reply = await PostAsync($$"""{"status":"{{new string('x', length)}}","spoiler_text":"{{warning}}"}""");

        Assert.Equal(status, reply.Status);
        if (status == 422)
        {
            Assert.Equal("Validation failed: Text character limit of 500 exceeded", (string)reply.Json["error"]!);
        }
    }

    [Fact]
    public async Task MaxCharacters_CanBeSet()
    {
        _fixture.World.Mastodon.Options.MaxCharacters = 5;

        Assert.Equal(200, (await PostAsync("""{"status":"12345"}""")).Status);
        Assert.Equal(
            "Validation failed: Text character limit of 5 exceeded",
            (string)(await PostAsync("""{"status":"123456"}""")).Json["error"]!
        );
    }

    [Fact]
    public async Task Key_Repeated_ReturnsTheFirstStatusForAnHour()
    {
        var first = await PostAsync("""{"status":"one"}""", "key");
        _fixture.Clock.Advance(TimeSpan.FromMinutes(59));
        var second = await PostAsync("""{"status":"two"}""", "key");
        _fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await PostAsync("""{"status":"three"}""", "key");

        Assert.Equal((string)first.Json["id"]!, (string)second.Json["id"]!);
        Assert.Equal("<p>one</p>", (string)second.Json["content"]!);
        Assert.NotEqual((string)first.Json["id"]!, (string)third.Json["id"]!);
        Assert.Equal(["one", "three"], _fixture.World.Mastodon.Statuses.Select(status => status.Text));
    }

    [Fact]
    public async Task Key_OfAnotherAccount_IsAnotherKey()
    {
        var other = _fixture.World.Mastodon.AddAccount("other", "Other");
        _fixture.World.Mastodon.AddToken("other", other, "write");
        await PostAsync("""{"status":"one"}""", "key");
        _fixture.Mastodon.DefaultRequestHeaders.Authorization = new("Bearer", "other");

        await PostAsync("""{"status":"two"}""", "key");

        Assert.Equal(2, _fixture.World.Mastodon.Statuses.Count);
    }

    [Fact]
    public async Task Key_OfARejectedStatus_IsUnused()
    {
        await PostAsync("""{"status":""}""", "key");

        Assert.Equal(200, (await PostAsync("""{"status":"one"}""", "key")).Status);
    }

    [Fact]
    public async Task Key_OfADeletedStatus_Returns404()
    {
        var first = await PostAsync("""{"status":"one"}""", "key");
        await SendAsync(HttpMethod.Delete, $"api/v1/statuses/{first.Json["id"]}");

        Assert.Equal(404, (await PostAsync("""{"status":"one"}""", "key")).Status);
    }

    [Fact]
    public async Task Key_RepeatedOnAServerWithTheReplayBug_Returns500()
    {
        _fixture.World.Mastodon.Options.ReplayFails = true;
        await PostAsync("""{"status":"one"}""", "key");

        Assert.Equal(500, (await PostAsync("""{"status":"one"}""", "key")).Status);
        Assert.Single(_fixture.World.Mastodon.Statuses);
    }

    [Fact]
    public async Task Edit_ReplacesEverythingExceptVisibilityAndLanguage()
    {
        var made = await PostAsync(
            """{"status":"one","visibility":"unlisted","language":"fr","spoiler_text":"Politics"}"""
        );
        _fixture.Clock.Advance(TimeSpan.FromMinutes(1));

        var reply = await SendAsync(
            HttpMethod.Put,
            $"api/v1/statuses/{made.Json["id"]}",
            """{"status":"two","visibility":"public"}"""
        );

        Assert.Equal("<p>two</p>", (string)reply.Json["content"]!);
        Assert.Equal("unlisted", (string)reply.Json["visibility"]!);
        Assert.Equal("fr", (string)reply.Json["language"]!);
        Assert.Equal("", (string)reply.Json["spoiler_text"]!);
        Assert.Equal("2026-02-01T12:01:00.000Z", (string)reply.Json["edited_at"]!);
        Assert.Equal((string)made.Json["created_at"]!, (string)reply.Json["created_at"]!);
    }

    [Fact]
    public async Task Edit_WithoutText_Returns422()
    {
        var made = await PostAsync("""{"status":"one"}""");

        Assert.Equal(422, (await SendAsync(HttpMethod.Put, $"api/v1/statuses/{made.Json["id"]}", "{}")).Status);
    }

    [Fact]
    public async Task Delete_ReturnsTheSourceAndSucceedsOnce()
    {
        var made = await PostAsync("""{"status":"one < two"}""");
        var path = $"api/v1/statuses/{made.Json["id"]}";

        var first = await SendAsync(HttpMethod.Delete, path);
        var second = await SendAsync(HttpMethod.Delete, path);

        Assert.Equal(200, first.Status);
        Assert.Equal("one < two", (string)first.Json["text"]!);
        Assert.False(first.Json.AsObject().ContainsKey("content"));
        Assert.Equal(404, second.Status);
        Assert.Equal("Record not found", (string)second.Json["error"]!);
        Assert.Equal(404, (await SendAsync(HttpMethod.Get, path)).Status);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Status_OfAnotherAccount_IsNotFound(string method)
    {
        var made = await PostAsync("""{"status":"one"}""");
        _fixture.World.Mastodon.AddToken("other", _fixture.World.Mastodon.AddAccount("other", "Other"), "write");
        _fixture.Mastodon.DefaultRequestHeaders.Authorization = new("Bearer", "other");

        var reply = await SendAsync(
            new HttpMethod(method),
            $"api/v1/statuses/{made.Json["id"]}",
            """{"status":"two"}"""
        );

        Assert.Equal(404, reply.Status);
        Assert.Single(_fixture.World.Mastodon.Statuses);
    }

    [Theory]
    [InlineData("public", 200)]
    [InlineData("unlisted", 200)]
    [InlineData("private", 404)]
    [InlineData("direct", 404)]
    public async Task Status_IsVisibleToOthersByItsVisibility(string visibility, int status)
    {
        var made = await PostAsync($$"""{"status":"one","visibility":"{{visibility}}"}""");
        _fixture.Mastodon.DefaultRequestHeaders.Authorization = null;

        Assert.Equal(status, (await SendAsync(HttpMethod.Get, $"api/v1/statuses/{made.Json["id"]}")).Status);
    }

    [Fact]
    public async Task Schedule_IsPostedWhenDue()
    {
        var reply = await PostAsync("""{"status":"later","scheduled_at":"2026-02-01T12:05:01Z"}""");
        var before = _fixture.World.Mastodon.Statuses.Count;
        _fixture.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(200, reply.Status);
        Assert.Equal("2026-02-01T12:05:01.000Z", (string)reply.Json["scheduled_at"]!);
        Assert.Equal("later", (string)reply.Json["params"]!["text"]!);
        Assert.False(reply.Json.AsObject().ContainsKey("content"));
        Assert.Equal(0, before);
        Assert.Equal("later", Assert.Single(_fixture.World.Mastodon.Statuses).Text);
    }

    [Theory]
    [InlineData("2026-02-01T12:05:00Z", 422)] // not more than five minutes ahead
    [InlineData("2026-02-01T11:00:00Z", 200)] // past: posted at once
    [InlineData("tomorrow", 422)]
    public async Task Schedule_Invalid_ReturnsAnError(string at, int status)
    {
        var reply = await PostAsync($$"""{"status":"later","scheduled_at":"{{at}}"}""");

        Assert.Equal(status, reply.Status);
        Assert.Equal(status == 200 ? 1 : 0, _fixture.World.Mastodon.Statuses.Count);
    }

    [Fact]
    public async Task Schedule_Cancelled_IsNotPosted()
    {
        var made = await PostAsync("""{"status":"later","scheduled_at":"2026-02-02T12:00:00Z"}""");
        var listed = await SendAsync(HttpMethod.Get, "api/v1/scheduled_statuses");
        await SendAsync(HttpMethod.Delete, $"api/v1/scheduled_statuses/{made.Json["id"]}");
        _fixture.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Single(listed.Json.AsArray());
        Assert.Empty(_fixture.World.Mastodon.Statuses);
    }

    [Fact]
    public async Task Schedule_WithARepeatedKey_Returns404AsOnTheRealServer()
    {
        await PostAsync("""{"status":"later","scheduled_at":"2026-02-02T12:00:00Z"}""", "key");

        Assert.Equal(
            404,
            (await PostAsync("""{"status":"later","scheduled_at":"2026-02-02T12:00:00Z"}""", "key")).Status
        );
    }

    [Fact]
    public async Task Schedule_MoreThan25OnADay_Returns422()
    {
        for (var number = 0; number < 25; number++)
        {
            Assert.Equal(200, (await PostAsync("""{"status":"later","scheduled_at":"2026-02-02T12:00:00Z"}""")).Status);
        }

        Assert.Equal(422, (await PostAsync("""{"status":"later","scheduled_at":"2026-02-02T13:00:00Z"}""")).Status);
        Assert.Equal(200, (await PostAsync("""{"status":"later","scheduled_at":"2026-02-03T12:00:00Z"}""")).Status);
    }

    private async Task RefusedAsync(string body, string error)
    {
        var reply = await PostAsync(body);

        Assert.Equal(422, reply.Status);
        Assert.Equal(error, (string)reply.Json["error"]!);
        Assert.Empty(_fixture.World.Mastodon.Statuses);
    }

    private async Task<Reply> PostAsync(string body, string? key = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "api/v1/statuses")
        {
            Content = SimulatorFixture.Json(body),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await SimulatorFixture.SendAsync(_fixture.Mastodon, request);
    }

    private Task<Reply> SendAsync(HttpMethod method, string path, string? body = null) =>
        SimulatorFixture.SendAsync(_fixture.Mastodon, method, path, body is null ? null : SimulatorFixture.Json(body));
}
