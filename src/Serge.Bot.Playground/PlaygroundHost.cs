using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Serge.Bot.Playground.Api;
using Serge.Bot.Playground.Editing;
using Serge.Bot.Playground.Worker;

namespace Serge.Bot.Playground;

/// <summary>Runs the simulator, the worker and the page in one program, with a ledger and a copy of the quote files in
/// a temporary folder.</summary>
internal sealed class PlaygroundHost : IAsyncDisposable
{
    private const int MaxAttempts = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serge-playground-");
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Task> _tasks = [];
    private Task _opening = Task.CompletedTask;
    private WebApplication? _web;
    private Database? _database;
    private EventStream? _events;

    private PlaygroundHost(IPEndPoint endpoint, Author author)
    {
        Address = new Uri($"http://{endpoint}/");
        Platforms = new SimulatedPlatforms(author, TimeProvider.System, new SystemRandom());
    }

    /// <summary>The address of the page.</summary>
    public Uri Address { get; }

    /// <summary>The folder of the ledger and of the copy of the quote files; deleted when the playground
    /// stops.</summary>
    public string Folder => _folder.FullName;

    public SimulatedPlatforms Platforms { get; }

    /// <summary>Starts and kills the worker.</summary>
    public WorkerSupervisor? Worker { get; private set; }

    /// <summary>The settings that connect a bot to the simulated platforms.</summary>
    public IReadOnlyDictionary<string, string> Connection => WorkerSettings.GetConnection(Platforms, Address);

    /// <summary>Starts the playground.</summary>
    /// <param name="home">The folder with the quote files and the operator's settings.</param>
    /// <param name="requested">The address of the page; port 0 for any free one.</param>
    /// <param name="onBusy">Called once with each port that is in use.</param>
    /// <param name="withoutBot">Whether to start no worker.</param>
    /// <param name="withPosts">Whether the page opens with posts; see <see cref="Opening"/>.</param>
    /// <exception cref="SettingsException">The operator's settings are invalid.</exception>
    /// <exception cref="CatalogueException">The quote files are invalid.</exception>
    /// <exception cref="IOException">No port is free, or the quote files cannot be copied.</exception>
    public static async Task<PlaygroundHost> StartAsync(
        string home,
        IPEndPoint requested,
        Action<int> onBusy,
        bool withoutBot = false,
        bool withPosts = false
    )
    {
        var catalogue = LiveCatalogue.Open(Path.Combine(home, "quotes")).Current;
        HashSet<int> busy = [];
        for (var attempt = 1; ; attempt++)
        {
            var endpoint = FreePort.Find(requested, ReportOnce);
            PlaygroundHost host = new(endpoint, catalogue.Author);
            try
            {
                await host.StartAsync(home, endpoint, withoutBot, withPosts ? catalogue : null);
                return host;
            }
            catch (Exception e) when (IsAddressInUse(e) && attempt < MaxAttempts)
            {
                // Another process has taken the port since it was found.
                await host.DisposeAsync();
            }
            catch
            {
                await host.DisposeAsync();
                throw;
            }
        }

        void ReportOnce(int port)
        {
            if (busy.Add(port))
            {
                onBusy(port);
            }
        }
    }

    /// <summary>Waits for Ctrl+C, or for a failure of the playground.</summary>
    public async Task WaitForEndAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _web!.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await await Task.WhenAny([stopped.Task, .. _tasks]);
    }

    /// <summary>Stops the worker gracefully, then the page, and deletes the temporary folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Worker is not null)
        {
            await Worker.DisposeAsync();
        }

        await _closing.CancelAsync();
        await _opening;
        _events?.Dispose();
        await Task.WhenAll(_tasks);
        if (_web is not null)
        {
            await _web.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _closing.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Two servers that begin to listen at the same moment can both bind the address; then listening
    /// fails.</summary>
    private static bool IsAddressInUse(Exception exception) =>
        exception
            is IOException { InnerException: AddressInUseException }
                or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };

    private async Task StartAsync(string home, IPEndPoint endpoint, bool withoutBot, QuoteCatalogue? opening)
    {
        var systemClock = TimeProvider.System;
        AdjustableClock scheduleClock = new(systemClock);
        Clocks clocks = new(scheduleClock, systemClock);
        ChangeSignal changes = new();
        EventLog eventLog = new(systemClock, changes);
        _events = Platforms.World.Watch();

        var ledgerPath = Path.Combine(_folder.FullName, "ledger.db");
        var (settings, overrides) = WorkerSettings.Read(home, Platforms, Address, ledgerPath);
        var quoteFiles = WorkingCopy.Create(
            Path.Combine(home, "quotes"),
            _folder.CreateSubdirectory("quotes"),
            systemClock
        );
        Worker = new WorkerSupervisor(home, quoteFiles.Folder, overrides, clocks, eventLog);
        _database = await Database.OpenAsync(new SqliteFile(ledgerPath), LedgerDatabase.Steps, _closing.Token);
        PlaygroundContext context = new(
            Platforms,
            new Conversation(scheduleClock),
            new Timeline(scheduleClock),
            eventLog,
            HasBot: !withoutBot,
            new MastodonTraffic(systemClock),
            new FaultControls(Platforms),
            quoteFiles,
            Worker,
            new Ledger(_database),
            new GuildStore(_database),
            settings,
            clocks,
            scheduleClock,
            changes
        );
        StateBroadcaster broadcaster = new(context);

        StateFeed feed = new(broadcaster, systemClock);
        _web = BuildWebApplication(endpoint, context, feed);
        await _web.StartAsync(_closing.Token);
        _tasks.Add(HandleEventsAsync(_events, context));
        if (!withoutBot)
        {
            await StartWorkerAsync(context, feed.FirstVisit, opening);
        }

        _tasks.Add(broadcaster.RunAsync(_closing.Token));
    }

    private async Task StartWorkerAsync(PlaygroundContext context, Task firstVisit, QuoteCatalogue? catalogue)
    {
        if (catalogue is null)
        {
            await context.Worker.StartAsync();
            return;
        }

        var day = Opening.MoveToStart(context, catalogue);
        await context.Worker.StartAsync();
        Opening opening = new(context, _web!.Services.GetRequiredService<CalendarApi>());
        _opening = opening.RunAsync(day, firstVisit, _closing.Token);
    }

    private WebApplication BuildWebApplication(IPEndPoint endpoint, PlaygroundContext context, StateFeed feed)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(endpoint);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(_ => new CalendarApi(context));
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        var web = builder.Build();
        web.Use(LoopbackGuard.HandleAsync);
        web.UseSimulator(context.Platforms.World);
        web.MapPage();
        new SiteApi(context, Address).Map(web);
        web.MapApi(context, feed, _closing.Token);
        return web;
    }

    /// <summary>Handles the events of the simulator.</summary>
    private static async Task HandleEventsAsync(EventStream events, PlaygroundContext context)
    {
        await foreach (var simulatorEvent in events)
        {
            context.Conversation.Handle(simulatorEvent);
            context.Timeline.Handle(simulatorEvent);
            context.Traffic.Handle(simulatorEvent);
            if (EventLogText.Describe(simulatorEvent) is var (source, level, text))
            {
                context.EventLog.Write(source, level, text);
            }

            context.Changes.Set();
        }
    }
}
