using Serge.Bot.Storage;
using static Serge.Bot.Storage.Rows;

namespace Serge.Bot.Delivery;

/// <summary>The ledger in an SQLite file.</summary>
/// <remarks>The schema is explained in <c>docs/delivery.md</c>.</remarks>
/// <param name="database">The file; closed with the ledger.</param>
internal sealed class SqliteLedger(SqliteDatabase database) : ILedger
{
    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LedgerException">It cannot be opened, is no ledger, or was written by a newer version.</exception>
    public static async Task<SqliteLedger> OpenAsync(string path, CancellationToken cancellationToken) => new(await SqliteDatabase.OpenAsync(path, cancellationToken));

    public Task<IReadOnlyDictionary<string, ScheduleMark>> MarksAsync(CancellationToken cancellationToken) => database.ReadAsync(async () =>
    {
        var marks = new Dictionary<string, ScheduleMark>(StringComparer.Ordinal);
        await using var command = database.Command("SELECT name, timing, next_due FROM schedules");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            marks[reader.GetString(0)] = new ScheduleMark(reader.GetString(1), reader.Moment(2));
        }

        return (IReadOnlyDictionary<string, ScheduleMark>)marks;
    }, cancellationToken);

    public Task<IReadOnlyList<Post>> PlanAsync(string schedule, ScheduleMark? mark, IReadOnlyList<Post> posts, CancellationToken cancellationToken) => database.WriteAsync(async () =>
    {
        List<Post> added = [];
        foreach (var post in posts)
        {
            if (await PostRows.AddAsync(database, post, cancellationToken))
            {
                added.Add(post);
            }
        }

        if (mark is not null)
        {
            await database.ExecuteAsync("""
                INSERT INTO schedules (name, timing, next_due) VALUES (@name, @timing, @next_due)
                ON CONFLICT (name) DO UPDATE SET timing = @timing, next_due = @next_due
                """, cancellationToken, ("@name", schedule), ("@timing", mark.Timing), ("@next_due", Milliseconds(mark.NextDue)));
        }

        return (IReadOnlyList<Post>)added;
    }, cancellationToken);

    public Task<IReadOnlyList<Post>> DueAsync(DateTimeOffset calendarNow, DateTimeOffset wireNow, int limit, CancellationToken cancellationToken) =>
        QueryAsync("WHERE state IN ('planned', 'unknown') AND occurrence <= @calendar AND not_before <= @wire AND (lease_until IS NULL OR lease_until <= @wire) ORDER BY occurrence, key LIMIT @limit",
            cancellationToken, ("@calendar", Milliseconds(calendarNow)), ("@wire", Milliseconds(wireNow)), ("@limit", limit));

    public Task<IReadOnlyList<Post>> AbandonedAsync(DateTimeOffset wireNow, CancellationToken cancellationToken) =>
        QueryAsync("WHERE state = 'sending' AND lease_until <= @wire ORDER BY occurrence, key", cancellationToken, ("@wire", Milliseconds(wireNow)));

    public Task<IReadOnlyList<Post>> RecentAsync(int limit, CancellationToken cancellationToken) =>
        QueryAsync("ORDER BY occurrence DESC, key LIMIT @limit", cancellationToken, ("@limit", limit));

    public Task<IReadOnlyList<Post>> PostsAsync(Destination destination, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        QueryAsync("WHERE destination = @destination AND occurrence >= @from AND occurrence < @until ORDER BY occurrence, key", cancellationToken,
            ("@destination", destination.ToString()), ("@from", Milliseconds(from)), ("@until", Milliseconds(until)));

    public Task<bool> TryMoveAsync(Post before, Post after, CancellationToken cancellationToken) => database.ReadAsync(async () => await database.ExecuteAsync("""
            UPDATE posts
            SET state = @state, items = @items, payload = @payload, not_before = @not_before, tries = @tries, looks = @looks, first_byte = @first_byte, owner = @owner,
                lease_until = @lease_until, remote_id = @remote_id, url = @url, reason = @reason
            WHERE key = @key AND state = @was AND owner IS @had AND tries = @tried AND lease_until IS @leased
            """, cancellationToken,
            [.. PostRows.Values(after), ("@was", PostRows.Name(before.State)), ("@had", before.Owner), ("@tried", before.Tries), ("@leased", Milliseconds(before.LeaseUntil))]) > 0, cancellationToken);

    public Task<IReadOnlyList<string>> UsedAsync(Destination destination, CancellationToken cancellationToken) => database.ReadAsync(async () =>
    {
        List<string> used = [];
        await using var command = database.Command(
            "SELECT items FROM posts WHERE destination = @destination AND state IN ('planned', 'sending', 'sent', 'unknown') ORDER BY occurrence, schedule",
            ("@destination", destination.ToString()));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            used.AddRange(PostRows.Items(reader.GetString(0)));
        }

        return (IReadOnlyList<string>)used;
    }, cancellationToken);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private Task<IReadOnlyList<Post>> QueryAsync(string rest, CancellationToken cancellationToken, params (string Name, object? Value)[] values) => database.ReadAsync(async () =>
    {
        List<Post> posts = [];
        await using var command = database.Command($"SELECT {PostRows.Columns} FROM posts {rest}", values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            posts.Add(PostRows.Read(reader));
        }

        return (IReadOnlyList<Post>)posts;
    }, cancellationToken);
}
