namespace Serge.Bot.Posting.Storage;

/// <summary>What operators read and change in the ledger: failures, alerts, retries, withdrawn quotations.</summary>
/// <remarks>Each method is one transaction, which is on disk when the method returns.</remarks>
/// <exception cref="LedgerException">From every method: the database cannot be read or written.</exception>
public interface IOperatorLedger
{
    /// <summary>Posts that are due and not sent yet, also those that wait for another attempt or a lookup, oldest
    /// first. Posts that are no longer looked up are among the failed ones instead.</summary>
    Task<IReadOnlyList<Post>> GetWaitingAsync(
        DateTimeOffset scheduleNow,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Failed posts (<see cref="Failures"/>) that were neither sent again nor dismissed, newest
    /// first.</summary>
    Task<IReadOnlyList<Post>> GetFailedAsync(
        DateTimeOffset scheduleNow,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Records that failed posts need no further action. They no longer count as failed, and no alert reports
    /// them, until they fail in another way. A published post no longer needs an operator.</summary>
    /// <param name="keys">Keys of posts. Those that are not among the failed ones now are not changed.</param>
    /// <param name="scheduleNow">The current time.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>Keys of the posts that were dismissed.</returns>
    Task<IReadOnlySet<string>> DismissAsync(
        IReadOnlyList<string> keys,
        DateTimeOffset scheduleNow,
        CancellationToken cancellationToken
    );

    /// <summary>Dismisses all failed posts, as <see cref="DismissAsync"/> does.</summary>
    /// <param name="scheduleNow">The current time.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>The number of posts that were dismissed.</returns>
    Task<int> DismissAllAsync(DateTimeOffset scheduleNow, CancellationToken cancellationToken);

    /// <summary>Those of these posts whose failure was dismissed.</summary>
    /// <param name="keys">Keys of posts.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlySet<string>> GetDismissedAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Posts whose key begins with a prefix.</summary>
    Task<IReadOnlyList<Post>> FindByKeyAsync(string prefix, int limit, CancellationToken cancellationToken);

    /// <summary>The post that sends this one again; there is at most one.</summary>
    Task<Post?> FindRetryAsync(string key, CancellationToken cancellationToken);

    /// <summary>All posts with this quotation or event, oldest first.</summary>
    Task<IReadOnlyList<Post>> GetByItemAsync(string item, CancellationToken cancellationToken);

    /// <summary>Failures that no alert has reported and no operator has dismissed, oldest first; failed alerts are not
    /// among them.</summary>
    /// <param name="scheduleNow">The current time.</param>
    /// <param name="from">Older failures are not reported.</param>
    /// <param name="limit">The maximum number of posts.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<Post>> GetUnalertedAsync(
        DateTimeOffset scheduleNow,
        DateTimeOffset from,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Alerts since a moment, oldest first.</summary>
    Task<IReadOnlyList<Post>> GetAlertsAsync(DateTimeOffset from, CancellationToken cancellationToken);

    /// <summary>Plans alerts and marks the failures that they report: both or neither, so that each
    /// is reported once.</summary>
    /// <param name="alerts">The alerts.</param>
    /// <param name="keys">Keys of the failures.</param>
    /// <param name="known">Number of alerts since <paramref name="from"/> that the caller knows.</param>
    /// <param name="from">See there.</param>
    /// <param name="scheduleNow">The current time.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>Whether it was stored; if not, another worker has planned an alert.</returns>
    Task<bool> TryPlanAlertsAsync(
        IReadOnlyList<Post> alerts,
        IReadOnlyList<string> keys,
        int known,
        DateTimeOffset from,
        DateTimeOffset scheduleNow,
        CancellationToken cancellationToken
    );

    /// <summary>Ids of all withdrawn quotations and events, and since when, on the schedule clock.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> GetWithdrawalsAsync(CancellationToken cancellationToken);

    /// <summary>The last scheduled or manual post that each destination was sent, ordered by destination.</summary>
    Task<IReadOnlyList<Post>> GetLastSentAsync(CancellationToken cancellationToken);

    /// <summary>When the last scheduled or manual post that was sent to each platform was due. Reads all
    /// posts.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> GetLastSentByPlatformAsync(CancellationToken cancellationToken);

    /// <summary>From now on the quotation or event is not chosen.</summary>
    Task WithdrawAsync(string item, DateTimeOffset scheduleNow, CancellationToken cancellationToken);

    /// <summary>The quotation or event may be chosen again.</summary>
    /// <returns>Whether it was withdrawn.</returns>
    Task<bool> RestoreAsync(string item, CancellationToken cancellationToken);
}
