namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>The bot's own data: its application, its user, its guilds and its gateway.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Resources/User and Resources/Application.</remarks>
internal static class BotRoutes
{
    private static readonly JsonElement ConstantUserFields = JsonElement.Parse(
        """
        {
          "mfa_enabled": false,
          "locale": "en-US",
          "premium_type": 0,
          "email": null,
          "verified": true,
          "bio": ""
        }
        """
    );

    public static IEnumerable<RestRoute> All { get; } =
    [
        new("GET", "/gateway", GetGateway) { IsPublic = true },
        new("GET", "/gateway/bot", GetGatewayBot),
        new("GET", "/applications/@me", GetApplication),
        new("GET", "/oauth2/applications/@me", GetApplication),
        new("GET", "/users/@me", GetUser),
        new("GET", "/users/@me/guilds", GetGuilds),
    ];

    private static RestResponse GetGateway(RestRequest request) =>
        RestResponse.Ok(new JsonObject { ["url"] = GetUrl(request) });

    private static RestResponse GetGatewayBot(RestRequest request)
    {
        var world = request.World;
        var limiter = world.Gateway.GetIdentifyLimiter(request.Bot);
        var limit = world.Options.SessionStartsPerDay;
        var now = world.Clock.GetUtcNow();
        var resetAfter = limiter.GetResetAfter(now);
        JsonObject sessionStartLimit = new()
        {
            ["total"] = limit,
            ["remaining"] = limiter.GetRemaining(limit, now),
            ["reset_after"] = (long)resetAfter.TotalMilliseconds,
            ["max_concurrency"] = world.Options.MaxConcurrency,
        };
        JsonObject json = new()
        {
            ["url"] = GetUrl(request),
            ["shards"] = 1,
            ["session_start_limit"] = sessionStartLimit,
        };
        return RestResponse.Ok(json);
    }

    private static string GetUrl(RestRequest request) =>
        GatewayEndpoint.GetUrl(request.Context.Request, GatewayEndpoint.Path);

    private static RestResponse GetApplication(RestRequest request)
    {
        var guildCount = request.World.GetGuilds(request.Bot).Count();
        var json = request.Bot.ToJson(guildCount);
        return RestResponse.Ok(json);
    }

    private static RestResponse GetUser(RestRequest request)
    {
        var json = request.Bot.User.ToJson();
        Json.AddFields(json, ConstantUserFields);
        return RestResponse.Ok(json);
    }

    private static RestResponse GetGuilds(RestRequest request)
    {
        JsonArray json = [];
        foreach (var guild in request.World.GetGuilds(request.Bot).OrderBy(guild => guild.Id.Value))
        {
            var bot = guild.Members[request.Bot.Id];
            json.Add((JsonNode)guild.ToPartialJson(bot));
        }

        return RestResponse.Ok(json);
    }
}
