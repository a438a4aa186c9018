namespace Serge.Bot.Discord.RateLimits;

/// <summary>Something that lets requests through in the order in which they came. Not thread-safe: the limiter has the lock.</summary>
internal abstract class Gate
{
    private readonly LinkedList<Waiter> _queue = new();

    /// <summary>Until then nothing goes through, on the limiter's clock.</summary>
    public TimeSpan ClosedUntil { get; private set; }

    /// <summary>Whether somebody waits.</summary>
    public bool HasWaiters => _queue.Count > 0;

    /// <summary>Takes a place at the end of the queue.</summary>
    public Waiter Join()
    {
        var waiter = new Waiter();
        _queue.AddLast(waiter);
        return waiter;
    }

    /// <summary>Gives a place up, whether its turn came or not.</summary>
    public void Leave(Waiter waiter)
    {
        _queue.Remove(waiter);
        WakeFirst();
    }

    /// <summary>Whether it is this waiter's turn.</summary>
    public bool IsFirst(Waiter waiter) => _queue.First?.Value == waiter;

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
        foreach (var waiter in _queue)
        {
            waiter.Wake();
        }
    }

    protected abstract TimeSpan? WaitWhenOpen(TimeSpan now);
}

/// <summary>A place in a queue.</summary>
internal sealed class Waiter
{
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it is worth looking again.</summary>
    public Task Woken => _woken.Task;

    /// <summary>Completes <see cref="Woken"/>.</summary>
    public void Wake() => _woken.TrySetResult();

    /// <summary>Goes back to waiting. Under the limiter's lock, so that no waking is missed.</summary>
    public void Rest()
    {
        if (_woken.Task.IsCompleted)
        {
            _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

/// <summary>The limit of all requests together, spread evenly: a burst would be answered with 429s.</summary>
/// <param name="perSecond">How many a second.</param>
internal sealed class GlobalGate(double perSecond) : Gate
{
    private static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(10);

    private readonly TimeSpan _step = TimeSpan.FromSeconds(1.02 / perSecond);
    private TimeSpan _next;

    public override void Take(TimeSpan now) => _next = (_next > now - CatchUp ? _next : now - CatchUp) + _step;

    protected override TimeSpan? WaitWhenOpen(TimeSpan now) => now < _next ? _next - now : TimeSpan.Zero;
}
