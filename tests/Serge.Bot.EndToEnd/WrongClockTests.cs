namespace Serge.Bot.EndToEnd;

/// <summary>A worker whose clock is wrong is killed. The next worker, whose clock is right, does not wait for the times
/// that the first one has stored, and everything is posted once.</summary>
public sealed class WrongClockTests(PostgresCluster cluster)
{
    private static readonly string[] Libraries =
    [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
        "/usr/lib64/faketime/libfaketime.so.1",
        "/usr/local/lib/faketime/libfaketime.so.1",
    ];

    private static string? Faketime => Libraries.FirstOrDefault(File.Exists);

    [Fact]
    public async Task OnSqlite_KilledWithAClockADayAhead_TheNextPostsOnceAndSoon()
    {
        Assert.SkipWhen(Faketime is null, "NOT TESTED with a wrong clock: libfaketime is missing (package faketime).");
        await using var stage = await Stage.OpenAsync();
        var settings = await SettingsAsync(stage);

        // The response of Mastodon is late, and the first worker is killed before it arrives.
        stage.World.Faults.Add(
            new RequestFault
            {
                Method = "POST",
                Path = "/mastodon/api/v1/statuses",
                Times = 1,
                Effect = new RequestEffect.Delay(TimeSpan.FromMinutes(5), AfterHandling: true),
            }
        );
        using (var watch = stage.World.Watch())
        {
            await using var wrong = WorkerProcess.Start(stage.Home, WithClock(stage, settings, "+86400s"), "run");
            await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count > 0 && stage.Statuses.Count > 0);
            await wrong.KillAsync(stage.CancellationToken);
        }

        var (exitCode, status) = await stage.RunCommandAsync("status", stage.Settings(settings));
        Assert.Equal(1, exitCode);
        Assert.Contains("not running", status, StringComparison.Ordinal);
        await AssertNextWorkerPostsOnceAsync(stage, settings);
    }

    [Fact]
    public Task OnPostgres_WithTheMomentsOfAClockADayAhead_TheNextPostsOnceAndSoon() =>
        ShiftStoredTimesAsync(TimeSpan.FromDays(1));

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task OnPostgres_WithTheMomentsOfAClockAnHourAhead_TheNextPostsOnceAndSoon() =>
        ShiftStoredTimesAsync(TimeSpan.FromHours(1));

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public async Task OnSqlite_KilledAgainAndAgainWithClocksAheadAndRight_EveryPostIsThereOnce()
    {
        Assert.SkipWhen(Faketime is null, "NOT TESTED with a wrong clock: libfaketime is missing (package faketime).");
        string[] offsets = ["+3600s", "+0s", "+86400s", "+1800s", "+0s", "+600s"];
        for (var seed = 1; seed <= 10; seed++)
        {
            Random random = new(seed);
            await using var stage = await Stage.OpenAsync();
            var settings = await SettingsAsync(stage);
            for (var life = 0; life < 3; life++)
            {
                using var watch = stage.World.Watch();
                var offset = offsets[random.Next(offsets.Length)];
                await using var wrong = WorkerProcess.Start(stage.Home, WithClock(stage, settings, offset), "run");
                await wrong.WaitForOutputAsync("Starting; version: ", stage.CancellationToken);
                for (
                    var events = random.Next(1, 8);
                    events > 0 && !await stage.IsSettledAsync(2, stage.CancellationToken);
                    events--
                )
                {
                    await stage.NextAsync<SimulatorEvent>(watch);
                }

                await wrong.KillAsync(stage.CancellationToken);
            }

            await AssertNextWorkerPostsOnceAsync(stage, settings);
        }
    }

    private async Task ShiftStoredTimesAsync(TimeSpan ahead)
    {
        await using var stage = await Stage.OpenAsync();
        stage.Server = await cluster.NewDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = await SettingsAsync(stage);
        var by = (long)ahead.TotalMilliseconds;
        var environment = Stage.AsEnvironment(stage.Settings(settings));
        await using (var worker = WorkerProcess.Start(stage.Home, environment, "run"))
        {
            await stage.WaitUntilSettledAsync(2);
            await worker.KillAsync(stage.CancellationToken);
        }

        // A worker whose clock differs from the server's does not start, so the stored times are changed instead.
        await using (var database = await stage.OpenDatabaseAsync())
        {
            foreach (
                var change in (string[])
                    [
                        $"UPDATE senders SET lease_until = lease_until + {by}",
                        $"""
                            UPDATE posts SET state = 'sending', claimed_by = 'dead', first_attempt_at = first_attempt_at + {by},
                                lease_until = first_attempt_at + {by} + 4000
                            """,
                    ]
            )
            {
                await database.WriteAsync(
                    session => session.ExecuteAsync(change, stage.CancellationToken),
                    stage.CancellationToken
                );
            }
        }

        await AssertNextWorkerPostsOnceAsync(stage, settings);
    }

    private static async Task AssertNextWorkerPostsOnceAsync(Stage stage, (string Key, string? Value)[] settings)
    {
        await using var right = await stage.StartWorkerAsync(TimeProvider.System, settings);
        // The time limit of a test is much shorter than the difference of the clocks.
        await stage.WaitUntilSettledAsync(2);
        Assert.Equal(["morning discord Sent", "morning mastodon Sent"], await stage.LedgerAsync());
        Assert.Single(stage.ChannelPosts);
        Assert.Single(stage.Statuses);
    }

    private static async Task<(string Key, string? Value)[]> SettingsAsync(Stage stage)
    {
        // These servers do not recognize idempotency keys: after a lost response only a lookup prevents a second post.
        stage.Discord.Options.NonceWindow = stage.Mastodon.Options.IdempotencyWindow = TimeSpan.Zero;
        var schedule = await stage.OverdueScheduleAsync("morning", "quote");
        return
        [
            .. schedule,
            ("Schedules:morning:GracePeriod", "7.00:00:00"),
            ("Delivery:Lease", "00:00:04"),
            ("Delivery:SenderLease", "00:00:02"),
        ];
    }

    private static IEnumerable<(string Key, string? Value)> WithClock(
        Stage stage,
        (string Key, string? Value)[] settings,
        string offset
    ) =>
        [
            .. Stage.AsEnvironment(stage.Settings(settings)),
            ("LD_PRELOAD", Faketime),
            ("FAKETIME", offset),
            ("DONT_FAKE_MONOTONIC", "1"),
        ];
}
