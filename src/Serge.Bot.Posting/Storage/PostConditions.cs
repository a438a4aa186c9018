namespace Serge.Bot.Posting.Storage;

/// <summary>The conditions of the partial indexes of <c>posts</c>, in the words of <see
/// cref="PostingSchema"/>.</summary>
/// <remarks>SQLite uses a partial index only for a query that contains the condition of the index as it is written
/// there, even if another condition implies it; without the index it reads every post that was ever planned. If the
/// condition has several terms, joined by <c>AND</c>, the query must contain each of them as a term of its own, so more
/// conditions may only be added with <c>AND</c>. Source: SQLite docs, Partial Indexes, "Queries Using Partial
/// Indexes".</remarks>
internal static class PostConditions
{
    /// <summary>The post is not finished. Index <c>posts_open</c>.</summary>
    public const string IsOpen = "state IN ('planned', 'sending', 'unknown')";

    /// <summary>The post was sent again, and a lookup has to check for a copy. Index
    /// <c>posts_copy_checks</c>.</summary>
    public const string HasCopyCheck = "copy_check_pending = 1";

    /// <summary>The post is no longer looked up, as <see cref="Transitions.IsStuck"/> says. Needs the parameter
    /// <c>@stuck_before</c>.</summary>
    public const string IsStuck = "(state = 'unknown' AND lookups > 0 AND deadline < @stuck_before)";

    /// <summary>Contains every failure of <see cref="Failures.IsFailure"/> that no operator has dismissed. Index
    /// <c>posts_failed</c>.</summary>
    public const string MayHaveFailed =
        "(state IN ('refused', 'missed', 'unknown') OR needs_operator = 1 OR cancel_cause = 'daily-limit') "
        + "AND dismissed_at IS NULL";

    /// <summary>The value of <c>@stuck_before</c>.</summary>
    public static long GetStuckBefore(DateTimeOffset scheduleNow) =>
        ColumnValues.ToMilliseconds(scheduleNow - Transitions.LookupPeriod);
}
