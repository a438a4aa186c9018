namespace Serge.Bot.Discord.RateLimits;

/// <summary>Something that lets so many requests through. Not thread-safe: the limiter has the lock.</summary>
internal abstract class Gate
{
    private TimeSpan _closedUntil;

    /// <summary>Lets nothing through for so long. A shorter time does not open it sooner.</summary>
    public void CloseUntil(TimeSpan until) => _closedUntil = until > _closedUntil ? until : _closedUntil;

    /// <summary>Whether it lets nothing through, whatever else may be said of it.</summary>
    public bool IsClosed(TimeSpan now) => now < _closedUntil;

    /// <summary>How long until one more may go through.</summary>
    /// <returns>Zero for now; <see langword="null"/> when that depends on an answer that is still out.</returns>
    public TimeSpan? Wait(TimeSpan now) => IsClosed(now) ? _closedUntil - now : WaitWhenOpen(now);

    /// <summary>One request goes through.</summary>
    public abstract void Take(TimeSpan now);

    protected abstract TimeSpan? WaitWhenOpen(TimeSpan now);
}

/// <summary>The limit of all requests together: spread evenly, and never more in any second than are allowed, whatever the line does.</summary>
/// <param name="perSecond">How many a second.</param>
/// <remarks>Even when they leave in good time, requests that are held up on their way arrive in a bunch. So a request counts from when it leaves until a
/// second after its answer came, for until then it may have arrived. Only half of the shortest time that an answer has ever taken is
/// certain to pass on the way, and is taken off again: over a steady line the pace is the full one.</remarks>
internal sealed class GlobalGate(double perSecond) : Gate
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Timers are late; what they cost is caught up on up to this much, or each delay would slow us for good.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _step = TimeSpan.FromSeconds(1 / perSecond);
    private readonly int _most = Math.Max(1, (int)perSecond);

    /// <summary>When the latest answers came, the oldest first.</summary>
    private readonly Queue<TimeSpan> _answered = new();

    private TimeSpan _next;
    private TimeSpan? _shortest;
    private int _out;

    /// <summary>How long a request counts after its answer.</summary>
    private TimeSpan Rest => Second - (_shortest / 2 ?? TimeSpan.Zero);

    public override void Take(TimeSpan now)
    {
        _next = (_next > now - CatchUp ? _next : now - CatchUp) + _step;
        _out++;
    }

    /// <summary>A request is no longer out.</summary>
    /// <param name="since">When it was taken.</param>
    /// <param name="counted">It may have arrived.</param>
    /// <param name="now">When.</param>
    public void Return(TimeSpan since, bool counted, TimeSpan now)
    {
        _out--;
        if (counted)
        {
            _answered.Enqueue(now);
            _shortest = _shortest < now - since ? _shortest : now - since;
        }
    }

    protected override TimeSpan? WaitWhenOpen(TimeSpan now)
    {
        while (_answered.TryPeek(out var oldest) && now - oldest >= Rest)
        {
            _answered.Dequeue();
        }

        var pace = now < _next ? _next - now : TimeSpan.Zero;
        if (_out + _answered.Count < _most)
        {
            return pace;
        }

        return _answered.TryPeek(out var first) && first + Rest - now is var room ? (room > pace ? room : pace) : null;
    }
}
