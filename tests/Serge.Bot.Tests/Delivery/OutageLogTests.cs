using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Delivery;

/// <summary>While the database fails, each worker logs it once; after a recovery the next failure is logged
/// again.</summary>
public sealed class OutageLogTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TickClock _systemClock = new(Some.Noon);
    private readonly FakeMastodon _mastodon = new();
    private readonly TestCatalogue _catalogue = new();
    private readonly BotSettings _settings = new()
    {
        LedgerPath = "",
        TimeZone = TimeZoneInfo.Utc,
        Mastodon = Some.Mastodon(),
        Schedules = [Some.Schedule()],
        Delivery = new DeliverySettings { SenderLease = TimeSpan.FromSeconds(15) },
        Alerts = new AlertSettings { Mastodon = "ada@mastodon.example", MinInterval = TimeSpan.FromMinutes(10) },
    };
    private FaultyEngine _engine = null!;
    private Database _database = null!;
    private Ledger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Clocks Clocks => new(_systemClock, _systemClock);

    public async ValueTask InitializeAsync()
    {
        (_engine, _database) = await FaultyEngine.OpenAsync();
        _engine.ForgetUses();
        _ledger = new Ledger(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task DeliveryWorker_InTwoOutages_LogsEachOnce()
    {
        LogLines<DeliveryWorker> log = new();
        using var worker = TestEngine.Worker(
            _ledger,
            TestEngine.Targets(null, _mastodon),
            _settings.Delivery,
            Clocks,
            new Random(1),
            log
        );

        await RunTwoOutagesAsync(worker, Second);

        Assert.Equal(
            Twice("Critical: Delivery failed because of the ledger; retrying every second: The disk is full."),
            log.Lines
        );
    }

    [Fact]
    public async Task Scheduler_InTwoOutages_LogsEachOnce()
    {
        LogLines<Scheduler> log = new();
        var limits = new InstanceLimits();
        await limits.RefreshAsync(_mastodon, Stop);
        using var scheduler = Scheduler(limits, log);

        await RunTwoOutagesAsync(scheduler, Second);

        Assert.Equal(Twice("Critical: Planning posts failed; retrying every second: The disk is full."), log.Lines);
    }

    [Fact]
    public async Task SenderLease_InTwoOutages_LogsEachOnce()
    {
        LogLines<SenderLease> log = new();
        using SenderLease lease = new(
            new SenderRows(_database),
            new SenderAccounts(["mastodon:1"]),
            _settings.Delivery,
            Clocks,
            new Random(1),
            log
        );

        await RunTwoOutagesAsync(lease, TimeSpan.FromSeconds(5));

        Assert.Equal(
            Twice(
                "Error: Renewing the sender's lease failed; this worker stops sending when the lease ends: The disk is full."
            ),
            log.Lines
        );
    }

    [Fact]
    public async Task WithdrawalPoller_InTwoOutages_LogsEachOnce()
    {
        LogLines<WithdrawalPoller> log = new();
        using WithdrawalPoller watch = new(new OperatorLedger(_database), _catalogue.Live, Clocks, log);

        await RunTwoOutagesAsync(watch, Second);

        Assert.Equal(
            Twice("Error: Reading withdrawn quotations failed; the last known ones stay withdrawn: The disk is full."),
            log.Lines
        );
    }

    [Fact]
    public async Task GuildLifecycle_InTwoOutages_LogsEachOnce()
    {
        LogLines<GuildLifecycleService> log = new();
        GuildStore guildStore = new(_database);
        using GuildDirectory directory = new(guildStore, _settings);
        GuildPauses pauses = new(
            directory,
            guildStore,
            _ledger,
            new FakeServers(),
            TestEngine.Notices(new FakeServers(), Clocks),
            _settings,
            Clocks,
            NullLogger<GuildPauses>.Instance
        );
        GuildRetention retention = new(
            guildStore,
            directory,
            pauses,
            _settings,
            Clocks,
            NullLogger<GuildRetention>.Instance
        );
        using GuildLifecycleService lifecycle = new(
            directory,
            pauses,
            retention,
            new GuildReturnCheck(directory, pauses, _settings, Clocks),
            TestEngine.Welcome(directory, new FakeServers(), Clocks),
            Clocks,
            log
        );

        await RunTwoOutagesAsync(lifecycle, TimeSpan.FromMinutes(1));

        Assert.Equal(
            Twice("Error: Updating the data of Discord servers failed; retrying every minute: The disk is full."),
            log.Lines
        );
    }

    [Fact]
    public async Task EachWorker_InAnOutageFromItsStart_LogsItOnce()
    {
        LogLines<GuildLifecycleService> lifecycleLog = new();
        LogLines<DeliveryWorker> workerLog = new();
        LogLines<SenderLease> leaseLog = new();
        LogLines<WithdrawalPoller> watchLog = new();
        GuildStore guildStore = new(_database);
        using GuildDirectory directory = new(guildStore, _settings);
        using GuildLifecycleService lifecycle = new(directory, null!, null!, null!, null!, Clocks, lifecycleLog);
        using var worker = TestEngine.Worker(
            _ledger,
            TestEngine.Targets(null, _mastodon),
            _settings.Delivery,
            Clocks,
            new Random(1),
            workerLog
        );
        using SenderLease lease = new(
            new SenderRows(_database),
            new SenderAccounts(["mastodon:1"]),
            _settings.Delivery,
            Clocks,
            new Random(1),
            leaseLog
        );
        using WithdrawalPoller watch = new(new OperatorLedger(_database), _catalogue.Live, Clocks, watchLog);
        await lifecycle.StartAsync(Stop);
        await _systemClock.TimerAsync(TimeSpan.FromMinutes(1));
        _engine.Fails = true;
        await _systemClock.TickAsync(_engine, TimeSpan.FromMinutes(1), 3);
        await lifecycle.StopAsync(Stop);
        foreach (var service in (Microsoft.Extensions.Hosting.BackgroundService[])[worker, lease, watch])
        {
            await service.StartAsync(Stop);
            await _systemClock.TimerAsync(Second);
            await _systemClock.TickAsync(_engine, TimeSpan.FromSeconds(5), 3);
            await service.StopAsync(Stop);
        }

        Assert.Single(lifecycleLog.Lines);
        Assert.Single(workerLog.Lines);
        Assert.Equal(2, leaseLog.Lines.Count); // the second line: the lease could not be released
        Assert.Single(watchLog.Lines);
    }

    [Fact]
    public async Task GuildLifecycle_EventsInAnOutage_AreLoggedOnce()
    {
        LogLines<GuildLifecycleService> log = new();
        GuildStore guildStore = new(_database);
        await guildStore.SetUpAsync(Some.Noon, zone: null, SampleGuild.Schedule());
        using GuildDirectory directory = new(guildStore, _settings);
        GuildPauses pauses = new(
            directory,
            guildStore,
            _ledger,
            new FakeServers(),
            TestEngine.Notices(new FakeServers(), Clocks),
            _settings,
            Clocks,
            NullLogger<GuildPauses>.Instance
        );
        GuildRetention retention = new(
            guildStore,
            directory,
            pauses,
            _settings,
            Clocks,
            NullLogger<GuildRetention>.Instance
        );
        using GuildLifecycleService lifecycle = new(
            directory,
            pauses,
            retention,
            new GuildReturnCheck(directory, pauses, _settings, Clocks),
            TestEngine.Welcome(directory, new FakeServers(), Clocks),
            Clocks,
            log
        );
        await lifecycle.StartAsync(Stop);

        _engine.Fails = true;
        await lifecycle.HandleAsync(new DiscordEvent.GuildLeft(SampleGuild.Guild), Stop);
        await lifecycle.HandleAsync(new DiscordEvent.ChannelDeleted(new ChannelId(1), SampleGuild.Guild), Stop);
        await lifecycle.WaitUntilIdleAsync().WaitAsync(Bounded.Longest, Stop);
        _engine.Fails = false;
        await lifecycle.HandleAsync(new DiscordEvent.GuildLeft(SampleGuild.Guild), Stop);
        await lifecycle.WaitUntilIdleAsync().WaitAsync(Bounded.Longest, Stop);
        await lifecycle.StopAsync(Stop);

        Assert.Single(
            log.Lines,
            "Error: Recording a change of a Discord server failed; it is repeated when the bot next connects: The disk is full."
        );
        Assert.True(directory.HasLeft(SampleGuild.Guild));
    }

    [Fact]
    public async Task AlertWorker_InALongOutage_SendsOneMessageAfterAMinuteAndThenSeldom()
    {
        LogLines<AlertWorker> log = new();
        using var worker = Alerts(log);
        await worker.StartAsync(Stop);
        await UsedAsync(times: 2);
        _engine.Fails = true;

        // The first failure is at 0 or 5 s, because the tick of the start may still be running. The message is sent a
        // minute later, and the next one after another ten minutes. A tick has ended when the next one begins.
        await _systemClock.TickAsync(_engine, TimeSpan.FromSeconds(5), 11);
        Assert.Empty(_mastodon.Posts);
        await _systemClock.TickAsync(_engine, TimeSpan.FromSeconds(5), 3);
        Assert.Single(_mastodon.Posts);
        await _systemClock.TickAsync(_engine, TimeSpan.FromSeconds(5), 117);
        Assert.Single(_mastodon.Posts);
        await _systemClock.TickAsync(_engine, TimeSpan.FromSeconds(5), 3);
        await worker.StopAsync(Stop);

        Assert.Equal(2, _mastodon.Posts.Count);
        Assert.Equal(
            [
                "Warning: The ledger fails; sent an alert to mastodon without recording it: Sent { Id = 1, Url = , Remark =  }",
                "Warning: The ledger fails; sent an alert to mastodon without recording it: Sent { Id = 2, Url = , Remark =  }",
            ],
            log.Lines
        );
    }

    [Fact]
    public async Task AlertWorker_InShortOutages_SendsNothing()
    {
        LogLines<AlertWorker> log = new();
        using var worker = Alerts(log);
        await worker.StartAsync(Stop);
        await UsedAsync(times: 2);
        for (var outage = 0; outage < 3; outage++)
        {
            _engine.Fails = true;
            await _systemClock.TickAsync(_engine, TimeSpan.FromSeconds(5), 10);
            _engine.Fails = false;
            await _systemClock.TickAsync(_engine, TimeSpan.FromSeconds(5), 5);
        }

        await worker.StopAsync(Stop);

        Assert.Empty(_mastodon.Posts);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Workers_WhosePlatformIsOff_ReportItOnceForEachDestination()
    {
        LogLines<AlertWorker> alertLog = new();
        LogLines<OperatorScheduleSource> log = new();
        using var alerts = Alerts(alertLog, new AlertSettings { Mastodon = "ada", Discord = new ChannelId(7) });
        using var scheduler = TestEngine.Scheduler(
            _ledger,
            _catalogue.Live,
            TestEngine.Targets(new FakeServers(), null),
            Clocks,
            [Some.Schedule(to: ["discord:1", "mastodon"]), Some.Schedule(to: ["mastodon"], name: "evening")],
            sourceLog: log
        );

        await alerts.StartAsync(Stop);
        await _engine.UsedAsync();
        await _systemClock.TickAsync(_engine, TimeSpan.FromSeconds(5), 4);
        await alerts.StopAsync(Stop);
        _engine.ForgetUses();
        await scheduler.StartAsync(Stop);
        await _engine.UsedAsync();
        await _systemClock.TickAsync(_engine, Second, 4);
        await scheduler.StopAsync(Stop);

        Assert.Equal(
            ["Warning: Alerts are to be sent to discord:7, but that platform is disabled: it has no credentials"],
            alertLog.Lines
        );
        Assert.Equal(
            [
                "Warning: Schedule morning posts to mastodon, but that platform is disabled: it has no credentials",
                "Warning: Schedule evening posts to mastodon, but that platform is disabled: it has no credentials",
            ],
            log.Lines
        );
    }

    [Fact]
    public async Task Scheduler_BeforeTheServerWasAskedForItsLimits_PlansNothing()
    {
        InstanceLimits limits = new();
        using var scheduler = Scheduler(limits, new LogLines<Scheduler>());
        var before = _engine.Count;
        await scheduler.StartAsync(Stop);
        Assert.Equal(before, _engine.Count);
        _engine.ForgetUses();

        await limits.RefreshAsync(_mastodon, Stop);

        await _engine.UsedAsync();
        await scheduler.StopAsync(Stop);
    }

    private async Task UsedAsync(int times)
    {
        for (var use = 0; use < times; use++)
        {
            await _engine.UsedAsync();
        }
    }

    private static string[] Twice(string line) => [line, line];

    /// <summary>The database works, fails for a while, works again, and fails again.</summary>
    private async Task RunTwoOutagesAsync(Microsoft.Extensions.Hosting.BackgroundService worker, TimeSpan pace)
    {
        await worker.StartAsync(Stop);
        await _systemClock.TimerAsync(TimerOf(pace));
        for (var outage = 0; outage < 2; outage++)
        {
            await _systemClock.TickAsync(_engine, pace, 5);
            _engine.Fails = true;
            await _systemClock.TickAsync(_engine, pace, 5);
            _engine.Fails = false;
        }

        await _systemClock.TickAsync(_engine, pace, 5);
        await worker.StopAsync(Stop);
    }

    /// <summary>The lease is renewed every 5 s, but checked each second.</summary>
    private static TimeSpan TimerOf(TimeSpan pace) => pace == TimeSpan.FromSeconds(5) ? Second : pace;

    private AlertWorker Alerts(LogLines<AlertWorker> log, AlertSettings? settings = null) =>
        new(
            new OperatorLedger(_database),
            TestEngine.Targets(null, _mastodon),
            PostRenderers.Create(_settings.MastodonPosts, new InstanceLimits(), () => Some.Author),
            new TokenCheck([], [_mastodon], new DeliverySettings { RefusalDelay = TimeSpan.Zero }, Clocks.Real),
            settings ?? _settings.Alerts,
            TestEngine.HeldLease(),
            Clocks,
            new Random(1),
            log
        );

    private Scheduler Scheduler(
        InstanceLimits limits,
        LogLines<Scheduler> log,
        PublishTargets? targets = null,
        params Schedule[] schedules
    ) =>
        TestEngine.Scheduler(
            _ledger,
            _catalogue.Live,
            targets ?? TestEngine.Targets(null, _mastodon, limits: limits),
            Clocks,
            schedules.Length == 0 ? _settings.Schedules : schedules,
            log: log
        );
}
