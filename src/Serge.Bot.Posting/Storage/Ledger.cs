using static Serge.Bot.Posting.Storage.ColumnValues;

namespace Serge.Bot.Posting.Storage;

/// <summary>The ledger in its database. <c>docs/ledger.md</c> explains the schema.</summary>
public sealed class Ledger(Database database) : ILedger
{
    /// <summary>A post is sent at most seven days, the longest grace period, after it was due.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(8);

    private const string IsFree = "not_before <= @system_now AND (lease_until IS NULL OR lease_until <= @system_now)";

    /// <summary>Whether an update of a post is about the same failure.</summary>
    private const string IsSameFailure = "state = @state AND needs_operator = @needs_operator";

    /// <summary>Whether an update is about a published post that readers may see twice.</summary>
    private const string IsPublishedTwice = "@state = 'sent' AND @needs_operator = 1";

    /// <remarks>A dismissal is about one failure, and so is the alert that preceded it: both end when the failure
    /// changes, so that a later failure of the same post is reported. Without a dismissal only a second copy is
    /// reported again, because the operator was already alerted to it.</remarks>
    private static readonly string Update = $"""
        UPDATE posts SET {PostColumns.Assignments},
            alerted_at = CASE WHEN ({IsSameFailure}) OR (dismissed_at IS NULL AND NOT ({IsPublishedTwice}))
                THEN alerted_at END,
            dismissed_at = CASE WHEN {IsSameFailure} THEN dismissed_at END
        WHERE key = @key AND state = @was_state AND attempts = @was_attempts
            AND claimed_by IS NOT DISTINCT FROM @was_claimed_by
            AND lease_until IS NOT DISTINCT FROM @was_lease_until
        """;

    public Task<IReadOnlyDictionary<string, ScheduleMark>> GetMarksAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, ScheduleMark>>(
            async session =>
            {
                var rows = await session.QueryAsync(
                    "SELECT name, timing, next_due FROM schedules",
                    reader =>
                        (Name: reader.GetString(0), Timing: reader.GetString(1), NextDue: reader.GetOptionalMoment(2)),
                    cancellationToken
                );
                return rows.ToDictionary(
                    row => row.Name,
                    row => new ScheduleMark(row.Timing, row.NextDue),
                    StringComparer.Ordinal
                );
            },
            cancellationToken
        );

