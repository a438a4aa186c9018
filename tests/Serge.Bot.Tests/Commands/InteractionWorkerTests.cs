using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Commands;

public sealed class InteractionWorkerTests
{
    private readonly FakeDiscord _discord = new();
    private readonly TimerSignal _wire = new();
    private readonly FakeLifetime _lifetime = new();
    private readonly FakeGuildStore _guilds = new();
    private readonly EchoCommand _echo = new();
    private readonly LogLines<InteractionWorker> _log = new();
    private readonly PlatformConnections _connections;
    private FatalErrorHandler? _surrender;
    private TimeSpan _refusalDelay = TimeSpan.Zero;

    public InteractionWorkerTests() => _connections = new PlatformConnections(new Clocks(_wire, _wire));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_RegistersTheCommandsOncePerRun()
    {
        _discord.Happens(new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(3), new GuildId(4)]));
        _discord.Happens(new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(3), new GuildId(4)]));

        await RunToTheEndAsync();

        Assert.Equal("echo", Assert.Single(Assert.Single(_discord.Registered)).Name);
    }

    /// <summary>A wait that is left out would be a loop of requests without a pause.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Ready_WhileDiscordIsBusy_RegistersOnceAMinute()
    {
        var stop = TestContext.Current.CancellationToken;
        List<TimeSpan> requested = [];
        var start = _wire.GetUtcNow();
        _discord.OnRegister = times =>
        {
            requested.Add(_wire.GetUtcNow() - start);
            return times < 4
                ? new Result<CommandRegistration>.Unavailable("503")
                : new Result<CommandRegistration>.Success(new CommandRegistration(Changed: true, 1));
        };
        _discord.Happens(SomeReady);
        var run = RunToTheEndAsync();

        for (var n = 0; n < 3 && await WaitsAsync(run); n++)
        {
            _wire.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
            _wire.Advance(TimeSpan.FromTicks(1));
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

    /// <summary>During an outage Discord may refuse what is valid.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Ready_WhenRegisteringIsRefused_RegistersOnceMoreAfterTheRefusalDelay()
    {
        var stop = TestContext.Current.CancellationToken;
        _refusalDelay = TimeSpan.FromMinutes(10);
        List<TimeSpan> requested = [];
        var start = _wire.GetUtcNow();
        _discord.OnRegister = _ =>
        {
            requested.Add(_wire.GetUtcNow() - start);
            return new Result<CommandRegistration>.Refused(Refusal.Forbidden, "50001");
        };
        _discord.Happens(SomeReady);
        var run = RunToTheEndAsync();

        Assert.True(await WaitsAsync(run));
        _wire.Advance(_refusalDelay);
        await run.WaitAsync(stop);

        Assert.Equal([0, 10], requested.Select(time => time.TotalMinutes));
    }

    [Fact(Timeout = 300_000)]
    public async Task Ready_WhenStoppedBetweenTwoRegistrations_Ends()
    {
        var stop = TestContext.Current.CancellationToken;
        _discord.OnRegister = _ => new Result<CommandRegistration>.Unavailable("503");
        _discord.Happens(SomeReady);
        using var worker = Worker();
        await worker.StartAsync(stop);
        await _wire.TimerCreatedAsync();

        await worker.StopAsync(stop);

        Assert.True(worker.ExecuteTask!.IsCompleted);
        Assert.Single(_discord.Registered);
    }

    /// <summary>A client that throws is a defect; it must end neither the other interactions nor the bot.</summary>
    [Fact]
    public async Task Interaction_WhoseAnswerThrows_EndsItselfOnly()
    {
        var count = 0;
        _discord.OnRespond = _ =>
            Interlocked.Increment(ref count) == 1
                ? throw new InvalidOperationException("a bug")
                : new SendOutcome.Sent(null, null);
        _discord.OnRegister = _ => throw new InvalidOperationException("another bug");
        _discord.Happens(Command("echo", "one"));
        _discord.Happens(SomeReady);
        _discord.Happens(Command("echo", "two"));

        await RunToTheEndAsync();

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
        _discord.Happens(new DiscordEvent.Ready(1, "Serge", Shard.Only, []));
        _discord.Happens(Command("echo", "mention"));

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
                "Error: Registering slash commands failed; not tried again until restart, members see the old ones: 50001"
            },
            {
                new Result<CommandRegistration>.Unauthorized("401"),
                "Error: Registering slash commands failed; not tried again until restart, members see the old ones: 401"
            },
        };

    [Theory(Timeout = 300_000)]
    [MemberData(nameof(Registrations))]
    public async Task Ready_WithAFinalAnswer_RegistersOnceAndLogsIt(Result<CommandRegistration> answer, string logged)
    {
        var stop = TestContext.Current.CancellationToken;
        // A second request would get a third answer, and not be asked for ever.
        _discord.OnRegister = times =>
            times == 1 ? answer : new Result<CommandRegistration>.Refused(Refusal.Gone, "again");
        _discord.Happens(SomeReady);

        await RunToTheEndAsync().WaitAsync(stop);

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
        _discord.Happens(SomeReady);

        await RunToTheEndAsync(overHttp: overHttp);

        Assert.Equal(
            isLogged ? [$"Warning: {InteractionEndpointCheck.FindProblem(application, overHttp)}"] : [],
            _log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Ready_WhenDiscordDoesNotTellOfTheApplication_LogsNoWarning()
    {
        _discord.Application = new Result<DiscordApplication>.Unavailable("503");
        _discord.Happens(SomeReady);

        await RunToTheEndAsync(overHttp: true);

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
    public async Task Connection_IsAsTheLastEventSays(DiscordEvent happened, bool? isUp, bool isLost, string logged)
    {
        _discord.Happens(happened);

        await RunToTheEndAsync();

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
        _discord.Happens(Command("echo", "slow"));
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
    public async Task End_WhileSomebodyIsBeingToldOfAServer_WaitsForIt()
    {
        var stop = TestContext.Current.CancellationToken;
        using var worker = Worker();
        _guilds.Until = new TaskCompletionSource();
        _discord.Happens(new DiscordEvent.GuildJoined(new GuildId(3)));
        _discord.Ends();
        await worker.StartAsync(stop);
        await _discord.ReadingEnded;
        await YieldAsync();

        Assert.False(worker.ExecuteTask!.IsCompleted);
        _guilds.Until.SetResult();
        await worker.ExecuteTask;
        Assert.Single(_guilds.Told);
    }

    [Fact(Timeout = 300_000)]
    public async Task Interacted_MoreThanSixtyFourAtOnce_StartsTheNextWhenOneHasEnded()
    {
        var stop = TestContext.Current.CancellationToken;
        for (var n = 0; n < 66; n++)
        {
            _discord.Happens(Command("echo", "slow"));
        }

        var run = RunToTheEndAsync();
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
    public async Task Told_OfTheNextEvent_OnlyWhenTheFirstIsDone()
    {
        var stop = TestContext.Current.CancellationToken;
        _guilds.Until = new TaskCompletionSource();
        DiscordEvent[] happened =
        [
            new DiscordEvent.GuildJoined(new GuildId(3)),
            new DiscordEvent.ChannelDeleted(new ChannelId(5), new GuildId(3)),
            new DiscordEvent.GuildLeft(new GuildId(3)),
        ];
        foreach (var one in happened)
        {
            _discord.Happens(one);
        }

        var run = RunToTheEndAsync();
        await _discord.ReadingEnded;
        await YieldAsync();

        Assert.Equal(happened.Take(1), _guilds.Begun);
        _guilds.Until.SetResult();
        await run.WaitAsync(stop);
        Assert.Equal(happened, _guilds.Told);
    }

    [Fact]
    public async Task Told_WhenOneOfThemFails_LogsItAndTellsTheNext()
    {
        FakeGuildStore second = new();
        _discord.Happens(new DiscordEvent.GuildLeft(new GuildId(13)));

        await RunToTheEndAsync(guildStore: [_guilds, second]);

        Assert.Single(second.Told);
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
        _discord.Happens(Command("echo"));

        await RunToTheEndAsync();

        Assert.Equal("an answer", Text(await _discord.NextReplyAsync()));
    }

    [Fact]
    public async Task Interacted_WithACommandThatRunsIntoABug_StillAnswersAndGoesOn()
    {
        _discord.Happens(Command("echo", "bug"));
        _discord.Happens(Command("echo"));

        await RunToTheEndAsync();

        string[] replies = [Text(await _discord.NextReplyAsync()), Text(await _discord.NextReplyAsync())];
        Assert.Contains("an answer", replies);
        Assert.Contains(replies, reply => reply.Contains("you did nothing wrong", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Interacted_WithACommandThatIsNoLongerThere_SaysSo()
    {
        _discord.Happens(Command("removed"));

        await RunToTheEndAsync();

        Assert.Contains("no longer there", Text(await _discord.NextReplyAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereTheBotIs_IsToldInOrderThoughOneOfThemRunsIntoABug()
    {
        DiscordEvent[] happened =
        [
            new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(13)]),
            new DiscordEvent.GuildJoined(new GuildId(13)),
            new DiscordEvent.GuildLeft(new GuildId(13)),
            new DiscordEvent.ChannelDeleted(new ChannelId(5), new GuildId(7)),
        ];
        foreach (var one in happened)
        {
            _discord.Happens(one);
        }

        await RunToTheEndAsync();

        Assert.Equal(happened, _guilds.Told);
    }

    [Fact(Timeout = 300_000)]
    public async Task Stopped_ForTheFirstTime_ConnectsAgainTenMinutesLater()
    {
        _refusalDelay = TimeSpan.FromMinutes(10);
        _discord.Happens(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));
        _discord.Ends();
        using var worker = Worker(mastodonIsOn: false);

        await worker.StartAsync(TestContext.Current.CancellationToken);
        await _wire.TimerCreatedAsync();
        _wire.Advance(_refusalDelay - TimeSpan.FromSeconds(1));

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
        _discord.Happens(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));
        using var worker = Worker(mastodonIsOn: false);

        await worker.StartAsync(TestContext.Current.CancellationToken);
        await _wire.TimerCreatedAsync();

        Assert.Contains("once more in 2 min", Assert.Single(_log.Lines), StringComparison.Ordinal);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 300_000)]
    public async Task Stopped_AgainTenMinutesLater_IsFinal()
    {
        var stop = TestContext.Current.CancellationToken;
        _refusalDelay = TimeSpan.FromMinutes(10);
        _discord.Happens(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));
        using var worker = Worker(mastodonIsOn: false);
        await worker.StartAsync(stop);
        await _discord.ReadingBegunAsync();
        await _wire.TimerCreatedAsync();

        _wire.Advance(_refusalDelay);
        await _discord.ReadingBegunAsync();
        Assert.False(_lifetime.IsStopping);
        _discord.Happens(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));
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
        _discord.Happens(SomeReady);
        _discord.Happens(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));
        _discord.Ends();
        using var worker = Worker(mastodonIsOn: false);
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await _wire.TimerCreatedAsync(); // until the next registration
        await _wire.TimerCreatedAsync(); // until the next connection

        Assert.Single(_discord.Registered);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(true, false)] // Mastodon goes on
    [InlineData(false, true)] // nothing is left to do
    public async Task Stopped_EndsTheBotOnlyWhenNothingElseIsLeft(bool mastodonIsOn, bool ends)
    {
        _discord.Happens(new DiscordEvent.Stopped(StopCause.InvalidToken, "401"));

        var surrender = await RunToTheEndAsync(mastodonIsOn);

        Assert.Equal((ends, ends ? 2 : 0), (_lifetime.IsStopping, surrender.ExitCode));
    }

    /// <summary>Two workers with one token may not both be connected: both would be handed every command.</summary>
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
            _discord.Happens(SomeReady);
            await worker.StartAsync(stop);
            await YieldAsync();
            Assert.Equal(0, _discord.Readings); // the other one has the lease

            await PassOnAsync(lease);
            await _discord.ReadingBegunAsync();
            _discord.Happens(Command("echo"));
            Assert.Equal("an answer", Text(await _discord.NextReplyAsync()));
            Assert.True(_connections.Discord.State.IsConnected);

            await PassOnAsync(other);
            await lease.RenewAsync(stop);
            await _discord.ReadingEnded;
            await YieldAsync();
            Assert.Equal(1, _discord.Readings);
            Assert.False(worker.ExecuteTask!.IsCompleted);

            await PassOnAsync(lease);
            await _discord.ReadingBegunAsync();
            Assert.Null(_connections.Discord.State.IsConnected);
            Assert.Contains(
                "Information: On standby, not connected to Discord: another worker holds the sender's lease",
                _log.Lines
            );
            _discord.Happens(Command("echo"));
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
            _discord.Happens(Command("echo"));

            await RunToTheEndAsync(overHttp: true, lease: lease);

            Assert.Equal("an answer", Text(await _discord.NextReplyAsync()));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    /// <summary>The lease that another had has ended, and this one takes it.</summary>
    private Task PassOnAsync(SenderLease lease)
    {
        _wire.Advance(TimeSpan.FromMinutes(10));
        return lease.RenewAsync(Stop);
    }

    private SenderLease Lease(Database database, int seed, bool overHttp = false) =>
        new(
            new SenderRows(database),
            SenderAccountNames.Create(Settings(mastodonIsOn: true, overHttp)),
            new DeliverySettings(),
            new Clocks(_wire, _wire),
            new Random(seed),
            NullLogger<SenderLease>.Instance
        );

    private static DiscordEvent SomeReady =>
        new DiscordEvent.Ready(1, "Serge", Shard.Only, [new GuildId(3), new GuildId(4)]);

    /// <summary>Whether the worker has begun to wait; not when it has ended instead.</summary>
    private async Task<bool> WaitsAsync(Task run)
    {
        var waits = _wire.TimerCreatedAsync();
        return await Task.WhenAny(waits, run) == waits;
    }

    /// <summary>Lets what could run on now do so.</summary>
    private static async Task YieldAsync()
    {
        for (var n = 0; n < 100; n++)
        {
            await Task.Yield();
        }
    }

    private async Task<FatalErrorHandler> RunToTheEndAsync(
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
        return _surrender!;
    }

    private InteractionWorker Worker(
        bool mastodonIsOn = true,
        bool overHttp = false,
        SenderLease? lease = null,
        params IGuildEventHandler[] guildStore
    )
    {
        var settings = Settings(mastodonIsOn, overHttp);
        _surrender = new FatalErrorHandler(settings, _lifetime);
        var clocks = new Clocks(_wire, _wire);
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
            _surrender,
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
        public List<DiscordEvent> Told { get; } = [];

        /// <summary>What it has been told and may not have done with.</summary>
        public List<DiscordEvent> Begun { get; } = [];

        /// <summary>What it waits for first.</summary>
        public TaskCompletionSource? Until { get; set; }

        public async Task HandleAsync(DiscordEvent happened, CancellationToken cancellationToken)
        {
            Begun.Add(happened);
            await Task.Yield();
            await (Until?.Task ?? Task.CompletedTask);
            Told.Add(happened);
            if (happened is DiscordEvent.GuildLeft(GuildId(13)))
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

        /// <summary>How many slow ones have begun.</summary>
        public int Started => _count;

        /// <summary>Waits until one more slow one has begun.</summary>
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
