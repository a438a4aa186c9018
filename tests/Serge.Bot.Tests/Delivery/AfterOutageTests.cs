using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Delivery;

/// <summary>The platform was unavailable to a running worker for minutes: followers receive no burst of posts
/// afterwards.</summary>
public sealed class AfterOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly TestCatalogue _catalogue = new();
    private readonly FakeMastodon _mastodon = new();
    private readonly List<DateTimeOffset> _sent = [];
    private Database _database = null!;
    private Ledger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Clocks Clocks => new(_time, _time);

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        _ledger = new Ledger(_database);
        CountSends();
    }

    public async ValueTask DisposeAsync()
    {
        _catalogue.Dispose();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(10 * 60)]
    [InlineData((10 * 60) + 50)] // shortly before the next occurrence
    [InlineData((10 * 60) + 59)]
    public async Task AScheduleOfEveryMinute_PostsItsNewestOccurrenceOnly(int outage)
    {
        var schedule = Some.Schedule("* * * * *") with { To = [Destinations.Mastodon] };

        await RunAsync(outage, outage + 240, schedule);

        AssertNoBurst(expected: 4);
        var missed = await GetAsync(PostState.Missed);
        Assert.InRange(missed.Count, 9, 11);
        Assert.All(
            missed,
            post =>
                Assert.StartsWith(
                    "A newer post of the same schedule replaced it",
                    post.Reason,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task SeveralSchedules_PostOneAMinute()
    {
        var schedules = Enumerable
            .Range(0, 4)
            .Select(n =>
                Some.Schedule("1 12 * * *") with
                {
                    Id = ScheduleId.OfOperator($"s{n}"),
                    To = [Destinations.Mastodon],
                }
            );

        await RunAsync(outage: 300, seconds: 900, [.. schedules]);

        AssertNoBurst(expected: 4);
        Assert.Empty(await GetAsync(PostState.Missed));
    }

    [Fact]
    public async Task ThePause_SurvivesARestart()
    {
        await PlanAsync("first", Some.Noon.AddHours(-1));
        await PlanAsync("second", Some.Noon.AddHours(-1));
        await TickAsync(Worker());
        await TickAsync(Worker());
        Assert.Single(_sent);
        // It is not due earlier, so that it is not read again at every poll.
        Assert.Equal(_sent[0] + Interval, Assert.Single(await GetAsync(PostState.Planned)).NotBefore);

        _time.Advance(Interval);
        await TickAsync(Worker());

        AssertNoBurst(expected: 2);
    }

    [Fact]
    public async Task PostsThatAreOnTime_DoNotWaitForEachOther()
    {
        await PlanAsync("first", Some.Noon);
        await PlanAsync("second", Some.Noon);

        await TickAsync(Worker());
        await TickAsync(Worker());

        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public async Task AnUnknownPostThatALookupDoesNotFind_IsReplacedToo()
    {
        await PlanAsync("morning", Some.Noon.AddMinutes(-1));
        _mastodon.OnSend = _ => new SendOutcome.Unknown("lost");
        var worker = Worker();
        await TickAsync(worker);
        await PlanAsync("morning", Some.Noon);
        CountSends();
        for (var second = 0; second < 120; second++)
        {
            await TickAsync(worker);
        }

        Assert.Single(_sent);
        Assert.Equal(Some.Noon, Assert.Single(await GetAsync(PostState.Sent)).Occurrence);
        Assert.Equal(Some.Noon.AddMinutes(-1), Assert.Single(await GetAsync(PostState.Missed)).Occurrence);
    }

    private async Task RunAsync(int outage, int seconds, params Schedule[] schedules)
    {
        var targets = TestEngine.Targets(null, _mastodon, account: Some.Mastodon() with { PostsPerDay = 1000 });
        var scheduler = TestEngine.Scheduler(_ledger, _catalogue.Live, targets, Clocks, schedules);
        var worker = Worker(targets);
        _mastodon.OnSend = _ => new SendOutcome.Unavailable("down");
        for (var second = 0; second < seconds; second++)
        {
            if (second == outage)
            {
                CountSends();
            }

            await scheduler.PlanDueAsync(Stop);
            await TickAsync(worker);
        }
    }

    private void CountSends() =>
        _mastodon.OnSend = _ =>
        {
            _sent.Add(_time.GetUtcNow());
            return new SendOutcome.Sent($"{_sent.Count}", null);
        };

    private async Task TickAsync(DeliveryWorker worker)
    {
        await worker.DeliverDueAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    private void AssertNoBurst(int expected)
    {
        Assert.InRange(_sent.Count, expected - 1, expected + 1);
        Assert.All(_sent.Zip(_sent.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Interval, $"{pair}"));
    }

    private Task PlanAsync(string schedule, DateTimeOffset occurrence)
    {
        var post = Some.Post($"{schedule} {occurrence:t}", occurrence: occurrence) with
        {
            Schedule = ScheduleId.OfOperator(schedule),
        };
        return _ledger.PlanAsync(schedule, mark: null, [post], Stop);
    }

    private async Task<IReadOnlyList<Post>> GetAsync(PostState state) =>
        [.. (await _ledger.GetRecentAsync(1000, Stop)).Where(post => post.State == state)];

    private DeliveryWorker Worker(PublishTargets? targets = null) =>
        TestEngine.Worker(
            _ledger,
            targets ?? TestEngine.Targets(null, _mastodon),
            new DeliverySettings(),
            Clocks,
            new Random(1),
            NullLogger<DeliveryWorker>.Instance
        );
}
