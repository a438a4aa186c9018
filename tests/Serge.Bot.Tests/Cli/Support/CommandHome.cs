using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Tests.Cli.Support;

/// <summary>A home folder with a small catalogue, a ledger and fake platforms, in which commands run.</summary>
internal sealed class CommandHome : IDisposable
{
    private readonly TestCatalogue _catalogue = new();
    private readonly LogProvider _log = new();
    private string _logging = Section.NoLog;

    /// <param name="now">The time of the schedule clock.</param>
    public CommandHome(string now = "2027-02-01 12:00")
    {
        ScheduleClock = new FakeTimeProvider(Some.At(now));
        Settings();
    }

    /// <summary>The schedule clock. The system clock is three years ahead, so that a test fails when they are
    /// confused.</summary>
    public FakeTimeProvider ScheduleClock { get; }

    public DelaySkippingTime SystemClock { get; } = new(Some.At("2030-01-01 00:00"));

    public FakeMastodon Mastodon { get; } = new();

    /// <summary>Replaces <see cref="Mastodon"/>.</summary>
    public IMastodon? OtherMastodon { get; set; }

    public ChannelDiscord Discord { get; } = new();

    /// <summary>Answers the request for the time of a server.</summary>
    public StubHandler Http { get; } = new();

    public Terminal? Terminal { get; set; }

    /// <summary>Where progress is shown; its clock is then <see cref="SystemClock"/>.</summary>
    public Terminal? ErrorTerminal { get; set; }

    /// <summary>The terminal input; <see langword="null"/> without a terminal.</summary>
    public string? Typed { get; set; }

    public string Folder => _catalogue.Home;

    public string Quotes => _catalogue.Folder;

    public string LedgerPath => Path.Combine(Folder, "serge.db");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Http.Dispose();
        _catalogue.Dispose();
    }

    /// <summary>Replaces the release of memory after the start.</summary>
    public Action OnMemoryRelease { get; set; } = static () => { };

    /// <summary>Registers further services of the worker.</summary>
    public Action<IServiceCollection> MoreServices { get; set; } = static _ => { };

    /// <summary>What was logged, one line per entry: <c>Warning: message</c>.</summary>
    public IReadOnlyList<string> Log => _log.Lines;

    /// <summary>Enables the log in the next settings; by default it is off.</summary>
    public void EnableLog() => _logging = Section.Log;

    /// <summary>Writes the settings: these sections of JSON, and a log that is off.</summary>
    public void Settings(params string[] sections) =>
        File.WriteAllText(
            Path.Combine(Folder, "appsettings.json"),
            $"{{ {string.Join(", ", sections.Append(_logging))} }}"
        );

    /// <summary>Replaces a quote file.</summary>
    public void Write(string file, string content) => _catalogue.Write(file, content);

    /// <summary>Adds posts to the ledger unchanged.</summary>
    public async Task AddAsync(params Post[] posts)
    {
        await using var database = await OpenDatabaseAsync();
        var added = await new Ledger(database).PlanAsync("any", mark: null, posts, Stop);
        Assert.Equal(posts.Length, added.Count);
    }

    /// <summary>Publishes a planned post whose follow-ups fail.</summary>
    public async Task PublishAsync(Post planned, string failure)
    {
        await AddAsync(planned);
        await using var database = await OpenDatabaseAsync();
        var sent = planned with { State = PostState.Sent, RemoteId = "900" };
        Assert.True(await new Ledger(database).TryUpdateAsync(planned, sent, Stop));
        FollowUpRows rows = new(database);
        foreach (var followUp in await rows.GetAsync(planned.Key, Stop))
        {
            Assert.True(await rows.TryUpdateAsync(followUp, followUp.Fail(failure), Stop));
        }
    }

    /// <summary>All posts of the ledger, newest first.</summary>
    public async Task<IReadOnlyList<Post>> PostsAsync()
    {
        await using var database = await OpenDatabaseAsync();
        return await new Ledger(database).GetRecentAsync(1000, Stop);
    }

    /// <summary>The post with this key.</summary>
    public async Task<Post> PostAsync(string key) => Assert.Single(await PostsAsync(), post => post.Key == key);

    public async Task WithdrawAsync(string item, string since = "2027-01-31 08:00")
    {
        await using var database = await OpenDatabaseAsync();
        await new OperatorLedger(database).WithdrawAsync(item, Some.At(since), Stop);
    }

    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> WithdrawalsAsync()
    {
        await using var database = await OpenDatabaseAsync();
        return await new OperatorLedger(database).GetWithdrawalsAsync(Stop);
    }

    /// <summary>Runs an action with the servers' settings in the ledger.</summary>
    public async Task<T> WithGuildsAsync<T>(Func<IGuildStore, Task<T>> work)
    {
        await using var database = await OpenDatabaseAsync();
        return await work(new GuildStore(database));
    }

    /// <summary>Acquires the sender's lease of the configured platforms, as a running bot does.</summary>
    public async Task HoldLeaseAsync(string owner, DateTimeOffset until)
    {
        await using var database = await OpenDatabaseAsync();
        var accounts = SenderAccountNames.Create(SettingsReader.Read(Folder).Settings);
        SenderRows senders = new(database);
        var acquired = await senders.TryAcquireAsync(accounts.Names, owner, SystemClock.GetUtcNow(), until, Stop);
        Assert.Null(acquired.Other);
    }

    /// <summary>Opens the ledger; the caller closes it.</summary>
    public Task<Database> OpenDatabaseAsync() =>
        Database.OpenAsync(new SqliteFile(LedgerPath), LedgerDatabase.Steps, Stop);

    /// <summary>Changes the only post, like a worker that takes it over.</summary>
    public async Task TakeOverAsync(Func<Post, Post> change)
    {
        await using var database = await OpenDatabaseAsync();
        Ledger ledger = new(database);
        var post = Assert.Single(await ledger.GetRecentAsync(1, Stop));
        Assert.True(await ledger.TryUpdateAsync(post, change(post), Stop));
    }

    /// <summary>Runs a command in this home.</summary>
    public Task<CommandResult> RunAsync(params string[] args) => RunWithoutHomeAsync([.. args, "--home", Folder]);

    /// <summary>Runs a command that must succeed, and reads its output as JSON.</summary>
    public async Task<JsonElement> JsonAsync(params string[] args)
    {
        var result = await RunAsync([.. args, "--json"]);
        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        return json.RootElement.Clone();
    }

    /// <summary>Runs a command without naming the home.</summary>
    public async Task<CommandResult> RunWithoutHomeAsync(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        using var input = Typed is null ? null : new StringReader(Typed);
        CommandDependencies dependencies = new()
        {
            AddClients = AddServices,
            CreateHttpHandler = () => Http,
            Random = new Random(1),
            ReleaseStartupMemory = OnMemoryRelease,
        };
        CommandContext context = new()
        {
            Clocks = new Clocks(ScheduleClock, SystemClock),
            Output = output,
            Error = error,
            Input = input,
            Terminal = Terminal,
            ErrorTerminal = ErrorTerminal,
            Dependencies = dependencies,
        };

        // Uses real time: if a command does not end, its test fails.
        var exitCode = await CommandLine.RunAsync(args, context).WaitAsync(Bounded.Longest, Stop);
        return new CommandResult(
            exitCode,
            output.ToString().Replace(Folder, "HOME", StringComparison.Ordinal),
            error.ToString().Replace(Folder, "HOME", StringComparison.Ordinal)
        );
    }

    private void AddServices(IServiceCollection services, BotSettings settings)
    {
        if (settings.Discord is not null)
        {
            services.AddSingleton<IDiscord>(Discord);
        }

        if (settings.Mastodon is not null)
        {
            services.AddSingleton(OtherMastodon ?? Mastodon);
        }

        services.AddSingleton<ILoggerProvider>(_log);
        MoreServices(services);
    }

    /// <summary>Collects the log of the whole worker.</summary>
    private sealed class LogProvider : ILoggerProvider
    {
        private readonly LogLines<CommandHome> _lines = new();

        public IReadOnlyList<string> Lines => _lines.Lines;

        public ILogger CreateLogger(string categoryName) => _lines;

        public void Dispose() { }
    }
}

