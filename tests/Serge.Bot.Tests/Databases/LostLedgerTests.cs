namespace Serge.Bot.Tests.Databases;

/// <summary>A ledger that is deleted, replaced or overwritten while it is open is detected at the next use.</summary>
public sealed class LostLedgerTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-lost-");
    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private Database _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_folder.FullName, "serge.db");

    private string CopyPath => Path.Combine(_folder.FullName, "copy.db");

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync(FilePath);
        LedgerBackup.Create(FilePath, CopyPath);
        await AddAsync("later");
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Use_OfADeletedFile_FailsAndDoesNotCreateIt()
    {
        foreach (var file in _folder.EnumerateFiles("serge.db*"))
        {
            file.Delete();
        }

        await AssertLostAsync($"{FilePath} was deleted or moved while the bot was running");
        Assert.Equal(["copy.db"], _folder.EnumerateFiles().Select(file => file.Name));
    }

    [Theory]
    [InlineData("-wal")]
    [InlineData("-shm")]
    public async Task Use_WithoutAnAuxiliaryFile_Fails(string suffix)
    {
        File.Delete(FilePath + suffix);
        await AssertLostAsync($"{FilePath}{suffix} was deleted or moved");

        await File.WriteAllTextAsync(FilePath + suffix, "", Stop);
        await AssertLostAsync($"{FilePath}{suffix} was replaced by another file");
    }

    [Fact]
    public async Task Use_OfAFileThatAnotherHasReplaced_Fails()
    {
        File.Move(CopyPath, FilePath, overwrite: true);

        await AssertLostAsync($"{FilePath} was replaced by another file");
    }

    [Fact]
    public async Task Use_OfATruncatedFile_Fails()
    {
        await using (var file = File.OpenWrite(FilePath))
        {
            file.SetLength(0);
        }

        await AssertLostAsync($"{FilePath} was truncated");
    }

    [Fact]
    public async Task Files_TruncatedBeforeTheirFirstCheck_AreLost()
    {
        SqliteFiles files = new(FilePath);
        files.Remember();
        await using (var file = File.OpenWrite(FilePath))
        {
            file.SetLength(0);
        }

        Assert.Equal($"{FilePath} was truncated", files.FindLoss());
    }

    [Fact]
    public async Task Use_OfAFileThatWasMovedAndMovedBack_Works()
    {
        File.Move(FilePath, CopyPath, overwrite: true);
        await AssertLostAsync("was deleted or moved");

        File.Move(CopyPath, FilePath);

        await AddAsync("again");
    }

    [Fact]
    public async Task Lease_WhenAnOlderCopyWasWrittenIntoTheFile_IsNotHeldAndStaysLost()
    {
        LogLines<SenderLease> log = new();
        using var lease = CreateLease(log);
        await lease.RenewAsync(Stop);
        Assert.True(lease.IsHeld);

        await OverwriteAsync();

        Assert.False(lease.IsHeld);
        for (var seconds = 0; seconds < 60; seconds += 5)
        {
            var e = await Assert.ThrowsAsync<LedgerException>(() => lease.RenewAsync(Stop));
            Assert.Contains(
                $"{FilePath} was overwritten while the bot was running",
                e.Message,
                StringComparison.Ordinal
            );
            Assert.False(lease.IsHeld);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    /// <summary>While a lease is being renewed, or after its end on a busy machine.</summary>
    [Fact]
    public async Task Lease_ThatEndedBeforeTheFileWasOverwritten_StaysLost()
    {
        using var lease = CreateLease(new LogLines<SenderLease>());
        await lease.RenewAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.False(lease.IsHeld);

        await OverwriteAsync();

        var e = await Assert.ThrowsAsync<LedgerException>(() => lease.RenewAsync(Stop));
        Assert.Contains($"{FilePath} was overwritten", e.Message, StringComparison.Ordinal);
        Assert.False(lease.IsHeld);
    }

    [Fact]
    public async Task Lease_ThatAnotherWorkerHadMeanwhile_IsAcquiredAgain()
    {
        using var lease = CreateLease(new LogLines<SenderLease>());
        await lease.RenewAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(11));
        await using (var database = await TestEngine.OpenDatabaseAsync(FilePath))
        {
            SenderRows rows = new(database);
            var now = _clock.GetUtcNow();
            var acquired = await rows.TryAcquireAsync(["mastodon:a"], "other", now, now.AddSeconds(30), Stop);
            Assert.Equal(new SenderAcquisition(Other: null, IsContinued: false), acquired);
            for (var n = 0; n < 30; n++)
            {
                await AddAsync($"post {n}", new string('x', 200_000));
            }

            var before = File.GetLastWriteTimeUtc(FilePath);
            await rows.MaintainAsync(acquired.IsContinued, Stop);
            Assert.NotEqual(before, File.GetLastWriteTimeUtc(FilePath));
            await rows.ReleaseAsync("other", Stop);
        }

        await lease.RenewAsync(Stop);

        Assert.True(lease.IsHeld);
    }

    [Fact]
    public async Task Lease_WhileOtherProgramsWriteInOrder_IsHeldAndTheLogStaysSmall()
    {
        using var lease = CreateLease(new LogLines<SenderLease>());
        await using var command = await TestEngine.OpenDatabaseAsync(FilePath);
        for (var round = 0; round < 4; round++)
        {
            await lease.RenewAsync(Stop);
            for (var n = 0; n < 10; n++)
            {
                var text = new string('x', 200_000);
                var post = Some.Post($"{round} {n}", text: text) with
                {
                    Schedule = ScheduleId.OfOperator($"{round} {n}"),
                };
                await new Ledger(command).PlanAsync("morning", mark: null, [post], Stop);
                Assert.True(lease.IsHeld);
            }
        }

        await lease.RenewAsync(Stop);
        Assert.True(lease.IsHeld);
        Assert.InRange(new FileInfo(FilePath).Length, 6_000_000, 20_000_000);
        Assert.InRange(new FileInfo($"{FilePath}-wal").Length, 0, 9_000_000);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Open_ForTheFirstTime_CreatesFilesForTheirOwnerAlone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has other permissions.");
        var files = _folder.EnumerateFiles().ToList();

        Assert.Equal(4, files.Count);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
    }

    [Fact]
    public async Task Open_OfABackupBesideTheLogOfAnotherLedger_NamesTheFiles()
    {
        var restored = Path.Combine(_folder.FullName, "restored.db");
        await File.WriteAllTextAsync(restored, new string('x', 5000), Stop);
        await File.WriteAllTextAsync($"{restored}-wal", "the log of another", Stop);

        var e = await Assert.ThrowsAsync<LedgerException>(() => TestEngine.OpenDatabaseAsync(restored));

        Assert.Contains($"delete {restored}-wal and {restored}-shm", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OfAnOlderBackupBesideTheLogOfTheLedger_NamesTheFiles()
    {
        var restored = Path.Combine(_folder.FullName, "restored.db");
        for (var n = 0; n < 30; n++)
        {
            await AddAsync($"before {n}", new string('x', 200_000));
        }

        await _database.MaintainAsync(isContinued: false, Stop);
        for (var n = 0; n < 30; n++)
        {
            await AddAsync($"after {n}", new string('x', 2000));
        }

        // The bot was killed, so its log is still there.
        File.Copy(CopyPath, restored);
        File.Copy($"{FilePath}-wal", $"{restored}-wal");

        var e = await Assert.ThrowsAsync<LedgerException>(() => TestEngine.OpenDatabaseAsync(restored));

        Assert.Contains($"delete {restored}-wal and {restored}-shm", e.Message, StringComparison.Ordinal);
        File.Delete($"{restored}-wal");
        File.Copy(CopyPath, restored, overwrite: true);
        await using var again = await TestEngine.OpenDatabaseAsync(restored);
        Assert.Empty(await new Ledger(again).GetRecentAsync(10, Stop));
    }

    /// <summary>Like <c>cp</c>: the file stays the same, and its content changes.</summary>
    private async Task OverwriteAsync()
    {
        // The resolution of file times is a few milliseconds.
        var before = File.GetLastWriteTimeUtc(FilePath);
        var content = await File.ReadAllBytesAsync(CopyPath, Stop);
        var length = new FileInfo(FilePath).Length;
        while (File.GetLastWriteTimeUtc(FilePath) == before)
        {
            await using var file = File.OpenWrite(FilePath);
            await file.WriteAsync(content, Stop);
        }

        Assert.True(new FileInfo(FilePath).Length >= length);
    }

    private SenderLease CreateLease(LogLines<SenderLease> log) =>
        new(
            new SenderRows(_database),
            new SenderAccounts(["mastodon:a"]),
            new DeliverySettings(),
            new Clocks(_clock, _clock),
            new Random(1),
            log
        );

    private async Task AssertLostAsync(string words)
    {
        Ledger ledger = new(_database);
        foreach (var use in (Func<Task>[])[() => ledger.GetMarksAsync(Stop), () => AddAsync("lost")])
        {
            var e = await Assert.ThrowsAsync<LedgerException>(use);
            Assert.Contains(words, e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("\n", e.Message, StringComparison.Ordinal);
        }
    }

    private Task AddAsync(string key, string text = "Words.") =>
        new Ledger(_database).PlanAsync(
            "morning",
            mark: null,
            [Some.Post(key, text: text) with { Schedule = ScheduleId.OfOperator(key) }],
            Stop
        );
}
