namespace Serge.Bot.Posting.Storage;

/// <summary>What was planned, is being sent, was sent and was not: the memory that survives a crash.</summary>
/// <remarks>Each method is one transaction that is on disk when it returns.</remarks>
/// <exception cref="LedgerException">Any of them, when the database cannot be read or written.</exception>
public interface ILedger : IAsyncDisposable
{
    /// <summary>When each known schedule falls due next.</summary>
    Task<IReadOnlyDictionary<string, ScheduleMark>> GetMarksAsync(CancellationToken cancellationToken);

    /// <summary>Adds posts and moves a schedule's mark, both or neither.</summary>
    /// <remarks>A post that is there already (same schedule, occurrence and destination) stays as it is, but for a missed one: a
    /// new plan replaces it, for then the calendar was turned back.</remarks>
    /// <returns>The posts that were added.</returns>
    Task<IReadOnlyList<Post>> PlanAsync(
        string schedule,
        ScheduleMark? mark,
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    );

    /// <summary>The planned and unknown posts that may be touched now, oldest first.</summary>
    Task<IReadOnlyList<Post>> GetDueAsync(
        DateTimeOffset calendarNow,
        DateTimeOffset wireNow,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Writes a post's next state, if it is still in the state, and in the hands, that the caller knows.</summary>
    /// <param name="before">As the caller knows it.</param>
    /// <param name="after">As it is to be.</param>
    /// <param name="cancellationToken">Gives up before writing.</param>
    /// <returns>Whether it was written; if not, somebody else has it.</returns>
    Task<bool> TryUpdateAsync(Post before, Post after, CancellationToken cancellationToken);

    /// <summary>Posts whose lease has run out.</summary>
    Task<IReadOnlyList<Post>> GetAbandonedAsync(DateTimeOffset wireNow, CancellationToken cancellationToken);

    /// <summary>The ids a destination was sent, may have been sent or is to be sent, oldest first.</summary>
    Task<IReadOnlyList<string>> GetUsedItemsAsync(Destination destination, CancellationToken cancellationToken);

    /// <summary>The posts of a destination that fall due from one moment until before another, oldest first.</summary>
    Task<IReadOnlyList<Post>> GetPostsAsync(
        Destination destination,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    );

    /// <summary>Posts for people to look at, newest first.</summary>
    Task<IReadOnlyList<Post>> GetRecentAsync(int limit, CancellationToken cancellationToken);
}

/// <summary>When a schedule falls due next.</summary>
/// <param name="Timing">Its cron expression and zone; if they change, the mark no longer counts.</param>
/// <param name="NextDue">The moment, on the calendar; <see langword="null"/> if never again.</param>
public sealed record ScheduleMark(string Timing, DateTimeOffset? NextDue);

/// <summary>The ledger cannot be read or written. Nothing is sent without it. The message is one line for a person: what is wrong, and what to do.</summary>
public sealed class LedgerException(string message, Exception? inner = null) : Exception(message, inner);
