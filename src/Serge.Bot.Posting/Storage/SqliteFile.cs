using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Serge.Bot.Posting.Storage;

/// <summary>An SQLite file: write-ahead log, every commit synced to disk.</summary>
/// <remarks>One connection serves one turn at a time. SQLite itself keeps processes apart.</remarks>
public sealed class SqliteFile : IDatabaseEngine
{
    private readonly string _path;
    private readonly TimeSpan _patience;
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _open;

    /// <summary>Names the file; it is opened, or made, by the first turn.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="patience">How long another program may hold it locked. Default 10 s.</param>
    public SqliteFile(string path, TimeSpan? patience = null)
    {
        _path = path;
        _patience = patience ?? TimeSpan.FromSeconds(10);
        _connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                DefaultTimeout = Math.Max(1, (int)_patience.TotalSeconds),
            }.ToString()
        );
    }

    public string Name => _path;

    public string VersionQuery => "PRAGMA user_version";

    public string? ClockQuery => null;

    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_open)
            {
                await _connection.OpenAsync(cancellationToken);
                var session = new DatabaseSession(_connection, transaction: null);
                foreach (
                    var pragma in (string[])
                        [
                            $"busy_timeout = {(int)_patience.TotalMilliseconds}",
                            "journal_mode = WAL",
                            "synchronous = FULL",
                        ]
                )
                {
                    await session.ExecuteAsync($"PRAGMA {pragma}", cancellationToken);
                }

                _open = true;
            }

            return _connection;
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    public ValueTask ReturnConnectionAsync(DbConnection connection)
    {
        _turn.Release();
        return ValueTask.CompletedTask;
    }

    public Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public Task CheckAsync(DatabaseSession session, CancellationToken cancellationToken) => Task.CompletedTask;

    public string SetVersion(int version) => $"PRAGMA user_version = {version}";

    public string Translate(string step) => step;

    /// <remarks>Numbers: SQLite docs, Result and Error Codes.</remarks>
    public string Explain(Exception e) =>
        (e as SqliteException)?.SqliteErrorCode switch
        {
            3 or 8 or 14 or 23 =>
                $"The ledger {_path} cannot be written: {e.Message} Its folder must exist, and folder and file belong to the user that runs the bot (Ledger:Path).",
            10 => $"The disk that holds the ledger {_path} fails: {e.Message} Look at the disk before anything else.",
            13 =>
                $"The disk that holds the ledger {_path} is full. Make room; nothing is sent until then, and nothing is lost.",
            5 or 6 =>
                $"The ledger {_path} has been locked by another program for longer than {_patience.TotalSeconds:0.#} s. Close what has it open, such as a database browser.",
            11 or 26 => $"{_path} is no ledger, or it is damaged. Restore a copy, or name another file in Ledger:Path.",
            _ => $"The ledger {_path} cannot be used: {e.Message}",
        };

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _turn.Dispose();
    }
}
