using System.Globalization;

namespace Serge.Bot.Simulator.Tests.Mastodon;

/// <summary>The differences of other servers. Source: recorded responses of snac 2.75 and GoToSocial 0.20, and the
/// servers' documentation.</summary>
public sealed class ServerProfileTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;

    public static TheoryData<string, ServerProfile> Faces =>
        new()
        {
            { "Mastodon 4.2", ServerProfile.Mastodon42 },
            { "Mastodon 4.3", ServerProfile.Mastodon43 },
            { "Mastodon 4.4", ServerProfile.Mastodon44 },
            { "Mastodon 4.5", ServerProfile.Mastodon45 },
            { "Mastodon 4.6", ServerProfile.Mastodon46 },
            { "Mastodon 4.7", ServerProfile.Mastodon47 },
            { "GoToSocial", ServerProfile.GoToSocial },
            { "Hollo", ServerProfile.Hollo },
            { "Pleroma", ServerProfile.Pleroma },
            { "Akkoma", ServerProfile.Akkoma },
            { "snac", ServerProfile.Snac },
        };

    private MastodonOptions Settings => _fixture.World.Mastodon.Options;

    public async ValueTask InitializeAsync()
    {
        _fixture = await SimulatorFixture.OpenAsync();
        _fixture.Mastodon.DefaultRequestHeaders.UserAgent.ParseAdd("tests/1");
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Instance_OfEachServer_HasItsVersionAndLimits(string name, ServerProfile profile)
    {
        _ = name;
        Settings.UseProfile(profile);

        var second = await GetAsync("api/v2/instance");
        var first = await GetAsync("api/v1/instance");

        Assert.Equal(profile.HasInstanceVersion2 ? 200 : 404, second.Status);
        Assert.Equal(profile.Version, (string?)first.Json["version"]);
        Assert.Equal(profile.HasConfiguration, first.Json["configuration"] is not null);
        Assert.Equal(
            profile.MaxCharacters,
            (int)(first.Json["configuration"]?["statuses"]?["max_characters"] ?? first.Json["max_toot_chars"])!
        );
        Assert.Equal(
            profile.HasInstanceVersion2 ? profile.ApiVersion : null,
            profile.HasInstanceVersion2 ? (int?)second.Json["api_versions"]?["mastodon"] : null
        );
    }

    [Fact]
    public async Task Snac_UnsupportedRoute_ReturnsAnHtmlPage()
    {
        Settings.UseProfile(ServerProfile.Snac);

        using var response = await _fixture.Mastodon.GetAsync(
            new Uri("api/v2/instance", UriKind.Relative),
            TestContext.Current.CancellationToken
        );

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Post_WithARepeatedKey_BehavesLikeTheServer(string name, ServerProfile profile)
    {
        _ = name;
        Settings.UseProfile(profile);

        var first = await PostAsync("""{"status":"Hello"}""", "a-key");
        var second = await PostAsync("""{"status":"Hello"}""", "a-key");

        Assert.Equal(profile.SupportsIdempotency ? 1 : 2, _fixture.World.Mastodon.Statuses.Count);
        Assert.Equal(profile.ReplayFails ? 500 : 200, second.Status);
        Assert.Equal(
            profile is { SupportsIdempotency: true, ReplayFails: false },
            (string?)first.Json["id"] == (string?)second.Json["id"]
        );
    }

    [Fact]
    public async Task GoToSocial_RateLimitsAndInvalidInput_HaveItsForm()
    {
        Settings.UseProfile(ServerProfile.GoToSocial);

        var posted = await PostAsync("""{"status":"Hello"}""");
        var invalid = await PostAsync($$"""{"status":"{{new string('x', 5001)}}"}""");

        Assert.InRange(
            long.Parse(posted.Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture),
            SimulatorFixture.Noon.ToUnixTimeSeconds(),
            SimulatorFixture.Noon.AddHours(3).ToUnixTimeSeconds()
        );
        Assert.Equal(400, invalid.Status);
    }

    [Fact]
    public async Task GoToSocial_WithoutAUserAgent_Returns418()
    {
        Settings.UseProfile(ServerProfile.GoToSocial);
        _fixture.Mastodon.DefaultRequestHeaders.UserAgent.Clear();

        Assert.Equal(418, (await GetAsync("api/v1/instance")).Status);
    }

    [Fact]
    public async Task Pleroma_HasNoRateLimitHeaders()
    {
        Settings.UseProfile(ServerProfile.Pleroma);

        Assert.Equal("", (await PostAsync("""{"status":"Hello"}""")).Header("X-RateLimit-Reset"));
    }

    [Fact]
    public async Task Snac_UnlistedDeletionListAndToken_AreAsRecorded()
    {
        Settings.UseProfile(ServerProfile.Snac);
        var unlisted = (await PostAsync("""{"status":"One","visibility":"unlisted"}""")).Json;
        await PostAsync("""{"status":"Two","visibility":"private"}""");

        Assert.Equal("public", (string?)unlisted["visibility"]);
        Assert.Equal(
            404,
            (
                await SimulatorFixture.SendAsync(
                    _fixture.Mastodon,
                    HttpMethod.Delete,
                    $"api/v1/statuses/{unlisted["id"]}",
                    null
                )
            ).Status
        );
        var list = (JsonArray)(await GetAsync($"api/v1/accounts/{_fixture.Account.Id}/statuses?limit=1&max_id=1")).Json;
        Assert.Equal(["<p>One</p>"], list.Select(status => (string?)status!["content"]));

        _fixture.Mastodon.DefaultRequestHeaders.Authorization = new("Bearer", "nope");
        var refused = await GetAsync("api/v1/accounts/verify_credentials");
        Assert.Equal((422, ""), (refused.Status, refused.Body));
    }

    private Task<Reply> GetAsync(string path) =>
        SimulatorFixture.SendAsync(_fixture.Mastodon, HttpMethod.Get, path, null);

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
}
