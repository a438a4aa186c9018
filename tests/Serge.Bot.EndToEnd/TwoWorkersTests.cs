using System.Globalization;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Serge.Bot.EndToEnd;

/// <summary>Two real workers on one database. One sends, the other is on standby. When either is killed, everything is
/// posted once.</summary>
public sealed class TwoWorkersTests(PostgresCluster cluster)
{
    /// <summary>The maximum number of posts per account and day.</summary>
    private const int Schedules = 5;

    private static readonly TimeSpan SenderLease = TimeSpan.FromSeconds(2);

    [Fact]
    public Task OnSqlite_OneKilled_PostsStillArriveOnce() => KillRepeatedlyAsync(kills: 1, Wait.Limit, postgres: null);

    [Fact]
    public async Task OnPostgres_OneKilled_PostsStillArriveOnce() =>
        await KillRepeatedlyAsync(kills: 1, Wait.Limit, await NewDatabaseAsync());

    [Fact(Explicit = true, DisableParallelization = true)]
    [Trait("Category", "Long")]
    public Task OnSqlite_OneKilledTenTimes_TheOtherTakesOverSoonAfterTheLease() =>
        KillRepeatedlyAsync(kills: 10, SenderLease + TimeSpan.FromSeconds(3), postgres: null);

    [Fact(Explicit = true, DisableParallelization = true)]
    [Trait("Category", "Long")]
    public async Task OnPostgres_OneKilledTenTimes_TheOtherTakesOverSoonAfterTheLease() =>
        await KillRepeatedlyAsync(kills: 10, SenderLease + TimeSpan.FromSeconds(3), await NewDatabaseAsync());

    [Fact]
    public async Task AStandbyWorker_StaysAwayFromDiscord_AndTakesOverWhenTheOtherStopsInOrder()
    {
        await using var stage = await Stage.OpenAsync();
        await using var first = await stage.StartWorkerAsync(TimeProvider.System);
        var environment = Stage.AsEnvironment(stage.Settings()).ToArray();
        await using var second = WorkerProcess.Start(stage.Home, environment, "run");
        await second.WaitForOutputAsync("Standby: another worker sends", stage.CancellationToken);
        Assert.Single(stage.Discord.Sessions);

        await first.StopAsync(stage.CancellationToken);

        await second.WaitForOutputAsync("this worker sends now", stage.CancellationToken);
        await second.WaitForOutputAsync("Discord is ready", stage.CancellationToken);
        await stage.WaitUntilAsync(() => Task.FromResult(stage.Discord.Sessions.Count == 1));
    }

    [Fact]
    public async Task PostNow_BesideARunningWorker_PostsOnce()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = stage.Schedule("yearly", "0 9 1 1 *", "quote");
        await using var worker = await stage.StartWorkerAsync(TimeProvider.System, schedule);

        var (exitCode, output) = await WorkerProcess.RunAsync(
            stage.Home,
            Stage.AsEnvironment(stage.Settings(schedule)),
            "post --now --schedule yearly",
            stage.CancellationToken
        );
        await stage.WaitUntilSettledAsync(2);

