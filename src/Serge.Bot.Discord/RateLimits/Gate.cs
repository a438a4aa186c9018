namespace Serge.Bot.Discord.RateLimits;

/// <summary>Something that lets requests through in the order in which they came. Not thread-safe: the limiter has the lock.</summary>
internal abstract class Gate
{
    private readonly LinkedList<Place> _queue = new();

    /// <summary>Until then nothing goes through, on the limiter's clock.</summary>
    public TimeSpan ClosedUntil { get; private set; }

    /// <summary>Whether somebody waits.</summary>
    public bool HasWaiters => _queue.Count > 0;

    /// <summary>Takes a place at the end of the queue.</summary>
    public LinkedListNode<Place> Join(Place place) => _queue.AddLast(place);

    /// <summary>Gives a place up, whether its turn came or not.</summary>
    public void Leave(LinkedListNode<Place> node)
    {
        _queue.Remove(node);
        WakeFirst();
    }

    /// <summary>Whether it is this one's turn.</summary>
    public bool IsFirst(LinkedListNode<Place> node) => _queue.First == node;

    /// <summary>Lets nothing through for so long. A shorter time does not open it sooner.</summary>
    public void CloseUntil(TimeSpan until)
    {
        if (until > ClosedUntil)
        {
            ClosedUntil = until;
        }
    }

    /// <summary>How long until one more may go through.</summary>
    /// <returns>Zero for now; <see langword="null"/> when that depends on an answer that is still out.</returns>
    public TimeSpan? Wait(TimeSpan now) => now < ClosedUntil ? ClosedUntil - now : WaitWhenOpen(now);

    /// <summary>One request goes through.</summary>
    public abstract void Take(TimeSpan now);

    /// <summary>Lets the first in the queue look again.</summary>
    public void WakeFirst() => _queue.First?.Value.Wake();

    /// <summary>Lets everybody look again.</summary>
    public void WakeAll()
    {
        foreach (var place in _queue)
        {
            place.Wake();
        }
    }

    protected abstract TimeSpan? WaitWhenOpen(TimeSpan now);
}

/// <summary>The limit of all requests together, spread evenly: a burst would be answered with 429s.</summary>
/// <param name="perSecond">How many a second.</param>
internal sealed class GlobalGate(double perSecond) : Gate
{
    /// <summary>A little less than is allowed: what leaves in even steps does not arrive so.</summary>
    private const double Share = 0.97;

    private readonly TimeSpan _step = TimeSpan.FromSeconds(1 / (perSecond * Share));
    private TimeSpan _next;

    public override void Take(TimeSpan now) => _next = now + _step;

    protected override TimeSpan? WaitWhenOpen(TimeSpan now) => now < _next ? _next - now : TimeSpan.Zero;
}
