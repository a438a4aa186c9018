namespace Serge.Bot.Posting.Storage;

/// <summary>Repeats work that needs the ledger. While the ledger fails the work is retried and the outage
/// is reported once.</summary>
/// <param name="interval">Time between two runs.</param>
/// <param name="systemClock">Measures it.</param>
/// <param name="reportOutage">Receives the problem once per outage.</param>
public sealed class LedgerLoop(TimeSpan interval, TimeProvider systemClock, Action<string> reportOutage)
{
    private volatile bool _isFailing;

    /// <summary>Runs the work now and after each interval, until cancelled.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(interval, systemClock);
        do
        {
            await TryAsync(() => work(stoppingToken));
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Runs the work once.</summary>
    /// <returns>The error of the ledger; <see langword="null"/> if there was none.</returns>
    public async Task<LedgerException?> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            _isFailing = false;
            return null;
        }
        catch (LedgerException e)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                reportOutage(e.Message);
            }

            return e;
        }
    }
}
