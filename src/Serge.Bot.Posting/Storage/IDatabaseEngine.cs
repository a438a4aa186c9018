using System.Data.Common;

namespace Serge.Bot.Posting.Storage;

/// <summary>What SQLite and PostgreSQL do not have in common.</summary>
public interface IDatabaseEngine : IAsyncDisposable
{
    /// <summary>What people call the database. No secret is in it.</summary>
    string Name { get; }

    /// <summary>Reads the number of steps the schema has taken; 0 for an empty database.</summary>
    string VersionQuery { get; }

    /// <summary>Asks what time it is at the server, in milliseconds since 1970 in UTC; <see langword="null"/> where that is this machine's clock.</summary>
    string? ClockQuery { get; }

    /// <summary>Takes a connection for a while.</summary>
    Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken);

    /// <summary>Gives it back.</summary>
    ValueTask ReturnConnectionAsync(DbConnection connection);

    /// <summary>Begins to write. There is one writer at a time; the others wait.</summary>
    Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Looks whether it can hold a ledger at all, before the schema is brought up to date.</summary>
    Task CheckAsync(DatabaseSession session, CancellationToken cancellationToken);

    /// <summary>Writes the number of steps the schema has taken.</summary>
    string SetVersion(int version);

    /// <summary>A step of the schema in this engine's words.</summary>
    string Translate(string step);

    /// <summary>An error as one line: what is wrong, and what to do. No secret is in it.</summary>
    string Explain(Exception e);
}
