using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Serge.Bot.Simulator.Discord.Gateway;
using Serge.Bot.Simulator.Discord.Rest;

namespace Serge.Bot.Simulator.Discord;

/// <summary>Where the simulated Discord can be reached.</summary>
internal static class DiscordEndpoints
{
    public const string ApiPath = "/discord/api/v10";

    public static void Map(IEndpointRouteBuilder endpoints, DiscordWorld world)
    {
        IEnumerable<DiscordRoute> routes =
        [
            .. SelfRoutes.All,
            .. CommandRoutes.All,
            .. ChannelRoutes.All,
            .. MessageRoutes.All,
            .. InteractionRoutes.All,
            .. WebhookRoutes.All,
        ];
        foreach (var route in routes)
        {
            endpoints.MapMethods(
                ApiPath + route.Pattern,
                [route.Method],
                context => DiscordPipeline.HandleAsync(context, world, route)
            );
        }

        foreach (var pattern in routes.Select(route => route.Pattern).Distinct(StringComparer.Ordinal))
        {
            // Taken where the path fits and the verb does not.
            endpoints.Map(
                ApiPath + pattern,
                context => DiscordPipeline.RefuseAsync(context, world, DiscordError.MethodNotAllowed)
            );
        }

        endpoints.Map(
            ApiPath + "/{**rest}",
            context => DiscordPipeline.RefuseAsync(context, world, DiscordError.NotFound)
        );
        endpoints.Map(
            "/discord/api/{**rest}",
            context => DiscordPipeline.RefuseAsync(context, world, DiscordError.InvalidApiVersion)
        );
        endpoints.Map(GatewayEndpoint.Path, context => GatewayEndpoint.HandleAsync(context, world));
        endpoints.Map(GatewayEndpoint.ResumePath, context => GatewayEndpoint.HandleAsync(context, world));
    }
}
