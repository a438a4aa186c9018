using static Serge.Bot.Storage.ColumnValues;

namespace Serge.Bot.Hosting.Health;

/// <summary>The last and the next post, however many channels there are.</summary>
/// <exception cref="Delivery.LedgerException">Any method, when the database cannot be read.</exception>
internal sealed class HealthRows(Database database)
{
    /// <summary>When the last post fell due that was sent to each platform. It reads every post there is.</summary>
    public Task<LastPosts> LastAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var rows = await session.QueryAsync(
                    """
                    SELECT CASE WHEN destination = 'mastodon' THEN 1 ELSE 0 END AS mastodon, MAX(occurrence) FROM posts
                    WHERE state = 'sent' AND schedule <> @alerts GROUP BY CASE WHEN destination = 'mastodon' THEN 1 ELSE 0 END
                    """,
                    reader => (IsMastodon: reader.GetInt32(0) == 1, At: reader.Moment(1)),
                    cancellationToken,
                    ("@alerts", Alert.ScheduleName)
                );
                return new LastPosts(
                    rows.FirstOrDefault(row => !row.IsMastodon).At,
                    rows.FirstOrDefault(row => row.IsMastodon).At
                );
            },
            cancellationToken
        );

    /// <summary>When a server's schedule falls due next; <see langword="null"/> when none does.</summary>
    public Task<DateTimeOffset?> NextOfServersAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
                (
                    await session.QueryAsync(
                        "SELECT MIN(next_due) FROM place_schedules WHERE next_due IS NOT NULL",
                        reader => reader.Moment(0),
                        cancellationToken
                    )
                )[0],
            cancellationToken
        );
}

/// <summary>When the last post fell due that was sent to each platform; <see langword="null"/> when none was.</summary>
internal readonly record struct LastPosts(DateTimeOffset? Discord, DateTimeOffset? Mastodon);
