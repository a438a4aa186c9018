using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.RateLimits;

/// <summary>Grants permits to send, so that Discord does not answer 429.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits. The oldest request whose bucket and the global limit have room
/// gets a permit; both are used at once, so that a waiting request holds neither. A cancelled request leaves the queue,
/// and a permit that is disposed without a response is returned.</remarks>
internal sealed partial class RateLimiter : IDisposable
{
    /// <summary>The wait after the first block.</summary>
    private static readonly TimeSpan FirstBlockWait = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly ILogger<RateLimiter> _logger;
    private readonly long _start;
    private readonly GlobalThrottle _global;
    private readonly InvalidRequestLimit _invalidRequests = new();
    private readonly BucketTable _buckets = new();
    private readonly BlockBackoff _block;

    /// <summary>Fires when the wait or the timeout of a pending request ends.</summary>
    private readonly ITimer _timer;

    /// <summary>Oldest first; at most one per call in progress.</summary>
    private readonly LinkedList<PendingRequest> _pending = new();

    /// <summary>Permits without a response.</summary>
    private readonly HashSet<Permit> _inFlight = [];

    private long _lastPermit;

    public RateLimiter(double requestsPerSecond, TimeProvider clock, Random random, ILogger<RateLimiter> logger)
    {
        _block = new BlockBackoff(random, FirstBlockWait);
        _clock = clock;
        _logger = logger;
        _start = clock.GetTimestamp();
        _global = new GlobalThrottle(requestsPerSecond);
        _timer = clock.CreateTimer(_ => GrantPermits(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    /// <summary>The number of buckets.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _buckets.Count;
            }
        }
    }

    /// <summary>Waits until a request may be sent.</summary>
    /// <returns>A permit to dispose; complete it first if there was a response.</returns>
    /// <exception cref="RateLimitRejectedException">The wait is longer than the timeout, or the client is paused after
    /// too many invalid requests.</exception>
    public async ValueTask<Permit> AcquireAsync(Route route, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new PendingRequest(route, Now + timeout);
        lock (_lock)
        {
            _pending.AddLast(request);
            GrantPermits();
        }

        await using var registration = cancellationToken.UnsafeRegister((_, token) => Cancel(request, token), null);
        return await request.Task;
    }

    /// <summary>The wait until a request to this route may be sent, as far as it is known.</summary>
    public TimeSpan GetDelay(Route route)
    {
        lock (_lock)
        {
            return GetWait(route, Now) ?? TimeSpan.Zero;
        }
    }

