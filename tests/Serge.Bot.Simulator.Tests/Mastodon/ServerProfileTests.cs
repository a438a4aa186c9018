using System.Globalization;
using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Tests.Mastodon;

/// <summary>What tells other servers from Mastodon. Source: answers recorded from snac 2.75 and GoToSocial 0.20, and
/// the servers' documentation.</summary>
public sealed class ServerProfileTests : IAsyncLifetime
{
    private Stage _stage = null!;

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
            { "Pleroma", ServerProfile.Pleroma },
            { "Akkoma", ServerProfile.Akkoma },
            { "snac", ServerProfile.Snac },
        };

    private MastodonOptions Settings => _stage.World.Mastodon.Options;

    public async ValueTask InitializeAsync()
    {
        _stage = await Stage.OpenAsync();
        _stage.Mastodon.DefaultRequestHeaders.UserAgent.ParseAdd("tests/1");
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Instance_OfEachServer_SaysWhatItIsAndAllows(string name, ServerProfile face)
    {
        _ = name;
        Settings.UseProfile(face);

        var second = await GetAsync("api/v2/instance");
        var first = await GetAsync("api/v1/instance");

        Assert.Equal(face.HasInstanceVersion2 ? 200 : 404, second.Status);
        Assert.Equal(face.Version, (string?)first.Json["version"]);
        Assert.Equal(face.HasConfiguration, first.Json["configuration"] is not null);
        Assert.Equal(
            face.MaxCharacters,
            (int)(first.Json["configuration"]?["statuses"]?["max_characters"] ?? first.Json["max_toot_chars"])!
        );
        Assert.Equal(
            face.HasInstanceVersion2 ? face.ApiVersion : null,
            face.HasInstanceVersion2 ? (int?)second.Json["api_versions"]?["mastodon"] : null
        );
    }

    [Fact]
    public async Task Snac_WhatIsNotThere_IsAWebPage()
    {
        Settings.UseProfile(ServerProfile.Snac);

        using var response = await _stage.Mastodon.GetAsync(
            new Uri("api/v2/instance", UriKind.Relative),
            TestContext.Current.CancellationToken
        );

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Post_TheSameKeyAgain_IsWhatTheServerMakesOfIt(string name, ServerProfile face)
    {
        _ = name;
        Settings.UseProfile(face);

        var first = await PostAsync("""{"status":"Hello"}""", "a-key");
        var second = await PostAsync("""{"status":"Hello"}""", "a-key");

        Assert.Equal(face.SupportsIdempotency ? 1 : 2, _stage.World.Mastodon.Statuses.Count);
        Assert.Equal(face.ReplayFails ? 500 : 200, second.Status);
        Assert.Equal(
            face is { SupportsIdempotency: true, ReplayFails: false },
            (string?)first.Json["id"] == (string?)second.Json["id"]
        );
    }

    [Fact]
    public async Task GoToSocial_RateLimitsAndBadInput_AreInItsOwnForm()
    {
        Settings.UseProfile(ServerProfile.GoToSocial);

        var posted = await PostAsync("""{"status":"Hello"}""");
        var invalid = await PostAsync($$"""{"status":"{{new string('x', 5001)}}"}""");

        Assert.InRange(
            long.Parse(posted.Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture),
            Stage.Noon.ToUnixTimeSeconds(),
            Stage.Noon.AddHours(3).ToUnixTimeSeconds()
        );
        Assert.Equal(400, invalid.Status);
    }

    [Fact]
    public async Task GoToSocial_WithoutAUserAgent_IsATeapot()
    {
        Settings.UseProfile(ServerProfile.GoToSocial);
        _stage.Mastodon.DefaultRequestHeaders.UserAgent.Clear();

        Assert.Equal(418, (await GetAsync("api/v1/instance")).Status);
    }

    [Fact]
    public async Task Pleroma_SaysNothingOfRateLimits()
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
                await Stage.SendAsync(_stage.Mastodon, HttpMethod.Delete, $"api/v1/statuses/{unlisted["id"]}", null)
            ).Status
        );
        var list = (JsonArray)(await GetAsync($"api/v1/accounts/{_stage.Account.Id}/statuses?limit=1&max_id=1")).Json;
        Assert.Equal(["<p>One</p>"], list.Select(status => (string?)status!["content"]));

        _stage.Mastodon.DefaultRequestHeaders.Authorization = new("Bearer", "nope");
        var refused = await GetAsync("api/v1/accounts/verify_credentials");
        Assert.Equal((422, ""), (refused.Status, refused.Body));
    }

    private Task<Reply> GetAsync(string path) => Stage.SendAsync(_stage.Mastodon, HttpMethod.Get, path, null);

    private async Task<Reply> PostAsync(string body, string? key = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "api/v1/statuses") { Content = Stage.Json(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await Stage.SendAsync(_stage.Mastodon, request);
    }
}
