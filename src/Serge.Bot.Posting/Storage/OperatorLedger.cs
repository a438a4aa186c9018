using static Serge.Bot.Posting.Storage.ColumnValues;

namespace Serge.Bot.Posting.Storage;

/// <summary>The operators' side of the ledger. <c>docs/ledger.md</c> explains the schema.</summary>
public sealed class OperatorLedger(Database database) : IOperatorLedger
{
    /// <summary>The states <c>unknown</c>, <c>sent</c> and <c>retracted</c> in
    /// <see cref="Failures.IsFailure"/>.</summary>
    private const string IsUncertain =
        $"({PostConditions.IsStuck} OR (state IN ('unknown', 'sent', 'retracted') AND needs_operator = 1))";

    /// <summary>The kinds of posts for readers, as <c>DestinationHistory</c> counts them: not alerts, notices and
    /// forwarded mentions.</summary>
    private const string IsContent = "kind IN ('scheduled', 'manual')";

    /// <summary>What a clock that was ahead has missed is not missed: it is planned again when it is due.</summary>
    private const string IsMissed = "(state = 'missed' AND (occurrence <= @now OR attempts > 0))";

    private const string WasNotRetried = "NOT EXISTS (SELECT 1 FROM posts AS retry WHERE retry.retry_of = posts.key)";

    /// <summary><see cref="Failures.IsFailure"/>, without what needs no further action. More conditions may only be
    /// added with <c>AND</c>.</summary>
    private const string IsFailed = $"""
        {PostConditions.MayHaveFailed}
            AND (state = 'refused' OR {IsMissed} OR {IsUncertain} OR cancel_cause = 'daily-limit') AND {WasNotRetried}
        """;

    /// <summary>Dismisses every failed post.</summary>
    /// <remarks>A published post needs no operator then, so that a copy that is found later is a new failure. An
    /// unknown post is still looked up, so its flag says what the last lookup found.</remarks>
    private const string Dismiss = $"""
        UPDATE posts SET dismissed_at = @now,
            needs_operator = CASE WHEN state IN ('sent', 'retracted') THEN 0 ELSE needs_operator END
        WHERE {IsFailed}
        """;

    /// <summary>The maximum number of keys in one statement. Databases limit its parameters.</summary>
    private const int MaxKeys = 500;

