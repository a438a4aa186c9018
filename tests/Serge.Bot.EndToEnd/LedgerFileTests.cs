namespace Serge.Bot.EndToEnd;

/// <summary>After every stop and every command the ledger consists of one file, so that an operator can move
/// it.</summary>
public sealed class LedgerFileTests
{
    [Fact]
    public async Task Run_AfterAStop_LeavesTheWholeLedgerInOneFile()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        var settings = Stage.AsEnvironment(stage.Settings(schedule)).ToArray();
        await using (var worker = WorkerProcess.Start(stage.Home, settings, "run"))
        {
            await stage.WaitUntilSettledAsync(2);
            await worker.SignalAsync("TERM", stage.CancellationToken);
            await worker.AssertEndsWithAsync(0, stage.CancellationToken);
        }

        Assert.Equal(["serge.db"], GetLedgerFiles(stage));
        Assert.Equal(2, await CountPostsOfCopyAsync(stage));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("deliveries")]
    [InlineData("schedules")]
    [InlineData("plan --days 1")]
    [InlineData("doctor")]
    [InlineData("retract within-us --yes")]
    public async Task Command_AtItsEnd_LeavesTheWholeLedgerInOneFile(string command)
    {
        await using var stage = await Stage.OpenAsync();
        await stage.OverdueScheduleAsync("morning", "quote");

        await stage.RunCommandAsync(command, stage.Settings());

        Assert.Equal(["serge.db"], GetLedgerFiles(stage));
        Assert.Equal(0, await CountPostsOfCopyAsync(stage));
    }

    private static IEnumerable<string> GetLedgerFiles(Stage stage) =>
        Directory.EnumerateFiles(stage.Home, "serge.db*").Select(file => Path.GetFileName(file));

    /// <summary>Opens a copy of that file, as after a move to another machine.</summary>
    private static async Task<int> CountPostsOfCopyAsync(Stage stage)
    {
        var copy = Path.Combine(stage.Home, "moved.db");
        File.Copy(stage.LedgerPath, copy);
        await using var database = await Database.OpenAsync(
            new SqliteFile(copy),
            LedgerDatabase.Steps,
            stage.CancellationToken
        );
        Assert.Contains("morning", (await new Ledger(database).GetMarksAsync(stage.CancellationToken)).Keys);
        return (await new Ledger(database).GetRecentAsync(10, stage.CancellationToken)).Count;
    }
}
