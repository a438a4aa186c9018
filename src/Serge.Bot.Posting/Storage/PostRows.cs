using static Serge.Bot.Posting.Storage.ColumnValues;

namespace Serge.Bot.Posting.Storage;

/// <summary>Statements on the table <c>posts</c>. Those that change it run inside a transaction
/// of the caller.</summary>
public static class PostRows
{
    private static readonly string Insert = $"""
        INSERT INTO posts ({PostColumns.Names}) VALUES ({PostColumns.Parameters})
        ON CONFLICT (owner, schedule, occurrence, destination)
            DO UPDATE SET key = @key, alerted_at = NULL, dismissed_at = NULL, {PostColumns.Assignments}
        WHERE posts.attempts = 0 AND ((posts.state = 'missed' AND @state <> 'missed')
            OR (posts.cancel_cause = 'no-content' AND @state = 'planned'))
        """;

    /// <summary>Adds posts that are not in the ledger yet.</summary>
    /// <remarks>A post with the same schedule, occurrence and destination stays as it is. A missed one that was never
    /// attempted is replaced, and one without content by one that has content: the schedule clock was set
    /// back.</remarks>
    /// <returns>The posts that were added.</returns>
    public static async Task<IReadOnlyList<Post>> AddAsync(
        DatabaseSession session,
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    )
    {
        List<Post> added = [];
        foreach (var post in posts)
        {
            var values = PostColumns.GetValues(post);
            if (await session.ExecuteAsync(Insert, cancellationToken, values) > 0)
            {
                added.Add(post);
            }
        }

        return added;
    }

    /// <summary>Cancels what a schedule has planned and no worker has claimed.</summary>
    public static Task<int> CancelAsync(
        DatabaseSession session,
        ScheduleId schedule,
        CancelCause cause,
        string reason,
        CancellationToken cancellationToken
    ) =>
        session.ExecuteAsync(
            """
            UPDATE posts SET state = 'cancelled', cancel_cause = @cause, reason = @reason
            WHERE owner = @owner AND schedule = @schedule AND state = 'planned' AND kind = 'scheduled'
            """,
            cancellationToken,
            ("@owner", schedule.Owner),
            ("@schedule", schedule.Name),
            ("@cause", ToName(cause)),
            ("@reason", reason)
        );

    /// <summary>Deletes every post of an owner's schedules.</summary>
    public static async Task<int> DeleteAsync(
        DatabaseSession session,
        string owner,
        CancellationToken cancellationToken
    )
    {
        (string, object?) value = ("@owner", owner);
        const string FollowUps = "DELETE FROM follow_ups WHERE post IN (SELECT key FROM posts WHERE owner = @owner)";
        await session.ExecuteAsync(FollowUps, cancellationToken, value);
        return await session.ExecuteAsync("DELETE FROM posts WHERE owner = @owner", cancellationToken, value);
    }

    /// <summary>Reads the posts that a WHERE, ORDER BY or LIMIT clause selects.</summary>
    internal static Task<IReadOnlyList<Post>> QueryPostsAsync(
        this Database database,
        string clauses,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] values
    )
    {
        var sql = $"SELECT {PostColumns.Names} FROM posts {clauses}";
        return database.ReadAsync(
            session => session.QueryAsync(sql, PostColumns.Read, cancellationToken, values),
            cancellationToken
        );
    }
}
