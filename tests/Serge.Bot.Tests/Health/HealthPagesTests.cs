using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Health;

/// <summary>The pages as another program on this machine asks for them.</summary>
public sealed class HealthPagesTests : IAsyncLifetime
{
    private readonly TestCatalogue _catalogue = new();
    private readonly LogLines<HealthEndpoints> _log = new();
    private readonly FakeTimeProvider _wire = new(Some.At("2030-01-01 00:00"));
    private readonly StoppableLifetime _lifetime = new();
    private Database _database = null!;
    private SenderLease _lease = null!;
    private HealthReader _reader = null!;
    private HealthEndpoints _pages = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await Database.OpenAsync(Path.Combine(_catalogue.Home, "serge.db"), Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _pages.DisposeAsync();
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
    public async Task AnyRequest_GetsTheStatusOfItsPathAndMethod(string method, string path, HttpStatusCode status)
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
    public async Task Ready_WhenTheBotDoesNotWork_IsServiceUnavailableWithTheReport()
    {
        await StartAsync();

        using var answer = await AskAsync(HttpMethod.Get, "/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(
            """
            {
              "status": "unhealthy",
              "problems": [
                "Nobody holds the sender’s lease, so nothing is planned or posted; the log says why."
              ],
              "role": "none",
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
    public async Task Live_IsWhenItStarted()
    {
        await StartAsync();

        using var answer = await AskAsync(HttpMethod.Get, "/health/live");

        Assert.Equal(
            """
            {
              "status": "healthy",
              "startedAt": "2030-01-01T00:00:00+00:00"
            }
            """,
            await answer.Content.ReadAsStringAsync(Stop)
        );
    }

    [Fact]
    public async Task Start_SaysWhereItListens_AndStopEndsIt()
    {
        await StartAsync();
        Assert.Equal(
            $"Information: Health endpoints listening on {_pages.Address}health/ready",
            Assert.Single(_log.Lines)
        );

        await _pages.StopAsync(Stop);

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(HttpMethod.Get, "/health/live"));
    }

    [Fact]
    public async Task Start_WithoutAnAddress_DoesNotListen()
    {
        await StartAsync(new HealthSettings());

        Assert.Null(_pages.Address);
        Assert.Empty(_log.Lines);
        await _pages.StopAsync(Stop);
    }

    [Fact]
    public async Task Start_OnAPortInUse_Fails()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        Uri taken = new($"http://{other.LocalEndpoint}/");

        var e = await Assert.ThrowsAsync<SettingsException>(() =>
            StartAsync(new HealthSettings { Listen = taken })
        );
        Assert.StartsWith(
            $"Health:Listen = \"{taken}\" cannot be listened on: ",
            Assert.Single(e.Problems),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            " Name another port, or end the program that has this one.",
            e.Problems[0],
            StringComparison.Ordinal
        );
    }

    private Task StartAsync(HealthSettings? health = null)
    {
        BotSettings settings = new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Health = health ?? new HealthSettings { Listen = new Uri("http://127.0.0.1:0/") },
        };
        Clocks clocks = new(new FakeTimeProvider(Some.Noon), _wire);
        SenderRows senders = new(_database);
        _lease = new SenderLease(senders, settings, clocks, new Random(1), NullLogger<SenderLease>.Instance);
        _reader = new HealthReader(
            settings,
            new HealthRows(_database),
            senders,
            new Ledger(_database),
            new OperatorLedger(_database),
            LiveCatalogue.Open(_catalogue.Folder, clocks.Schedule),
            new PlatformConnections(clocks),
            _lease,
            clocks,
            _lifetime
        );
        _pages = new HealthEndpoints(_reader, settings, _log);
        return _pages.StartAsync(Stop);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path)
    {
        using SocketsHttpHandler handler = new() { UseProxy = false };
        using HttpClient client = new(handler);
        using HttpRequestMessage request = new(method, new Uri(_pages.Address!, path));
        return await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, Stop);
    }
}
