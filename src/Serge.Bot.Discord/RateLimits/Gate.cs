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

/// <summary>The limit of all requests together, spread evenly: a burst would be answered with 429s.</summary>
/// <param name="perSecond">How many a second.</param>
/// <remarks>So many requests take 20 ms more than a second, for they arrive less evenly than they are sent. Half of that is for timers that
/// are late: it is caught up on, or each delay would slow us for good.</remarks>
internal sealed class GlobalGate(double perSecond) : Gate
{
    private static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(10);

    private readonly TimeSpan _step = TimeSpan.FromSeconds(1.02 / perSecond);
    private TimeSpan _next;

    public override void Take(TimeSpan now) => _next = (_next > now - CatchUp ? _next : now - CatchUp) + _step;

    protected override TimeSpan? WaitWhenOpen(TimeSpan now) => now < _next ? _next - now : TimeSpan.Zero;
}
