namespace Serge.Bot.Posting.Model;

/// <summary>Every state change of a post, as pure functions. <c>docs/delivery.md</c> draws them.</summary>
public static partial class Transitions
{
    private static readonly TimeSpan DisabledDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMinutes(15);

    /// <summary>The longest delay that is stored before the next attempt or lookup: 1 h. A stored moment further ahead
    /// is from a wrong clock. During a longer rate limit our own clients answer the attempts without a
    /// request.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromHours(1);

    /// <summary>A post that is sent so much later than it was due is late.</summary>
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(10);

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
                return MarkSent(post, sent.Id, sent.Url, systemNow) with { Reason = sent.Remark };
            case SendOutcome.RetryAfter wait:
                var latest = systemNow + MaxDelay;
                return Reschedule(post, wait.Until < latest ? wait.Until : latest, wait.Reason);
            case SendOutcome.Unavailable failure when platform.HidesAmbiguity:
                return MarkUnknown(post, failure.Reason, systemNow, settings);
            case SendOutcome.Unavailable failure:
                var delay = Backoff(settings.RetryDelay, post.Attempts, MaxRetryDelay);
                return Reschedule(post, systemNow + delay, failure.Reason);
            case SendOutcome.Refused refused:
                return MarkRefused(post, refused.Reason, systemNow, settings);
            case SendOutcome.Unknown unknown:
                return MarkUnknown(post, unknown.Reason, systemNow, settings);
            default:
                throw new InvalidOperationException($"No transition for {outcome}.");
        }
    }

    /// <summary>After a lease expired: the worker that held it may have sent the post.</summary>
    public static Post ExpireLease(Post post) =>
        Release(post) with
        {
            State = PostState.Unknown,
            Misses = 0,
            NotBefore = DateTimeOffset.UnixEpoch,
            Reason = "The worker that was sending it stopped before it could record the answer.",
        };

    /// <summary>Delays a post whose platform has no credentials. Nothing was sent; it is checked again
    /// after a minute. A post that may have been published cannot be looked up until an operator sets them.</summary>
    public static Post DelayWhileDisabled(Post post, DateTimeOffset systemNow) =>
        post with
        {
            NotBefore = systemNow + DisabledDelay,
            NeedsOperator = post.State == PostState.Unknown,
            Reason = $"The platform {post.Destination.Platform} is disabled: it has no credentials.",
        };

    /// <summary>Whether the deadline of a planned post has passed.</summary>
    public static bool IsTooLate(Post post, DateTimeOffset scheduleNow) => scheduleNow > post.Deadline;

    /// <summary>Records why the delivery of a planned post failed before an attempt began.</summary>
    public static Post RecordProblem(Post post, string problem) => post with { Reason = problem };

    /// <summary>Ends a planned post whose deadline has passed.</summary>
    public static Post MarkMissed(Post post) =>
        Release(post) with
        {
            State = PostState.Missed,
            Reason = post.Reason ?? "The bot was not running while it could be posted.",
        };

    /// <summary>Ends a planned post that a newer one of the same schedule replaces.</summary>
    public static Post Supersede(Post post) =>
        Release(post) with
        {
            State = PostState.Missed,
            Reason = $"A newer post of the same schedule replaced it before it could be sent. {post.Reason}".TrimEnd(),
        };

    /// <summary>Records that an attempt begins or ends now.</summary>
    public static Post RecordAttempt(Post post, DateTimeOffset scheduleNow) =>
        post with
        {
            LastAttemptAt = scheduleNow,
        };

    /// <summary>Delays a post so that an outage is not followed by a burst: between two posts to one destination, of
    /// which at least one is late, there is an interval.</summary>
    /// <param name="post">A planned post that is due.</param>
    /// <param name="previous">The post to the same destination that was attempted last.</param>
    /// <param name="scheduleNow">The current time on the schedule clock.</param>
    /// <param name="systemNow">The current time on the system clock.</param>
    /// <param name="settings">The interval.</param>
    /// <returns><see langword="null"/> when it may be sent now.</returns>
    public static Post? DelayIfLate(
        Post post,
        Post? previous,
        DateTimeOffset scheduleNow,
        DateTimeOffset systemNow,
        DeliverySettings settings
    )
    {
        if (previous?.LastAttemptAt is not { } last)
        {
            return null;
        }

        var isLate = scheduleNow - post.Occurrence >= LateAfter || last - previous.Occurrence >= LateAfter;
        var wait = last + settings.LatePostInterval - scheduleNow;
        if (!isLate || wait <= TimeSpan.Zero)
        {
            return null;
        }

        return post with
        {
            NotBefore = systemNow + wait,
        };
    }

    /// <summary>Creates a new post with the same content as a failed one, due now.</summary>
    /// <remarks>Where the failed post may be published late, the new one takes over the time of its first attempt, so
    /// that the check for a second copy finds both.</remarks>
    public static Post CreateRetry(Post failed, string key, DateTimeOffset scheduleNow, DateTimeOffset deadline) =>
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
            Deadline = deadline,
            RetryOf = failed.Key,
            FirstAttemptAt = MayHaveBeenSent(failed) ? failed.FirstAttemptAt : null,
            CopyCheckPending = MayHaveBeenSent(failed),
        };

    /// <summary>Ends an unknown post that an operator sends again as a new post.</summary>
    public static Post Abandon(Post post, string reason) =>
        Release(post) with
        {
            State = PostState.Missed,
            Reason = reason,
        };

    /// <summary>Records the new content of a published post that was edited on its platform. A second copy of it was
    /// not edited, so the row keeps the reason that names it, also after it was dismissed.</summary>
    public static Post ApplyCorrection(
        Post post,
        string remoteId,
        Payload payload,
        IReadOnlyList<string> items,
        string reason
    ) => post with { RemoteId = remoteId, Payload = payload, Items = items, Reason = AddReason(post, reason) };

    /// <summary>Records when the platform first answered that a published post no longer exists.</summary>
    public static Post RecordFirstRefusal(Post post, DateTimeOffset systemNow) =>
        post with
        {
            RefusedAt = GetFirstRefusal(post, systemNow),
        };

    /// <summary>Ends a published post that was deleted on its platform. A second copy of it was not deleted, so the row
    /// keeps the reason that names it, also after it was dismissed.</summary>
    public static Post MarkRetracted(Post post, string? remoteId, string reason) =>
        post with
        {
            State = PostState.Retracted,
            RemoteId = remoteId,
            Reason = AddReason(post, reason),
        };

    /// <summary>Replaces the content of a planned post. No byte of it has been sent.</summary>
    /// <remarks>The lease, which ends at once, distinguishes the row from what a worker may have read before: that
    /// worker can no longer claim it with the old content.</remarks>
    public static Post Rewrite(Post post, Payload payload, IReadOnlyList<string> items, DateTimeOffset systemNow) =>
        post with
        {
            Payload = payload,
            Items = items,
            LeaseUntil = systemNow,
            RefusedAt = null,
        };

    /// <summary>Ends a planned post that is not to be sent.</summary>
    public static Post MarkCancelled(Post post, CancelCause cause, string reason) =>
        Release(post) with
        {
            State = PostState.Cancelled,
            CancelCause = cause,
            Reason = reason,
        };

    /// <summary>Adds a reason to that of a published post. If it was published twice, only the earlier reason has the
    /// link of the second copy.</summary>
    private static string AddReason(Post post, string reason) =>
        post.Reason is { } earlier ? $"{reason} Earlier: {earlier}" : reason;

    /// <summary>Whether the outcome of an attempt was unknown.</summary>
    private static bool MayHaveBeenSent(Post post) => post.State == PostState.Unknown || post.CopyCheckPending;

    private static Post MarkSent(Post post, string? remoteId, Uri? url, DateTimeOffset systemNow) =>
        Release(post) with
        {
            State = PostState.Sent,
            RemoteId = remoteId,
            Url = url,
            Reason = null,
            Lookups = 0,
            Misses = 0,
            NeedsOperator = false,
            NotBefore = post.CopyCheckPending ? systemNow + CopyCheckDelay : post.NotBefore,
            RefusedAt = null,
        };

    /// <summary>During an outage a platform may refuse what it accepts otherwise, so only a second refusal, some time
    /// after the first one, is final.</summary>
    private static Post MarkRefused(Post post, string reason, DateTimeOffset systemNow, DeliverySettings settings)
    {
        var first = GetFirstRefusal(post, systemNow);
        if (systemNow - first >= settings.RefusalDelay)
        {
            return Release(post) with { State = PostState.Refused, RefusedAt = first, Reason = reason };
        }

        var retry = first + settings.RefusalDelay;
        var kept = post with { RefusedAt = first };
        var remark = $"{reason} (refused once; it is sent again, and only a second refusal is final)";
        return Reschedule(kept, retry, remark);
    }

    /// <remarks>A moment in the future is from a wrong clock.</remarks>
    private static DateTimeOffset GetFirstRefusal(Post post, DateTimeOffset systemNow) =>
        post.RefusedAt is { } earlier && earlier <= systemNow ? earlier : systemNow;

    private static Post Reschedule(Post post, DateTimeOffset notBefore, string? reason) =>
        Release(post) with
        {
            State = PostState.Planned,
            NotBefore = notBefore,
            NeedsOperator = false,
            Reason = reason,
        };

    private static Post MarkUnknown(Post post, string reason, DateTimeOffset systemNow, DeliverySettings settings) =>
        Release(post) with
        {
            State = PostState.Unknown,
            Misses = 0,
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
