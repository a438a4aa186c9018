namespace Serge.Bot.Posting.Storage;

/// <summary>Which moments the engine can have written. Due times of schedules are compared with the schedule where it
/// is planned.</summary>
/// <remarks>What a schedule has planned for a later occurrence is kept: it is due then. <c>alerted_at</c> and
/// <c>dismissed_at</c> are never compared.</remarks>
public sealed class PostingMomentRules(DeliverySettings settings) : IMomentRules
{
    /// <summary>The longest grace period of a schedule or a notice.</summary>
    private static readonly TimeSpan MaxGracePeriod = TimeSpan.FromDays(7);

    /// <summary>Where an attempt has the time of a clock that was ahead: it was made within the time by which the clock
    /// was ahead, and more than a day is not considered. A later time could hide the published message from a lookup,
    /// and it would be published again.</summary>
    private static readonly TimeSpan MaxAttemptAge = TimeSpan.FromDays(1);

    public IEnumerable<MomentRule> Get(DateTimeOffset scheduleNow, DateTimeOffset systemNow)
    {
        return
        [
            // The clocks of two machines may both differ from the database server's.
            OfSystem(
                "senders",
                "name",
                "lease_until",
                settings.SenderLease + Database.MaxClockDifference,
                settings.SenderLease
            ),
            OfSystem("posts", "key", "lease_until", settings.Lease, settings.Lease) with
            {
                Where = PostConditions.IsOpen,
            },
            OfSystem("posts", "key", "lease_until", settings.Lease, settings.Lease) with
            {
                Where = PostConditions.HasCopyCheck,
            },
            // As long as a claim, because a lookup must not come too early either.
            OfSystem("posts", "key", "not_before", Transitions.MaxDelay, settings.Lease) with
            {
                Where = $"{PostConditions.IsOpen} AND state <> 'sending'",
            },
            OfSystem("posts", "key", "not_before", Transitions.MaxDelay, settings.Lease) with
            {
                Where = PostConditions.HasCopyCheck,
            },
            OfSystem("follow_ups", "post", "not_before", Transitions.MaxDelay, TimeSpan.Zero) with
            {
                Where = "state = 'pending'",
            },
            OfSystem("posts", "key", "first_attempt_at", TimeSpan.Zero, -MaxAttemptAge) with
            {
                Where = PostConditions.IsOpen,
            },
            OfSystem("posts", "key", "first_attempt_at", TimeSpan.Zero, -MaxAttemptAge) with
            {
                Where = PostConditions.HasCopyCheck,
            },
            MomentRule.OfPast("posts", "key", "last_attempt_at", scheduleNow),
            MomentRule.OfPast("posts", "key", "refused_at", systemNow),
            // Without a schedule a post is due when it is created.
            MomentRule.OfPast("posts", "key", "occurrence", scheduleNow) with
            {
                Where = $"{PostConditions.IsOpen} AND (kind <> 'scheduled' OR retry_of IS NOT NULL)",
                Earliest = null,
                MovedColumn = "deadline",
            },
            new MomentRule(
                "posts",
                "key",
                "deadline",
                scheduleNow + MaxGracePeriod + Database.MaxClockDifference,
                scheduleNow
            )
            {
                Where = $"{PostConditions.IsOpen} AND state = 'unknown'",
            },
            MomentRule.OfPast("withdrawn", "item", "since", scheduleNow),
        ];

        MomentRule OfSystem(string table, string row, string column, TimeSpan max, TimeSpan replacement) =>
            new(table, row, column, systemNow + max + Database.MaxClockDifference, systemNow + replacement);
    }
}
