using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Serge.Bot.Posting.Storage;

/// <summary>An SQLite file with a write-ahead log; every commit is synced to disk.</summary>
/// <remarks>It has one connection, which serves one session at a time. SQLite itself locks
/// out other processes.</remarks>
public sealed class SqliteFile : IDatabaseEngine
{
    private static readonly TimeSpan DefaultLockTimeout = TimeSpan.FromSeconds(10);

    private readonly string _path;
    private readonly TimeSpan _lockTimeout;
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _semaphore = new(1, 1);
    private bool _isOpen;

    /// <summary>The file is opened or created when the first connection is opened.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="lockTimeout">How long to wait for the lock of another program. Default 10 s.</param>
    public SqliteFile(string path, TimeSpan? lockTimeout = null)
    {
        _path = path;
        _lockTimeout = lockTimeout ?? DefaultLockTimeout;
        SqliteConnectionStringBuilder builder = new()
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)_lockTimeout.TotalSeconds),
        };
        _connection = new SqliteConnection(builder.ToString());
    }

    public string Name => _path;

    public string VersionQuery => "PRAGMA user_version";

    public string? ClockQuery => null;

    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        try
        {
            if (!_isOpen)
            {
                await OpenAsync(cancellationToken);
                _isOpen = true;
            }

            return _connection;
        }
        catch
        {
            _semaphore.Release();
            throw;
        }
    }

    public ValueTask ReturnConnectionAsync(DbConnection connection)
    {
        _semaphore.Release();
        return ValueTask.CompletedTask;
    }

    public Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false);
        return Task.FromResult<DbTransaction>(transaction);
    }

    public Task CheckAsync(DatabaseSession session, CancellationToken cancellationToken) => Task.CompletedTask;

    public string SetVersion(int version) => $"PRAGMA user_version = {version}";

    public string Translate(string step) => step;

    /// <remarks>Codes: SQLite docs, Result and Error Codes.</remarks>
    public string Explain(Exception e) =>
        (e as SqliteException)?.SqliteErrorCode switch
        {
            3 or 8 or 14 or 23 =>
                $"The ledger {_path} cannot be written: {e.Message} Its folder must exist, and folder "
                    + "and file must belong to the user that runs the bot (Ledger:Path).",
            10 => $"The disk that holds the ledger {_path} fails: {e.Message} Check the disk first.",
            13 => $"The disk that holds the ledger {_path} is full. "
                + "Free some space; until then nothing is sent, and nothing is lost.",
            5 or 6 => $"The ledger {_path} has been locked by another program for longer than "
                + $"{_lockTimeout.TotalSeconds:0.#} s. Close the program that uses it, such as a database browser.",
            11 or 26 => $"{_path} is not a ledger, or it is damaged. "
                + "Restore a backup, or name another file in Ledger:Path.",
            _ => $"The ledger {_path} cannot be used: {e.Message}",
        };

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _semaphore.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _connection.OpenAsync(cancellationToken);
        DatabaseSession session = new(_connection, transaction: null);
        var timeout = (int)_lockTimeout.TotalMilliseconds;
        await session.ExecuteAsync($"PRAGMA busy_timeout = {timeout}", cancellationToken);
        await session.ExecuteAsync("PRAGMA journal_mode = WAL", cancellationToken);
        await session.ExecuteAsync("PRAGMA synchronous = FULL", cancellationToken);
    }
}
