namespace Serge.Bot.Posting.Storage;

/// <summary>What is due and was not sent, and what failed: the one source of <c>serge status</c>, the health endpoints
/// and alerts.</summary>
/// <param name="Waiting">Posts that are due and not sent yet, whatever the reason; at most
/// <see cref="MaxCount"/>.</param>
/// <param name="Delays">Those of them that are delayed, one entry per platform. Alerts are not among them: an alert
/// must not cause another one.</param>
/// <param name="Failed">Failed posts that were neither sent again nor dismissed, at most
/// <see cref="MaxCount"/>.</param>
public sealed record DeliveryReport(int Waiting, IReadOnlyList<DeliveryDelay> Delays, int Failed)
{
    /// <summary>Counting stops here.</summary>
    public const int MaxCount = 1000;

    /// <summary>A post that waits longer than this counts as delayed, even if no attempt failed. Posting to
    /// thousands of channels takes minutes.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(5);

    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static async Task<DeliveryReport> ReadAsync(
        IOperatorLedger ledger,
        DateTimeOffset scheduleNow,
        CancellationToken cancellationToken
    )
    {
        var waiting = await ledger.GetWaitingAsync(scheduleNow, MaxCount, cancellationToken);
        var failed = await ledger.GetFailedAsync(scheduleNow, MaxCount, cancellationToken);
        var delays = waiting
            .Where(post => post.Kind != PostKind.Alert && IsDelayed(post, scheduleNow))
            .GroupBy(post => post.Destination.Platform)
            .Select(posts => DeliveryDelay.Of(posts.Key, [.. posts]));
        return new DeliveryReport(waiting.Count, [.. delays], failed.Count);
    }

    /// <summary>An attempt failed, or the post waits for long.</summary>
    private static bool IsDelayed(Post post, DateTimeOffset scheduleNow)
    {
        var hasFailed = post.Reason is not null && post.State != PostState.Sending;
        return hasFailed || scheduleNow - post.Occurrence > MaxDelay;
    }
}

/// <summary>Posts to a platform that are due and delayed.</summary>
/// <param name="Platform">As in <see cref="Destination.Platform"/>.</param>
/// <param name="Posts">Their number, at least 1.</param>
/// <param name="Since">When the oldest of them was due.</param>
/// <param name="Reason">Why the oldest one was not sent, if known.</param>
public sealed record DeliveryDelay(string Platform, int Posts, DateTimeOffset Since, string? Reason)
{
    internal static DeliveryDelay Of(string platform, IReadOnlyList<Post> oldestFirst)
    {
        var known = oldestFirst.FirstOrDefault(post => post.Reason is not null);
        return new DeliveryDelay(platform, oldestFirst.Count, oldestFirst[0].Occurrence, known?.Reason);
    }
}
