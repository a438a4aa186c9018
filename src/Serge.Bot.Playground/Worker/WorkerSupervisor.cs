namespace Serge.Bot.Playground.Worker;

/// <summary>Starts and kills the worker, and starts it again on the same ledger.</summary>
/// <param name="home">The bot's folder.</param>
/// <param name="quotes">The folder with the quote files.</param>
/// <param name="overrides">Settings that replace those of the folder.</param>
/// <param name="clocks">The worker's clocks.</param>
/// <param name="eventLog">Receives the worker's log.</param>
internal sealed class WorkerSupervisor(
    string home,
    string quotes,
    IReadOnlyDictionary<string, string?> overrides,
    Clocks clocks,
    EventLog eventLog
) : IAsyncDisposable
{
    /// <summary>The timeout of a graceful stop.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How much later than its first post the second one may be sent; shorter than the delay of the
    /// responses.</summary>
    private static readonly TimeSpan OtherPostTimeout = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim _semaphore = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<Task> _backgroundTasks = [];
    private readonly CancellationTokenSource _closing = new();
    private volatile RunningWorker? _worker;

    /// <summary>The services of the running worker; <see langword="null"/> if none is running.</summary>
    public IServiceProvider? Services => _worker?.Host.Services;

    /// <summary>The catalogue of the running worker; <see langword="null"/> if none is running.</summary>
    public LiveCatalogue? FindCatalogue()
    {
        try
        {
            return Services?.GetRequiredService<LiveCatalogue>();
        }
        catch (ObjectDisposedException)
        {
            // The worker was killed meanwhile.
            return null;
        }
    }

    /// <summary>Starts a worker, unless one is running.</summary>
    /// <exception cref="SettingsException">The operator's settings are invalid.</exception>
    /// <exception cref="CatalogueException">The quote files are invalid.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        try
        {
            if (_worker is not null)
            {
                return;
            }

            var logger = new EventLogLoggerProvider(eventLog);
            WorkerOptions options = new()
            {
                Home = home,
                QuotesFolder = quotes,
                Overrides = overrides,
                Clocks = clocks,
                AddClients = AddServices,
                ConfigureLogging = logging => logging.AddProvider(logger),
            };
            var host = await WorkerHost.BuildAsync(options, cancellationToken);
            eventLog.Write(EventLogSource.You, EventLogLevel.Information, "Bot started.");
            await host.StartAsync(cancellationToken);
            _worker = new RunningWorker(host, logger);
        }
        finally
        {
            _semaphore.Release();
        }
    }

    private static void AddServices(IServiceCollection services, BotSettings settings)
    {
        PlatformClients.Add(services, settings);
        services.AddSingleton<PlanBuilder>().AddSingleton<ItemPreviewer>();
        services.AddSingleton<PostChanges>().AddSingleton<PublishedPostEditor>();
    }

    /// <summary>Kills the worker: it records nothing any more.</summary>
    /// <remarks>A kill within one process has two steps: the ledger is closed, so that the worker can write nothing
    /// from now on; then the worker is disposed. As after a real crash, its claims stay until their leases
    /// expire.</remarks>
    /// <param name="message">The log entry.</param>
    public async Task KillAsync(string message)
    {
        await _semaphore.WaitAsync();
        try
        {
            if (_worker is { } killed)
            {
                _worker = null;
                killed.Logger.Silence();
                await killed.Host.Services.GetRequiredService<Database>().DisposeAsync();
                eventLog.Write(EventLogSource.You, EventLogLevel.Error, message);
                RunInBackground(DisposeKilledAsync(killed.Host));
            }
        }
        finally
        {
            _semaphore.Release();
        }
    }

    /// <summary>Kills the worker as soon as all of these faults have fired; if only some fire, after
    /// <see cref="OtherPostTimeout"/>.</summary>
    /// <param name="faults">The faults that delay the responses to a post, one per platform.</param>
    public void KillWhenFired(IReadOnlyList<ArmedFault> faults) => RunInBackground(KillWhenFiredAsync(faults));

    /// <summary>Makes a running worker check the schedule clock now.</summary>
    public async Task PlanDueAsync(CancellationToken cancellationToken)
    {
        if (Services is not { } services)
        {
            return;
        }

        try
        {
            await services.GetRequiredService<Scheduler>().PlanDueAsync(cancellationToken);
        }
        catch (Exception e) when (e is LedgerException or ObjectDisposedException or InvalidOperationException)
        {
            // The worker was killed meanwhile, or it logs itself what is wrong with its ledger.
        }
    }

    /// <summary>Stops the worker gracefully.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_worker is { } last)
        {
            _worker = null;
            using CancellationTokenSource timeout = new(StopTimeout, clocks.System);
            await last.Host.StopAsync(timeout.Token);
            await last.Host.DisposeAsync();
        }

        Task[] tasks;
        lock (_lock)
        {
            tasks = [.. _backgroundTasks];
        }

        await Task.WhenAll(tasks);
        _closing.Dispose();
        _semaphore.Dispose();
    }

    private void RunInBackground(Task task)
    {
        lock (_lock)
        {
            _backgroundTasks.RemoveAll(old => old.IsCompletedSuccessfully);
            _backgroundTasks.Add(task);
        }
    }

    private async Task KillWhenFiredAsync(IReadOnlyList<ArmedFault> faults)
    {
        var fired = faults.Select(fault => fault.Fired).ToList();
        try
        {
            await Task.WhenAny(fired).WaitAsync(_closing.Token);
            await Task.WhenAll(fired).WaitAsync(OtherPostTimeout, clocks.System, _closing.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (TimeoutException)
        {
            // This post has one destination only.
        }

        await KillAsync("Bot killed during a post.");
    }

    private static async Task DisposeKilledAsync(WorkerHost host)
    {
        try
        {
            await host.DisposeAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Without its ledger the worker cannot stop gracefully, as after a real crash.
        }
    }

    private sealed record RunningWorker(WorkerHost Host, EventLogLoggerProvider Logger);
}
