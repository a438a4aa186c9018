using Microsoft.Data.Sqlite;

namespace Serge.Bot.EndToEnd;

/// <summary>A backup made beside the running bot, put back, and the upgrade that it is for.</summary>
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
            await stage.SettledAsync(2);
            var (exitCode, said) = await WorkerProcess.RunAsync(stage.Home, settings, "backup copy.db", stage.Patience);
            Assert.Equal(
                $"{copy}: 2 posts, schema {LedgerDatabase.Steps.Count}, {new FileInfo(copy).Length / 1024} KiB. The copy was checked and is complete.\n",
                said
            );
            Assert.Equal(0, exitCode);
            await worker.KillAsync(stage.Patience);
        }

        // The disk is lost.
        foreach (var file in Directory.EnumerateFiles(stage.Home, "serge.db*"))
        {
            File.Delete(file);
        }

        File.Copy(copy, stage.LedgerPath);
        await stage.EndLeasesAsync();
        await using var restored = WorkerProcess.Start(stage.Home, settings, "run");
        await restored.SaysAsync("Discord is ready", stage.Patience);
        await restored.SaysAsync("Mastodon:", stage.Patience);
        await restored.SignalAsync("TERM", stage.Patience);
        await restored.AssertEndsWithAsync(0, stage.Patience);

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

        var (exitCode, said) = await stage.RunCommandAsync(
            arguments.Replace("HOME", stage.Home, StringComparison.Ordinal)
        );

        Assert.Equal(2, exitCode);
        Assert.Contains(words, Assert.Single(said.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_OfPostgres_NamesItsOwnToolAndNoPassword()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, said) = await stage.RunCommandAsync(
            "backup serge.dump",
            new() { ["Ledger:PostgreSQL"] = "Host=db.example;Database=serge;Password=geheim" }
        );

        Assert.Equal(2, exitCode);
        Assert.Contains("pg_dump --format=custom --file=serge.dump", said, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OnALedgerOfANewerBot_EndsWithTwoAndOneLineAndLeavesIt_WhileABackupOfItIsMade()
    {
        await using var stage = await Stage.OpenAsync();
        await using (await stage.OpenDatabaseAsync()) { }

        await using (var connection = new SqliteConnection($"Data Source={stage.LedgerPath};Pooling=False"))
        {
            await connection.OpenAsync(stage.Patience);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            await command.ExecuteNonQueryAsync(stage.Patience);
        }

        var (exitCode, said) = await stage.RunCommandAsync("run", stage.Settings());
        var (copied, answer) = await stage.RunCommandAsync($"backup {Path.Combine(stage.Home, "copy.db")}");

        Assert.Equal(2, exitCode);
        Assert.Contains(
            "was written by a newer version of the bot (schema 99",
            Assert.Single(said.Trim().Split('\n')),
            StringComparison.Ordinal
        );
        Assert.Equal(0, copied);
        Assert.Contains("schema 99", answer, StringComparison.Ordinal);
    }
}
