using Microsoft.Data.Sqlite;

namespace Serge.Bot.EndToEnd;

/// <summary>A backup that is made while the bot runs is restored, and a database is upgraded.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task Backup_BesideARunningBot_IsWholeAndARestoredBotKnowsWhatItSent()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        var settings = Stage.AsEnvironment(stage.Settings(schedule)).ToArray();
        var copy = Path.Combine(stage.Home, "copy.db");
        await using (var worker = WorkerProcess.Start(stage.Home, settings, "run"))
        {
            await stage.WaitUntilSettledAsync(2);
            var (exitCode, output) = await WorkerProcess.RunAsync(
                stage.Home,
                settings,
                "backup copy.db",
                stage.CancellationToken
            );
            Assert.Equal(
                $"{copy}: 2 posts, schema {LedgerDatabase.Steps.Count}, {new FileInfo(copy).Length / 1024} KiB. The copy was checked and is complete.\n",
                output
            );
            Assert.Equal(0, exitCode);
            await worker.KillAsync(stage.CancellationToken);
        }

        // The disk is lost.
        foreach (var file in Directory.EnumerateFiles(stage.Home, "serge.db*"))
        {
            File.Delete(file);
        }

        File.Copy(copy, stage.LedgerPath);
        await stage.EndLeasesAsync();
        await using var restored = WorkerProcess.Start(stage.Home, settings, "run");
        await restored.WaitForOutputAsync("Discord is ready", stage.CancellationToken);
        await restored.WaitForOutputAsync("Mastodon:", stage.CancellationToken);
        await restored.SignalAsync("TERM", stage.CancellationToken);
        await restored.AssertEndsWithAsync(0, stage.CancellationToken);

        Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
        Assert.Single(stage.ChannelPosts);
        Assert.Single(stage.Statuses);
    }

    [Theory]
    [InlineData("backup HOME/serge.db", "serge.db exists already. Name another file")]
    [InlineData("backup HOME/nowhere/copy.db", "cannot be written")]
    public async Task Backup_WhereItCannotBe_EndsWithTwoAndOneLine(string arguments, string words)
    {
        await using var stage = await Stage.OpenAsync();
        await using (await stage.OpenDatabaseAsync()) { }

        var (exitCode, output) = await stage.RunCommandAsync(
            arguments.Replace("HOME", stage.Home, StringComparison.Ordinal)
        );

        Assert.Equal(2, exitCode);
        Assert.Contains(words, Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_OfPostgres_NamesItsOwnToolAndNoPassword()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await stage.RunCommandAsync(
            "backup serge.dump",
            new() { ["Ledger:PostgreSQL"] = "Host=db.example;Database=serge;Password=geheim" }
        );

        Assert.Equal(2, exitCode);
        Assert.Contains("pg_dump --format=custom --file=serge.dump", output, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OnALedgerOfANewerBot_EndsWithTwoAndOneLineAndLeavesIt_WhileABackupOfItIsMade()
    {
        await using var stage = await Stage.OpenAsync();
        await using (await stage.OpenDatabaseAsync()) { }

        await using (var connection = new SqliteConnection($"Data Source={stage.LedgerPath};Pooling=False"))
        {
            await connection.OpenAsync(stage.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            await command.ExecuteNonQueryAsync(stage.CancellationToken);
        }

        var (exitCode, output) = await stage.RunCommandAsync("run", stage.Settings());
        var (copied, answer) = await stage.RunCommandAsync($"backup {Path.Combine(stage.Home, "copy.db")}");

        Assert.Equal(2, exitCode);
        Assert.Contains(
            "was written by a newer version of the bot (schema 99",
            Assert.Single(output.Trim().Split('\n')),
            StringComparison.Ordinal
        );
        Assert.Equal(0, copied);
        Assert.Contains("schema 99", answer, StringComparison.Ordinal);
    }
}
