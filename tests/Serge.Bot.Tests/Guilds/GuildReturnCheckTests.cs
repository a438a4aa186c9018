using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Guilds;

/// <summary>Over HTTP Discord reports no invitation, so the bot requests the servers that it has left.</summary>
public sealed class GuildReturnCheckTests : IAsyncLifetime
{
    private static readonly DateTimeOffset LeftAt = Some.At("2027-02-01 00:00");

    private readonly FakeTimeProvider _schedule = new(Some.At("2027-02-01 01:00"));
    private readonly FakeTimeProvider _system = new(Some.At("2030-01-01 00:00"));
    private readonly FakeServers _discord = new();
    private Database _database = null!;
    private GuildStore _guilds = null!;
    private GuildDirectory _directory = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        _guilds = new GuildStore(_database);
        _directory = new GuildDirectory(_guilds, Settings(isOverHttp: true));
    }

    public async ValueTask DisposeAsync()
    {
        _directory.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Run_OnceADay_AsksWhetherTheBotIsBack_AndTheSchedulesContinue()
    {
        await LeaveAsync(1);
        var check = CreateCheck(isOverHttp: true);
        await RunAsync(check);
        _system.Advance(GuildReturnCheck.Interval - TimeSpan.FromMilliseconds(1));
        await RunAsync(check);
        Assert.Equal(0, _discord.Asked);

        _system.Advance(TimeSpan.FromMilliseconds(1));
        await RunAsync(check);
        Assert.Equal(1, _discord.Asked);
        Assert.NotNull((await FindAsync(1)).LeftAt);

        _discord.Guild(1);
        _system.Advance(GuildReturnCheck.Interval);
        await RunAsync(check);

        var returned = await FindAsync(1);
        Assert.Null(returned.LeftAt);
        Assert.NotNull(Assert.Single(returned.Schedules).NextDue);
    }

    [Fact]
    public async Task Run_AfterTheClockWasSetBack_AsksAfterADay()
    {
        await LeaveAsync(1);
        ClockThatIsSet system = new(_system);
        var check = CreateCheck(isOverHttp: true, system);
        await RunAsync(check);

        system.SetBy = TimeSpan.FromDays(-365);
        _system.Advance(GuildReturnCheck.Interval);
        await RunAsync(check);

        Assert.Equal(1, _discord.Asked);
    }

    [Fact]
    public async Task Run_WhereTheGatewayReportsInvitations_AsksNothing()
    {
        await LeaveAsync(1);
        var check = CreateCheck(isOverHttp: false);
        await RunAsync(check);
        _system.Advance(GuildReturnCheck.Interval);
        await RunAsync(check);

        Assert.Equal(0, _discord.Asked);
    }

    [Fact]
    public async Task Run_WithManyServers_AsksAboutAFewAtATime()
    {
        await LeaveAsync([.. Enumerable.Range(1, 50).Select(number => (ulong)number)]);
        var check = CreateCheck(isOverHttp: true);
        await RunAsync(check);
        _system.Advance(GuildReturnCheck.Interval);

        for (var run = 1; run <= 4; run++)
        {
            await RunAsync(check);
            Assert.Equal(Math.Min(50, run * GuildRetention.MaxPerRun), _discord.Asked);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_WhenDiscordDoesNotAnswer_AsksAboutOneServerPerRun(bool isTokenRejected)
    {
        await LeaveAsync(1, 2);
        Result<DiscordGuild> failure = new Result<DiscordGuild>.Unavailable("no answer");
        if (isTokenRejected)
        {
            failure = new Result<DiscordGuild>.Unauthorized("HTTP 401");
        }

        _discord.GuildAnswers[new GuildId(1)] = failure;
        _discord.GuildAnswers[new GuildId(2)] = failure;
        var check = CreateCheck(isOverHttp: true);
        await RunAsync(check);
        _system.Advance(GuildReturnCheck.Interval);

        await RunAsync(check);
        Assert.Equal(1, _discord.Asked);

        await RunAsync(check);
        Assert.Equal(2, _discord.Asked);
    }

    private static BotSettings Settings(bool isOverHttp) =>
        new()
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Discord = Some.Discord() with { InteractionsOverHttp = isOverHttp },
        };

    private GuildReturnCheck CreateCheck(bool isOverHttp, TimeProvider? system = null)
    {
        var settings = Settings(isOverHttp);
        Clocks clocks = new(_schedule, system ?? _system);
        GuildPauses pauses = new(
            _directory,
            _guilds,
            new Ledger(_database),
            _discord,
            TestEngine.Notices(_discord, clocks),
            settings,
            clocks,
            NullLogger<GuildPauses>.Instance
        );
        return new GuildReturnCheck(_directory, pauses, settings, clocks);
    }

    private async Task LeaveAsync(params ulong[] guilds)
    {
        foreach (var guild in guilds)
        {
            await _guilds.SetUpAsync(LeftAt, zone: null, SampleGuild.Schedule(guild));
            await _guilds.ChangeAsync(
                new GuildId(guild),
                before => new GuildChange(before with { LeftAt = LeftAt }),
                Stop
            );
        }
    }

    private async Task RunAsync(GuildReturnCheck check)
    {
        await _directory.RefreshAsync(Stop);
        await check.RunAsync(Stop);
    }

    private async Task<GuildSettings> FindAsync(ulong guild) => (await _guilds.FindAsync(new GuildId(guild), Stop))!;
}
