using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Hosting.Web;

/// <summary>The worker's web server: each endpoint answers on its own address only. Registered
/// only with endpoints.</summary>
internal sealed partial class WebServer(IEnumerable<IWebEndpoint> endpoints, ILogger<WebServer> logger)
    : IHostedService,
        IAsyncDisposable
{
    private static readonly object EndpointKey = new();

    private readonly IWebEndpoint[] _endpoints = [.. endpoints];
    private WebApplication? _server;

    /// <summary>The address of an endpoint, with the port that was selected when its setting has port 0.</summary>
    /// <exception cref="InvalidOperationException">The server is not running, or has no such endpoint.</exception>
    public Uri GetAddress<T>()
        where T : IWebEndpoint
    {
        var index = Array.FindIndex(_endpoints, endpoint => endpoint is T);
        if (_server is null || index < 0)
        {
            throw new InvalidOperationException($"{typeof(T).Name} is not running.");
        }

        // Kestrel lists the addresses in the order of its listeners.
        return new Uri(_server.Urls.ElementAt(index));
    }

    /// <exception cref="SettingsException">The server cannot listen on an address.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        var server = builder.Build();
        server.Run(HandleAsync);
        try
        {
            await server.StartAsync(cancellationToken);
            _server = server;
            foreach (var (endpoint, address) in _endpoints.Zip(server.Urls))
            {
                LogListening(address, endpoint.Setting);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            await server.DisposeAsync();
            throw new SettingsException([DescribeFailure(e.Message)]);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is not null)
        {
            await _server.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(
            bytesPerSecond: 1000,
            gracePeriod: TimeSpan.FromSeconds(5)
        );
        foreach (var endpoint in _endpoints)
        {
            kestrel.Listen(GetBinding(endpoint), listener => Mark(listener, endpoint));
        }
    }

    /// <summary>The address as Kestrel gets it and names it in messages.</summary>
    private static IPEndPoint GetBinding(IWebEndpoint endpoint)
    {
        var host = endpoint.Address.Host.Trim('[', ']');
        var address = IPAddress.TryParse(host, out var ip) ? ip : IPAddress.Loopback;
        return new IPEndPoint(address, endpoint.Address.Port);
    }

    /// <summary>Marks every connection of a listener with its endpoint.</summary>
    private static void Mark(ListenOptions listener, IWebEndpoint endpoint) =>
        listener.Use(next =>
            connection =>
            {
                connection.Items[EndpointKey] = endpoint;
                return next(connection);
            }
        );

    private static Task HandleAsync(HttpContext context)
    {
        var items = context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        var endpoint = (IWebEndpoint)items[EndpointKey]!;
        var bodySize = context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>();
        bodySize.MaxRequestBodySize = endpoint.MaxBodyBytes;
        return endpoint.HandleAsync(context);
    }

    /// <summary>Names the setting whose address Kestrel's message contains. It contains one only if the address is in
    /// use; otherwise it can be any of the settings.</summary>
    private string DescribeFailure(string message)
    {
        var named = _endpoints.Where(endpoint =>
            message.Contains($"//{GetBinding(endpoint)}: ", StringComparison.Ordinal)
        );
        var possible = named.Any() ? named : _endpoints;
        var settings = possible.Select(endpoint => $"{endpoint.Setting} = \"{endpoint.Address}\"");
        return $"{string.Join(" or ", settings)}: cannot listen there: {message.TrimEnd('.')}. "
            + "Choose an address of this machine and a free port, or stop the program that uses this one.";
    }

    [LoggerMessage(LogLevel.Information, "Listening for HTTP requests on {Address} ({Setting})")]
    private partial void LogListening(string address, string setting);
}
