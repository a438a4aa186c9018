using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Maps the API of the simulated Mastodon server.</summary>
internal static class MastodonEndpoints
{
    public const string Root = "/mastodon";

    private static readonly MastodonRoute[] Routes =
    [
        .. StatusRoutes.All,
        .. MediaRoutes.All,
        .. ScheduledStatusRoutes.All,
        .. AccountRoutes.All,
        .. NotificationRoutes.All,
        .. InstanceRoutes.All,
    ];

    /// <summary>Maps the server below a path; an empty path is the root, as on real servers.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, string root, MastodonWorld world)
    {
        MastodonRequestPipeline pipeline = new(world, root);
        foreach (var route in Routes)
        {
            var path = root + route.Pattern;
            endpoints.MapMethods(path, [route.Method], context => pipeline.ServeAsync(context, route));
        }

        endpoints.Map(root + "/api/{**rest}", pipeline.ServeNotFoundAsync);
    }
}
