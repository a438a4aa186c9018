using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Serge.Bot.Delivery;

namespace Serge.Bot.Storage;

/// <summary>One SQLite file: write-ahead log, every commit synced to disk. The ledger and the servers' schedules share it, so that one
/// transaction can hold both.</summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private SqliteDatabase(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <summary>Opens the file, or makes it, and brings its schema up to date.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LedgerException">It cannot be opened, is no ledger, or was written by a newer version.</exception>
    public static async Task<SqliteDatabase> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
        var database = new SqliteDatabase(path, connection);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await database.ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;", cancellationToken);
            await database.MigrateAsync(cancellationToken);
            return database;
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            await database.DisposeAsync();
            throw database.Wrap(e);
        }
    }

    /// <summary>Reads. A connection serves one at a time; SQLite itself keeps processes apart.</summary>
    /// <exception cref="LedgerException">The file cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        catch (SqliteException e)
        {
            throw Wrap(e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes: all of it is on disk when this returns, or none of it ever is.</summary>
    /// <exception cref="LedgerException">The file cannot be written.</exception>
    public Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => ReadAsync(async () =>
    {
        await using var transaction = _connection.BeginTransaction(deferred: false);
        var result = await work();
        await transaction.CommitAsync(cancellationToken);
        return result;
    }, cancellationToken);

    /// <summary>A command; only inside <see cref="ReadAsync"/> and <see cref="WriteAsync"/>.</summary>
    public DbCommand Command(string sql, params IEnumerable<(string Name, object? Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    /// <summary>Runs a command; only inside <see cref="WriteAsync"/>.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params IEnumerable<(string Name, object? Value)> values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _turn.Dispose();
    }

    /// <summary>Takes the steps that the file has not taken yet, all or none of them.</summary>
    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var transaction = _connection.BeginTransaction(deferred: false);
        await using var ask = Command("PRAGMA user_version");
        var version = Convert.ToInt32(await ask.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        if (version > SqliteSchema.Steps.Count)
        {
            throw new InvalidOperationException($"it was written by a newer version of the bot (schema {version}, this one knows {SqliteSchema.Steps.Count})");
        }

        foreach (var step in SqliteSchema.Steps.Skip(version))
        {
            await ExecuteAsync($"{step} PRAGMA user_version = {++version};", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private LedgerException Wrap(Exception e) => new((e as SqliteException)?.SqliteErrorCode switch
    {
        8 or 14 => $"The ledger {_path} cannot be written: {e.Message} Check that its folder exists and belongs to the user that runs the bot (Ledger:Path).",
        13 => $"The disk that holds the ledger {_path} is full. Nothing is sent until there is room again.",
        5 or 6 => $"The ledger {_path} is locked by another program for longer than 10 s.",
        11 or 26 => $"{_path} is no ledger, or it is damaged. Restore a copy, or name another file in Ledger:Path.",
        _ => $"The ledger {_path} cannot be used: {e.Message}",
    }, e);
}
