using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;

namespace Serge.Bot.Posting.Storage;

/// <summary>The database that holds the ledger and the data of schedule owners, so that one transaction
/// can change both.</summary>
/// <remarks>The SQL is the same for both engines. They differ in connections, write locks and the
/// meaning of errors.</remarks>
public sealed class Database : IAsyncDisposable
{
    /// <summary>The difference between the clocks of two machines that is tolerated: a third of the default sender's
    /// lease.</summary>
    internal static readonly TimeSpan MaxClockDifference = TimeSpan.FromSeconds(5);

    private readonly IDatabaseEngine _engine;

    private Database(IDatabaseEngine engine) => _engine = engine;

    /// <summary>The file, or the server and database. Contains no secret.</summary>
    public string Name => _engine.Name;

    /// <summary>Opens a database and applies missing migration steps.</summary>
    /// <param name="engine">Owned by the database from now on.</param>
    /// <param name="steps">All migration steps, in the order of their release.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <exception cref="LedgerException">It cannot be opened, is not a ledger, or has steps that are
    /// not known here.</exception>
    public static async Task<Database> OpenAsync(
        IDatabaseEngine engine,
        IReadOnlyList<string> steps,
        CancellationToken cancellationToken
    )
    {
        var database = new Database(engine);
        try
        {
            await database.WriteAsync(
                session => database.MigrateAsync(session, steps, cancellationToken),
                cancellationToken
            );
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads, or writes with a single statement.</summary>
    /// <exception cref="LedgerException">The database cannot be used.</exception>
    public async Task<T> ReadAsync<T>(Func<DatabaseSession, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _engine.OpenConnectionAsync(cancellationToken);
            try
            {
                return await work(new DatabaseSession(connection, transaction: null));
            }
            finally
            {
                await _engine.ReturnConnectionAsync(connection);
            }
        }
        catch (Exception e) when (e is DbException or SocketException or IOException or TimeoutException)
        {
            throw new LedgerException(_engine.Explain(e), e);
        }
    }

    /// <summary>Runs statements in one transaction, which is on disk when the method returns.</summary>
    /// <remarks>One writer at a time, over all processes.</remarks>
    /// <exception cref="LedgerException">The database cannot be written.</exception>
    public Task<T> WriteAsync<T>(Func<DatabaseSession, Task<T>> work, CancellationToken cancellationToken) =>
        ReadAsync(
            async session =>
            {
                await using var transaction = await _engine.BeginWriteAsync(session.Connection, cancellationToken);
                var result = await work(new DatabaseSession(session.Connection, transaction));
                await transaction.CommitAsync(cancellationToken);
                return result;
            },
            cancellationToken
        );

    /// <summary>Compares this machine's clock with the database server's: workers on several machines decide by their
    /// clocks whether a claim or a lease has ended.</summary>
    /// <exception cref="LedgerException">They differ by more than 5 s, or the database cannot be used.</exception>
    public async Task CheckClockAsync(TimeProvider systemClock, CancellationToken cancellationToken)
    {
        if (_engine.ClockQuery is not { } query)
        {
            return;
        }

        var before = systemClock.GetUtcNow();
        var rows = await ReadAsync(
            session => session.QueryAsync(query, reader => reader.GetMoment(0), cancellationToken),
            cancellationToken
        );
        var after = systemClock.GetUtcNow();
        var server = rows.Single();
        if (before - server > MaxClockDifference)
        {
            throw new LedgerException(DescribeClocks(before - server, "ahead of"));
        }

        if (server - after > MaxClockDifference)
        {
            throw new LedgerException(DescribeClocks(server - after, "behind"));
        }
    }

    /// <summary>Whether nothing but this process has changed the database's file since the last
    /// <see cref="MaintainAsync"/>.</summary>
    public bool IsIntact => _engine.IsIntact;

    /// <summary>Limits the size of the write-ahead log. Only the worker that sends may call it; it renews its lease at
    /// the same time.</summary>
    /// <param name="isContinued">Whether no other worker has called this since this one called it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="LedgerException">The database cannot be used, or was overwritten.</exception>
    public Task<bool> MaintainAsync(bool isContinued, CancellationToken cancellationToken) =>
        ReadAsync(
            async session =>
            {
                await _engine.MaintainAsync(session, isContinued, cancellationToken);
                return true;
            },
            cancellationToken
        );

    /// <summary>The error when <see cref="IsIntact"/> is false.</summary>
    public LedgerException CreateLossException() => _engine.CreateLossException();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private string DescribeClocks(TimeSpan difference, string relation)
    {
        var seconds = difference.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return $"The clock of this machine is {seconds} s {relation} that of {Name}. Workers on several "
            + "machines decide by their clocks which one sends. Synchronize the clocks of both machines: "
            + "timedatectl set-ntp true, or the package chrony.";
    }

    /// <summary>Applies the steps that the database does not have yet: all or none.</summary>
    private async Task<int> MigrateAsync(
        DatabaseSession session,
        IReadOnlyList<string> steps,
        CancellationToken cancellationToken
    )
    {
        await _engine.CheckAsync(session, cancellationToken);
        var versions = await session.QueryAsync(_engine.VersionQuery, ReadVersion, cancellationToken);
        var version = versions.Single();
        if (version > steps.Count)
        {
            throw new LedgerException(
                $"The ledger {Name} was written by a newer version of the bot (schema {version}; this version knows "
                    + $"{steps.Count}). Start that version, or restore a backup made before the upgrade."
            );
        }

        foreach (var step in steps.Skip(version))
        {
            await ApplyAsync(session, step, cancellationToken);
            version++;
            await session.ExecuteAsync(_engine.SetVersion(version), cancellationToken);
        }

        return version;
    }

    private async Task ApplyAsync(DatabaseSession session, string step, CancellationToken cancellationToken)
    {
        // One statement at a time: SQLite's driver ignores an error after a statement that returns rows, as ALTER TABLE
        // ADD COLUMN does.
        const StringSplitOptions Options = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var statement in _engine.Translate(step).Split(';', Options))
        {
            await session.ExecuteAsync(statement, cancellationToken);
        }
    }

    private static int ReadVersion(DbDataReader reader) =>
        Convert.ToInt32(reader.GetValue(0), CultureInfo.InvariantCulture);
}
