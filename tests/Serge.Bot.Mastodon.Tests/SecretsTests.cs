using Microsoft.Extensions.Logging;
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
    public void New_TokenThatCannotBeOne_SaysSoWithoutQuotingIt(string token)
    {
        var error = Assert.Throws<ArgumentException>(() => New("https://mastodon.example/", token));

        Assert.Contains("access token", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ZA-Yj3aB", error.ToString(), StringComparison.Ordinal);
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
    public void New_AddressOfAnotherScheme_SaysWhatIsAllowed(string address)
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

    [Fact]
    public async Task Send_AnyFault_LogsNoToken()
    {
        using var log = new CollectingLog();
        var server = new FakeServer(_time)
            .Fails(HttpRequestError.ConnectionError, $"echo {Some.Token}")
            .AnswersTimes(5, 500);
        await using var client = Some.Client(server, _time, Some.Options(), log: log);

        var outcome = client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        await _time.PassWaitAsync();
        await outcome;
        for (var i = 0; i < 4; i++)
        {
            await client.SendAsync(Some.Status(), Some.Key, TestContext.Current.CancellationToken);
        }

        Assert.Contains(log.Lines, line => line.Contains("trying again", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("left alone", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(Some.Token, StringComparison.Ordinal));
    }

    private static MastodonClient New(string address, string token) =>
        new(Some.Options(address, token), TimeProvider.System, new Random(1), NullLoggerFactory.Instance);

    private sealed class CollectingLog : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public void AddProvider(ILoggerProvider provider) { }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Add($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
