using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Serge.Bot.Simulator.Discord;
using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Simulator;

/// <summary>Mounts a world in a web application.</summary>
public static class SimulatorEndpoints
{
    /// <summary>Maps <c>/discord/…</c> and <c>/mastodon/…</c>. The application must use WebSockets; see <see cref="UseSimulator"/>.</summary>
    public static void MapSimulator(this IEndpointRouteBuilder endpoints, SimulatorWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        DiscordEndpoints.Map(endpoints, world.Discord);
        MastodonEndpoints.Map(endpoints, world.Mastodon, world.Faults);
    }

    /// <summary>Switches WebSockets on and maps everything.</summary>
    public static void UseSimulator(this WebApplication application, SimulatorWorld world)
    {
        ArgumentNullException.ThrowIfNull(application);
        application.UseWebSockets();
        application.MapSimulator(world);
    }
}
