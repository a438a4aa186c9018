using System.Net;
using System.Text;

namespace Serge.Bot.Platforms.Tests;

/// <summary>The meaning of a response, and which capabilities of a server a client stores.</summary>
public sealed class MastodonResponseTests
{
    private const string Error = """{"error":"no"}""";

    [Theory]
    [InlineData(HttpStatusCode.OK, "", true)]
    [InlineData(HttpStatusCode.OK, "{}", true)]
    [InlineData(HttpStatusCode.OK, "<html>", false)]
    [InlineData(HttpStatusCode.NotFound, Error, true)]
    [InlineData(HttpStatusCode.NotFound, "<html>", false)]
    public void IsFromServer_OfStatusAndBody(HttpStatusCode status, string body, bool expected)
    {
        var response = Create(status, body);

        Assert.Equal(expected, response.IsFromServer);
        Assert.Equal(expected && status == HttpStatusCode.NotFound, response.IsGone);
    }

    [Theory]
    [InlineData(HttpStatusCode.UnprocessableEntity, "", true)]
    [InlineData(HttpStatusCode.UnprocessableEntity, Error, false)]
    [InlineData(HttpStatusCode.Unauthorized, "", false)]
    public void IsRefusalWithoutBody_OnlyOf422(HttpStatusCode status, string body, bool expected)
    {
        Assert.Equal(expected, Create(status, body).IsRefusalWithoutBody);
    }

    [Fact]
    public void ToOutcome_DependsOnStatusAndBody()
    {
        Assert.Equal("7", Assert.IsType<SendOutcome.Sent>(Create(HttpStatusCode.OK, """{"id":"7"}""").ToOutcome()).Id);
        Assert.IsType<SendOutcome.Unknown>(Create(HttpStatusCode.OK, "<html>").ToOutcome());
        Assert.IsType<SendOutcome.Refused>(Create(HttpStatusCode.Forbidden, Error).ToOutcome());
        var until = DateTimeOffset.UnixEpoch;
        var limited = Create(HttpStatusCode.TooManyRequests, Error) with { ResetTime = until };
        Assert.Equal(until, Assert.IsType<SendOutcome.RetryAfter>(limited.ToOutcome()).Until);
    }

    [Fact]
    public void ToResult_DependsOnStatusAndBody()
    {
        Assert.Equal("5", Assert.IsType<Result<string>.Success>(Read(HttpStatusCode.OK, """{"id":"5"}""")).Value);
        Assert.IsType<Result<string>.Unavailable>(Read(HttpStatusCode.OK, "<html>"));
        Assert.IsType<Result<string>.Unauthorized>(Read(HttpStatusCode.Unauthorized, Error));
        Assert.Equal(Refusal.Gone, Assert.IsType<Result<string>.Refused>(Read(HttpStatusCode.OK, "{}")).Kind);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "[]", HttpStatusCode.NotFound, Error, true, true)]
    [InlineData(HttpStatusCode.Forbidden, Error, HttpStatusCode.Forbidden, Error, false, false)]
    [InlineData(HttpStatusCode.OK, "<html>", HttpStatusCode.NotFound, "<html>", null, null)]
    [InlineData(HttpStatusCode.NotFound, Error, HttpStatusCode.UnprocessableEntity, "", null, null)]
    public void GetTokenScopes_OfAReadAndAnEdit(
        HttpStatusCode read,
        string readBody,
        HttpStatusCode edit,
        string editBody,
        bool? canRead,
        bool? canWrite
    )
    {
        var scopes = MastodonErrors.GetTokenScopes(Create(read, readBody), Create(edit, editBody));

        Assert.Equal(new MastodonTokenScopes(canRead, canWrite), scopes);
        Assert.Equal(default, MastodonErrors.GetTokenScopes(list: null, edit: null));
    }

    [Fact]
    public async Task GetAccountId_ReadsTheAccountUntilItIsKnown()
    {
        MastodonServerCache cache = new();
        MastodonAccount account = new("12", "serge", Url: null, Bot: true, Note: "");
        var reads = 0;

        var failed = await cache.GetAccountIdAsync(() => ReadAsync(new Result<MastodonAccount>.Unavailable("down")));
        var first = await cache.GetAccountIdAsync(() => ReadAsync(account));
        var second = await cache.GetAccountIdAsync(() => ReadAsync(account));

        Assert.IsType<Result<string>.Unavailable>(failed);
        Assert.Equal<Result<string>>("12", first);
        Assert.Equal<Result<string>>("12", second);
        Assert.Equal(2, reads);

        Task<Result<MastodonAccount>> ReadAsync(Result<MastodonAccount> result)
        {
            reads++;
            return Task.FromResult(cache.Store(result));
        }
    }

    [Fact]
    public async Task Store_OfADescription_IsRememberedAndAFailureChangesNothing()
    {
        MastodonServerCache cache = new();
        var reads = 0;
        Assert.Null(
            await cache.HidesNonPublicPostsAsync(() => ReadAsync(new Result<MastodonDescription>.Unavailable("down")))
        );
        Assert.Equal(MastodonServers.UnknownCapabilities, cache.Capabilities);
        var description = MastodonInstanceReader.Read(JsonReader.Parse("""{"version":"4.4.0"}"""u8))!;

        Assert.NotNull(await cache.HidesNonPublicPostsAsync(() => ReadAsync(description)));
        Assert.NotNull(await cache.HidesNonPublicPostsAsync(() => ReadAsync(description)));

        Assert.Equal(2, reads);
        Assert.Equal(description.Capabilities, cache.Capabilities);

        Task ReadAsync(Result<MastodonDescription> result)
        {
            reads++;
            cache.Store(result);
            return Task.CompletedTask;
        }
    }

    private static MastodonResponse Create(HttpStatusCode status, string body) =>
        new(status, $"HTTP {(int)status}", Encoding.UTF8.GetBytes(body));

    private static Result<string> Read(HttpStatusCode status, string body) =>
        Create(status, body).ToResult(json => json.Member("id").Text());
}
