using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

public sealed class SecretsTests
{
    private readonly WatchedTime _time = new();

    [Fact]
    public void Options_Printed_ShowNoToken() =>
        Assert.DoesNotContain(Some.Token, Some.Options().ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("ZA-Yj3aB D8U8Cm7lKUp")]
    [InlineData("ZA-Yj3aB\nD8U8Cm7lKUp")]
    [InlineData("ZA-Yj3aBéD8U8Cm7lKUp")]
    [InlineData("ZA-Yj3aB\u007fD8U8Cm7lKUp")]
    public void New_TokenThatCannotBeOne_ReportsItWithoutQuotingIt(string token)
    {
        var error = Assert.Throws<ArgumentException>(() => New("https://mastodon.example/", token));

        Assert.Contains("access token", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ZA-Yj3aB", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("!")] // the first and the last of the printable characters
    [InlineData("~")]
    [InlineData("a.b_c-d~e+f/g=h")]
    public async Task Send_AnyPrintableToken_IsSentAsItIs(string token)
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time, Some.Options(token: token));

        await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

        Assert.Equal($"Bearer {token}", server.Requests[0].Header("Authorization"));
    }

    [Fact]
    public async Task Send_TokenFromAFile_LosesItsLineBreak()
    {
        var server = new FakeServer(_time).Answers(200, Samples.MastodonStatus);
        await using var client = Some.Client(server, _time, Some.Options(token: $" {Some.Token}\r\n"));

        await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);

        Assert.Equal($"Bearer {Some.Token}", server.Requests[0].Header("Authorization"));
    }

    [Theory]
    [InlineData("ftp://mastodon.example/")]
    [InlineData("file:///etc/passwd")]
    public void New_AddressOfAnotherScheme_StatesWhatIsAllowed(string address)
    {
        var error = Assert.Throws<ArgumentException>(() => New(address, Some.Token));

        Assert.Contains("https://", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ServerThatEchoesTheToken_IsNotQuotedWithIt()
    {
        await using var client = Some.Client(
            new FakeServer(_time).Answers(422, $$"""{"error":"Bearer {{Some.Token}} may not do this"}"""),
            _time
        );

        var refused = Assert.IsType<SendOutcome.Refused>(
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
        );

        Assert.Equal("HTTP 422: Bearer … may not do this", refused.Reason);
    }

    public static TheoryData<int, string, string> Echoes =>
        new()
        {
            { 422, $$"""{"error":"{{Some.Token}}"}""", "application/json" },
            { 422, $$"""{"error":"{{Some.Token}}{{Some.Token}} x{{Some.Token}}y"}""", "application/json" },
            { 422, Some.Token, "text/plain" },
            { 422, new string('x', 195) + Some.Token, "text/plain" }, // at the end of the quoted text
            { 422, new string(' ', 795) + Some.Token, "text/plain" },
            { 401, Some.Token, "text/plain" },
            { 403, Some.Token, "text/plain" },
            { 404, Some.Token, "text/plain" },
            { 408, Some.Token, "text/plain" },
            { 500, Some.Token, "text/plain" },
            { 502, $"<html>{Some.Token}</html>", "text/html" },
            { 307, "", "text/plain" },
        };

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task AnyCall_ServerEchoesTheToken_QuotesNoPartOfIt(int status, string body, string type)
    {
        var location = ("Location", $"https://mastodon.example/?token={Some.Token}");
        var server = new FakeServer(_time);
        await using var client = Some.Client(server, _time);
        List<object> results = [];

        server.Answers(status, body, type, location);
        results.Add(await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken));
        for (var i = 0; i < 4; i++)
        {
            server.Answers(status, body, type, location);
        }

        var account = client.GetAccountAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 3 && status is 408 or >= 500; i++)
        {
            await _time.SkipDelayAsync();
        }

        results.Add(await account);

        Assert.All(
            results,
            result => Assert.DoesNotContain(Some.Token[..4], result.ToString(), StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.ResponseEnded)]
    public async Task Send_ExceptionThatQuotesTheToken_IsNotQuotedWithIt(HttpRequestError error)
    {
        var server = new FakeServer(_time);
        for (var i = 0; i < 4; i++)
        {
            server.Fails(error, $"Bearer {Some.Token} failed");
        }

        await using var client = Some.Client(server, _time);
        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3 && error == HttpRequestError.ConnectionError; i++)
        {
            await _time.SkipDelayAsync();
        }

        var text = (await outcome).ToString();
        Assert.Contains("Bearer … failed", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Token, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_InnerException_IsQuotedWithoutTheToken()
    {
        var server = new FakeServer(_time).Does(() =>
            throw new HttpRequestException("outer", new IOException($"inner {Some.Token}"))
        );
        await using var client = Some.Client(server, _time);

        Assert.Equal(
            new SendOutcome.Unknown("mastodon.example: outer. inner …"),
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task ToString_OfClientOptionsAndAddressWithPassword_ShowsNoSecret()
    {
        var options = Some.Options("https://user:hunter2@mastodon.example/");
        await using var client = new MastodonClient(options, _time, new Random(1), NullLoggerFactory.Instance);

        Assert.Equal("mastodon.example", options.ToString());
        object[] printed = [options, client];
        Assert.All(printed, value => Assert.DoesNotContain(Some.Token, $"{value}", StringComparison.Ordinal));
        Assert.All(printed, value => Assert.DoesNotContain("hunter2", $"{value}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_AnyFault_LogsNoToken()
    {
        using var log = new CollectingLog();
        var server = new FakeServer(_time)
            .Fails(HttpRequestError.ConnectionError, $"echo {Some.Token}")
            .AnswersTimes(5, 500);
        await using var client = Some.Client(server, _time, Some.Options(token: $" {Some.Token}\r\n"), log: log);

        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        await _time.SkipDelayAsync();
        await outcome;
        for (var i = 0; i < 4; i++)
        {
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        }

        Assert.Contains(log.Lines, line => line.Contains("retry in", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("Circuit breaker", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(Some.Token, StringComparison.Ordinal));
    }

    private static MastodonClient New(string address, string token) =>
        new(Some.Options(address, token), TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
}
