using Microsoft.Data.Sqlite;

namespace Serge.Bot.Tests.Databases;

/// <summary>A backup is complete or does not exist, never overwrites a file, and does not block the worker that writes
/// meanwhile.</summary>
public sealed class LedgerBackupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-copy-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string LedgerPath => Path.Combine(_folder.FullName, "serge.db");

    private string CopyPath => Path.Combine(_folder.FullName, "copy.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Create_WhileAWorkerHasTheLedgerOpen_HasAllThatIsInTheLogBesideIt()
    {
        await using var ledger = await WithPostsAsync(3);

        var copy = LedgerBackup.Create(LedgerPath, CopyPath);

        // The main file does not contain the changes yet.
        Assert.True(File.Exists(LedgerPath + "-wal"));
        Assert.Equal(
            (3L, LedgerDatabase.Steps.Count, new FileInfo(CopyPath).Length),
            (copy.Posts, copy.Schema, copy.Bytes)
        );
        await using var restored = await TestEngine.OpenDatabaseAsync(CopyPath);
        Assert.Equal(
            await new Ledger(ledger).GetRecentAsync(10, Stop),
            await new Ledger(restored).GetRecentAsync(10, Stop),
            new ByKey()
        );
    }

    [Fact]
    public async Task Create_InTheMiddleOfAWrite_NeitherWaitsNorShowsHalfOfIt()
    {
        await using var ledger = await WithPostsAsync(1);
        await using var writer = new SqliteConnection($"Data Source={LedgerPath};Pooling=False");
        await writer.OpenAsync(Stop);
        await using var transaction = writer.BeginTransaction(deferred: false);
        await using var command = writer.CreateCommand();
        command.CommandText = "DELETE FROM posts";
        await command.ExecuteNonQueryAsync(Stop);

        Assert.Equal(1, LedgerBackup.Create(LedgerPath, CopyPath).Posts);
    }

    [Fact]
    public async Task Create_OfALedgerOfAnotherVersion_ChangesNothingInIt()
    {
        await using (await WithPostsAsync(1)) { }

        await RunAsync("PRAGMA user_version = 2");

        Assert.Equal(2, LedgerBackup.Create(LedgerPath, CopyPath).Schema);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Create_TheCopy_IsForItsOwnerAlone()
    {
        await using var ledger = await WithPostsAsync(1);

        LedgerBackup.Create(LedgerPath, CopyPath);

        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has other permissions.");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CopyPath));
    }

    [Fact]
    public async Task Create_OverAnythingThatIsThere_IsRefusedAndLeavesIt()
    {
        await using var ledger = await WithPostsAsync(1);
        await File.WriteAllTextAsync(CopyPath, "last week’s", Stop);

        AssertRefused(CopyPath, CopyPath, "exists already", "Name another file");
        AssertRefused(LedgerPath, LedgerPath, "exists already");
        AssertRefused(_folder.FullName, "exists already");
        Assert.Equal("last week’s", await File.ReadAllTextAsync(CopyPath, Stop));
    }

    [Fact]
    public async Task Create_IntoAFolderThatIsNotThere_ReportsIt()
    {
        await using var ledger = await WithPostsAsync(1);

        AssertRefused("/nowhere/at/all/copy.db", "/nowhere/at/all/copy.db cannot be written", "Its folder must exist");
    }

    [Fact]
    public void Create_OfNothing_StatesThatThereIsNoLedgerYetAndMakesNone()
    {
        AssertRefused(CopyPath, LedgerPath, "There is no ledger");
        Assert.Empty(_folder.EnumerateFiles());
    }

    /// <summary>There may be a ledger that the user may not reach. Not even root can follow the link.</summary>
    [Fact]
    public void Create_OfALedgerThatIsALinkToItself_DoesNotStateThatThereIsNoLedgerYet()
    {
        File.CreateSymbolicLink(LedgerPath, LedgerPath);

        AssertRefused(CopyPath, $"The ledger {LedgerPath} cannot be copied to {CopyPath}: ");
    }

    [Fact]
    public async Task Create_OfSomethingElse_ReportsItAndLeavesNoHalfCopy()
    {
        await File.WriteAllTextAsync(LedgerPath, new string('x', 5000), Stop);
        AssertRefused(CopyPath, LedgerPath, "is not a ledger");

        File.Delete(LedgerPath);
        await RunAsync("CREATE TABLE recipes (name TEXT)");
        AssertRefused(CopyPath, LedgerPath, "is not a ledger", "posts");

        Assert.Equal(["serge.db"], _folder.EnumerateFiles().Select(file => file.Name));
    }

    [Fact]
    public async Task Create_OfADamagedLedger_ReportsItAndLeavesNoHalfCopy()
    {
        await using (await WithPostsAsync(200)) { }

        await using (var file = File.OpenWrite(LedgerPath))
        {
            file.Position = 8192;
            await file.WriteAsync(new byte[20_000], Stop);
        }

        AssertRefused(CopyPath, LedgerPath, "damaged");
        Assert.False(File.Exists(CopyPath));
    }

    [Fact]
    public async Task Create_AfterOneThatWasInterrupted_TakesNoNoticeOfItsRemains()
    {
        await using var ledger = await WithPostsAsync(2);
        await File.WriteAllTextAsync(CopyPath + ".part", "half a copy", Stop);

        Assert.Equal(2, LedgerBackup.Create(LedgerPath, CopyPath).Posts);
        Assert.False(File.Exists(CopyPath + ".part"));
    }

    private async Task<Database> WithPostsAsync(int count)
    {
        var database = await TestEngine.OpenDatabaseAsync(LedgerPath);
        await new Ledger(database).PlanAsync(
            "morning",
            mark: null,
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(n => Some.Post($"key-{n}", occurrence: Some.Noon.AddDays(n), text: new string('x', 500))),
            ],
            Stop
        );
        return database;
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={LedgerPath};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }

    private void AssertRefused(string copy, params string[] words)
    {
        var e = Assert.Throws<LedgerException>(() => LedgerBackup.Create(LedgerPath, copy));
        Assert.DoesNotContain("\n", e.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, e.Message, StringComparison.Ordinal));
    }

    private sealed class ByKey : IEqualityComparer<Post>
    {
        public bool Equals(Post? x, Post? y) =>
            x?.Key == y?.Key && x?.State == y?.State && x?.Payload?.Text == y?.Payload?.Text;

        public int GetHashCode(Post obj) => obj.Key.GetHashCode(StringComparison.Ordinal);
    }
}
