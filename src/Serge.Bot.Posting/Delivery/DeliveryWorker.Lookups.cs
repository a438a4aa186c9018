namespace Serge.Bot.Posting.Delivery;

/// <content>Lookups of posts whose answer was lost, and the check for a second copy.</content>
public sealed partial class DeliveryWorker
{
    private async Task<Post?> LookUpAsync(IPublishTarget target, Post post, CancellationToken cancellationToken)
    {
        var claimed = await ClaimLookupAsync(post, cancellationToken);
        if (claimed is null)
        {
            return null;
        }

        using var span = DeliveryMetrics.StartSpan("lookup", post);
        var lookup = await RunLookupAsync(target, claimed, cancellationToken);
        var after = Transitions.Apply(claimed, lookup, target.GetCapabilities(claimed.Destination), settings);
        DeliveryMetrics.SetState(span, after.State);
        return await RecordAsync(claimed, after, CancellationToken.None);
    }

    /// <summary>Sent posts that may be published twice. A platform without credentials is not asked.</summary>
    private async Task<IEnumerable<Post>> GetCopyChecksAsync(CancellationToken cancellationToken)
    {
        var systemNow = clocks.System.GetUtcNow();
        var posts = await ledger.GetCopyChecksAsync(systemNow, MaxPostsPerPoll, cancellationToken);
        return posts.Where(post => targets.IsEnabled(post.Destination));
    }

    /// <summary>Checks whether a post that was sent again is published twice.</summary>
    private async Task<Post?> CheckForCopyAsync(IPublishTarget target, Post post, CancellationToken cancellationToken)
    {
        var claimed = await ClaimLookupAsync(post, cancellationToken);
        if (claimed is null)
        {
            return null;
        }

        using var span = DeliveryMetrics.StartSpan("lookup", post);
        var lookup = await RunLookupAsync(target, claimed, cancellationToken);
        var after = Transitions.ApplyCopyCheck(claimed, lookup, clocks.Schedule.GetUtcNow(), settings);
        if (!await ledger.TryUpdateAsync(claimed, after, CancellationToken.None))
        {
            LogTakenOver(claimed.Key, claimed.Destination);
            return null;
        }

        if (after.NeedsOperator)
        {
            LogCopy(after.Schedule, after.Destination, after.Reason);
        }

        return after;
    }

    private async Task<Post?> ClaimLookupAsync(Post post, CancellationToken cancellationToken)
    {
        var claimed = Transitions.ClaimLookup(post, _worker, clocks.System.GetUtcNow(), settings);
        return await ledger.TryUpdateAsync(post, claimed, cancellationToken) ? claimed : null;
    }

    private async Task<CompletedLookup> RunLookupAsync(
        IPublishTarget target,
        Post claimed,
        CancellationToken cancellationToken
    )
    {
        var start = clocks.System.GetUtcNow();
        var result = await RunAsync(
            claimed,
            token => target.FindPublishedAsync(claimed, token),
            problem => new LookupResult.Inconclusive(problem),
            cancellationToken
        );
        return new CompletedLookup(result, start, clocks.System.GetUtcNow());
    }

    [LoggerMessage(LogLevel.Error, "Post of {Schedule} to {Destination} needs attention: {Reason}")]
    private partial void LogCopy(ScheduleId schedule, Destination destination, string? reason);
}
