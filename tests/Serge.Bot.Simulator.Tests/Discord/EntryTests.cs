using System.Net.Http.Headers;
using System.Text;

namespace Serge.Bot.Simulator.Tests.Discord;

/// <summary>What every request needs. Source: Discord docs, Reference.</summary>
public sealed class EntryTests : IAsyncLifetime
{
    private Stage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await Stage.OpenAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("Bot wrong")]
    [InlineData("Bearer bot-token")]
    [InlineData("bot-token")]
    public async Task Authorization_MissingOrWrong_Is401AndCountsAsInvalid(string? authorization)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, "users/@me", authorization);

        var reply = await Stage.SendAsync(Bare, request);

        Assert.Equal(401, reply.Status);
        Assert.Equal(0, (int)reply.Json["code"]!);
        Assert.Equal("401: Unauthorized", (string)reply.Json["message"]!);
        Assert.Equal(1, _stage.World.Discord.InvalidRequests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Mozilla/5.0")]
    [InlineData("DiscordBot")]
    [InlineData("DiscordBot (https://example.org/bot)")]
    public async Task UserAgent_NotThatOfABot_IsBlocked(string? agent)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, "users/@me", $"Bot {Stage.BotToken}", agent);

        var reply = await Stage.SendAsync(Bare, request);

        Assert.Equal(403, reply.Status);
        Assert.Equal(40333, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData("DiscordBot (https://example.org/bot, 1.0)")]
    [InlineData("DiscordBot (https://example.org/bot, 1.0) Library/2.0 .NET/10")]
    public async Task UserAgent_ThatOfABot_GetsThrough(string agent)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, "users/@me", $"Bot {Stage.BotToken}", agent);

        Assert.Equal(200, (await Stage.SendAsync(Bare, request)).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task ContentType_Unknown_IsAnInvalidForm(string type)
    {
        using StringContent content = new("""{"content":"Hello"}""", Encoding.UTF8, type);

        var reply = await Stage.SendAsync(_stage.Discord, HttpMethod.Post, _stage.MessagesPath, content);

        Assert.Equal(400, reply.Status);
        Assert.Equal(50035, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("hello")]
    public async Task Body_ThatIsNoJson_Is50109(string body)
    {
        var reply = await _stage.PostAsync(_stage.MessagesPath, body);

        Assert.Equal(400, reply.Status);
        Assert.Equal(50109, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"hello\"")]
    public async Task Body_ThatIsNoObject_Is50035(string body)
    {
        var reply = await _stage.PostAsync(_stage.MessagesPath, body);

        Assert.Equal(50035, (int)reply.Json["code"]!);
    }

    [Theory]
    [InlineData("nothing/here", 404)]
    [InlineData("../v9/users/@me", 400)]
    [InlineData("../users/@me", 400)]
    public async Task Path_ThatLeadsNowhere_IsAnError(string path, int status) =>
        Assert.Equal(status, (await _stage.GetAsync(path)).Status);

    [Fact]
    public async Task Method_ThatDoesNotFitThePath_Is405()
    {
        var reply = await _stage.PutAsync(_stage.MessagesPath, "{}");

        Assert.Equal(405, reply.Status);
        Assert.Equal("405: Method Not Allowed", (string)reply.Json["message"]!);
    }

    [Theory]
    [InlineData("channels/abc")]
    [InlineData("guilds/-1")]
    public async Task Id_ThatIsNoSnowflake_IsAnInvalidForm(string path) =>
        Assert.Equal(50035, (int)(await _stage.GetAsync(path)).Json["code"]!);

    [Fact]
    public async Task Gateway_NeedsNoToken()
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, "gateway", authorization: null);

        var reply = await Stage.SendAsync(Bare, request);

        Assert.Equal(200, reply.Status);
        Assert.StartsWith("ws://127.0.0.1:", (string)reply.Json["url"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvalidRequests_TooMany_ShutTheAddressOut()
    {
        _stage.World.Discord.Options.InvalidRequestLimit = 3;
        for (var tries = 0; tries < 3; tries++)
        {
            using HttpRequestMessage request = Request(HttpMethod.Get, "users/@me", "Bot wrong");
            await Stage.SendAsync(Bare, request);
        }

        var banned = await _stage.GetAsync("users/@me");
        _stage.Clock.Advance(TimeSpan.FromMinutes(10));
        var later = await _stage.GetAsync("users/@me");

        Assert.Equal(429, banned.Status);
        Assert.DoesNotContain("{", banned.Body, StringComparison.Ordinal);
        Assert.Equal(200, later.Status);
    }

    private HttpClient Bare => field ??= new HttpClient { BaseAddress = _stage.Server.DiscordApiAddress };

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
