using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Maps the REST API and the gateway of the simulated Discord.</summary>
internal static class DiscordEndpoints
{
    private const string ApiPath = "/discord/api/v10";

    private static readonly RestRoute[] Routes =
    [
        .. BotRoutes.All,
        .. CommandRoutes.All,
        .. ChannelRoutes.All,
        .. MessageRoutes.All,
        .. FollowUpRoutes.All,
        .. InteractionRoutes.All,
        .. WebhookRoutes.All,
    ];

    public static void Map(IEndpointRouteBuilder endpoints, DiscordWorld world)
    {
        RestPipeline pipeline = new(world);
        foreach (var route in Routes)
        {
            var path = ApiPath + route.Pattern;
            endpoints.MapMethods(path, [route.Method], context => pipeline.ServeAsync(context, route));
        }

        foreach (var pattern in Routes.Select(route => route.Pattern).Distinct())
        {
            // Matches the other HTTP methods of the path.
            MapError(ApiPath + pattern, DiscordError.MethodNotAllowed);
        }

        MapError(ApiPath + "/{**rest}", DiscordError.NotFound);
        MapError("/discord/api/{**rest}", DiscordError.InvalidApiVersion);
        endpoints.Map(GatewayEndpoint.Path, context => GatewayEndpoint.ServeAsync(context, world));
        endpoints.Map(GatewayEndpoint.ResumePath, context => GatewayEndpoint.ServeAsync(context, world));

        void MapError(string path, RestResponse error) =>
            endpoints.Map(path, context => pipeline.ServeErrorAsync(context, error));
    }
}
