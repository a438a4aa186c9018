using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Delivery;

public sealed class DeliveryWorkerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _scheduleClock = new(Some.Noon);
    private readonly FakeTimeProvider _systemClock = new(Some.Noon);
    private readonly FakeMastodon _mastodon = new();
    private readonly DeliverySettings _settings = new();
    private Database _database = null!;
    private Ledger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        _ledger = new Ledger(_database);
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task DeliverDue_ADuePost_IsSentOnceAndRecorded()
    {
        await PlanAsync(Some.Post());

        await Worker().DeliverDueAsync(Stop);
        await Worker().DeliverDueAsync(Stop);

        Assert.Single(_mastodon.Posts);
        Assert.Equal((PostState.Sent, "1"), (await PostAsync()).Let(post => (post.State, post.RemoteId)));
    }

    [Fact]
    public async Task DeliverDue_ADuePost_MayBeSentUntilWellBeforeItsClaimEnds()
    {
        await PlanAsync(Some.Post());

        await Worker().DeliverDueAsync(Stop);

        var deadline = _mastodon.LastDeadline!;
        _systemClock.Advance((_settings.Lease * 0.75) - TimeSpan.FromTicks(1));
        Assert.False(deadline.HasPassed);
        _systemClock.Advance(TimeSpan.FromTicks(1));
        Assert.True(deadline.HasPassed);
    }

    [Fact]
    public async Task DeliverDue_BeforeItsTime_SendsNothing()
    {
        await PlanAsync(Some.Post(occurrence: Some.Noon.AddMinutes(1)));

        await Worker().DeliverDueAsync(Stop);

        Assert.Equal(0, _mastodon.Sends);
    }

    [Fact]
    public async Task DeliverDue_WhenStoppedAfterSending_StillRecordsTheOutcome()
    {
        using CancellationTokenSource stop = new();
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ =>
        {
            stop.Cancel();
            return new SendOutcome.Sent("42", null);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await Worker().DeliverDueAsync(stop.Token);
            stop.Token.ThrowIfCancellationRequested();
        });

        Assert.Equal((PostState.Sent, "42"), (await PostAsync()).Let(post => (post.State, post.RemoteId)));
    }

    [Fact]
    public async Task DeliverDue_WhenTheResponseIsLostAfterPosting_FindsThePostAndSendsNoSecond()
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = status =>
        {
            _mastodon.Publish("", status);
            return new SendOutcome.Unknown("the response was lost");
        };

        await Worker().DeliverDueAsync(Stop);
        Assert.Equal(PostState.Unknown, (await PostAsync()).State);
        await Worker().DeliverDueAsync(Stop);
        Assert.Equal(0, _mastodon.Lookups); // the server may still process the request

        _systemClock.Advance(TimeSpan.FromSeconds(10));
        await Worker().DeliverDueAsync(Stop);

        Assert.Single(_mastodon.Posts);
        Assert.Equal((1, 1), (_mastodon.Sends, _mastodon.Lookups));
        Assert.Equal(PostState.Sent, (await PostAsync()).State);
    }

    [Fact]
    public async Task DeliverDue_WhenTheRequestWasLost_LooksUpAndSendsAgainWithTheSameKey()
    {
        _mastodon.Capabilities = FakeMastodon.WithKeys;
        await PlanAsync(Some.Post("the-key"));
        _mastodon.OnSend = _ => _mastodon.Sends == 1 ? new SendOutcome.Unknown("the connection broke") : null;

        await Worker().DeliverDueAsync(Stop);
        _systemClock.Advance(TimeSpan.FromSeconds(10));
        await Worker().DeliverDueAsync(Stop);
        await Worker().DeliverDueAsync(Stop);

        Assert.Equal("the-key", Assert.Single(_mastodon.Posts).Key);
        Assert.Equal((2, 1), (_mastodon.Sends, _mastodon.Lookups));
    }

    [Fact]
    public async Task DeliverDue_WhenALookupIsInconclusive_SendsNothingAgain()
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ => new SendOutcome.Unknown("the connection broke");
        _mastodon.OnLookup = () => new LookupResult.Inconclusive("no permission to read");

        for (var minute = 0; minute < 24 * 60; minute += 5)
        {
            await Worker().DeliverDueAsync(Stop);
            _systemClock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(1, _mastodon.Sends);
        Assert.InRange(_mastodon.Lookups, 10, 40); // frequent at first, later hourly
        Assert.Contains("no permission to read", (await PostAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeliverDue_AfterACrashInTheMiddle_WaitsForTheLeaseThenLooksUpFirst()
    {
        var post = Some.Post();
        await PlanAsync(Transitions.Claim(post, "a worker that was killed", _systemClock.GetUtcNow(), _settings));
        _mastodon.Publish(post.Key, MastodonRenderer.ToStatus(post.Payload!)); // the post is published already

        _systemClock.Advance(TimeSpan.FromSeconds(119));
        await Worker().DeliverDueAsync(Stop);
        Assert.Equal((0, 0), (_mastodon.Sends, _mastodon.Lookups));

        _systemClock.Advance(TimeSpan.FromSeconds(1));
        await Worker().DeliverDueAsync(Stop);

        Assert.Equal((0, 1), (_mastodon.Sends, _mastodon.Lookups));
        Assert.Equal(PostState.Sent, (await PostAsync()).State);
    }

    [Fact]
    public async Task DeliverDue_WhenAskedToWait_SendsNothingBefore()
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ =>
            _mastodon.Sends == 1
                ? new SendOutcome.RetryAfter(_systemClock.GetUtcNow().AddMinutes(5), "too many requests")
                : null;

        await Worker().DeliverDueAsync(Stop);
        _systemClock.Advance(TimeSpan.FromSeconds(299));
        await Worker().DeliverDueAsync(Stop);
        Assert.Equal(1, _mastodon.Sends);

        _systemClock.Advance(TimeSpan.FromSeconds(1));
        await Worker().DeliverDueAsync(Stop);

        Assert.Single(_mastodon.Posts);
    }

    [Fact]
    public async Task DeliverDue_WhenUnavailableUntilTheDeadline_IsMissedWithTheReason()
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ => new SendOutcome.Unavailable("connection refused");
        for (var minute = 0; minute < 7 * 60; minute++)
        {
            await Worker().DeliverDueAsync(Stop);
            _systemClock.Advance(TimeSpan.FromMinutes(1));
            _scheduleClock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(
            (PostState.Missed, "connection refused"),
            (await PostAsync()).Let(post => (post.State, post.Reason))
        );
        Assert.InRange(_mastodon.Sends, 10, 40);
    }

    [Fact]
    public async Task DeliverDue_WhenOneDestinationFails_TheOtherContinues()
    {
        await PlanAsync(Some.Post("off", to: "discord:1"));
        await PlanAsync(Some.Post("on"));

        await Worker().DeliverDueAsync(Stop);

        Assert.Equal(
            ["off:Planned", "on:Sent"],
            (await _ledger.GetRecentAsync(10, Stop))
                .Select(post => $"{post.Key}:{post.State}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Run_WhileOneDestinationTakesItsTime_TheOthersContinue()
    {
        var servers = new FakeServers().Guild(100).Channel(1, guild: 100).Channel(2, guild: 100);
        TaskCompletionSource taken = new();
        var sent = System.Threading.Channels.Channel.CreateUnbounded<ChannelId>();
        servers.BeforeSend = async channel =>
        {
            await sent.Writer.WriteAsync(channel, Stop);
            await (channel == new ChannelId(1) ? taken.Task : Task.CompletedTask);
        };
        await PlanAsync(Some.Post("slow", to: "discord:1"));
        await PlanAsync(Some.Post("quick", to: "discord:2"));
        await PlanAsync(Some.Post("quick too, a minute later", to: "discord:2", occurrence: Some.Noon.AddMinutes(1)));
        using var worker = TestEngine.Worker(
            _ledger,
            TestEngine.Targets(servers, null),
            _settings,
            new Clocks(_scheduleClock, _systemClock),
            new SystemRandom(),
            NullLogger<DeliveryWorker>.Instance
        );

        await worker.StartAsync(Stop);
        Assert.Equal(3UL, (await NextAsync()).Value + (await NextAsync()).Value);
        _scheduleClock.Advance(TimeSpan.FromMinutes(1));
        _systemClock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new ChannelId(2), await NextAsync());

        // Stopping waits for the posts in progress, and records their outcome.
        var stopped = worker.StopAsync(Stop);
        Assert.False(stopped.IsCompleted);
        taken.SetResult();
        await stopped.WaitAsync(Bounded.Longest, Stop);
        Assert.Equal(3, servers.Messages.Count);
        Assert.All(await _ledger.GetRecentAsync(10, Stop), post => Assert.Equal(PostState.Sent, post.State));

        async Task<ChannelId> NextAsync() =>
            await sent.Reader.ReadAsync(Stop).AsTask().WaitAsync(Bounded.Longest, Stop);
    }

    [Fact]
    public async Task Stop_WhenAnAnswerDoesNotCome_EndsAfterTheGraceAndHandsThePostOverAsUnknown()
    {
        var servers = new FakeServers().Guild(100).Channel(1, guild: 100);
        TaskCompletionSource asked = new(),
            never = new();
        servers.BeforeSend = _ =>
        {
            asked.TrySetResult();
            return never.Task;
        };
        await PlanAsync(Some.Post(to: "discord:1"));
        var systemClock = new GraceWatch();
        using var worker = TestEngine.Worker(
            _ledger,
            TestEngine.Targets(servers, null),
            _settings,
            new Clocks(_scheduleClock, systemClock),
            new SystemRandom(),
            NullLogger<DeliveryWorker>.Instance
        );
        await worker.StartAsync(Stop);
        await asked.Task.WaitAsync(Bounded.Longest, Stop);

        var stopped = worker.StopAsync(Stop);
        await systemClock.Began.WaitAsync(Bounded.Longest, Stop);
        systemClock.Advance(DeliveryWorker.ShutdownTimeout - TimeSpan.FromSeconds(1));
        Assert.False(stopped.IsCompleted);
        systemClock.Advance(TimeSpan.FromSeconds(1));
        await stopped.WaitAsync(Bounded.Longest, Stop);

        var post = await PostAsync();
        Assert.Equal((PostState.Unknown, null, null), (post.State, post.ClaimedBy, post.LeaseUntil));
    }

    [Fact]
    public async Task DeliverDue_ByTwoWorkersAtOnce_SendsOnce()
    {
        for (var n = 0; n < 50; n++)
        {
            var schedule = ScheduleId.OfOperator($"s{n}");
            await PlanAsync(Some.Post($"key-{n}", text: $"Words {n}.") with { Schedule = schedule });
        }

        await Task.WhenAll(Worker().DeliverDueAsync(Stop), Worker().DeliverDueAsync(Stop));

        Assert.Equal(50, _mastodon.Posts.Select(post => post.Key).Distinct().Count());
        Assert.Equal(50, _mastodon.Posts.Count);
    }

    [Fact]
    public async Task DeliverDue_APostRefusedTwice_TenMinutesApart_IsRecordedAndThenReported()
    {
        await PlanAsync(Some.Post());
        var refused = new SendOutcome.Refused(Refusal.Forbidden, "403 Missing Access");
        _mastodon.OnSend = _ => refused;
        var listener = new Listener();
        DeliveryWorker RestartedWorker() =>
            TestEngine.Worker(
                _ledger,
                TestEngine.Targets(null, _mastodon),
                _settings,
                new Clocks(_scheduleClock, _systemClock),
                new SystemRandom(),
                NullLogger<DeliveryWorker>.Instance,
                listener
            );

        await RestartedWorker().DeliverDueAsync(Stop);
        _systemClock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        await RestartedWorker().DeliverDueAsync(Stop);
        Assert.Empty(listener.Refusals);
        Assert.Equal((1, PostState.Planned), (_mastodon.Sends, (await PostAsync()).State));
        _systemClock.Advance(TimeSpan.FromMilliseconds(1));
        await RestartedWorker().DeliverDueAsync(Stop);

        Assert.Equal((PostState.Refused, refused), Assert.Single(listener.Refusals));
        Assert.Equal(PostState.Refused, (await PostAsync()).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // it was never sent
    public async Task DeliverDue_ADeadlineBeforeTheSecondAttempt_IsMissedAndReportedIfItWasRefused(bool isRefused)
    {
        var planned = Some.Post();
        await PlanAsync(planned with { Deadline = _scheduleClock.GetUtcNow() + TimeSpan.FromMinutes(5) });
        _mastodon.OnSend = _ =>
            isRefused
                ? new SendOutcome.Refused(Refusal.Forbidden, "403 Missing Access")
                : new SendOutcome.Unavailable("down");
        var listener = new Listener();
        var worker = TestEngine.Worker(
            _ledger,
            TestEngine.Targets(null, _mastodon),
            _settings,
            new Clocks(_scheduleClock, _systemClock),
            new SystemRandom(),
            NullLogger<DeliveryWorker>.Instance,
            listener
        );

        await worker.DeliverDueAsync(Stop);
        _systemClock.Advance(TimeSpan.FromMinutes(10));
        _scheduleClock.Advance(TimeSpan.FromMinutes(10));
        await worker.DeliverDueAsync(Stop);

        Assert.Equal(PostState.Missed, (await PostAsync()).State);
        Assert.Empty(listener.Refusals);
        PostState[] expected = isRefused ? [PostState.Missed] : [];
        Assert.Equal(expected, listener.Unconfirmed);
    }

    [Fact]
    public async Task DeliverDue_APostWithoutContent_IsRefusedAndNotSent()
    {
        await PlanAsync(Some.Post() with { Payload = null });

        await Worker().DeliverDueAsync(Stop);
        _systemClock.Advance(TimeSpan.FromMinutes(10));
        await Worker().DeliverDueAsync(Stop);

        var post = await PostAsync();
        Assert.Equal((PostState.Refused, "The post has no content."), (post.State, post.Reason));
        Assert.Equal(0, _mastodon.Sends);
    }

    [Fact]
    public async Task DeliverDue_AnythingElse_IsNotReported()
    {
        await PlanAsync(Some.Post());
        var listener = new Listener();
        foreach (
            var outcome in new SendOutcome[] { new SendOutcome.Unavailable("down"), new SendOutcome.Sent("1", null) }
        )
        {
            _mastodon.OnSend = _ => outcome;
            await TestEngine
                .Worker(
                    _ledger,
                    TestEngine.Targets(null, _mastodon),
                    _settings,
                    new Clocks(_scheduleClock, _systemClock),
                    new SystemRandom(),
                    NullLogger<DeliveryWorker>.Instance,
                    listener
                )
                .DeliverDueAsync(Stop);
            _systemClock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Empty(listener.Refusals);
        Assert.Equal(PostState.Sent, (await PostAsync()).State);
    }

    [Fact]
    public async Task DeliverDue_WhenTheOutcomeCannotBeRecorded_LooksUpLaterAndSendsNoSecond()
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ =>
        {
            RunAsync(
                    "CREATE TRIGGER full BEFORE UPDATE ON posts BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
                )
                .Wait(Stop);
            return null;
        };
        var worker = Worker();

        await worker.DeliverDueAsync(Stop);
        Assert.Equal(PostState.Sending, (await PostAsync()).State);
        await RunAsync("DROP TRIGGER full");
        await worker.DeliverDueAsync(Stop);
        Assert.Equal((1, 0), (_mastodon.Sends, _mastodon.Lookups)); // the claim has not expired

        _systemClock.Advance(TimeSpan.FromMinutes(2));
        await worker.DeliverDueAsync(Stop);

        Assert.Single(_mastodon.Posts);
        Assert.Equal((1, 1), (_mastodon.Sends, _mastodon.Lookups));
        Assert.Equal(PostState.Sent, (await PostAsync()).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeliverDue_WhenAClientHasABug_TheBotContinuesAndSendsNoSecond(bool inLookup)
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = status =>
            inLookup ? new SendOutcome.Unknown("the response was lost") : throw new InvalidCastException();
        _mastodon.OnLookup = () => throw new InvalidCastException();
        var worker = Worker();

        for (var minute = 0; minute < 10; minute++)
        {
            await worker.DeliverDueAsync(Stop);
            _systemClock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, _mastodon.Sends);
        Assert.InRange(_mastodon.Lookups, 2, 10);
        Assert.Equal(PostState.Unknown, (await PostAsync()).State);
        Assert.Contains(
            "Unhandled exception in the bot: InvalidCastException",
            (await PostAsync()).Reason,
            StringComparison.Ordinal
        );
    }

    private Task<int> RunAsync(string sql) => _database.ReadAsync(session => session.ExecuteAsync(sql, Stop), Stop);

    private sealed class Listener : IRefusalListener
    {
        public List<(PostState State, SendOutcome.Refused Refusal)> Refusals { get; } = [];

        public List<PostState> Unconfirmed { get; } = [];

        public void HandleRefusal(Post post, SendOutcome.Refused refusal) => Refusals.Add((post.State, refusal));

        public void HandleUnconfirmedRefusal(Post post) => Unconfirmed.Add(post.State);
    }

    /// <summary>A system clock that reports when the shutdown timeout starts.</summary>
    private sealed class GraceWatch() : FakeTimeProvider(Some.Noon)
    {
        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Began => _began.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == DeliveryWorker.ShutdownTimeout)
            {
                _began.TrySetResult();
            }

            return timer;
        }
    }

    private DeliveryWorker Worker() =>
        TestEngine.Worker(
            _ledger,
            TestEngine.Targets(null, _mastodon),
            _settings,
            new Clocks(_scheduleClock, _systemClock),
            new SystemRandom(),
            NullLogger<DeliveryWorker>.Instance
        );

    private Task PlanAsync(Post post) => _ledger.PlanAsync(post.Schedule.Name, mark: null, [post], Stop);

    private async Task<Post> PostAsync() => Assert.Single(await _ledger.GetRecentAsync(10, Stop));
}

internal static class LetExtensions
{
    /// <summary>Evaluates a function of a value within one expression.</summary>
    public static TResult Let<T, TResult>(this T value, Func<T, TResult> view) => view(value);
}
