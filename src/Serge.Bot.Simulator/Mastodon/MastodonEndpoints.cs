using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Where the simulated Mastodon server can be reached.</summary>
internal static class MastodonEndpoints
{
    public const string Root = "/mastodon";

    public static void Map(IEndpointRouteBuilder endpoints, MastodonWorld world, FaultScript faults)
    {
        IEnumerable<MastodonRoute> routes = [.. StatusRoutes.All, .. ScheduledStatusRoutes.All, .. AccountRoutes.All, .. InstanceRoutes.All];
        foreach (var route in routes)
        {
            endpoints.MapMethods(Root + route.Pattern, [route.Method], context => MastodonPipeline.HandleAsync(context, world, faults, route));
        }

        endpoints.Map(Root + "/{**rest}", context => MastodonPipeline.NothingHereAsync(context, world, faults));
    }
}
