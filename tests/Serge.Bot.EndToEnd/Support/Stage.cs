using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>A Discord server and a Mastodon account on loopback, and a home for the bot: all that a worker needs to be real.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string DiscordToken = "MTA.secret-of-discord.x";
    public const string MastodonToken = "secret-of-mastodon";

    /// <summary>Longer than a test may take (<see cref="Wait.Limit"/>), so that no lease ends because the machine is slow. A test that
    /// kills a worker calls <see cref="EndLeasesAsync"/>.</summary>
    private const string LongLease = "00:10:00";

    private readonly SimulatorServer _server;

    private Stage(SimulatorServer server, TimeSpan patience)
    {
        _server = server;
        Patience = CancellationTokenSource
            .CreateLinkedTokenSource(TestContext.Current.CancellationToken, new CancellationTokenSource(patience).Token)
            .Token;
        // Discord's 3 s are a property of the bot, and tested without a wire. A busy machine must not decide about it here.
        Discord.Options.ResponseTimeout = TimeSpan.FromMinutes(1);
        Application = Discord.AddApplication(DiscordToken, "Serge");
        Member = Discord.AddUser("Ada");
        var guild = Discord.AddGuild("Readers", Member);
        Channel = Discord.AddChannel(guild, "quotations");
        Discord.Install(guild, Application);
        Account = Mastodon.AddAccount("serge", "Victor Serge, quoted");
        Mastodon.AddToken(MastodonToken, Account, "profile", "read:statuses", "write:statuses", "write:media");

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
                .GetMessages(Channel)
                .Where(message => message.Author.Id == Application.User.Id && message.Origin is null)
                .Select(message => message.Content),
        ];

    /// <summary>What the bot posted on Mastodon, oldest first.</summary>
    public IReadOnlyList<string> Statuses =>
        [.. Mastodon.Statuses.OrderBy(status => status.CreatedAt).Select(status => status.Text)];

    /// <summary>Makes the next POST to a path fail.</summary>
    public ArmedFault AddFault(string path, RequestEffect effect) =>
        World.Faults.Add(
            new RequestFault
            {
                Method = "POST",
                Path = path,
                Effect = effect,
            }
        );

    /// <summary>Sets it up.</summary>
    /// <param name="patience">How long the test may take. Default <see cref="Wait.Limit"/>.</param>
    public static async Task<Stage> OpenAsync(TimeSpan? patience = null) =>
        new(
            await SimulatorServer.StartAsync(
                new SimulatorWorld(TimeProvider.System, new Random(1)),
                cancellationToken: TestContext.Current.CancellationToken
            ),
            patience ?? Wait.Limit
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
            ["Delivery:Lease"] = LongLease,
            ["Delivery:SenderLease"] = LongLease,
            ["Delivery:LookupDelay"] = "00:00:00",
            ["Delivery:RetryDelay"] = "00:00:00.2",
            ["Delivery:LatePostInterval"] = "00:00:00",
            ["Delivery:RefusalDelay"] = "00:00:00",
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
                (guildSettings, n) => ($"Schedules:{name}:To:{n}", (string?)guildSettings)
            ),
        ];

    /// <summary>The real worker in this process, started and connected.</summary>
    public Task<WorkerHost> StartWorkerAsync(TimeProvider calendar, params (string Key, string? Value)[] more) =>
        StartWorkerAsync(calendar, log: null, [("Logging:LogLevel:Default", "None"), .. more]);

    /// <summary>The real worker in this process, started and connected; what it logs is collected.</summary>
    public async Task<WorkerHost> StartWorkerAsync(
        TimeProvider calendar,
        LogText? log,
        params (string Key, string? Value)[] more
    )
    {
        using var watch = World.Watch();
        var worker = await WorkerHost.BuildAsync(
            new WorkerOptions
            {
                Home = Home,
                Overrides = Settings([("Logging:Console:LogLevel:Default", "None"), .. more]),
                Clocks = new Clocks(calendar, TimeProvider.System),
                AddClients = AddServices,
                ConfigureLogging = log is null ? null : logging => logging.AddProvider(log),
            },
            Patience
        );
        await worker.StartAsync(Patience);
        await NextAsync<DiscordWorldEvent.BotConnected>(watch);
        await UntilAsync(watch, () => Discord.GetCommands(Application).Count > 0);
        await UntilAsync(() => Task.FromResult(worker.Services.GetRequiredService<CommandMentions>().HasIds));
        return worker;
    }

    /// <summary>The clients of the worker, and what plans posts for a test.</summary>
    private static void AddServices(IServiceCollection services, BotSettings settings)
    {
        PlatformClients.Add(services, settings);
        services.AddSingleton<PlanBuilder>();
    }

    /// <summary>Waits until a condition on the two platforms is true; it is evaluated whenever anything happens there.</summary>
    /// <exception cref="TimeoutException">It was not true in time.</exception>
    public async Task UntilAsync(
        EventStream watch,
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string expected = ""
    )
    {
        while (!condition())
        {
            await NextAsync<SimulatorEvent>(watch, expected: expected);
        }
    }

    /// <summary>Waits for an event of a kind; those before it are dropped.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public Task<T> NextAsync<T>(EventStream watch, Func<T, bool>? wanted = null, string? expected = null)
        where T : SimulatorEvent =>
        Wait.ForAsync(
            watch.WaitForAsync(wanted, Patience),
            ObserveAsync,
            Patience,
            expected ?? $"an event {typeof(T).Name}"
        );

    /// <summary>Waits until a condition that no event announces is true.</summary>
    /// <exception cref="TimeoutException">It was not true in time.</exception>
    public Task UntilAsync(
        Func<Task<bool>> condition,
        [CallerArgumentExpression(nameof(condition))] string expected = ""
    ) => Wait.UntilAsync(condition, ObserveAsync, Patience, expected);

    /// <summary>What there is on both platforms and in the ledger, for the message of a test that failed.</summary>
    public async Task<string> ObserveAsync()
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(30));
        string ledger;
        try
        {
            var posts = await PostsAsync(bound.Token);
            ledger = string.Join(
                '\n',
                posts.Select(post => $"{post.Schedule} {post.Destination} {post.State} {post.Reason}")
            );
        }
        catch (Exception e)
        {
            ledger = e.Message;
        }

        return $"""
            Discord: {Discord.Sessions.Count} sessions, {Discord.GetCommands(Application).Count} commands
            {string.Join('\n', ChannelPosts)}
            Mastodon: {Statuses.Count} statuses
            {string.Join('\n', Statuses)}
            Ledger:
            {ledger}
            """;
    }

    /// <summary>The ledger's database, by a connection of the test's own.</summary>
    public Task<Database> OpenDatabaseAsync(CancellationToken? patience = null) =>
        LedgerDatabase.OpenAsync(
            new BotSettings
            {
                LedgerPath = LedgerPath,
                TimeZone = TimeZoneInfo.Utc,
                PostgreSql = Server is not null && PostgresAddress.TryParse(Server, out var address) ? address : null,
            },
            patience ?? Patience
        );

    /// <summary>Ends the leases of a worker that was killed, as if the time of their length had passed.</summary>
    public async Task EndLeasesAsync()
    {
        var past = TimeProvider.System.GetUtcNow().AddSeconds(-1).ToUnixTimeMilliseconds();
        string[] changes =
        [
            $"UPDATE senders SET lease_until = {past}",
            $"UPDATE posts SET lease_until = {past} WHERE state = 'sending'",
        ];
        await using var database = await OpenDatabaseAsync();
        foreach (var change in changes)
        {
            await database.WriteAsync(session => session.ExecuteAsync(change, Patience), Patience);
        }
    }

    /// <summary>What the ledger holds, newest first.</summary>
    public async Task<IReadOnlyList<Post>> PostsAsync(CancellationToken? patience = null)
    {
        await using var database = await OpenDatabaseAsync(patience);
        Ledger ledger = new(database);
        return await ledger.GetRecentAsync(1000, patience ?? Patience);
    }

    /// <summary>What the ledger says, one line a post.</summary>
    public async Task<IReadOnlyList<string>> LedgerAsync(CancellationToken? patience = null) =>
        [
            .. (await PostsAsync(patience))
                .Select(post => $"{post.Schedule} {post.Destination.Platform} {post.State}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>A schedule that fell due a minute ago, as after a short outage, and is due again in a year: a worker that starts now posts once.</summary>
    /// <remarks>Its content is not about the day: just after midnight such a post would be too late.</remarks>
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
        await using var database = await OpenDatabaseAsync();
        Ledger ledger = new(database);
        await ledger.PlanAsync(name, new ScheduleMark($"{cron} Europe/Brussels", due), [], Patience);
        return Schedule(name, cron, content, to);
    }

    /// <summary>Waits until the ledger holds so many posts and each of them has reached a final state.</summary>
    /// <remarks>The number has to be given: a worker that has planned some of its posts only has a ledger of final states, too.</remarks>
    /// <exception cref="TimeoutException">It did not happen in time.</exception>
    public async Task SettledAsync(int posts)
    {
        // Opened once: each opening takes the write lock, for which the worker would have to wait.
        await using var database = await OpenDatabaseAsync();
        Ledger ledger = new(database);
        await UntilAsync(
            async () => IsSettled(await ledger.GetRecentAsync(1000, Patience), posts),
            $"{posts} posts in the ledger, each in a final state"
        );
    }

    /// <summary>Whether the ledger holds so many posts, at least, and each of them has reached a final state.</summary>
    public async Task<bool> IsSettledAsync(int posts, CancellationToken cancellationToken) =>
        IsSettled(await PostsAsync(cancellationToken), posts);

    /// <summary>Runs a command of <c>serge</c> in this process, which costs a tenth of what a process of its own does.</summary>
    /// <param name="arguments">The command and its arguments. A relative path in them starts at the folder of the tests.</param>
    /// <param name="settings">What <c>appsettings.json</c> holds during this command; <see langword="null"/> for no settings.</param>
    /// <param name="calendar">The time of the schedules; <see langword="null"/> for the system's.</param>
    public async Task<(int ExitCode, string Said)> RunCommandAsync(
        string arguments,
        Dictionary<string, string?>? settings = null,
        TimeProvider? calendar = null
    )
    {
        JsonObject json = [];
        foreach (var (key, value) in settings ?? [])
        {
            if (value is not null)
            {
                json[key] = value;
            }
        }

        var file = Path.Combine(Home, "appsettings.json");
        await File.WriteAllTextAsync(file, json.ToJsonString(), Patience);
        await using StringWriter text = new();
        var said = TextWriter.Synchronized(text);
        string[] words = [.. CommandLineParser.SplitCommandLine(arguments), "--home", Home];
        Clocks clocks = new(calendar ?? TimeProvider.System, TimeProvider.System);
        CommandContext context = new()
        {
            Clocks = clocks,
            Output = said,
            Error = said,
        };
        var command = CommandLine.RunAsync(words, context);
        var exitCode = await Wait.ForAsync(
            command.WaitAsync(Patience),
            () => Task.FromResult(text.ToString()),
            Patience,
            $"the end of serge {arguments}"
        );
        await File.WriteAllTextAsync(file, "{}", Patience);
        return (exitCode, text.ToString());
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

    private static bool IsSettled(IReadOnlyList<Post> posts, int count) =>
        posts.Count >= count
        && posts.All(post => post.State is not (PostState.Planned or PostState.Sending or PostState.Unknown));

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
