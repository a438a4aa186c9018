using Microsoft.Data.Sqlite;
using Npgsql;

namespace Serge.Bot.Tests.Databases;

/// <summary>The message for each error of a database: one line that states what is wrong and how to fix it.</summary>
public sealed class ExplanationTests
{
    /// <summary>Each row: an error code of SQLite, and words of its explanation.</summary>
    [Theory]
    [InlineData(3, "cannot be written", "Ledger:Path")] // no permission
    [InlineData(8, "cannot be written", "Ledger:Path")] // read-only
    [InlineData(14, "cannot be written", "Ledger:Path")] // cannot open
    [InlineData(23, "cannot be written", "Ledger:Path")] // not authorized
    [InlineData(10, "fails", "Check the disk")]
    [InlineData(13, "is full", "Free some space")]
    [InlineData(5, "locked by another program for longer than 2.5 s", "Close the program that uses it")] // busy
    [InlineData(6, "locked by another program for longer than 2.5 s", "Close the program that uses it")] // locked
    [InlineData(11, "is not a ledger, or it is damaged", "Restore a backup")]
    [InlineData(26, "is not a ledger, or it is damaged", "Restore a backup")]
    [InlineData(1, "cannot be used: in SQLite’s words")]
    [InlineData(4, "cannot be used: in SQLite’s words")]
    [InlineData(7, "cannot be used: in SQLite’s words")]
    [InlineData(9, "cannot be used: in SQLite’s words")]
    [InlineData(12, "cannot be used: in SQLite’s words")]
    [InlineData(15, "cannot be used: in SQLite’s words")]
    [InlineData(24, "cannot be used: in SQLite’s words")]
    [InlineData(27, "cannot be used: in SQLite’s words")]
    public async Task Sqlite_ByItsCode(int code, params string[] words)
    {
        await using SqliteFile engine = new("serge.db", lockTimeout: TimeSpan.FromSeconds(2.5));

        AssertOneLine(engine.Explain(new SqliteException("in SQLite’s words", code)), ["serge.db", .. words]);
        AssertOneLine(engine.Explain(new IOException("in other words")), "serge.db", "cannot be used: in other words");
    }

    /// <summary>Each row: an error code of SQLite while a copy is made, and words of its explanation.</summary>
    [Theory]
    [InlineData(13, "The disk of copy.db is full", "name a file on another disk")]
    [InlineData(5, "The ledger serge.db has been locked by another program for longer than 10 s")]
    [InlineData(6, "The ledger serge.db has been locked by another program for longer than 10 s")]
    [InlineData(1, "serge.db is not a ledger, or it is damaged", "in SQLite’s words", "Keep the file and all backups")]
    [InlineData(11, "serge.db is not a ledger, or it is damaged", "in SQLite’s words", "Keep the file and all backups")]
    [InlineData(26, "serge.db is not a ledger, or it is damaged", "in SQLite’s words", "Keep the file and all backups")]
    [InlineData(2, "The ledger serge.db cannot be copied to copy.db: in SQLite’s words")]
    [InlineData(7, "The ledger serge.db cannot be copied to copy.db: in SQLite’s words")]
    [InlineData(10, "The ledger serge.db cannot be copied to copy.db: in SQLite’s words")]
    [InlineData(12, "The ledger serge.db cannot be copied to copy.db: in SQLite’s words")]
    [InlineData(14, "The ledger serge.db cannot be copied to copy.db: in SQLite’s words")]
    [InlineData(27, "The ledger serge.db cannot be copied to copy.db: in SQLite’s words")]
    public void Copy_ByItsCode(int code, params string[] words) =>
        AssertOneLine(
            LedgerBackup.Explain("serge.db", "copy.db", new SqliteException("in SQLite’s words", code)),
            words
        );

    /// <summary>Each row: an error code of PostgreSQL, and words of its explanation.</summary>
    [Theory]
    [InlineData("28P01", "rejects user victor", "in its words.", "Check user and password")]
    [InlineData("28000", "rejects user victor", "in its words.", "Check user and password")]
    [InlineData("3D000", "has no database serge at", "createdb")]
    [InlineData("42501", "User victor lacks a permission", "in its words.", "owner of the database")]
    [InlineData("53100", "is full", "Free some space")]
    [InlineData("53300", "accepts no more connections", "max_connections")]
    [InlineData("53400", "accepts no more connections", "max_connections")]
    [InlineData("25006", "is read-only", "Name the primary server")]
    [InlineData("57P01", "is stopping or starting", "retries until it is available")]
    [InlineData("57P02", "is stopping or starting", "retries until it is available")]
    [InlineData("57P03", "is stopping or starting", "retries until it is available")]
    [InlineData("42P01", "The ledger serge at db.example:5433 cannot be used: in its words.")]
    public async Task Postgres_ByItsCode(string state, params string[] words)
    {
        await using var engine = Server();

        AssertOneLine(
            engine.Explain(new PostgresException("in its\nwords.", "ERROR", "ERROR", state)),
            ["serge at db.example:5433", .. words]
        );
    }

    [Fact]
    public async Task Postgres_WithoutACode_DistinguishesATimeoutFromAnUnreachableServer()
    {
        await using var engine = Server();

        AssertOneLine(engine.Explain(new TimeoutException()), "took too long to answer");
        AssertOneLine(engine.Explain(new NpgsqlException("x", new TimeoutException())), "took too long to answer");
        AssertOneLine(
            engine.Explain(new NpgsqlException("Failed to connect", new IOException("refused."))),
            "cannot be reached",
            "Failed to connect: refused. Check that it runs"
        );
        AssertOneLine(engine.Explain(new NpgsqlException("Failed")), "cannot be reached", ": Failed. Check");
    }

    [Theory]
    [InlineData("Host=db.example;Username=victor", "victor at db.example:5432")]
    [InlineData("Host=db.example;Username=victor;Database=serge;Port=5433", "serge at db.example:5433")]
    public async Task Postgres_IsCalledByItsDatabaseAndServer(string text, string name)
    {
        Assert.True(PostgresAddress.TryParse(text, out var address));
        await using PostgresServer engine = new(address);

        Assert.Equal(name, engine.Name);
    }

    [Fact]
    public async Task Sqlite_WaitsTenSecondsForAnotherProgram()
    {
        await using SqliteFile engine = new("serge.db");

        AssertOneLine(engine.Explain(new SqliteException("busy", 5)), "for longer than 10 s");
    }

    [Fact]
    public async Task Sqlite_HasNoClockOfItsOwn()
    {
        await using SqliteFile engine = new("serge.db");

        Assert.Null(engine.ClockQuery);
        Assert.Equal("CREATE TABLE x (y INTEGER) STRICT", engine.Translate("CREATE TABLE x (y INTEGER) STRICT"));
    }

    [Fact]
    public async Task Postgres_TranslatesTheSchema()
    {
        await using var engine = Server();

        Assert.Equal(
            "CREATE TABLE x (y BIGINT, z TEXT COLLATE \"C\")",
            engine.Translate("CREATE TABLE x (y INTEGER, z TEXT) STRICT")
        );
    }

    private static PostgresServer Server() =>
        PostgresAddress.TryParse(
            "Host=db.example;Port=5433;Database=serge;Username=victor;Password=secret",
            out var address
        )
            ? new PostgresServer(address)
            : throw new InvalidOperationException();

    private static void AssertOneLine(string line, params string[] words)
    {
        Assert.DoesNotContain("\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
    }
}