    public Task<IReadOnlyList<Post>> GetWaitingAsync(
        DateTimeOffset scheduleNow,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.QueryPostsAsync(
            $"""
            WHERE {PostConditions.IsOpen} AND occurrence <= @schedule_now AND NOT {IsUncertain}
            ORDER BY occurrence, key LIMIT @limit
            """,
            cancellationToken,
            ("@schedule_now", ToMilliseconds(scheduleNow)),
            ("@stuck_before", PostConditions.GetStuckBefore(scheduleNow)),
            ("@limit", limit)
        );

    public Task<IReadOnlyList<Post>> GetFailedAsync(
        DateTimeOffset scheduleNow,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.QueryPostsAsync(
            $"WHERE {IsFailed} ORDER BY occurrence DESC, key LIMIT @limit",
            cancellationToken,
            ("@now", ToMilliseconds(scheduleNow)),
            ("@stuck_before", PostConditions.GetStuckBefore(scheduleNow)),
            ("@limit", limit)
        );

    public Task<IReadOnlySet<string>> DismissAsync(
        IReadOnlyList<string> keys,
        DateTimeOffset scheduleNow,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<IReadOnlySet<string>>(
            async session =>
            {
                HashSet<string> dismissed = [];
                foreach (var key in keys)
                {
                    // A worker may have changed the post since it was read.
                    var changed = await session.ExecuteAsync(
                        $"{Dismiss} AND key = @key",
                        cancellationToken,
                        ("@key", key),
                        ("@now", ToMilliseconds(scheduleNow)),
                        ("@stuck_before", PostConditions.GetStuckBefore(scheduleNow))
                    );
                    if (changed > 0)
                    {
                        dismissed.Add(key);
                    }
                }

                return dismissed;
            },
            cancellationToken
        );

    public Task<int> DismissAllAsync(DateTimeOffset scheduleNow, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
                session.ExecuteAsync(
                    Dismiss,
                    cancellationToken,
                    ("@now", ToMilliseconds(scheduleNow)),
                    ("@stuck_before", PostConditions.GetStuckBefore(scheduleNow))
                ),
            cancellationToken
        );

    public Task<IReadOnlySet<string>> GetDismissedAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlySet<string>>(
            async session =>
            {
                HashSet<string> dismissed = [];
                foreach (var some in keys.Chunk(MaxKeys))
                {
                    (string Name, object? Value)[] values = [.. some.Select((key, i) => ($"@key{i}", (object?)key))];
                    var names = string.Join(", ", values.Select(value => value.Name));
                    var found = await session.QueryAsync(
                        $"SELECT key FROM posts WHERE key IN ({names}) AND dismissed_at IS NOT NULL",
                        reader => reader.GetString(0),
                        cancellationToken,
                        values
                    );
                    dismissed.UnionWith(found);
                }

                return dismissed;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<Post>> FindByKeyAsync(string prefix, int limit, CancellationToken cancellationToken) =>
        database.QueryPostsAsync(
            "WHERE SUBSTR(key, 1, LENGTH(@prefix)) = @prefix ORDER BY key LIMIT @limit",
            cancellationToken,
            ("@prefix", prefix),
            ("@limit", limit)
        );

    public async Task<Post?> FindRetryAsync(string key, CancellationToken cancellationToken)
    {
        var retries = await database.QueryPostsAsync("WHERE retry_of = @key", cancellationToken, ("@key", key));
        return retries.SingleOrDefault();
    }

    public async Task<IReadOnlyList<Post>> GetByItemAsync(string item, CancellationToken cancellationToken)
    {
        // LIKE has wildcards, so it may find too many.
        var candidates = await database.QueryPostsAsync(
            "WHERE ' ' || items || ' ' LIKE @item ORDER BY occurrence, key",
            cancellationToken,
            ("@item", $"% {item} %")
        );
        return [.. candidates.Where(post => post.Items.Contains(item))];
    }

    public Task<IReadOnlyList<Post>> GetUnalertedAsync(
        DateTimeOffset scheduleNow,
        DateTimeOffset from,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.QueryPostsAsync(
            $"""
            WHERE {PostConditions.MayHaveFailed} AND alerted_at IS NULL AND occurrence >= @from
                AND (state = 'refused' OR {IsMissed} OR {IsUncertain}) AND kind <> 'alert' AND {WasNotRetried}
            ORDER BY occurrence, key LIMIT @limit
            """,
            cancellationToken,
            ("@from", ToMilliseconds(from)),
            ("@now", ToMilliseconds(scheduleNow)),
            ("@stuck_before", PostConditions.GetStuckBefore(scheduleNow)),
            ("@limit", limit)
        );

    public Task<IReadOnlyList<Post>> GetAlertsAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        database.QueryPostsAsync(
            "WHERE kind = 'alert' AND occurrence >= @from ORDER BY occurrence, key",
            cancellationToken,
            ("@from", ToMilliseconds(from))
        );

    public Task<bool> TryPlanAlertsAsync(
        IReadOnlyList<Post> alerts,
        IReadOnlyList<string> keys,
        int known,
        DateTimeOffset from,
        DateTimeOffset scheduleNow,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async session =>
            {
                var counts = await session.QueryAsync(
                    "SELECT COUNT(*) FROM posts WHERE kind = 'alert' AND occurrence >= @from",
                    reader => reader.GetNumber(0),
                    cancellationToken,
                    ("@from", ToMilliseconds(from))
                );
                if (counts.Single() != known)
                {
                    return false;
                }

                await PostRows.AddAsync(session, alerts, cancellationToken);
                foreach (var key in keys)
                {
                    await session.ExecuteAsync(
                        "UPDATE posts SET alerted_at = @now WHERE key = @key",
                        cancellationToken,
                        ("@now", ToMilliseconds(scheduleNow)),
                        ("@key", key)
                    );
                }

                return true;
            },
            cancellationToken
        );

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> GetWithdrawalsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, DateTimeOffset>>(
            async session =>
            {
                var rows = await session.QueryAsync(
                    "SELECT item, since FROM withdrawn",
                    reader => (Item: reader.GetString(0), Since: reader.GetMoment(1)),
                    cancellationToken
                );
                return rows.ToDictionary(row => row.Item, row => row.Since, StringComparer.Ordinal);
            },
            cancellationToken
        );

    public Task<IReadOnlyList<Post>> GetLastSentAsync(CancellationToken cancellationToken) =>
        database.QueryPostsAsync(
            $"""
            WHERE state = 'sent' AND {IsContent} AND NOT EXISTS (
                SELECT 1 FROM posts AS later
                WHERE later.destination = posts.destination AND later.state = 'sent' AND later.{IsContent}
                    AND (later.occurrence > posts.occurrence
                        OR (later.occurrence = posts.occurrence AND later.key > posts.key)))
            ORDER BY destination
            """,
            cancellationToken
        );

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> GetLastSentByPlatformAsync(
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyDictionary<string, DateTimeOffset>>(
            async session =>
            {
                var rows = await session.QueryAsync(
                    $"""
                    SELECT destination, MAX(occurrence) FROM posts WHERE state = 'sent' AND {IsContent}
                    GROUP BY destination
                    """,
                    reader => (Destination: reader.GetString(0), At: reader.GetMoment(1)),
                    cancellationToken
                );
                return rows.GroupBy(row => row.Destination.Split(':')[0])
                    .ToDictionary(
                        platform => platform.Key,
                        platform => platform.Max(row => row.At),
                        StringComparer.Ordinal
                    );
            },
            cancellationToken
        );

    public Task WithdrawAsync(string item, DateTimeOffset scheduleNow, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
                session.ExecuteAsync(
                    "INSERT INTO withdrawn (item, since) VALUES (@item, @now) ON CONFLICT (item) DO NOTHING",
                    cancellationToken,
                    ("@item", item),
                    ("@now", ToMilliseconds(scheduleNow))
                ),
            cancellationToken
        );

    public Task<bool> RestoreAsync(string item, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                const string Delete = "DELETE FROM withdrawn WHERE item = @item";
                return await session.ExecuteAsync(Delete, cancellationToken, ("@item", item)) > 0;
            },
            cancellationToken
        );
}
