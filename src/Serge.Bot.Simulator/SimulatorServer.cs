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

/// <summary>A web server on 127.0.0.1 with nothing but a world on it.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly IHostApplicationLifetime _lifetime;

    private SimulatorServer(WebApplication application, SimulatorWorld world)
    {
        _application = application;
        _lifetime = application.Lifetime; // kept, for a second disposal cannot ask the application for it
        World = world;
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new Uri(addresses.Addresses.First());
    }

    /// <summary>What it serves.</summary>
    public SimulatorWorld World { get; }

    /// <summary>Its root, such as <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Discord's REST interface, version included, with a slash at the end.</summary>
    public Uri DiscordApiAddress => new(Address, "/discord/api/v10/");

    /// <summary>The Mastodon server, with a slash at the end. It is also at <see cref="Address"/>, for clients that know servers at the
    /// root of a host only.</summary>
    public Uri MastodonAddress => new(Address, "/mastodon/");

    /// <summary>Starts it.</summary>
    /// <param name="world">What to serve.</param>
    /// <param name="port">Where; 0 for any free port.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">The port is taken.</exception>
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
        MastodonEndpoints.Map(application, "", world.Mastodon, world.Faults);
        await application.StartAsync(cancellationToken);
        return new SimulatorServer(application, world);
    }

    /// <summary>Stops it; open gateway connections are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        // A request that a fault delays ends when the application stops. The web server alone would wait a second for it.
        _lifetime.StopApplication();
        await _application.DisposeAsync();
    }
}
