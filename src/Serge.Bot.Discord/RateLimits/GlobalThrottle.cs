namespace Serge.Bot.Discord.RateLimits;

/// <summary>The global rate limit: requests start evenly, and no second has more than allowed, regardless of the
/// network.</summary>
/// <param name="perSecond">The most requests per second.</param>
/// <remarks>Delayed requests can arrive together, although they started evenly. So a request counts from its start
/// until one second after its response, because it may have arrived at any time between. Half of the shortest response
/// time is certain to pass on the way and is subtracted: with a steady network the pace is the full one.</remarks>
internal sealed class GlobalThrottle(double perSecond) : Throttle
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Timers fire late; up to this delay is made up for, so that delays do not reduce the pace.</summary>
    private static readonly TimeSpan MaxCatchUp = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / perSecond);
    private readonly int _maxRequests = Math.Max(1, (int)perSecond);

    /// <summary>The times of the latest responses, oldest first.</summary>
    private readonly Queue<TimeSpan> _responses = new();

    private TimeSpan _next;
    private TimeSpan? _shortestResponseTime;
    private int _inFlight;

    /// <summary>How long a request counts after its response.</summary>
    private TimeSpan CountedAfterResponse => Second - (_shortestResponseTime / 2 ?? TimeSpan.Zero);

    public override void Start(TimeSpan now)
    {
        _next = Max(_next, now - MaxCatchUp) + _interval;
        _inFlight++;
    }

    /// <summary>Notes that a request is no longer in flight.</summary>
    /// <param name="startedAt">The start of the request.</param>
    /// <param name="counted">Discord may have received the request.</param>
    /// <param name="now">The current time.</param>
    public void Finish(TimeSpan startedAt, bool counted, TimeSpan now)
    {
        _inFlight--;
        if (!counted)
        {
            return;
        }

        _responses.Enqueue(now);
        var responseTime = now - startedAt;
        if (!(_shortestResponseTime < responseTime))
        {
            _shortestResponseTime = responseTime;
        }
    }

    protected override TimeSpan? GetWaitWhenUnblocked(TimeSpan now)
    {
        while (_responses.TryPeek(out var oldest) && now - oldest >= CountedAfterResponse)
        {
            _responses.Dequeue();
        }

        var wait = Max(_next - now, TimeSpan.Zero);
        if (_inFlight + _responses.Count < _maxRequests)
        {
            return wait;
        }

        if (!_responses.TryPeek(out var first))
        {
            return null;
        }

        return Max(first + CountedAfterResponse - now, wait);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
