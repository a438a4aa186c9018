namespace Serge.Bot.Posting.Model;

/// <summary>Section <c>Delivery</c>: the pace of sending. All on the wire's clock.</summary>
public sealed record DeliverySettings
{
    /// <summary>How long a claim lasts, 1 s to 1 h. Default 2 min, well over the 30 s a send may take.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a lost answer rests before the first look, 0 to 10 min. Default 10 s: a server may still be at work.</summary>
    public TimeSpan LookupDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first wait after a failure that certainly sent nothing, 100 ms to 10 min. Default 15 s; doubles each time up to 15 min.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a worker that fell silent is still taken for the sender, 1 s to 10 min. Default 15 s; a living one renews it three times as often.
    /// Longer than the clocks of two machines may differ.</summary>
    public TimeSpan SenderLease { get; init; } = TimeSpan.FromSeconds(15);
}
