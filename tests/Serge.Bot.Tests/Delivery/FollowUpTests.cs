namespace Serge.Bot.Tests.Delivery;

/// <summary>What follows a published post, on SQLite.</summary>
public sealed class FollowUpTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly FakeServers _discord = new FakeServers().Guild(100).Channel(1, guild: 100);
    private readonly LogLines<FollowUpWorker> _log = new();
    private readonly DeliverySettings _settings = new();
    private Database _database = null!;
    private Ledger _ledger = null!;
    private FollowUpRows _rows = null!;
    private FollowUpWorker _worker = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        (_ledger, _rows) = (new Ledger(_database), new FollowUpRows(_database));
        var targets = TestEngine.Targets(_discord, null);
        _worker = new FollowUpWorker(_rows, targets, _settings, TestEngine.HeldLease(), new Clocks(_time, _time), _log);
    }

    public async ValueTask DisposeAsync()
    {
        _worker.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Sent_WithAThreadAndACrosspost_BothAreDoneOnce()
    {
        await PublishAsync();

        await _worker.RunDueAsync(Stop);
        await _worker.RunDueAsync(Stop);

        Assert.Equal(["crosspost 1 5", "thread 1 February 2027 1 5"], _discord.FollowUps.Order(StringComparer.Ordinal));
        Assert.All(await _rows.GetAsync("a-post", Stop), one => Assert.Equal(FollowUpState.Done, one.State));
    }

    [Fact]
    public async Task Execute_WithTheLease_DoesWhatIsDue()
    {
        await PublishAsync(new Payload { Text = "Words.", Thread = "1 February 2027" });
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _discord.OnFollowUp = () =>
        {
            done.TrySetResult();
            return new SendOutcome.Sent(null, null);
        };

        await _worker.StartAsync(Stop);
        await done.Task.WaitAsync(Bounded.Longest, Stop);
        await _worker.StopAsync(Stop);

        Assert.Single(_discord.FollowUps);
    }

    [Fact]
    public async Task Sent_WithoutOptions_NothingFollows()
    {
        await PublishAsync(new Payload { Text = "Words." });

        await _worker.RunDueAsync(Stop);

        Assert.Empty(_discord.FollowUps);
        Assert.Empty(await _rows.GetAsync("a-post", Stop));
    }

    /// <summary>The platform responds to a repeated request that it was already executed; the client reports
    /// success.</summary>
    [Fact]
    public async Task LostResponse_IsRepeatedLater()
    {
        await PublishAsync(new Payload { Text = "Words.", Thread = "1 February 2027" });
        _discord.OnFollowUp = () => new SendOutcome.Unknown("timeout");
        await _worker.RunDueAsync(Stop);
        await _worker.RunDueAsync(Stop);
        Assert.Single(_discord.FollowUps);

        _time.Advance(TimeSpan.FromSeconds(15));
        _discord.OnFollowUp = () => new SendOutcome.Sent(null, null);
        await _worker.RunDueAsync(Stop);

        Assert.Equal(2, _discord.FollowUps.Count);
        Assert.Equal(FollowUpState.Done, Assert.Single(await _rows.GetAsync("a-post", Stop)).State);
    }

    [Fact]
    public async Task Refusal_IsAskedOnceMore_AndNeverAffectsThePost()
    {
        await PublishAsync(new Payload { Text = "Words.", Thread = "1 February 2027" });
        _discord.OnFollowUp = () => new SendOutcome.Refused(Refusal.Forbidden, "50013");
        await _worker.RunDueAsync(Stop);
        Assert.Equal(FollowUpState.Pending, Assert.Single(await _rows.GetAsync("a-post", Stop)).State);

        _time.Advance(_settings.RefusalDelay);
        await _worker.RunDueAsync(Stop);

        var failed = Assert.Single(await _rows.GetAsync("a-post", Stop));
        Assert.Equal((FollowUpState.Failed, "50013"), (failed.State, failed.Reason));
        Assert.Equal(PostState.Sent, failed.Post.State);
        Assert.Contains("the post is not affected: 50013", _log.Lines[^1], StringComparison.Ordinal);
    }

    /// <summary>During an outage a platform is often unavailable first, and then refuses valid requests.</summary>
    [Fact]
    public async Task Refusal_AfterAnOutage_IsAskedOnceMore()
    {
        await PublishAsync(new Payload { Text = "Words.", Thread = "1 February 2027" });
        _discord.OnFollowUp = () => new SendOutcome.Unavailable("503");
        await _worker.RunDueAsync(Stop);
        _time.Advance(TimeSpan.FromMinutes(1));
        _discord.OnFollowUp = () => new SendOutcome.Refused(Refusal.Forbidden, "50013");
        await _worker.RunDueAsync(Stop);
        Assert.Equal(FollowUpState.Pending, Assert.Single(await _rows.GetAsync("a-post", Stop)).State);

        _time.Advance(_settings.RefusalDelay);
        _discord.OnFollowUp = () => new SendOutcome.Sent(null, null);
        await _worker.RunDueAsync(Stop);

        Assert.Equal(FollowUpState.Done, Assert.Single(await _rows.GetAsync("a-post", Stop)).State);
    }

    [Fact]
    public async Task RequestThatAStopCancels_IsNoAttempt()
    {
        await PublishAsync(new Payload { Text = "Words.", Thread = "1 February 2027" });
        using CancellationTokenSource stop = new();
        _discord.OnFollowUp = () =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _worker.RunDueAsync(stop.Token));

        Assert.Equal(0, Assert.Single(await _rows.GetAsync("a-post", Stop)).Attempts);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task RetractedPost_IsNotFollowedUp()
    {
        var sent = await PublishAsync();
        await _ledger.TryUpdateAsync(sent, Transitions.MarkRetracted(sent, "5", "Retracted."), Stop);

        await _worker.RunDueAsync(Stop);

        Assert.Empty(_discord.FollowUps);
        Assert.All(await _rows.GetAsync("a-post", Stop), one => Assert.Equal(FollowUpState.Failed, one.State));
    }

    [Fact]
    public async Task CorrectedPost_IsNotFollowedUpAgain()
    {
        var sent = await PublishAsync();
        await _worker.RunDueAsync(Stop);
        var corrected = Transitions.ApplyCorrection(sent, "5", sent.Payload!, sent.Items, "Corrected.");
        await _ledger.TryUpdateAsync(sent, corrected, Stop);

        await _worker.RunDueAsync(Stop);

        Assert.Equal(2, _discord.FollowUps.Count);
    }

    [Fact]
    public async Task DeletedServer_LeavesNoFollowUps()
    {
        await PublishAsync();

        await _database.WriteAsync(session => PostRows.DeleteAsync(session, "guild:100", Stop), Stop);

        Assert.Empty(await _rows.GetAsync("a-post", Stop));
    }

    [Fact]
    public void Apply_ADayOfFailures_EndsIt()
    {
        FollowUp followUp = new(Some.Post(), FollowUpKind.Thread);
        var now = Some.Noon;
        while (followUp.State == FollowUpState.Pending)
        {
            followUp = followUp.Apply(new SendOutcome.Unavailable("down"), now, _settings);
            now = followUp.NotBefore > now ? followUp.NotBefore : now;
        }

        Assert.Equal(FollowUpState.Failed, followUp.State);
        Assert.InRange(now - Some.Noon, TimeSpan.FromHours(20), TimeSpan.FromHours(26));
    }

    [Fact]
    public void Apply_ARateLimit_WaitsAtMostAnHour()
    {
        var after = new FollowUp(Some.Post(), FollowUpKind.Crosspost).Apply(
            new SendOutcome.RetryAfter(Some.Noon.AddDays(3), "429"),
            Some.Noon,
            _settings
        );

        Assert.Equal((FollowUpState.Pending, Some.Noon.AddHours(1)), (after.State, after.NotBefore));
    }

    private async Task<Post> PublishAsync(Payload? payload = null)
    {
        var planned = Some.Post("a-post", to: "discord:1") with
        {
            Schedule = new ScheduleId("guild:100", "daily"),
            Payload =
                payload
                ?? new Payload
                {
                    Text = "Words.",
                    Thread = "1 February 2027",
                    Crosspost = true,
                },
        };
        await _ledger.PlanAsync("", mark: null, [planned], Stop);
        var sent = planned with { State = PostState.Sent, RemoteId = "5" };
        Assert.True(await _ledger.TryUpdateAsync(planned, sent, Stop));
        return sent;
    }
}
