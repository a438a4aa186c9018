using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Simulator;

/// <summary>A web server on 127.0.0.1 that serves a world.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly IHostApplicationLifetime _lifetime;

    private SimulatorServer(WebApplication application, SimulatorWorld world)
    {
        _application = application;
        // Kept for a second disposal, when the application has no services any more.
        _lifetime = application.Lifetime;
        World = world;
        var server = application.Services.GetRequiredService<IServer>();
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses;
        Address = new Uri(addresses.First());
    }

    public SimulatorWorld World { get; }

    /// <summary>The root, such as <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri Address { get; }

    /// <summary>The base address of Discord's REST API, with the version and a slash at the end.</summary>
    public Uri DiscordApiAddress => new(Address, "/discord/api/v10/");

    /// <summary>The base address of the Mastodon server, with a slash at the end. The server is also at
    /// <see cref="Address"/>, for clients that support no path.</summary>
    public Uri MastodonAddress => new(Address, "/mastodon/");

    /// <summary>Starts a server.</summary>
    /// <param name="world">The world to serve.</param>
    /// <param name="port">The port; 0 for any free port.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<SimulatorServer> StartAsync(
        SimulatorWorld world,
        int port = 0,
        CancellationToken cancellationToken = default
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        var application = builder.Build();
        application.UseSimulator(world);
        MastodonEndpoints.Map(application, root: "", world.Mastodon);
        await application.StartAsync(cancellationToken);
        return new SimulatorServer(application, world);
    }

    /// <summary>Stops the server and aborts open gateway connections.</summary>
    public async ValueTask DisposeAsync()
    {
        // Ends requests that a fault delays; the web server would wait for them for 1 s.
        _lifetime.StopApplication();
        await _application.DisposeAsync();
    }
}
