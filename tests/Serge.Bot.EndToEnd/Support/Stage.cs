using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>A simulated Discord server and Mastodon account on loopback, and a home directory: everything that a real
/// worker needs.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string DiscordToken = "MTA.secret-of-discord.x";
    public const string MastodonToken = "secret-of-mastodon";

    /// <summary>Longer than a test may take (<see cref="Wait.Limit"/>), so that no lease ends because the machine is
    /// slow. A test that kills a worker calls <see cref="EndLeasesAsync"/>.</summary>
    private const string LongLease = "00:10:00";

    private readonly SimulatorServer _server;

    private Stage(SimulatorServer server, TimeSpan timeout)
    {
        _server = server;
        CancellationToken = CancellationTokenSource
            .CreateLinkedTokenSource(TestContext.Current.CancellationToken, new CancellationTokenSource(timeout).Token)
            .Token;
        // Discord's limit of 3 s is tested with a fake clock elsewhere. Here a busy machine must not affect the result.
        Discord.Options.ResponseTimeout = Wait.Limit;
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

    /// <summary>Cancels a test that does not end.</summary>
    public CancellationToken CancellationToken { get; }

    public SimulatorWorld World => _server.World;

    public DiscordWorld Discord => World.Discord;

    public MastodonWorld Mastodon => World.Mastodon;

    public Application Application { get; }

    public User Member { get; }

    public Channel Channel { get; }

    public Account Account { get; }

    public string Home { get; } = Directory.CreateTempSubdirectory("serge-stage-").FullName;

    public string LedgerPath => Path.Combine(Home, "serge.db");

    /// <summary>A PostgreSQL database for the ledger; <see langword="null"/> for an SQLite file.</summary>
    public string? Server { get; set; }

    /// <summary>The posts in the channel that are not replies, oldest first.</summary>
    public IReadOnlyList<string> ChannelPosts =>
        [
            .. Discord
                .GetMessages(Channel)
                .Where(message => message.Author.Id == Application.User.Id && message.Origin is null)
                .Select(message => message.Content),
        ];

    /// <summary>The posts of the bot on Mastodon, oldest first.</summary>
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

    /// <summary>Creates the environment.</summary>
    /// <param name="timeout">How long the test may take. Default <see cref="Wait.Limit"/>.</param>
    public static async Task<Stage> OpenAsync(TimeSpan? timeout = null) =>
        new(
            await SimulatorServer.StartAsync(
                new SimulatorWorld(TimeProvider.System, new Random(1)),
                cancellationToken: TestContext.Current.CancellationToken
            ),
            timeout ?? Wait.Limit
        );

    /// <summary>Settings with both platforms, and the settings of the test:
    /// <c>("Schedules:s:Cron", "0 9 * * *")</c>.</summary>
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

    /// <summary>A schedule to both platforms, or to the given destinations.</summary>
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
    public Task<WorkerHost> StartWorkerAsync(TimeProvider clock, params (string Key, string? Value)[] more) =>
        StartWorkerAsync(clock, log: null, [("Logging:LogLevel:Default", "None"), .. more]);

    /// <summary>The real worker in this process, started and connected; its log is collected.</summary>
    public async Task<WorkerHost> StartWorkerAsync(
        TimeProvider clock,
        LogText? log,
        params (string Key, string? Value)[] more
    )
    {
        using var watch = World.Watch();
        var worker = await WorkerHost.BuildAsync(
            new WorkerOptions
            {
                Home = Home,
                CreatesLedger = true,
                Overrides = Settings([("Logging:Console:LogLevel:Default", "None"), .. more]),
                Clocks = new Clocks(clock, TimeProvider.System),
                AddClients = AddServices,
                ConfigureLogging = log is null ? null : logging => logging.AddProvider(log),
            },
            CancellationToken
        );
        await worker.StartAsync(CancellationToken);
        await NextAsync<DiscordWorldEvent.BotConnected>(watch);
        await WaitUntilAsync(watch, () => Discord.GetCommands(Application).Count > 0);
        await WaitUntilAsync(() => Task.FromResult(worker.Services.GetRequiredService<CommandMentions>().HasIds));
        await WaitUntilAsync(() => HasPlannedAsync(worker));
        return worker;
    }

    /// <summary>Whether each schedule of the settings has its next time. A schedule that is new posts nothing that was
    /// due before, so the clock must not move until then.</summary>
    private async Task<bool> HasPlannedAsync(WorkerHost worker)
    {
        var schedules = worker.Services.GetRequiredService<OperatorSchedules>().Schedules;
        var marks = await worker.Services.GetRequiredService<ILedger>().GetMarksAsync(CancellationToken);
        return schedules.All(schedule => marks.GetValueOrDefault(schedule.Id.Name)?.Timing == schedule.Timing);
    }

    /// <summary>The clients of the worker, and a planner of posts for a test.</summary>
    private static void AddServices(IServiceCollection services, BotSettings settings)
    {
        PlatformClients.Add(services, settings);
        services.AddSingleton<PlanBuilder>();
    }

    /// <summary>Waits until a condition on the two platforms is true. It is evaluated after each event of the
    /// platforms.</summary>
    /// <exception cref="TimeoutException">It was not true in time.</exception>
    public async Task WaitUntilAsync(
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

    /// <summary>Waits for an event of a type; earlier events of other types are discarded.</summary>
    /// <exception cref="TimeoutException">It did not occur in time.</exception>
    public Task<T> NextAsync<T>(EventStream watch, Func<T, bool>? wanted = null, string? expected = null)
        where T : SimulatorEvent =>
        Wait.ForAsync(
            watch.WaitForAsync(wanted, CancellationToken),
            ObserveAsync,
            CancellationToken,
            expected ?? $"an event {typeof(T).Name}"
        );

    /// <summary>Waits until a condition is true that no event reports.</summary>
    /// <exception cref="TimeoutException">It was not true in time.</exception>
    public Task WaitUntilAsync(
        Func<Task<bool>> condition,
        [CallerArgumentExpression(nameof(condition))] string expected = ""
    ) => Wait.UntilAsync(condition, ObserveAsync, CancellationToken, expected);

    /// <summary>The content of both platforms and of the ledger, for the message of a failed test.</summary>
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

    /// <summary>The ledger's database, over a separate connection.</summary>
    public Task<Database> OpenDatabaseAsync(CancellationToken? cancellationToken = null) =>
        LedgerDatabase.OpenAsync(
            new BotSettings
            {
                LedgerPath = LedgerPath,
                TimeZone = TimeZoneInfo.Utc,
                PostgreSql = Server is not null && PostgresAddress.TryParse(Server, out var address) ? address : null,
            },
            cancellationToken ?? CancellationToken
        );

    /// <summary>Ends the leases of a killed worker, as if their duration had elapsed.</summary>
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
            await database.WriteAsync(session => session.ExecuteAsync(change, CancellationToken), CancellationToken);
        }
    }

    /// <summary>The posts of the ledger, newest first.</summary>
    public async Task<IReadOnlyList<Post>> PostsAsync(CancellationToken? cancellationToken = null)
    {
        await using var database = await OpenDatabaseAsync(cancellationToken);
        Ledger ledger = new(database);
        return await ledger.GetRecentAsync(1000, cancellationToken ?? CancellationToken);
    }

    /// <summary>The posts of the ledger, one line per post.</summary>
    public async Task<IReadOnlyList<string>> LedgerAsync(CancellationToken? cancellationToken = null) =>
        [
            .. (await PostsAsync(cancellationToken))
                .Select(post => $"{post.Schedule} {post.Destination.Platform} {post.State}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>A schedule that was due a minute ago, as after a short outage, and is due again in a year: a worker
    /// that starts now posts once.</summary>
    /// <remarks>Its content does not depend on the day: just after midnight such a post would be too late.</remarks>
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
        await ledger.PlanAsync(name, new ScheduleMark($"{cron} Europe/Brussels", due), [], CancellationToken);
        return Schedule(name, cron, content, to);
    }

    /// <summary>Waits until the ledger holds this number of posts and each of them has reached a final state.</summary>
    /// <remarks>The number is required: while a worker has planned only some of its posts, all posts of the ledger may
    /// be in a final state, too.</remarks>
    /// <exception cref="TimeoutException">It did not happen in time.</exception>
    public async Task WaitUntilSettledAsync(int posts)
    {
        // The database is opened once: each opening takes the write lock, for which the worker would have to wait.
        await using var database = await OpenDatabaseAsync();
        Ledger ledger = new(database);
        await WaitUntilAsync(
            async () => IsSettled(await ledger.GetRecentAsync(1000, CancellationToken), posts),
            $"{posts} posts in the ledger, each in a final state"
        );
    }

    /// <summary>Whether the ledger holds at least this number of posts, and each of them has reached a final
    /// state.</summary>
    public async Task<bool> IsSettledAsync(int posts, CancellationToken cancellationToken) =>
        IsSettled(await PostsAsync(cancellationToken), posts);

    /// <summary>Runs a <c>serge</c> command in this process, which takes a tenth of the time of a separate
    /// process.</summary>
    /// <param name="arguments">The command and its arguments. A relative path is relative to the folder of the
    /// tests.</param>
    /// <param name="settings">The content of <c>appsettings.json</c> during this command; <see langword="null"/> for no
    /// settings.</param>
    /// <param name="clock">The schedule clock; <see langword="null"/> for the system clock.</param>
    public async Task<(int ExitCode, string Output)> RunCommandAsync(
        string arguments,
        Dictionary<string, string?>? settings = null,
        TimeProvider? clock = null
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
        await File.WriteAllTextAsync(file, json.ToJsonString(), CancellationToken);
        await using StringWriter text = new();
        var output = TextWriter.Synchronized(text);
        string[] words = [.. CommandLineParser.SplitCommandLine(arguments), "--home", Home];
        Clocks clocks = new(clock ?? TimeProvider.System, TimeProvider.System);
        CommandContext context = new()
        {
            Clocks = clocks,
            Output = output,
            Error = output,
        };
        var command = CommandLine.RunAsync(words, context);
        var exitCode = await Wait.ForAsync(
            command.WaitAsync(CancellationToken),
            () => Task.FromResult(text.ToString()),
            CancellationToken,
            $"the end of serge {arguments}"
        );
        await File.WriteAllTextAsync(file, "{}", CancellationToken);
        return (exitCode, text.ToString());
    }

    /// <summary>The settings as environment variables of a worker process.</summary>
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
