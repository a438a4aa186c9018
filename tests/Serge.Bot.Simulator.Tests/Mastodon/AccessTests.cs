using System.Globalization;

namespace Serge.Bot.Simulator.Tests.Mastodon;

/// <summary>Tokens, scopes, limits, accounts and the instance. Source: Mastodon docs, api/ and methods/.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await SimulatorFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Token_MissingOrWrong_Returns401(string? token)
    {
        _fixture.Mastodon.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);

        var reply = await PostAsync("Hello");

        Assert.Equal(401, reply.Status);
        Assert.Equal("The access token is invalid", (string)reply.Json["error"]!);
        Assert.StartsWith(
            "Bearer realm=\"Doorkeeper\", error=\"invalid_token\"",
            reply.Header("WWW-Authenticate"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Token_Revoked_Returns401()
    {
        _fixture.World.Mastodon.RevokeToken(SimulatorFixture.MastodonToken);

        Assert.Equal(401, (await GetAsync("api/v1/accounts/verify_credentials")).Status);
    }

    [Theory]
    [InlineData("write", "api/v1/statuses", 200)]
    [InlineData("write:statuses", "api/v1/statuses", 200)]
    [InlineData("write:media", "api/v1/statuses", 403)]
    [InlineData("read", "api/v1/statuses", 403)]
    [InlineData("read", "api/v1/accounts/verify_credentials", 200)]
    [InlineData("read:accounts", "api/v1/accounts/verify_credentials", 200)]
    [InlineData("profile", "api/v1/accounts/verify_credentials", 200)]
    [InlineData("read:statuses", "api/v1/accounts/verify_credentials", 403)]
    [InlineData("read:statuses", "api/v1/accounts/{id}/statuses", 200)]
    [InlineData("write", "api/v1/accounts/{id}/statuses", 403)]
    [InlineData("write", "api/v2/instance", 200)]
    [InlineData("write", "api/v1/apps/verify_credentials", 200)]
    public async Task Scope_AllowsItsRoutes(string scope, string path, int status)
    {
        _fixture.World.Mastodon.AddToken("scoped", _fixture.Account, scope);
        _fixture.Mastodon.DefaultRequestHeaders.Authorization = new("Bearer", "scoped");

        var reply =
            path == "api/v1/statuses"
                ? await PostAsync("Hello")
                : await GetAsync(path.Replace("{id}", _fixture.Account.Id, StringComparison.Ordinal));

        Assert.Equal(status, reply.Status);
        if (status == 403)
        {
            Assert.Equal("This action is outside the authorized scopes", (string)reply.Json["error"]!);
        }
    }

    [Fact]
    public async Task Token_OfAnApplicationAlone_CannotPost()
    {
        _fixture.World.Mastodon.AddToken("application", account: null, "read", "write");
        _fixture.Mastodon.DefaultRequestHeaders.Authorization = new("Bearer", "application");

        var posted = await PostAsync("Hello");

        Assert.Equal(422, posted.Status);
        Assert.Equal("This method requires an authenticated user", (string)posted.Json["error"]!);
        Assert.Equal(200, (await GetAsync("api/v1/apps/verify_credentials")).Status);
    }

    [Fact]
    public async Task Account_Suspended_Returns403()
    {
        _fixture.Account.IsSuspended = true;

        Assert.Equal(403, (await PostAsync("Hello")).Status);
    }

    [Fact]
    public async Task VerifyCredentials_ReturnsTheOwnAccount()
    {
        var account = (await GetAsync("api/v1/accounts/verify_credentials")).Json;

        Assert.Equal(_fixture.Account.Id, (string)account["id"]!);
        Assert.Equal("serge", (string)account["acct"]!);
        Assert.Equal("public", (string)account["source"]!["privacy"]!);
        Assert.Equal("2026-02-01T00:00:00.000Z", (string)account["created_at"]!);
        Assert.EndsWith("/mastodon/@serge", (string)account["url"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instance_HasTheLimitsInBothVersions()
    {
        _fixture.World.Mastodon.Options.MaxCharacters = 1000;
        _fixture.Mastodon.DefaultRequestHeaders.Authorization = null;

        var second = (await GetAsync("api/v2/instance")).Json;
        var first = (await GetAsync("api/v1/instance")).Json;

        Assert.Equal("4.5.7", (string)second["version"]!);
        Assert.Equal(7, (int)second["api_versions"]!["mastodon"]!);
        Assert.Equal(1000, (int)second["configuration"]!["statuses"]!["max_characters"]!);
        Assert.Equal(23, (int)second["configuration"]!["statuses"]!["characters_reserved_per_url"]!);
        Assert.Equal(1000, (int)first["configuration"]!["statuses"]!["max_characters"]!);
    }

    [Fact]
    public async Task Statuses_HaveTheirOwnLimitAndOtherRequestsTheCommonOne()
    {
        var posted = await PostAsync("Hello");
        var read = await GetAsync("api/v1/accounts/verify_credentials");
        var deleted = await SimulatorFixture.SendAsync(
            _fixture.Mastodon,
            HttpMethod.Delete,
            $"api/v1/statuses/{posted.Json["id"]}",
            null
        );

        Assert.Equal("300", posted.Header("X-RateLimit-Limit"));
        Assert.Equal("299", posted.Header("X-RateLimit-Remaining"));
        // The windows of 3 h are aligned to the Unix epoch.
        Assert.Equal("2026-02-01T15:00:00.000000Z", posted.Header("X-RateLimit-Reset"));
        Assert.Equal("298", read.Header("X-RateLimit-Remaining"));
        Assert.Equal("2026-02-01T12:05:00.000000Z", read.Header("X-RateLimit-Reset"));
        Assert.Equal("30", deleted.Header("X-RateLimit-Limit"));
        Assert.Equal("29", deleted.Header("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task Statuses_AboveTheLimit_Return429UntilTheWindowEnds()
    {
        _fixture.World.Mastodon.Options.StatusesPerThreeHours = 1;
        await PostAsync("one");
        var limited = await PostAsync("two");
        _fixture.Clock.Advance(TimeSpan.FromHours(3));
        var later = await PostAsync("three");

        Assert.Equal(429, limited.Status);
        Assert.Equal("Too many requests", (string)limited.Json["error"]!);
        Assert.Equal("0", limited.Header("X-RateLimit-Remaining"));
        Assert.Empty(limited.Header("Retry-After"));
        Assert.Equal(200, later.Status);
    }

    [Fact]
    public async Task Requests_AboveTheLimit_Return429UntilTheWindowEnds()
    {
        _fixture.World.Mastodon.Options.RequestsPerFiveMinutes = 2;
        await GetAsync("api/v2/instance");
        await GetAsync("api/v2/instance");
        var limited = await GetAsync("api/v2/instance");
        _fixture.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(429, limited.Status);
        Assert.Equal(200, (await GetAsync("api/v2/instance")).Status);
    }

    [Theory]
    [InlineData("api/v1/nothing")]
    [InlineData("api/v1/statuses/1")]
    [InlineData("api/v1/accounts/1")]
    [InlineData("api/v1/accounts/1/statuses")]
    public async Task Path_Unknown_Returns404(string path)
    {
        var reply = await GetAsync(path);

        Assert.Equal(404, reply.Status);
        Assert.NotEmpty((string)reply.Json["error"]!);
    }

    [Theory]
    [InlineData("", "9 8 7 6 5 4 3 2 1")]
    [InlineData("?limit=2", "9 8")]
    [InlineData("?limit=0", "9")]
    [InlineData("?max_id={4}&limit=2", "3 2")]
    [InlineData("?since_id={4}&limit=2", "9 8")]
    [InlineData("?min_id={4}&limit=2", "6 5")]
    [InlineData("?min_id={9}", "")]
    [InlineData("?tagged=war", "5")]
    [InlineData("?only_media=true", "")]
    [InlineData("?exclude_replies=true&exclude_reblogs=true&limit=1", "9")]
    public async Task OwnStatuses_AreListedNewestFirst(string query, string expected)
    {
        List<string> ids = [];
        for (var number = 1; number <= 9; number++)
        {
            ids.Add((string)(await PostAsync(number == 5 ? "5 #War" : $"{number}", "private")).Json["id"]!);
        }

        for (var number = 9; number >= 1; number--)
        {
            query = query.Replace($"{{{number}}}", ids[number - 1], StringComparison.Ordinal);
        }

        var reply = await GetAsync($"api/v1/accounts/{_fixture.Account.Id}/statuses{query}");

        Assert.Equal(
            expected,
            string.Join(' ', reply.Json.AsArray().Select(status => ((string)status!["content"]!)[3..4]))
        );
    }

    [Fact]
    public async Task OwnStatuses_LinkToTheNextPage()
    {
        for (var number = 1; number <= 3; number++)
        {
            await PostAsync($"{number}");
        }

        var first = await GetAsync($"api/v1/accounts/{_fixture.Account.Id}/statuses?limit=2");
        var next = first.Header("Link").Split(';')[0].Trim('<', '>');
        var second = await SimulatorFixture.SendAsync(_fixture.Mastodon, HttpMethod.Get, next, null);

        Assert.Contains("rel=\"next\"", first.Header("Link"), StringComparison.Ordinal);
        Assert.Contains("rel=\"prev\"", first.Header("Link"), StringComparison.Ordinal);
        Assert.Contains("limit=2", next, StringComparison.Ordinal);
        Assert.Equal("<p>1</p>", (string)Assert.Single(second.Json.AsArray())!["content"]!);
        Assert.DoesNotContain("rel=\"next\"", second.Header("Link"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statuses_WithoutAToken_AreThePublicOnes()
    {
        await PostAsync("seen", "unlisted");
        await PostAsync("hidden", "private");
        _fixture.Mastodon.DefaultRequestHeaders.Authorization = null;

        var reply = await GetAsync($"api/v1/accounts/{_fixture.Account.Id}/statuses");

        Assert.Equal("<p>seen</p>", (string)Assert.Single(reply.Json.AsArray())!["content"]!);
    }

    [Fact]
    public async Task Ids_Ascend()
    {
        var first = long.Parse((string)(await PostAsync("one")).Json["id"]!, CultureInfo.InvariantCulture);
        var second = long.Parse((string)(await PostAsync("two")).Json["id"]!, CultureInfo.InvariantCulture);

        Assert.True(second > first);
    }

    private Task<Reply> GetAsync(string path) =>
        SimulatorFixture.SendAsync(_fixture.Mastodon, HttpMethod.Get, path, null);

    private Task<Reply> PostAsync(string text, string visibility = "public") =>
        SimulatorFixture.SendAsync(
            _fixture.Mastodon,
            HttpMethod.Post,
            "api/v1/statuses",
            SimulatorFixture.Json($$"""{"status":"{{text}}","visibility":"{{visibility}}"}""")
        );
}
