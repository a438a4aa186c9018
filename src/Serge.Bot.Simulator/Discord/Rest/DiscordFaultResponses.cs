namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Creates the responses of faults in Discord's form.</summary>
internal sealed class DiscordFaultResponses(DiscordWorld world) : IFaultResponses
{
    public SimulatedResponse Create(int status)
    {
        if (status is 401 or 403 or 429)
        {
            CountInvalid();
        }

        if (status == 401)
        {
            return DiscordError.Unauthorized.ToSimulated();
        }

        if (status >= 502)
        {
            return SimulatedResponse.Html(status, $"<html><body>{status} cloudflare</body></html>");
        }

        var error = DiscordError.Create(status, 0, $"{status}: Simulated error");
        return error.ToSimulated();
    }

    public SimulatedResponse CreateRateLimited(RequestEffect.RateLimit effect, DateTimeOffset now)
    {
        if (effect.Scope != LimitScope.Shared)
        {
            CountInvalid();
        }

        Dictionary<string, string> headers = [];
        RateLimitExceeded exceeded = new(effect.RetryAfter, effect.Scope);
        var error = DiscordError.RateLimited(exceeded, headers);
        return error.ToSimulated() with { Headers = headers };
    }

    private void CountInvalid()
    {
        lock (world.Lock)
        {
            world.RateLimiter.CountInvalid();
        }
    }
}
