using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Gateway;

/// <summary>Keeps session starts within Discord's limit: Discord resets the token of a bot that exceeds it.</summary>
/// <remarks>Source: Discord docs, Events/Gateway, Session Start Limit and Rate Limiting: 1000 in 24 hours, over all
/// shards and processes with the token, and <c>max_concurrency</c> in 5 s. The rest is read from <c>GET
/// /gateway/bot</c> before each session, so that a process that restarts repeatedly keeps the limit, too.</remarks>
/// <param name="getGateway">Reads <c>GET /gateway/bot</c>.</param>
/// <param name="clock">The clock of the waits.</param>
/// <param name="random">The source of the jitter.</param>
/// <param name="logger">For an exhausted limit.</param>
internal sealed partial class SessionStartLimiter(
    Func<CancellationToken, Task<Result<GatewayBot>>> getGateway,
    TimeProvider clock,
    Random random,
    ILogger<SessionStartLimiter> logger
)
{
    /// <summary>Reserved for manual restarts by a person; a twentieth of a small limit.</summary>
    public const int Reserve = 50;

    /// <summary>The interval of sessions of shards that share a key. Discord's 5 s count on arrival; the rest is for
    /// different network delays.</summary>
    public static readonly TimeSpan IdentifyInterval = TimeSpan.FromSeconds(5.25);

    private const int DefaultTotal = 1000;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan MinWait = TimeSpan.FromMinutes(1);

    /// <summary>The maximum age of a cached response.</summary>
    private static readonly TimeSpan MaxCacheAge = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly AsyncTurnstile _limit = new();
    private readonly Dictionary<int, RateLimitKey> _keys = [];

    /// <summary>This process's session starts of the last 24 hours, in case Discord's number is missing or out of
    /// date.</summary>
    private readonly Queue<long> _starts = new();

    private int _maxConcurrency = 1;
    private int _pending;
    private (Result<GatewayBot> Response, long At)? _cached;

    /// <summary>Reads the gateway's address and the recommended number of shards. The next session uses the same
    /// response.</summary>
    public async Task<Result<GatewayBot>> GetGatewayAsync(CancellationToken cancellationToken)
    {
        var response = await ReadGatewayAsync(cancellationToken);
        _cached = (response, clock.GetTimestamp());
        return response;
    }

    /// <summary>Waits until a session may be started.</summary>
    /// <param name="shard">The index of the shard. Shards with the same remainder of the index by
    /// <c>max_concurrency</c> start one after the other.</param>
    /// <param name="wasDeclined">Whether Discord has just declined a session: then the wait is at least 1 to 5 s, which
    /// spreads the bots after an outage.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<SessionStartResult> AcquireAsync(int shard, bool wasDeclined, CancellationToken cancellationToken)
    {
        if (wasDeclined)
        {
            var jitter = TimeSpan.FromSeconds(1 + (4 * random.NextDouble()));
            await Task.Delay(jitter, clock, cancellationToken);
        }

        var key = GetKey(shard);
        await key.Turnstile.EnterAsync(cancellationToken);
        SessionStartResult? result = null;
        try
        {
            result = await AcquireAsync(key, cancellationToken);
            return result;
        }
        finally
        {
            if (result is not SessionStartResult.Granted)
            {
                key.Turnstile.Exit();
            }
        }
    }

    /// <summary>Converts a failure to read the gateway's address.</summary>
    public static SessionStartResult.Denied Deny(Result<GatewayBot> failure)
    {
        ReconnectAction action = new ReconnectAction.Identify();
        if (failure is Result<GatewayBot>.Unauthorized)
        {
            action = new ReconnectAction.Stop(StopCause.InvalidToken);
        }

        return new SessionStartResult.Denied(action, failure.GetReason())
        {
            RetryAt = (failure as Result<GatewayBot>.Unavailable)?.RetryAt,
        };
    }

    /// <summary>Waits for the end of a rate limit: attempts before it would only fill the log.</summary>
    /// <param name="retryAt">On the system clock; <see langword="null"/> without a rate limit.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task WaitAsync(DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        var wait = retryAt - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait.Value < Day ? wait.Value : Day, clock, cancellationToken);
        }
    }

    private async Task<SessionStartResult> AcquireAsync(RateLimitKey key, CancellationToken cancellationToken)
    {
        if (key.LastStart is { } last)
        {
            var wait = IdentifyInterval - clock.GetElapsedTime(last);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }
        }

        await _limit.EnterAsync(cancellationToken);
        try
        {
            return await AcquireWithinLimitAsync(key, cancellationToken);
        }
        finally
        {
            _limit.Exit();
        }
    }

    private async Task<SessionStartResult> AcquireWithinLimitAsync(
        RateLimitKey key,
        CancellationToken cancellationToken
    )
    {
        var isLogged = false;
        while (true)
        {
            // Permits are granted one after the other, so the number can only decrease from here on.
            var pending = Volatile.Read(ref _pending);
            var response = TakeCached() ?? await ReadGatewayAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (!response.TryGetValue(out var gateway))
            {
                return Deny(response);
            }

            var (remaining, wait) = GetWait(gateway.SessionStartLimit, pending);
            if (wait is null)
            {
                return Grant(gateway, key);
            }

            if (!isLogged)
            {
                LogLimitExhausted(remaining, clock.GetUtcNow() + wait.Value);
                isLogged = true;
            }

            await Task.Delay(wait.Value, clock, cancellationToken);
        }
    }

    private SessionStartResult Grant(GatewayBot gateway, RateLimitKey key)
    {
        if (GatewayAddress.Create(gateway.Url) is { } address)
        {
            return new SessionStartResult.Granted(address, new SessionPermit(this, key));
        }

        return new SessionStartResult.Denied(
            new ReconnectAction.Identify(),
            "Discord's response to /gateway/bot does not contain the address of a WebSocket."
        );
    }

    /// <summary>Calculates the wait for another session.</summary>
    /// <param name="limit">Discord's numbers.</param>
    /// <param name="pending">Session starts that Discord may not have counted.</param>
    /// <returns>The remaining session starts, and the wait; <see langword="null"/> without a wait.</returns>
    private (int Remaining, TimeSpan? Wait) GetWait(SessionStartLimit? limit, int pending)
    {
        var total = limit?.Total is > 0 and var named ? named : DefaultTotal;
        var reserve = Math.Clamp(total / 20, 1, Reserve);
        if (limit?.Remaining < reserve)
        {
            var resetAfter = Math.Clamp(limit.ResetAfter ?? 0, MinWait.TotalMilliseconds, Day.TotalMilliseconds);
            return (limit.Remaining.Value, TimeSpan.FromMilliseconds(resetAfter));
        }

        lock (_lock)
        {
            while (_starts.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) >= Day)
            {
                _starts.Dequeue();
            }

            // Pending starts are soon counted or returned, and old ones expire, so a short wait is enough.
            var remaining = Math.Min(limit?.Remaining ?? total, total - _starts.Count) - pending;
            return (remaining, remaining < reserve ? MinWait : null);
        }
    }

    private Result<GatewayBot>? TakeCached()
    {
        var cached = _cached;
        _cached = null;
        if (cached is null || clock.GetElapsedTime(cached.Value.At) > MaxCacheAge)
        {
            return null;
        }

        return cached.Value.Response;
    }

    private async Task<Result<GatewayBot>> ReadGatewayAsync(CancellationToken cancellationToken)
    {
        var response = await getGateway(cancellationToken);
        if (response is Result<GatewayBot>.Success({ SessionStartLimit.MaxConcurrency: >= 1 and var maxConcurrency }))
        {
            lock (_lock)
            {
                _maxConcurrency = maxConcurrency;
            }
        }

        return response;
    }

    private RateLimitKey GetKey(int shard)
    {
        lock (_lock)
        {
            var number = shard % _maxConcurrency;
            if (!_keys.TryGetValue(number, out var key))
            {
                key = new RateLimitKey();
                _keys[number] = key;
            }

            return key;
        }
    }

    private void AddStart(RateLimitKey key)
    {
        var now = clock.GetTimestamp();
        lock (_lock)
        {
            _starts.Enqueue(now);
        }

        key.LastStart = now;
    }

    [LoggerMessage(
        LogLevel.Error,
        "Only {Remaining} new Discord sessions are left before Discord resets the token, so no session starts until "
            + "{Reset:u}. Check whether the bot restarts repeatedly"
    )]
    private partial void LogLimitExhausted(int remaining, DateTimeOffset reset);

    /// <summary>Shards that must not start sessions at the same time.</summary>
    internal sealed class RateLimitKey
    {
        public AsyncTurnstile Turnstile { get; } = new();

        public long? LastStart { get; set; }
    }

    /// <summary>Allows to start one session. Disposed when Discord has counted the session, or when it is not
    /// started.</summary>
    internal sealed class SessionPermit : IDisposable
    {
        private readonly SessionStartLimiter _limiter;
        private RateLimitKey? _key;
        private bool _isDisposed;

        public SessionPermit(SessionStartLimiter limiter, RateLimitKey key)
        {
            _limiter = limiter;
            _key = key;
            Interlocked.Increment(ref limiter._pending);
        }

        /// <summary>Notes that the session was requested, or may have been.</summary>
        public void MarkUsed()
        {
            if (_key is not null)
            {
                _limiter.AddStart(_key);
                ReleaseKey();
            }
        }

        public void Dispose()
        {
            ReleaseKey();
            if (!_isDisposed)
            {
                _isDisposed = true;
                Interlocked.Decrement(ref _limiter._pending);
            }
        }

        private void ReleaseKey()
        {
            _key?.Turnstile.Exit();
            _key = null;
        }
    }
}

/// <summary>Whether a session may be started. A closed set.</summary>
internal abstract record SessionStartResult
{
    private SessionStartResult() { }

    /// <param name="Address">The address of the gateway.</param>
    /// <param name="Permit">To dispose.</param>
    public sealed record Granted(Uri Address, SessionStartLimiter.SessionPermit Permit) : SessionStartResult;

    /// <param name="Action">The next action.</param>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Denied(ReconnectAction Action, string Reason) : SessionStartResult
    {
        /// <summary>The end of the rate limit, if there is one.</summary>
        public DateTimeOffset? RetryAt { get; init; }
    }
}
