namespace Serge.Bot.Tests.Databases;

/// <summary>One of all workers on a ledger sends, with any kind of database.</summary>
public abstract class SenderLeaseContract(TestDatabase store) : IAsyncLifetime
{
    private const string Token = "MTA.secret-of-discord.x";

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _systemClock = new(Some.Noon);
    private readonly LogLines<SenderLease> _log = new();
    private readonly List<SenderLease> _workers = [];
    private Database? _database;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await store.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Start_Alone_SendsAtOnceAndReportsNothing()
    {
        var only = Worker();

        await only.StartAsync(Stop);

        Assert.True(only.IsHeld);
        Assert.False((await only.WaitAsync(Stop).WaitAsync(Bounded.Longest, Stop)).IsCancellationRequested);
        Assert.Empty(_log.Lines);
        await only.StopAsync(Stop);
    }

    [Fact]
    public async Task Renew_BySecond_IsOnStandbyAndReportsItOnce()
    {
        var (first, second) = (Worker(), Worker());
        await first.RenewAsync(Stop);

        await second.RenewAsync(Stop);
        await second.RenewAsync(Stop);

        Assert.Equal((true, false), (first.IsHeld, second.IsHeld));
        Assert.False(second.WaitAsync(Stop).IsCompleted);
        Assert.Contains(
            $"({Environment.MachineName}/{Environment.ProcessId})",
            Assert.Single(_log.Lines),
            StringComparison.Ordinal
        );
        Assert.Contains("Standby: another worker sends", _log.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holders_AreWhoHasTheLeaseOfTheseTokensNow()
    {
        var rows = new SenderRows(_database!);
        await rows.TryAcquireAsync(
            ["mastodon:a", "discord:b"],
            "host/12/abc",
            _systemClock.GetUtcNow(),
            _systemClock.GetUtcNow() + Length,
            Stop
        );
        await rows.TryAcquireAsync(
            ["discord:c"],
            "other/13/abc",
            _systemClock.GetUtcNow(),
            _systemClock.GetUtcNow() + Length,
            Stop
        );

        Assert.Equal(
            [
                new SenderHolder("discord:b", "host/12/abc", _systemClock.GetUtcNow() + Length),
                new SenderHolder("mastodon:a", "host/12/abc", _systemClock.GetUtcNow() + Length),
            ],
            await rows.GetHoldersAsync(["mastodon:a", "discord:b", "discord:z"], _systemClock.GetUtcNow(), Stop)
        );
        Assert.Empty(await rows.GetHoldersAsync(["mastodon:a", "discord:b"], _systemClock.GetUtcNow() + Length, Stop));
    }

    /// <summary>Each row: by how many milliseconds a lease exceeds the longest possible lease of a machine with a
    /// correct clock, and whether it counts.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Holders_WithALeaseOfAWrongClock_DoNotCount(int milliseconds, bool counts)
    {
        SenderRows rows = new(_database!);
        var longest = DeliverySettings.MaxSenderLease + Database.MaxClockDifference;
        var until = _systemClock.GetUtcNow() + longest + TimeSpan.FromMilliseconds(milliseconds);
        await rows.TryAcquireAsync(["mastodon:a"], "host/12/abc", _systemClock.GetUtcNow(), until, Stop);

        var holders = await rows.GetHoldersAsync(["mastodon:a"], _systemClock.GetUtcNow(), Stop);

        Assert.Equal(counts, holders.Count == 1);
    }

    [Fact]
    public async Task Renew_AfterTheFirstStoppedRenewing_TakesOverWhenTheLeaseEndsAndNotBefore()
    {
        var (first, second) = (Worker(), Worker());
        await first.RenewAsync(Stop);
        await second.RenewAsync(Stop);
        var turn = second.WaitAsync(Stop);

        _systemClock.Advance(Length - TimeSpan.FromMilliseconds(1));
        await second.RenewAsync(Stop);
        Assert.Equal((true, false), (first.IsHeld, second.IsHeld));

        _systemClock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(first.IsHeld);
        await second.RenewAsync(Stop);

        Assert.True(second.IsHeld);
        Assert.False((await turn.WaitAsync(Bounded.Longest, Stop)).IsCancellationRequested);
        Assert.Contains("this worker sends now", _log.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(5, false)]
    [InlineData(60, true)]
    public async Task Renew_OnAnOlderCopyOfTheLedger_StopsSendingForGood(int seconds, bool hasRow)
    {
        var only = Worker();
        await only.RenewAsync(Stop);
        _systemClock.Advance(TimeSpan.FromSeconds(seconds));
        await only.RenewAsync(Stop);
        await store.WriteAsync(hasRow ? "UPDATE senders SET lease_until = lease_until - 5000" : "DELETE FROM senders");
        _systemClock.Advance(TimeSpan.FromSeconds(seconds));

        var e = await Assert.ThrowsAsync<LedgerException>(() => only.RenewAsync(Stop));

        Assert.Contains(
            "was replaced by an older copy, or a worker's clock was wrong, while the bot was running",
            e.Message,
            StringComparison.Ordinal
        );
        Assert.False(only.IsHeld);
        Assert.Contains(
            "Critical: This worker sends nothing until it is restarted",
            Assert.Single(_log.Lines),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Renew_AfterTheClockWasSetBackOrAnotherWorkerHasComeAndGone_IsNoLoss()
    {
        var clock = new ClockThatIsSet(_systemClock);
        var (first, second) = (Worker(systemClock: clock), Worker());
        await first.RenewAsync(Stop);
        clock.SetBy = TimeSpan.FromHours(-1);
        await store.WriteAsync("UPDATE senders SET lease_until = lease_until - 3600000");
        await first.RenewAsync(Stop);
        Assert.True(first.IsHeld);

        _systemClock.Advance(Length);
        clock.SetBy = TimeSpan.Zero;
        await second.RenewAsync(Stop);
        await second.StopAsync(Stop);
        _systemClock.Advance(Length);
        await first.RenewAsync(Stop);

        Assert.True(first.IsHeld);
        Assert.Null(first.Loss);
    }

    [Fact]
    public async Task Renew_InTime_KeepsTheOtherOut()
    {
        var (first, second) = (Worker(), Worker());
        for (var i = 0; i < 10; i++)
        {
            await first.RenewAsync(Stop);
            await second.RenewAsync(Stop);
            _systemClock.Advance(Length / 3);
        }

        Assert.Equal((true, false), (first.IsHeld, second.IsHeld));
    }

    [Fact]
    public async Task Renew_ByOneThatSleptWhileAnotherTookOver_IsOnStandbyAndLeavesItsConnection()
    {
        var (sleeper, second) = (Worker(), Worker());
        await sleeper.RenewAsync(Stop);
        var turn = await sleeper.WaitAsync(Stop).WaitAsync(Bounded.Longest, Stop);
        _systemClock.Advance(Length);
        await second.RenewAsync(Stop);

        Assert.False(sleeper.IsHeld);
        Assert.False(turn.IsCancellationRequested); // the worker has not read the change yet
        await sleeper.RenewAsync(Stop);

        Assert.True(turn.IsCancellationRequested);
        Assert.Equal((false, true), (sleeper.IsHeld, second.IsHeld));
        Assert.False(sleeper.WaitAsync(Stop).IsCompleted);
    }

    /// <summary>The clock of the other machine is ahead, so the lease ended earlier there.</summary>
    [Fact]
    public async Task Renew_AfterAnotherTookOverBeforeTheEndOfTheLease_IsOnStandby()
    {
        ClockThatIsSet ahead = new(_systemClock) { SetBy = Length };
        var (first, second) = (Worker(), Worker(systemClock: ahead));
        await first.RenewAsync(Stop);
        await second.RenewAsync(Stop);
        Assert.True(second.IsHeld);

        await first.RenewAsync(Stop);

        Assert.False(first.IsHeld);
    }

    [Fact]
    public async Task Renew_AfterItsOwnLeaseRanOutAndNobodyTookIt_ContinuesInTheSameIteration()
    {
        var only = Worker();
        await only.RenewAsync(Stop);
        var turn = await only.WaitAsync(Stop).WaitAsync(Bounded.Longest, Stop);
        _systemClock.Advance(Length * 3);
        Assert.False(only.IsHeld);

        await only.RenewAsync(Stop);

        Assert.True(only.IsHeld);
        Assert.False(turn.IsCancellationRequested);
    }

    [Theory]
    [InlineData(-3600)] // set back: the lease does not become an hour longer
    [InlineData(3600)]
    public async Task IsHeld_WhenTheClockIsSet_NeverLongerThanTheLease(int seconds)
    {
        var clock = new ClockThatIsSet(_systemClock);
        var only = Worker(systemClock: clock);
        await only.RenewAsync(Stop);

        clock.SetBy = TimeSpan.FromSeconds(seconds);
        _systemClock.Advance(Length);

        Assert.False(only.IsHeld);
    }

    [Fact]
    public async Task Stop_GivesTheLeaseUp_SoThatTheOtherNeedNotWait()
    {
        var (first, second) = (Worker(), Worker());
        await first.StartAsync(Stop);
        await second.RenewAsync(Stop);

        await first.StopAsync(Stop);
        await second.RenewAsync(Stop);

        Assert.True(second.IsHeld);
    }

    [Fact]
    public async Task Stop_OfAStandbyWorker_TakesNothingFromTheSender()
    {
        var (first, second) = (Worker(), Worker());
        await first.RenewAsync(Stop);
        await second.StartAsync(Stop);

        await second.StopAsync(Stop);

        var third = Worker();
        await third.RenewAsync(Stop);
        Assert.False(third.IsHeld);
    }

    [Fact]
    public async Task Renew_WithAnotherToken_IsAnotherSender()
    {
        var (first, second) = (Worker(), Worker("MTA.another.x"));
        await first.RenewAsync(Stop);

        await second.RenewAsync(Stop);

        Assert.Equal((true, true), (first.IsHeld, second.IsHeld));
    }

    [Fact]
    public async Task Renew_WithOneTokenInCommon_StandsByWithBothAndHoldsNeither()
    {
        var (first, both) = (Worker(), Worker(mastodon: "secret-of-mastodon"));
        await first.RenewAsync(Stop);

        await both.RenewAsync(Stop);

        Assert.False(both.IsHeld);
        Assert.Single(await NamesAsync());
    }

    [Fact]
    public async Task Names_InTheDatabase_RevealNoToken()
    {
        await Worker(mastodon: "secret-of-mastodon").RenewAsync(Stop);

        var names = await NamesAsync();

        Assert.Equal(2, names.Count);
        Assert.All(names, name => Assert.Matches("^(discord|mastodon):[0-9a-f]{16}$", name));
    }

    [Fact]
    public async Task Renew_ByManyAtOnce_OneHolds()
    {
        var workers = Enumerable.Range(0, 8).Select(_ => Worker()).ToArray();

        await Task.WhenAll(workers.Select(worker => Task.Run(() => worker.RenewAsync(Stop), Stop)));

        Assert.Single(workers, worker => worker.IsHeld);
    }

    [Fact]
    public async Task Renew_StandbyTwice_IsReportedAtTheBeginningOfEach()
    {
        var standsBy =
            $"Information: Standby: another worker sends ({Environment.MachineName}/{Environment.ProcessId}). This worker takes over when that one stops or is silent for 15 s";
        const string Sends = "Information: The other worker has stopped or is silent; this worker sends now";
        var (first, second) = (Worker(), Worker());
        await first.RenewAsync(Stop);

        await AssertLoggedAsync(second, standsBy);
        _systemClock.Advance(Length);
        await AssertLoggedAsync(second, standsBy, Sends);
        await AssertLoggedAsync(first, standsBy, Sends, standsBy);
        _systemClock.Advance(Length);
        await AssertLoggedAsync(first, standsBy, Sends, standsBy, Sends);

        async Task AssertLoggedAsync(SenderLease worker, params string[] lines)
        {
            for (var renewal = 0; renewal < 3; renewal++)
            {
                await worker.RenewAsync(Stop);
                Assert.Equal(lines, _log.Lines);
            }
        }
    }

    [Fact]
    public async Task Wait_ForTheFirstTime_EndsWhenTheLeaseIsHeld()
    {
        var only = Worker();
        var turn = only.WaitAsync(Stop);
        Assert.False(turn.IsCompleted);

        await only.RenewAsync(Stop);

        Assert.False((await turn.WaitAsync(Bounded.Longest, Stop)).IsCancellationRequested);
    }

    [Fact]
    public async Task Wait_WhenTheBotStops_IsCancelled()
    {
        using CancellationTokenSource stop = new();
        var turn = Worker().WaitAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn.WaitAsync(Bounded.Longest, Stop));
    }

    [Fact]
    public void Names_AreOfEachTokenByItself()
    {
        var both = SenderAccountNames.Create(Settings(Token, "secret-of-mastodon")).Names;

        Assert.Equal(2, both.Count);
        Assert.StartsWith("discord:", both[0], StringComparison.Ordinal);
        Assert.StartsWith("mastodon:", both[1], StringComparison.Ordinal);
        Assert.Equal([both[0]], SenderAccountNames.Create(Settings(Token, mastodon: null)).Names);
        Assert.NotEqual(both[1], SenderAccountNames.Create(Settings(Token, "another")).Names[1]);
        Assert.NotEqual(both[0][8..], both[1][9..]);
    }

    private static BotSettings Settings(string discord, string? mastodon) =>
        new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Discord = new DiscordSettings
            {
                Token = new Secret(discord),
                ApiAddress = new Uri("https://discord.example/"),
            },
            Mastodon = mastodon is null
                ? null
                : new MastodonSettings
                {
                    Address = new Uri("https://mastodon.example/"),
                    AccessToken = new Secret(mastodon),
                },
            Delivery = new DeliverySettings { SenderLease = Length },
        };

    private SenderLease Worker(string discord = Token, string? mastodon = null, TimeProvider? systemClock = null)
    {
        var worker = new SenderLease(
            new SenderRows(_database!),
            SenderAccountNames.Create(Settings(discord, mastodon)),
            new DeliverySettings { SenderLease = Length },
            new Clocks(_systemClock, systemClock ?? _systemClock),
            new SystemRandom(),
            _log
        );
        _workers.Add(worker);
        return worker;
    }

    private Task<IReadOnlyList<string>> NamesAsync() =>
        _database!.ReadAsync(
            session => session.QueryAsync("SELECT name FROM senders", reader => reader.GetString(0), Stop),
            Stop
        );
}
