using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Serge.Bot.Delivery;

/// <summary>The ledger in one SQLite file: write-ahead log, every commit synced to disk.</summary>
/// <remarks>The schema is explained in <c>docs/delivery.md</c>. Moments are milliseconds since 1970, UTC.</remarks>
internal sealed class SqliteLedger : ILedger
{
    private const int SchemaVersion = 1;

    private const string Schema = """
        CREATE TABLE posts (
            key TEXT NOT NULL PRIMARY KEY,
            schedule TEXT NOT NULL,
            occurrence INTEGER NOT NULL,
            destination TEXT NOT NULL,
            state TEXT NOT NULL,
            items TEXT NOT NULL,
            payload TEXT,
            late_until INTEGER NOT NULL,
            not_before INTEGER NOT NULL,
            tries INTEGER NOT NULL,
            looks INTEGER NOT NULL,
            first_byte INTEGER,
            owner TEXT,
            lease_until INTEGER,
            remote_id TEXT,
            url TEXT,
            reason TEXT,
            UNIQUE (schedule, occurrence, destination)
        ) STRICT;
        CREATE INDEX posts_open ON posts (state, occurrence) WHERE state IN ('planned', 'sending', 'unknown');
        CREATE INDEX posts_used ON posts (destination, occurrence);
        CREATE TABLE schedules (
            name TEXT NOT NULL PRIMARY KEY,
            timing TEXT NOT NULL,
            next_due INTEGER
        ) STRICT;
        """;

    private const string Columns =
        "key, schedule, occurrence, destination, state, items, payload, late_until, not_before, tries, looks, first_byte, owner, lease_until, remote_id, url, reason";

    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private SqliteLedger(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LedgerException">It cannot be opened, is no ledger, or was written by a newer version.</exception>
    public static async Task<SqliteLedger> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;", cancellationToken);
            await using var transaction = connection.BeginTransaction(deferred: false);
            var version = Convert.ToInt32(await ScalarAsync(connection, "PRAGMA user_version", cancellationToken), CultureInfo.InvariantCulture);
            if (version > SchemaVersion)
            {
                throw new InvalidOperationException($"it was written by a newer version of the bot (schema {version}, this one knows {SchemaVersion})");
            }

            if (version == 0)
            {
                await ExecuteAsync(connection, $"{Schema} PRAGMA user_version = {SchemaVersion};", cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return new SqliteLedger(path, connection);
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            await connection.DisposeAsync();
            throw Wrap(path, e);
        }
    }

    public Task<IReadOnlyDictionary<string, ScheduleMark>> MarksAsync(CancellationToken cancellationToken) => TakeTurnAsync(async () =>
    {
        var marks = new Dictionary<string, ScheduleMark>(StringComparer.Ordinal);
        await using var command = Command("SELECT name, timing, next_due FROM schedules");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            marks[reader.GetString(0)] = new ScheduleMark(reader.GetString(1), Moment(reader, 2));
        }

        return (IReadOnlyDictionary<string, ScheduleMark>)marks;
    }, cancellationToken);

    public Task<IReadOnlyList<Post>> PlanAsync(string schedule, ScheduleMark? mark, IReadOnlyList<Post> posts, CancellationToken cancellationToken) => TakeTurnAsync(async () =>
    {
        List<Post> added = [];
        await using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var post in posts)
        {
            await using var insert = Command($"""
                INSERT INTO posts ({Columns})
                VALUES ($key, $schedule, $occurrence, $destination, $state, $items, $payload, $late_until, $not_before, $tries, $looks, $first_byte, $owner, $lease_until, $remote_id, $url, $reason)
                ON CONFLICT (schedule, occurrence, destination) DO UPDATE
                SET key = $key, state = $state, items = $items, payload = $payload, late_until = $late_until, not_before = $not_before, reason = $reason
                WHERE state = 'missed' AND $state <> 'missed' AND tries = 0
                """);
            Bind(insert, post);
            if (await insert.ExecuteNonQueryAsync(cancellationToken) > 0)
            {
                added.Add(post);
            }
        }

        if (mark is not null)
        {
            await using var move = Command("""
                INSERT INTO schedules (name, timing, next_due) VALUES ($name, $timing, $next_due)
                ON CONFLICT (name) DO UPDATE SET timing = $timing, next_due = $next_due
                """, ("$name", schedule), ("$timing", mark.Timing), ("$next_due", Milliseconds(mark.NextDue)));
            await move.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return (IReadOnlyList<Post>)added;
    }, cancellationToken);

    public Task<IReadOnlyList<Post>> DueAsync(DateTimeOffset calendarNow, DateTimeOffset wireNow, int limit, CancellationToken cancellationToken) =>
        QueryAsync("WHERE state IN ('planned', 'unknown') AND occurrence <= $calendar AND not_before <= $wire AND (lease_until IS NULL OR lease_until <= $wire) ORDER BY occurrence, key LIMIT $limit",
            cancellationToken, ("$calendar", Milliseconds(calendarNow)), ("$wire", Milliseconds(wireNow)), ("$limit", limit));

    public Task<IReadOnlyList<Post>> AbandonedAsync(DateTimeOffset wireNow, CancellationToken cancellationToken) =>
        QueryAsync("WHERE state = 'sending' AND lease_until <= $wire ORDER BY occurrence, key", cancellationToken, ("$wire", Milliseconds(wireNow)));

