[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Serge.Bot.Tests.Databases;

/// <summary>An empty database that is gone after the test. What is promised of a database is tested on each kind of it.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>A way to it; several are like several workers.</summary>
    internal abstract Task<IDatabaseEngine> EngineAsync();

    /// <summary>Opens it; the second time on what the first left.</summary>
    internal async Task<Database> OpenAsync() =>
        await Database.OpenAsync(await EngineAsync(), LedgerDatabase.Steps, TestContext.Current.CancellationToken);

    /// <summary>Writes past all rules, as somebody with a database browser could.</summary>
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
