using System.Globalization;
using System.Text.Json.Nodes;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Counts requests: by route and resource, over all routes, and the invalid ones. Used under the world's lock.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits.</remarks>
internal sealed class RateLimits(DiscordOptions settings, TimeProvider clock, RandomSource chance)
{
    private const string Message = "You are being rate limited.";
    private readonly Dictionary<string, string> _bucketIds = new(StringComparer.Ordinal);
    private readonly Dictionary<(Snowflake Bot, string Bucket, string Resource), Count> _counts = [];
    private readonly Dictionary<Snowflake, Count> _global = [];
    private readonly Queue<DateTimeOffset> _invalid = new();

    /// <summary>Requests of the last ten minutes that ended in 401, 403 or 429, shared limits aside.</summary>
    public int InvalidRequests
    {
        get
        {
            var now = clock.GetUtcNow();
            while (_invalid.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromMinutes(10))
            {
                _invalid.Dequeue();
            }

            return _invalid.Count;
        }
    }

    public void CountInvalid() => _invalid.Enqueue(clock.GetUtcNow());

    /// <summary>Counts a request against the limit over all routes.</summary>
    /// <returns>The refusal, if it is one too many.</returns>
    public Limited? TakeGlobal(Snowflake bot)
    {
        var now = clock.GetUtcNow();
        var count = Take(_global, bot, new RouteLimit(settings.GlobalPerSecond, TimeSpan.FromSeconds(1)), now);
        return count.Over ? Refuse(count.ResetAt - now, LimitScope.Global) : null;
    }

    /// <summary>Counts a request against its route's limit.</summary>
    /// <param name="bot">Whose.</param>
    /// <param name="route">The verb and the route's pattern.</param>
    /// <param name="resource">The channel, guild or webhook.</param>
    /// <param name="limit">How many.</param>
    /// <param name="headers">Takes the headers every answer of the route carries.</param>
    /// <returns>The refusal, if it is one too many.</returns>
    public Limited? Take(
        Snowflake bot,
        string route,
        string resource,
        RouteLimit limit,
        IDictionary<string, string> headers
    )
    {
        if (!_bucketIds.TryGetValue(route, out var bucket))
        {
            _bucketIds[route] = bucket = chance.CreateHex(32);
        }

        var now = clock.GetUtcNow();
        var count = Take(_counts, (bot, bucket, resource), limit, now);
        var wait = count.ResetAt - now;
        headers["X-RateLimit-Limit"] = Digits(limit.Requests);
        headers["X-RateLimit-Remaining"] = Digits(Math.Max(0, limit.Requests - count.Taken));
        headers["X-RateLimit-Reset"] = Seconds(count.ResetAt - DateTimeOffset.UnixEpoch);
        headers["X-RateLimit-Reset-After"] = Seconds(wait);
        headers["X-RateLimit-Bucket"] = bucket;
        return count.Over ? Refuse(wait, LimitScope.User) : null;
    }

    /// <summary>A 429 in Discord's form.</summary>
    public static Limited Refuse(TimeSpan wait, LimitScope scope)
    {
        Dictionary<string, string> headers = new(StringComparer.Ordinal)
        {
            ["Retry-After"] = Digits((long)Math.Ceiling(wait.TotalSeconds)),
            ["X-RateLimit-Scope"] = scope switch
            {
                LimitScope.Global => "global",
                LimitScope.Shared => "shared",
                _ => "user",
            },
        };
        if (scope == LimitScope.Global)
        {
            headers["X-RateLimit-Global"] = "true";
        }

        JsonObject body = new()
        {
            ["message"] = scope == LimitScope.Shared ? "The resource is being rate limited." : Message,
            ["retry_after"] = Math.Round(wait.TotalSeconds, 3),
            ["global"] = scope == LimitScope.Global,
        };
        return new Limited(new Answer(429, body), scope, headers);
    }

    private static Count Take<TKey>(Dictionary<TKey, Count> counts, TKey key, RouteLimit limit, DateTimeOffset now)
        where TKey : notnull
    {
        if (counts.Count > 10_000)
        {
            foreach (var old in counts.Where(count => count.Value.ResetAt <= now).Select(count => count.Key).ToList())
            {
                counts.Remove(old);
            }
        }

        var count = counts.GetValueOrDefault(key);
        if (count is null || count.ResetAt <= now)
        {
            counts[key] = count = new Count { ResetAt = now + limit.Window };
        }

        count.Over = count.Taken >= limit.Requests;
        count.Taken += count.Over ? 0 : 1;
        return count;
    }

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private sealed class Count
    {
        public required DateTimeOffset ResetAt { get; init; }

        public int Taken { get; set; }

        public bool Over { get; set; }
    }
}

/// <summary>A request refused for its number.</summary>
internal sealed record Limited(Answer Answer, LimitScope Scope, IReadOnlyDictionary<string, string> Headers);
