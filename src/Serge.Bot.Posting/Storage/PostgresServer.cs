using System.Data.Common;
using Npgsql;

namespace Serge.Bot.Posting.Storage;

/// <summary>A database on a PostgreSQL server.</summary>
public sealed class PostgresServer : IDatabaseEngine
{
    /// <summary>The advisory lock that a writer holds until it commits: the letters of "serge".</summary>
    private const long WriteLock = 0x73_65_72_67_65;

    /// <summary>The database's and a table's number, which are never used again; NULL while there are no
    /// tables.</summary>
    private const string IdentityQuery = """
        SELECT CAST(oid AS TEXT) || ' ' || CAST(CAST(to_regclass('ledger_schema') AS oid) AS TEXT)
        FROM pg_database WHERE datname = current_database()
        """;

    private readonly NpgsqlDataSource _source;
    private readonly string _user;
    private volatile string? _identity;

    /// <summary>Connects when the first connection is opened.</summary>
    public PostgresServer(PostgresAddress address)
    {
        NpgsqlSlimDataSourceBuilder builder = new(address.Reveal());
        builder.EnableTransportSecurity();
        var connection = builder.ConnectionStringBuilder;
        _user = connection.Username ?? Environment.UserName;
        Name = $"{connection.Database ?? _user} at {connection.Host}:{connection.Port}";
        _source = builder.Build();
    }

    public string Name { get; }

    public string VersionQuery =>
        """
            CREATE TABLE IF NOT EXISTS ledger_schema (version BIGINT NOT NULL PRIMARY KEY);
            SELECT COALESCE(MAX(version), 0) FROM ledger_schema
            """;

    public string ClockQuery => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken);
        try
        {
            await CheckIdentityAsync(connection, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask ReturnConnectionAsync(DbConnection connection) => connection.DisposeAsync();

    public async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            DatabaseSession session = new(connection, transaction);
            await session.ExecuteAsync($"SELECT pg_advisory_xact_lock({WriteLock})", cancellationToken);
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
        const string Query = "SHOW server_encoding";
        var rows = await session.QueryAsync(Query, reader => reader.GetString(0), cancellationToken);
        var encoding = rows.Single();
        if (encoding != "UTF8")
        {
            throw new LedgerException(
                $"The database {Name} has the encoding {encoding}, which cannot store every character. "
                    + "Create it with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0."
            );
        }
    }

    public string SetVersion(int version) => $"INSERT INTO ledger_schema (version) VALUES ({version})";

    /// <summary>Translates from SQLite's dialect: PostgreSQL has another name for integers of 64 bits, its tables are
    /// always strict, and it sorts text by the rules of a language unless the collation is set.</summary>
    public string Translate(string step) =>
        step.Replace(" INTEGER", " BIGINT", StringComparison.Ordinal)
            .Replace(" STRICT", "", StringComparison.Ordinal)
            .Replace(" TEXT", " TEXT COLLATE \"C\"", StringComparison.Ordinal);

    public string Explain(Exception e)
    {
        if (e is PostgresException error)
        {
            return ExplainError(error.SqlState, ToLine(error.MessageText));
        }

        return ExplainFailure(e);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Checks that database and tables are those that were opened first. A restored backup has others, with
    /// the same names.</summary>
    private async Task CheckIdentityAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        DatabaseSession session = new(connection, transaction: null);
        var found = await session.QueryAsync(IdentityQuery, reader => reader.GetText(0), cancellationToken);
        var identity = found.Single();
        if (_identity is null)
        {
            // Without tables it is not known yet.
            _identity = identity;
        }
        else if (identity != _identity)
        {
            throw LedgerException.CreateLoss($"{Name} was deleted, or replaced by another database or a backup,");
        }
    }

    /// <summary>Explains an error that the server reports.</summary>
    /// <param name="code">See PostgreSQL docs, Appendix A.</param>
    /// <param name="message">The server's message.</param>
    private string ExplainError(string code, string message) =>
        code switch
        {
            "28P01" or "28000" => $"The PostgreSQL server rejects user {_user} for {Name}: {message}. "
                + "Check user and password in Ledger:PostgreSQL.",
            "3D000" => $"The PostgreSQL server has no database {Name}. "
                + "Create it with createdb, or name another in Ledger:PostgreSQL.",
            "42501" => $"User {_user} lacks a permission that the ledger needs in {Name}: {message}. "
                + "Make that user the owner of the database.",
            "53100" => $"The disk of the PostgreSQL server is full ({Name}). "
                + "Free some space; until then nothing is sent, and nothing is lost.",
            "53300" or "53400" => $"The PostgreSQL server accepts no more connections ({Name}): {message}. "
                + "Raise its max_connections, or close other connections.",
            "25006" => $"{Name} is read-only: it is a standby server, or was set to read-only. "
                + "Name the primary server in Ledger:PostgreSQL.",
            "57P01" or "57P02" or "57P03" => $"The PostgreSQL server of {Name} is stopping or starting: {message}. "
                + "The bot retries until it is available.",
            _ => $"The ledger {Name} cannot be used: {message}.",
        };

    /// <summary>Explains a failure without an answer from the server.</summary>
    private string ExplainFailure(Exception e)
    {
        if (e is TimeoutException || e.InnerException is TimeoutException)
        {
            return $"The PostgreSQL server took too long to answer ({Name}): it is overloaded or unreachable, or "
                + "another session holds a lock on the ledger's tables. The bot retries until it answers.";
        }

        // The driver keeps the password out of its messages.
        var message = e.InnerException is { } inner ? $"{e.Message}: {inner.Message}" : e.Message;
        return $"The PostgreSQL server cannot be reached ({Name}): {ToLine(message)}. Check that it runs, and host and "
            + "port in Ledger:PostgreSQL. The bot retries until it is available.";
    }

    private static string ToLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.');
}
