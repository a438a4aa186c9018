using System.Net;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Health;

/// <summary>The health endpoint, requested over HTTP.</summary>
public sealed class HealthEndpointTests : IAsyncLifetime
{
    private readonly TestCatalogue _catalogue = new();
    private readonly FakeTimeProvider _system = new(Some.At("2030-01-01 00:00"));
    private readonly StoppableLifetime _lifetime = new();
    private Database _database = null!;
    private SenderLease _lease = null!;
    private HealthReader _reader = null!;
    private WebServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _reader.Dispose();
        _lease.Dispose();
        _lifetime.Dispose();
        await _database.DisposeAsync();
        _catalogue.Dispose();
    }

    [Theory]
    [InlineData("GET", "/health/live", HttpStatusCode.OK)]
    [InlineData("HEAD", "/health/live", HttpStatusCode.OK)]
    [InlineData("GET", "/health/ready", HttpStatusCode.OK)]
    [InlineData("HEAD", "/health/ready", HttpStatusCode.OK)]
    [InlineData("POST", "/health/ready", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/health/live", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/health", HttpStatusCode.NotFound)]
    [InlineData("POST", "/health/other", HttpStatusCode.NotFound)]
    public async Task Request_ByPathAndMethod_GetsItsStatus(string method, string path, HttpStatusCode status)
    {
        await StartAsync();
        await _lease.RenewAsync(Stop);

        using var answer = await AskAsync(new HttpMethod(method), path);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(
            status == HttpStatusCode.MethodNotAllowed ? "GET, HEAD" : "",
            string.Join(", ", answer.Content.Headers.Allow)
        );
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(status == HttpStatusCode.OK && method == "GET", text.Length > 0);
        if (status == HttpStatusCode.OK)
        {
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
            Assert.True(answer.Headers.CacheControl?.NoStore);
            Assert.True(answer.Content.Headers.ContentLength > 0);
        }

        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Ready_WhenUnhealthy_IsServiceUnavailableWithTheReport()
    {
        await StartAsync();

        using var answer = await AskAsync(HttpMethod.Get, "/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(
            $$"""
            {
              "status": "unhealthy",
              "problems": [
                "No worker holds the sender’s lease, so nothing is planned or posted; see the log."
              ],
              "role": "none",
              "version": "{{ProgramVersion.Text}}",
              "startedAt": "2030-01-01T00:00:00+00:00",
              "platforms": [],
              "catalogue": {
                "quotes": 3,
                "events": 3,
                "loadedAt": "2027-02-01T12:00:00+00:00",
                "errors": 0
              },
              "ledger": {
                "works": true
              },
              "waiting": 0,
              "failed": 0
            }
            """,
            await answer.Content.ReadAsStringAsync(Stop)
        );
    }

    [Fact]
    public async Task Live_HasTheTimeOfTheStart()
    {
        await StartAsync();

        using var answer = await AskAsync(HttpMethod.Get, "/health/live");

        Assert.Equal(
            $$"""
            {
              "status": "healthy",
              "version": "{{ProgramVersion.Text}}",
              "startedAt": "2030-01-01T00:00:00+00:00"
            }
            """,
            await answer.Content.ReadAsStringAsync(Stop)
        );
    }

    private Task StartAsync()
    {
        BotSettings settings = new() { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
        Clocks clocks = new(new FakeTimeProvider(Some.Noon), _system);
        SenderRows senders = new(_database);
        SenderAccounts accounts = new(["test"]);
        _lease = new SenderLease(
            senders,
            accounts,
            settings.Delivery,
            clocks,
            new Random(1),
            NullLogger<SenderLease>.Instance
        );
        _reader = new HealthReader(
            settings,
            senders,
            accounts,
            new OperatorLedger(_database),
            new GuildStore(_database),
            LiveCatalogue.Open(_catalogue.Folder, clocks.Schedule),
            new PlatformConnections(clocks),
            accountChecks: [],
            _lease,
            clocks,
            _lifetime
        );
        HealthEndpoint endpoint = new(_reader, new Uri("http://127.0.0.1:0/"));
        _server = new WebServer([endpoint], NullLogger<WebServer>.Instance);
        return _server.StartAsync(Stop);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path)
    {
        using SocketsHttpHandler handler = new() { UseProxy = false };
        using HttpClient client = new(handler);
        using HttpRequestMessage request = new(method, new Uri(_server.GetAddress<HealthEndpoint>(), path));
        return await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, Stop);
    }
}
