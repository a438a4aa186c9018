namespace Serge.Bot.Posting.Model;

/// <summary>Every state change of a post, as pure functions. <c>docs/delivery.md</c> draws them.</summary>
public static class Transitions
{
    private static readonly TimeSpan DisabledDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan MinLookupRetryDelay = TimeSpan.FromSeconds(10);

    /// <summary>The longest delay that is stored before the next attempt or lookup: 1 h. A stored moment further ahead
    /// is from a wrong clock. During a longer rate limit our own clients answer the attempts without a
    /// request.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromHours(1);

    /// <summary>How long after its deadline an unknown post is still looked up; after that an operator
    /// has to decide.</summary>
    public static readonly TimeSpan LookupPeriod = TimeSpan.FromDays(1);

    /// <summary>Claims a post for sending. The claim is stored before the first byte is sent.</summary>
    public static Post Claim(Post post, string worker, DateTimeOffset systemNow, DeliverySettings settings) =>
        post with
        {
            State = PostState.Sending,
            ClaimedBy = worker,
            LeaseUntil = systemNow + settings.Lease,
            FirstAttemptAt = post.FirstAttemptAt ?? systemNow,
            Attempts = post.Attempts + 1,
            Lookups = 0,
        };

    /// <summary>Claims an unknown post for a lookup, so that two workers do not both find nothing and
    /// then both send.</summary>
    public static Post ClaimLookup(Post post, string worker, DateTimeOffset systemNow, DeliverySettings settings) =>
        post with
        {
            ClaimedBy = worker,
            LeaseUntil = systemNow + settings.Lease,
        };

    /// <summary>Applies the outcome of an attempt.</summary>
    public static Post Apply(
        Post post,
        SendOutcome outcome,
        Capabilities platform,
        DateTimeOffset systemNow,
        DeliverySettings settings
    )
    {
        switch (outcome)
        {
            case SendOutcome.Sent sent:
                return MarkSent(post, sent.Id, sent.Url);
            case SendOutcome.RetryAfter wait:
                var latest = systemNow + MaxDelay;
                return Reschedule(post, wait.Until < latest ? wait.Until : latest, wait.Reason);
            case SendOutcome.Unavailable failure when platform.HidesAmbiguity:
                return MarkUnknown(post, failure.Reason, systemNow, settings);
            case SendOutcome.Unavailable failure:
                var delay = Backoff(settings.RetryDelay, post.Attempts, MaxRetryDelay);
                return Reschedule(post, systemNow + delay, failure.Reason);
            case SendOutcome.Refused refused:
                return Release(post) with { State = PostState.Refused, Reason = refused.Reason };
            case SendOutcome.Unknown unknown:
                return MarkUnknown(post, unknown.Reason, systemNow, settings);
            default:
                throw new InvalidOperationException($"No transition for {outcome}.");
        }
    }

    /// <summary>Applies the result of a lookup.</summary>
    public static Post Apply(Post post, LookupResult result, DateTimeOffset systemNow, DeliverySettings settings)
    {
        switch (result)
        {
            case LookupResult.Found found:
                return MarkSent(post, found.Id, found.Url);
            case LookupResult.NotFound:
                return Reschedule(post, systemNow, $"{post.Reason} The lookup did not find it, so it is sent again.");
            case LookupResult.Inconclusive inconclusive:
                var first = settings.LookupDelay > MinLookupRetryDelay ? settings.LookupDelay : MinLookupRetryDelay;
                var lookups = post.Lookups + 1;
                return Release(post) with
                {
                    Lookups = lookups,
                    NotBefore = systemNow + Backoff(first, lookups, MaxDelay),
                    Reason = $"It may have been published, and the lookup was inconclusive: {inconclusive.Reason}",
                };
            default:
                throw new InvalidOperationException($"No transition for {result}.");
        }
    }

    /// <summary>After a lease expired: the worker that held it may have sent the post.</summary>
    public static Post LeaseExpired(Post post) =>
        Release(post) with
        {
            State = PostState.Unknown,
            NotBefore = DateTimeOffset.UnixEpoch,
            Reason = "The worker that was sending it stopped before it could record the answer.",
        };

