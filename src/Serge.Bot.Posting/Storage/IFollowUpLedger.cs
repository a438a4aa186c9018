namespace Serge.Bot.Posting.Storage;

/// <summary>What is still to do after posts were published. The rows are added with the update that marks a post as
/// sent, so that a crash loses none.</summary>
/// <remarks>Each method is one transaction, which is on disk when the method returns.</remarks>
/// <exception cref="LedgerException">From every method: the database cannot be read or written.</exception>
public interface IFollowUpLedger
{
    /// <summary>Pending follow-ups that may be attempted now, oldest first.</summary>
    Task<IReadOnlyList<FollowUp>> GetDueAsync(DateTimeOffset systemNow, int limit, CancellationToken cancellationToken);

    /// <summary>All follow-ups of a post.</summary>
    Task<IReadOnlyList<FollowUp>> GetAsync(string postKey, CancellationToken cancellationToken);

    /// <summary>Stores the next state, if the stored state and attempts are still those the caller knows.</summary>
    /// <returns>Whether it was stored; if not, another worker has changed it.</returns>
    Task<bool> TryUpdateAsync(FollowUp before, FollowUp after, CancellationToken cancellationToken);
}
