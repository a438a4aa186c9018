using System.Net;
using Polly;

namespace Serge.Bot.Mastodon;

/// <summary>Keeps the times until which a server's rate limits block requests.</summary>
/// <remarks>A server counts posts (300 in 3 hours), deletions (30 in 30 minutes) and all requests (300 in 5 minutes)
/// separately, and its headers describe the limit that is nearest to exhaustion. So reads, posts and deletions are
/// blocked separately. All numbers come from the headers. Sources: Mastodon docs, api/rate-limits; Mastodon 4.5.7,
/// <c>rack_attack.rb</c>.</remarks>
internal sealed class MastodonRateLimiter
{
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly Lock _lock = new();
    private readonly BlockBackoff _block;
    private DateTimeOffset _readsUntil;
    private DateTimeOffset _deletionsUntil;
    private DateTimeOffset _postsUntil;

    public MastodonRateLimiter(TimeProvider clock, Random random)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _block = new BlockBackoff(random, MastodonRateLimits.FirstBlockWait);
    }

    /// <summary>On a clock that only moves forward.</summary>
    public TimeSpan Now => _clock.GetElapsedTime(_start);

    /// <summary>The time until which requests of this method are blocked.</summary>
    public DateTimeOffset GetResetTime(HttpMethod method)
    {
        lock (_lock)
        {
            var resetTime = GetField(method);
            var blockEnd = _clock.GetUtcNow() + _block.GetWait(Now);
            return resetTime > blockEnd ? resetTime : blockEnd;
        }
    }

    /// <summary>Applies a response. A 429 without a time counts for all requests.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="sentAt">When the request was sent, as <see cref="Now"/>.</param>
    /// <param name="response">The response.</param>
    /// <returns>The new wait, if the response starts or prolongs a block.</returns>
    public TimeSpan? Observe(HttpMethod method, TimeSpan sentAt, HttpResponseMessage response)
    {
        lock (_lock)
        {
            if (MastodonRateLimits.GetResetTime(response, _clock.GetUtcNow()) is { } resetTime)
            {
                GetField(method) = resetTime;
            }
            else if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return _block.Block(sentAt, Now);
            }

            if (response.IsSuccessStatusCode)
            {
                _block.Reset(sentAt);
            }

            return null;
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