    private void Cancel(PendingRequest request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_pending.Remove(request))
            {
                request.TrySetCanceled(cancellationToken);
            }
        }
    }

    /// <summary>Grants permits to all requests that may be sent now, rejects those whose wait is longer than their
    /// timeout, and sets the timer for the next.</summary>
    private void GrantPermits()
    {
        lock (_lock)
        {
            var now = Now;
            TimeSpan? next = null;
            var node = _pending.First;
            while (node is not null)
            {
                var request = node;
                node = node.Next;
                var wait = GrantOrReject(request.Value, now);
                if (wait is null)
                {
                    _pending.Remove(request);
                }
                else if (!(wait >= next))
                {
                    next = wait;
                }
            }

            _timer.Change(RoundUpToMilliseconds(next) ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <returns>How long the request still waits; <see langword="null"/> if it was granted or rejected.</returns>
    private TimeSpan? GrantOrReject(PendingRequest request, TimeSpan now)
    {
        var wait = GetWait(request.Route, now);
        if (GetRejection(request, wait, now) is { } rejection)
        {
            request.TrySetException(rejection);
            return null;
        }

        if (wait <= TimeSpan.Zero)
        {
            request.TrySetResult(Grant(request.Route, now));
            return null;
        }

        return wait ?? request.Deadline - now;
    }

    /// <summary>The wait until a request may be sent; <see langword="null"/> if it depends on a response that has not
    /// arrived.</summary>
    private TimeSpan? GetWait(Route route, TimeSpan now)
    {
        // Discord blocks the client, so it blocks responses to interactions, too.
        if (_block.GetWait(now) is var blocked && blocked > TimeSpan.Zero)
        {
            return blocked;
        }

        // After a block one request finds out whether it has ended.
        if (_block.IsActive && _inFlight.Count > 0)
        {
            return null;
        }

        var wait = _buckets.Get(route, now).GetWait(now);
        if (wait > TimeSpan.Zero || wait is null || route.IsInteractionResponse)
        {
            return wait;
        }

        return _global.GetWait(now);
    }

    private RateLimitRejectedException? GetRejection(PendingRequest request, TimeSpan? wait, TimeSpan now)
    {
        var pause = _invalidRequests.GetWait(request.Route.IsInteractionResponse, now);
        if (pause > TimeSpan.Zero)
        {
            return new(
                _clock.GetUtcNow() + pause,
                "Requests are paused, because Discord has refused too many of them (401, 403, 429)."
            );
        }

        var isInTime = now < request.Deadline && now + (wait ?? TimeSpan.Zero) <= request.Deadline;
        if (wait <= TimeSpan.Zero || isInTime)
        {
            return null;
        }

        return new(
            _clock.GetUtcNow() + (wait ?? TimeSpan.FromSeconds(1)),
            "The wait for Discord's rate limit is longer than the timeout."
        );
    }

    private Permit Grant(Route route, TimeSpan now)
    {
        var bucket = _buckets.Get(route, now);
        bucket.Start(now);
        if (!route.IsInteractionResponse)
        {
            _global.Start(now);
        }

        _lastPermit++;
        var permit = new Permit(this, route, bucket, _lastPermit, now);
        _inFlight.Add(permit);
        return permit;
    }

    internal void Complete(Permit permit, RateLimitHeaders headers)
    {
        if (headers is { IsBlock: false, RetryAfter: { } retryAfter })
        {
            var scope = headers.Scope ?? (headers.Global ? "global" : "unknown");
            LogRateLimited(permit.Route.Template, retryAfter.TotalSeconds, scope);
        }

        int? invalidRequests = null;
        TimeSpan? blockWait = null;
        lock (_lock)
        {
            var now = Now;
            if (headers.IsInvalid)
            {
                invalidRequests = _invalidRequests.Record(now);
            }

            if (headers.IsBlock)
            {
                blockWait = _block.Block(permit.GrantedAt, now, headers.RetryAfter ?? TimeSpan.Zero);
            }
            else if (headers.IsSuccess)
            {
                _block.Reset(permit.GrantedAt);
            }

            if (headers is { Global: true, RetryAfter: { } globalRetryAfter })
            {
                _global.BlockUntil(now + globalRetryAfter);
            }

            FinishInBuckets(permit, counted: !headers.HasBucketState, now);
            FinishInGlobal(permit, counted: true, now);
            GetReportedBucket(permit, headers, now).Update(headers, now);
            GrantPermits();
        }

        if (blockWait is { } wait)
        {
            LogBlocked(wait.TotalSeconds);
        }

        if (invalidRequests is { } count)
        {
            var areRepliesPaused = count >= InvalidRequestLimit.MaxBeforeReplyPause;
            var paused = areRepliesPaused ? "all requests" : "all requests except responses to interactions";
            LogPaused(count, paused, InvalidRequestLimit.Window.TotalMinutes);
        }
    }

    /// <summary>The bucket that the headers describe, which may no longer be the route's one.</summary>
    private Bucket GetReportedBucket(Permit permit, RateLimitHeaders headers, TimeSpan now)
    {
        if (headers.Bucket is not { } name)
        {
            return permit.Buckets[^1];
        }

        var route = permit.Route;
        if (_buckets.TrySetBucket(route.Template, name, permit.Number, _lastPermit))
        {
            CountInNewBucket(route.Template, now);
        }

        return _buckets.Get(name, route.Major, now);
    }

    /// <summary>Counts the requests of a route in its new bucket, too: Discord may use it for requests in
    /// flight.</summary>
    private void CountInNewBucket(string template, TimeSpan now)
    {
        foreach (var permit in _inFlight.Where(permit => permit.Route.Template == template))
        {
            var bucket = _buckets.Get(permit.Route, now);
            if (!permit.Buckets.Contains(bucket))
            {
                permit.Buckets.Add(bucket);
                bucket.Start(now);
            }
        }
    }

    private void FinishInBuckets(Permit permit, bool counted, TimeSpan now)
    {
        _inFlight.Remove(permit);
        foreach (var bucket in permit.Buckets)
        {
            bucket.Finish(counted, now);
        }
    }

    private void FinishInGlobal(Permit permit, bool counted, TimeSpan now)
    {
        if (!permit.Route.IsInteractionResponse)
        {
            _global.Finish(permit.GrantedAt, counted, now);
        }
    }

    internal void Release(Permit permit)
    {
        lock (_lock)
        {
            var now = Now;
            FinishInBuckets(permit, permit.WasSent, now);
            FinishInGlobal(permit, permit.WasSent, now);
            GrantPermits();
        }
    }

    /// <summary>Timers have a resolution of 1 ms; one that fires early would only be set again.</summary>
    private static TimeSpan? RoundUpToMilliseconds(TimeSpan? time)
    {
        if (time is null)
        {
            return null;
        }

        return TimeSpan.FromMilliseconds(Math.Ceiling(time.Value.TotalMilliseconds));
    }

    public void Dispose() => _timer.Dispose();

    [LoggerMessage(LogLevel.Warning, "Rate limited on {Route} for {Seconds:0.###} s (limit: {Scope})")]
    private partial void LogRateLimited(string route, double seconds, string scope);

    [LoggerMessage(
        LogLevel.Warning,
        "Discord or Cloudflare blocks the bot's requests (HTTP 429); all requests wait {Seconds:0.#} s"
    )]
    private partial void LogBlocked(double seconds);

    [LoggerMessage(
        LogLevel.Error,
        "Discord refused {Count} requests within 10 minutes (401, 403, 429). To avoid a ban of this IP address, "
            + "{Paused} are paused for {Minutes} minutes. Check for a channel without permissions, an invalid token, "
            + "or another program at the same address"
    )]
    private partial void LogPaused(int count, string paused, double minutes);
}
