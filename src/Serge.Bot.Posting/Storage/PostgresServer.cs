using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Serge.Bot.Posting.Storage;

/// <summary>A database on a PostgreSQL server.</summary>
public sealed class PostgresServer : IDatabaseEngine
{
    /// <summary>The lock that a writer holds until it commits: any number will do, as long as it is the same everywhere. These are the letters of "serge".</summary>
    private const long WritersTurn = 0x73_65_72_67_65;

    private readonly NpgsqlDataSource _source;
    private readonly string _user;

    /// <summary>Names the server; the first turn connects.</summary>
    public PostgresServer(PostgresAddress address)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(address.Reveal());
        builder.EnableTransportSecurity();
        _user = builder.ConnectionStringBuilder.Username ?? Environment.UserName;
        Name = string.Create(
            CultureInfo.InvariantCulture,
            $"{builder.ConnectionStringBuilder.Database ?? _user} at {builder.ConnectionStringBuilder.Host}:{builder.ConnectionStringBuilder.Port}"
        );
        _source = builder.Build();
    }

    public string Name { get; }

    public string VersionQuery =>
        """
            CREATE TABLE IF NOT EXISTS ledger_schema (version BIGINT NOT NULL PRIMARY KEY);
            SELECT COALESCE(MAX(version), 0) FROM ledger_schema
            """;

    public string ClockQuery => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken);

    public ValueTask ReturnConnectionAsync(DbConnection connection) => connection.DisposeAsync();

    public async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await new DatabaseSession(connection, transaction).ExecuteAsync(
                $"SELECT pg_advisory_xact_lock({WritersTurn})",
                cancellationToken
            );
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public async Task CheckAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        var encoding = (
            await session.QueryAsync("SHOW server_encoding", reader => reader.GetString(0), cancellationToken)
        ).Single();
        if (encoding != "UTF8")
        {
            throw new LedgerException(
                $"The database {Name} is encoded in {encoding}, which does not hold every letter. Make it anew: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0."
            );
        }
    }

    public string SetVersion(int version) => $"INSERT INTO ledger_schema (version) VALUES ({version})";

    /// <summary>The schema is written in SQLite's words. PostgreSQL's whole numbers of 64 bits have another name, its tables are always strict, and its
    /// text is sorted by a language's rules unless told otherwise.</summary>
    public string Translate(string step) =>
        step.Replace(" INTEGER", " BIGINT", StringComparison.Ordinal)
            .Replace(" STRICT", "", StringComparison.Ordinal)
            .Replace(" TEXT", " TEXT COLLATE \"C\"", StringComparison.Ordinal);

    /// <remarks>Codes: PostgreSQL docs, Appendix A.</remarks>
    public string Explain(Exception e) =>
        (e as PostgresException)?.SqlState switch
        {
            "28P01" or "28000" =>
                $"The PostgreSQL server refuses user {_user} for {Name}: {Text(e)}. Check user and password in Ledger:PostgreSQL.",
            "3D000" =>
                $"The PostgreSQL server has no such database, {Name}. Make it with createdb, or name another in Ledger:PostgreSQL.",
            "42501" =>
                $"User {_user} may not do what the ledger needs in {Name}: {Text(e)}. Make that user the owner of the database.",
            "53100" =>
                $"The disk of the PostgreSQL server is full ({Name}). Make room; nothing is sent until then, and nothing is lost.",
            "53300" or "53400" =>
                $"The PostgreSQL server takes no more connections ({Name}): {Text(e)}. Raise its max_connections, or end what else is connected.",
            "25006" =>
                $"{Name} can only be read: it is a standby, or was set so. Name the primary server in Ledger:PostgreSQL.",
            "57P01" or "57P02" or "57P03" =>
                $"The PostgreSQL server of {Name} is stopping or starting: {Text(e)}. The bot goes on when it is back.",
            null when e.InnerException is TimeoutException || e is TimeoutException =>
                $"The PostgreSQL server took too long to answer ({Name}): it is overloaded, out of reach, or somebody holds a lock on the ledger's tables. The bot goes on when it answers.",
            null =>
                $"The PostgreSQL server cannot be reached ({Name}): {Text(e)}. Check that it runs, and host and port in Ledger:PostgreSQL. The bot goes on when it is back.",
            _ => $"The ledger {Name} cannot be used: {Text(e)}.",
        };

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>The error's own words, on one line. The connection string is never among them: the driver keeps the password out of its errors.</summary>
    private static string Text(Exception e) =>
        (
            (e as PostgresException)?.MessageText
            ?? (e.InnerException is { } inner ? $"{e.Message}: {inner.Message}" : e.Message)
        )
            .ReplaceLineEndings(" ")
            .TrimEnd('.');
}
