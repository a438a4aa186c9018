using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.RateLimits;

/// <summary>Hands out permits to send, so that Discord never has to say 429.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits. A permit, not a lock: whoever gives up leaves the queue, and a permit that is
/// disposed without an answer frees its place. A bucket is known by its header and the channel, server or interaction it is for.</remarks>
internal sealed partial class RateLimiter(double requestsPerSecond, TimeProvider wire, ILogger<RateLimiter> logger)
{
    /// <summary>When the table has grown to this, what is idle is swept out of it.</summary>
    public const int SweepAt = 512;

    private readonly Lock _lock = new();
    private readonly long _start = wire.GetTimestamp();
    private readonly GlobalGate _global = new(requestsPerSecond);

    /// <summary>The bucket of a route, by its template: as many as there are routes.</summary>
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private readonly Dictionary<(string Name, string Major), Bucket> _buckets = [];
    private int _sweepAt = SweepAt;

    private TimeSpan Now => wire.GetElapsedTime(_start);

    /// <summary>How many buckets are kept.</summary>
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

    /// <summary>Waits until a request may go out.</summary>
    /// <param name="route">What for.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The permit; dispose it, and complete it first if there was an answer.</returns>
    /// <exception cref="RateLimitRejectedException">It would take longer than the patience lasts.</exception>
    public async ValueTask<Permit> AcquireAsync(Route route, TimeSpan patience, CancellationToken cancellationToken)
    {
        var giveUp = Now + patience;
        var bucket = (Bucket)await PassAsync(() => BucketOf(route), giveUp, cancellationToken);
        var permit = new Permit(this, route, bucket);
        if (route.IsExempt)
        {
            return permit;
        }

        try
        {
            await PassAsync(() => _global, giveUp, cancellationToken);
            return permit;
        }
        catch
        {
            permit.Dispose();
            throw;
        }
    }

    /// <summary>Queues at a gate. It may become another while we wait: a route's bucket is known only after its first answer.</summary>
    private async ValueTask<Gate> PassAsync(Func<Gate> find, TimeSpan giveUp, CancellationToken cancellationToken)
    {
        Gate gate;
        Waiter waiter;
        lock (_lock)
        {
            gate = find();
            waiter = gate.Join();
        }

        try
        {
            while (true)
            {
                TimeSpan? wait;
                Task woken;
                var now = Now;
                lock (_lock)
                {
                    if (find() is var current && current != gate)
                    {
                        gate.Leave(waiter);
                        gate = current;
                        waiter = gate.Join();
                    }

                    wait = gate.IsFirst(waiter) ? gate.Wait(now) : null;
                    if (wait <= TimeSpan.Zero)
                    {
                        gate.Take(now);
                        return gate;
                    }

                    waiter.Rest();
                    woken = waiter.Woken;
                }

                if (now + (wait ?? TimeSpan.Zero) > giveUp || now >= giveUp)
                {
                    throw new RateLimitRejectedException(
                        wire.GetUtcNow() + (wait ?? TimeSpan.FromSeconds(1)), "Discord's limits ask to wait longer than there is time.");
                }

                var atMost = WholeMilliseconds(wait ?? giveUp - now);
                await using var alarm = wire.CreateTimer(_ => waiter.Wake(), null, atMost, Timeout.InfiniteTimeSpan);
                await using var end = cancellationToken.UnsafeRegister(static w => ((Waiter)w!).Wake(), waiter);
                await woken;
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            lock (_lock)
            {
                gate.Leave(waiter);
            }
        }
    }

    /// <summary>Timers know no less, and one that fires early would have us look again at once.</summary>
    private static TimeSpan WholeMilliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));

    /// <summary>Under the lock.</summary>
    private Bucket BucketOf(Route route)
    {
        var key = (_names.GetValueOrDefault(route.Template, route.Template), route.Major);
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            Sweep();
            _buckets[key] = bucket = new Bucket();
        }

        return bucket;
    }

    private void Sweep()
    {
        if (_buckets.Count < _sweepAt)
        {
            return;
        }

        var now = Now;
        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsIdle(now))
            {
                _buckets.Remove(key);
            }
        }

        // What is left is in use; looking through it anew for each newcomer would be of no use.
        _sweepAt = Math.Max(SweepAt, 2 * _buckets.Count);
    }

    internal void Complete(Permit permit, RateLimitHeaders answer)
    {
        var route = permit.Route;
        if (answer.RetryAfter is { } retryAfter)
        {
            LogLimited(route.Template, answer.Scope ?? (answer.Global ? "global" : "unknown"), retryAfter.TotalSeconds);
        }

        lock (_lock)
        {
            var now = Now;
            if (answer is { Global: true, RetryAfter: { } all })
            {
                _global.CloseUntil(now + all);
            }

            if (answer.Bucket is { } name)
            {
                _names[route.Template] = name;
            }

            var bucket = BucketOf(route);
            if (bucket != permit.Bucket)
            {
                // The route's bucket has its name only now. Whoever waits at the nameless one finds the right one.
                permit.Bucket.Return(wentOut: true);
                permit.Bucket.WakeAll();
                bucket.Take(now);
            }

            bucket.Return(answer, now);
            bucket.WakeFirst();
        }
    }

    internal void Release(Permit permit, bool wentOut)
    {
        lock (_lock)
        {
            permit.Bucket.Return(wentOut);
            permit.Bucket.WakeFirst();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Discord asks us to slow down: {Route} (limit: {Scope}) rests for {Seconds:0.###} s")]
    private partial void LogLimited(string route, string scope, double seconds);
}
