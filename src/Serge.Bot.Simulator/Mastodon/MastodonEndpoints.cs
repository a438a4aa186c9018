using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Where the simulated Mastodon server can be reached.</summary>
internal static class MastodonEndpoints
{
    public const string Root = "/mastodon";

    /// <summary>Maps the server under a path; an empty one puts it where real servers are.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, string root, MastodonWorld world, FaultScript faults)
    {
        IEnumerable<MastodonRoute> routes =
        [
            .. StatusRoutes.All,
            .. ScheduledStatusRoutes.All,
            .. AccountRoutes.All,
            .. InstanceRoutes.All,
        ];
        foreach (var route in routes)
        {
            endpoints.MapMethods(
                root + route.Pattern,
                [route.Method],
                context => MastodonPipeline.HandleAsync(context, root, world, faults, route)
            );
        }

        endpoints.Map(root + "/api/{**rest}", context => MastodonPipeline.NothingHereAsync(context, world, faults));
    }
}
