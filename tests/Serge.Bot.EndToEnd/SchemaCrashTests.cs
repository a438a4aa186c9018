namespace Serge.Bot.EndToEnd;

/// <summary>The worker is killed while it creates its tables. The next worker finds all of them or none, and
/// posts.</summary>
public sealed class SchemaCrashTests(PostgresCluster cluster)
{
    /// <summary>From the worker's first access to its database until the tables exist, on a slow machine.</summary>
    private const int LongestMilliseconds = 150;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Run_AfterOneThatWasKilledWhileItCreatedTheTables_Posts(bool isOnPostgres) =>
        KillAsync(isOnPostgres, kills: 1, seed: 1);

    [Theory(Explicit = true)]
    [Trait("Category", "Long")]
    [InlineData(false)]
    [InlineData(true)]
    public Task Run_AfterFortyThatWereKilledWhileTheyCreatedTheTables_Posts(bool isOnPostgres) =>
        KillAsync(isOnPostgres, kills: 40, seed: 2);

    private async Task KillAsync(bool isOnPostgres, int kills, int seed)
    {
        Random random = new(seed);
        for (var kill = 0; kill < kills; kill++)
        {
            await using var stage = await Stage.OpenAsync();
            if (isOnPostgres)
            {
                stage.Server = await cluster.NewDatabaseAsync(TestContext.Current.CancellationToken);
            }

            var settings = Stage.AsEnvironment(stage.Settings()).ToArray();
            await using (var victim = WorkerProcess.Start(stage.Home, settings, "run"))
            {
                await WaitUntilDatabaseIsOpenAsync(stage);
                // No event reports a moment in the middle of the transaction.
                await Task.Delay(random.Next(LongestMilliseconds), stage.CancellationToken);
                await victim.KillAsync(stage.CancellationToken);
            }

            var schedule = await stage.OverdueScheduleAsync("morning", "quote");
            await stage.EndLeasesAsync();
            await using var next = await stage.StartWorkerAsync(TimeProvider.System, schedule);
            await stage.WaitUntilSettledAsync(2);
            Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
        }
    }

    /// <summary>Polls every millisecond, because the tables exist a few milliseconds later.</summary>
    private async Task WaitUntilDatabaseIsOpenAsync(Stage stage)
    {
        while (!await IsOpenAsync(stage))
        {
            await Task.Delay(1, stage.CancellationToken);
        }
    }

    private async Task<bool> IsOpenAsync(Stage stage)
    {
        if (stage.Server is null)
        {
            return File.Exists(stage.LedgerPath);
        }

        await using Npgsql.NpgsqlConnection connection = new(cluster.Address());
        await connection.OpenAsync(stage.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory'";
        return await command.ExecuteScalarAsync(stage.CancellationToken) is > 0L;
    }
}
