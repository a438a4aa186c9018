using System.Collections.Frozen;
using System.Globalization;
using static Serge.Bot.Storage.ColumnValues;

namespace Serge.Bot.Posting.Storage;

/// <summary>The operators' side of the ledger, in its database.</summary>
/// <remarks>The schema is explained in <c>docs/ledger.md</c>.</remarks>
public sealed class OperatorLedger(Database database) : IOperatorLedger
{
    /// <summary>As <see cref="Transitions.IsStuck"/> has it.</summary>
    private const string Stuck = "state = 'unknown' AND looks > 0 AND late_until < @stuck";

    /// <summary>What was sent again is dealt with.</summary>
    private const string NotRetried = "NOT EXISTS (SELECT 1 FROM posts AS again WHERE again.retry_of = posts.key)";

    public Task<IReadOnlyList<Post>> GetFailedAsync(
        DateTimeOffset calendarNow,
        int limit,
        CancellationToken cancellationToken
    ) =>
        QueryAsync(
            $"""
            WHERE (state IN ('refused', 'missed') OR ({Stuck}) OR (state = 'cancelled' AND reason LIKE @cap)) AND {NotRetried}
            ORDER BY occurrence DESC, key LIMIT @limit
            """,
            cancellationToken,
            ("@stuck", StuckBefore(calendarNow)),
            ("@cap", $"{DailyPostLimit.Mark}%"),
            ("@limit", limit)
        );

    public Task<IReadOnlyList<Post>> FindByKeyAsync(string beginning, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            "WHERE SUBSTR(key, 1, LENGTH(@beginning)) = @beginning ORDER BY key LIMIT @limit",
            cancellationToken,
            ("@beginning", beginning),
            ("@limit", limit)
        );

    public async Task<Post?> FindRetryAsync(string key, CancellationToken cancellationToken) =>
        (await QueryAsync("WHERE retry_of = @key", cancellationToken, ("@key", key))).SingleOrDefault();

    public async Task<IReadOnlyList<Post>> GetByItemAsync(string item, CancellationToken cancellationToken) =>
        // LIKE takes some characters for others; what it finds too much is passed over.
        [
            .. (
                await QueryAsync(
                    "WHERE ' ' || items || ' ' LIKE @item ORDER BY occurrence, key",
                    cancellationToken,
                    ("@item", $"% {item} %")
                )
            ).Where(post => post.Items.Contains(item)),
        ];

    public Task<IReadOnlyList<Post>> GetUnalertedAsync(
        DateTimeOffset calendarNow,
        DateTimeOffset from,
        int limit,
        CancellationToken cancellationToken
    ) =>
        QueryAsync(
            $"""
            WHERE told_at IS NULL AND state IN ('refused', 'missed', 'unknown') AND occurrence >= @from
                AND (state <> 'unknown' OR ({Stuck})) AND schedule <> @alerts AND {NotRetried}
            ORDER BY occurrence, key LIMIT @limit
            """,
            cancellationToken,
            ("@from", Milliseconds(from)),
            ("@stuck", StuckBefore(calendarNow)),
            ("@alerts", Alert.ScheduleName),
            ("@limit", limit)
        );

    public Task<IReadOnlyList<Post>> GetAlertsAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        QueryAsync(
            "WHERE schedule = @alerts AND occurrence >= @from ORDER BY occurrence, key",
            cancellationToken,
            ("@alerts", Alert.ScheduleName),
            ("@from", Milliseconds(from))
        );

    public Task<bool> TryPlanAlertsAsync(
        IReadOnlyList<Post> alerts,
        IReadOnlyList<string> keys,
        int known,
        DateTimeOffset from,
        DateTimeOffset calendarNow,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async session =>
            {
                await using var count = session.Command(
                    "SELECT COUNT(*) FROM posts WHERE schedule = @alerts AND occurrence >= @from",
                    ("@alerts", Alert.ScheduleName),
                    ("@from", Milliseconds(from))
                );
                if (
                    Convert.ToInt64(await count.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture)
                    != known
                )
                {
                    return false;
                }

                foreach (var alert in alerts)
                {
                    await PostRows.AddAsync(session, alert, cancellationToken);
                }

                foreach (var key in keys)
                {
                    await session.ExecuteAsync(
                        "UPDATE posts SET told_at = @now WHERE key = @key",
                        cancellationToken,
                        ("@now", Milliseconds(calendarNow)),
                        ("@key", key)
                    );
                }

                return true;
            },
            cancellationToken
        );

    public Task<IReadOnlySet<string>> GetWithdrawnAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
                (IReadOnlySet<string>)
                    (
                        await session.QueryAsync(
                            "SELECT item FROM withdrawn",
                            reader => reader.GetString(0),
                            cancellationToken
                        )
                    ).ToFrozenSet(StringComparer.Ordinal),
            cancellationToken
        );

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> GetWithdrawalsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
                (IReadOnlyDictionary<string, DateTimeOffset>)
                    (
                        await session.QueryAsync(
                            "SELECT item, since FROM withdrawn",
                            reader => (Item: reader.GetString(0), Since: reader.Moment(1)!.Value),
                            cancellationToken
                        )
                    ).ToDictionary(row => row.Item, row => row.Since, StringComparer.Ordinal),
            cancellationToken
        );

    public Task<IReadOnlyList<Post>> GetLastSentAsync(CancellationToken cancellationToken) =>
        QueryAsync(
            """
            WHERE state = 'sent' AND schedule <> @alerts AND NOT EXISTS (
                SELECT 1 FROM posts AS later WHERE later.destination = posts.destination AND later.state = 'sent' AND later.schedule <> @alerts
                    AND (later.occurrence > posts.occurrence OR (later.occurrence = posts.occurrence AND later.key > posts.key)))
            ORDER BY destination
            """,
            cancellationToken,
            ("@alerts", Alert.ScheduleName)
        );

    public Task WithdrawAsync(string item, DateTimeOffset calendarNow, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
                session.ExecuteAsync(
                    "INSERT INTO withdrawn (item, since) VALUES (@item, @now) ON CONFLICT (item) DO NOTHING",
                    cancellationToken,
                    ("@item", item),
                    ("@now", Milliseconds(calendarNow))
                ),
            cancellationToken
        );

    public Task<bool> RestoreAsync(string item, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
                await session.ExecuteAsync(
                    "DELETE FROM withdrawn WHERE item = @item",
                    cancellationToken,
                    ("@item", item)
                ) > 0,
            cancellationToken
        );

    private static long StuckBefore(DateTimeOffset calendarNow) => Milliseconds(calendarNow - Transitions.LookupPeriod);

    private Task<IReadOnlyList<Post>> QueryAsync(
        string rest,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] values
    ) =>
        database.ReadAsync(
            session =>
                session.QueryAsync(
                    $"SELECT {PostRows.Columns} FROM posts {rest}",
                    PostRows.Read,
                    cancellationToken,
                    values
                ),
            cancellationToken
        );
}
