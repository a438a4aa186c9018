using System.Data.Common;

namespace Serge.Bot.Tests.Support;

/// <summary>A database that fails while the test requires it, and reports when it is used.</summary>
internal sealed class FaultyEngine(IDatabaseEngine inner) : IDatabaseEngine
{
    /// <summary>The logged message of every failure.</summary>
    public const string Problem = "The disk is full.";

    private readonly SemaphoreSlim _uses = new(0);
    private int _count;

    public bool Fails { get; set; }

    /// <summary>Whether writing fails and reading works, as on a full disk.</summary>
    public bool FailsToWrite { get; set; }

    /// <summary>How often it was used, failures included.</summary>
    public int Count => Volatile.Read(ref _count);

    public string Name => inner.Name;

    public string VersionQuery => inner.VersionQuery;

    public string? ClockQuery => inner.ClockQuery;

    public static async Task<(FaultyEngine Engine, Database Database)> OpenAsync()
    {
        FaultyEngine engine = new(new SqliteFile(":memory:"));
        return (engine, await Database.OpenAsync(engine, LedgerDatabase.Steps, TestContext.Current.CancellationToken));
    }

    /// <summary>Completes at the next use after <see cref="ForgetUses"/>.</summary>
    public Task UsedAsync() => Bounded.WaitAsync(_uses);

    public void ForgetUses()
    {
        while (_uses.Wait(0)) { }
    }

    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        if (Fails)
        {
            _uses.Release();
            throw new IOException("No space left on device.");
        }

        // The signal follows the opening, so a use that is caused by the signal comes later.
        var connection = await inner.OpenConnectionAsync(cancellationToken);
        _uses.Release();
        return connection;
    }

    public ValueTask ReturnConnectionAsync(DbConnection connection) => inner.ReturnConnectionAsync(connection);

    public Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (FailsToWrite)
        {
            throw new IOException("No space left on device.");
        }

        return inner.BeginWriteAsync(connection, cancellationToken);
    }

    public Task CheckAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        inner.CheckAsync(session, cancellationToken);

    public string SetVersion(int version) => inner.SetVersion(version);

    public string Translate(string step) => inner.Translate(step);

    public string Explain(Exception e) => e is IOException ? Problem : inner.Explain(e);

    public ValueTask DisposeAsync()
    {
        _uses.Dispose();
        return inner.DisposeAsync();
    }
}
