using System.Globalization;

namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>Rate limits. Source: Discord docs, Topics/Rate Limits.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private const string Hello = """{"content":"Hello"}""";
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await SimulatorFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Response_HasTheLimitOfItsRoute()
    {
        var first = await _fixture.PostAsync(_fixture.MessagesPath, Hello);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(1.25));
        var second = await _fixture.PostAsync(_fixture.MessagesPath, Hello);

        Assert.Equal("5", first.Header("X-RateLimit-Limit"));
        Assert.Equal("4", first.Header("X-RateLimit-Remaining"));
        Assert.Equal("5.000", first.Header("X-RateLimit-Reset-After"));
        Assert.Equal(
            SimulatorFixture.Noon.AddSeconds(5).ToUnixTimeSeconds(),
            double.Parse(first.Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture)
        );
        Assert.NotEmpty(first.Header("X-RateLimit-Bucket"));
        Assert.Equal("3", second.Header("X-RateLimit-Remaining"));
        Assert.Equal("3.750", second.Header("X-RateLimit-Reset-After"));
        Assert.Equal(first.Header("X-RateLimit-Bucket"), second.Header("X-RateLimit-Bucket"));
    }

    [Fact]
    public async Task Route_AboveItsLimit_Returns429UntilItsWindowEnds()
    {
        for (var sent = 0; sent < 5; sent++)
        {
            Assert.Equal(200, (await _fixture.PostAsync(_fixture.MessagesPath, Hello)).Status);
        }

        _fixture.Clock.Advance(TimeSpan.FromSeconds(1.5));
        var limited = await _fixture.PostAsync(_fixture.MessagesPath, Hello);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(3.5));
        var later = await _fixture.PostAsync(_fixture.MessagesPath, Hello);

        Assert.Equal(429, limited.Status);
        Assert.Equal("You are being rate limited.", (string)limited.Json["message"]!);
        Assert.Equal(3.5, (double)limited.Json["retry_after"]!);
        Assert.False((bool)limited.Json["global"]!);
        Assert.Equal("4", limited.Header("Retry-After"));
        Assert.Equal("user", limited.Header("X-RateLimit-Scope"));
        Assert.Equal("0", limited.Header("X-RateLimit-Remaining"));
        Assert.Empty(limited.Header("X-RateLimit-Global"));
        Assert.Equal(1, _fixture.World.Discord.InvalidRequests);
        Assert.Equal(200, later.Status);
        Assert.Equal(6, _fixture.World.Discord.GetMessages(_fixture.Channel).Count);
    }

    [Fact]
    public async Task Route_OfAnotherChannel_HasItsOwnCountInTheSameBucket()
    {
        var other = _fixture.World.Discord.AddChannel(_fixture.Guild, "other");

        var here = await _fixture.PostAsync(_fixture.MessagesPath, Hello);
        var there = await _fixture.PostAsync($"channels/{other.Id}/messages", Hello);

        Assert.Equal("4", there.Header("X-RateLimit-Remaining"));
        Assert.Equal(here.Header("X-RateLimit-Bucket"), there.Header("X-RateLimit-Bucket"));
    }

    [Fact]
    public async Task AllRoutes_AboveTheGlobalLimit_ReturnAGlobal429()
    {
        _fixture.World.Discord.Options.GlobalPerSecond = 2;
        await _fixture.GetAsync("users/@me");
        await _fixture.GetAsync("gateway/bot");

        var limited = await _fixture.PostAsync(_fixture.MessagesPath, Hello);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await _fixture.PostAsync(_fixture.MessagesPath, Hello);

        Assert.Equal(429, limited.Status);
        Assert.True((bool)limited.Json["global"]!);
        Assert.Equal("true", limited.Header("X-RateLimit-Global"));
        Assert.Equal("global", limited.Header("X-RateLimit-Scope"));
        Assert.Equal("1", limited.Header("Retry-After"));
        Assert.Equal(200, later.Status);
    }

    [Fact]
    public async Task InteractionRoutes_AreOutsideTheGlobalLimit()
    {
        _fixture.World.Discord.Options.GlobalPerSecond = 0;

        var reply = await _fixture.PostAsync("interactions/1/token/callback", """{"type":5}""");

        Assert.Equal(404, reply.Status);
    }

    [Fact]
    public async Task Limits_ArePerBot()
    {
        _fixture.World.Discord.Options.MessageLimit = new RouteLimit(1, TimeSpan.FromSeconds(5));
        var other = _fixture.World.Discord.AddApplication("other", "Other");
        _fixture.World.Discord.Install(_fixture.Guild, other);

        await _fixture.PostAsync(_fixture.MessagesPath, Hello);
        _fixture.Discord.DefaultRequestHeaders.Authorization = new("Bot", "other");

        Assert.Equal(200, (await _fixture.PostAsync(_fixture.MessagesPath, Hello)).Status);
    }
}
