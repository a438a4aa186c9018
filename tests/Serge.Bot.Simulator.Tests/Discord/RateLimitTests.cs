using System.Globalization;

namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>How often a bot may ask. Source: Discord docs, Topics/Rate Limits.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private const string Hello = """{"content":"Hello"}""";
    private Stage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await Stage.OpenAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Answers_CarryTheLimitOfTheirRoute()
    {
        var first = await _stage.PostAsync(_stage.MessagesPath, Hello);
        _stage.Clock.Advance(TimeSpan.FromSeconds(1.25));
        var second = await _stage.PostAsync(_stage.MessagesPath, Hello);

        Assert.Equal("5", first.Header("X-RateLimit-Limit"));
        Assert.Equal("4", first.Header("X-RateLimit-Remaining"));
        Assert.Equal("5.000", first.Header("X-RateLimit-Reset-After"));
        Assert.Equal(
            Stage.Noon.AddSeconds(5).ToUnixTimeSeconds(),
            double.Parse(first.Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture)
        );
        Assert.NotEmpty(first.Header("X-RateLimit-Bucket"));
        Assert.Equal("3", second.Header("X-RateLimit-Remaining"));
        Assert.Equal("3.750", second.Header("X-RateLimit-Reset-After"));
        Assert.Equal(first.Header("X-RateLimit-Bucket"), second.Header("X-RateLimit-Bucket"));
    }

    [Fact]
    public async Task Route_AskedTooOften_Is429UntilItsWindowIsOver()
    {
        for (var sent = 0; sent < 5; sent++)
        {
            Assert.Equal(200, (await _stage.PostAsync(_stage.MessagesPath, Hello)).Status);
        }

        _stage.Clock.Advance(TimeSpan.FromSeconds(1.5));
        var limited = await _stage.PostAsync(_stage.MessagesPath, Hello);
        _stage.Clock.Advance(TimeSpan.FromSeconds(3.5));
        var later = await _stage.PostAsync(_stage.MessagesPath, Hello);

        Assert.Equal(429, limited.Status);
        Assert.Equal("You are being rate limited.", (string)limited.Json["message"]!);
        Assert.Equal(3.5, (double)limited.Json["retry_after"]!);
        Assert.False((bool)limited.Json["global"]!);
        Assert.Equal("4", limited.Header("Retry-After"));
        Assert.Equal("user", limited.Header("X-RateLimit-Scope"));
        Assert.Equal("0", limited.Header("X-RateLimit-Remaining"));
        Assert.Empty(limited.Header("X-RateLimit-Global"));
        Assert.Equal(1, _stage.World.Discord.InvalidRequests);
        Assert.Equal(200, later.Status);
        Assert.Equal(6, _stage.World.Discord.GetMessages(_stage.Channel).Count);
    }

    [Fact]
    public async Task Route_OfAnotherChannel_HasItsOwnCountInTheSameBucket()
    {
        var other = _stage.World.Discord.AddChannel(_stage.Guild, "other");

        var here = await _stage.PostAsync(_stage.MessagesPath, Hello);
        var there = await _stage.PostAsync($"channels/{other.Id}/messages", Hello);

        Assert.Equal("4", there.Header("X-RateLimit-Remaining"));
        Assert.Equal(here.Header("X-RateLimit-Bucket"), there.Header("X-RateLimit-Bucket"));
    }

    [Fact]
    public async Task AllRoutesTogether_AskedTooOften_AreAGlobal429()
    {
        _stage.World.Discord.Options.GlobalPerSecond = 2;
        await _stage.GetAsync("users/@me");
        await _stage.GetAsync("gateway/bot");

        var limited = await _stage.PostAsync(_stage.MessagesPath, Hello);
        _stage.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await _stage.PostAsync(_stage.MessagesPath, Hello);

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
        _stage.World.Discord.Options.GlobalPerSecond = 0;

        var reply = await _stage.PostAsync("interactions/1/token/callback", """{"type":5}""");

        Assert.Equal(404, reply.Status);
    }

    [Fact]
    public async Task Limits_AreOfEachBot()
    {
        _stage.World.Discord.Options.MessageLimit = new RouteLimit(1, TimeSpan.FromSeconds(5));
        var other = _stage.World.Discord.AddApplication("other", "Other");
        _stage.World.Discord.Install(_stage.Guild, other);

        await _stage.PostAsync(_stage.MessagesPath, Hello);
        _stage.Discord.DefaultRequestHeaders.Authorization = new("Bot", "other");

        Assert.Equal(200, (await _stage.PostAsync(_stage.MessagesPath, Hello)).Status);
    }
}
