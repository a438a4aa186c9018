namespace Serge.Bot.Simulator.Discord;

/// <summary>Counts requests by route and resource, over all routes, and invalid ones. Use it under the world's
/// lock.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits.</remarks>
internal sealed class RestRateLimiter(DiscordOptions options, TimeProvider clock, RandomSource random)
{
    private const int MaxWindows = 10_000;
    private static readonly TimeSpan InvalidRequestWindow = TimeSpan.FromMinutes(10);
    private readonly Dictionary<string, string> _buckets = [];
    private readonly Dictionary<WindowKey, Window> _windows = [];
    private readonly Queue<DateTimeOffset> _invalid = new();

    /// <summary>Requests of the last 10 min that ended in 401, 403 or 429, except for shared limits.</summary>
    public int InvalidRequests
    {
        get
        {
            var oldestCounted = clock.GetUtcNow() - InvalidRequestWindow;
            while (_invalid.TryPeek(out var oldest) && oldest <= oldestCounted)
            {
                _invalid.Dequeue();
            }

            return _invalid.Count;
        }
    }

    public void CountInvalid() => _invalid.Enqueue(clock.GetUtcNow());

    /// <summary>Counts a request against the limit over all routes.</summary>
    /// <returns>The rejection if the request exceeds the limit.</returns>
    public RateLimitExceeded? CountGlobal(Snowflake bot)
    {
        WindowKey key = new(bot, Bucket: "", Resource: "");
        RouteLimit limit = new(options.GlobalPerSecond, TimeSpan.FromSeconds(1));
        var window = Count(key, limit);
        return GetExceeded(window, LimitScope.Global);
    }

    /// <summary>Counts a request against the limit of its route.</summary>
    /// <param name="bot">The bot that sends the request.</param>
    /// <param name="route">The HTTP method and the pattern of the route.</param>
    /// <param name="resource">The channel, guild or webhook.</param>
    /// <param name="limit">The limit of the route.</param>
    /// <param name="headers">Receives the headers that every response of the route has.</param>
    /// <returns>The rejection if the request exceeds the limit.</returns>
    public RateLimitExceeded? Count(
        Snowflake bot,
        string route,
        string resource,
        RouteLimit limit,
        IDictionary<string, string> headers
    )
    {
        if (!_buckets.TryGetValue(route, out var bucket))
        {
            bucket = random.CreateHex(32);
            _buckets[route] = bucket;
        }

        WindowKey key = new(bot, bucket, resource);
        var window = Count(key, limit);
        var remaining = Math.Max(0, limit.Requests - window.Used);
        headers["X-RateLimit-Limit"] = $"{limit.Requests}";
        headers["X-RateLimit-Remaining"] = $"{remaining}";
        headers["X-RateLimit-Reset"] = FormatSeconds(window.ResetAt - DateTimeOffset.UnixEpoch);
        headers["X-RateLimit-Reset-After"] = FormatSeconds(window.ResetAt - clock.GetUtcNow());
        headers["X-RateLimit-Bucket"] = bucket;
        return GetExceeded(window, LimitScope.User);
    }

    private Window Count(WindowKey key, RouteLimit limit)
    {
        RemoveExpired();
        var now = clock.GetUtcNow();
        var window = _windows.GetValueOrDefault(key);
        if (window is null || window.ResetAt <= now)
        {
            window = new Window { ResetAt = now + limit.Window };
            _windows[key] = window;
        }

        window.IsExceeded = window.Used >= limit.Requests;
        if (!window.IsExceeded)
        {
            window.Used++;
        }

        return window;
    }

    private void RemoveExpired()
    {
        if (_windows.Count <= MaxWindows)
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var (key, window) in _windows)
        {
            if (window.ResetAt <= now)
            {
                _windows.Remove(key);
            }
        }
    }

    private RateLimitExceeded? GetExceeded(Window window, LimitScope scope)
    {
        var retryAfter = window.ResetAt - clock.GetUtcNow();
        return window.IsExceeded ? new RateLimitExceeded(retryAfter, scope) : null;
    }

    private static string FormatSeconds(TimeSpan time) =>
        time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private readonly record struct WindowKey(Snowflake Bot, string Bucket, string Resource);

    private sealed class Window
    {
        public required DateTimeOffset ResetAt { get; init; }

        public int Used { get; set; }

        public bool IsExceeded { get; set; }
    }
}

/// <summary>A request that exceeds a rate limit.</summary>
internal sealed record RateLimitExceeded(TimeSpan RetryAfter, LimitScope Scope);