/// <summary>The output of a command; the path of the home folder is replaced by <c>HOME</c>.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Removes spaces at the ends of lines, as in the texts of the tests.</summary>
    public CommandResult Trimmed() =>
        this with
        {
            Output = string.Join('\n', Output.Split('\n').Select(line => line.TrimEnd())),
        };

    /// <summary>Checks the exit code and everything that was printed.</summary>
    public void ShouldBe(int exitCode, string output, string error = "")
    {
        CommandResult expected = new(exitCode, output, error);

        // A failure shows both complete texts instead of a position.
        Assert.True(this == expected, $"Expected:\n{expected}\nActual:\n{this}");
    }

    public override string ToString() => $"{Output}{Error}exit code {ExitCode}";
}

/// <summary>Sections of <c>appsettings.json</c>.</summary>
internal static class Section
{
    public const string Log =
        """ "Logging": { "LogLevel": { "Default": "Information" }, "Console": { "LogLevel": { "Default": "None" } } } """;

    public const string NoLog = """ "Logging": { "LogLevel": { "Default": "None" } } """;

    public const string Mastodon = """ "Mastodon": { "Address": "https://m.example/", "AccessToken": "secret-m" } """;

    public const string Discord = """ "Discord": { "Token": "secret-d" } """;

    public const string FirstRefusalCounts = """ "Delivery": { "RefusalDelay": "00:00:00" } """;

    /// <summary>A daily schedule at nine in Brussels, to Mastodon and to channel 7.</summary>
    public const string Morning = """
        "Schedules": {
          "morning": {
            "Cron": "0 9 * * *", "TimeZone": "Europe/Brussels", "Content": "quote", "To": ["mastodon", "discord:7"]
          }
        }
        """;
}
