using Microsoft.Extensions.DependencyInjection;
using Serge.Bot.Playground.World;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Playground.Worker;

/// <summary>The place of the one worker: it is started here, killed, and started again on the same ledger.</summary>
internal sealed class WorkerSeat : IAsyncDisposable
{
    /// <summary>How long a worker that is told to stop may take to finish what it has begun.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly string _home;
    private readonly IReadOnlyDictionary<string, string?> _overrides;
    private readonly Clocks _clocks;
    private readonly Diary _diary;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<Task> _errands = [];
    private readonly CancellationTokenSource _closing = new();
    private volatile Sitting? _now;

    /// <summary>Prepares the seat; nobody sits on it yet.</summary>
    /// <param name="home">The bot's folder.</param>
    /// <param name="overrides">Settings over those found there.</param>
    /// <param name="clocks">Calendar and wire.</param>
    /// <param name="diary">Where the worker's log goes.</param>
    public WorkerSeat(string home, IReadOnlyDictionary<string, string?> overrides, Clocks clocks, Diary diary) =>
        (_home, _overrides, _clocks, _diary) = (home, overrides, clocks, diary);

    /// <summary>The parts of the worker that is at work; <see langword="null"/> when there is none.</summary>
    public IServiceProvider? Services => _now?.Host.Services;

    /// <summary>Starts a worker, unless there is one.</summary>
    /// <exception cref="SettingsException">The operator's settings are wrong.</exception>
    /// <exception cref="CatalogueException">The quote files are wrong.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_now is not null)
            {
                return;
            }

            var log = new DiaryLoggerProvider(_diary);
            var host = await WorkerHost.BuildAsync(
                new WorkerOptions
                {
                    Home = _home,
                    Overrides = _overrides,
                    Clocks = _clocks,
                    AddClients = AddServices,
                    ConfigureLogging = logging => logging.AddProvider(log),
                },
                cancellationToken
            );
            _diary.Write(DiarySource.You, DiaryWeight.Plain, "The bot is started.");
            await host.StartAsync(cancellationToken);
            _now = new Sitting(host, log);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Pulls the plug: the worker writes nothing down any more, whatever it was doing.</summary>
    /// <remarks>Inside one process a kill takes two steps. The ledger is closed under the worker's hands, so that from this moment on it is as if it
    /// were not there; then what remains of it is cleared away. It holds a claim at most until its lease ends, as a dead process does.</remarks>
    public async Task KillAsync(string words)
    {
        await _turn.WaitAsync();
        try
        {
            if (_now is { } victim)
            {
                _now = null;
                victim.Log.Silence();
                await victim.Host.Services.GetRequiredService<Database>().DisposeAsync();
                _diary.Write(DiarySource.You, DiaryWeight.Error, words);
                See(ClearAwayAsync(victim.Host));
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Kills the worker as soon as a fault strikes one of its posts.</summary>
    /// <param name="fault">The fault that keeps the answer back.</param>
    public void KillWhen(ArmedFault fault) => See(KillWhenAsync(fault));

    /// <summary>Lets the worker look at the calendar at once rather than at its next second. Nothing happens when there is none.</summary>
    public async Task LookAtCalendarAsync(CancellationToken cancellationToken)
    {
        if (Services is { } services)
        {
            try
            {
                await services.GetRequiredService<Scheduler>().PlanDueAsync(cancellationToken);
            }
            catch (Exception e) when (e is LedgerException or ObjectDisposedException or InvalidOperationException)
            {
                // It was killed at this very moment, or will say itself what is wrong with its ledger.
            }
        }
    }

    /// <summary>Stops the worker in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_now is { } last)
        {
            _now = null;
            using CancellationTokenSource grace = new(Grace, _clocks.System);
            await last.Host.StopAsync(grace.Token);
            await last.Host.DisposeAsync();
        }

        Task[] errands;
        lock (_lock)
        {
            errands = [.. _errands];
        }

        await Task.WhenAll(errands);
        _closing.Dispose();
        _turn.Dispose();
    }

    private static void AddServices(IServiceCollection services, BotSettings settings)
    {
        PlatformClients.Add(services, settings);
        services.AddSingleton<PlanBuilder>().AddSingleton<ItemPreviewer>();
    }

    /// <summary>Remembers a task of ours until it ends.</summary>
    private void See(Task errand)
    {
        lock (_lock)
        {
            _errands.RemoveAll(task => task.IsCompletedSuccessfully);
            _errands.Add(errand);
        }
    }

    private async Task KillWhenAsync(ArmedFault fault)
    {
        try
        {
            await fault.Struck.WaitAsync(_closing.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await KillAsync("The bot was killed in the middle of a post.");
    }

    private static async Task ClearAwayAsync(WorkerHost host)
    {
        try
        {
            await host.DisposeAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Its ledger is gone, so it cannot end in order. A killed process would not have ended in order either.
        }
    }

    private sealed record Sitting(WorkerHost Host, DiaryLoggerProvider Log);
}
