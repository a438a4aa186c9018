namespace Serge.Bot.Posting.Model;

/// <summary>What becomes of a post: every arrow of <c>docs/delivery.md</c>, as functions without a clock or a wire.</summary>
public static class Transitions
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestLookWait = TimeSpan.FromHours(1);

    /// <summary>How long after <see cref="Post.Deadline"/> a post of unknown fate is still looked for.</summary>
    public static readonly TimeSpan LookupPeriod = TimeSpan.FromDays(1);

    /// <summary>Claims a post for sending. Written to disk before the first byte goes out.</summary>
    public static Post Claim(Post post, string owner, DateTimeOffset wireNow, DeliverySettings settings) =>
        post with
        {
            State = PostState.Sending,
            Owner = owner,
            LeaseUntil = wireNow + settings.Lease,
            FirstAttemptAt = post.FirstAttemptAt ?? wireNow,
            Attempts = post.Attempts + 1,
            Lookups = 0,
        };

    /// <summary>After a send.</summary>
    public static Post Apply(
        Post post,
        SendOutcome outcome,
        Capabilities platform,
        DateTimeOffset wireNow,
        DeliverySettings settings
    ) =>
        outcome switch
        {
            SendOutcome.Sent sent => Release(post) with
            {
                State = PostState.Sent,
                RemoteId = sent.Id,
                Url = sent.Url,
                Reason = null,
            },
            SendOutcome.RetryAfter wait => Reschedule(post, wait.Until, wait.Reason),
            SendOutcome.Unavailable down when platform.HidesAmbiguity => MarkUnknown(post, down.Reason, wireNow, settings),
            SendOutcome.Unavailable down => Reschedule(
                post,
                wireNow + Doubled(settings.RetryDelay, post.Attempts, LongestWait),
                down.Reason
            ),
            SendOutcome.Refused no => Release(post) with { State = PostState.Refused, Reason = no.Reason },
            SendOutcome.Unknown lost => MarkUnknown(post, lost.Reason, wireNow, settings),
            _ => throw new InvalidOperationException($"No transition for {outcome}."),
        };

    /// <summary>After a lease ran out: whoever held it may have sent the post.</summary>
    public static Post LeaseExpired(Post post) =>
        Release(post) with
        {
            State = PostState.Unknown,
            NotBefore = DateTimeOffset.UnixEpoch,
            Reason = "The worker that was sending it stopped before it could write down the answer.",
        };

    /// <summary>After a look for a post of unknown fate.</summary>
    public static Post Apply(Post post, LookupResult look, DateTimeOffset wireNow, DeliverySettings settings) =>
        look switch
        {
            LookupResult.Found found => Release(post) with
            {
                State = PostState.Sent,
                RemoteId = found.Id,
                Url = found.Url,
                Reason = null,
            },
            LookupResult.NotFound => Reschedule(post, wireNow, $"{post.Reason} It is not there, so it is sent again."),
            LookupResult.Inconclusive unclear => Release(post) with
            {
                Lookups = post.Lookups + 1,
                NotBefore =
                    wireNow
                    + Doubled(Longer(settings.LookupDelay, TimeSpan.FromSeconds(10)), post.Lookups + 1, LongestLookWait),
                Reason = $"It may be out, and nobody can tell yet: {unclear.Reason}",
            },
            _ => throw new InvalidOperationException($"No transition for {look}."),
        };

    /// <summary>Whether a planned post's time has gone by.</summary>
    public static bool IsTooLate(Post post, DateTimeOffset calendarNow) => calendarNow > post.Deadline;

    /// <summary>Whether a post of unknown fate is no longer looked for: a person has to.</summary>
    public static bool IsStuck(Post post, DateTimeOffset calendarNow) =>
        post.State == PostState.Unknown && post.Lookups > 0 && calendarNow > post.Deadline + LookupPeriod;

    /// <summary>A planned post whose time went by.</summary>
    public static Post Missed(Post post) =>
        Release(post) with
        {
            State = PostState.Missed,
            Reason = post.Attempts == 0 ? "The bot was not at work while it could be posted." : post.Reason,
        };

    /// <summary>What a person sends again: a new post of its own that says the same and names the old one, due now.</summary>
    public static Post CreateRetry(Post old, string key, DateTimeOffset calendarNow, TimeSpan lateBy) =>
        new()
        {
            Key = key,
            Schedule = old.Schedule,
            Occurrence = calendarNow,
            Destination = old.Destination,
            State = PostState.Planned,
            Items = old.Items,
            Payload = old.Payload,
            Deadline = calendarNow + lateBy,
            RetryOf = old.Key,
        };

    /// <summary>A post of unknown fate that a person no longer wants looked for: it is sent again as another.</summary>
    public static Post Abandoned(Post post, string reason) =>
        Release(post) with
        {
            State = PostState.Missed,
            Reason = reason,
        };

    /// <summary>A sent post that was edited where it stands. The row goes on saying what readers see.</summary>
    public static Post Corrected(
        Post post,
        string remoteId,
        Payload payload,
        IReadOnlyList<string> items,
        string reason
    ) => post with { RemoteId = remoteId, Payload = payload, Items = items, Reason = reason };

    /// <summary>A sent post that was deleted where it stood.</summary>
    public static Post Retracted(Post post, string? remoteId, string reason) =>
        post with
        {
            State = PostState.Retracted,
            RemoteId = remoteId,
            Reason = reason,
        };

    /// <summary>A planned post that is to say something else. Of a planned post no byte is out.</summary>
    /// <remarks>The lease, which ends at once, tells it from what a worker may have read before: that worker can no longer claim it with the old words.</remarks>
    public static Post Rewritten(Post post, Payload payload, IReadOnlyList<string> items, DateTimeOffset wireNow) =>
        post with
        {
            Payload = payload,
            Items = items,
            LeaseUntil = wireNow,
        };

    /// <summary>A planned post that a person calls off.</summary>
    public static Post Cancelled(Post post, string reason) =>
        Release(post) with
        {
            State = PostState.Cancelled,
            Reason = reason,
        };

    private static Post Reschedule(Post post, DateTimeOffset notBefore, string? reason) =>
        Release(post) with
        {
            State = PostState.Planned,
            NotBefore = notBefore,
            Reason = reason,
        };

    private static Post MarkUnknown(Post post, string reason, DateTimeOffset wireNow, DeliverySettings settings) =>
        Release(post) with
        {
            State = PostState.Unknown,
            NotBefore = wireNow + settings.LookupDelay,
            Reason = reason,
        };

    private static Post Release(Post post) => post with { Owner = null, LeaseUntil = null };

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Doubled(TimeSpan first, int times, TimeSpan most)
    {
        var wait = first * Math.Pow(2, Math.Clamp(times - 1, 0, 20));
        return wait < most ? wait : most;
    }
}
