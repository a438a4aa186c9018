using Polly;

namespace Serge.Bot.Mastodon;

/// <summary>Keeps the times until which a server's rate limits block requests.</summary>
/// <remarks>A server counts posts (300 in 3 hours), deletions (30 in 30 minutes) and all requests (300 in 5 minutes)
/// separately, and its headers describe the limit that is nearest to exhaustion. So reads, posts and deletions are
/// blocked separately. All numbers come from the headers. Sources: Mastodon docs, api/rate-limits; Mastodon 4.5.7,
/// <c>rack_attack.rb</c>.</remarks>
internal sealed class MastodonRateLimiter(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _readsUntil;
    private DateTimeOffset _deletionsUntil;
    private DateTimeOffset _postsUntil;

    /// <summary>The time until which requests of this method are blocked.</summary>
    public DateTimeOffset GetResetTime(HttpMethod method)
    {
        lock (_lock)
        {
            return GetField(method);
        }
    }

    /// <summary>Applies the headers of a response.</summary>
    public void Observe(HttpMethod method, HttpResponseMessage response)
    {
        if (MastodonRateLimits.GetResetTime(response, clock.GetUtcNow()) is { } resetTime)
        {
            lock (_lock)
            {
                GetField(method) = resetTime;
            }
        }
    }

    private ref DateTimeOffset GetField(HttpMethod method)
    {
        if (method == HttpMethod.Get)
        {
            return ref _readsUntil;
        }

        if (method == HttpMethod.Delete)
        {
            return ref _deletionsUntil;
        }

        return ref _postsUntil;
    }
}

/// <summary>A rate limit is exhausted for longer than the call's timeout. Nothing was sent.</summary>
internal sealed class MastodonRateLimitException(DateTimeOffset until)
    : ExecutionRejectedException("The server's rate limit is used up.")
{
    public DateTimeOffset Until { get; } = until;
}
