using System.Data.Common;

namespace Serge.Bot.Posting.Storage;

/// <summary>The differences between SQLite and PostgreSQL.</summary>
public interface IDatabaseEngine : IAsyncDisposable
{
    /// <summary>The file, or the server and database. Contains no secret.</summary>
    string Name { get; }

    /// <summary>Reads the number of applied migration steps; 0 for an empty database.</summary>
    string VersionQuery { get; }

    /// <summary>Reads the server's clock, in milliseconds since 1970, UTC; <see langword="null"/> if the database uses
    /// this machine's clock.</summary>
    string? ClockQuery { get; }

    Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken);

    /// <summary>Ends the use of a connection from <see cref="OpenConnectionAsync"/>.</summary>
    ValueTask ReturnConnectionAsync(DbConnection connection);

    /// <summary>Begins a transaction. There is one writer at a time; others wait.</summary>
    Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Checks before the migration whether the database can hold a ledger.</summary>
    /// <exception cref="LedgerException">It cannot.</exception>
    Task CheckAsync(DatabaseSession session, CancellationToken cancellationToken);

    /// <summary>Whether nothing but this process has changed the database's file since the last
    /// <see cref="MaintainAsync"/>. Always true where the engine has no such file.</summary>
    bool IsIntact => true;

    /// <inheritdoc cref="Database.MaintainAsync"/>
    Task MaintainAsync(DatabaseSession session, bool isContinued, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>The error when <see cref="IsIntact"/> is false.</summary>
    LedgerException CreateLossException() => LedgerException.CreateLoss($"{Name} was overwritten");

    /// <summary>The statement that stores the number of applied migration steps.</summary>
    string SetVersion(int version);

    /// <summary>Translates a migration step from SQLite's dialect.</summary>
    string Translate(string step);

    /// <summary>Describes an error in one line: the cause and how to fix it. Contains no secret.</summary>
    string Explain(Exception e);
}
