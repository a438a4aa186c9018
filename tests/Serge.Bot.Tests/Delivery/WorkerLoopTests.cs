namespace Serge.Bot.Tests.Delivery;

/// <summary>How often the loops of the workers run, and how they end.</summary>
public sealed class WorkerLoopTests : IAsyncLifetime
{
    private readonly TickClock _systemClock = new(Some.Noon);
    private FaultyEngine _engine = null!;
    private Database _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Clocks Clocks => new(_systemClock, _systemClock);

    public async ValueTask InitializeAsync() => (_engine, _database) = await FaultyEngine.OpenAsync();

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    /// <summary>Each row: the duration of the lease, how often it is checked, and when it is renewed; all in
    /// milliseconds.</summary>
    [Theory]
    [InlineData(600, 100, 200)]
    [InlineData(3000, 300, 1200)] // at the first check after a third
    [InlineData(15_000, 1000, 5000)]
    [InlineData(60_000, 1000, 20_000)]
    public async Task SenderLease_IsRenewedAfterAThird(int length, int look, int renewal)
    {
        using var lease = Lease(TimeSpan.FromMilliseconds(length));
        await lease.StartAsync(Stop);
        await _systemClock.TimerAsync(TimeSpan.FromMilliseconds(look));
        Assert.Equal(Some.Noon.AddMilliseconds(length), await LeasedUntilAsync());
        _engine.ForgetUses();
        for (var waited = 0; waited < renewal; waited += look)
        {
            await Task.Yield();
            _systemClock.Advance(TimeSpan.FromMilliseconds(look));
        }

        // The renewal reads first and then writes. The database runs one session at a time, so this reads the written
        // value.
        await _engine.UsedAsync();
        await _engine.UsedAsync();
        Assert.Equal(Some.Noon.AddMilliseconds(renewal + length), await LeasedUntilAsync());
        await lease.StopAsync(Stop);
        Assert.Null(await LeasedUntilAsync());
    }

    [Fact]
    public async Task SenderLease_WhoseEndCannotBeRecorded_ReportsIt()
    {
        LogLines<SenderLease> log = new();
        using var lease = Lease(TimeSpan.FromSeconds(15), log);
        await lease.StartAsync(Stop);
        _engine.Fails = true;

        await lease.StopAsync(Stop);

        Assert.Equal(
            ["Warning: Releasing the sender's lease failed; another worker takes over when it ends: The disk is full."],
            log.Lines
        );
    }

