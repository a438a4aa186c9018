[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Serge.Bot.Tests.Databases;

/// <summary>An empty database that is deleted after the test. The guarantees of a database are tested on each kind of
/// it.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>Creates an engine for the database; several engines act like several workers.</summary>
    internal abstract Task<IDatabaseEngine> EngineAsync();

    /// <summary>Opens the database; when called again, with the data of the previous call.</summary>
    internal async Task<Database> OpenAsync() =>
        await Database.OpenAsync(await EngineAsync(), LedgerDatabase.Steps, TestContext.Current.CancellationToken);

    /// <summary>Writes without any checks, as a person with a database tool could.</summary>
    internal async Task WriteAsync(params string[] statements)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var database = await OpenAsync();
        foreach (var statement in statements)
        {
            await database.WriteAsync(session => session.ExecuteAsync(statement, stop), stop);
        }
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>An SQLite file.</summary>
    public sealed class Sqlite : TestDatabase
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-ledger-");

        internal string FilePath => Path.Combine(_folder.FullName, "serge.db");

        internal override Task<IDatabaseEngine> EngineAsync() =>
            Task.FromResult<IDatabaseEngine>(new SqliteFile(FilePath));

        public override ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            return base.DisposeAsync();
        }
    }

    /// <summary>A PostgreSQL database.</summary>
    public sealed class Postgres(PostgresCluster cluster) : TestDatabase
    {
        private string? _address;

        internal async Task<string> AddressAsync() =>
            _address ??= await cluster.NewDatabaseAsync(TestContext.Current.CancellationToken);

        internal override async Task<IDatabaseEngine> EngineAsync()
        {
            Assert.True(PostgresAddress.TryParse(await AddressAsync(), out var address));
            return new PostgresServer(address);
        }
    }
}
