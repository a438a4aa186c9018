using Polly;

namespace Serge.Bot.Mastodon.Rest;

/// <summary>Keeps requests back while the server says that a limit is used up.</summary>
/// <remarks>A server counts posting (300 in 3 hours), deleting (30 in 30 minutes) and everything together (300 in 5 minutes) apart, and its
/// headers show the limit that is nearest to its end. So each of reading, posting and deleting is kept back for itself. Numbers come
/// from the headers, none is assumed. Sources: Mastodon docs, api/rate-limits; Mastodon 4.5.7, <c>rack_attack.rb</c>.</remarks>
internal sealed class RateLimits(TimeProvider wire)
{
    private readonly Lock _lock = new();
    private readonly DateTimeOffset[] _reopensAt = new DateTimeOffset[3];

    /// <summary>Requests of this method may go out from this moment on.</summary>
    public DateTimeOffset ReopensAt(HttpMethod method)
    {
        lock (_lock)
        {
            return _reopensAt[Lane(method)];
        }
    }

    /// <summary>Takes note of what an answer says about limits.</summary>
    public void Observe(HttpMethod method, HttpResponseMessage response)
    {
        if (MastodonLimits.ReopensAt(response, wire.GetUtcNow()) is { } reopensAt)
        {
            lock (_lock)
            {
                _reopensAt[Lane(method)] = reopensAt;
            }
        }
    }

    private static int Lane(HttpMethod method) =>
        method == HttpMethod.Get ? 0
        : method == HttpMethod.Delete ? 1
        : 2;
}

/// <summary>A limit is used up for longer than the caller has patience. Nothing was sent.</summary>
internal sealed class RateLimitedException(DateTimeOffset until)
    : ExecutionRejectedException("The server's rate limit is used up.")
{
    public DateTimeOffset Until { get; } = until;
}
