namespace Serge.Bot.EndToEnd;

/// <summary>The ledger is deleted, replaced, overwritten or truncated while the worker runs: the worker stops sending
/// and reports it. No worker sends the due posts of an older copy.</summary>
public sealed class LostLedgerTests(PostgresCluster cluster)
{
    private const string Loss = "critical: This worker sends nothing until it is restarted: The ledger is lost:";

    /// <summary>The loss is detected when the lease is renewed, after a third of this time.</summary>
    private static readonly (string, string?) SenderLease = ("Delivery:SenderLease", "00:00:10");

    [Theory]
    [InlineData("delete", "was deleted or moved")]
    [InlineData("delete the log", "-wal was deleted or moved")]
    [InlineData("replace by an older copy", "was replaced by another file")]
    [InlineData("delete, then copy", "was replaced by another file")]
    [InlineData("overwrite with an older copy", "was overwritten")]
    [InlineData("truncate", "was truncated")]
    public async Task OnSqlite_TheWorkerStopsSendingAndReportsIt(string how, string words)
    {
        await using var stage = await Stage.OpenAsync();
        var settings = await SettingsAsync(stage);
        var copy = Path.Combine(stage.Home, "older.db");
        LedgerBackup.Create(stage.LedgerPath, copy);
        await using var worker = WorkerProcess.Start(stage.Home, settings, "run");
        await stage.WaitUntilSettledAsync(2);

        // The process is stopped, so that it does not read the files between two changes.
        await worker.SignalAsync("STOP", stage.CancellationToken);
        DamageLedger(stage.LedgerPath, copy, how);
        await worker.SignalAsync("CONT", stage.CancellationToken);

        await worker.WaitForOutputAsync(Loss, stage.CancellationToken);
        Assert.Contains(words, worker.Output, StringComparison.Ordinal);
        await AssertUnhealthyAsync(stage, worker);
        await AssertPostedOnceAsync(stage, worker);
    }

    [Fact]
    public async Task OnPostgres_ReplacedByAnOlderCopy_TheWorkerStopsSendingAndReportsIt()
    {
        await cluster.StartedAsync(TestContext.Current.CancellationToken);
        await using var stage = await Stage.OpenAsync();
        var name = $"lost_{Environment.ProcessId}";
        await cluster.RunSqlAsync($"CREATE DATABASE {name}", stage.CancellationToken);
        stage.Server = cluster.Address(name);
        var settings = await SettingsAsync(stage);
        await cluster.RunSqlAsync($"CREATE DATABASE {name}_older TEMPLATE {name}", stage.CancellationToken);
        await using var worker = WorkerProcess.Start(stage.Home, settings, "run");
        await stage.WaitUntilSettledAsync(2);

        await cluster.RunSqlAsync($"DROP DATABASE {name} WITH (FORCE)", stage.CancellationToken);
        await cluster.RunSqlAsync($"ALTER DATABASE {name}_older RENAME TO {name}", stage.CancellationToken);

        await worker.WaitForOutputAsync(Loss, stage.CancellationToken);
        await AssertUnhealthyAsync(stage, worker);
        await AssertPostedOnceAsync(stage, worker);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("deliveries --failed")]
    [InlineData("schedules")]
    [InlineData("plan --days 1")]
    [InlineData("preview end-commands-means")]
    [InlineData("doctor")]
    [InlineData("quotes")]
    [InlineData("post --schedule morning")]
    [InlineData("retry aaaa")]
    [InlineData("correct end-commands-means")]
    [InlineData("retract within-us")]
    [InlineData("retract within-us --undo")]
    [InlineData("delete-server 1 --yes")]
    [InlineData("backup copy.db")]
    public async Task Command_ThatOnlyReads_CreatesNoLedger(string command)
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = stage.Schedule("morning", "0 9 * * *", "quote");

        var (exitCode, output) = await stage.RunCommandAsync(command, stage.Settings(schedule));

        Assert.InRange(exitCode, 0, 2);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(stage.Home, "*.db*"));
    }

    private static void DamageLedger(string path, string copy, string how)
    {
        switch (how)
        {
            case "delete":
                Delete(path, path + "-wal", path + "-shm");
                break;
            case "delete the log":
                Delete(path + "-wal");
                break;
            case "replace by an older copy":
                File.Move(copy, path, overwrite: true);
                break;
            case "delete, then copy":
                Delete(path, path + "-wal", path + "-shm");
                File.Copy(copy, path);
                break;
            case "overwrite with an older copy":
                Overwrite(path, copy);
                break;
            default:
                using (var file = File.OpenWrite(path))
                {
                    file.SetLength(0);
                }

                break;
        }
    }

    /// <summary>In one write: a file that is emptied first would be reported as truncated.</summary>
    private static void Overwrite(string path, string copy)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Write(File.ReadAllBytes(copy));
    }

    private static void Delete(params string[] files)
    {
        foreach (var file in files)
        {
            File.Delete(file);
        }
    }

    /// <summary>The health endpoint reports it a few seconds later, when the lease has ended.</summary>
    private static async Task AssertUnhealthyAsync(Stage stage, WorkerProcess worker)
    {
        using HttpClient client = new();
        var address = worker.Output.Split("requests on ")[1].Split([' ', '\n', '/'])[2];
        await stage.WaitUntilAsync(async () =>
        {
            using var response = await client.GetAsync(
                new Uri($"http://{address}/health/ready"),
                stage.CancellationToken
            );
            return (int)response.StatusCode == 503;
        });
    }

    private static async Task AssertPostedOnceAsync(Stage stage, WorkerProcess worker)
    {
        await worker.SignalAsync("TERM", stage.CancellationToken);
        await worker.AssertEndsWithAsync(0, stage.CancellationToken);
        Assert.Single(stage.ChannelPosts);
        Assert.Single(stage.Statuses);
    }

    private static async Task<IReadOnlyList<(string Key, string? Value)>> SettingsAsync(Stage stage)
    {
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        var settings = stage.Settings([.. schedule, SenderLease, ("Health:Listen", "http://127.0.0.1:0")]);
        return [.. Stage.AsEnvironment(settings)];
    }
}
