using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Places;
using Serge.Bot.Rendering;
using Serge.Bot.Storage;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Schedules;

public sealed class SchedulerTests : IAsyncLifetime
{
    private readonly TestCatalogue _catalogue = new();
    private readonly FakeTimeProvider _calendar = new(Some.At("2027-02-01 00:00"));
    private Database _database = null!;
    private Ledger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await Database.OpenAsync(":memory:", Stop);
        _ledger = new Ledger(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task PlanDue_WhenItsTimeComes_PutsOneRenderedPostPerDestinationIntoTheLedger()
    {
        var scheduler = Scheduler(Some.Schedule(to: ["mastodon"]));
        await AtAsync(scheduler, "2027-02-01 08:59");
        Assert.Empty(await PostsAsync());

        await AtAsync(scheduler, "2027-02-01 09:00");
        await AtAsync(scheduler, "2027-02-01 09:01");

        var post = Assert.Single(await PostsAsync());
        Assert.Equal((PostState.Planned, Some.At("2027-02-01 09:00")), (post.State, post.Occurrence));
        Assert.Contains("— Victor Serge", post.Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanDue_ThreeQuotationsOverThreeDays_UsesEachOnce()
    {
        var scheduler = Scheduler(Some.Schedule());
        for (var day = 0; day <= 3; day++)
        {
            await AtAsync(scheduler, Some.At("2027-02-01 00:00").AddDays(day));
            await AtAsync(scheduler, Some.At("2027-02-01 09:00").AddDays(day));
        }

        var items = (await PostsAsync()).Select(post => Assert.Single(post.Items)).ToArray();
        Assert.Equal(4, items.Length);
        Assert.Equal(3, items.Take(3).Distinct().Count());
        Assert.NotEqual(items[0], items[1]);
    }

    [Fact]
    public async Task PlanDue_OnADayWithoutEvents_WritesDownThatThereIsNothingToSay()
    {
        var scheduler = Scheduler(Some.Schedule("0 9 * * *", content: ScheduleContent.OnThisDay));
        await AtAsync(scheduler, "2027-02-02 00:00");
        await AtAsync(scheduler, "2027-02-02 09:00");

        var post = Assert.Single(await PostsAsync());
        Assert.Equal((PostState.Cancelled, "No event is dated to 2 February."), (post.State, post.Reason));
    }

    [Fact]
    public async Task PlanDue_OnADayWithoutEvents_FallsBackToAQuotationWhereTheScheduleSaysSo()
    {
        var scheduler = Scheduler(Some.Schedule("0 9 * * *", content: ScheduleContent.OnThisDayOrQuote));
        await AtAsync(scheduler, "2027-02-02 00:00");
        await AtAsync(scheduler, "2027-02-02 09:00");

        Assert.Contains("— Victor Serge", Assert.Single(await PostsAsync()).Payload!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanDue_AfterARestart_PlansNothingTwice()
    {
        await AtAsync(Scheduler(Some.Schedule()), "2027-02-01 00:00");
        await AtAsync(Scheduler(Some.Schedule()), "2027-02-01 09:00");
        await AtAsync(Scheduler(Some.Schedule()), "2027-02-01 09:00");

        Assert.Single(await PostsAsync());
    }

    [Fact]
    public async Task PlanDue_AfterALongOutage_SaysWhichPostsWereMissed()
    {
        var scheduler = Scheduler(Some.Schedule());
        await AtAsync(scheduler, "2027-02-01 00:00");
        await AtAsync(scheduler, "2027-02-04 20:00");

        Assert.All(await PostsAsync(), post => Assert.Equal(PostState.Missed, post.State));
        Assert.Equal(4, (await PostsAsync()).Count);
    }

    [Fact]
    public async Task PlanDue_WhenTheClockJumpedAheadAndBack_PostsTheDayAfterAll()
    {
        var scheduler = Scheduler(Some.Schedule());
        await AtAsync(scheduler, "2027-02-01 00:00");
        await AtAsync(scheduler, "2027-06-01 20:00"); // a clock gone wrong
        await AtAsync(scheduler, "2027-02-01 08:00"); // and mended
        await AtAsync(scheduler, "2027-02-01 09:00");

        Assert.Equal(
            PostState.Planned,
            (await PostsAsync()).Single(post => post.Occurrence == Some.At("2027-02-01 09:00")).State
        );
    }

    [Fact]
    public async Task PlanDue_ForAPlatformThatIsOff_PlansNothingThere()
    {
        var scheduler = Scheduler(Some.Schedule(to: ["mastodon", "discord:1"]));
        await AtAsync(scheduler, "2027-02-01 00:00");
        await AtAsync(scheduler, "2027-02-01 09:00");

        Assert.Equal("mastodon", Assert.Single(await PostsAsync()).Destination.ToString());
    }

    private Scheduler Scheduler(params Schedule[] schedules)
    {
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Schedules = schedules,
        };
        var clocks = new Clocks(_calendar, _calendar);
        var poster = new Poster(null, new FakeMastodon());
        var writer = new PostWriter(
            _ledger,
            _catalogue.Live,
            new PostPlanner(new PostRenderer(settings, new InstanceLimits()), settings),
            new Random(1)
        );
        var places = new PlaceScheduler(
            new PlaceStore(_database),
            writer,
            poster,
            settings,
            clocks,
            new PlanningLog(NullLogger<PlanningLog>.Instance),
            NullLogger<PlaceScheduler>.Instance
        );
        return new Scheduler(
            settings,
            _ledger,
            writer,
            places,
            poster,
            new InstanceLimits(),
            clocks,
            new PlanningLog(NullLogger<PlanningLog>.Instance),
            NullLogger<Scheduler>.Instance
        );
    }

    private Task AtAsync(Scheduler scheduler, string utc) => AtAsync(scheduler, Some.At(utc));

    private Task AtAsync(Scheduler scheduler, DateTimeOffset now)
    {
        _calendar.AdjustTime(now);
        return scheduler.PlanDueAsync(Stop);
    }

    private async Task<IReadOnlyList<Post>> PostsAsync() => [.. (await _ledger.RecentAsync(1000, Stop)).Reverse()];
}
