using System.Data.Common;
using Microsoft.Data.Sqlite;
using Serge.Bot.Catalogue.Reading;

namespace Serge.Bot.Posting.Storage;

/// <summary>An SQLite file with a write-ahead log; every commit is synced to disk.</summary>
/// <remarks>It has one connection, which serves one session at a time. SQLite itself locks
/// out other processes. Every use checks that the path still names the open file. Only the worker that sends runs
/// checkpoints (<see cref="MaintainAsync"/>), so that any other change of the file is detected.</remarks>
public sealed class SqliteFile : IDatabaseEngine
{
    private static readonly TimeSpan DefaultLockTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A larger write-ahead log is moved into the file: the default of SQLite, 1000 pages.</summary>
    private const long MaxLogLength = 4_096_000;

    /// <summary>64 MiB, which is checked in less than a second.</summary>
    private const long MaxCheckedLength = 64 << 20;

    private const string Memory = ":memory:";

    private readonly string _path;
    private readonly SqliteFiles? _files;
    private readonly TimeSpan _lockTimeout;
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _semaphore = new(1, 1);
    private bool _isOpen;
    private bool _isClosed;
    private bool _hadLog;
    private volatile FileState? _maintained;

    /// <summary>The file is opened or created when the first connection is opened.</summary>
    /// <param name="path">The file; its folder must exist. <c>:memory:</c> for a database in memory.</param>
    /// <param name="lockTimeout">How long to wait for the lock of another program. Default 10 s.</param>
    public SqliteFile(string path, TimeSpan? lockTimeout = null)
    {
        _path = path;
        _files = path == Memory ? null : new SqliteFiles(path);
        _lockTimeout = lockTimeout ?? DefaultLockTimeout;
        SqliteConnectionStringBuilder builder = new()
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)_lockTimeout.TotalSeconds),
        };
        _connection = new SqliteConnection(builder.ToString());
    }

    /// <summary>An empty database in memory, for commands that only read, where there is no file yet.</summary>
    /// <param name="missing">The file that does not exist.</param>
    public static SqliteFile CreateEmpty(string missing) => new(Memory) { Name = missing };

    /// <summary>Whether there is no file. One that the user has no permission to open is not missing.</summary>
    public static bool IsMissing(string path)
    {
        try
        {
            _ = File.GetAttributes(FileLink.Resolve(path).FullName);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Opening the file fails too, and says why.
            return false;
        }
    }

    /// <summary>Why a missing file cannot be created, and what to do; <see langword="null"/> if it can be. Creates
    /// another file beside it, and deletes that.</summary>
    public static string? FindCreationProblem(string path)
    {
        try
        {
            var folder = FileLink.Resolve(path).DirectoryName!;
            var probe = Path.Combine(folder, Path.GetRandomFileName());
            using FileStream file = new(
                probe,
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose
            );
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DescribeUnwritable(path, e.Message);
        }
    }

    public string Name
    {
        get => field ?? _path;
        private init;
    }

    public bool IsIntact => _maintained is not { } known || FileState.Read(_path) == known;

    public string VersionQuery => "PRAGMA user_version";

    public string? ClockQuery => null;

    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (!_isOpen)
            {
                await OpenAsync(cancellationToken);
                _isOpen = true;
            }
            else if (_files?.FindLoss() is { } loss)
            {
                throw LedgerException.CreateLoss(loss);
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

    public async Task MaintainAsync(DatabaseSession session, bool isContinued, CancellationToken cancellationToken)
    {
        if (_files is null)
        {
            return;
        }

        if (isContinued && !IsIntact)
        {
            throw CreateLossException();
        }

        var isLarge = FileState.Read(_files.Log) is { Length: > MaxLogLength };
        if (isLarge)
        {
            await session.ExecuteAsync("PRAGMA wal_checkpoint(PASSIVE)", cancellationToken);
        }

        if (isLarge || !isContinued || _maintained is null)
        {
            // Otherwise nothing may have changed the file, so its state must stay the same.
            _maintained = FileState.Read(_path);
        }
    }

    public LedgerException CreateLossException() =>
        LedgerException.CreateLoss(_files?.FindLoss() ?? $"{_path} was overwritten");

    public string SetVersion(int version) => $"PRAGMA user_version = {version}";

    public string Translate(string step) => step;

    /// <remarks>Codes: SQLite docs, Result and Error Codes.</remarks>
    public string Explain(Exception e) =>
        (e as SqliteException)?.SqliteErrorCode switch
        {
            3 or 8 or 14 or 23 => DescribeUnwritable(_path, e.Message),
            10 => $"The disk that holds the ledger {_path} fails: {e.Message} Check the disk first.",
            13 => $"The disk that holds the ledger {_path} is full. "
                + "Free some space; until then nothing is sent, and nothing is lost.",
            5 or 6 => $"The ledger {_path} has been locked by another program for longer than "
                + $"{_lockTimeout.TotalSeconds:0.#} s. Close the program that uses it, such as a database browser.",
            11 or 26 => DescribeDamage(),
            _ => $"The ledger {_path} cannot be used: {e.Message}",
        };

    /// <summary>Closes the connection after the session that uses it. Sessions that wait, and later ones, fail with
    /// <see cref="ObjectDisposedException"/>.</summary>
    /// <remarks>The semaphore is not disposed: the sessions that wait for it would wait without end.</remarks>
    public async ValueTask DisposeAsync()
    {
        await _semaphore.WaitAsync();
        _isClosed = true;
        await _connection.DisposeAsync();
        _semaphore.Release();
    }

    private static string DescribeUnwritable(string path, string reason) =>
        $"The ledger {path} cannot be written: {reason} Its folder must exist, and folder "
        + "and file must belong to the user that runs the bot (Ledger:Path).";

    private string DescribeDamage()
    {
        if (_files is null || (!_hadLog && !File.Exists(_files.Log)))
        {
            return $"{_path} is not a ledger, or it is damaged. Restore a backup, or name another file in Ledger:Path.";
        }

        return $"{_path} is not a ledger, or it is damaged, or it is a restored backup beside the log of another "
            + "ledger. "
            + $"Stop the bot, delete {_files.Log} and {_files.Index}, copy the backup to {_path} again, and start the "
            + "bot.";
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_files is not null)
        {
            _files.ResolveLink();
            _hadLog = FileState.Read(_files.Log) is { Length: > 0 };
            _files.CreateIfMissing();
        }

        await _connection.OpenAsync(cancellationToken);
        DatabaseSession session = new(_connection, transaction: null);
        var timeout = (int)_lockTimeout.TotalMilliseconds;
        await session.ExecuteAsync($"PRAGMA busy_timeout = {timeout}", cancellationToken);
        await session.ExecuteAsync("PRAGMA journal_mode = WAL", cancellationToken);
        await session.ExecuteAsync("PRAGMA synchronous = FULL", cancellationToken);
        await session.ExecuteAsync("PRAGMA wal_autocheckpoint = 0", cancellationToken);
        // The write-ahead log is opened by the first query.
        await session.QueryAsync(VersionQuery, reader => reader.GetInt64(0), cancellationToken);
        if (_hadLog)
        {
            await CheckIntegrityAsync(session, cancellationToken);
        }

        _files?.Remember();
    }

    /// <summary>SQLite applies a log that was left beside a restored backup, whatever ledger it belongs to. In a large
    /// ledger the check would take too long.</summary>
    private async Task CheckIntegrityAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        if (FileState.Read(_path) is not { Length: <= MaxCheckedLength })
        {
            return;
        }

        const string Check = "PRAGMA integrity_check(1)";
        var results = await session.QueryAsync(Check, reader => reader.GetString(0), cancellationToken);
        if (results is not ["ok"])
        {
            throw new LedgerException(DescribeDamage());
        }
    }
}
