namespace Serge.Bot.Simulator.Tests.Mastodon;

/// <summary>The list of notifications, as a bot reads it.</summary>
public sealed class NotificationTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;
    private Account _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await SimulatorFixture.OpenAsync();
        _ada = _fixture.World.Mastodon.AddAccount("ada", "Ada", bot: false);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Mention_IsANotificationWithAccountAndStatus()
    {
        var status = _fixture.World.Mastodon.Post(_ada, "@serge is this right?");
        _fixture.World.Mastodon.Post(_fixture.Account, "@serge talks to himself");

        var mention = Assert.Single((await GetAsync("")).AsArray());
        Assert.Equal("mention", (string)mention!["type"]!);
        Assert.Equal("ada", (string)mention["account"]!["acct"]!);
        Assert.Equal(status.Id, (string)mention["status"]!["id"]!);
    }

    [Fact]
    public async Task List_IsPagedWithLinks()
    {
        for (var i = 0; i < 5; i++)
        {
            _fixture.World.Mastodon.Post(_ada, $"@serge {i}");
        }

        var all = (await GetAsync("")).AsArray().Select(one => (string)one!["id"]!).ToArray();
        using var response = await _fixture.Mastodon.GetAsync(
            $"api/v1/notifications?types[]=mention&min_id={all[4]}&limit=2",
            _fixture.Cancel
        );
        var page = JsonNode.Parse(await response.Content.ReadAsStringAsync(_fixture.Cancel))!.AsArray();

        Assert.Equal([all[2], all[3]], page.Select(one => (string)one!["id"]!));
        var link = Assert.Single(response.Headers.GetValues("Link"));
        Assert.Contains($"max_id={all[3]}>; rel=\"next\"", link, StringComparison.Ordinal);
        Assert.Contains($"min_id={all[2]}>; rel=\"prev\"", link, StringComparison.Ordinal);
        Assert.Contains("types%5B%5D=mention", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeletedStatus_AndOtherTypes_AreNotListed()
    {
        var status = _fixture.World.Mastodon.Post(_ada, "@serge oops");
        Assert.Empty((await GetAsync("?types[]=follow")).AsArray());
        Assert.Empty((await GetAsync("?exclude_types[]=mention")).AsArray());

        _fixture.World.Mastodon.Delete(status);

        Assert.Empty((await GetAsync("")).AsArray());
    }

    [Fact]
    public async Task Token_WithoutTheScope_IsRefused()
    {
        _fixture.World.Mastodon.AddToken(SimulatorFixture.MastodonToken, _fixture.Account, "read:statuses", "write");

        using var response = await _fixture.Mastodon.GetAsync("api/v1/notifications", _fixture.Cancel);

        Assert.Equal(403, (int)response.StatusCode);
    }

    private async Task<JsonNode> GetAsync(string query) =>
        JsonNode.Parse(await _fixture.Mastodon.GetStringAsync($"api/v1/notifications{query}", _fixture.Cancel))!;
}