    [Fact]
    public async Task SenderLease_WithoutTheLedger_EndsInTime()
    {
        using var lease = Lease(TimeSpan.FromSeconds(15));
        await lease.RenewAsync(Stop);
        _engine.Fails = true;
        _systemClock.Advance(TimeSpan.FromSeconds(15) - TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<LedgerException>(() => lease.RenewAsync(Stop));
        Assert.True(lease.IsHeld);

        _systemClock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(lease.IsHeld);
    }

    [Fact]
    public async Task MastodonStartupCheck_WhileTheServerIsDown_AsksLessAndLessOften()
    {
        FakeMastodon mastodon = new() { InstanceAnswer = new Result<MastodonInstance>.Unavailable("no answer") };
        LogLines<MastodonStartupCheck> log = new();
        using TestCatalogue catalogue = new();
        PlatformConnections connections = new(Clocks);
        using var startupCheck = CreateStartupCheck(mastodon, catalogue, log, connections);
        await startupCheck.StartAsync(Stop);
        List<double> waits = [];
        for (var n = 0; n < 9; n++)
        {
            var wait = await _systemClock.NextTimerAsync();
            waits.Add(wait.TotalSeconds);
            Assert.Equal(
                (false, false),
                (connections.Mastodon.State.IsConnected, connections.Mastodon.State.NeedsOperator)
            );
            _systemClock.Advance(wait);
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1920, 3600, 3600], waits);
        mastodon.InstanceAnswer = null;
        _systemClock.Advance(await _systemClock.NextTimerAsync());
        Assert.Equal(300, (await _systemClock.NextTimerAsync()).TotalSeconds);
        Assert.True(connections.Mastodon.State.IsConnected);
        await startupCheck.StopAsync(Stop);

        Assert.Single(log.Lines, line => line.Contains("Mastodon server is unavailable", StringComparison.Ordinal));
        Assert.StartsWith("Warning: Mastodon: ", log.Lines[0], StringComparison.Ordinal);
        Assert.Single(log.Lines, line => line.StartsWith("Information: Mastodon: ready", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MastodonStartupCheck_AfterAPostThatDidNotReachTheServer_AsksAgainFromThirtySecondsOn()
    {
        FakeMastodon mastodon = new();
        LogLines<MastodonStartupCheck> log = new();
        using TestCatalogue catalogue = new();
        PlatformConnections connections = new(Clocks);
        using var startupCheck = CreateStartupCheck(mastodon, catalogue, log, connections);
        await startupCheck.StartAsync(Stop);

        // The check was successful, so the worker only checks whether a post has failed.
        for (var n = 0; n < 2; n++)
        {
            Assert.Equal(300, (await _systemClock.NextTimerAsync()).TotalSeconds);
            _systemClock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(300, (await _systemClock.NextTimerAsync()).TotalSeconds);
        connections.Mastodon.MarkDisconnected();
        mastodon.InstanceAnswer = new Result<MastodonInstance>.Unavailable("no answer");
        _systemClock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(30, (await _systemClock.NextTimerAsync()).TotalSeconds);
        await startupCheck.StopAsync(Stop);
    }

    [Fact]
    public async Task MastodonStartupCheck_WithATokenThatIsRefused_AsksAgainMoreAndMoreSeldom()
    {
        FakeMastodon mastodon = new() { AccountAnswer = new Result<MastodonAccount>.Unauthorized("401") };
        LogLines<MastodonStartupCheck> log = new();
        using TestCatalogue catalogue = new();
        PlatformConnections connections = new(Clocks);
        using var startupCheck = CreateStartupCheck(mastodon, catalogue, log, connections);
        await startupCheck.StartAsync(Stop);
        foreach (var delay in (double[])[30, 60, 120])
        {
            Assert.Equal(delay, (await _systemClock.NextTimerAsync()).TotalSeconds);
            Assert.Equal(
                (false, true),
                (connections.Mastodon.State.IsConnected, connections.Mastodon.State.NeedsOperator)
            );
            _systemClock.Advance(TimeSpan.FromSeconds(delay));
        }

        await startupCheck.StopAsync(Stop);

        Assert.StartsWith("Error: Mastodon: ", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    private async Task<DateTimeOffset?> LeasedUntilAsync()
    {
        var rows = await _database.ReadAsync(
            session =>
                session.QueryAsync(
                    "SELECT lease_until FROM senders",
                    reader => (DateTimeOffset?)reader.GetMoment(0),
                    Stop
                ),
            Stop
        );
        return rows.SingleOrDefault();
    }

    private SenderLease Lease(TimeSpan length, LogLines<SenderLease>? log = null) =>
        new(
            new SenderRows(_database),
            new SenderAccounts(["mastodon:1"]),
            new DeliverySettings { SenderLease = length },
            Clocks,
            new Random(1),
            log ?? new LogLines<SenderLease>()
        );

    private MastodonStartupCheck CreateStartupCheck(
        FakeMastodon mastodon,
        TestCatalogue catalogue,
        LogLines<MastodonStartupCheck> log,
        PlatformConnections connections
    )
    {
        BotSettings settings = new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Mastodon = Some.Mastodon(),
        };
        InstanceLimits limits = new();
        return new MastodonStartupCheck(
            new AccountCheck(
                mastodon,
                limits,
                new MastodonRenderer(settings.MastodonPosts, limits, () => Some.Author),
                catalogue.Live,
                settings,
                Clocks
            ),
            Clocks,
            log,
            connections
        );
    }
}
