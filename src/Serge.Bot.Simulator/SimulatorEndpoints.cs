using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Serge.Bot.Simulator.Discord.Rest;
using Serge.Bot.Simulator.Mastodon;

namespace Serge.Bot.Simulator;

/// <summary>Maps a world in a web application.</summary>
public static class SimulatorEndpoints
{
    /// <summary>Maps <c>/discord/…</c> and <c>/mastodon/…</c>. The application must use WebSockets, as with
    /// <see cref="UseSimulator"/>.</summary>
    public static void MapSimulator(this IEndpointRouteBuilder endpoints, SimulatorWorld world)
    {
        DiscordEndpoints.Map(endpoints, world.Discord);
        MastodonEndpoints.Map(endpoints, MastodonEndpoints.Root, world.Mastodon);
    }

    /// <summary>Enables WebSockets and maps the world.</summary>
    public static void UseSimulator(this WebApplication application, SimulatorWorld world)
    {
        // No WebSocket pings by the system clock: Discord's heartbeats detect lost connections.
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        application.MapSimulator(world);
    }
}
