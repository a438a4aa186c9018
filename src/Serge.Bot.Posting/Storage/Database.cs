using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;

namespace Serge.Bot.Posting.Storage;

/// <summary>The database that the ledger and the servers' schedules share, so that one transaction can hold both.</summary>
/// <remarks>The SQL is the same for both engines. They differ in how a connection is had, how a writer gets its turn, and in what their errors mean.</remarks>
public sealed class Database : IAsyncDisposable
{
    private static readonly TimeSpan MostApart = TimeSpan.FromSeconds(5);

    private readonly IDatabaseEngine _engine;

    private Database(IDatabaseEngine engine) => _engine = engine;

    /// <summary>What people call it: a file, or a server with its database. No secret is in it.</summary>
    public string Name => _engine.Name;

    /// <summary>Opens the one that the settings name, and brings its schema up to date.</summary>
    /// <exception cref="LedgerException">It cannot be opened, is no ledger, or was written by a newer version.</exception>
    public static Task<Database> OpenAsync(BotSettings settings, CancellationToken cancellationToken) =>
        OpenAsync(
            settings.PostgreSql is { } server ? new PostgresServer(server) : new SqliteFile(settings.LedgerPath),
            cancellationToken
        );

    /// <summary>Opens an SQLite file, or makes it; its folder must exist.</summary>
    /// <inheritdoc cref="OpenAsync(BotSettings, CancellationToken)"/>
    public static Task<Database> OpenAsync(string path, CancellationToken cancellationToken) =>
        OpenAsync(new SqliteFile(path), cancellationToken);

    /// <summary>Opens a database through an engine, which it then owns.</summary>
    /// <inheritdoc cref="OpenAsync(BotSettings, CancellationToken)"/>
    public static async Task<Database> OpenAsync(IDatabaseEngine engine, CancellationToken cancellationToken)
    {
        var database = new Database(engine);
        try
        {
            await database.WriteAsync(session => database.MigrateAsync(session, cancellationToken), cancellationToken);
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

    /// <summary>Writes: all of it is on disk when this returns, or none of it ever is. Writers take turns, also those of other processes.</summary>
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

    /// <summary>Looks whether this machine's clock agrees with the server's: by them the workers on several machines tell whether a claim or a lease has ended.</summary>
    /// <exception cref="LedgerException">They are more than 5 s apart, a third of the usual lease; or the database cannot be used.</exception>
    public async Task CheckClockAsync(TimeProvider wire, CancellationToken cancellationToken)
    {
        if (_engine.ClockQuery is not { } ask)
        {
            return;
        }

        var (asked, theirs, answered) = await ReadAsync(
            async session =>
            {
                var asked = wire.GetUtcNow();
                var theirs = (
                    await session.QueryAsync(ask, reader => reader.Moment(0)!.Value, cancellationToken)
                ).Single();
                return (asked, theirs, wire.GetUtcNow());
            },
            cancellationToken
        );
        var (ahead, behind) = (asked - theirs, theirs - answered);
        if (ahead > MostApart || behind > MostApart)
        {
            throw new LedgerException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The clock of this machine is {(ahead > behind ? ahead : behind).TotalSeconds:0} s {(ahead > behind ? "ahead of" : "behind")} that of {Name}. Workers on several machines tell by their clocks who sends, so let both machines keep their time: timedatectl set-ntp true, or the package chrony."
                )
            );
        }
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>Takes the steps that the database has not taken yet, all or none of them.</summary>
    private async Task<int> MigrateAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        await _engine.CheckAsync(session, cancellationToken);
        await using var ask = session.Command(_engine.VersionQuery);
        var version = Convert.ToInt32(await ask.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        if (version > Schema.Steps.Count)
        {
            throw new LedgerException(
                $"The ledger {Name} was written by a newer version of the bot (schema {version}, this one knows {Schema.Steps.Count}). Start that version, or restore a copy from before it."
            );
        }

        foreach (var step in Schema.Steps.Skip(version))
        {
            // One by one: in a command of several, SQLite's driver passes over an error that comes after a statement with a result, and to add a column is one.
            foreach (
                var statement in _engine
                    .Translate(step)
                    .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            )
            {
                await session.ExecuteAsync(statement, cancellationToken);
            }

            await session.ExecuteAsync(_engine.SetVersion(++version), cancellationToken);
        }

        return version;
    }
}
