using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Discord.Gateway;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Who the bot is, and where its gateway is.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Resources/User and Resources/Application.</remarks>
internal static class SelfRoutes
{
    public static IEnumerable<DiscordRoute> All { get; } =
    [
        new("GET", "/gateway", request => Answer.Ok(new JsonObject { ["url"] = Url(request) })) { Open = true },
        new("GET", "/gateway/bot", GatewayBot),
        new(
            "GET",
            "/applications/@me",
            request => Answer.Ok(request.Bot.ToJson(request.World.GuildsOf(request.Bot).Count()))
        ),
        new(
            "GET",
            "/oauth2/applications/@me",
            request => Answer.Ok(request.Bot.ToJson(request.World.GuildsOf(request.Bot).Count()))
        ),
        new("GET", "/users/@me", Me),
        new("GET", "/users/@me/guilds", Guilds),
    ];

    private static string Url(RestRequest request) =>
        GatewayEndpoint.Url(request.Context.Request, GatewayEndpoint.Path);

    private static Answer GatewayBot(RestRequest request)
    {
        var (world, settings) = (request.World, request.World.Options);
        var starts = world.Gateway.StartsOf(request.Bot);
        var now = world.Clock.GetUtcNow();
        return Answer.Ok(
            new JsonObject
            {
                ["url"] = Url(request),
                ["shards"] = 1,
                ["session_start_limit"] = new JsonObject
                {
                    ["total"] = settings.SessionStartsPerDay,
                    ["remaining"] = starts.Remaining(settings.SessionStartsPerDay, now),
                    ["reset_after"] = (long)starts.ResetAfter(now).TotalMilliseconds,
                    ["max_concurrency"] = settings.MaxConcurrency,
                },
            }
        );
    }

    private static Answer Guilds(RestRequest request)
    {
        var guilds = request.World.GuildsOf(request.Bot).OrderBy(guild => guild.Id);
        return Answer.Ok(Json.ArrayOf(guilds.Select(guild => guild.ToPartialJson(guild.Members[request.Bot.Id]))));
    }

    private static Answer Me(RestRequest request)
    {
        var json = request.Bot.User.ToJson();
        json["mfa_enabled"] = false;
        json["locale"] = "en-US";
        json["premium_type"] = 0;
        json["email"] = null;
        json["verified"] = true;
        json["bio"] = "";
        return Answer.Ok(json);
    }
}
