namespace Serge.Bot.Posting.Storage;

/// <summary>Repeats work that needs the ledger. While it fails the work is retried, and the problem is reported
/// once: an outage of the ledger, or an unhandled exception, which must not end more than one run.</summary>
/// <param name="interval">Time between two runs.</param>
/// <param name="systemClock">Measures it.</param>
/// <param name="reportOutage">Receives the problem, in one line, once per outage.</param>
public sealed class LedgerLoop(TimeSpan interval, TimeProvider systemClock, Action<string> reportOutage)
{
    private volatile bool _isFailing;

    /// <summary>Runs the work now and after each interval, until cancelled.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(interval, systemClock);
        do
        {
            await TryAsync(() => work(stoppingToken), stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Runs the work once.</summary>
    /// <param name="work">The work.</param>
    /// <param name="stoppingToken">Its cancellation is not a failure.</param>
    public async Task TryAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work();
            _isFailing = false;
        }
        catch (Exception e) when (!e.IsCancellationBy(stoppingToken))
        {
            if (!_isFailing)
            {
                _isFailing = true;
                reportOutage(ExceptionText.Describe(e));
            }
        }
    }
}
