using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Guilds;

/// <summary>When the data of a server that the bot left is deleted: after 30 days, and after two responses of Discord
/// that the bot is not in it.</summary>
public sealed class GuildRetentionTests : IAsyncLifetime
{
    private static readonly TimeSpan Delay = new DeliverySettings().RefusalDelay;

    private readonly FakeTimeProvider _time = new(Some.At("2027-02-01 00:00"));
    private readonly FakeServers _discord = new();
    private Database _database = null!;
    private GuildStore _guilds = null!;
    private GuildDirectory _directory = null!;
    private readonly LogLines<GuildRetention> _log = new();
    private GuildRetention _retention = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync();
        _guilds = new GuildStore(_database);
        BotSettings settings = new() { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };
        Clocks clocks = new(_time, new FakeTimeProvider());
        _directory = new GuildDirectory(_guilds, settings);
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
        _retention = new GuildRetention(_guilds, _directory, pauses, settings, clocks, _log);
    }

    public async ValueTask DisposeAsync()
    {
        _directory.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Run_AfterOneAnswer_KeepsTheData_AndAsksAgainTenMinutesLater()
    {
        await LeaveAsync(1);

        await RunAsync();
        _time.Advance(Delay - TimeSpan.FromMilliseconds(1));
        await RunAsync();

        Assert.Equal(1, _discord.Asked);
        Assert.Equal([1UL], await GetStoredAsync());

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await RunAsync();

        Assert.Equal(2, _discord.Asked);
        Assert.Empty(await GetStoredAsync());
    }

    [Fact]
    public async Task Run_WhenTheSecondAnswerIsThatTheBotIsThere_KeepsTheData()
    {
        await LeaveAsync(1);
        await RunAsync();
        _discord.Guild(1);
        _time.Advance(Delay);

        await RunAsync();

        Assert.Null((await _guilds.FindAsync(new GuildId(1), Stop))!.LeftAt);

        // After the bot leaves the server again, an earlier response does not count.
        _discord.Guilds.Clear();
        await LeaveAsync(1);
        await RunAsync();
        Assert.Equal([1UL], await GetStoredAsync());
    }

    [Fact]
    public async Task Run_WhenOneServerIsNeverAnswered_DeletesTheOthers()
    {
        await LeaveAsync(1, 2, 3);
        Result<DiscordGuild> noAnswer = new Result<DiscordGuild>.Unavailable("no answer");
        _discord.GuildAnswers[new GuildId(1)] = noAnswer;
        _discord.GuildAnswers[new GuildId(2)] = noAnswer;

        for (var minute = 0; minute < 30; minute++)
        {
            await RunAsync();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([1UL, 2UL], await GetStoredAsync());
    }

    [Fact]
    public async Task Run_WithManyServers_AsksAboutAFewAtATime()
    {
        var many = Enumerable.Range(1, 50).Select(number => (ulong)number).ToArray();
        await LeaveAsync(many);

        for (var run = 1; run <= 6; run++)
        {
            var before = _discord.Asked;
            await RunAsync();
            Assert.InRange(_discord.Asked - before, 1, GuildRetention.MaxPerRun);
            _time.Advance(run == 3 ? Delay : TimeSpan.FromSeconds(1));
        }

        Assert.Empty(await GetStoredAsync());
    }

    [Fact]
    public async Task Run_WhenTheTokenIsRejected_AsksAboutNoOtherServer()
    {
        await LeaveAsync(1, 2);
        Result<DiscordGuild> rejected = new Result<DiscordGuild>.Unauthorized("HTTP 401");
        _discord.GuildAnswers[new GuildId(1)] = rejected;
        _discord.GuildAnswers[new GuildId(2)] = rejected;

        await RunAsync();

        Assert.Equal(1, _discord.Asked);
        Assert.Equal([1UL, 2UL], await GetStoredAsync());
    }

    [Fact]
    public async Task Run_WhenDiscordRefusesTheQuestion_KeepsTheDataAndLogsItOnce()
    {
        await LeaveAsync(1);
        _discord.GuildAnswers[new GuildId(1)] = new Result<DiscordGuild>.Refused(Refusal.Payload, "HTTP 400");

        for (var minute = 0; minute < 30; minute++)
        {
            await RunAsync();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(30, _discord.Asked);
        Assert.Equal([1UL], await GetStoredAsync());
        Assert.Equal(
            "Warning: The data of server 1 is kept although the bot left it 30 days ago or earlier: Discord does not "
                + "confirm that the bot is not in it. It is asked again every minute: HTTP 400",
            Assert.Single(_log.Lines)
        );

        _discord.GuildAnswers.Clear();
        await RunAsync();
        _time.Advance(Delay);
        await RunAsync();
        Assert.Empty(await GetStoredAsync());
    }

    [Fact]
    public async Task Run_WhenTheClockWasSetBackAfterAnAnswer_NeedsTwoNewAnswers()
    {
        await LeaveAsync(1);
        await RunAsync();
        _time.AdjustTime(_time.GetUtcNow().AddHours(-6));

        await RunAsync();
        Assert.Equal(2, _discord.Asked);
        Assert.Equal([1UL], await GetStoredAsync());

        _time.Advance(Delay);
        await RunAsync();
        Assert.Empty(await GetStoredAsync());
    }

    /// <summary>The bot left the servers 31 days ago.</summary>
    private async Task LeaveAsync(params ulong[] guilds)
    {
        var leftAt = _time.GetUtcNow() - TimeSpan.FromDays(31);
        foreach (var guild in guilds)
        {
            await _guilds.SetUpAsync(leftAt, zone: null, SampleGuild.Schedule(guild));
            await _guilds.ChangeAsync(
                new GuildId(guild),
                before => new GuildChange(before with { LeftAt = leftAt }),
                Stop
            );
        }
    }

    private async Task RunAsync()
    {
        await _directory.RefreshAsync(Stop);
        await _retention.RunAsync(Stop);
    }

    private async Task<IEnumerable<ulong>> GetStoredAsync()
    {
        List<ulong> stored = [];
        await foreach (var guild in _guilds.ReadAllAsync(Stop))
        {
            stored.Add(guild.Guild.Value);
        }

        return stored.Order();
    }
}
