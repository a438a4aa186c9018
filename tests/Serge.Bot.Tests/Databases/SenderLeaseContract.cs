namespace Serge.Bot.Tests.Databases;

/// <summary>Of all workers on one ledger one sends, whatever the ledger is kept in.</summary>
public abstract class SenderLeaseContract(TestDatabase store) : IAsyncLifetime
{
    private const string Token = "MTA.secret-of-discord.x";

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _wire = new(Some.Noon);
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
    public async Task Start_Alone_SendsAtOnceAndSaysNothing()
    {
        var only = Worker();

        await only.StartAsync(Stop);

        Assert.True(only.IsHeld);
        Assert.False((await only.WaitAsync(Stop).WaitAsync(Bounded.Longest, Stop)).IsCancellationRequested);
        Assert.Empty(_log.Lines);
        await only.StopAsync(Stop);
    }

    [Fact]
    public async Task Renew_BySecond_StandsByAndSaysSoOnce()
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
            _wire.GetUtcNow(),
            _wire.GetUtcNow() + Length,
            Stop
        );
        await rows.TryAcquireAsync(["discord:c"], "other/13/abc", _wire.GetUtcNow(), _wire.GetUtcNow() + Length, Stop);

        Assert.Equal(
            [
                new SenderHolder("discord:b", "host/12/abc", _wire.GetUtcNow() + Length),
                new SenderHolder("mastodon:a", "host/12/abc", _wire.GetUtcNow() + Length),
            ],
            await rows.GetHoldersAsync(["mastodon:a", "discord:b", "discord:z"], _wire.GetUtcNow(), Stop)
        );
        Assert.Empty(await rows.GetHoldersAsync(["mastodon:a", "discord:b"], _wire.GetUtcNow() + Length, Stop));
    }

    /// <summary>Each row: by how many milliseconds a lease is longer than the longest one of a machine whose clock may
    /// still be right, and whether it counts.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Holders_WithALeaseOfAWrongClock_DoNotCount(int milliseconds, bool counts)
    {
        SenderRows rows = new(_database!);
        var longest = DeliverySettings.MaxSenderLease + Database.MaxClockDifference;
        var until = _wire.GetUtcNow() + longest + TimeSpan.FromMilliseconds(milliseconds);
        await rows.TryAcquireAsync(["mastodon:a"], "host/12/abc", _wire.GetUtcNow(), until, Stop);

        var holders = await rows.GetHoldersAsync(["mastodon:a"], _wire.GetUtcNow(), Stop);

        Assert.Equal(counts, holders.Count == 1);
    }

    [Fact]
    public async Task Renew_AfterTheFirstFellSilent_TakesOverWhenTheLeaseEndsAndNotBefore()
    {
        var (first, second) = (Worker(), Worker());
        await first.RenewAsync(Stop);
        await second.RenewAsync(Stop);
        var turn = second.WaitAsync(Stop);

        _wire.Advance(Length - TimeSpan.FromMilliseconds(1));
        await second.RenewAsync(Stop);
        Assert.Equal((true, false), (first.IsHeld, second.IsHeld));

        _wire.Advance(TimeSpan.FromMilliseconds(1));
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
        _wire.Advance(TimeSpan.FromSeconds(seconds));
        await only.RenewAsync(Stop);
        await store.WriteAsync(hasRow ? "UPDATE senders SET lease_until = lease_until - 5000" : "DELETE FROM senders");
        _wire.Advance(TimeSpan.FromSeconds(seconds));

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
        var clock = new ClockThatIsSet(_wire);
        var (first, second) = (Worker(wire: clock), Worker());
        await first.RenewAsync(Stop);
        clock.SetBy = TimeSpan.FromHours(-1);
        await store.WriteAsync("UPDATE senders SET lease_until = lease_until - 3600000");
        await first.RenewAsync(Stop);
        Assert.True(first.IsHeld);

        _wire.Advance(Length);
        clock.SetBy = TimeSpan.Zero;
        await second.RenewAsync(Stop);
        await second.StopAsync(Stop);
        _wire.Advance(Length);
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
            _wire.Advance(Length / 3);
        }

        Assert.Equal((true, false), (first.IsHeld, second.IsHeld));
    }

    [Fact]
    public async Task Renew_ByOneThatSleptWhileAnotherTookOver_StandsByAndLeavesItsConnection()
    {
        var (sleeper, second) = (Worker(), Worker());
        await sleeper.RenewAsync(Stop);
        var turn = await sleeper.WaitAsync(Stop).WaitAsync(Bounded.Longest, Stop);
        _wire.Advance(Length);
        await second.RenewAsync(Stop);

        Assert.False(sleeper.IsHeld);
        Assert.False(turn.IsCancellationRequested); // it has not heard of it yet
        await sleeper.RenewAsync(Stop);

        Assert.True(turn.IsCancellationRequested);
        Assert.Equal((false, true), (sleeper.IsHeld, second.IsHeld));
        Assert.False(sleeper.WaitAsync(Stop).IsCompleted);
    }

    /// <summary>The clock of the other machine is ahead, so that it saw the lease end earlier.</summary>
    [Fact]
    public async Task Renew_AfterAnotherTookOverBeforeTheEndOfTheLease_StandsBy()
    {
        ClockThatIsSet ahead = new(_wire) { SetBy = Length };
        var (first, second) = (Worker(), Worker(wire: ahead));
        await first.RenewAsync(Stop);
        await second.RenewAsync(Stop);
        Assert.True(second.IsHeld);

        await first.RenewAsync(Stop);

        Assert.False(first.IsHeld);
    }

    [Fact]
    public async Task Renew_AfterItsOwnLeaseRanOutAndNobodyTookIt_GoesOnInTheSameTurn()
    {
        var only = Worker();
        await only.RenewAsync(Stop);
        var turn = await only.WaitAsync(Stop).WaitAsync(Bounded.Longest, Stop);
        _wire.Advance(Length * 3);
        Assert.False(only.IsHeld);

        await only.RenewAsync(Stop);

        Assert.True(only.IsHeld);
        Assert.False(turn.IsCancellationRequested);
    }

    [Theory]
    [InlineData(-3600)] // set back: the lease does not last an hour for that
    [InlineData(3600)]
    public async Task IsHeld_WhenTheClockIsSet_NeverLongerThanTheLease(int seconds)
    {
        var clock = new ClockThatIsSet(_wire);
        var only = Worker(wire: clock);
        await only.RenewAsync(Stop);

        clock.SetBy = TimeSpan.FromSeconds(seconds);
        _wire.Advance(Length);

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
    public async Task Stop_OfAStandBy_TakesNothingFromTheSender()
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
    public async Task Renew_StandingByTwice_IsSaidAtTheBeginningOfEach()
    {
        var standsBy =
            $"Information: Standby: another worker sends ({Environment.MachineName}/{Environment.ProcessId}). This worker takes over when that one stops or is silent for 15 s";
        const string Sends = "Information: The other worker has stopped or is silent; this worker sends now";
        var (first, second) = (Worker(), Worker());
        await first.RenewAsync(Stop);

        await AssertSaidAsync(second, standsBy);
        _wire.Advance(Length);
        await AssertSaidAsync(second, standsBy, Sends);
        await AssertSaidAsync(first, standsBy, Sends, standsBy);
        _wire.Advance(Length);
        await AssertSaidAsync(first, standsBy, Sends, standsBy, Sends);

        async Task AssertSaidAsync(SenderLease worker, params string[] lines)
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

    private SenderLease Worker(string discord = Token, string? mastodon = null, TimeProvider? wire = null)
    {
        var worker = new SenderLease(
            new SenderRows(_database!),
            SenderAccountNames.Create(Settings(discord, mastodon)),
            new DeliverySettings { SenderLease = Length },
            new Clocks(_wire, wire ?? _wire),
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

    /// <summary>Somebody sets the clock; what has elapsed does not change by that.</summary>
    private sealed class ClockThatIsSet(TimeProvider steady) : TimeProvider
    {
        public TimeSpan SetBy { get; set; }

        public override long TimestampFrequency => steady.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + SetBy;

        public override long GetTimestamp() => steady.GetTimestamp();
    }
}
