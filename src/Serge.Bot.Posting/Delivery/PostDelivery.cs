using System.Diagnostics;

namespace Serge.Bot.Posting.Delivery;

/// <summary>Takes one step with one post: a send, a lookup, or the decision that it is too late.</summary>
/// <remarks>Claim, send, record. A crash after the send leaves a claim without an outcome. When its lease expires the
/// post becomes <see cref="PostState.Unknown"/> and is looked up at the destination before anything is sent
/// again.</remarks>
public sealed partial class PostDelivery(
    ILedger ledger,
    PublishTargets targets,
    DeliverySettings settings,
    PostRecorder recorder,
    IRefusalListener refusals,
    Clocks clocks,
    Random random,
    ILogger<PostDelivery> logger
) : IDisposable
{
    /// <summary>The share of its lease that a send or a lookup may take, so that no other worker looks it
    /// up too early.</summary>
    private const double MaxShareOfLease = 0.75;

    private readonly CancellationTokenSource _abort = new();
    private readonly string _worker = IdempotencyKey.Create(random);

    public void Dispose() => _abort.Dispose();

    /// <summary>Cancels the sends in progress, now and later. Their outcome is recorded as unknown.</summary>
    public void Abort() => _abort.Cancel();

    /// <summary>Takes one step with a post: a send or a lookup.</summary>
    /// <returns>The post after the step; <see langword="null"/> when there was nothing to do or another
    /// worker has it.</returns>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task<Post?> DeliverAsync(Post post, CancellationToken cancellationToken)
    {
        if (targets.Find(post.Destination) is not { } target)
        {
            return await DeferAsync(post, cancellationToken);
        }

        var scheduleNow = clocks.Schedule.GetUtcNow();
        if (post.State == PostState.Sent)
        {
            return await CheckForCopyAsync(target, post, cancellationToken);
        }

        if (Transitions.IsStuck(post, scheduleNow))
        {
            return null;
        }

        if (post.State == PostState.Unknown)
        {
            return await LookUpAsync(target, post, cancellationToken);
        }

        if (Transitions.IsTooLate(post, scheduleNow))
        {
            return await RecordMissedAsync(post, cancellationToken);
        }

        var platform = target.GetCapabilities(post.Destination);
        if (Transitions.DependsOnExpiredKey(post, platform, clocks.System.GetUtcNow()))
        {
            return await recorder.RecordAsync(post, Transitions.ReturnToLookups(post), cancellationToken);
        }

        return await SendAsync(target, post, cancellationToken);
    }

    private async Task<Post?> RecordMissedAsync(Post post, CancellationToken cancellationToken)
    {
        var recorded = await recorder.RecordAsync(post, Transitions.MarkMissed(post), cancellationToken);
        if (recorded is { RefusedAt: not null })
        {
            refusals.HandleUnconfirmedRefusal(recorded);
        }

        return recorded;
    }

    private async Task<Post?> SendAsync(IPublishTarget target, Post post, CancellationToken cancellationToken)
    {
        await target.PrepareAsync(post, cancellationToken);
        // Before the claim is written, so that the deadline passes well before the claim ends in the ledger.
        SendDeadline deadline = new(clocks.System, settings.Lease * MaxShareOfLease);
        var begun = Transitions.RecordAttempt(post, clocks.Schedule.GetUtcNow());
        var claimed = Transitions.Claim(begun, _worker, clocks.System.GetUtcNow(), settings);
        if (!await ledger.TryUpdateAsync(post, claimed, cancellationToken))
        {
            return null;
        }

        using var span = DeliveryMetrics.StartSpan("send", post);
        // A shutdown does not cancel a send in progress: the next start would have to look it up. After an exception
        // the post may have been published.
        var outcome = await RunAsync(
            claimed,
            token => SendContentAsync(target, claimed, deadline, token),
            problem => new SendOutcome.Unknown(problem),
            CancellationToken.None
        );
        var ended = Transitions.RecordAttempt(claimed, clocks.Schedule.GetUtcNow());
        var after = Transitions.Apply(
            ended,
            outcome,
            target.GetCapabilities(claimed.Destination),
            clocks.System.GetUtcNow(),
            settings
        );
        DeliveryMetrics.SetState(span, after.State);
        if (after.State != PostState.Sent)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }

        // The post may have been published, so a shutdown must not cancel recording it.
        var recorded = await recorder.RecordAsync(claimed, after, CancellationToken.None);
        if (recorded is { State: PostState.Refused } && outcome is SendOutcome.Refused refusal)
        {
            refusals.HandleRefusal(recorded, refusal);
        }

        return recorded;
    }

    private static Task<SendOutcome> SendContentAsync(
        IPublishTarget target,
        Post post,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        if (post.Payload is not null)
        {
            return target.SendAsync(post, deadline, cancellationToken);
        }

        SendOutcome refused = new SendOutcome.Refused(Refusal.Payload, "The post has no content.");
        return Task.FromResult(refused);
    }

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
        return await recorder.RecordAsync(claimed, after, CancellationToken.None);
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
        return await recorder.RecordCopyCheckAsync(claimed, after, CancellationToken.None);
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

    /// <summary>A post to a platform without credentials waits for them until its deadline.</summary>
    private async Task<Post?> DeferAsync(Post post, CancellationToken cancellationToken)
    {
        var scheduleNow = clocks.Schedule.GetUtcNow();
        if (post.State == PostState.Planned && Transitions.IsTooLate(post, scheduleNow))
        {
            return await recorder.RecordAsync(post, Transitions.MarkMissed(post), cancellationToken);
        }

        // Logged once at the start, not with every check.
        if (!Transitions.IsStuck(post, scheduleNow))
        {
            var after = Transitions.DelayWhileDisabled(post, clocks.System.GetUtcNow());
            await ledger.TryUpdateAsync(post, after, cancellationToken);
        }

        return null;
    }

    /// <summary>Runs a request with a timeout. An exception in one destination's client does not
    /// affect the others.</summary>
    private async Task<T> RunAsync<T>(
        Post post,
        Func<CancellationToken, Task<T>> request,
        Func<string, T> afterException,
        CancellationToken cancellationToken
    )
    {
        using CancellationTokenSource timeout = new(settings.Lease * MaxShareOfLease, clocks.System);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            timeout.Token,
            _abort.Token
        );
        try
        {
            return await request(linked.Token);
        }
        catch (Exception e) when (!e.IsCancellationBy(cancellationToken))
        {
            LogException(e, post.Schedule, post.Destination);
            return afterException($"Unhandled exception in the bot: {e.GetType().Name}.");
        }
    }

    [LoggerMessage(LogLevel.Error, "Posting {Schedule} to {Destination} failed with an unhandled exception")]
    private partial void LogException(Exception e, ScheduleId schedule, Destination destination);
}
