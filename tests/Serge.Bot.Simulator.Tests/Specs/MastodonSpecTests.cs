namespace Serge.Bot.Simulator.Tests.Specs;

/// <summary>Every response has the schema of Mastodon's documentation and of recorded responses.</summary>
public sealed class MastodonSpecTests : IAsyncLifetime
{
    /// <summary>Fields that the recorded 4.6.4 has and 4.5 does not have, and numbers that are not limits of the
    /// simulator.</summary>
    private static readonly string[] NewerThan45 =
    [
        "avatar_description",
        "header_description",
        "show_media",
        "show_media_replies",
        "show_featured",
        "feature_approval",
        "tagged_collections",
        "collection_limit",
        "wrapstodon",
        "max_display_name_length",
        "max_note_length",
        "max_avatar_description_length",
        "max_header_description_length",
        "max_profile_fields",
        "profile_field_name_limit",
        "profile_field_value_limit",
    ];

    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await SimulatorFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData("post", "/api/v1/statuses", 200)]
    [InlineData("post", "/api/v1/statuses", 422)]
    [InlineData("get", "/api/v1/statuses/{id}", 200)]
    [InlineData("get", "/api/v1/statuses/{id}", 404)]
    [InlineData("put", "/api/v1/statuses/{id}", 200)]
    [InlineData("get", "/api/v1/accounts/verify_credentials", 200)]
    [InlineData("get", "/api/v1/accounts/verify_credentials", 401)]
    [InlineData("get", "/api/v1/accounts/{id}/statuses", 200)]
    [InlineData("get", "/api/v1/accounts/{id}", 200)]
    [InlineData("get", "/api/v2/instance", 200)]
    [InlineData("get", "/api/v1/instance", 200)]
    [InlineData("get", "/api/v1/apps/verify_credentials", 200)]
    [InlineData("get", "/api/v1/scheduled_statuses", 200)]
    public async Task Response_HasItsSchema(string method, string route, int status)
    {
        OpenApiSchema schema = new(Shared.Read("specs/mastodon-openapi.json"));
        var made = await SendAsync(
            HttpMethod.Post,
            "api/v1/statuses",
            """{"status":"Hello #World @serge https://example.org"}"""
        );
        await SendAsync(
            HttpMethod.Post,
            "api/v1/statuses",
            """{"status":"Later","scheduled_at":"2026-02-02T00:00:00Z"}"""
        );
        var id =
            status == 404 ? "1"
            : route.Contains("accounts", StringComparison.Ordinal) ? _fixture.Account.Id
            : (string)made.Json["id"]!;
        if (status == 401)
        {
            _fixture.World.Mastodon.RevokeToken(SimulatorFixture.MastodonToken);
        }

        var body =
            method == "get" ? null
            : status == 422 ? "{}"
            : """{"status":"Hello"}""";
        var reply = await SendAsync(
            new HttpMethod(method.ToUpperInvariant()),
            route[1..].Replace("{id}", id, StringComparison.Ordinal),
            body
        );

        Assert.Equal(status, reply.Status);
        var problems = schema.Problems(method, route, $"{status}", reply.Json);
        Assert.True(problems.Count == 0, $"{method} {route}: {reply.Body}\n{string.Join('\n', problems)}");
    }

    [Theory]
    [InlineData(
        "test_status_post_None-public",
        0,
        "POST",
        "api/v1/statuses",
        """{"status":"Toot!","visibility":"public"}"""
    )]
    [InlineData(
        "test_status_post_Content warning-direct",
        0,
        "POST",
        "api/v1/statuses",
        """{"status":"Toot!","visibility":"direct","spoiler_text":"Content warning"}"""
    )]
    [InlineData("test_status_post_None-public", 1, "DELETE", "api/v1/statuses/{id}", null)]
    [InlineData("test_status_edit", 2, "PUT", "api/v1/statuses/{id}", """{"status":"Kate"}""")]
    [InlineData("test_status_missing", 0, "GET", "api/v1/statuses/0", null)]
    [InlineData("test_status_empty", 0, "POST", "api/v1/statuses", """{"status":""}""")]
    [InlineData(
        "test_scheduled_status",
        0,
        "POST",
        "api/v1/statuses",
        """{"status":"later","scheduled_at":"4000-01-01T14:33:14Z"}"""
    )]
    [InlineData("test_verify_credentials", 0, "GET", "api/v1/accounts/verify_credentials", null)]
    [InlineData("test_app_verify_credentials", 0, "GET", "api/v1/apps/verify_credentials", null)]
    [InlineData("test_instance", 0, "GET", "api/v2/instance", null)]
    [InlineData("test_instance_v1", 0, "GET", "api/v1/instance", null)]
    public async Task Response_HasTheFieldsAndHeadersOfARecordedOne(
        string sample,
        int index,
        string method,
        string path,
        string? body
    )
    {
        var recorded = Shared.Read($"samples/mastodon-4.6.4/{sample.Replace(' ', '_')}.json")["interactions"]![index]![
            "response"
        ]!;
        var made = await SendAsync(HttpMethod.Post, "api/v1/statuses", """{"status":"Hello"}""");

        var reply = await SendAsync(
            new HttpMethod(method),
            path.Replace("{id}", (string)made.Json["id"]!, StringComparison.Ordinal),
            body
        );

        Assert.Equal((int)recorded["status"]!, reply.Status);
        List<string> problems = [];
        Samples.Compare(recorded["body"], reply.Json, "$", problems);
        problems.RemoveAll(problem =>
            NewerThan45.Any(name => problem.EndsWith($".{name}: missing", StringComparison.Ordinal))
        );
        Assert.True(problems.Count == 0, $"{reply.Body}\n{string.Join('\n', problems)}");
        foreach (
            var name in recorded["headers"]!
                .AsObject()
                .Select(header => header.Key)
                .Where(name => name.StartsWith("x-ratelimit", StringComparison.Ordinal))
        )
        {
            Assert.NotEmpty(reply.Header(name));
        }
    }

    private Task<Reply> SendAsync(HttpMethod method, string path, string? body) =>
        SimulatorFixture.SendAsync(_fixture.Mastodon, method, path, body is null ? null : SimulatorFixture.Json(body));
}
