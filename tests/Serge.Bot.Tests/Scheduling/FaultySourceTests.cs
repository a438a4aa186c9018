namespace Serge.Bot.Tests.Scheduling;

/// <summary>An exception in one schedule or one source of schedules does not affect the others.</summary>
public sealed class FaultySourceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(Some.At("2027-02-01 08:00"));
    private readonly TestCatalogue _catalogue = new();
    private readonly LogLines<PlanningLog> _log = new();
    private Database _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestEngine.OpenDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task PlanDue_WithAScheduleThatThrows_PlansTheOthersAndLogsItOnce()
    {
        Schedule broken = Some.Schedule(name: "broken") with { Cron = "not a cron expression" };
        var scheduler = CreateScheduler([broken, Some.Schedule(name: "good")]);
        await scheduler.PlanDueAsync(Stop);
        _clock.Advance(TimeSpan.FromHours(2));

        await scheduler.PlanDueAsync(Stop);

        var post = Assert.Single(await new Ledger(_database).GetRecentAsync(10, Stop));
        Assert.Equal("good", post.Schedule.Name);
        var line = Assert.Single(_log.Lines, line => line.StartsWith("Error: ", StringComparison.Ordinal));
        Assert.StartsWith("Error: Planning broken failed; retrying every second: ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanDue_WithASourceThatThrows_PlansTheOthersAndThrowsAtTheEnd()
    {
        var scheduler = CreateScheduler([Some.Schedule()], new BrokenSource());
        await Assert.ThrowsAsync<InvalidCastException>(() => scheduler.PlanDueAsync(Stop));
        _clock.Advance(TimeSpan.FromHours(2));

        await Assert.ThrowsAsync<InvalidCastException>(() => scheduler.PlanDueAsync(Stop));

        Assert.Single(await new Ledger(_database).GetRecentAsync(10, Stop));
    }

    [Fact]
    public async Task Run_OfALoopWhoseWorkThrows_ReportsItOnceInOneLineAndContinues()
    {
        List<string> reported = [];
        LedgerLoop loop = new(TimeSpan.FromSeconds(1), _clock, reported.Add);

        for (var run = 0; run < 3; run++)
        {
            await loop.TryAsync(() => throw new InvalidCastException("One\nline."), Stop);
        }

        var line = Assert.Single(reported);
        Assert.StartsWith("unhandled exception InvalidCastException: One line. at ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfALoopWhoseWorkThrowsWhileTheBotStops_ReportsItAndEndsAsCancelled()
    {
        using CancellationTokenSource stop = new();
        List<string> reported = [];
        LedgerLoop loop = new(TimeSpan.FromSeconds(1), _clock, reported.Add);

        var run = loop.RunAsync(
            async _ =>
            {
                await stop.CancelAsync();
                throw new LedgerException("The ledger cannot be read.");
            },
            stop.Token
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(["The ledger cannot be read."], reported);
    }

    [Fact]
    public async Task Run_OfALoopWhoseWorkIsCancelled_ReportsNothing()
    {
        using CancellationTokenSource stop = new();
        List<string> reported = [];
        LedgerLoop loop = new(TimeSpan.FromSeconds(1), _clock, reported.Add);

        var run = loop.RunAsync(
            async stopping =>
            {
                await stop.CancelAsync();
                stopping.ThrowIfCancellationRequested();
            },
            stop.Token
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(reported);
    }

    private Scheduler CreateScheduler(IReadOnlyList<Schedule> schedules, IScheduleSource? others = null) =>
        TestEngine.Scheduler(
            new Ledger(_database),
            _catalogue.Live,
            TestEngine.Targets(null, new FakeMastodon()),
            new Clocks(_clock, _clock),
            schedules,
            planned: _log,
            others: others
        );

    private sealed class BrokenSource : IScheduleSource
    {
        public Task PlanDueAsync(CancellationToken cancellationToken) => throw new InvalidCastException("A bug.");
    }
}
