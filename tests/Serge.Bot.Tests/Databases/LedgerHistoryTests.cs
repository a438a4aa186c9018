using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace Serge.Bot.Tests.Databases;

/// <summary>The ledger keeps every post. The worker's regular queries must not become slower because of it.</summary>
public sealed class LedgerHistoryTests : IAsyncLifetime
{
    /// <summary>SQLite reports after this number of instructions of its virtual machine.</summary>
    private const int Granularity = 50;

    private static readonly DateTimeOffset Now = Some.Noon;

    private readonly FakeTimeProvider _time = new(Now);
    private readonly TestCatalogue _catalogue = new();
    private Database _database = null!;
    private int _work;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Clocks Clocks => new(_time, _time);

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        await _database.ReadAsync(
            session =>
            {
                var handle = ((SqliteConnection)session.Connection).Handle;
                raw.sqlite3_progress_handler(handle, Granularity, Count, null);
                return Task.FromResult(0);
            },
            Stop
        );
    }

    public ValueTask DisposeAsync()
    {
        _catalogue.Dispose();
        return _database.DisposeAsync();
    }

    [Theory]
    [InlineData("deliveries, each second")]
    [InlineData("follow-ups, each second")]
    [InlineData("report for health, each second")]
    [InlineData("wrong times, each minute")]
    [InlineData("alerts, each minute")]
    [InlineData("failures to report, each minute")]
    [InlineData("schedules of servers, each second")]
    public async Task Work_WithALongHistory_CostsWhatItCostsWithAShortOne(string what)
    {
        await AddHistoryAsync(1, 100);
        var few = await MeasureAsync(what);

        await AddHistoryAsync(101, 5000);
        var many = await MeasureAsync(what);

        Assert.InRange(many, 0, few + 5);
    }

    /// <summary>Failures that an operator has dismissed are not read again.</summary>
    [Theory]
    [InlineData("report for health, each second")]
    [InlineData("failures to report, each minute")]
    public async Task Work_WithManyDismissedFailures_CostsWhatItCostsWithFew(string what)
    {
        OperatorLedger operators = new(_database);
        await AddHistoryAsync(1, 100, "refused");
        Assert.Equal(100, await operators.DismissAllAsync(Now, Stop));
        var few = await MeasureAsync(what);

        await AddHistoryAsync(101, 5000, "refused");
        Assert.Equal(4900, await operators.DismissAllAsync(Now, Stop));
        var many = await MeasureAsync(what);

        Assert.InRange(many, 0, few + 5);
    }

    /// <summary>Posts to many channels that are due in one minute are read in batches.</summary>
    [Fact]
    public async Task Due_OfManyPostsOfOneMinute_CostsWhatIsRead()
    {
        Ledger ledger = new(_database);
        await AddHistoryAsync(1, 200, "planned");
        var few = await MeasureAsync(() => ledger.GetDueAsync(Now, Now, 100, Stop));

        await AddHistoryAsync(201, 5000, "planned");
        var many = await MeasureAsync(() => ledger.GetDueAsync(Now, Now, 100, Stop));

        Assert.InRange(many, 0, few + 5);
    }

    /// <summary>Schedules of many servers that are due in one minute are planned in batches.</summary>
    [Fact]
    public async Task Due_OfManySchedulesOfOneMinute_CostsWhatIsRead()
    {
        GuildStore guilds = new(_database);
        await AddHistoryAsync(1, 200);
        var few = await MeasureAsync(() => guilds.GetDueAsync(Now.AddDays(1), 100, Stop));

        await AddHistoryAsync(201, 5000);
        var many = await MeasureAsync(() => guilds.GetDueAsync(Now.AddDays(1), 100, Stop));

        Assert.InRange(many, 0, few + 5);
    }

    private Task<int> MeasureAsync(string what)
    {
        Ledger ledger = new(_database);
        OperatorLedger operators = new(_database);
        var targets = TestEngine.Targets(new FakeServers(), null);
        DeliverySettings settings = new();
        switch (what.Split(',')[0])
        {
            case "deliveries":
                var log = NullLogger<DeliveryWorker>.Instance;
                var worker = TestEngine.Worker(ledger, targets, settings, Clocks, new Random(1), log);
                return MeasureAsync(() => worker.DeliverDueAsync(Stop));
            case "follow-ups":
                return MeasureAsync(() => new FollowUpRows(_database).GetDueAsync(Now, 100, Stop));
            case "report for health":
                return MeasureAsync(() => DeliveryReport.ReadAsync(operators, Now, Stop));
            case "wrong times":
                var rules = new PostingMomentRules(settings).Get(Now, Now).Concat(new GuildMomentRules().Get(Now, Now));
                return MeasureAsync(() => new StoredMoments(_database).CorrectAsync(rules, Stop));
            case "schedules of servers":
                var scheduler = TestEngine.GuildScheduler(new GuildStore(_database), ledger, _catalogue.Live, Clocks);
                return MeasureAsync(() => scheduler.PlanDueAsync(Stop));
            case "alerts":
                return MeasureAsync(() => operators.GetAlertsAsync(Now.AddDays(-1), Stop));
            default:
                return MeasureAsync(() => operators.GetUnalertedAsync(Now, Now.AddDays(-7), 100, Stop));
        }
    }

    /// <returns>In units of <see cref="Granularity"/> instructions.</returns>
    private async Task<int> MeasureAsync(Func<Task> work)
    {
        await work();
        _work = 0;
        await work();
        return _work;
    }

    private int Count(object user)
    {
        _work++;
        return 0;
    }

    /// <summary>Servers with a schedule that is due tomorrow, and one post of each, most of them sent.</summary>
    private async Task AddHistoryAsync(int first, int last, string state = "sent")
    {
        await InsertAsync("INSERT INTO guilds (guild) SELECT n FROM numbers", first, last, state);
        await InsertAsync(
            """
            INSERT INTO guild_schedules (guild, name, channel, time, days, content, next_due)
            SELECT n, 'morning', n, 540, 127, 'quote', @at + 86400000 FROM numbers
            """,
            first,
            last,
            state
        );
        await InsertAsync(
            """
            INSERT INTO posts (key, owner, schedule, kind, occurrence, destination, state, items, deadline,
                not_before, attempts, lookups, misses, needs_operator, copy_check_pending, last_attempt_at)
            SELECT 'key-' || n, 'guild:' || n, 'morning', 'scheduled', @at, 'discord:' || n,
                CASE WHEN @state = 'sent' AND n % 5 = 0 THEN 'cancelled' ELSE @state END, '', @at,
                @at, 1, 0, 0, 0, 0, @at
            FROM numbers
            """,
            first,
            last,
            state
        );
    }

    private Task<int> InsertAsync(string insert, int first, int last, string state)
    {
        var sql =
            "WITH RECURSIVE numbers(n) AS (SELECT @first UNION ALL SELECT n + 1 FROM numbers WHERE n < @last) "
            + insert;
        return _database.WriteAsync(
            session =>
                session.ExecuteAsync(
                    sql,
                    Stop,
                    ("@first", first),
                    ("@last", last),
                    ("@state", state),
                    ("@at", Now.AddMinutes(-1).ToUnixTimeMilliseconds())
                ),
            Stop
        );
    }
}
