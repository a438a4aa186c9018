using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Guilds;

/// <summary>Discord responds that the bot is not in a server. During an outage that may be wrong.</summary>
public sealed class MissingGuildTests : IAsyncLifetime
{
    private static readonly GuildId Guild = SampleGuild.Guild;
    private static readonly DiscordEvent ReadyWithoutServers = new DiscordEvent.Ready(1, "Serge", Shard.Only, []);

    private readonly FakeTimeProvider _time = new(Some.At("2027-02-01 00:00"));
    private readonly FakeServers _discord = new FakeServers().Guild(100, systemChannel: 9).Channel(1, 100);
    private readonly List<(GuildDirectory, GuildLifecycleService)> _started = [];
    private Database _database = null!;
    private GuildStore _guilds = null!;
    private GuildLifecycleService _lifecycle = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        _guilds = new GuildStore(_database);
        var settings = new GuildSettings(Guild) { Schedules = [SampleGuild.Schedule(name: "a", channel: 1)] };
        var change = new GuildChange(settings.DueAfter(_time.GetUtcNow(), TimeZoneInfo.Utc));
        await _guilds.ChangeAsync(Guild, _ => change, Stop);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (directory, lifecycle) in _started)
        {
            await lifecycle.StopAsync(Stop);
            lifecycle.Dispose();
            directory.Dispose();
        }

        await _database.DisposeAsync();
    }

    [Fact]
    public async Task ASessionWithoutTheServer_ChangesNothingYet()
    {
        await RaiseAsync(ReadyWithoutServers);

        var settings = await GetAsync();
        Assert.Equal((null, _time.GetUtcNow()), (settings.LeftAt, settings.MissingSince));
        Assert.NotNull(settings.Schedules[0].NextDue);
    }

    [Fact]
    public async Task ASecondNegativeAnswer_TenMinutesLater_MeansThatTheBotWasRemoved()
    {
        await RaiseAsync(ReadyWithoutServers);
        _discord.Guilds.Clear();

        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        await _lifecycle.RunMaintenanceAsync(Stop);
        Assert.Null((await GetAsync()).LeftAt);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _lifecycle.RunMaintenanceAsync(Stop);

        var settings = await GetAsync();
        Assert.Equal((_time.GetUtcNow(), null), (settings.LeftAt, settings.MissingSince));
        Assert.Null(settings.Schedules[0].NextDue);
    }

    [Fact]
    public async Task APositiveAnswer_ForgetsTheNegativeOne()
    {
        await RaiseAsync(ReadyWithoutServers);

        _time.Advance(TimeSpan.FromMinutes(10));
        await _lifecycle.RunMaintenanceAsync(Stop);

        var settings = await GetAsync();
        Assert.Equal((null, null), (settings.LeftAt, settings.MissingSince));
    }

    [Fact]
    public async Task WhileDiscordDoesNotAnswer_NothingIsDecided()
    {
        await RaiseAsync(ReadyWithoutServers);
        _discord.IsDown = true;

        _time.Advance(TimeSpan.FromHours(1));
        await _lifecycle.RunMaintenanceAsync(Stop);

        Assert.Null((await GetAsync()).LeftAt);
    }

    [Fact]
    public async Task AfterARestart_TheFirstAnswerStillCounts()
    {
        _discord.Guilds.Clear();
        await RaiseAsync(ReadyWithoutServers);
        _time.Advance(TimeSpan.FromMinutes(11));

        await StartAsync();
        await RaiseAsync(ReadyWithoutServers);

        Assert.NotNull((await GetAsync()).LeftAt);
    }

    [Fact]
    public async Task AnEventThatReportsIt_NeedsNoSecondAnswer()
    {
        await RaiseAsync(new DiscordEvent.GuildLeft(Guild));

        Assert.NotNull((await GetAsync()).LeftAt);
    }

    [Fact]
    public async Task AChannelThatSeemsForbidden_BecauseTheServerIsGone_IsActiveAgainWhenTheBotReturns()
    {
        _discord.Guilds.Clear();
        var post = Some.Post(to: "discord:1") with { Schedule = new ScheduleId("guild:100", "a") };
        _lifecycle.HandleRefusal(post, new SendOutcome.Refused(Refusal.Forbidden, "50001"));
        await _lifecycle.WaitUntilIdleAsync().WaitAsync(Bounded.Longest, Stop);
        Assert.Null((await GetAsync()).LeftAt);

        _time.Advance(TimeSpan.FromMinutes(10));
        await _lifecycle.RunMaintenanceAsync(Stop);
        Assert.NotNull((await GetAsync()).LeftAt);
        await RaiseAsync(new DiscordEvent.GuildJoined(Guild));

        Assert.Equal((null, true), (await GetAsync()).Schedules[0].Let(one => (one.Paused, one.NextDue is not null)));
    }

    private async Task StartAsync()
    {
        BotSettings settings = new() { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
        Clocks clocks = new(_time, new FakeTimeProvider());
        GuildDirectory directory = new(_guilds, settings);
        GuildPauses pauses = new(
            directory,
            _guilds,
            new Ledger(_database),
            _discord,
            TestEngine.Notices(_discord, clocks),
            settings,
            clocks,
            NullLogger<GuildPauses>.Instance
        );
        GuildRetention retention = new(
            _guilds,
            directory,
            pauses,
            settings,
            clocks,
            NullLogger<GuildRetention>.Instance
        );
        _lifecycle = new GuildLifecycleService(
            directory,
            pauses,
            retention,
            new GuildReturnCheck(directory, pauses, settings, clocks),
            TestEngine.Welcome(directory, _discord, clocks),
            clocks,
            NullLogger<GuildLifecycleService>.Instance
        );
        _started.Add((directory, _lifecycle));
        await _lifecycle.StartAsync(Stop);
    }

    private async Task RaiseAsync(DiscordEvent discordEvent)
    {
        await _lifecycle.HandleAsync(discordEvent, Stop);
        await _lifecycle.WaitUntilIdleAsync().WaitAsync(Bounded.Longest, Stop);
    }

    private async Task<GuildSettings> GetAsync() => (await _guilds.FindAsync(Guild, Stop))!;
}
