using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Health;

/// <summary>The report of <c>/health/ready</c>, from a ledger, quote files and connections.</summary>
public sealed class HealthReaderTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Started = Some.At("2030-01-01 00:00");

    private readonly TestCatalogue _catalogue = new();
    private readonly FakeTimeProvider _schedule = new(Some.Noon);
    private readonly FakeTimeProvider _system = new(Started);
    private readonly FakeMastodon _mastodon = new();
    private readonly StoppableLifetime _lifetime = new();
    private readonly List<IDisposable> _owned = [];
    private Database _database = null!;
    private PlatformConnections _connections = null!;
    private SenderLease _lease = null!;
    private BotSettings _settings = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Clocks Clocks => new(_schedule, _system);

    private string LedgerPath => Path.Combine(_catalogue.Home, "serge.db");

    public async ValueTask InitializeAsync()
    {
        _connections = new PlatformConnections(Clocks);
        _settings = TestEngine.Settings() with
        {
            LedgerPath = LedgerPath,
            Mastodon = Some.Mastodon(),
            Discord = Some.Discord(),
            Schedules =
            [
                Some.Schedule("0 15 * * *", to: ["mastodon"], name: "late"),
                Some.Schedule("0 14 * * *", to: ["mastodon"], name: "early"),
                Some.Schedule("0 16 * * *", to: ["discord:7", "mastodon"], name: "both"),
            ],
        };
        _database = await LedgerDatabase.OpenAsync(_settings, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        _owned.ForEach(one => one.Dispose());
        _lifetime.Dispose();
        await _database.DisposeAsync();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task Ready_ReportsBothPlatformsAndTheLedger()
    {
        var reader = await CreateReaderAsync();
        Connect();
        await AddAsync(
            Some.Post("a", PostState.Sent, occurrence: Some.At("2027-02-01 08:00")),
            Some.Post("b", PostState.Sent, occurrence: Some.At("2027-02-01 09:00")),
            Some.Post("c", PostState.Sent, "discord:7", Some.At("2027-02-01 07:00")),
            Some.Post("d", PostState.Refused, occurrence: Some.At("2027-02-01 10:00")) with
            {
                Schedule = ScheduleId.OfOperator("other"),
                Reason = "x",
            },
            Some.Post("e", occurrence: Some.Noon) with
            {
                Schedule = ScheduleId.OfOperator("due"),
            },
            Some.Post("f", occurrence: Some.Noon.AddHours(1)) with
            {
                Schedule = ScheduleId.OfOperator("not due"),
            }
        );

        var report = await reader.ReadyAsync(Stop);

        Assert.Equal(
            [
                new PlatformHealth(
                    "discord",
                    true,
                    Started.AddMinutes(1),
                    Some.At("2027-02-01 07:00"),
                    Some.At("2027-02-01 16:00")
                ),
                new PlatformHealth(
                    "mastodon",
                    true,
                    Started.AddMinutes(1),
                    Some.At("2027-02-01 09:00"),
                    Some.At("2027-02-01 14:00")
                ),
            ],
            report.Platforms
        );
        Assert.Equal(
            (HealthStatus.Degraded, WorkerRole.Sender, Started, 1, 1, true),
            (report.Status, report.Role, report.StartedAt, report.Waiting, report.Failed, report.Ledger.Works)
        );
        Assert.Equal(["There are failed posts; see serge deliveries --failed."], report.Problems);
    }

    [Fact]
    public async Task Ready_AfterTheFailedPostWasDismissed_IsHealthy()
    {
        var reader = await CreateReaderAsync();
        Connect();
        await AddAsync(Some.Post("missed", PostState.Missed, occurrence: Some.At("2027-02-01 10:00")));
        await new OperatorLedger(_database).DismissAsync(["missed"], Some.Noon, Stop);

        var report = await reader.ReadyAsync(Stop);

        Assert.Equal((HealthStatus.Healthy, 0), (report.Status, report.Failed));
        Assert.Empty(report.Problems);
    }

    [Fact]
    public async Task Ready_WithAPostThatWaitsForAnotherAttempt_IsDegradedAndCountsIt()
    {
        var reader = await CreateReaderAsync();
        Connect();
        var post = Some.Post(occurrence: Some.At("2027-02-01 09:00")) with
        {
            NotBefore = Started.AddDays(1),
            Reason = "The server does not accept the access token (HTTP 401).",
        };
        await new Ledger(_database).PlanAsync("morning", mark: null, [post], Stop);

        var report = await reader.ReadyAsync(Stop);

        Assert.Equal((HealthStatus.Degraded, 1, 0), (report.Status, report.Waiting, report.Failed));
        Assert.Equal(["Posts to Mastodon are due and not sent; see serge status."], report.Problems);
    }

    [Fact]
    public async Task Ready_WithoutProblems_IsHealthy()
    {
        var reader = await CreateReaderAsync();
        Connect();

        var report = await reader.ReadyAsync(Stop);

        Assert.Equal((HealthStatus.Healthy, 0, 0), (report.Status, report.Waiting, report.Failed));
        Assert.Empty(report.Problems);
        Assert.All(report.Platforms, platform => Assert.Null(platform.LastPost));
    }

    [Fact]
    public async Task Ready_DoesNotCountAlertsAsPosts()
    {
        var reader = await CreateReaderAsync();
        await AddAsync(
            Some.Post("a", PostState.Sent, occurrence: Some.Noon) with
            {
                Kind = PostKind.Alert,
            },
            Some.Post("b", PostState.Refused, occurrence: Some.Noon) with
            {
                Schedule = ScheduleId.OfOperator("other"),
            }
        );

        Assert.All((await reader.ReadyAsync(Stop)).Platforms, platform => Assert.Null(platform.LastPost));
    }

    [Fact]
    public async Task Ready_WithScheduleOfAServer_CountsItForDiscordOnly()
    {
        var reader = await CreateReaderAsync();
        await new GuildStore(_database).SetUpAsync(
            Some.Noon,
            zone: null,
            SampleGuild.Schedule(name: "soon", time: "13:00"),
            SampleGuild.Schedule(name: "later", time: "13:30")
        );

        Assert.Equal(
            [Some.At("2027-02-01 13:00"), Some.At("2027-02-01 14:00")],
            (await reader.ReadyAsync(Stop)).Platforms.Select(platform => platform.NextPost)
        );
    }

    [Fact]
    public async Task Ready_BeforeTheFirstConnection_IsUnhealthyWithAProblemPerPlatform()
    {
        var report = await (await CreateReaderAsync()).ReadyAsync(Stop);

        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Equal(["Discord has not been connected yet.", "Mastodon has not been connected yet."], report.Problems);
        Assert.All(report.Platforms, platform => Assert.Null(platform.Connected));
    }

    [Fact]
    public async Task Ready_WithOnePlatform_ReportsThatOne()
    {
        _settings = _settings with { Discord = null };

        Assert.Equal(
            "mastodon",
            Assert.Single((await (await CreateReaderAsync()).ReadyAsync(Stop)).Platforms).Platform
        );
    }

    /// <summary>Each row: which worker holds the lease, whether interactions arrive over HTTP, the role, and whether a
    /// missing connection to Discord is a problem.</summary>
    [Theory]
    [InlineData("this worker", false, nameof(WorkerRole.Sender), true)]
    [InlineData("another", false, nameof(WorkerRole.Standby), false)]
    [InlineData("another", true, nameof(WorkerRole.Standby), true)]
    [InlineData("nobody", false, nameof(WorkerRole.None), false)]
    public async Task Ready_OfSeveralWorkers_HasTheRoleOfThisOne(
        string holder,
        bool isOverHttp,
        string role,
        bool isWanted
    )
    {
        _settings = _settings with { Discord = _settings.Discord! with { InteractionsOverHttp = isOverHttp } };
        if (holder == "another")
        {
            await new SenderRows(_database).TryAcquireAsync(
                SenderAccountNames.Create(_settings).Names,
                "host/1/x",
                Started,
                Started.AddMinutes(1),
                Stop
            );
        }

        var reader = await CreateReaderAsync(holdsLease: holder != "nobody");
        _connections.Mastodon.MarkConnected();

        var report = await reader.ReadyAsync(Stop);

        Assert.Equal(role, report.Role.ToString());
        Assert.Equal(isWanted, report.Problems.Contains("Discord has not been connected yet.", StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ready_WhenTheLedgerCannotBeRead_IsUnhealthyAndOmitsWhatIsUnknown()
    {
        var reader = await CreateReaderAsync();
        Connect();
        await using (var drop = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={LedgerPath};Pooling=False"))
        {
            await drop.OpenAsync(Stop);
            await using var command = drop.CreateCommand();
            command.CommandText = "ALTER TABLE guild_schedules RENAME TO renamed";
            await command.ExecuteNonQueryAsync(Stop);
        }

        var report = await reader.ReadyAsync(Stop);

        Assert.Equal(
            (HealthStatus.Unhealthy, false, null, null),
            (report.Status, report.Ledger.Works, report.Waiting, report.Failed)
        );
        Assert.Equal(["The ledger cannot be used, so nothing is planned or posted; see the log."], report.Problems);
        Assert.Equal(
            [(null, Some.At("2027-02-01 16:00")), (null, Some.At("2027-02-01 14:00"))],
            report.Platforms.Select(platform => (platform.LastPost, platform.NextPost!.Value))
        );
    }

    [Fact]
    public async Task Ready_WithInvalidQuoteFiles_ReportsTheServedOnesAndTheErrors()
    {
        var reader = await CreateReaderAsync();
        Connect();
        _catalogue.Write("quotes.yaml", "- id: a\n  text: \"Totalitarianism is within us!\"\n- id: b\n");
        _catalogue.Live.Reload();

        var catalogue = (await reader.ReadyAsync(Stop)).Catalogue;

        Assert.Equal((3, 3), (catalogue.Quotes, catalogue.Events));
        Assert.NotNull(catalogue.RefusedSince);
        Assert.Equal(
            _catalogue.Live.Problems.Count(problem => problem.Severity == ProblemSeverity.Error),
            catalogue.Errors
        );
        Assert.NotEqual(0, catalogue.Errors);
    }

    [Fact]
    public async Task Ready_WhenPolicyChecksBlockPosts_IsDegraded()
    {
        _settings = _settings with { Mastodon = _settings.Mastodon! with { EnforcesPolicyChecks = true } };
        var limits = new InstanceLimits();
        AccountCheck check = new(
            _mastodon,
            limits,
            new MastodonRenderer(_settings.MastodonPosts, limits, () => Some.Author),
            _catalogue.Live,
            _settings,
            Clocks
        );
        var reader = await CreateReaderAsync(check: check);
        Connect();

        Assert.Equal(HealthStatus.Degraded, (await reader.ReadyAsync(Stop)).Status);

        await check.RunAsync(Stop);
        _system.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HealthStatus.Healthy, (await reader.ReadyAsync(Stop)).Status);
    }

    [Fact]
    public async Task Ready_WithinOneSecond_ReturnsTheSameReport()
    {
        var reader = await CreateReaderAsync();
        var first = await reader.ReadyAsync(Stop);
        _connections.Discord.MarkConnected();
        _connections.Mastodon.MarkConnected();

        _system.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Same(first, await reader.ReadyAsync(Stop));

        _system.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HealthStatus.Healthy, (await reader.ReadyAsync(Stop)).Status);
    }

    [Fact]
    public async Task Ready_WhenStopping_ReportsItImmediately()
    {
        var reader = await CreateReaderAsync();
        Connect();
        await reader.ReadyAsync(Stop);

        _lifetime.StopApplication();

        Assert.Equal(["The worker is stopping."], (await reader.ReadyAsync(Stop)).Problems);
    }

    /// <summary>On the clock of this test the query takes 100 ms, so it is repeated after 10 s. The reads before and
    /// after it take 200 ms.</summary>
    [Theory]
    [InlineData(9799, false)]
    [InlineData(9800, true)]
    public async Task Ready_AfterASlowQueryOfTheLastPosts_RepeatsItAfterAHundredTimesItsDuration(
        int milliseconds,
        bool isRepeated
    )
    {
        var reader = await CreateReaderAsync(system: new SlowTime(_system, TimeSpan.FromMilliseconds(50)));
        await reader.ReadyAsync(Stop);
        await AddAsync(Some.Post("a", PostState.Sent));

        _system.Advance(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(
            isRepeated,
            (await reader.ReadyAsync(Stop)).Platforms.Any(platform => platform.LastPost == Some.Noon)
        );
    }

    [Fact]
    public async Task Ready_WithConcurrentRequests_ReadsOnce()
    {
        var reader = await CreateReaderAsync();

        // The database serves one reader at a time, so all of them wait.
        TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = _database.ReadAsync(
            async _ =>
            {
                await released.Task;
                return true;
            },
            Stop
        );
        var asked = Enumerable.Range(0, 10).Select(_ => reader.ReadyAsync(Stop)).ToArray();
        released.SetResult();
        await busy;
        var reports = await Task.WhenAll(asked);

        Assert.All(reports, report => Assert.Same(reports[0], report));
    }

    [Fact]
    public async Task Live_HasTheTimeOfTheStart() =>
        Assert.Equal(
            new LiveReport(HealthStatus.Healthy, ProgramVersion.Text, Started),
            (await CreateReaderAsync()).Live
        );

    private void Connect()
    {
        _system.Advance(TimeSpan.FromMinutes(1));
        _connections.Discord.MarkConnected();
        _connections.Mastodon.MarkConnected();
        _lease.RenewAsync(Stop).GetAwaiter().GetResult();
    }

    private async Task AddAsync(params Post[] posts)
    {
        Ledger ledger = new(_database);
        foreach (var post in posts)
        {
            Assert.Single(await ledger.PlanAsync(post.Schedule.Name, mark: null, [post], Stop));
        }
    }

    private async Task<HealthReader> CreateReaderAsync(
        bool holdsLease = true,
        AccountCheck? check = null,
        TimeProvider? system = null
    )
    {
        SenderRows senders = new(_database);
        var accounts = SenderAccountNames.Create(_settings);
        _lease = new SenderLease(
            senders,
            accounts,
            _settings.Delivery,
            Clocks,
            new Random(1),
            NullLogger<SenderLease>.Instance
        );
        if (holdsLease)
        {
            await _lease.RenewAsync(Stop);
        }

        HealthReader reader = new(
            _settings,
            senders,
            accounts,
            new OperatorLedger(_database),
            new GuildStore(_database),
            _catalogue.Live,
            _connections,
            check is null ? [] : [check],
            _lease,
            new Clocks(_schedule, system ?? _system),
            _lifetime
        );
        _owned.AddRange([_lease, reader]);
        return reader;
    }

    /// <summary>A clock that advances whenever a timestamp is read.</summary>
    private sealed class SlowTime(FakeTimeProvider inner, TimeSpan step) : TimeProvider
    {
        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override long GetTimestamp()
        {
            inner.Advance(step);
            return inner.GetTimestamp();
        }
    }
}

/// <summary>A host lifetime that a test starts and stops.</summary>
internal sealed class StoppableLifetime : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource _started = new();
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken ApplicationStarted => _started.Token;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void Start() => _started.Cancel();

    public void StopApplication() => _stopping.Cancel();

    public void Dispose()
    {
        _started.Dispose();
        _stopping.Dispose();
    }
}
