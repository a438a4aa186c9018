using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Commands;

public sealed class InteractionWorkerTests
{
    private readonly FakeDiscord _discord = new();
    private readonly TimerSignal _systemClock = new();
    private readonly FakeLifetime _lifetime = new();
    private readonly FakeGuildStore _guilds = new();
    private readonly EchoCommand _echo = new();
    private readonly LogLines<InteractionWorker> _log = new();
    private readonly PlatformConnections _connections;
    private FatalErrorHandler? _errorHandler;
    private TimeSpan _refusalDelay = TimeSpan.Zero;

    public InteractionWorkerTests() => _connections = new PlatformConnections(new Clocks(_systemClock, _systemClock));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_RegistersTheCommandsOncePerRun()
    {
        _discord.Raise(new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(3), new GuildId(4)]));
        _discord.Raise(new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(3), new GuildId(4)]));

        await RunToCompletionAsync();

        Assert.Equal("echo", Assert.Single(Assert.Single(_discord.Registered)).Name);
    }

    /// <summary>Without the wait there would be a loop of requests without a pause.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Ready_WhileDiscordIsBusy_RegistersOnceAMinute()
    {
        var stop = TestContext.Current.CancellationToken;
        List<TimeSpan> requested = [];
        var start = _systemClock.GetUtcNow();
        _discord.OnRegister = times =>
        {
            requested.Add(_systemClock.GetUtcNow() - start);
            return times < 4
                ? new Result<CommandRegistration>.Unavailable("503")
                : new Result<CommandRegistration>.Success(new CommandRegistration(Changed: true, 1));
        };
        _discord.Raise(SomeReady);
        var run = RunToCompletionAsync();

        for (var n = 0; n < 3 && await IsWaitingAsync(run); n++)
        {
            _systemClock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
            _systemClock.Advance(TimeSpan.FromTicks(1));
        }

        await run.WaitAsync(stop);
        Assert.Equal([0, 1, 2, 3], requested.Select(time => time.TotalMinutes));
        Assert.Equal(
            [
                "Information: Discord is ready: connected as Serge; servers: 2",
                .. Enumerable.Repeat("Warning: Registering slash commands failed; retry in a minute or later: 503", 3),
                "Information: Slash commands: 1, registered",
            ],
            _log.Lines
        );
    }

    /// <summary>During an outage Discord may refuse valid requests.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Ready_WhenRegisteringIsRefused_RegistersOnceMoreAfterTheRefusalDelay()
    {
        var stop = TestContext.Current.CancellationToken;
        _refusalDelay = TimeSpan.FromMinutes(10);
        List<TimeSpan> requested = [];
        var start = _systemClock.GetUtcNow();
        _discord.OnRegister = _ =>
        {
            requested.Add(_systemClock.GetUtcNow() - start);
            return new Result<CommandRegistration>.Refused(Refusal.Forbidden, "50001");
        };
        _discord.Raise(SomeReady);
        var run = RunToCompletionAsync();

        Assert.True(await IsWaitingAsync(run));
        _systemClock.Advance(_refusalDelay);
        await run.WaitAsync(stop);

        Assert.Equal([0, 10], requested.Select(time => time.TotalMinutes));
    }

    [Fact(Timeout = 300_000)]
    public async Task Ready_WhenStoppedBetweenTwoRegistrations_Ends()
    {
        var stop = TestContext.Current.CancellationToken;
        _discord.OnRegister = _ => new Result<CommandRegistration>.Unavailable("503");
        _discord.Raise(SomeReady);
        using var worker = Worker();
        await worker.StartAsync(stop);
        await _systemClock.TimerCreatedAsync();

        await worker.StopAsync(stop);

        Assert.True(worker.ExecuteTask!.IsCompleted);
        Assert.Single(_discord.Registered);
    }

    /// <summary>A client that throws is a defect; the other interactions and the bot must continue.</summary>
    [Fact]
    public async Task Interaction_WhoseAnswerThrows_EndsItselfOnly()
    {
        var count = 0;
        _discord.OnRespond = _ =>
            Interlocked.Increment(ref count) == 1
                ? throw new InvalidOperationException("a bug")
                : new SendOutcome.Sent(null, null);
        _discord.OnRegister = _ => throw new InvalidOperationException("another bug");
        _discord.Raise(Command("echo", "one"));
        _discord.Raise(SomeReady);
        _discord.Raise(Command("echo", "two"));

        await RunToCompletionAsync();

        Assert.Equal(2, count);
        Assert.Contains(
            _log.Lines,
            line =>
                line.StartsWith("Error: Answering interaction 1 failed: unhandled exception", StringComparison.Ordinal)
        );
        Assert.Contains(
            _log.Lines,
            line => line.StartsWith("Error: Registering slash commands failed;", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Registered_TheCommandsAreMentionedInAnswersFromThenOn()
    {
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        Dictionary<string, ulong> ids = new() { ["echo"] = 7 };
        _discord.OnRegister = _ => new Result<CommandRegistration>.Success(
            new CommandRegistration(Changed: false, 1) { Ids = ids }
        );
        using var worker = Worker();
        await worker.StartAsync(Stop);
        _discord.Raise(new DiscordEvent.Ready(1, "Serge", Shard.Only, []));
        _discord.Raise(Command("echo", "mention"));

        var reply = Assert.IsType<Reply.Message>(await _discord.NextReplyAsync());

        Assert.Contains("</echo:7> `word:x`", reply.Content.Text, StringComparison.Ordinal);
        await worker.StopAsync(Stop);
    }

    public static TheoryData<Result<CommandRegistration>, string> Registrations =>
        new()
        {
            {
                new Result<CommandRegistration>.Success(new CommandRegistration(Changed: false, 8)),
                "Information: Slash commands: 8, unchanged"
            },
            {
                new Result<CommandRegistration>.Refused(Refusal.Forbidden, "50001"),
                "Error: Registering slash commands failed; no retry until the bot is restarted, members see the previous commands: 50001"
            },
            {
                new Result<CommandRegistration>.Unauthorized("401"),
                "Error: Registering slash commands failed; no retry until the bot is restarted, members see the previous commands: 401"
            },
        };

    [Theory(Timeout = 300_000)]
    [MemberData(nameof(Registrations))]
    public async Task Ready_WithAFinalAnswer_RegistersOnceAndLogsIt(Result<CommandRegistration> answer, string logged)
    {
        var stop = TestContext.Current.CancellationToken;
        // A second request would get a different response, and would be repeated without end.
        _discord.OnRegister = times =>
            times == 1 ? answer : new Result<CommandRegistration>.Refused(Refusal.Gone, "again");
        _discord.Raise(SomeReady);

        await RunToCompletionAsync().WaitAsync(stop);

        Assert.Single(_discord.Registered);
        Assert.Equal(logged, _log.Lines[^1]);
    }

    [Theory]
    [InlineData(null, false, false)]
    [InlineData("https://bot.example/", false, true)]
    [InlineData(null, true, true)]
    [InlineData("https://bot.example/", true, false)]
    public async Task Ready_WhenCommandsComeAnotherWay_LogsAWarning(string? endpoint, bool overHttp, bool isLogged)
    {
        var application = new DiscordApplication(42, "Serge", endpoint);
        _discord.Application = new Result<DiscordApplication>.Success(application);
        _discord.Raise(SomeReady);

        await RunToCompletionAsync(overHttp: overHttp);

        Assert.Equal(
            isLogged ? [$"Warning: {InteractionEndpointCheck.FindProblem(application, overHttp)}"] : [],
            _log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Ready_WhenDiscordDoesNotReturnTheApplication_LogsNoWarning()
    {
        _discord.Application = new Result<DiscordApplication>.Unavailable("503");
        _discord.Raise(SomeReady);

        await RunToCompletionAsync(overHttp: true);

        Assert.DoesNotContain(_log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    public static TheoryData<DiscordEvent, bool?, bool, string> ConnectionEvents =>
        new()
        {
            { SomeReady, true, false, "Information: Discord is ready: connected as Serge; servers: 2" },
            { new DiscordEvent.Resumed(), true, false, "Information: Discord session resumed" },
            {
                new DiscordEvent.Disconnected("1006"),
                false,
                false,
                "Warning: Discord connection lost; reconnecting: 1006"
            },
            {
                new DiscordEvent.Stopped(StopCause.InvalidToken, "401"),
                false,
                true,
                "Critical: Discord:Token is not accepted (unauthorized); not reconnecting to Discord until the setting is fixed and the bot is restarted: 401"
            },
            {
                new DiscordEvent.Stopped(StopCause.InvalidConfiguration, "4014"),
                false,
                true,
                "Critical: Discord refuses a session; not reconnecting to Discord until the setting is fixed and the bot is restarted: 4014"
            },
            { new DiscordEvent.GuildJoined(new GuildId(3)), null, false, "" },
        };

    [Theory]
    [MemberData(nameof(ConnectionEvents))]
    public async Task Connection_IsThatOfTheLastEvent(DiscordEvent discordEvent, bool? isUp, bool isLost, string logged)
    {
        _discord.Raise(discordEvent);

        await RunToCompletionAsync();

        Assert.Equal(
            (isUp, isLost),
            (_connections.Discord.State.IsConnected, _connections.Discord.State.NeedsOperator)
        );
        Assert.Equal(logged, _log.Lines is [var first, ..] ? first : "");
    }

    [Theory(Timeout = 300_000)]
    [InlineData(false)] // the sequence of events has ended
    [InlineData(true)] // the bot is stopped
    public async Task End_WhileAnAnswerIsInProgress_WaitsForIt(bool isStopped)
    {
        var stop = TestContext.Current.CancellationToken;
        using var worker = Worker();
        _discord.Raise(Command("echo", "slow"));
        await worker.StartAsync(stop);
        await _echo.StartedAsync();
        var stopping = isStopped ? worker.StopAsync(stop) : Task.CompletedTask;
        _discord.Ends();
        await _discord.ReadingEnded;
        await YieldAsync();

        Assert.False(worker.ExecuteTask!.IsCompleted);
        Assert.Equal(0, _discord.Waiting);
        _echo.EndAll();
        await worker.ExecuteTask.ContinueWith(_ => { }, TaskScheduler.Default);
        await stopping;

        Assert.Equal(1, _discord.Waiting);
        Assert.Equal("an answer", Text(await _discord.NextReplyAsync()));
    }

    [Fact(Timeout = 300_000)]
    public async Task End_WhileAGuildEventIsHandled_WaitsForIt()
    {
        var stop = TestContext.Current.CancellationToken;
        using var worker = Worker();
        _guilds.Until = new TaskCompletionSource();
        _discord.Raise(new DiscordEvent.GuildJoined(new GuildId(3)));
        _discord.Ends();
        await worker.StartAsync(stop);
        await _discord.ReadingEnded;
        await YieldAsync();

        Assert.False(worker.ExecuteTask!.IsCompleted);
        _guilds.Until.SetResult();
        await worker.ExecuteTask;
        Assert.Single(_guilds.Handled);
    }

    [Fact(Timeout = 300_000)]
    public async Task Interacted_MoreThanSixtyFourAtOnce_StartsTheNextWhenOneHasEnded()
    {
        var stop = TestContext.Current.CancellationToken;
        for (var n = 0; n < 66; n++)
        {
            _discord.Raise(Command("echo", "slow"));
        }

        var run = RunToCompletionAsync();
        for (var n = 0; n < 64; n++)
        {
            await _echo.StartedAsync();
        }

        await YieldAsync();
        Assert.Equal(64, _echo.Started);
        _echo.EndOne();
        await _echo.StartedAsync();
        await YieldAsync();
        Assert.Equal(65, _echo.Started);
        _echo.EndAll();
        await run.WaitAsync(stop);
        Assert.Equal((66, 66), (_echo.Started, _discord.Waiting));
    }

    [Fact(Timeout = 300_000)]
    public async Task GuildEvent_IsHandledOnlyWhenTheFirstIsDone()
    {
        var stop = TestContext.Current.CancellationToken;
        _guilds.Until = new TaskCompletionSource();
        DiscordEvent[] discordEvents =
        [
            new DiscordEvent.GuildJoined(new GuildId(3)),
            new DiscordEvent.ChannelDeleted(new ChannelId(5), new GuildId(3)),
            new DiscordEvent.GuildLeft(new GuildId(3)),
        ];
        foreach (var one in discordEvents)
        {
            _discord.Raise(one);
        }

        var run = RunToCompletionAsync();
        await _discord.ReadingEnded;
        await YieldAsync();

        Assert.Equal(discordEvents.Take(1), _guilds.Begun);
        _guilds.Until.SetResult();
        await run.WaitAsync(stop);
        Assert.Equal(discordEvents, _guilds.Handled);
    }

    [Fact]
    public async Task GuildEvent_ThatFails_IsLoggedAndTheNextIsHandled()
    {
        FakeGuildStore second = new();
        _discord.Raise(new DiscordEvent.GuildLeft(new GuildId(13)));

        await RunToCompletionAsync(guildStore: [_guilds, second]);

        Assert.Single(second.Handled);
        Assert.Equal(
            [
                "Error: Handling GuildLeft { Guild = 13 } failed with an unhandled exception",
                "Error: Handling GuildLeft { Guild = 13 } failed with an unhandled exception",
            ],
            _log.Lines
        );
    }

    [Fact]
    public async Task Interacted_GetsTheCommandsAnswer()
    {
        _discord.Raise(Command("echo"));

        await RunToCompletionAsync();

        Assert.Equal("an answer", Text(await _discord.NextReplyAsync()));
    }

    [Fact]
    public async Task Interacted_WithACommandThatFails_StillAnswersAndContinues()
    {
        _discord.Raise(Command("echo", "bug"));
        _discord.Raise(Command("echo"));

        await RunToCompletionAsync();

        string[] replies = [Text(await _discord.NextReplyAsync()), Text(await _discord.NextReplyAsync())];
        Assert.Contains("an answer", replies);
        Assert.Contains(replies, reply => reply.Contains("you did nothing wrong", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Interacted_WithACommandThatIsNoLongerThere_ReportsIt()
    {
        _discord.Raise(Command("removed"));

        await RunToCompletionAsync();

        Assert.Contains("no longer there", Text(await _discord.NextReplyAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GuildEvents_AreHandledInOrderThoughOneOfThemFails()
    {
        DiscordEvent[] discordEvents =
        [
            new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(13)]),
            new DiscordEvent.GuildJoined(new GuildId(13)),
            new DiscordEvent.GuildLeft(new GuildId(13)),
            new DiscordEvent.ChannelDeleted(new ChannelId(5), new GuildId(7)),
        ];
        foreach (var one in discordEvents)
        {
            _discord.Raise(one);
        }

        await RunToCompletionAsync();

        Assert.Equal(discordEvents, _guilds.Handled);
    }

    [Fact(Timeout = 300_000)]
    public async Task Stopped_ForTheFirstTime_ConnectsAgainTenMinutesLater()
    {
        _refusalDelay = TimeSpan.FromMinutes(10);
        _discord.Raise(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));
        _discord.Ends();
        using var worker = Worker(mastodonIsOn: false);

        await worker.StartAsync(TestContext.Current.CancellationToken);
        await _systemClock.TimerCreatedAsync();
        _systemClock.Advance(_refusalDelay - TimeSpan.FromSeconds(1));

        Assert.False(_lifetime.IsStopping);
        Assert.False(worker.ExecuteTask!.IsCompleted);
        Assert.Contains(
            "Error: Discord:Token is not accepted (unauthorized); connecting to Discord once more in 10 min: 401",
            _log.Lines
        );
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 300_000)]
    public async Task Stopped_WithADelayOfPartsOfAMinute_LogsTheNextWholeOne()
    {
        _refusalDelay = TimeSpan.FromSeconds(90);
        _discord.Raise(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));
        using var worker = Worker(mastodonIsOn: false);

        await worker.StartAsync(TestContext.Current.CancellationToken);
        await _systemClock.TimerCreatedAsync();

        Assert.Contains("once more in 2 min", Assert.Single(_log.Lines), StringComparison.Ordinal);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 300_000)]
    public async Task Stopped_AgainTenMinutesLater_IsFinal()
    {
        var stop = TestContext.Current.CancellationToken;
        _refusalDelay = TimeSpan.FromMinutes(10);
        _discord.Raise(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));
        using var worker = Worker(mastodonIsOn: false);
        await worker.StartAsync(stop);
        await _discord.WaitForReadingAsync();
        await _systemClock.TimerCreatedAsync();

        _systemClock.Advance(_refusalDelay);
        await _discord.WaitForReadingAsync();
        Assert.False(_lifetime.IsStopping);
        _discord.Raise(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));
        await worker.ExecuteTask!.WaitAsync(stop);

        Assert.True(_lifetime.IsStopping);
        Assert.StartsWith("Critical: Discord:Token is not accepted", _log.Lines[^1], StringComparison.Ordinal);
    }

    /// <summary>Registering the commands can take a day, if Discord limits it.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Stopped_WhileTheCommandsCannotBeRegistered_ConnectsAgainTenMinutesLater()
    {
        _refusalDelay = TimeSpan.FromMinutes(10);
        _discord.OnRegister = _ => new Result<CommandRegistration>.Unavailable("503");
        _discord.Raise(SomeReady);
        _discord.Raise(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));
        _discord.Ends();
        using var worker = Worker(mastodonIsOn: false);
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await _systemClock.TimerCreatedAsync(); // until the next registration
        await _systemClock.TimerCreatedAsync(); // until the next connection attempt

        Assert.Single(_discord.Registered);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(true, false)] // Mastodon continues
    [InlineData(false, true)] // no platform is left
    public async Task Stopped_EndsTheBotOnlyWhenNothingElseIsLeft(bool mastodonIsOn, bool ends)
    {
        _discord.Raise(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));

        var errorHandler = await RunToCompletionAsync(mastodonIsOn);

        Assert.Equal((ends, ends ? 2 : 0), (_lifetime.IsStopping, errorHandler.ExitCode));
    }

    /// <summary>Two workers with one token must not be connected at the same time: both would receive every
    /// command.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Lease_TakenOverByAnotherWorker_EndsTheConnectionUntilItIsBack()
    {
        var stop = TestContext.Current.CancellationToken;
        var home = Directory.CreateTempSubdirectory("serge-lease-");
        try
        {
            await using var database = await TestEngine.OpenDatabaseAsync(Path.Combine(home.FullName, "serge.db"));
            using var lease = Lease(database, 1);
            using var other = Lease(database, 2);
            await other.RenewAsync(stop);
            await lease.RenewAsync(stop);
            using var worker = Worker(lease: lease);
            _discord.Raise(SomeReady);
            await worker.StartAsync(stop);
            await YieldAsync();
            Assert.Equal(0, _discord.Readings); // the other one has the lease

            await PassOnAsync(lease);
            await _discord.WaitForReadingAsync();
            _discord.Raise(Command("echo"));
            Assert.Equal("an answer", Text(await _discord.NextReplyAsync()));
            Assert.True(_connections.Discord.State.IsConnected);

            await PassOnAsync(other);
            await lease.RenewAsync(stop);
            await _discord.ReadingEnded;
            await YieldAsync();
            Assert.Equal(1, _discord.Readings);
            Assert.False(worker.ExecuteTask!.IsCompleted);

            await PassOnAsync(lease);
            await _discord.WaitForReadingAsync();
            Assert.Null(_connections.Discord.State.IsConnected);
            Assert.Contains(
                "Information: On standby, not connected to Discord: another worker holds the sender's lease",
                _log.Lines
            );
            _discord.Raise(Command("echo"));
            Assert.Equal("an answer", Text(await _discord.NextReplyAsync()));

            await worker.StopAsync(stop);
            Assert.True(worker.ExecuteTask!.IsCompleted);
            Assert.Equal(2, _discord.Readings);
            Assert.Single(_log.Lines, line => line.Contains("On standby", StringComparison.Ordinal));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task Lease_WhereCommandsComeOverHttp_IsNotWaitedFor()
    {
        var stop = TestContext.Current.CancellationToken;
        var home = Directory.CreateTempSubdirectory("serge-lease-");
        try
        {
            await using var database = await TestEngine.OpenDatabaseAsync(Path.Combine(home.FullName, "serge.db"));
            using var lease = Lease(database, 1, overHttp: true);
            _discord.Raise(Command("echo"));

            await RunToCompletionAsync(overHttp: true, lease: lease);

            Assert.Equal("an answer", Text(await _discord.NextReplyAsync()));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    /// <summary>The lease of another worker has ended, and this worker acquires it.</summary>
    private Task PassOnAsync(SenderLease lease)
    {
        _systemClock.Advance(TimeSpan.FromMinutes(10));
        return lease.RenewAsync(Stop);
    }

    private SenderLease Lease(Database database, int seed, bool overHttp = false) =>
        new(
            new SenderRows(database),
            SenderAccountNames.Create(Settings(mastodonIsOn: true, overHttp)),
            new DeliverySettings(),
            new Clocks(_systemClock, _systemClock),
            new Random(seed),
            NullLogger<SenderLease>.Instance
        );

    private static DiscordEvent SomeReady =>
        new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(3), new GuildId(4)]);

    /// <summary>Whether the worker waits; false if it has ended instead.</summary>
    private async Task<bool> IsWaitingAsync(Task run)
    {
        var waits = _systemClock.TimerCreatedAsync();
        return await Task.WhenAny(waits, run) == waits;
    }

    /// <summary>Lets pending continuations run.</summary>
    private static async Task YieldAsync()
    {
        for (var n = 0; n < 100; n++)
        {
            await Task.Yield();
        }
    }

    private async Task<FatalErrorHandler> RunToCompletionAsync(
        bool mastodonIsOn = true,
        bool overHttp = false,
        SenderLease? lease = null,
        params IGuildEventHandler[] guildStore
    )
    {
        _discord.Ends();
        using var worker = Worker(mastodonIsOn, overHttp, lease, guildStore);
        await worker.StartAsync(Stop);
        await worker.ExecuteTask!.WaitAsync(Stop);
        return _errorHandler!;
    }

    private InteractionWorker Worker(
        bool mastodonIsOn = true,
        bool overHttp = false,
        SenderLease? lease = null,
        params IGuildEventHandler[] guildStore
    )
    {
        var settings = Settings(mastodonIsOn, overHttp);
        _errorHandler = new FatalErrorHandler(settings, _lifetime);
        var clocks = new Clocks(_systemClock, _systemClock);
        InteractionDispatcher dispatcher = new(
            _discord,
            [_echo],
            new CommandMentions(),
            clocks,
            NullLogger<InteractionDispatcher>.Instance
        );
        return new InteractionWorker(
            _discord,
            dispatcher,
            new CommandRegistrar(_discord, dispatcher, settings, clocks, new SharedLog<CommandRegistrar>(_log)),
            guildStore.Length == 0 ? [_guilds] : guildStore,
            settings,
            clocks,
            _errorHandler,
            lease ?? TestEngine.HeldLease(),
            _connections,
            _log
        );
    }

    private BotSettings Settings(bool mastodonIsOn, bool overHttp) =>
        new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Discord = new DiscordSettings
            {
                Token = new Secret("t"),
                ApiAddress = new Uri("https://d.example"),
                InteractionsOverHttp = overHttp,
            },
            Mastodon = mastodonIsOn ? Some.Mastodon() : null,
            Delivery = new DeliverySettings { RefusalDelay = _refusalDelay },
        };

    private static DiscordEvent Command(string name, string word = "") =>
        new DiscordEvent.InteractionReceived(
            new Interaction.Command
            {
                Id = new InteractionId(1),
                Name = name,
                Handle = new object(),
                Options = new Dictionary<string, string> { ["word"] = word },
            }
        );

    private static string Text(Reply reply) => Assert.IsType<Reply.Message>(reply).Content.Text;

    private sealed class FakeGuildStore : IGuildEventHandler
    {
        public List<DiscordEvent> Handled { get; } = [];

        /// <summary>The events whose handling has started.</summary>
        public List<DiscordEvent> Begun { get; } = [];

        /// <summary>The handling waits for this task first.</summary>
        public TaskCompletionSource? Until { get; set; }

        public async Task HandleAsync(DiscordEvent discordEvent, CancellationToken cancellationToken)
        {
            Begun.Add(discordEvent);
            await Task.Yield();
            await (Until?.Task ?? Task.CompletedTask);
            Handled.Add(discordEvent);
            if (discordEvent is DiscordEvent.GuildLeft(GuildId(13)))
            {
                throw new InvalidOperationException("a bug");
            }
        }
    }

    private sealed class EchoCommand : ISlashCommand
    {
        private readonly CountedSignal _started = new();
        private readonly CountedSignal _ended = new();
        private int _count;

        public CommandDefinition Definition { get; } = new() { Name = "echo", Description = "For tests" };

        /// <summary>How many slow commands have started.</summary>
        public int Started => _count;

        /// <summary>Waits until one more slow command has started.</summary>
        public Task StartedAsync() => _started.TakeAsync();

        public void EndOne() => _ended.Give();

        public void EndAll() => _ended.Give(1000);

        public async ValueTask<Reply> HandleAsync(
            Interaction.Command command,
            Strings strings,
            CancellationToken cancellationToken
        )
        {
            if (command.Options["word"] == "slow")
            {
                Interlocked.Increment(ref _count);
                _started.Give();
                await _ended.TakeAsync();
            }

            return command.Options["word"] switch
            {
                "bug" => throw new InvalidOperationException("a bug"),
                "mention" => Replies.Public("Try `/echo word:x`."),
                _ => Replies.Public("an answer"),
            };
        }
    }

    private sealed class FakeLifetime : IHostApplicationLifetime
    {
        public bool IsStopping { get; private set; }

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => IsStopping = true;
    }
}
