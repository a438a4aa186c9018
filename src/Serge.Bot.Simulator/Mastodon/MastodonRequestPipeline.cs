namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Handles every request: checks the rate limit, the token and the parameters, then calls the route.</summary>
internal sealed class MastodonRequestPipeline(MastodonWorld world, string root)
{
    private const string BearerChallenge = """
        Bearer realm="Doorkeeper", error="invalid_token", error_description="The access token is invalid"
        """;

    private readonly FaultInjection _faults = new(
        world.Clock,
        world.Faults,
        new MastodonFaultResponses(),
        world.Events
    );

    public Task ServeAsync(HttpContext context, MastodonRoute route) =>
        _faults.ServeAsync(context, body => Handle(context, route, body));

    /// <summary>Serves a path that has no route.</summary>
    public Task ServeNotFoundAsync(HttpContext context) =>
        _faults.ServeAsync(context, _ => MastodonResponse.RouteNotFound.ToSimulated());

    private SimulatedResponse Handle(HttpContext context, MastodonRoute route, byte[] body)
    {
        lock (world.Lock)
        {
            world.PublishDue();
            var secret = ReadBearerToken(context);
            var token = world.FindToken(secret);
            var parameters = RequestParameters.Read(context.Request, body);
            MastodonRequest request = new(context, root, world, token, parameters ?? new RequestParameters());
            var response =
                CheckRateLimit(request, secret)
                ?? CheckUserAgent(context)
                ?? CheckToken(route, secret, token)
                ?? CheckParameters(parameters)
                ?? route.Handle(request);
            if (response.Status == 401)
            {
                request.Headers["WWW-Authenticate"] = BearerChallenge;
            }

            var profile = world.Options.Profile;
            if (response.Status == 422 && response.Body is not null)
            {
                response = response with { Status = profile.InvalidStatus };
            }

            TranslateRateLimitReset(request.Headers, profile.RateLimitReset);
            return response.ToSimulated() with { Headers = request.Headers };
        }
    }

    private MastodonResponse? CheckRateLimit(MastodonRequest request, string? secret)
    {
        var caller = request.Token is null ? "anonymous" : secret!;
        var allowance = world.RateLimiter.CountRequest(caller);
        allowance.AddTo(request.Headers);
        return allowance.IsExceeded ? MastodonResponse.TooManyRequests : null;
    }

    private MastodonResponse? CheckUserAgent(HttpContext context)
    {
        var isMissing = context.Request.Headers.UserAgent.Count == 0;
        if (isMissing && world.Options.Profile.RequiresUserAgent)
        {
            return MastodonResponse.Error(418, "I'm a teapot: no user-agent sent with request");
        }

        return null;
    }

    private MastodonResponse? CheckToken(MastodonRoute route, string? secret, AccessToken? token)
    {
        var profile = world.Options.Profile;
        var isOptional = route.Scopes.Count == 0 && !route.NeedsToken;
        if (token is null)
        {
            if (isOptional && secret is null)
            {
                return null;
            }

            return MastodonResponse.InvalidToken(profile.InvalidTokenStatus);
        }

        var scopes = isOptional ? route.OptionalScopes : route.Scopes;
        if (profile.HasScopes && scopes.Count > 0 && !scopes.Any(token.Scopes.Contains))
        {
            return MastodonResponse.OutOfScope;
        }

        if (route.Scopes.Count == 0)
        {
            return null;
        }

        if (token.Account is null)
        {
            return MastodonResponse.NoUser;
        }

        return token.Account.IsSuspended ? MastodonResponse.Suspended : null;
    }

    private static MastodonResponse? CheckParameters(RequestParameters? parameters)
    {
        if (parameters is null)
        {
            return MastodonResponse.Error(400, "Error occurred while parsing request parameters");
        }

        return null;
    }

    /// <summary>Changes the rate limit headers to those of another server.</summary>
    private static void TranslateRateLimitReset(Dictionary<string, string> headers, RateLimitReset format)
    {
        if (format == RateLimitReset.None)
        {
            foreach (var name in headers.Keys.Where(name => name.StartsWith("X-RateLimit-", StringComparison.Ordinal)))
            {
                headers.Remove(name);
            }
        }
        else if (format == RateLimitReset.UnixSeconds && headers.TryGetValue("X-RateLimit-Reset", out var reset))
        {
            var seconds = DateTimeOffset.Parse(reset, CultureInfo.InvariantCulture).ToUnixTimeSeconds();
            headers["X-RateLimit-Reset"] = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string? ReadBearerToken(HttpContext context)
    {
        const string scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return header[scheme.Length..].Trim();
    }
}
