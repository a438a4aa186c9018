using Microsoft.Extensions.Hosting;

namespace Serge.Bot.QuoteFiles;

/// <summary>Removes from the served catalogue what an operator has withdrawn, and adds what was restored.</summary>
internal sealed partial class WithdrawalPoller(
    IOperatorLedger ledger,
    LiveCatalogue catalogue,
    Clocks clocks,
    ILogger<WithdrawalPoller> logger
) : BackgroundService
{
    /// <summary>A running worker applies a withdrawal within this time.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LedgerLoop loop = new(Interval, clocks.System, LogLedgerFailed);
        return loop.RunAsync(PollAsync, stoppingToken);
    }

    /// <summary>Applies the current withdrawals.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task ApplyAsync(
        IOperatorLedger ledger,
        LiveCatalogue catalogue,
        CancellationToken cancellationToken
    )
    {
        var withdrawals = await ledger.GetWithdrawalsAsync(cancellationToken);
        catalogue.Withdraw(withdrawals.Keys.ToHashSet(StringComparer.Ordinal));
    }

    private Task PollAsync(CancellationToken cancellationToken) => ApplyAsync(ledger, catalogue, cancellationToken);

    [LoggerMessage(
        LogLevel.Error,
        "Reading withdrawn quotations failed; the last known ones stay withdrawn: {Problem}"
    )]
    private partial void LogLedgerFailed(string problem);
}
