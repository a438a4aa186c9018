namespace Serge.Bot.Tests.Alerts;

public sealed class AlertWorkerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private readonly FakeMastodon _mastodon = new();
    private readonly FakeDiscord _discord = new();
    private readonly LogLines<AlertWorker> _log = new();
    private readonly WebhookHandler _receiver = new();
    private Database _database = null!;
    private Ledger _ledger = null!;
    private OperatorLedger _operators = null!;
    private AlertSettings _settings = new() { Mastodon = "ada@mastodon.example" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        (_ledger, _operators) = (new Ledger(_database), new OperatorLedger(_database));
    }

    public async ValueTask DisposeAsync()
    {
        _receiver.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task PlanAlerts_ARefusedPost_IsPlannedAsADirectMessage()
    {
        await FailAsync("a");

        await Worker().PlanAlertsAsync(Stop);

        var alert = Assert.Single(await AlertsAsync());
        Assert.Equal((PostState.Planned, PostVisibility.Direct), (alert.State, alert.Payload!.Visibility));
        Assert.StartsWith("@ada@mastodon.example One post failed.", alert.Payload.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanAlerts_NothingFailed_ReportsNothing()
    {
        await Worker().PlanAlertsAsync(Stop);

        Assert.Empty(await AlertsAsync());
    }

    [Fact]
    public async Task PlanAlerts_AfterARestart_ReportsNothingTwice()
    {
        await FailAsync("a");
        await Worker().PlanAlertsAsync(Stop);
        _clock.Advance(TimeSpan.FromHours(2));

        await Worker().PlanAlertsAsync(Stop);

        Assert.Single(await AlertsAsync());
    }

    [Fact]
    public async Task PlanAlerts_WhatFailsWithinTheHour_IsGatheredInTheNext()
    {
        await FailAsync("a");
        await Worker().PlanAlertsAsync(Stop);
        for (var minute = 1; minute < 60; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await FailAsync($"m{minute}");
            await Worker().PlanAlertsAsync(Stop);
        }

        Assert.Single(await AlertsAsync());
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Worker().PlanAlertsAsync(Stop);

        Assert.Contains("59 posts failed.", (await AlertsAsync())[1].Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanAlerts_ContinuousFailures_AreReportedAtMostSoOftenADay()
    {
        for (var hour = 0; hour < 24; hour++)
        {
            await FailAsync($"h{hour}");
            await Worker().PlanAlertsAsync(Stop);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(6, (await AlertsAsync()).Count);
    }

    [Fact]
    public async Task PlanAlerts_AFailedAlert_LeadsToNoAlert()
    {
        await FailAsync("a");
        await Worker().PlanAlertsAsync(Stop);
        var alert = Assert.Single(await AlertsAsync());
        await _ledger.TryUpdateAsync(alert, alert with { State = PostState.Refused, Reason = "no such account" }, Stop);
        _clock.Advance(TimeSpan.FromDays(2));

        await Worker().PlanAlertsAsync(Stop);

        Assert.Single(await AlertsAsync());
    }

    [Fact]
    public async Task PlanAlerts_BothTokensRefused_IsReportedToTheWebhook()
    {
        _settings = WebhookOnly();
        _mastodon.AccountAnswer = new Result<MastodonAccount>.Unauthorized("401");
        _discord.Application = new Result<DiscordApplication>.Unauthorized("401");

        await Worker().PlanAlertsAsync(Stop);

        var alert = Assert.Single(await AlertsAsync());
        Assert.Equal("webhook", alert.Destination.ToString());
        Assert.Equal(["token:mastodon", "token:discord"], alert.Items);
    }

    [Fact]
    public async Task LedgerFails_ForAMinute_IsReportedToTheWebhook()
    {
        _settings = WebhookOnly();
        var worker = Worker();
        LedgerException full = new("The disk that holds the ledger is full.", new IOException());

        await worker.HandleLedgerFailureAsync(full, Stop);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await worker.HandleLedgerFailureAsync(full, Stop);

        Assert.Contains(
            "The disk that holds the ledger is full.",
            Assert.Single(_receiver.Bodies),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("t0ken", string.Join('\n', _log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LedgerFails_AnAlertThatReachedNoRecipient_IsRepeatedEachMinuteUntilOneArrives()
    {
        _settings = WebhookOnly();
        using var worker = Worker();
        _receiver.Statuses.Enqueue(503);
        for (var minute = 0; minute < 10; minute++)
        {
            await worker.HandleLedgerFailureAsync(new LedgerException("The disk is full."), Stop);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, _receiver.Bodies.Count);
    }

    [Fact]
    public async Task PlanAlerts_ATokenThatIsRefused_IsReportedElsewhereOnceADay()
    {
        _settings = new AlertSettings { Mastodon = "ada", Discord = new ChannelId(7) };
        _mastodon.AccountAnswer = new Result<MastodonAccount>.Unauthorized("401");
        for (var hour = 0; hour < 26; hour++)
        {
            await Worker().PlanAlertsAsync(Stop);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        var alerts = await AlertsAsync();
        Assert.Equal(2, alerts.Count);
        Assert.All(alerts, alert => Assert.Equal("discord:7", alert.Destination.ToString()));
        Assert.StartsWith("Mastodon rejects the bot’s token", alerts[0].Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanAlerts_AfterAnAlertOfAClockThatWasAhead_ReportsTheProblemAgain()
    {
        _discord.Application = new Result<DiscordApplication>.Unauthorized("401");
        var now = _clock.GetUtcNow();
        _clock.AdjustTime(now.AddDays(60));
        await Worker().PlanAlertsAsync(Stop);
        Assert.Single(await AlertsAsync());

        _clock.AdjustTime(now);
        await Worker().PlanAlertsAsync(Stop);

        var alerts = await AlertsAsync();
        Assert.Equal(2, alerts.Count);
        Assert.All(alerts, alert => Assert.Equal(["token:discord"], alert.Items));
    }

    [Fact]
    public async Task PlanAlerts_PostsThatWaitForAnHour_AreReportedOnceADay()
    {
        var post = Some.Post("waits", to: "discord:1", occurrence: _clock.GetUtcNow()) with { Reason = "HTTP 503" };
        await _ledger.PlanAsync("morning", mark: null, [post], Stop);
        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        await Worker().PlanAlertsAsync(Stop);
        Assert.Empty(await AlertsAsync());

        for (var hour = 0; hour < 23; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await Worker().PlanAlertsAsync(Stop);
        }

        Assert.Contains(
            "Posts to discord have not been sent",
            Assert.Single(await AlertsAsync()).Payload!.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task LedgerFails_ForAMinute_IsReportedDirectlyAndRarely()
    {
        var worker = Worker();
        for (var minute = 0; minute < 90; minute++)
        {
            await worker.HandleLedgerFailureAsync(
                new LedgerException("The disk that holds the ledger is full.", new IOException()),
                Stop
            );
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, _mastodon.Posts.Count); // after one minute, and after one hour more
        Assert.Equal(
            (
                "@ada@mastodon.example A worker cannot use the ledger, so it posts nothing: The disk that holds the ledger is full.",
                MastodonVisibility.Direct
            ),
            _mastodon.Posts[0].Status.Let(status => (status.Text, status.Visibility))
        );
    }

    [Fact]
    public async Task LedgerFails_ForTwoDays_IsReportedAtMostSoOftenADay()
    {
        _settings = _settings with { MinInterval = TimeSpan.FromSeconds(1) };
        using var worker = Worker();
        for (var minute = 0; minute < 2 * 24 * 60; minute++)
        {
            await worker.HandleLedgerFailureAsync(new LedgerException("The disk is full."), Stop);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2 * 6, _mastodon.Posts.Count);
    }

    [Fact]
    public async Task LedgerFails_WhileTheClockIsSetBack_IsReportedAfterAMinute()
    {
        ClockThatIsSet systemClock = new(_clock);
        using var worker = Worker(systemClock: systemClock);
        await worker.HandleLedgerFailureAsync(new LedgerException("The disk is full."), Stop);

        systemClock.SetBy = TimeSpan.FromDays(-1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await worker.HandleLedgerFailureAsync(new LedgerException("The disk is full."), Stop);

        Assert.Single(_mastodon.Posts);
    }

    [Fact]
    public async Task RunOnce_ALedgerThatCanBeReadButNotWritten_IsReportedOnceAfterAMinute()
    {
        var (engine, database) = await FaultyEngine.OpenAsync();
        await using var opened = database;
        using var lease = Lease(database);
        using var worker = Worker(new OperatorLedger(database), lease: lease);
        await lease.RenewAsync(Stop);
        await worker.RunOnceAsync(Stop);

        engine.FailsToWrite = true;
        for (var seconds = 0; seconds < 120; seconds += 5)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Assert.ThrowsAsync<LedgerException>(() => lease.RenewAsync(Stop));
            await worker.RunOnceAsync(Stop);
        }

        var (_, alert) = Assert.Single(_mastodon.Posts);
        Assert.Equal(
            "@ada@mastodon.example A worker cannot use the ledger, so it posts nothing: The disk is full.",
            alert.Text
        );
    }

    [Fact]
    public async Task RunOnce_ALedgerThatCannotBeWrittenForLessThanAMinute_IsNotReported()
    {
        var (engine, database) = await FaultyEngine.OpenAsync();
        await using var opened = database;
        using var lease = Lease(database);
        using var worker = Worker(new OperatorLedger(database), lease: lease);
        for (var outage = 0; outage < 3; outage++)
        {
            engine.FailsToWrite = true;
            for (var seconds = 0; seconds < 50; seconds += 5)
            {
                await Assert.ThrowsAsync<LedgerException>(() => lease.RenewAsync(Stop));
                await worker.RunOnceAsync(Stop);
                _clock.Advance(TimeSpan.FromSeconds(5));
            }

            engine.FailsToWrite = false;
            await lease.RenewAsync(Stop);
            await worker.RunOnceAsync(Stop);
        }

        Assert.Empty(_mastodon.Posts);
    }

    [Fact]
    public async Task RunOnce_OnStandbyWhileTheLedgerWorks_ReportsNothing()
    {
        await FailAsync("a");
        using var sender = Lease(_database);
        using var standby = Lease(_database);
        using var worker = Worker(lease: standby);
        for (var seconds = 0; seconds < 120; seconds += 5)
        {
            await sender.RenewAsync(Stop);
            await standby.RenewAsync(Stop);
            await worker.RunOnceAsync(Stop);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Empty(_mastodon.Posts);
        Assert.Empty(await AlertsAsync());
    }

    [Fact]
    public async Task PlanAlerts_OnBothPlatforms_IsCompleteInTheLedger()
    {
        _settings = new AlertSettings { Mastodon = "ada", Discord = new ChannelId(7) };
        await FailAsync("a");

        await Worker().PlanAlertsAsync(Stop);

        var alerts = (await AlertsAsync()).OrderBy(alert => $"{alert.Destination}", StringComparer.Ordinal).ToList();
        Assert.Equal(2, alerts.Select(alert => alert.Key).Distinct().Count());
        const string Words =
            "One post failed.\naxxxxxxx  morning, Mastodon, 2027-02-01 12:00 UTC: refused. closed\n"
            + "“serge deliveries --failed” lists them; with the first letters of a key “serge retry” sends one again, "
            + "and “serge dismiss” removes it from the list.";
        var onDiscord = new Post
        {
            Key = alerts[0].Key,
            Schedule = ScheduleId.OfOperator("serge:alert"),
            Kind = PostKind.Alert,
            Occurrence = Some.Noon,
            Destination = Some.Destination("discord:7"),
            State = PostState.Planned,
            Payload = alerts[0].Payload,
            Deadline = Some.Noon.AddDays(1),
        };
        Assert.Equivalent(
            new[]
            {
                onDiscord,
                onDiscord with
                {
                    Key = alerts[1].Key,
                    Destination = Destinations.Mastodon,
                    Payload = new Payload { Text = $"@ada {Words}", Visibility = PostVisibility.Direct },
                },
            },
            alerts,
            strict: true
        );
        Assert.StartsWith("One post failed.\naxxxxxxx", alerts[0].Payload!.Text, StringComparison.Ordinal);
        Assert.Equal(["Information: Alerting the operator about 1 failed posts and 0 other problems"], _log.Lines);
    }

    [Fact]
    public async Task PlanAlerts_WhatWasDismissedBefore_IsNotReported()
    {
        await FailAsync("a");
        var failed = Assert.Single(await _ledger.GetRecentAsync(10, Stop));
        await _operators.DismissAsync([failed.Key], _clock.GetUtcNow(), Stop);

        await Worker().PlanAlertsAsync(Stop);

        Assert.Empty(await AlertsAsync());
    }

    [Fact]
    public async Task PlanAlerts_WhatWasSentAgainBefore_IsNotReported()
    {
        await FailAsync("a");
        await FailAsync("b", minutesAgo: 1);
        await _ledger.PlanAsync(
            "again",
            mark: null,
            [
                Transitions.CreateRetry(
                    (await _ledger.GetRecentAsync(10, Stop)).Single(post => post.Key[0] == 'a'),
                    "again",
                    _clock.GetUtcNow().AddSeconds(1),
                    _clock.GetUtcNow().AddHours(6)
                ),
            ],
            Stop
        );

        await Worker().PlanAlertsAsync(Stop);

        var text = Assert.Single(await AlertsAsync()).Payload!.Text;
        Assert.Contains("One post failed.", text, StringComparison.Ordinal);
        Assert.Contains("bxxxxxxx", text, StringComparison.Ordinal);
        Assert.DoesNotContain("axxxxxxx", text, StringComparison.Ordinal);
    }

    /// <summary>Each row: how many minutes ago a post failed, and whether it is reported.</summary>
    [Theory]
    [InlineData(10 * 24 * 60, true)]
    [InlineData((10 * 24 * 60) + 1, false)]
    public async Task PlanAlerts_WhatFailedMoreThanTenDaysAgo_IsNotReported(int minutesAgo, bool isNews)
    {
        await FailAsync("a", minutesAgo);

        await Worker().PlanAlertsAsync(Stop);

        Assert.Equal(isNews ? 1 : 0, (await AlertsAsync()).Count);
    }

    [Fact]
    public async Task PlanAlerts_WithoutARecipient_KeepsItForLater()
    {
        await FailAsync("a");
        var settings = _settings;
        _settings = new AlertSettings();
        await Worker().PlanAlertsAsync(Stop);
        Assert.Empty(await AlertsAsync());
        _settings = settings;

        await Worker().PlanAlertsAsync(Stop);

        Assert.Single(await AlertsAsync());
    }

    [Fact]
    public async Task PlanAlerts_MoreThanAThousandFailures_ReportsTheRestInTheNext()
    {
        await _ledger.PlanAsync(
            "morning",
            mark: null,
            [
                .. Enumerable
                    .Range(0, 1001)
                    .Select(n => Some.Post($"{n:00000000}", PostState.Missed, occurrence: Some.Noon.AddMinutes(-n))),
            ],
            Stop
        );

        await Worker().PlanAlertsAsync(Stop);
        _clock.Advance(TimeSpan.FromHours(1));
        await Worker().PlanAlertsAsync(Stop);

        Assert.Equal(
            ["@ada@mastodon.example 1000 posts failed.", "@ada@mastodon.example One post failed."],
            (await AlertsAsync()).Select(alert => alert.Payload!.Text.Split('\n')[0])
        );
    }

    [Fact]
    public async Task PlanAlerts_LongReasons_FitTheServersLimit()
    {
        for (var n = 0; n < 10; n++)
        {
            await FailAsync($"{n}", minutesAgo: n, reason: new string('x', 300));
        }

        await Worker().PlanAlertsAsync(Stop);

        var text = Assert.Single(await AlertsAsync()).Payload!.Text;
        Assert.InRange(text.Length, 300, 520); // the server part of the mention is not counted
        Assert.Contains("And 9 more.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanAlerts_ATokenThatIsRefused_IsNoticedWithinAQuarterOfAnHour()
    {
        _settings = new AlertSettings { Mastodon = "ada", MinInterval = TimeSpan.FromSeconds(1) };
        var worker = Worker();
        await worker.PlanAlertsAsync(Stop);
        _discord.Application = new Result<DiscordApplication>.Unauthorized("401");
        _clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(1));
        await worker.PlanAlertsAsync(Stop);
        Assert.Empty(await AlertsAsync());

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await worker.PlanAlertsAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await worker.PlanAlertsAsync(Stop);

        var alert = Assert.Single(await AlertsAsync());
        Assert.Equal(["token:discord"], alert.Items);
        Assert.Equal(
            "@ada Discord rejects the bot’s token, so nothing is posted there and no command is answered. Create a new one in the Developer Portal, set Discord:Token, and restart the bot.",
            alert.Payload!.Text
        );
        Assert.Equal(["Information: Alerting the operator about 0 failed posts and 1 other problems"], _log.Lines);
    }

    [Fact]
    public async Task PlanAlerts_ATokenThatIsRefusedAfterTheClockWasSetBack_IsNoticedWithinAQuarterOfAnHour()
    {
        ClockThatIsSet systemClock = new(_clock);
        using var worker = Worker(systemClock: systemClock);
        await worker.PlanAlertsAsync(Stop);

        systemClock.SetBy = TimeSpan.FromDays(-1);
        _discord.Application = new Result<DiscordApplication>.Unauthorized("401");
        _clock.Advance(TimeSpan.FromMinutes(15));
        await worker.PlanAlertsAsync(Stop);

        Assert.Equal(["token:discord"], Assert.Single(await AlertsAsync()).Items);
    }

    [Fact]
    public async Task PlanAlerts_ATokenThatIsRefused_IsCheckedAgainAfterTheRefusalDelay()
    {
        using var worker = Worker(refusalDelay: TimeSpan.FromMinutes(10));
        _discord.Application = new Result<DiscordApplication>.Unauthorized("401");
        await worker.PlanAlertsAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        await worker.PlanAlertsAsync(Stop);
        Assert.Empty(await AlertsAsync());

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await worker.PlanAlertsAsync(Stop);

        Assert.Equal(["token:discord"], Assert.Single(await AlertsAsync()).Items);
    }

    /// <summary>Each row: how many minutes after a first rejection the bot stops, and the number of alerts.</summary>
    /// <remarks>If only Discord is used, the bot stops when Discord refuses the second connection, ten minutes after
    /// the first one.</remarks>
    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    public async Task Stop_AfterATokenWasRefused_StoresAnAlertIfTheRefusalDelayHasPassed(int minutes, int alerts)
    {
        _settings = WebhookOnly();
        _discord.Application = new Result<DiscordApplication>.Unauthorized("401");
        using var worker = Worker(refusalDelay: TimeSpan.FromMinutes(10));
        await worker.PlanAlertsAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(minutes));

        await worker.StopAsync(Stop);

        var planned = await AlertsAsync();
        Assert.Equal(alerts, planned.Count);
        Assert.All(planned, alert => Assert.Equal(["token:discord"], alert.Items));
    }

    [Fact]
    public async Task PlanAlerts_BothTokensRefused_LeavesNoRecipient()
    {
        _settings = new AlertSettings { Mastodon = "ada", Discord = new ChannelId(7) };
        _discord.Application = new Result<DiscordApplication>.Unauthorized("401");
        _mastodon.AccountAnswer = new Result<MastodonAccount>.Unauthorized("401");
        await FailAsync("a");

        await Worker().PlanAlertsAsync(Stop);

        Assert.Empty(await AlertsAsync());
        Assert.Single(await _operators.GetUnalertedAsync(_clock.GetUtcNow(), DateTimeOffset.UnixEpoch, 10, Stop));
    }

    [Fact]
    public async Task PlanAlerts_APlatformThatCannotBeAsked_HasNoProblem()
    {
        _discord.Application = new Result<DiscordApplication>.Unavailable("down");
        _mastodon.AccountAnswer = new Result<MastodonAccount>.Unavailable("down");

        Assert.Empty(
            await new TokenCheck(
                [_discord],
                [_mastodon],
                new DeliverySettings { RefusalDelay = TimeSpan.Zero },
                Clocks.Real
            ).RunAsync(Stop)
        );
        Assert.Empty(
            await new TokenCheck([], [], new DeliverySettings { RefusalDelay = TimeSpan.Zero }, Clocks.Real).RunAsync(
                Stop
            )
        );
    }

    [Fact]
    public async Task PlanAlerts_ByTwoWorkersAtOnce_ReportsOnceAndOneLogsIt()
    {
        await FailAsync("a");
        var (first, second) = (Worker(), Worker());
        var between = new InterleavingLedger(_operators, () => second.PlanAlertsAsync(Stop));

        await Worker(between).PlanAlertsAsync(Stop);
        await first.PlanAlertsAsync(Stop);

        Assert.Single(await AlertsAsync());
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task Run_WithoutTheSendersLease_ReportsNothing()
    {
        var (engine, database) = await FaultyEngine.OpenAsync();
        await using var opened = database;
        Ledger ledger = new(database);
        await ledger.PlanAsync("morning", mark: null, [Some.Post("failed".PadRight(24, 'x'), PostState.Refused)], Stop);
        TickClock systemClock = new(Some.Noon);
        using SenderLease lease = new(
            new SenderRows(database),
            new SenderAccounts(["mastodon:1"]),
            new DeliverySettings(),
            new Clocks(_clock, systemClock),
            new Random(1),
            new LogLines<SenderLease>()
        );
        using var worker = Worker(new OperatorLedger(database), systemClock, lease);

        await worker.StartAsync(Stop);
        await systemClock.TimerAsync(TimeSpan.FromSeconds(5));
        systemClock.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(await new OperatorLedger(database).GetAlertsAsync(DateTimeOffset.UnixEpoch, Stop));
        _clock.Advance(TimeSpan.FromHours(1));
        engine.ForgetUses();
        await lease.RenewAsync(Stop);
        var alerts = await new OperatorLedger(database).GetAlertsAsync(DateTimeOffset.UnixEpoch, Stop);
        for (var tick = 0; tick < 100 && alerts.Count == 0; tick++)
        {
            await systemClock.TickAsync(engine, TimeSpan.FromSeconds(5), 1);
            alerts = await new OperatorLedger(database).GetAlertsAsync(DateTimeOffset.UnixEpoch, Stop);
        }

        await worker.StopAsync(Stop);
        Assert.Equal(Some.Noon.AddHours(1), Assert.Single(alerts).Occurrence);
    }

    /// <summary>An action runs between the query of the failures and the update of the alert.</summary>
    private sealed class InterleavingLedger(IOperatorLedger inner, Func<Task> between) : IOperatorLedger
    {
        public async Task<bool> TryPlanAlertsAsync(
            IReadOnlyList<Post> alerts,
            IReadOnlyList<string> keys,
            int known,
            DateTimeOffset from,
            DateTimeOffset scheduleNow,
            CancellationToken cancellationToken
        )
        {
            await between();
            return await inner.TryPlanAlertsAsync(alerts, keys, known, from, scheduleNow, cancellationToken);
        }

        public Task<IReadOnlyList<Post>> GetUnalertedAsync(
            DateTimeOffset scheduleNow,
            DateTimeOffset from,
            int limit,
            CancellationToken cancellationToken
        ) => inner.GetUnalertedAsync(scheduleNow, from, limit, cancellationToken);

        public Task<IReadOnlyList<Post>> GetAlertsAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
            inner.GetAlertsAsync(from, cancellationToken);

        public Task<IReadOnlyList<Post>> GetWaitingAsync(
            DateTimeOffset scheduleNow,
            int limit,
            CancellationToken cancellationToken
        ) => inner.GetWaitingAsync(scheduleNow, limit, cancellationToken);

        public Task<IReadOnlyList<Post>> GetFailedAsync(
            DateTimeOffset scheduleNow,
            int limit,
            CancellationToken cancellationToken
        ) => inner.GetFailedAsync(scheduleNow, limit, cancellationToken);

        public Task<IReadOnlySet<string>> DismissAsync(
            IReadOnlyList<string> keys,
            DateTimeOffset scheduleNow,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<int> DismissAllAsync(DateTimeOffset scheduleNow, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlySet<string>> GetDismissedAsync(
            IReadOnlyList<string> keys,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> FindByKeyAsync(
            string beginning,
            int limit,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<Post?> FindRetryAsync(string key, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> GetByItemAsync(string item, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlySet<string>> GetWithdrawnAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, DateTimeOffset>> GetWithdrawalsAsync(
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, DateTimeOffset>> GetLastSentByPlatformAsync(
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<IReadOnlyList<Post>> GetLastSentAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task WithdrawAsync(string item, DateTimeOffset scheduleNow, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> RestoreAsync(string item, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private static AlertSettings WebhookOnly() =>
        new() { Webhook = new WebhookSettings { Address = new Secret("https://hooks.example/t0ken") } };

    /// <summary>A lease of another worker than those of earlier calls, with the same account.</summary>
    private SenderLease Lease(Database database) =>
        new(
            new SenderRows(database),
            new SenderAccounts(["mastodon:1"]),
            new DeliverySettings(),
            new Clocks(_clock, _clock),
            new SystemRandom(),
            new LogLines<SenderLease>()
        );

    private AlertWorker Worker(
        IOperatorLedger? operators = null,
        TimeProvider? systemClock = null,
        SenderLease? lease = null,
        TimeSpan refusalDelay = default
    )
    {
        Clocks clocks = new(_clock, systemClock ?? _clock);
        var targets = TestEngine.Targets(_discord, _mastodon);
        var renderers = PostRenderers.Create(new MastodonPostSettings(), new InstanceLimits(), () => Some.Author);
        if (_settings.Webhook is { } webhook)
        {
            WebhookClient client = new(webhook, _clock, _receiver);
            targets = new PublishTargets([.. targets.All, new WebhookTarget(client, _settings)]);
            renderers = new PostRenderers([new WebhookRenderer(webhook)]);
        }

        return new AlertWorker(
            operators ?? _operators,
            targets,
            renderers,
            new TokenCheck([_discord], [_mastodon], new DeliverySettings { RefusalDelay = refusalDelay }, clocks),
            _settings,
            lease ?? TestEngine.HeldLease(),
            clocks,
            new SystemRandom(),
            _log
        );
    }

    private async Task FailAsync(string key, int minutesAgo = 0, string reason = "closed") =>
        await _ledger.PlanAsync(
            "morning",
            mark: null,
            [
                Some.Post(
                    key.PadRight(24, 'x'),
                    PostState.Refused,
                    occurrence: _clock.GetUtcNow().AddMinutes(-minutesAgo)
                ) with
                {
                    Reason = reason,
                },
            ],
            Stop
        );

    private Task<IReadOnlyList<Post>> AlertsAsync() => _operators.GetAlertsAsync(DateTimeOffset.UnixEpoch, Stop);

    /// <summary>Accepts every request.</summary>
    private sealed class WebhookHandler : HttpMessageHandler
    {
        public List<string> Bodies { get; } = [];

        /// <summary>The statuses of the next responses; then 204.</summary>
        public Queue<int> Statuses { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            var status = Statuses.TryDequeue(out var next) ? next : 204;
            return new HttpResponseMessage((System.Net.HttpStatusCode)status);
        }
    }
}
