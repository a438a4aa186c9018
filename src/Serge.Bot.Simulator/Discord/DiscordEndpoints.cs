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
            .. SelfRoutes.All, .. CommandRoutes.All, .. ChannelRoutes.All, .. MessageRoutes.All, .. InteractionRoutes.All, .. WebhookRoutes.All,
        ];
        foreach (var route in routes)
        {
            endpoints.MapMethods(ApiPath + route.Pattern, [route.Method], context => DiscordPipeline.HandleAsync(context, world, route));
        }

        endpoints.Map("/discord/api/{**rest}", context => DiscordPipeline.NothingHereAsync(context, world));
        endpoints.Map(GatewayEndpoint.Path, context => GatewayEndpoint.HandleAsync(context, world));
        endpoints.Map(GatewayEndpoint.ResumePath, context => GatewayEndpoint.HandleAsync(context, world));
    }
}
