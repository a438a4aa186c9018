namespace Serge.Bot.Posting.Scheduling;

/// <summary>Schedules of one kind of owner.</summary>
public interface IScheduleSource
{
    /// <summary>Plans what is due: posts and the next due time in one transaction.</summary>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    Task PlanDueAsync(CancellationToken cancellationToken);
}
