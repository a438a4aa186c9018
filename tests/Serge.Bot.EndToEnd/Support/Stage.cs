using System.Globalization;
using Serge.Bot.Delivery;
using Serge.Bot.Settings;
using Serge.Bot.Simulator;
using Serge.Bot.Simulator.Discord;
using Serge.Bot.Simulator.Mastodon;
using Serge.Bot.Storage;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>A Discord server and a Mastodon account on loopback, and a home for the bot: all that a worker needs to be real.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string DiscordToken = "MTA.secret-of-discord.x";
    public const string MastodonToken = "secret-of-mastodon";

    private static readonly string[] Open = ["Planned", "Sending", "Unknown"];

    private readonly SimulatorServer _server;

    private Stage(SimulatorServer server, TimeSpan patience)
    {
        _server = server;
        Patience = CancellationTokenSource
            .CreateLinkedTokenSource(TestContext.Current.CancellationToken, new CancellationTokenSource(patience).Token)
            .Token;
        Application = Discord.AddApplication(DiscordToken, "Serge");
        Member = Discord.AddUser("Ada");
        var guild = Discord.AddGuild("Readers", Member);
        Channel = Discord.AddChannel(guild, "quotations");
        Discord.Install(guild, Application);
        Account = Mastodon.AddAccount("serge", "Victor Serge, quoted");
        Mastodon.AddToken(MastodonToken, Account, "profile", "read:statuses", "write:statuses");

        CopyFolder(Path.Combine(Repository, "quotes"), Path.Combine(Home, "quotes"));
        File.WriteAllText(Path.Combine(Home, "appsettings.json"), "{}");
    }

    /// <summary>The folder of the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Ends a test that hangs.</summary>
    public CancellationToken Patience { get; }

    public SimulatorWorld World => _server.World;

    public DiscordWorld Discord => World.Discord;

    public MastodonWorld Mastodon => World.Mastodon;

    public Application Application { get; }

    public User Member { get; }

    public Channel Channel { get; }

    public Account Account { get; }

    public string Home { get; } = Directory.CreateTempSubdirectory("serge-stage-").FullName;

    public string LedgerPath => Path.Combine(Home, "serge.db");

    /// <summary>A PostgreSQL database for the ledger; <see langword="null"/> for the file.</summary>
    public string? Server { get; set; }

    /// <summary>What the bot wrote in the channel of its own accord, oldest first.</summary>
    public IReadOnlyList<string> ChannelPosts =>
        [
            .. Discord
                .Messages(Channel)
                .Where(message => message.Author.Id == Application.User.Id && message.Origin is null)
                .Select(message => message.Content),
        ];

    /// <summary>What the bot posted on Mastodon, oldest first.</summary>
    public IReadOnlyList<string> Statuses =>
        [.. Mastodon.Statuses.OrderBy(status => status.CreatedAt).Select(status => status.Text)];

    /// <summary>Sets it up.</summary>
    /// <param name="patience">After how long a test hangs; 60 s if not said.</param>
    public static async Task<Stage> OpenAsync(TimeSpan? patience = null) =>
        new(
            await SimulatorServer.StartAsync(
                new SimulatorWorld(TimeProvider.System, new Random(1)),
                cancellationToken: TestContext.Current.CancellationToken
            ),
            patience ?? TimeSpan.FromSeconds(60)
        );

    /// <summary>Both platforms on, and what the test adds: <c>("Schedules:s:Cron", "0 9 * * *")</c>.</summary>
    public Dictionary<string, string?> Settings(params (string Key, string? Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Discord:Token"] = DiscordToken,
            ["Discord:ApiAddress"] = _server.DiscordApiAddress.ToString(),
            ["Mastodon:Address"] = _server.MastodonAddress.ToString(),
            ["Mastodon:AccessToken"] = MastodonToken,
            ["Ledger:PostgreSQL"] = Server,
            ["Health:Listen"] = "",
            ["Delivery:Lease"] = "00:00:04",
            ["Delivery:SenderLease"] = "00:00:02",
            ["Delivery:LookAfter"] = "00:00:00",
            ["Delivery:RetryAfter"] = "00:00:00.2",
        };
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return settings;
    }

    /// <summary>A schedule to both places, or to those that are named.</summary>
    public (string Key, string? Value)[] Schedule(
        string name,
        string cron,
        string content,
        params IReadOnlyList<string> to
    ) =>
        [
            ($"Schedules:{name}:Cron", cron),
            ($"Schedules:{name}:Content", content),
            ($"Schedules:{name}:TimeZone", "Europe/Brussels"),
            .. (to.Count > 0 ? to : ["mastodon", $"discord:{Channel.Id}"]).Select(
                (place, n) => ($"Schedules:{name}:To:{n}", (string?)place)
            ),
        ];

    /// <summary>The real worker in this process, started and connected.</summary>
    public async Task<WorkerHost> StartWorkerAsync(TimeProvider calendar, params (string Key, string? Value)[] more)
    {
        using var watch = World.Watch();
        var worker = await WorkerHost.BuildAsync(
            Home,
            Settings([("Logging:LogLevel:Default", "None"), .. more]),
            new Clocks(calendar, TimeProvider.System),
            new SystemChance(),
            logging: null,
            Patience
        );
        await worker.StartAsync(Patience);
        await watch.NextAsync<SimulatorEvent.BotConnected>(cancellationToken: Patience);
        await UntilAsync(watch, () => Discord.Commands(Application).Count > 0);
        return worker;
    }

    /// <summary>Waits for the world to be so; looks again whenever anything happens in it.</summary>
    public async Task UntilAsync(EventStream watch, Func<bool> isSo)
    {
        while (!isSo())
        {
            await watch.NextAsync<SimulatorEvent>(cancellationToken: Patience);
        }
    }

    /// <summary>The ledger's database, by a connection of the test's own.</summary>
    public Task<Database> OpenDatabaseAsync(CancellationToken? patience = null) =>
        Database.OpenAsync(
            new BotSettings
            {
                LedgerPath = LedgerPath,
                TimeZone = TimeZoneInfo.Utc,
                PostgreSql = Server is not null && PostgresAddress.TryRead(Server, out var address) ? address : null,
            },
            patience ?? Patience
        );

    /// <summary>What the ledger holds, newest first.</summary>
    public async Task<IReadOnlyList<Post>> PostsAsync(CancellationToken? patience = null)
    {
        await using var ledger = new Ledger(await OpenDatabaseAsync(patience));
        return await ledger.RecentAsync(1000, patience ?? Patience);
    }

    /// <summary>What the ledger says, one line a post.</summary>
    public async Task<IReadOnlyList<string>> LedgerAsync(CancellationToken? patience = null) =>
        [
            .. (await PostsAsync(patience))
                .Select(post =>
                    $"{post.Schedule} {(post.Destination.Channel is null ? "mastodon" : "discord")} {post.State}"
                )
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>A schedule that fell due a minute ago, as after a short outage, and is due again in a year: a worker that starts now posts once.</summary>
    public async Task<(string Key, string? Value)[]> OverdueScheduleAsync(
        string name,
        string content,
        params IReadOnlyList<string> to
    )
    {
        var due = DateTimeOffset.FromUnixTimeSeconds(
            (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 - 1) * 60
        );
        var local = TimeZoneInfo.ConvertTime(due, TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels"));
        var cron = string.Create(
            CultureInfo.InvariantCulture,
            $"{local.Minute} {local.Hour} {local.Day} {local.Month} *"
        );
        await using var ledger = new Ledger(await OpenDatabaseAsync());
        await ledger.PlanAsync(name, new ScheduleMark($"{cron} Europe/Brussels", due), [], Patience);
        return Schedule(name, cron, content, to);
    }

    /// <summary>Waits until every post in the ledger has come to its end.</summary>
    public async Task SettledAsync(CancellationToken? patience = null)
    {
        while (
            await LedgerAsync(patience) is var lines
            && (lines.Count == 0 || lines.Any(line => Open.Contains(line.Split(' ')[^1])))
        )
        {
            await Task.Delay(200, patience ?? Patience);
        }
    }

    /// <summary>The settings as a worker process gets them.</summary>
    public static IEnumerable<(string Key, string? Value)> AsEnvironment(Dictionary<string, string?> settings) =>
        settings.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value));

    public static DateTimeOffset At(string utc) =>
        DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*.yaml"))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Serge.Bot.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
