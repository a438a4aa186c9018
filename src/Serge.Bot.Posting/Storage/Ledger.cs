using static Serge.Bot.Storage.ColumnValues;

namespace Serge.Bot.Posting.Storage;

/// <summary>The ledger in its database.</summary>
/// <remarks>The schema is explained in <c>docs/ledger.md</c>.</remarks>
/// <param name="database">The database; closed with the ledger.</param>
public sealed class Ledger(Database database) : ILedger
{
    /// <summary>Opens a ledger in an SQLite file, or makes it; its folder must exist.</summary>
    /// <exception cref="LedgerException">It cannot be opened, is no ledger, or was written by a newer version.</exception>
    public static async Task<Ledger> OpenAsync(string path, CancellationToken cancellationToken) =>
        new(await Database.OpenAsync(path, cancellationToken));

    public Task<IReadOnlyDictionary<string, ScheduleMark>> GetMarksAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var marks = await session.QueryAsync(
                    "SELECT name, timing, next_due FROM schedules",
                    reader =>
                        (Name: reader.GetString(0), Mark: new ScheduleMark(reader.GetString(1), reader.Moment(2))),
                    cancellationToken
                );
                return (IReadOnlyDictionary<string, ScheduleMark>)
                    marks.ToDictionary(mark => mark.Name, mark => mark.Mark, StringComparer.Ordinal);
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
                List<Post> added = [];
                foreach (var post in posts)
                {
                    if (await PostRows.AddAsync(session, post, cancellationToken))
                    {
                        added.Add(post);
                    }
                }

                if (mark is not null)
                {
                    await session.ExecuteAsync(
                        """
                        INSERT INTO schedules (name, timing, next_due) VALUES (@name, @timing, @next_due)
                        ON CONFLICT (name) DO UPDATE SET timing = @timing, next_due = @next_due
                        """,
                        cancellationToken,
                        ("@name", schedule),
                        ("@timing", mark.Timing),
                        ("@next_due", Milliseconds(mark.NextDue))
                    );
                }

                return (IReadOnlyList<Post>)added;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<Post>> GetDueAsync(
        DateTimeOffset calendarNow,
        DateTimeOffset wireNow,
        int limit,
        CancellationToken cancellationToken
    ) =>
        QueryAsync(
            "WHERE state IN ('planned', 'unknown') AND occurrence <= @calendar AND not_before <= @wire AND (lease_until IS NULL OR lease_until <= @wire) ORDER BY occurrence, key LIMIT @limit",
            cancellationToken,
            ("@calendar", Milliseconds(calendarNow)),
            ("@wire", Milliseconds(wireNow)),
            ("@limit", limit)
        );

    public Task<IReadOnlyList<Post>> GetAbandonedAsync(DateTimeOffset wireNow, CancellationToken cancellationToken) =>
        QueryAsync(
            "WHERE state = 'sending' AND lease_until <= @wire ORDER BY occurrence, key",
            cancellationToken,
            ("@wire", Milliseconds(wireNow))
        );

    public Task<IReadOnlyList<Post>> GetRecentAsync(int limit, CancellationToken cancellationToken) =>
        QueryAsync("ORDER BY occurrence DESC, key LIMIT @limit", cancellationToken, ("@limit", limit));

    public Task<IReadOnlyList<Post>> GetPostsAsync(
        Destination destination,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        QueryAsync(
            "WHERE destination = @destination AND occurrence >= @from AND occurrence < @until ORDER BY occurrence, key",
            cancellationToken,
            ("@destination", destination.ToString()),
            ("@from", Milliseconds(from)),
            ("@until", Milliseconds(until))
        );

    public Task<bool> TryUpdateAsync(Post before, Post after, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
                await session.ExecuteAsync(
                    """
                    UPDATE posts
                    SET state = @state, items = @items, payload = @payload, not_before = @not_before, tries = @tries, looks = @looks, first_byte = @first_byte, owner = @owner,
                        lease_until = @lease_until, remote_id = @remote_id, url = @url, reason = @reason
                    WHERE key = @key AND state = @was AND owner IS NOT DISTINCT FROM @had AND tries = @tried AND lease_until IS NOT DISTINCT FROM @leased
                    """,
                    cancellationToken,
                    [
                        .. PostRows.Values(after),
                        ("@was", PostRows.Name(before.State)),
                        ("@had", before.Owner),
                        ("@tried", before.Attempts),
                        ("@leased", Milliseconds(before.LeaseUntil)),
                    ]
                ) > 0,
            cancellationToken
        );

    public Task<IReadOnlyList<string>> GetUsedItemsAsync(Destination destination, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var rows = await session.QueryAsync(
                    "SELECT items FROM posts WHERE destination = @destination AND state IN ('planned', 'sending', 'sent', 'unknown') ORDER BY occurrence, schedule",
                    reader => PostRows.Items(reader.GetString(0)),
                    cancellationToken,
                    ("@destination", destination.ToString())
                );
                return (IReadOnlyList<string>)[.. rows.SelectMany(items => items)];
            },
            cancellationToken
        );

    public ValueTask DisposeAsync() => database.DisposeAsync();

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
