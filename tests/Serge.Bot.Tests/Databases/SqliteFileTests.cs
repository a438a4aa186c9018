using Microsoft.Data.Sqlite;

namespace Serge.Bot.Tests.Databases;

/// <summary>Errors of an SQLite file: the message is one line that states how to fix it, no data is lost, and the bot
/// continues after the fix.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-ledger-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_folder.FullName, "serge.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Open_InAFolderThatIsNotThere_NamesFileAndSetting()
    {
        var e = await Assert.ThrowsAsync<LedgerException>(() =>
            TestEngine.OpenDatabaseAsync("/nowhere/at/all/serge.db")
        );

        AssertOneLine(e, "/nowhere/at/all/serge.db", "Ledger:Path");
    }

    [Fact]
    public async Task Open_AFileThatIsNoDatabase_ReportsItAndLeavesIt()
    {
        await File.WriteAllTextAsync(FilePath, new string('x', 5000), Stop);

        var e = await Assert.ThrowsAsync<LedgerException>(() => TestEngine.OpenDatabaseAsync(FilePath));

        AssertOneLine(e, FilePath, "is not a ledger", "Restore a backup");
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(FilePath, Stop));
    }

    [Fact]
    public async Task Write_ToAReadOnlyFile_ReportsItAndContinuesWhenItIsFixed()
    {
        await using var database = await TestEngine.OpenDatabaseAsync(FilePath);

        // Root may write to any file, so a setting of SQLite makes the database read-only.
        await PragmaAsync(database, "query_only = ON");
        var e = await Assert.ThrowsAsync<LedgerException>(() => AddAsync(database, "lost"));
        AssertOneLine(e, FilePath, "cannot be written", "Ledger:Path");
        Assert.Empty(await new Ledger(database).GetRecentAsync(10, Stop));

        await PragmaAsync(database, "query_only = OFF");
        await AddAsync(database, "kept");
        Assert.Equal("kept", Assert.Single(await new Ledger(database).GetRecentAsync(10, Stop)).Key);
    }

    [Fact]
    public async Task Open_InAFolderWhereNobodyMayWrite_ReportsIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a folder where not even root may write.");

        var e = await Assert.ThrowsAsync<LedgerException>(() => TestEngine.OpenDatabaseAsync("/proc/serge.db"));

        AssertOneLine(e, "/proc/serge.db", "belong to the user that runs the bot");
    }

    [Fact]
    public async Task Write_ToAFullDisk_ReportsIt_LosesNothing_AndContinuesWhenThereIsRoom()
    {
        await using var database = await TestEngine.OpenDatabaseAsync(FilePath);
        var ledger = new Ledger(database);
        await AddAsync(database, "before");
        // SQLite uses the current size as the limit: no page can be added.
        await PragmaAsync(database, "max_page_count = 1");

        LedgerException? full = null;
        var written = 1;
        while (full is null && written < 1000)
        {
            try
            {
                await AddAsync(database, $"more {written}");
                written++;
            }
            catch (LedgerException e)
            {
                full = e;
            }
        }

        AssertOneLine(full!, FilePath, "is full", "Free some space");
        Assert.Equal(written, (await ledger.GetRecentAsync(1000, Stop)).Count);

        await PragmaAsync(database, "max_page_count = 1000000");
        await AddAsync(database, "after");
        Assert.Equal(written + 1, (await ledger.GetRecentAsync(1000, Stop)).Count);
    }

    [Fact]
    public async Task Write_WhileAnotherProgramHoldsItLocked_ReportsItAfterAWhile_AndContinuesWhenItIsFree()
    {
        await using var database = await TestEngine.OpenDatabaseAsync(
            new SqliteFile(FilePath, lockTimeout: TimeSpan.FromMilliseconds(50))
        );
        await using var browser = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        await browser.OpenAsync(Stop);
        await RunAsync(browser, "BEGIN EXCLUSIVE");

        var e = await Assert.ThrowsAsync<LedgerException>(() => AddAsync(database, "lost"));
        AssertOneLine(e, FilePath, "locked by another program");

        await RunAsync(browser, "ROLLBACK");
        await AddAsync(database, "kept");
        Assert.Equal("kept", Assert.Single(await new Ledger(database).GetRecentAsync(10, Stop)).Key);
    }

    [Fact]
    public async Task Open_WritesAheadAndSyncsEveryCommit()
    {
        await using var database = await TestEngine.OpenDatabaseAsync(FilePath);

        Assert.Equal("wal", await PragmaAsync(database, "journal_mode"));
        Assert.Equal("2", await PragmaAsync(database, "synchronous")); // FULL
    }

    [Fact]
    public async Task Dispose_WhileASessionIsOpen_WaitsForIt_AndEndsTheSessionsThatWait()
    {
        var database = await TestEngine.OpenDatabaseAsync(FilePath);
        TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = database.ReadAsync(
            async session =>
            {
                entered.SetResult();
                await release.Task;
                return await session.QueryAsync("SELECT 7", reader => reader.GetInt64(0), Stop);
            },
            Stop
        );
        await entered.Task;

        var disposing = database.DisposeAsync().AsTask();
        var waiting = database.ReadAsync(_ => Task.FromResult(0), Stop);
        Assert.False(disposing.IsCompleted);
        release.SetResult();

        Assert.Equal([7], await open);
        await disposing.WaitAsync(Bounded.Longest, Stop);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Bounded.Longest, Stop));
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Take_AfterOneThatFailed_TriesAgain()
    {
        var folder = Path.Combine(_folder.FullName, "later");
        await using SqliteFile engine = new(Path.Combine(folder, "serge.db"));
        await Assert.ThrowsAsync<SqliteException>(() => engine.OpenConnectionAsync(Stop));
        Directory.CreateDirectory(folder);

        var connection = await engine.OpenConnectionAsync(Stop).WaitAsync(Bounded.Longest, Stop);

        Assert.Equal(System.Data.ConnectionState.Open, connection.State);
        await engine.ReturnConnectionAsync(connection);
        Assert.Same(connection, await engine.OpenConnectionAsync(Stop).WaitAsync(Bounded.Longest, Stop));
        await engine.ReturnConnectionAsync(connection);
    }

    [Fact]
    public async Task Take_ByTwo_IsOneAfterTheOther()
    {
        await using SqliteFile engine = new(FilePath);
        var first = await engine.OpenConnectionAsync(Stop);

        var second = engine.OpenConnectionAsync(Stop);
        Assert.False(second.IsCompleted);
        await engine.ReturnConnectionAsync(first);

        Assert.Same(first, await second.WaitAsync(Bounded.Longest, Stop));
        await engine.ReturnConnectionAsync(first);
    }

    /// <summary>SQLite follows the link: the write-ahead log is beside the file, not beside the link.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_ThroughALinkToAFileInAnotherFolder_Works(bool exists)
    {
        var target = Path.Combine(_folder.CreateSubdirectory("other").FullName, "real.db");
        if (exists)
        {
            await (await TestEngine.OpenDatabaseAsync(target)).DisposeAsync();
        }

        File.CreateSymbolicLink(FilePath, target);
        await using var database = await TestEngine.OpenDatabaseAsync(FilePath);

        await AddAsync(database, "one");
        await AddAsync(database, "two");
        await database.MaintainAsync(isContinued: false, Stop);

        Assert.True(database.IsIntact);
        Assert.Equal(2, (await new Ledger(database).GetRecentAsync(10, Stop)).Count);
        Assert.True(File.Exists($"{target}-wal"));
        Assert.Equal(["serge.db"], _folder.EnumerateFiles().Select(file => file.Name));
    }

    [Fact]
    public async Task Write_ThroughALinkThatNowLeadsToAnotherFile_Fails()
    {
        var folder = _folder.CreateSubdirectory("other").FullName;
        var second = Path.Combine(folder, "second.db");
        await (await TestEngine.OpenDatabaseAsync(second)).DisposeAsync();
        File.CreateSymbolicLink(FilePath, Path.Combine(folder, "first.db"));
        await using var database = await TestEngine.OpenDatabaseAsync(FilePath);
        await AddAsync(database, "one");

        File.Delete(FilePath);
        File.CreateSymbolicLink(FilePath, second);

        var e = await Assert.ThrowsAsync<LedgerException>(() => AddAsync(database, "two"));
        AssertOneLine(e, $"{FilePath} was replaced by another file");
    }

    [Fact]
    public async Task Open_ALinkToABackupBesideTheLogOfAnotherLedger_NamesTheFilesThere()
    {
        var target = Path.Combine(_folder.CreateSubdirectory("other").FullName, "real.db");
        await File.WriteAllTextAsync(target, new string('x', 5000), Stop);
        await File.WriteAllTextAsync($"{target}-wal", "the log of another", Stop);
        File.CreateSymbolicLink(FilePath, target);

        var e = await Assert.ThrowsAsync<LedgerException>(() => TestEngine.OpenDatabaseAsync(FilePath));

        AssertOneLine(e, $"delete {target}-wal and {target}-shm");
    }

    private static void AssertOneLine(LedgerException e, params string[] words)
    {
        Assert.DoesNotContain("\n", e.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, e.Message, StringComparison.Ordinal));
    }

    private static Task<string> PragmaAsync(Database database, string pragma) =>
        database.ReadAsync(
            async session =>
            {
                await using var command = session.CreateCommand($"PRAGMA {pragma}");
                return $"{await command.ExecuteScalarAsync(Stop)}";
            },
            Stop
        );

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static Task AddAsync(Database database, string key) =>
        new Ledger(database).PlanAsync(
            "morning",
            mark: null,
            [Some.Post(key, text: new string('x', 500)) with { Schedule = ScheduleId.OfOperator(key) }],
            Stop
        );
}
