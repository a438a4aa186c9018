namespace Serge.Bot.Delivery;

/// <summary>What becomes of a post: every arrow of <c>docs/delivery.md</c>, as functions without a clock or a wire.</summary>
internal static class Transitions
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestLookWait = TimeSpan.FromHours(1);

    /// <summary>How long after <see cref="Post.LateUntil"/> a post of unknown fate is still looked for.</summary>
    public static readonly TimeSpan LooksGoOnFor = TimeSpan.FromDays(1);

    /// <summary>Claims a post for sending. Written to disk before the first byte goes out.</summary>
    public static Post Claim(Post post, string owner, DateTimeOffset wireNow, DeliverySettings settings) =>
        post with
        {
            State = PostState.Sending,
            Owner = owner,
            LeaseUntil = wireNow + settings.Lease,
            FirstByte = post.FirstByte ?? wireNow,
            Tries = post.Tries + 1,
            Looks = 0,
        };

    /// <summary>After a send.</summary>
    public static Post After(
        Post post,
        SendOutcome outcome,
        Capabilities platform,
        DateTimeOffset wireNow,
        DeliverySettings settings
    ) =>
        outcome switch
        {
            SendOutcome.Sent sent => Free(post) with
            {
                State = PostState.Sent,
                RemoteId = sent.Id,
                Url = sent.Url,
                Reason = null,
            },
            SendOutcome.RetryAfter wait => Again(post, wait.Until, wait.Reason),
            SendOutcome.Unavailable down when platform.HidesAmbiguity => Lost(post, down.Reason, wireNow, settings),
            SendOutcome.Unavailable down => Again(
                post,
                wireNow + Doubled(settings.RetryAfter, post.Tries, LongestWait),
                down.Reason
            ),
            SendOutcome.Refused no => Free(post) with { State = PostState.Refused, Reason = no.Reason },
            SendOutcome.Unknown lost => Lost(post, lost.Reason, wireNow, settings),
            _ => throw new InvalidOperationException($"No transition for {outcome}."),
        };

    /// <summary>After a lease ran out: whoever held it may have sent the post.</summary>
    public static Post LeaseExpired(Post post) =>
        Free(post) with
        {
            State = PostState.Unknown,
            NotBefore = DateTimeOffset.UnixEpoch,
            Reason = "The worker that was sending it stopped before it could write down the answer.",
        };

    /// <summary>After a look for a post of unknown fate.</summary>
    public static Post After(Post post, Look look, DateTimeOffset wireNow, DeliverySettings settings) =>
        look switch
        {
            Look.Found found => Free(post) with
            {
                State = PostState.Sent,
                RemoteId = found.Id,
                Url = found.Url,
                Reason = null,
            },
            Look.NotThere => Again(post, wireNow, $"{post.Reason} It is not there, so it is sent again."),
            Look.CannotTell unclear => Free(post) with
            {
                Looks = post.Looks + 1,
                NotBefore =
                    wireNow
                    + Doubled(Longer(settings.LookAfter, TimeSpan.FromSeconds(10)), post.Looks + 1, LongestLookWait),
                Reason = $"It may be out, and nobody can tell yet: {unclear.Reason}",
            },
            _ => throw new InvalidOperationException($"No transition for {look}."),
        };

    /// <summary>Whether a planned post's time has gone by.</summary>
    public static bool IsTooLate(Post post, DateTimeOffset calendarNow) => calendarNow > post.LateUntil;

    /// <summary>Whether a post of unknown fate is no longer looked for: a person has to.</summary>
    public static bool IsStuck(Post post, DateTimeOffset calendarNow) =>
        post.State == PostState.Unknown && post.Looks > 0 && calendarNow > post.LateUntil + LooksGoOnFor;

    /// <summary>A planned post whose time went by.</summary>
    public static Post Missed(Post post) =>
        Free(post) with
        {
            State = PostState.Missed,
            Reason = post.Tries == 0 ? "The bot was not at work while it could be posted." : post.Reason,
        };

    /// <summary>What a person sends again: a new post of its own that says the same and names the old one, due now.</summary>
    public static Post SecondTry(Post old, string key, DateTimeOffset calendarNow, TimeSpan lateBy) =>
        new()
        {
            Key = key,
            Schedule = old.Schedule,
            Occurrence = calendarNow,
            Destination = old.Destination,
            State = PostState.Planned,
            Items = old.Items,
            Payload = old.Payload,
            LateUntil = calendarNow + lateBy,
            RetryOf = old.Key,
        };

    /// <summary>A post of unknown fate that a person no longer wants looked for: it is sent again as another.</summary>
    public static Post GivenUp(Post post, string reason) =>
        Free(post) with
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
    public static Post CalledOff(Post post, string reason) =>
        Free(post) with
        {
            State = PostState.Cancelled,
            Reason = reason,
        };

    private static Post Again(Post post, DateTimeOffset notBefore, string? reason) =>
        Free(post) with
        {
            State = PostState.Planned,
            NotBefore = notBefore,
            Reason = reason,
        };

    private static Post Lost(Post post, string reason, DateTimeOffset wireNow, DeliverySettings settings) =>
        Free(post) with
        {
            State = PostState.Unknown,
            NotBefore = wireNow + settings.LookAfter,
            Reason = reason,
        };

    private static Post Free(Post post) => post with { Owner = null, LeaseUntil = null };

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Doubled(TimeSpan first, int times, TimeSpan most)
    {
        var wait = first * Math.Pow(2, Math.Clamp(times - 1, 0, 20));
        return wait < most ? wait : most;
    }
}