    public Task<IReadOnlyList<Post>> PlanAsync(
        string schedule,
        ScheduleMark? mark,
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async session =>
            {
                var added = await PostRows.AddAsync(session, posts, cancellationToken);
                if (mark is not null)
                {
                    await SetMarkAsync(session, schedule, mark, cancellationToken);
                }

                return added;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<Post>> GetDueAsync(
        DateTimeOffset scheduleNow,
        DateTimeOffset systemNow,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.QueryPostsAsync(
            // Each state is read in the order of the index posts_open, so reading stops at the limit.
            $"""
            WHERE key IN (
                SELECT key FROM (
                    SELECT key FROM posts
                    WHERE {PostConditions.IsOpen} AND state = 'planned' AND occurrence <= @schedule_now AND {IsFree}
                    ORDER BY occurrence, key LIMIT @limit) AS sends
                UNION ALL
                SELECT key FROM (
                    SELECT key FROM posts
                    WHERE {PostConditions.IsOpen} AND state = 'unknown' AND {IsFree} AND NOT {PostConditions.IsStuck}
                    ORDER BY occurrence, key LIMIT @limit) AS lookups)
            ORDER BY occurrence, key LIMIT @limit
            """,
            cancellationToken,
            ("@schedule_now", ToMilliseconds(scheduleNow)),
            ("@system_now", ToMilliseconds(systemNow)),
            ("@stuck_before", PostConditions.GetStuckBefore(scheduleNow)),
            ("@limit", limit)
        );

    public Task<IReadOnlyList<Post>> GetCopyChecksAsync(
        DateTimeOffset systemNow,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.QueryPostsAsync(
            $"""
            WHERE {PostConditions.HasCopyCheck} AND state = 'sent' AND {IsFree}
            ORDER BY not_before, key LIMIT @limit
            """,
            cancellationToken,
            ("@system_now", ToMilliseconds(systemNow)),
            ("@limit", limit)
        );

    public Task<IReadOnlyList<Post>> GetSupersededAsync(
        ScheduleId schedule,
        Destination destination,
        DateTimeOffset scheduleNow,
        CancellationToken cancellationToken
    ) =>
        database.QueryPostsAsync(
            """
            WHERE owner = @owner AND schedule = @schedule AND destination = @destination AND occurrence > @oldest
                AND state = 'planned' AND kind = 'scheduled' AND retry_of IS NULL AND EXISTS (
                SELECT 1 FROM posts AS newer
                WHERE newer.owner = posts.owner AND newer.schedule = posts.schedule
                    AND newer.destination = posts.destination AND newer.occurrence > posts.occurrence
                    AND newer.occurrence <= @schedule_now AND newer.kind = 'scheduled' AND newer.retry_of IS NULL
                    AND newer.state IN ('planned', 'sending', 'sent', 'unknown', 'retracted'))
            ORDER BY occurrence, key
            """,
            cancellationToken,
            ("@owner", schedule.Owner),
            ("@schedule", schedule.Name),
            ("@destination", destination.ToString()),
            ("@oldest", ToMilliseconds(scheduleNow - LongestDelay)),
            ("@schedule_now", ToMilliseconds(scheduleNow))
        );

    public async Task<Post?> FindLastAttemptedAsync(
        Destination destination,
        DateTimeOffset since,
        DateTimeOffset scheduleNow,
        CancellationToken cancellationToken
    )
    {
        var found = await database.QueryPostsAsync(
            """
            WHERE destination = @destination AND occurrence > @oldest AND state IN ('sending', 'sent', 'unknown')
                AND last_attempt_at > @since AND last_attempt_at <= @schedule_now
            ORDER BY last_attempt_at DESC LIMIT 1
            """,
            cancellationToken,
            ("@destination", destination.ToString()),
            ("@oldest", ToMilliseconds(scheduleNow - LongestDelay)),
            ("@since", ToMilliseconds(since)),
            ("@schedule_now", ToMilliseconds(scheduleNow))
        );
        return found.SingleOrDefault();
    }

    public Task<IReadOnlyList<Post>> GetAbandonedAsync(DateTimeOffset systemNow, CancellationToken cancellationToken) =>
        database.QueryPostsAsync(
            $"""
            WHERE {PostConditions.IsOpen} AND state = 'sending' AND lease_until <= @system_now
            ORDER BY occurrence, key
            """,
            cancellationToken,
            ("@system_now", ToMilliseconds(systemNow))
        );

    public Task<IReadOnlyList<Post>> GetRecentAsync(int limit, CancellationToken cancellationToken) =>
        database.QueryPostsAsync("ORDER BY occurrence DESC, key LIMIT @limit", cancellationToken, ("@limit", limit));

    public Task<IReadOnlyList<Post>> GetPostsAsync(
        Destination destination,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        database.QueryPostsAsync(
            """
            WHERE destination = @destination AND occurrence >= @from AND occurrence < @until
            ORDER BY occurrence, key
            """,
            cancellationToken,
            ("@destination", destination.ToString()),
            ("@from", ToMilliseconds(from)),
            ("@until", ToMilliseconds(until))
        );

    public Task<bool> TryUpdateAsync(Post before, Post after, CancellationToken cancellationToken)
    {
        IEnumerable<(string, object?)> known =
        [
            ("@was_state", ToName(before.State)),
            ("@was_claimed_by", before.ClaimedBy),
            ("@was_attempts", before.Attempts),
            ("@was_lease_until", ToMilliseconds(before.LeaseUntil)),
        ];
        var values = PostColumns.GetValues(after).Concat(known);
        var isPublished = before.State != PostState.Sent && after.State == PostState.Sent;
        if (!isPublished || after.Payload?.FollowUps.Any() != true)
        {
            return database.ReadAsync(
                async session => await session.ExecuteAsync(Update, cancellationToken, values) > 0,
                cancellationToken
            );
        }

        return database.WriteAsync(
            async session =>
            {
                var isUpdated = await session.ExecuteAsync(Update, cancellationToken, values) > 0;
                if (isUpdated)
                {
                    await FollowUpRows.AddAsync(session, after, cancellationToken);
                }

                return isUpdated;
            },
            cancellationToken
        );
    }

    public Task<IReadOnlyList<IReadOnlyList<string>>> GetUsedItemsAsync(
        Destination destination,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<IReadOnlyList<string>>>(
            async session =>
                await session.QueryAsync(
                    """
                    SELECT items FROM posts
                    WHERE destination = @destination AND state IN ('planned', 'sending', 'sent', 'unknown')
                    ORDER BY occurrence, owner, schedule
                    """,
                    reader => PostColumns.ReadItems(reader.GetString(0)),
                    cancellationToken,
                    ("@destination", destination.ToString())
                ),
            cancellationToken
        );

    private static Task<int> SetMarkAsync(
        DatabaseSession session,
        string schedule,
        ScheduleMark mark,
        CancellationToken cancellationToken
    ) =>
        session.ExecuteAsync(
            """
            INSERT INTO schedules (name, timing, next_due) VALUES (@name, @timing, @next_due)
            ON CONFLICT (name) DO UPDATE SET timing = @timing, next_due = @next_due
            """,
            cancellationToken,
            ("@name", schedule),
            ("@timing", mark.Timing),
            ("@next_due", ToMilliseconds(mark.NextDue))
        );
}
