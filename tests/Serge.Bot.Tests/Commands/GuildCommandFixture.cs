using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Commands;

/// <summary>A server in which admins and members use <c>/schedule</c> and <c>/today</c>.</summary>
public abstract class GuildCommandFixture : IAsyncLifetime
{
    private protected readonly TestCatalogue _catalogue = new();
    private protected readonly FakeTimeProvider _scheduleClock = new(Some.At("2027-02-01 08:00")); // a Monday
    private protected readonly FakeServers _discord = new FakeServers()
        .Guild(100)
        .Channel(1, 100)
        .Channel(2, 100)
        .Guild(200)
        .Channel(20, 200);
    private protected Database _database = null!;
    private protected Ledger _ledger = null!;
    private protected GuildStore _guilds = null!;
    private protected GuildDirectory _directory = null!;
    private protected ScheduleSlashCommand _command = null!;
    private protected TodaySlashCommand _today = null!;
    private protected GuildScheduler _scheduler = null!;
    private protected GuildForecast _forecast = null!;

    /// <summary><c>Discord:SpreadMinutes</c>.</summary>
    private protected virtual int SpreadMinutes => 1;

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.OpenDatabaseAsync(Path.Combine(_catalogue.Home, "serge.db"));
        (_ledger, _guilds) = (new Ledger(_database), new GuildStore(_database));
        var discord = new DiscordSettings
        {
            Token = new Secret("t"),
            ApiAddress = new Uri("http://localhost/"),
            SpreadMinutes = SpreadMinutes,
        };
        var settings = new BotSettings
        {
            LedgerPath = "",
            TimeZone = TimeZoneInfo.Utc,
            Discord = discord,
        };
        var clocks = new Clocks(_scheduleClock, _scheduleClock);
        var forecast = TestEngine.GuildForecast(_ledger, _catalogue.Live, clocks);
        _directory = new GuildDirectory(_guilds, settings);
        GuildPauses pauses = new(
            _directory,
            _guilds,
            _ledger,
            _discord,
            TestEngine.Notices(_discord, clocks),
            settings,
            clocks,
            NullLogger<GuildPauses>.Instance
        );
        _command = new ScheduleSlashCommand(
            _guilds,
            _directory,
            pauses,
            new ScheduleSetup(_guilds, _directory, _discord, settings, clocks),
            new SchedulePreview(forecast),
            _discord,
            settings,
            clocks
        );
        _forecast = forecast;
        _today = Today(_directory);
        _scheduler = TestEngine.GuildScheduler(
            _guilds,
            _ledger,
            _catalogue.Live,
            clocks,
            targets: TestEngine.Targets(_discord, null)
        );
    }

    private protected TodaySlashCommand Today(ITimeZoneProvider zones) =>
        new(
            _catalogue.Live,
            _guilds,
            _ledger,
            _forecast,
            zones,
            new BotSettings { LedgerPath = "", TimeZone = TimeZoneInfo.Utc },
            new Clocks(_scheduleClock, _scheduleClock)
        );

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _directory.Dispose();
        await _database.DisposeAsync();
        _catalogue.Dispose();
    }

    private protected Interaction.Command Command(
        string subcommand,
        string locale,
        params (string Key, string Value)[] options
    ) =>
        new()
        {
            Id = new InteractionId(1),
            Guild = new GuildId(100),
            Channel = new ChannelId(1),
            Locale = locale,
            MemberPermissions = DiscordPermissions.ManageGuild,
            Handle = this,
            Name = $"schedule {subcommand}",
            Options = options.ToDictionary(pair => pair.Key, pair => pair.Value),
        };

    private protected Task<string> SendCommandAsync(string subcommand, params (string Key, string Value)[] options) =>
        SendCommandAsync(subcommand, "en-US", options);

    private protected async Task<string> SendCommandAsync(
        string subcommand,
        string locale,
        params (string Key, string Value)[] options
    )
    {
        var (text, ephemeral) = Read(
            await _command.HandleAsync(Command(subcommand, locale, options), Strings.For(locale), Stop)
        );
        Assert.True(ephemeral);
        return text;
    }

    private protected async Task<Reply> PressAsync(
        string customId,
        DiscordPermissions permissions = DiscordPermissions.Administrator
    )
    {
        Interaction.ButtonPress press = new()
        {
            Id = new InteractionId(2),
            Guild = new GuildId(100),
            MemberPermissions = permissions,
            Handle = this,
            CustomId = customId,
        };
        Assert.True(_command.ReplacesMessage(press));
        return await _command.HandleButtonAsync(press, Strings.English, Stop);
    }

    private protected async Task<IReadOnlyList<string>> CompleteAsync(
        string option,
        string typed,
        DiscordPermissions permissions = DiscordPermissions.ManageGuild
    ) =>
        [
            .. (
                await _command.CompleteAsync(
                    new Interaction.Autocomplete
                    {
                        Id = new InteractionId(3),
                        Guild = new GuildId(100),
                        MemberPermissions = permissions,
                        Handle = this,
                        Name = "schedule set",
                        Option = option,
                        Input = typed,
                    },
                    Strings.English,
                    Stop
                )
            ).Select(choice => choice.Value),
        ];

    private protected Task<string> TodayAsync(ulong channel = 1) => TodayAsync(new GuildId(100), channel);

    private protected async Task<string> TodayAsync(GuildId? guild, ulong channel)
    {
        var (text, ephemeral) = Read(
            await _today.HandleAsync(
                Command("", "en-US") with
                {
                    Guild = guild,
                    Channel = new ChannelId(channel),
                    Name = "today",
                    MemberPermissions = default,
                },
                Strings.English,
                Stop
            )
        );
        Assert.False(ephemeral);
        return text;
    }

    private protected async Task<IReadOnlyList<GuildSchedule>> SchedulesAsync() =>
        (await _guilds.FindAsync(new GuildId(100), Stop))?.Schedules ?? [];

    /// <summary>The bot was removed from the server, and Discord has reported no invitation since.</summary>
    private protected Task RemovedAsync() =>
        _directory.ChangeAsync(
            new GuildId(100),
            guildSettings =>
            {
                var left = guildSettings with { LeftAt = _scheduleClock.GetUtcNow() };
                return new GuildChange(left.DueAfter(_scheduleClock.GetUtcNow(), TimeZoneInfo.Utc));
            },
            Stop
        );

    private protected Task PauseByBotAsync(PauseCause cause) =>
        _guilds.ChangeAsync(
            new GuildId(100),
            guildSettings => new GuildChange(
                guildSettings.With(
                    guildSettings.Schedules[0] with
                    {
                        Paused = cause,
                        PausedAt = _scheduleClock.GetUtcNow(),
                        NextDue = null,
                    }
                )
            ),
            Stop
        );

    private protected static DiscordMessage Message(Reply reply) =>
        reply switch
        {
            Reply.Message message => message.Content,
            Reply.Update update => update.Content,
            _ => throw new InvalidOperationException($"{reply}"),
        };

    private protected static string Text(Reply reply) => Message(reply).Text;

    private protected static (string Text, bool Ephemeral) Read(Reply reply) =>
        (Text(reply), Assert.IsType<Reply.Message>(reply).Ephemeral);
}
