using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Hosting;

/// <summary>One server, an address per endpoint.</summary>
public sealed class WebServerTests : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Request_ToEachAddress_IsAnsweredByItsOwnEndpoint()
    {
        LogLines<WebServer> log = new();
        await using WebServer server = new([new First(), new Second()], log);
        await server.StartAsync(Stop);
        var first = server.GetAddress<First>();
        var second = server.GetAddress<Second>();

        Assert.NotEqual(first.Port, second.Port);
        Assert.Equal("first /one", await _client.GetStringAsync(new Uri(first, "one"), Stop));
        Assert.Equal("second /one", await _client.GetStringAsync(new Uri(second, "one"), Stop));
        Assert.Equal(
            [
                $"Information: Listening for HTTP requests on {first.GetLeftPart(UriPartial.Authority)} (First:Listen)",
                $"Information: Listening for HTTP requests on {second.GetLeftPart(UriPartial.Authority)} (Second:Listen)",
            ],
            log.Lines
        );
    }

    [Theory]
    [InlineData(4, HttpStatusCode.OK)]
    [InlineData(5, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Request_WithABody_MayBeAsLongAsItsEndpointAllows(int length, HttpStatusCode status)
    {
        await using WebServer server = new([new First(), new Second()], NullLogger<WebServer>.Instance);
        await server.StartAsync(Stop);

        using StringContent body = new(new string('x', length));
        using var response = await _client.PostAsync(server.GetAddress<First>(), body, Stop);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Start_OnAPortInUse_FailsAndNamesTheSetting()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        Uri taken = new($"http://{other.LocalEndpoint}/");
        await using WebServer server = new(
            [new First(), new Second { Address = taken }],
            NullLogger<WebServer>.Instance
        );

        var e = await Assert.ThrowsAsync<SettingsException>(() => server.StartAsync(Stop));

        var problem = Assert.Single(e.Problems);
        Assert.StartsWith($"Second:Listen = \"{taken}\": cannot listen there: ", problem, StringComparison.Ordinal);
        Assert.EndsWith(
            " Choose an address of this machine and a free port, or stop the program that uses this one.",
            problem,
            StringComparison.Ordinal
        );
        Assert.Throws<InvalidOperationException>(server.GetAddress<First>);
    }

    /// <summary>The server listens on the loopback address of this name.</summary>
    [Fact]
    public async Task Start_OnAPortOfLocalhostInUse_NamesTheSetting()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        Uri taken = new($"http://localhost:{((IPEndPoint)other.LocalEndpoint).Port}/");
        await using WebServer server = new(
            [new First(), new Second { Address = taken }],
            NullLogger<WebServer>.Instance
        );

        var e = await Assert.ThrowsAsync<SettingsException>(() => server.StartAsync(Stop));

        var problem = Assert.Single(e.Problems);
        Assert.StartsWith($"Second:Listen = \"{taken}\": cannot listen there: ", problem, StringComparison.Ordinal);
    }

    /// <summary>The error of the operating system does not say which address it is about.</summary>
    [Fact]
    public async Task Start_OnAnAddressOfAnotherMachine_NamesEverySettingThatCanBeMeant()
    {
        Uri foreign = new("http://192.0.2.1:9/");
        await using WebServer server = new(
            [new First(), new Second { Address = foreign }],
            NullLogger<WebServer>.Instance
        );

        var e = await Assert.ThrowsAsync<SettingsException>(() => server.StartAsync(Stop));

        var problem = Assert.Single(e.Problems);
        Assert.StartsWith(
            $"First:Listen = \"http://127.0.0.1:0/\" or Second:Listen = \"{foreign}\": cannot listen there: ",
            problem,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Stop_ClosesTheAddresses()
    {
        await using WebServer server = new([new First()], NullLogger<WebServer>.Instance);
        await server.StartAsync(Stop);
        var address = server.GetAddress<First>();

        await server.StopAsync(Stop);

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(address, Stop));
    }

    [Fact]
    public async Task Stop_WithoutAStart_DoesNothing()
    {
        await using WebServer server = new([new First()], NullLogger<WebServer>.Instance);

        await server.StopAsync(Stop);
    }

    private class First : IWebEndpoint
    {
        public virtual string Setting => "First:Listen";

        public Uri Address { get; init; } = new("http://127.0.0.1:0/");

        public int MaxBodyBytes => 4;

        protected virtual string Name => "first";

        public async Task HandleAsync(HttpContext context)
        {
            using StreamReader body = new(context.Request.Body);
            await body.ReadToEndAsync(context.RequestAborted);
            await context.Response.WriteAsync($"{Name} {context.Request.Path}", context.RequestAborted);
        }
    }

    private sealed class Second : First
    {
        public override string Setting => "Second:Listen";

        protected override string Name => "second";
    }
}