    public Task<IReadOnlyList<Post>> RecentAsync(int limit, CancellationToken cancellationToken) =>
        QueryAsync("ORDER BY occurrence DESC, key LIMIT $limit", cancellationToken, ("$limit", limit));

    public Task<bool> TryMoveAsync(Post before, Post after, CancellationToken cancellationToken) => TakeTurnAsync(async () =>
    {
        await using var command = Command("""
            UPDATE posts
            SET state = $state, not_before = $not_before, tries = $tries, looks = $looks, first_byte = $first_byte, owner = $owner,
                lease_until = $lease_until, remote_id = $remote_id, url = $url, reason = $reason
            WHERE key = $key AND state = $was AND owner IS $had AND tries = $tried AND lease_until IS $leased
            """, ("$was", Name(before.State)), ("$had", before.Owner), ("$tried", before.Tries), ("$leased", Milliseconds(before.LeaseUntil)));
        Bind(command, after);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }, cancellationToken);

    public Task<IReadOnlyList<string>> UsedAsync(Destination destination, CancellationToken cancellationToken) => TakeTurnAsync(async () =>
    {
        List<string> used = [];
        await using var command = Command(
            "SELECT items FROM posts WHERE destination = $destination AND state IN ('planned', 'sending', 'sent', 'unknown') ORDER BY occurrence, schedule",
            ("$destination", destination.ToString()));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            used.AddRange(Items(reader.GetString(0)));
        }

        return (IReadOnlyList<string>)used;
    }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _turn.Dispose();
    }

    private Task<IReadOnlyList<Post>> QueryAsync(string rest, CancellationToken cancellationToken, params (string Name, object? Value)[] values) => TakeTurnAsync(async () =>
    {
        List<Post> posts = [];
        await using var command = Command($"SELECT {Columns} FROM posts {rest}", values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            posts.Add(Read(reader));
        }

        return (IReadOnlyList<Post>)posts;
    }, cancellationToken);

    /// <summary>A connection serves one at a time; SQLite itself keeps processes apart.</summary>
    private async Task<T> TakeTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        catch (SqliteException e)
        {
            throw Wrap(_path, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    private SqliteCommand Command(string sql, params (string Name, object? Value)[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private static void Bind(SqliteCommand command, Post post)
    {
        foreach (var (name, value) in new (string, object?)[]
        {
            ("$key", post.Key), ("$schedule", post.Schedule), ("$occurrence", Milliseconds(post.Occurrence)), ("$destination", post.Destination.ToString()),
            ("$state", Name(post.State)), ("$items", string.Join(' ', post.Items)),
            ("$payload", post.Payload is null ? null : JsonSerializer.Serialize(post.Payload, PayloadJson.Default.Payload)),
            ("$late_until", Milliseconds(post.LateUntil)), ("$not_before", Milliseconds(post.NotBefore)), ("$tries", post.Tries), ("$looks", post.Looks),
            ("$first_byte", Milliseconds(post.FirstByte)), ("$owner", post.Owner), ("$lease_until", Milliseconds(post.LeaseUntil)),
            ("$remote_id", post.RemoteId), ("$url", post.Url?.ToString()), ("$reason", post.Reason),
        })
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }
    }

    private static Post Read(SqliteDataReader reader) => new()
    {
        Key = reader.GetString(0),
        Schedule = reader.GetString(1),
        Occurrence = Moment(reader, 2)!.Value,
        Destination = Destination.TryParse(reader.GetString(3), out var destination) ? destination.Value : throw new InvalidOperationException($"Unknown destination {reader.GetString(3)}."),
        State = Enum.Parse<PostState>(reader.GetString(4), ignoreCase: true),
        Items = Items(reader.GetString(5)),
        Payload = Text(reader, 6) is { } json ? JsonSerializer.Deserialize(json, PayloadJson.Default.Payload) : null,
        LateUntil = Moment(reader, 7)!.Value,
        NotBefore = Moment(reader, 8)!.Value,
        Tries = reader.GetInt32(9),
        Looks = reader.GetInt32(10),
        FirstByte = Moment(reader, 11),
        Owner = Text(reader, 12),
        LeaseUntil = Moment(reader, 13),
        RemoteId = Text(reader, 14),
        Url = Text(reader, 15) is { } url ? new Uri(url) : null,
        Reason = Text(reader, 16),
    };

    private static string[] Items(string joined) => joined.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Name(PostState state) => state.ToString().ToLowerInvariant();

    private static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    private static long? Milliseconds(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset? Moment(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<object?> ScalarAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static LedgerException Wrap(string path, Exception e) => new((e as SqliteException)?.SqliteErrorCode switch
    {
        8 or 14 => $"The ledger {path} cannot be written: {e.Message} Check that its folder exists and belongs to the user that runs the bot (Ledger:Path).",
        13 => $"The disk that holds the ledger {path} is full. Nothing is sent until there is room again.",
        5 or 6 => $"The ledger {path} is locked by another program for longer than 10 s.",
        11 or 26 => $"{path} is no ledger, or it is damaged. Restore a copy, or name another file in Ledger:Path.",
        _ => $"The ledger {path} cannot be used: {e.Message}",
    }, e);
}
