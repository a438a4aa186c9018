using System.Text.Json;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>The scopes of a token, determined without changing anything.</summary>
public sealed class TokenScopesTests
{
    private const string OutOfScope = """{"error":"This action is outside the authorized scopes"}""";
    private const string NotThere = """{"error":"Record not found"}""";

    private readonly WatchedTime _time = new();

    [Theory]
    [InlineData(200, "[]", 404, NotThere, true, true)]
    [InlineData(403, OutOfScope, 404, NotThere, false, true)]
    [InlineData(200, "[]", 403, OutOfScope, true, false)]
    [InlineData(403, OutOfScope, 403, OutOfScope, false, false)]
    [InlineData(200, "[]", 400, """{"error":"Bad Request: invalid id"}""", true, true)] // token accepted for statuses
    [InlineData(200, "[]", 422, """{"error":"Validation failed"}""", true, true)]
    [InlineData(200, "[]", 410, NotThere, true, true)]
    [InlineData(299, "[]", 409, NotThere, true, null)]
    [InlineData(410, "", 405, NotThere, null, null)]
    [InlineData(429, "", 429, "", null, null)]
    [InlineData(200, "[]", 422, "", true, null)] // snac's response to an unknown token
    [InlineData(404, "", 200, "{}", null, null)] // an unknown response
    [InlineData(401, "", 401, "", null, null)]
    public async Task Access_OfAToken_IsWhatTheServerLetsItDo(
        int read,
        string list,
        int write,
        string said,
        bool? mayRead,
        bool? mayWrite
    )
    {
        var server = new FakeServer(_time)
            .Answers(200, Samples.MastodonAccount)
            .Answers(read, list)
            .Answers(write, said);
        await using var client = Some.Client(server, _time);

        Assert.Equal(
            new MastodonTokenScopes(mayRead, mayWrite),
            await client.GetTokenScopesAsync(TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Access_Asking_TouchesNoStatusThatAnyServerHas()
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonAccount).Answers(200, "[]").Answers(404);
        await using var client = Some.Client(server, _time);

        await client.GetTokenScopesAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["GET", "GET", "PUT"], server.Requests.Select(request => request.Method.Method));
        Assert.Equal("/api/v1/statuses/0", server.Requests[2].Address.AbsolutePath);
        using var body = JsonDocument.Parse(server.Requests[2].Body!);
        Assert.Equal("0", body.RootElement.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(200, 404)]
    [InlineData(403, 403)]
    public async Task Access_SomebodyElsesPages_SayNothing(int list, int edit)
    {
        var server = new FakeServer(_time)
            .Answers(200, Samples.MastodonAccount)
            .Answers(list, "<html>", "text/html")
            .Answers(edit, "<html>", "text/html");
        await using var client = Some.Client(server, _time);

        Assert.Equal(default, await client.GetTokenScopesAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Access_WithoutAnAccount_IsNotKnownAndNothingElseIsAsked()
    {
        var server = new FakeServer(_time).Answers(401);
        await using var client = Some.Client(server, _time);

        Assert.Equal(default, await client.GetTokenScopesAsync(TestContext.Current.CancellationToken));
        Assert.Single(server.Requests);
    }
}
