namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Handles every REST request: checks the user agent, the token, the rate limits and the body, then calls the
/// route.</summary>
internal sealed class RestPipeline(DiscordWorld world)
{
    private const int MaxBodyLength = 25 * 1024 * 1024;
    private readonly FaultInjection _faults = new(
        world.Clock,
        world.Faults,
        new DiscordFaultResponses(world),
        world.Events
    );

    public Task ServeAsync(HttpContext context, RestRoute route) =>
        _faults.ServeAsync(context, body => Handle(context, route, body));

    /// <summary>Serves a path that has no route.</summary>
    public Task ServeErrorAsync(HttpContext context, RestResponse error) =>
        _faults.ServeAsync(context, _ => error.ToSimulated());

    private SimulatedResponse Handle(HttpContext context, RestRoute route, byte[] body)
    {
        lock (world.Lock)
        {
            if (world.RateLimiter.InvalidRequests >= world.Options.InvalidRequestLimit)
            {
                return new SimulatedResponse(429, "error code: 1015"u8.ToArray(), "text/plain");
            }

            Dictionary<string, string> headers = [];
            var response = Respond(context, route, body, headers);
            if (response.Status is 401 or 403 or 429)
            {
                world.RateLimiter.CountInvalid();
            }

            return response.ToSimulated() with
            {
                Headers = headers,
            };
        }
    }

    private RestResponse Respond(HttpContext context, RestRoute route, byte[] bytes, Dictionary<string, string> headers)
    {
        if (!IsBotUserAgent(context.Request.Headers.UserAgent))
        {
            return DiscordError.Cloudflare;
        }

        var application = Authenticate(context);
        if (application is null && !route.IsPublic)
        {
            return DiscordError.Unauthorized;
        }

        var bot = application?.Id ?? default;
        var exceeded = CountRequest(context, route, bot, headers);
        if (exceeded is not null)
        {
            return DiscordError.RateLimited(exceeded, headers);
        }

        var error = TryReadBody(context, bytes, out var body);
        return error ?? route.Handle(new RestRequest(context, world, application, body));
    }

    private Application? Authenticate(HttpContext context)
    {
        const string scheme = "Bot ";
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(scheme, StringComparison.Ordinal))
        {
            return null;
        }

        return world.FindApplication(header[scheme.Length..]);
    }

    private RateLimitExceeded? CountRequest(
        HttpContext context,
        RestRoute route,
        Snowflake bot,
        Dictionary<string, string> headers
    )
    {
        var limiter = world.RateLimiter;
        if (!route.IsOutsideGlobalLimit && limiter.CountGlobal(bot) is { } global)
        {
            return global;
        }

        var name = $"{route.Method} {route.Pattern}";
        var resource = string.Join('/', route.Resource.Select(value => context.Request.RouteValues[value]));
        var limit = route.Limit?.Invoke(world.Options) ?? world.Options.DefaultLimit;
        return limiter.Count(bot, name, resource, limit, headers);
    }

    /// <remarks>Source: Discord docs, Reference/User Agent: <c>DiscordBot ($url, $versionNumber)</c>.</remarks>
    private static bool IsBotUserAgent(string? agent)
    {
        const string start = "DiscordBot (";
        if (agent is null || !agent.StartsWith(start, StringComparison.Ordinal))
        {
            return false;
        }

        var end = agent.IndexOf(')', start.Length);
        if (end < 0)
        {
            return false;
        }

        return agent[start.Length..end].Split(", ") is [{ Length: > 0 }, { Length: > 0 }];
    }

    /// <returns>The error; <see langword="null"/> if the body is valid or empty.</returns>
    private static RestResponse? TryReadBody(HttpContext context, byte[] bytes, out JsonElement body)
    {
        body = default;
        if (bytes.Length == 0)
        {
            return null;
        }

        if (bytes.Length > MaxBodyLength)
        {
            return DiscordError.RequestTooLarge;
        }

        var type = context.Request.ContentType ?? "";
        if (!type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return DiscordError.InvalidForm(
                "_misc",
                "CONTENT_TYPE_INVALID",
                "Expected \"Content-Type\" header to be one of {'application/json'}."
            );
        }

        try
        {
            body = JsonElement.Parse(bytes);
            return null;
        }
        catch (JsonException)
        {
            return DiscordError.InvalidJson;
        }
    }
}
