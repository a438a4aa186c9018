using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.RateLimits;

/// <summary>Hands out permits to send, so that Discord never has to say 429.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits. A permit goes to the oldest request whose bucket has room, when there is room for it among
/// all requests too; it takes from both at once, so that nothing is held while waiting. Whoever gives up leaves the line, and a permit that
/// is disposed without an answer frees its place.</remarks>
internal sealed partial class RateLimiter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _wire;
    private readonly ILogger<RateLimiter> _logger;
    private readonly long _start;
    private readonly GlobalGate _all;
    private readonly InvalidRequests _invalid = new();
    private readonly BucketTable _buckets = new();

    /// <summary>Rings when somebody's wait or patience ends.</summary>
    private readonly ITimer _alarm;

    /// <summary>Who waits, the oldest first: no more than there are calls under way.</summary>
    private readonly LinkedList<Waiter> _line = new();

    /// <summary>Permits without an answer yet.</summary>
    private readonly HashSet<Permit> _out = [];

    private long _given;

    public RateLimiter(double requestsPerSecond, TimeProvider wire, ILogger<RateLimiter> logger)
    {
        (_wire, _logger, _start) = (wire, logger, wire.GetTimestamp());
        _all = new GlobalGate(requestsPerSecond);
        _alarm = wire.CreateTimer(_ => LetThrough(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _wire.GetElapsedTime(_start);

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
    /// <exception cref="RateLimitRejectedException">It would take longer than the patience lasts, or so much has been refused lately that we
    /// have stopped.</exception>
    public async ValueTask<Permit> AcquireAsync(Route route, TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(route, Now + patience);
        lock (_lock)
        {
            _line.AddLast(waiter);
            LetThrough();
        }

        await using var giveUp = cancellationToken.UnsafeRegister((_, cancelled) => Leave(waiter, cancelled), null);
        return await waiter.Task;
    }

    private void Leave(Waiter waiter, CancellationToken cancelled)
    {
        lock (_lock)
        {
            if (_line.Remove(waiter))
            {
                waiter.TrySetCanceled(cancelled);
            }
        }
    }

    /// <summary>Gives a permit to everybody who may go now, turns away who would wait in vain, and sets the alarm for the next.</summary>
    private void LetThrough()
    {
        lock (_lock)
        {
            var now = Now;
            TimeSpan? next = null;
            for (
                var (node, following) = (_line.First, _line.First?.Next);
                node is not null;
                (node, following) = (following, following?.Next)
            )
            {
                var waiter = node.Value;
                var wait = WaitOf(waiter.Route, now);
                if (RejectionOf(waiter, wait, now) is { } rejection)
                {
                    _line.Remove(node);
                    waiter.TrySetException(rejection);
                }
                else if (wait <= TimeSpan.Zero)
                {
                    _line.Remove(node);
                    waiter.TrySetResult(Give(waiter.Route, now));
                }
                else if ((wait ?? waiter.GiveUp - now) is var look && !(look >= next))
                {
                    next = look;
                }
            }

            _alarm.Change(
                next is { } time ? WholeMilliseconds(time) : Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
        }
    }

    /// <summary>How long until a request may go out; <see langword="null"/> when that depends on an answer that is still out.</summary>
    private TimeSpan? WaitOf(Route route, TimeSpan now)
    {
        var wait = _buckets.Of(route, now).Wait(now);
        return wait <= TimeSpan.Zero && !route.IsExempt ? _all.Wait(now) : wait;
    }

    private RateLimitRejectedException? RejectionOf(Waiter waiter, TimeSpan? wait, TimeSpan now)
    {
        if (_invalid.Wait(waiter.Route.IsExempt, now) is var stop && stop > TimeSpan.Zero)
        {
            return new(
                _wire.GetUtcNow() + stop,
                "Discord has refused so many of our requests (401, 403, 429) that we have stopped, before it shuts our address out."
            );
        }

        return wait <= TimeSpan.Zero || (now + (wait ?? TimeSpan.Zero) <= waiter.GiveUp && now < waiter.GiveUp)
            ? null
            : new(
                _wire.GetUtcNow() + (wait ?? TimeSpan.FromSeconds(1)),
                "Discord's limits ask to wait longer than there is time."
            );
    }

    private Permit Give(Route route, TimeSpan now)
    {
        var bucket = _buckets.Of(route, now);
        bucket.Take(now);
        if (!route.IsExempt)
        {
            _all.Take(now);
        }

        var permit = new Permit(this, route, bucket, ++_given, now);
        _out.Add(permit);
        return permit;
    }

    internal void Complete(Permit permit, RateLimitHeaders answer)
    {
        var route = permit.Route;
        if (answer.RetryAfter is { } retryAfter)
        {
            LogLimited(route.Template, answer.Scope ?? (answer.Global ? "global" : "unknown"), retryAfter.TotalSeconds);
        }

        int? stoppedAfter;
        lock (_lock)
        {
            var now = Now;
            stoppedAfter = answer.IsInvalid ? _invalid.Count(now) : null;
            if (answer is { Global: true, RetryAfter: { } all })
            {
                _all.CloseUntil(now + all);
            }

            _out.Remove(permit);
            Return(permit, counted: !answer.HasFigures, now);
            ReturnToAll(permit, counted: true, now);
            if (answer.Bucket is { } name && _buckets.TryName(route.Template, name, permit.Number, _given))
            {
                CountAlsoThere(route.Template, now);
            }

            // An answer speaks of the bucket that it names, also when it was overtaken and the route has another one by now.
            (answer.Bucket is { } bucket ? _buckets.Of(bucket, route.Major, now) : permit.Buckets[^1]).Learn(
                answer,
                now
            );
            LetThrough();
        }

        if (stoppedAfter is { } refused)
        {
            LogStopped(
                refused,
                InvalidRequests.Window.TotalMinutes,
                refused < InvalidRequests.StopsAnswersAt ? "but answers to commands " : ""
            );
        }
    }

    /// <summary>A route has another bucket, in all channels: what is out for it may be counted there, or have been counted before.</summary>
    private void CountAlsoThere(string template, TimeSpan now)
    {
        foreach (var permit in _out.Where(permit => permit.Route.Template == template))
        {
            var bucket = _buckets.Of(permit.Route, now);
            if (!permit.Buckets.Contains(bucket))
            {
                permit.Buckets.Add(bucket);
                bucket.Take(now);
            }
        }
    }

    private static void Return(Permit permit, bool counted, TimeSpan now)
    {
        foreach (var bucket in permit.Buckets)
        {
            bucket.Return(counted, now);
        }
    }

    private void ReturnToAll(Permit permit, bool counted, TimeSpan now)
    {
        if (!permit.Route.IsExempt)
        {
            _all.Return(permit.Since, counted, now);
        }
    }

    internal void Release(Permit permit)
    {
        lock (_lock)
        {
            _out.Remove(permit);
            var now = Now;
            Return(permit, permit.WentOut, now);
            ReturnToAll(permit, permit.WentOut, now);
            LetThrough();
        }
    }

    /// <summary>Timers know no less, and one that fires early would have us look again at once.</summary>
    private static TimeSpan WholeMilliseconds(TimeSpan time) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));

    public void Dispose() => _alarm.Dispose();

    [LoggerMessage(
        LogLevel.Warning,
        "Discord asks us to slow down: {Route} (limit: {Scope}) rests for {Seconds:0.###} s"
    )]
    private partial void LogLimited(string route, string scope, double seconds);

    [LoggerMessage(
        LogLevel.Error,
        "Discord has refused {Count} of our requests within 10 minutes (401, 403, 429). Before it shuts our address out, nothing {Except}is sent "
            + "for {Minutes} minutes. Look for a channel closed to the bot, a token that is not accepted, or another program at the same address"
    )]
    private partial void LogStopped(int count, double minutes, string except);
}