        Assert.True(exitCode == 0, output);
        Assert.Single(stage.ChannelPosts);
        Assert.Single(stage.Statuses);
        Assert.Equal(["yearly discord Sent", "yearly mastodon Sent"], await stage.LedgerAsync());
    }

    [Fact]
    public async Task WhilePostgresIsGone_CommandsAreAnswered_AndWhenItIsBackTheWorkerContinues()
    {
        await using var own = new PostgresCluster();
        await using var stage = await Stage.OpenAsync();
        stage.Server = await own.NewDatabaseAsync(stage.CancellationToken);
        await using var worker = WorkerProcess.Start(stage.Home, Stage.AsEnvironment(stage.Settings()), "run");
        await worker.WaitForOutputAsync("Slash commands: ", stage.CancellationToken);

        await own.StopAsync(stage.CancellationToken);
        await worker.WaitForOutputAsync("Delivery failed because of the ledger", stage.CancellationToken);
        var quote = await stage.Discord.InvokeAsync(
            stage.Member,
            stage.Channel,
            "/quote id:end-commands-means",
            stage.CancellationToken
        );
        await own.RestartAsync(stage.CancellationToken);
        await using (var database = await stage.OpenDatabaseAsync())
        {
            Ledger ledger = new(database);
            await ledger.PlanAsync(
                "morning",
                mark: null,
                [
                    new Post
                    {
                        Key = "aaaaaaaaaaaaaaaaaaaaaaaa",
                        Schedule = ScheduleId.OfOperator("morning"),
                        Occurrence = TimeProvider.System.GetUtcNow(),
                        Destination = Destinations.Mastodon,
                        State = PostState.Planned,
                        Payload = new Payload { Text = "It goes on." },
                        Deadline = TimeProvider.System.GetUtcNow().AddHours(1),
                    },
                ],
                stage.CancellationToken
            );
        }

        await stage.WaitUntilSettledAsync(1);

        Assert.IsType<InteractionResult.Answered>(quote);
        Assert.Equal(["It goes on."], stage.Statuses);
        Assert.DoesNotContain(PostgresCluster.Password, worker.Output, StringComparison.Ordinal);
    }

    private Task<string> NewDatabaseAsync() => cluster.NewDatabaseAsync(TestContext.Current.CancellationToken);

    /// <param name="kills">How often the sending worker is killed.</param>
    /// <param name="takeover">How long the other worker may take to become the sender.</param>
    /// <param name="postgres">The database; <see langword="null"/> for SQLite.</param>
    private static async Task KillRepeatedlyAsync(int kills, TimeSpan takeover, string? postgres)
    {
        await using var stage = await Stage.OpenAsync();
        stage.Server = postgres;
        List<(string Key, string? Value)> schedules =
        [
            ("Delivery:Lease", "00:00:02"),
            ("Delivery:SenderLease", SenderLease.ToString("c", CultureInfo.InvariantCulture)),
        ];
        for (var i = 0; i < Schedules; i++)
        {
            schedules.AddRange(await stage.OverdueScheduleAsync($"s{i}", "quote"));
        }

        // Each response is delayed after its post is published, so that a kill interrupts a post.
        foreach (var path in (string[])["/discord/api/v10/channels/*/messages", "/mastodon/api/v1/statuses"])
        {
            stage.World.Faults.Add(
                new RequestFault
                {
                    Method = "POST",
                    Path = path,
                    Times = 4,
                    Effect = new RequestEffect.Delay(TimeSpan.FromSeconds(1), AfterHandling: true),
                }
            );
        }

        var environment = Stage.AsEnvironment(stage.Settings([.. schedules])).ToArray();
        var workers = new[]
        {
            WorkerProcess.Start(stage.Home, environment, "run"),
            WorkerProcess.Start(stage.Home, environment, "run"),
        };
        try
        {
            int? last = null;
            for (var kill = 0; kill < kills; kill++)
            {
                var sender = await SenderAsync(stage, other: last);
                last = sender;
                var victim = Array.FindIndex(workers, worker => worker.Id == sender);
                await workers[victim].KillAsync(stage.CancellationToken);
                var since = TimeProvider.System.GetTimestamp();

                // The killed worker is started again only after the other one has taken over.
                await SenderAsync(stage, other: sender);
                Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, takeover);
                await workers[victim].DisposeAsync();
                workers[victim] = WorkerProcess.Start(stage.Home, environment, "run");
            }

            await stage.WaitUntilSettledAsync(Schedules * 2);
        }
        finally
        {
            foreach (var worker in workers)
            {
                await worker.DisposeAsync();
            }
        }

        Assert.Equal(
            Schedules * 2,
            (await stage.LedgerAsync()).Count(line => line.EndsWith("Sent", StringComparison.Ordinal))
        );
        Assert.Equal(Schedules, stage.ChannelPosts.Count);
        Assert.Equal(Schedules, stage.ChannelPosts.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Schedules, stage.Statuses.Count);
        Assert.Equal(Schedules, stage.Statuses.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Waits until another process than this one holds the lease.</summary>
    private static async Task<int> SenderAsync(Stage stage, int? other)
    {
        await using var database = await stage.OpenDatabaseAsync();
        int? sender = null;
        await stage.WaitUntilAsync(
            async () =>
            {
                var owners = await database.ReadAsync(
                    session =>
                        session.QueryAsync(
                            "SELECT owner FROM senders",
                            reader => reader.GetString(0),
                            stage.CancellationToken
                        ),
                    stage.CancellationToken
                );
                sender = owners
                    .Select(owner => (int?)int.Parse(owner.Split('/')[^2], CultureInfo.InvariantCulture))
                    .FirstOrDefault(process => process != other);
                return sender is not null;
            },
            $"a sender other than process {other}"
        );
        return sender!.Value;
    }
}