    /// <summary>A post whose platform has no credentials. Nothing was sent; it is checked again
    /// after a minute.</summary>
    public static Post Disabled(Post post, DateTimeOffset systemNow) =>
        post with
        {
            NotBefore = systemNow + DisabledDelay,
            Reason = $"The platform {post.Destination.Platform} is disabled: it has no credentials.",
        };

    /// <summary>Whether the deadline of a planned post has passed.</summary>
    public static bool IsTooLate(Post post, DateTimeOffset scheduleNow) => scheduleNow > post.Deadline;

    /// <summary>Whether an unknown post is no longer looked up, so that an operator has to decide.</summary>
    public static bool IsStuck(Post post, DateTimeOffset scheduleNow) =>
        post.State == PostState.Unknown && post.Lookups > 0 && scheduleNow > post.Deadline + LookupPeriod;

    /// <summary>A planned post whose deadline has passed.</summary>
    public static Post Missed(Post post) =>
        Release(post) with
        {
            State = PostState.Missed,
            Reason = post.Attempts == 0 ? "The bot was not running while it could be posted." : post.Reason,
        };

    /// <summary>A new post with the same content as a failed one, due now.</summary>
    public static Post CreateRetry(Post failed, string key, DateTimeOffset scheduleNow, TimeSpan gracePeriod) =>
        new()
        {
            Key = key,
            Schedule = failed.Schedule,
            Kind = failed.Kind,
            Occurrence = scheduleNow,
            Destination = failed.Destination,
            State = PostState.Planned,
            Items = failed.Items,
            Payload = failed.Payload,
            Deadline = scheduleNow + gracePeriod,
            RetryOf = failed.Key,
        };

    /// <summary>An unknown post that an operator sends again as a new post.</summary>
    public static Post Abandoned(Post post, string reason) =>
        Release(post) with
        {
            State = PostState.Missed,
            Reason = reason,
        };

    /// <summary>A published post that was edited on its platform. The row says what readers see.</summary>
    public static Post Corrected(
        Post post,
        string remoteId,
        Payload payload,
        IReadOnlyList<string> items,
        string reason
    ) => post with { RemoteId = remoteId, Payload = payload, Items = items, Reason = reason };

    /// <summary>A published post that was deleted on its platform.</summary>
    public static Post Retracted(Post post, string? remoteId, string reason) =>
        post with
        {
            State = PostState.Retracted,
            RemoteId = remoteId,
            Reason = reason,
        };

    /// <summary>A planned post with new content. No byte of it has been sent.</summary>
    /// <remarks>The lease, which ends at once, distinguishes the row from what a worker may have read before: that
    /// worker can no longer claim it with the old content.</remarks>
    public static Post Rewritten(Post post, Payload payload, IReadOnlyList<string> items, DateTimeOffset systemNow) =>
        post with
        {
            Payload = payload,
            Items = items,
            LeaseUntil = systemNow,
        };

    /// <summary>A planned post that is not to be sent.</summary>
    public static Post Cancelled(Post post, CancelCause cause, string reason) =>
        Release(post) with
        {
            State = PostState.Cancelled,
            CancelCause = cause,
            Reason = reason,
        };

    private static Post MarkSent(Post post, string? remoteId, Uri? url) =>
        Release(post) with
        {
            State = PostState.Sent,
            RemoteId = remoteId,
            Url = url,
            Reason = null,
        };

    private static Post Reschedule(Post post, DateTimeOffset notBefore, string? reason) =>
        Release(post) with
        {
            State = PostState.Planned,
            NotBefore = notBefore,
            Reason = reason,
        };

    private static Post MarkUnknown(Post post, string reason, DateTimeOffset systemNow, DeliverySettings settings) =>
        Release(post) with
        {
            State = PostState.Unknown,
            NotBefore = systemNow + settings.LookupDelay,
            Reason = reason,
        };

    private static Post Release(Post post) => post with { ClaimedBy = null, LeaseUntil = null };

    /// <summary>Doubles with each attempt, up to a maximum.</summary>
    private static TimeSpan Backoff(TimeSpan first, int attempts, TimeSpan max)
    {
        var delay = first * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return delay < max ? delay : max;
    }
}
