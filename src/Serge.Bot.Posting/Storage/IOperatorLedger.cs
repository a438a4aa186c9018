namespace Serge.Bot.Posting.Storage;

/// <summary>The ledger as operators read and mend it: what failed, who was told, what was sent again, what was taken back.</summary>
/// <remarks>Each method is one transaction that is on disk when it returns.</remarks>
/// <exception cref="LedgerException">Any of them, when the database cannot be read or written.</exception>
public interface IOperatorLedger
{
    /// <summary>Posts that a person may want to see to (<see cref="Failures"/>) and that was not sent again, newest first.</summary>
    Task<IReadOnlyList<Post>> GetFailedAsync(DateTimeOffset calendarNow, int limit, CancellationToken cancellationToken);

    /// <summary>Posts whose key begins so.</summary>
    Task<IReadOnlyList<Post>> FindByKeyAsync(string beginning, int limit, CancellationToken cancellationToken);

    /// <summary>The post that was made to send this one again; there is one at most.</summary>
    Task<Post?> FindRetryAsync(string key, CancellationToken cancellationToken);

    /// <summary>All posts that say this quotation or event, oldest first.</summary>
    Task<IReadOnlyList<Post>> GetByItemAsync(string item, CancellationToken cancellationToken);

    /// <summary>Failures that nobody was told of, oldest first; alerts themselves are none.</summary>
    /// <param name="calendarNow">Now.</param>
    /// <param name="from">Older ones are no news.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Post>> GetUnalertedAsync(
        DateTimeOffset calendarNow,
        DateTimeOffset from,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>The alerts of a time, oldest first.</summary>
    Task<IReadOnlyList<Post>> GetAlertsAsync(DateTimeOffset from, CancellationToken cancellationToken);

    /// <summary>Plans alerts and notes which failures they tell of, both or neither: no failure is told twice, or never.</summary>
    /// <param name="alerts">What is told.</param>
    /// <param name="keys">Of what.</param>
    /// <param name="known">The alerts that the caller knows of since <paramref name="from"/>.</param>
    /// <param name="from">See there.</param>
    /// <param name="calendarNow">Now.</param>
    /// <param name="cancellationToken">Gives up before writing.</param>
    /// <returns>Whether it was written; if not, another worker has told something meanwhile.</returns>
    Task<bool> TryPlanAlertsAsync(
        IReadOnlyList<Post> alerts,
        IReadOnlyList<string> keys,
        int known,
        DateTimeOffset from,
        DateTimeOffset calendarNow,
        CancellationToken cancellationToken
    );

    /// <summary>The ids of all quotations and events that are not to be chosen.</summary>
    Task<IReadOnlySet<string>> GetWithdrawnAsync(CancellationToken cancellationToken);

    /// <summary>The same, and since when, on the calendar.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> GetWithdrawalsAsync(CancellationToken cancellationToken);

    /// <summary>The post that each destination was sent last, in the order of the destinations; alerts do not count.</summary>
    Task<IReadOnlyList<Post>> GetLastSentAsync(CancellationToken cancellationToken);

    /// <summary>From now on this is not chosen any more.</summary>
    Task WithdrawAsync(string item, DateTimeOffset calendarNow, CancellationToken cancellationToken);

    /// <summary>It may be chosen again.</summary>
    /// <returns>Whether it was withdrawn.</returns>
    Task<bool> RestoreAsync(string item, CancellationToken cancellationToken);
}
