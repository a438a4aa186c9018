using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Hosting;
using Serge.Bot.Posting.Delivery;

namespace Serge.Bot.Posting.Scheduling;

/// <summary>Plans posts that are due, while this worker holds the sender's lease.</summary>
public sealed partial class Scheduler(
    IEnumerable<IScheduleSource> sources,
    PublishTargets targets,
    SenderLease lease,
    Clocks clocks,
    ILogger<Scheduler> logger
) : BackgroundService
{
    /// <summary>Cron expressions have a resolution of one minute. A change of the schedule clock is
    /// noticed as soon.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Two runs at a time could both read a due time, and the later one would overwrite what the other
    /// stored.</summary>
    /// <remarks>Not disposed: a waiting call would never end.</remarks>
    private readonly SemaphoreSlim _semaphore = new(1);

    /// <summary>Plans everything that is due. A fault of one source does not keep back the others.</summary>
    /// <remarks>Can be called while the service runs; one call waits for the other. Does not check the lease.</remarks>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task PlanDueAsync(CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        try
        {
            await PlanSourcesAsync(cancellationToken);
        }
        finally
        {
            _semaphore.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var target in targets.All)
        {
            await target.WaitUntilReadyAsync(stoppingToken);
        }

        LedgerLoop loop = new(Interval, clocks.System, LogLedgerFailed);
        await loop.RunAsync(PlanIfSenderAsync, stoppingToken);
    }

    private async Task PlanSourcesAsync(CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? fault = null;
        foreach (var source in sources)
        {
            try
            {
                await source.PlanDueAsync(cancellationToken);
            }
            catch (Exception e) when (e is not LedgerException && !e.IsCancellationBy(cancellationToken))
            {
                fault = ExceptionDispatchInfo.Capture(e);
            }
        }

        fault?.Throw();
    }

    private Task PlanIfSenderAsync(CancellationToken cancellationToken) =>
        lease.IsHeld ? PlanDueAsync(cancellationToken) : Task.CompletedTask;

    [LoggerMessage(LogLevel.Critical, "Planning posts failed; retrying every second: {Problem}")]
    private partial void LogLedgerFailed(string problem);
}
