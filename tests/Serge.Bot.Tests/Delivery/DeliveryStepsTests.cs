using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serge.Bot.Tests.Delivery;

/// <summary>What each step of a delivery logs, counts and reports, and how many posts are sent concurrently.</summary>
public sealed class DeliveryStepsTests : IAsyncLifetime
{
    private static readonly AsyncLocal<bool> IsOurs = new();

    private readonly TickClock _scheduleClock = new(Some.Noon);
    private readonly TickClock _systemClock = new(Some.Noon);
    private readonly FakeMastodon _mastodon = new();
    private readonly LogLines<DeliveryWorker> _log = new();
    private readonly DeliverySettings _settings = new()
    {
        LatePostInterval = TimeSpan.Zero,
        RefusalDelay = TimeSpan.Zero,
    };
    private FaultyEngine _engine = null!;
    private Database _database = null!;
    private Ledger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_engine, _database) = await FaultyEngine.OpenAsync();
        _ledger = new Ledger(_database);
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    /// <summary>Each row: the outcome of a send, and the line that is logged.</summary>
    [Theory]
    [InlineData("url", "Information: Posted morning to mastodon: https://m.example/@serge/1")]
    [InlineData("id", "Information: Posted morning to mastodon: message 1")]
    [InlineData("nothing", "Information: Posted morning to mastodon: message with unknown id")]
    [InlineData("wait", "Warning: Posting morning to mastodon failed and will be retried: slow down")]
    [InlineData("down", "Warning: Posting morning to mastodon failed and will be retried: down")]
    [InlineData(
        "lost",
        "Warning: Outcome of posting morning to mastodon is unknown; looking it up before any retry: lost"
    )]
    [InlineData("refused", "Error: Posting morning to mastodon failed (Refused): too long")]
    public async Task Send_HoweverItEnds_IsLoggedOnce(string ending, string line)
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ => Outcome(ending);

        await Worker().DeliverDueAsync(Stop);

        Assert.Equal([line], _log.Lines);
    }

    [Fact]
    public async Task Send_OfAMessageThatDiffers_LogsTheDifference()
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ => new SendOutcome.Sent("1", null) { Remark = "The picture is missing." };

        await Worker().DeliverDueAsync(Stop);

        Assert.Equal(
            [
                "Information: Posted morning to mastodon: message 1",
                "Warning: Post morning to mastodon: The picture is missing.",
            ],
            _log.Lines
        );
    }

    [Fact]
    public async Task Lookup_ThatFindsTwoCopies_LogsWhichToDelete()
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ => Outcome("lost");
        await Worker().DeliverDueAsync(Stop);
        _mastodon.OnLookup = () => new LookupResult.Found("1", null) { Copy = "2" };
        _systemClock.Advance(_settings.Lease);

        await Worker().DeliverDueAsync(Stop);

        Assert.Equal(
            "Error: Post of morning to mastodon needs attention: Published twice. Delete 2; the bot only knows 1.",
            _log.Lines[^1]
        );
    }

    [Fact]
    public async Task Send_WithABugInTheClient_IsLoggedAndLookedFor()
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ => throw new InvalidCastException();

        await Worker().DeliverDueAsync(Stop);

        Assert.Equal(
            [
                "Error: Posting morning to mastodon failed with an unhandled exception",
                "Warning: Outcome of posting morning to mastodon is unknown; looking it up before any retry: Unhandled exception in the bot: InvalidCastException.",
            ],
            _log.Lines
        );
    }

    [Fact]
    public async Task Send_WhenTheLedgerFailsMeanwhile_IsLoggedAsAFailureOfTheLedgerOnly()
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ =>
        {
            _engine.Fails = true;
            return Outcome("id");
        };

        await Worker().DeliverDueAsync(Stop);

        Assert.Equal(
            ["Critical: Delivery failed because of the ledger; retrying every second: The disk is full."],
            _log.Lines
        );
    }

    [Fact]
    public async Task TooLate_IsLoggedAsMissedAndNotSent()
    {
        await PlanAsync(Some.Post());
        _scheduleClock.Advance(TimeSpan.FromHours(6));
        await PlanAsync(
            Some.Post("evening") with
            {
                Schedule = ScheduleId.OfOperator("evening"),
                Deadline = _scheduleClock.GetUtcNow().AddMilliseconds(-1),
            }
        );

        await Worker().DeliverDueAsync(Stop);

        Assert.Equal(1, _mastodon.Sends); // the post exactly at its deadline
        Assert.Contains(
            "Error: Posting evening to mastodon failed (Missed): The bot was not running while it could be posted.",
            _log.Lines
        );
        Assert.Contains("Information: Posted morning to mastodon: message 1", _log.Lines);
    }

    /// <summary>The bot was running, and the ledger states why nothing was sent.</summary>
    [Fact]
    public async Task TooLate_AfterAnExceptionBeforeTheFirstAttempt_StatesWhatFailed()
    {
        var failing = new FreezingServer(new FakeTimeProvider(), new Random(1), _mastodon.Capabilities)
        {
            PreparationFailure = new InvalidCastException("Bad cast."),
        };
        await PlanAsync(Some.Post("room") with { Destination = new Destination("room", "1") });
        var worker = Worker(targets: new PublishTargets([failing]));

        await worker.DeliverDueAsync(Stop);
        _scheduleClock.Advance(TimeSpan.FromDays(1));
        await worker.DeliverDueAsync(Stop);

        var post = (await _ledger.GetRecentAsync(1, Stop)).Single();
        Assert.Equal((PostState.Missed, 0), (post.State, post.Attempts));
        Assert.Contains("InvalidCastException: Bad cast.", post.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abandoned_IsLoggedOnceAndLookedForInTheSameIteration()
    {
        _mastodon.Capabilities = FakeMastodon.WithKeys;
        await PlanAsync(Transitions.Claim(Some.Post("the-key"), "a worker that was killed", Some.Noon, _settings));
        _systemClock.Advance(_settings.Lease);

        await Worker().DeliverDueAsync(Stop);
        await Worker().DeliverDueAsync(Stop);

        Assert.Equal(
            [
                "Warning: The lease of post the-key to mastodon expired while it was being sent; looking it up",
                "Warning: Posting morning to mastodon failed and will be retried: The worker that was sending it stopped before it could record the answer. The lookup did not find it, so it is sent again.",
                "Information: Posted morning to mastodon: message 1",
            ],
            _log.Lines
        );
    }

    [Fact]
    public async Task APostTakenOverMeanwhile_IsLogged_AndItsRefusalIsNotReported()
    {
        await PlanAsync(Some.Post("the-key"));
        RefusalRecorder recorder = new();
        _mastodon.OnSend = _ =>
        {
            var claimed = _ledger.GetRecentAsync(1, Stop).Result.Single();
            Assert.True(_ledger.TryUpdateAsync(claimed, Transitions.ExpireLease(claimed), Stop).Result);
            return new SendOutcome.Refused(Refusal.Gone, "404");
        };

        await Worker(recorder).DeliverDueAsync(Stop);

        Assert.Equal(["Warning: Another worker has taken over post the-key to mastodon"], _log.Lines);
        Assert.Equal(0, recorder.Count);
        Assert.Equal(PostState.Unknown, (await _ledger.GetRecentAsync(1, Stop)).Single().State);
    }

    [Fact]
    public async Task Deliver_APostThatSomebodyElseHas_DoesNothing()
    {
        var seen = Some.Post();
        await PlanAsync(Transitions.Claim(seen, "another", Some.Noon, _settings));

        Assert.Null(await Delivery().DeliverAsync(seen, Stop));
        Assert.Null(await Delivery().DeliverAsync(seen with { State = PostState.Unknown }, Stop));

        Assert.Equal((0, 0), (_mastodon.Sends, _mastodon.Lookups));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Deliver_APostThatNoLookupFoundForADay_NeedsTheOperator()
    {
        var stuck = Some.Post(state: PostState.Unknown) with { Lookups = 1 };
        await PlanAsync(stuck);
        _scheduleClock.SetUtcNow(stuck.Deadline.AddDays(1));
        Assert.NotNull(await Delivery().DeliverAsync(stuck, Stop));
        Assert.Equal(1, _mastodon.Lookups);
        _scheduleClock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await Delivery().DeliverAsync(stuck, Stop));

        Assert.Equal(1, _mastodon.Lookups);
    }

    /// <summary>Each row: the minutes between the first attempt and the next one, of the hour in which the platform
    /// recognizes the key; and the number of sends.</summary>
    [Theory]
    [InlineData(59, 2)]
    [InlineData(60, 1)]
    public async Task SendAgain_AfterTheKeyHasExpired_LooksUpFirst(int minutes, int sends)
    {
        _mastodon.Capabilities = FakeMastodon.WithKeys;
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ => Outcome("lost");
        await Worker().DeliverDueAsync(Stop);
        _mastodon.OnSend = _ => null;
        await LookUpAsync();
        _systemClock.SetUtcNow(Some.Noon.AddMinutes(minutes));

        await Worker().DeliverDueAsync(Stop);

        Assert.Equal((sends, 1), (_mastodon.Sends, _mastodon.Lookups));
        if (sends == 1)
        {
            Assert.EndsWith("forgot the key of the first attempt.", _log.Lines[^1], StringComparison.Ordinal);
            for (var lookup = 0; lookup < Transitions.RequiredMisses; lookup++)
            {
                Assert.Equal(1, _mastodon.Sends);
                await LookUpAsync();
            }

            await Worker().DeliverDueAsync(Stop);
            Assert.Equal(2, _mastodon.Sends);
        }

        async Task LookUpAsync()
        {
            var lookups = _mastodon.Lookups;
            var post = (await _ledger.GetRecentAsync(1, Stop)).Single();
            if (post.NotBefore > _systemClock.GetUtcNow())
            {
                _systemClock.SetUtcNow(post.NotBefore);
            }

            await Worker().DeliverDueAsync(Stop);
            Assert.Equal(lookups + 1, _mastodon.Lookups);
        }
    }

    [Fact]
    public async Task ALookup_IsClaimedForTheLease()
    {
        Post? seen = null;
        await PlanAsync(Some.Post(state: PostState.Unknown));
        _mastodon.OnLookup = () =>
        {
            seen = _ledger.GetRecentAsync(1, Stop).Result.Single();
            return null;
        };

        await Worker().DeliverDueAsync(Stop);

        Assert.Equal((PostState.Unknown, Some.Noon + _settings.Lease), (seen!.State, seen.LeaseUntil));
        Assert.NotNull(seen.ClaimedBy);
    }

    [Fact]
    public async Task ALookup_WhenTheBotStops_EndsAndIsLeftToTheNextStart()
    {
        using CancellationTokenSource stop = new();
        await PlanAsync(Some.Post(state: PostState.Unknown));
        _mastodon.OnLookup = () =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Worker().DeliverDueAsync(stop.Token));

        Assert.Equal(PostState.Unknown, (await _ledger.GetRecentAsync(1, Stop)).Single().State);
        Assert.Empty(_log.Lines);
    }

    /// <summary>Each row: the outcome of the first of two posts to one destination, and whether the second is sent in
    /// the same iteration.</summary>
    [Theory]
    [InlineData("id", 2)]
    [InlineData("refused", 2)]
    [InlineData("lost", 2)]
    [InlineData("down", 1)]
    [InlineData("wait", 1)]
    public async Task AFailingDestination_IsTriedOncePerIteration(string ending, int sends)
    {
        await PlanAsync(Some.Post("b", occurrence: Some.Noon.AddMinutes(-2), text: "First."));
        await PlanAsync(InOtherSchedule(Some.Post("a", occurrence: Some.Noon.AddMinutes(-1), text: "Second.")));
        List<string> texts = [];
        _mastodon.OnSend = status =>
        {
            texts.Add(status.Text);
            return Outcome(ending);
        };

        await Worker().DeliverDueAsync(Stop);

        Assert.Equal(((string[])["First.", "Second."]).Take(sends), texts);
    }

    [Fact]
    public async Task ASend_IsAbandonedAtThreeQuartersOfItsLease()
    {
        var servers = new FakeServers().Guild(100).Channel(1, guild: 100);
        TaskCompletionSource never = new();
        servers.BeforeSend = _ => never.Task;
        await PlanAsync(Some.Post(to: "discord:1"));
        var delivering = Worker(targets: TestEngine.Targets(servers, null)).DeliverDueAsync(Stop);
        await _systemClock.TimerAsync(TimeSpan.FromSeconds(90));

        _systemClock.Advance(TimeSpan.FromSeconds(90) - TimeSpan.FromMilliseconds(1));
        Assert.False(delivering.IsCompleted);
        _systemClock.Advance(TimeSpan.FromMilliseconds(1));
        await delivering.WaitAsync(Bounded.Longest, Stop);

        Assert.Equal(PostState.Unknown, (await _ledger.GetRecentAsync(1, Stop)).Single().State);
    }

    [Fact]
    public async Task Sends_UnderWayAtOnce_AreSixtyFourAtMost()
    {
        const int Channels = 70;
        var servers = Enumerable
            .Range(1, Channels)
            .Aggregate(new FakeServers().Guild(100), (all, n) => all.Channel((ulong)n, guild: 100));
        TaskCompletionSource release = new();
        var begun = 0;
        servers.BeforeSend = _ =>
        {
            Interlocked.Increment(ref begun);
            return release.Task;
        };
        for (var n = 1; n <= Channels; n++)
        {
            await PlanAsync(Some.Post($"key {n}", to: $"discord:{n}"));
        }

        var delivering = Worker(targets: TestEngine.Targets(servers, null)).DeliverDueAsync(Stop);
        Assert.Equal(64, Volatile.Read(ref begun));
        release.SetResult();
        await delivering.WaitAsync(Bounded.Longest, Stop);

        Assert.Equal(Channels, servers.Messages.Count);
    }

    [Fact]
    public async Task Run_WithoutTheSendersLease_SendsNothing_AndStopsInTheMiddleWhenItEnds()
    {
        using SenderLease lease = new(
            new SenderRows(_database),
            new SenderAccounts(["mastodon:1"]),
            _settings,
            new Clocks(_scheduleClock, _systemClock),
            new Random(1),
            new LogLines<SenderLease>()
        );
        await PlanAsync(Some.Post("a", occurrence: Some.Noon.AddMinutes(-2)));
        await PlanAsync(InOtherSchedule(Some.Post("b", occurrence: Some.Noon.AddMinutes(-1))));
        TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _mastodon.OnSend = _ =>
        {
            _systemClock.Advance(_settings.SenderLease); // the lease has ended now
            sent.TrySetResult();
            return new SendOutcome.Sent("1", null);
        };
        using var worker = Worker(lease: lease);

        await worker.StartAsync(Stop);
        await _systemClock.TimerAsync(TimeSpan.FromSeconds(1));
        await lease.RenewAsync(Stop);
        _systemClock.Advance(TimeSpan.FromSeconds(1));
        await sent.Task.WaitAsync(Bounded.Longest, Stop);
        await worker.StopAsync(Stop);

        Assert.Equal("a", (await _ledger.GetRecentAsync(10, Stop)).Single(post => post.State == PostState.Sent).Key);
        Assert.Equal(1, _mastodon.Sends);
    }

    [Fact]
    public async Task DeliverDue_MoreThanAThousand_LeavesTheRestToTheNextIteration()
    {
        await _ledger.PlanAsync(
            "morning",
            mark: null,
            [
                .. Enumerable
                    .Range(0, 1001)
                    .Select(n => Some.Post($"{n}") with { Schedule = ScheduleId.OfOperator($"s{n}") }),
            ],
            Stop
        );
        _mastodon.OnSend = _ => Outcome("id");

        await Worker().DeliverDueAsync(Stop);
        Assert.Equal(1000, _mastodon.Sends);
        await Worker().DeliverDueAsync(Stop);

        Assert.Equal(1001, _mastodon.Sends);
    }

    [Fact]
    public async Task Run_WhenAnExceptionIsThrown_LogsItOnceAndDeliversTheOtherPosts()
    {
        await PlanAsync(Some.Post());
        _mastodon.OnSend = _ => Outcome("refused");
        TaskCompletionSource received = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var worker = Worker(new Broken(received));
        await worker.StartAsync(Stop);
        await _systemClock.TimerAsync(TimeSpan.FromSeconds(1));
        await received.Task.WaitAsync(Bounded.Longest, Stop);
        await LoggedAsync("InvalidCastException");

        _systemClock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(worker.ExecuteTask!.IsCompleted);
        await worker.StopAsync(Stop);
        Assert.Single(_log.Lines, line => line.Contains("InvalidCastException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeliverDue_WithAPostThatFailsBeforeEachAttempt_LogsItOnce()
    {
        FreezingServer room = new(
            _systemClock,
            new Random(1),
            new Capabilities(false, TimeSpan.Zero, SupportsLookup: true)
        )
        {
            PreparationFailure = new InvalidCastException(),
        };
        await PlanAsync(Some.Post(to: "room:1"));
        using var worker = Worker(targets: new PublishTargets([room]));

        await worker.DeliverDueAsync(Stop);
        await worker.DeliverDueAsync(Stop);

        Assert.StartsWith(
            "Error: Posting morning to room:1 failed; the post is retried: ",
            Assert.Single(_log.Lines),
            StringComparison.Ordinal
        );
        Assert.Empty(room.Links);
    }

    /// <summary>An exception is logged after the call that threw it has ended.</summary>
    private async Task LoggedAsync(string words)
    {
        using CancellationTokenSource limit = new(Bounded.Longest);
        while (!_log.Lines.Any(line => line.Contains(words, StringComparison.Ordinal)))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public void Settings_HaveTheDefaultsOfTheirPage() =>
        Assert.Equal(
            new DeliverySettings
            {
                Lease = TimeSpan.FromSeconds(120),
                LookupDelay = TimeSpan.FromSeconds(10),
                RetryDelay = TimeSpan.FromSeconds(15),
                LatePostInterval = TimeSpan.FromMinutes(1),
                RefusalDelay = TimeSpan.FromMinutes(10),
                SenderLease = TimeSpan.FromSeconds(15),
            },
            new DeliverySettings()
        );

    [Fact]
    public async Task EachStep_IsCountedOnce()
    {
        using MeterListener listener = new();
        List<string> counted = [];
        List<double> delays = [];
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == DeliveryMetrics.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) =>
            {
                if (IsOurs.Value)
                {
                    counted.Add(
                        $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"
                    );
                }
            }
        );
        listener.SetMeasurementEventCallback<double>(
            (_, value, _, _) =>
            {
                if (IsOurs.Value)
                {
                    delays.Add(value);
                }
            }
        );
        listener.Start();
        IsOurs.Value = true;
        _mastodon.Capabilities = FakeMastodon.WithKeys;
        await PlanAsync(Transitions.Claim(Some.Post(), "a worker that was killed", Some.Noon, _settings));
        _systemClock.Advance(_settings.Lease);
        _scheduleClock.Advance(TimeSpan.FromSeconds(30));

        await Worker().DeliverDueAsync(Stop);
        await Worker().DeliverDueAsync(Stop);

        Assert.Equal(
            ["serge.posts 1 mastodon unknown", "serge.posts 1 mastodon planned", "serge.posts 1 mastodon sent"],
            counted
        );
        Assert.Equal([30.0], delays);
    }

    [Theory]
    [InlineData("id", "sent", ActivityStatusCode.Unset)]
    [InlineData("refused", "refused", ActivityStatusCode.Error)]
    [InlineData("lost", "unknown", ActivityStatusCode.Error)]
    public async Task ASend_IsASpanWithItsEnd(string ending, string state, ActivityStatusCode status)
    {
        await PlanAsync(Some.Post($"span {ending}"));
        _mastodon.OnSend = _ => Outcome(ending);

        var span = Assert.Single(await SpansAsync(() => Worker().DeliverDueAsync(Stop), $"span {ending}"));

        Assert.Equal(
            ("send", ActivityKind.Client, "mastodon", state, status),
            (span.OperationName, span.Kind, Tag(span, "serge.platform"), Tag(span, "serge.post.state"), span.Status)
        );
    }

    [Fact]
    public async Task ALookup_IsASpanWithItsEnd()
    {
        _mastodon.Capabilities = FakeMastodon.WithKeys;
        await PlanAsync(Some.Post("span of a look", PostState.Unknown) with { FirstAttemptAt = Some.Noon });

        var span = Assert.Single(await SpansAsync(() => Worker().DeliverDueAsync(Stop), "span of a look"));

        Assert.Equal(
            ("lookup", ActivityKind.Client, "planned"),
            (span.OperationName, span.Kind, Tag(span, "serge.post.state"))
        );
    }

    private static string? Tag(Activity span, string name) => $"{span.GetTagItem(name)}";

    private static async Task<List<Activity>> SpansAsync(Func<Task> work, string key)
    {
        List<Activity> spans = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == DeliveryMetrics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await work();
        lock (spans)
        {
            return [.. spans.Where(span => Tag(span, "serge.post.key") == key)];
        }
    }

    private static SendOutcome? Outcome(string ending) =>
        ending switch
        {
            "url" => new SendOutcome.Sent("1", new Uri("https://m.example/@serge/1")),
            "id" => new SendOutcome.Sent("1", null),
            "nothing" => new SendOutcome.Sent(null, null),
            "wait" => new SendOutcome.RetryAfter(Some.Noon.AddMinutes(5), "slow down"),
            "down" => new SendOutcome.Unavailable("down"),
            "lost" => new SendOutcome.Unknown("lost"),
            _ => new SendOutcome.Refused(Refusal.Payload, "too long"),
        };

    private DeliveryWorker Worker(
        IRefusalListener? refusals = null,
        SenderLease? lease = null,
        PublishTargets? targets = null
    ) =>
        TestEngine.Worker(
            _ledger,
            targets ?? TestEngine.Targets(null, _mastodon),
            _settings,
            new Clocks(_scheduleClock, _systemClock),
            new Random(1),
            _log,
            refusals,
            lease
        );

    private PostDelivery Delivery() =>
        TestEngine.Delivery(
            _ledger,
            TestEngine.Targets(null, _mastodon),
            _settings,
            new Clocks(_scheduleClock, _systemClock),
            new Random(1),
            _log
        );

    private Task PlanAsync(Post post) => _ledger.PlanAsync(post.Schedule.Name, mark: null, [post], Stop);

    private sealed class Broken(TaskCompletionSource received) : IRefusalListener
    {
        public void HandleRefusal(Post post, SendOutcome.Refused refusal)
        {
            received.SetResult();
            throw new InvalidCastException();
        }

        public void HandleUnconfirmedRefusal(Post post) => throw new InvalidCastException();
    }

    private static Post InOtherSchedule(Post post) => post with { Schedule = ScheduleId.OfOperator("evening") };

    private sealed class RefusalRecorder : IRefusalListener
    {
        public int Count { get; private set; }

        public void HandleRefusal(Post post, SendOutcome.Refused refusal) => Count++;

        public void HandleUnconfirmedRefusal(Post post) => Count++;
    }
}
