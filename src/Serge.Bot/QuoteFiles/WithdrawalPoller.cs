using Microsoft.Extensions.Hosting;

namespace Serge.Bot.QuoteFiles;

/// <summary>Notices that an operator has withdrawn a quotation or an event, or put one back.</summary>
internal sealed partial class WithdrawalPoller(
    IOperatorLedger ledger,
    LiveCatalogue catalogue,
    Clocks clocks,
    ILogger<WithdrawalPoller> logger
) : BackgroundService
{
    /// <summary>So soon a running worker knows.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private bool _ledgerFails;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Pace, clocks.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                catalogue.Withdraw(await ledger.GetWithdrawnAsync(stoppingToken));
                _ledgerFails = false;
            }
            catch (LedgerException e)
            {
                if (!_ledgerFails)
                {
                    LogLedger(e.Message);
                }

                _ledgerFails = true;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "What was withdrawn cannot be read; what was known before counts on: {Problem}")]
    private partial void LogLedger(string problem);
}
