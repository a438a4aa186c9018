using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Serge.Bot.Simulator.Discord;
using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Simulator;

/// <summary>Mounts a world in a web application.</summary>
public static class SimulatorEndpoints
{
    /// <summary>Maps <c>/discord/…</c> and <c>/mastodon/…</c>. The application must use WebSockets, as
    /// <see cref="UseSimulator"/> sees to.</summary>
    public static void MapSimulator(this IEndpointRouteBuilder endpoints, SimulatorWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        DiscordEndpoints.Map(endpoints, world.Discord);
        MastodonEndpoints.Map(endpoints, MastodonEndpoints.Root, world.Mastodon, world.Faults);
    }

    /// <summary>Switches WebSockets on and maps everything.</summary>
    public static void UseSimulator(this WebApplication application, SimulatorWorld world)
    {
        ArgumentNullException.ThrowIfNull(application);
        // No pings on the wall clock: whether a bot lives is Discord's heartbeats to tell.
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        application.MapSimulator(world);
    }
}
