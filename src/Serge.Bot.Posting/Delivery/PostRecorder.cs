namespace Serge.Bot.Posting.Delivery;

/// <summary>Stores what became of a post in the ledger, counts it and logs it.</summary>
public sealed partial class PostRecorder(ILedger ledger, Clocks clocks, ILogger<PostRecorder> logger)
{
    /// <param name="before">The post as it was read; a post that changed since is not stored.</param>
    /// <param name="after">The post after the step.</param>
    /// <param name="cancellationToken">Stops before it is stored.</param>
    /// <returns><paramref name="after"/>; <see langword="null"/> when another worker has changed the post.</returns>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task<Post?> RecordAsync(Post before, Post after, CancellationToken cancellationToken)
    {
        if (!await ledger.TryUpdateAsync(before, after, cancellationToken))
        {
            LogTakenOver(before.Key, before.Destination);
            return null;
        }

        DeliveryMetrics.RecordState(after, clocks.Schedule.GetUtcNow());
        LogOutcome(after);
        return after;
    }

    /// <summary>Records that the worker that was sending the post stopped.</summary>
    public async Task RecordAbandonedAsync(Post before, Post after, CancellationToken cancellationToken)
    {
        if (await ledger.TryUpdateAsync(before, after, cancellationToken))
        {
            DeliveryMetrics.RecordState(after, clocks.Schedule.GetUtcNow());
            LogAbandoned(before.Key, before.Destination);
        }
    }

    /// <summary>Records the check for a second copy of a post that is sent.</summary>
    /// <inheritdoc cref="RecordAsync"/>
    public async Task<Post?> RecordCopyCheckAsync(Post before, Post after, CancellationToken cancellationToken)
    {
        if (!await ledger.TryUpdateAsync(before, after, cancellationToken))
        {
            LogTakenOver(before.Key, before.Destination);
            return null;
        }

        if (after.NeedsOperator)
        {
            LogCopy(after.Schedule, after.Destination, after.Reason);
        }

        return after;
    }

    private void LogOutcome(Post after)
    {
        switch (after.State)
        {
            case PostState.Sent when after.NeedsOperator:
                LogCopy(after.Schedule, after.Destination, after.Reason);
                break;
            case PostState.Sent:
                LogSent(after.Schedule, after.Destination, Describe(after));
                if (after.Reason is { } remark)
                {
                    LogRemark(after.Schedule, after.Destination, remark);
                }

                break;
            case PostState.Planned:
                LogRetry(after.Schedule, after.Destination, after.Reason);
                break;
            case PostState.Unknown:
                LogUnknown(after.Schedule, after.Destination, after.Reason);
                break;
            default:
                LogFailed(after.Schedule, after.Destination, after.State, after.Reason);
                break;
        }
    }

    private static string Describe(Post sent) =>
        sent.Url?.ToString() ?? $"message {sent.RemoteId ?? "with unknown id"}";

    [LoggerMessage(LogLevel.Information, "Posted {Schedule} to {Destination}: {Where}")]
    private partial void LogSent(ScheduleId schedule, Destination destination, string where);

    [LoggerMessage(LogLevel.Warning, "Post {Schedule} to {Destination}: {Remark}")]
    private partial void LogRemark(ScheduleId schedule, Destination destination, string remark);

    [LoggerMessage(LogLevel.Warning, "Posting {Schedule} to {Destination} failed and will be retried: {Reason}")]
    private partial void LogRetry(ScheduleId schedule, Destination destination, string? reason);

    [LoggerMessage(
        LogLevel.Warning,
        "The lease of post {Key} to {Destination} expired while it was being sent; looking it up"
    )]
    private partial void LogAbandoned(string key, Destination destination);

    [LoggerMessage(
        LogLevel.Warning,
        "Outcome of posting {Schedule} to {Destination} is unknown; looking it up before any retry: {Reason}"
    )]
    private partial void LogUnknown(ScheduleId schedule, Destination destination, string? reason);

    [LoggerMessage(LogLevel.Error, "Posting {Schedule} to {Destination} failed ({State}): {Reason}")]
    private partial void LogFailed(ScheduleId schedule, Destination destination, PostState state, string? reason);

    [LoggerMessage(LogLevel.Warning, "Another worker has taken over post {Key} to {Destination}")]
    private partial void LogTakenOver(string key, Destination destination);

    [LoggerMessage(LogLevel.Error, "Post of {Schedule} to {Destination} needs attention: {Reason}")]
    private partial void LogCopy(ScheduleId schedule, Destination destination, string? reason);
}
