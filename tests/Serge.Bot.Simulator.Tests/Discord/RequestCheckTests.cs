using System.Net.Http.Headers;
using System.Text;

namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>The checks of every request. Source: Discord docs, Reference.</summary>
public sealed class RequestCheckTests : IAsyncLifetime
{
    private SimulatorFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await SimulatorFixture.OpenAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("Bot wrong")]
    [InlineData("Bearer bot-token")]
    [InlineData("bot-token")]
    public async Task Authorization_MissingOrWrong_Returns401AndCountsAsInvalid(string? authorization)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, "users/@me", authorization);

        var reply = await SimulatorFixture.SendAsync(Bare, request);

        Assert.Equal(401, reply.Status);
        Assert.Equal(0, (int)reply.Json["code"]!);
        Assert.Equal("401: Unauthorized", (string)reply.Json["message"]!);
        Assert.Equal(1, _fixture.World.Discord.InvalidRequests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Mozilla/5.0")]
    [InlineData("DiscordBot")]
    [InlineData("DiscordBot (https://example.org/bot)")]
    public async Task UserAgent_OfNoBot_IsBlocked(string? agent)
    {
        using HttpRequestMessage request = Request(
            HttpMethod.Get,
            "users/@me",
            $"Bot {SimulatorFixture.BotToken}",
            agent
        );

        var reply = await SimulatorFixture.SendAsync(Bare, request);

        Assert.Equal(403, reply.Status);
        Assert.Equal(40333, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData("DiscordBot (https://example.org/bot, 1.0)")]
    [InlineData("DiscordBot (https://example.org/bot, 1.0) Library/2.0 .NET/10")]
    public async Task UserAgent_OfABot_IsAccepted(string agent)
    {
        using HttpRequestMessage request = Request(
            HttpMethod.Get,
            "users/@me",
            $"Bot {SimulatorFixture.BotToken}",
            agent
        );

        Assert.Equal(200, (await SimulatorFixture.SendAsync(Bare, request)).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task ContentType_Unknown_ReturnsInvalidForm(string type)
    {
        using StringContent content = new("""{"content":"Hello"}""", Encoding.UTF8, type);

        var reply = await SimulatorFixture.SendAsync(_fixture.Discord, HttpMethod.Post, _fixture.MessagesPath, content);

        Assert.Equal(400, reply.Status);
        Assert.Equal(50035, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("hello")]
    public async Task Body_OfInvalidJson_Returns50109(string body)
    {
        var reply = await _fixture.PostAsync(_fixture.MessagesPath, body);

        Assert.Equal(400, reply.Status);
        Assert.Equal(50109, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"hello\"")]
    public async Task Body_OfNoObject_Returns50035(string body)
    {
        var reply = await _fixture.PostAsync(_fixture.MessagesPath, body);

        Assert.Equal(50035, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData("nothing/here", 404)]
    [InlineData("../v9/users/@me", 400)]
    [InlineData("../users/@me", 400)]
    public async Task Path_Unknown_ReturnsAnError(string path, int status) =>
        Assert.Equal(status, (await _fixture.GetAsync(path)).Status);

    [Fact]
    public async Task Method_NotAllowedForThePath_Returns405()
    {
        var reply = await _fixture.PutAsync(_fixture.MessagesPath, "{}");

        Assert.Equal(405, reply.Status);
        Assert.Equal("405: Method Not Allowed", (string)reply.Json["message"]!);
    }

    [Theory]
    [InlineData("channels/abc")]
    [InlineData("guilds/-1")]
    public async Task Id_OfNoSnowflake_ReturnsInvalidForm(string path) =>
        Assert.Equal(50035, (int)(await _fixture.GetAsync(path)).Json["code"]!);

    [Fact]
    public async Task Gateway_NeedsNoBotToken()
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, "gateway", authorization: null);

        var reply = await SimulatorFixture.SendAsync(Bare, request);

        Assert.Equal(200, reply.Status);
        Assert.StartsWith("ws://127.0.0.1:", (string)reply.Json["url"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvalidRequests_AboveTheLimit_BlockTheAddress()
    {
        _fixture.World.Discord.Options.InvalidRequestLimit = 3;
        for (var tries = 0; tries < 3; tries++)
        {
            using HttpRequestMessage request = Request(HttpMethod.Get, "users/@me", "Bot wrong");
            await SimulatorFixture.SendAsync(Bare, request);
        }

        var banned = await _fixture.GetAsync("users/@me");
        _fixture.Clock.Advance(TimeSpan.FromMinutes(10));
        var later = await _fixture.GetAsync("users/@me");

        Assert.Equal(429, banned.Status);
        Assert.DoesNotContain("{", banned.Body, StringComparison.Ordinal);
        Assert.Equal(200, later.Status);
    }

    private HttpClient Bare => field ??= new HttpClient { BaseAddress = _fixture.Server.DiscordApiAddress };

    private static HttpRequestMessage Request(
        HttpMethod method,
        string path,
        string? authorization,
        string? agent = "DiscordBot (https://example.org/bot, 1.0)"
    )
    {
        HttpRequestMessage request = new(method, path);
        request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
        if (agent is not null)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        }

        return request;
    }
}
