using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>The meaning of each HTTP status, and the headers of every request.</summary>
public sealed class StatusCodeTests
{
    private const string Body = """{"id":"1","acct":"serge","error":"no"}""";

    private readonly WatchedTime _time = new();

    [Fact]
    public async Task Send_AnyStatus_IsDecodedByTheTable()
    {
        for (var status = 199; status < 600; status++)
        {
            var server = new FakeServer(_time).Answers(status, Body);
            await using var client = Some.Client(server, _time);

            var outcome = await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

            var words = $"HTTP {status}: no";
            if (status == 429)
            {
                Assert.Equal(words, Assert.IsType<SendOutcome.RetryAfter>(outcome).Reason);
                continue;
            }

            SendOutcome expected = status switch
            {
                < 200 => new SendOutcome.Unavailable($"{words}. The server redirects; correct the configured address."),
                < 300 => new SendOutcome.Sent("1", Url: null),
                < 400 => new SendOutcome.Unavailable($"{words}. The server redirects; correct the configured address."),
                401 => new SendOutcome.Unavailable($"The server does not accept the access token ({words})."),
                403 => new SendOutcome.Refused(Refusal.Forbidden, words),
                404 or 410 => new SendOutcome.Refused(Refusal.Gone, words),
                408 or 409 or >= 500 => new SendOutcome.Unknown(words),
                _ => new SendOutcome.Refused(Refusal.Payload, words),
            };
            Assert.Equal(expected, outcome);
        }
    }

    [Fact]
    public async Task Account_AnyStatus_IsDecodedByTheTable()
    {
        for (var status = 199; status <= 501; status++)
        {
            var isRetried = status is 408 or >= 500;
            var server = new FakeServer(_time);
            for (var attempt = 0; attempt < (isRetried ? 4 : 1); attempt++)
            {
                server.Answers(status, Body);
            }

            var time = new WatchedTime();
            await using var client = Some.Client(server, time);
            var answer = client.GetAccountAsync(TestContext.Current.CancellationToken);
            for (var wait = 0; wait < (isRetried ? 3 : 0); wait++)
            {
                await time.SkipDelayAsync();
            }

            var words = $"HTTP {status}: no";
            Result<MastodonAccount> expected = status switch
            {
                >= 200 and < 300 => new Result<MastodonAccount>.Success(new("1", "serge", Url: null, Bot: false, "")),
                < 400 => new Result<MastodonAccount>.Unavailable(
                    $"{words}. The server redirects; correct the configured address."
                ),
                401 => new Result<MastodonAccount>.Unauthorized(
                    $"The server does not accept the access token ({words})."
                ),
                403 => new Result<MastodonAccount>.Refused(Refusal.Forbidden, words),
                404 or 410 => new Result<MastodonAccount>.Refused(Refusal.Gone, words),
                408 or 429 or >= 500 => new Result<MastodonAccount>.Unavailable(words),
                _ => new Result<MastodonAccount>.Refused(Refusal.Payload, words),
            };
            Assert.Equal(expected, await answer);
        }
    }

    [Theory]
    [InlineData(299, "https://other.example/", false)]
    [InlineData(300, "https://other.example/", true)]
    [InlineData(308, "/elsewhere", true)]
    [InlineData(399, "https://other.example/", true)]
    [InlineData(400, "https://other.example/", false)]
    public async Task Send_Location_IsNamedWithARedirectOnly(int status, string location, bool isNamed)
    {
        var server = new FakeServer(_time).Answers(status, "words", "text/plain", ("Location", location));
        await using var client = Some.Client(server, _time);

        var outcome = await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

        var text = $"{outcome}";
        Assert.Equal(isNamed, text.Contains($"redirect to {location}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<!DOCTYPE html>", true)]
    [InlineData(" \t\r\n<html>", true)]
    [InlineData("x<html>", true)]
    [InlineData("", true)]
    [InlineData("{}", false)]
    public async Task Send_SuccessThatIsNoStatus_StatesWhoMayHaveAnswered(string body, bool isForeign)
    {
        var server = new FakeServer(_time).Answers(299, body, "text/plain");
        await using var client = Some.Client(server, _time);

        var outcome = await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

        var unknown = Assert.IsType<SendOutcome.Unknown>(outcome);
        Assert.StartsWith("HTTP 299, ", unknown.Reason, StringComparison.Ordinal);
        Assert.Equal(isForeign, unknown.Reason.Contains("something between the bot", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(422, "", true)]
    [InlineData(401, "", true)]
    [InlineData(422, "x", false)]
    [InlineData(421, "", false)]
    [InlineData(423, "", false)]
    public async Task Account_EmptyRefusal_IsABadTokenWith401And422Only(int status, string body, bool isUnauthorized)
    {
        var server = new FakeServer(_time).Answers(status, body, "text/html");
        await using var client = Some.Client(server, _time);

        var answer = await client.GetAccountAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isUnauthorized, answer is Result<MastodonAccount>.Unauthorized);
        Assert.Equal(!isUnauthorized, answer is Result<MastodonAccount>.Unavailable);
    }

    [Theory]
    [InlineData(421)]
    [InlineData(423)]
    [InlineData(403)]
    public async Task Send_EmptyRefusalOtherThan422_IsNotQuestioned(int status)
    {
        var server = new FakeServer(_time).Answers(status, "", "text/html");
        await using var client = Some.Client(server, _time);

        Assert.IsType<SendOutcome.Unknown>(
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
        );
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task AnyRequest_Headers_NameTheBotAndAskForEnglishJson()
    {
        var server = new FakeServer(_time).Answers(200, Body).Answers(200, Body);
        await using var client = Some.Client(server, _time);

        await client.GetAccountAsync(TestContext.Current.CancellationToken);
        await client.EditAsync("1", Some.Status(), TestContext.Current.CancellationToken);

        Assert.All(
            server.Requests,
            request =>
            {
                Assert.Equal($"Serge.Bot/{ProgramVersion.Text}", request.Header("User-Agent"));
                Assert.Equal("application/json", request.Header("Accept"));
                Assert.Equal("en", request.Header("Accept-Language"));
                Assert.Equal($"Bearer {Some.Token}", request.Header("Authorization"));
                Assert.Equal("", request.Header("Idempotency-Key"));
            }
        );
        Assert.Null(server.Requests[0].Body);
        Assert.Equal("application/json", server.Requests[1].ContentType?.MediaType);
    }

    [Fact]
    public void Options_Defaults_AreTheDocumentedOnes()
    {
        var options = new MastodonClientOptions { Address = new Uri("https://m.example/"), AccessToken = Some.Token };

        Assert.Equal(TimeSpan.FromSeconds(30), options.CallTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), options.AttemptTimeout);
        Assert.Equal(4_194_304, options.MaxResponseBytes);
    }

    [Fact]
    public void Transport_Settings_KeepPostsFromBeingRepeatedOrRedirected()
    {
        using var transport = Assert.IsType<SocketsHttpHandler>(PlatformTransport.CreateForMastodon());

        Assert.Equal(TimeSpan.Zero, transport.PooledConnectionLifetime);
        Assert.Equal(TimeSpan.FromSeconds(5), transport.ConnectTimeout);
        Assert.False(transport.AllowAutoRedirect);
        Assert.False(transport.UseCookies);
    }

    [Fact]
    public async Task DisposeAsync_Client_DisposesItsTransport()
    {
        var server = new FakeServer(_time);

        await Some.Client(server, _time).DisposeAsync();

        Assert.True(server.IsDisposed);
    }
}
