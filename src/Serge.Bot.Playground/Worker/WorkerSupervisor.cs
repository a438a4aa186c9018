using Microsoft.Extensions.Hosting;

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
    private CancellationTokenSource _pendingKills = new();
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
    /// <remarks>A request that is aborted does not cancel the start: the page may be reloaded meanwhile.</remarks>
    /// <exception cref="SettingsException">The operator's settings are invalid.</exception>
    /// <exception cref="CatalogueException">The quote files are invalid.</exception>
    /// <exception cref="LedgerException">The ledger cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">The playground stops.</exception>
    public async Task StartAsync()
    {
        var closing = _closing.Token;
        await _semaphore.WaitAsync(closing);
        try
        {
            if (_worker is null)
            {
                var worker = await LaunchAsync(closing);
                _worker = worker;
                eventLog.Write(EventLogSource.You, EventLogLevel.Information, "Bot started.");
                RunInBackground(WatchAsync(worker));
            }
        }
        finally
        {
            _semaphore.Release();
        }
    }

    private async Task<RunningWorker> LaunchAsync(CancellationToken cancellationToken)
    {
        EventLogLoggerProvider logger = new(eventLog);
        WorkerOptions options = new()
        {
            Home = home,
            CreatesLedger = true,
            QuotesFolder = quotes,
            Overrides = overrides,
            Clocks = clocks,
            AddClients = AddServices,
            ConfigureLogging = logging => logging.AddProvider(logger),
        };
        var host = await WorkerHost.BuildAsync(options, cancellationToken);
        try
        {
            await host.StartAsync(cancellationToken);
            return new RunningWorker(host, logger);
        }
        catch
        {
            await DisposeFailedAsync(host);
            throw;
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
                RunInBackground(DisposeFailedAsync(killed.Host));
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
    /// <param name="onKilled">Called after the kill.</param>
    public void KillWhenFired(IReadOnlyList<ArmedFault> faults, Action onKilled) =>
        RunInBackground(KillWhenFiredAsync(faults, onKilled));

    /// <summary>Cancels the kills that wait for faults.</summary>
    public async Task CancelKillsAsync()
    {
        CancellationTokenSource pending;
        lock (_lock)
        {
            pending = _pendingKills;
            _pendingKills = new CancellationTokenSource();
        }

        await pending.CancelAsync();
        pending.Dispose();
    }

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
        await StopAsync();
        Task[] tasks;
        lock (_lock)
        {
            tasks = [.. _backgroundTasks];
        }

        await Task.WhenAll(tasks);
        _pendingKills.Dispose();
        _closing.Dispose();
        _semaphore.Dispose();
    }

    private async Task StopAsync()
    {
        await _semaphore.WaitAsync();
        try
        {
            if (_worker is { } last)
            {
                _worker = null;
                using CancellationTokenSource timeout = new(StopTimeout, clocks.System);
                await last.Host.StopAsync(timeout.Token);
                await last.Host.DisposeAsync();
            }
        }
        finally
        {
            _semaphore.Release();
        }
    }

    /// <summary>Stops a worker of which a service ends unexpectedly, as <c>serge run</c> does.</summary>
    private async Task WatchAsync(RunningWorker worker)
    {
        var services = worker.Host.Services;
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        var fatalErrors = services.GetRequiredService<FatalErrorHandler>();
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
        var ended = services.GetRequiredService<ServiceSupervisor>().WatchAsync();
        await Task.WhenAny(stopping.Task, ended);
        if (fatalErrors.ExitCode == 0 && !ended.IsCompleted)
        {
            // No service has ended: Ctrl+C reaches this host too, and StopAsync stops it.
            return;
        }

        if (await TryReleaseAsync(worker))
        {
            await DisposeFailedAsync(worker.Host);
        }
    }

    /// <returns>Whether the worker was running, and was neither killed nor stopped.</returns>
    private async Task<bool> TryReleaseAsync(RunningWorker ended)
    {
        await _semaphore.WaitAsync();
        try
        {
            if (_worker != ended)
            {
                return false;
            }

            _worker = null;
            const string text =
                "Bot stopped, because one of its services ended. Outside the playground the process exits with code 1.";
            eventLog.Write(EventLogSource.Worker, EventLogLevel.Error, text);
            return true;
        }
        finally
        {
            _semaphore.Release();
        }
    }

    private void RunInBackground(Task task)
    {
        lock (_lock)
        {
            _backgroundTasks.RemoveAll(old => old.IsCompletedSuccessfully);
            _backgroundTasks.Add(task);
        }
    }

    private async Task KillWhenFiredAsync(IReadOnlyList<ArmedFault> faults, Action onKilled)
    {
        using var cancellation = LinkToPendingKills();
        var fired = faults.Select(fault => fault.Fired).ToList();
        try
        {
            await Task.WhenAny(fired).WaitAsync(cancellation.Token);
            await Task.WhenAll(fired).WaitAsync(OtherPostTimeout, clocks.System, cancellation.Token);
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
        onKilled();
    }

    private CancellationTokenSource LinkToPendingKills()
    {
        lock (_lock)
        {
            return CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, _pendingKills.Token);
        }
    }

    /// <summary>Disposes a worker that was killed, or that has failed.</summary>
    private static async Task DisposeFailedAsync(WorkerHost host)
    {
        try
        {
            await host.DisposeAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Such a worker may not be able to stop gracefully: a killed one has no ledger, as after a real crash.
        }
    }

    private sealed record RunningWorker(WorkerHost Host, EventLogLoggerProvider Logger);
}
