namespace Serge.Bot.Posting.Model;

/// <summary>Section <c>Delivery</c>: timing of delivery, on the system clock.</summary>
public sealed record DeliverySettings
{
    /// <summary>The longest <see cref="SenderLease"/>.</summary>
    public static readonly TimeSpan MaxSenderLease = TimeSpan.FromMinutes(10);

    /// <summary>How long a claim lasts, 1 s to 1 h. Default 2 min: well over the 30 s that a send may take.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Delay between a lost response and the first lookup, 0 to 10 min. Default 10 s: the server may still
    /// execute the request.</summary>
    public TimeSpan LookupDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Delay after a failure that certainly published nothing, 100 ms to 10 min. Default 15 s; doubles with
    /// each attempt, up to 15 min.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Delay between two posts to one destination of which at least one is late, as after an outage, 0 to
    /// 1 h. Default 1 min.</summary>
    public TimeSpan LatePostInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Delay between two refusals of a platform before the bot acts on them, 0 to 1 h. Default 10 min: during
    /// an outage a platform may refuse what it accepts otherwise.</summary>
    public TimeSpan RefusalDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the sender's lease lasts without a renewal, 1 s to 10 min. Default 15 s. A running worker
    /// renews it after a third of this time. Must exceed the difference between the clocks of two machines.</summary>
    public TimeSpan SenderLease { get; init; } = TimeSpan.FromSeconds(15);
}
