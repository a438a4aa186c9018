namespace Serge.Bot.Posting.Storage;

/// <summary>Every post that was planned, is being sent, was sent or was not: the state that survives a crash.</summary>
/// <remarks>Each method is one transaction, which is on disk when the method returns.</remarks>
/// <exception cref="LedgerException">From every method: the database cannot be read or written.</exception>
public interface ILedger
{
    /// <summary>When each known schedule of the operator is due next, by name.</summary>
    Task<IReadOnlyDictionary<string, ScheduleMark>> GetMarksAsync(CancellationToken cancellationToken);

    /// <summary>Adds posts and sets a schedule's mark: both or neither.</summary>
    /// <remarks>A post with the same schedule, occurrence and destination stays as it is, except a missed one that was
    /// never attempted: then the schedule clock was set back, and the new plan replaces it.</remarks>
    /// <returns>The posts that were added.</returns>
    Task<IReadOnlyList<Post>> PlanAsync(
        string schedule,
        ScheduleMark? mark,
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    );

    /// <summary>Planned and unknown posts that may be processed now, oldest first. An unknown one has been attempted,
    /// so its occurrence does not matter: a clock that was ahead may have sent it too early.</summary>
    Task<IReadOnlyList<Post>> GetDueAsync(
        DateTimeOffset scheduleNow,
        DateTimeOffset systemNow,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Sent posts that are due for the check whether they were published twice, oldest first.</summary>
    Task<IReadOnlyList<Post>> GetCopyChecksAsync(
        DateTimeOffset systemNow,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Planned posts of a schedule to a destination of which a newer one is due or was sent, oldest
    /// first.</summary>
    Task<IReadOnlyList<Post>> GetSupersededAsync(
        ScheduleId schedule,
        Destination destination,
        DateTimeOffset scheduleNow,
        CancellationToken cancellationToken
    );

    /// <summary>The post to a destination whose last attempt, which published it or may have, is the latest.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="since">Exclusive start, at most a day ago; on the schedule clock.</param>
    /// <param name="scheduleNow">Later attempts are from before the schedule clock was set back, and do not
    /// count.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Post?> FindLastAttemptedAsync(
        Destination destination,
        DateTimeOffset since,
        DateTimeOffset scheduleNow,
        CancellationToken cancellationToken
    );

    /// <summary>Stores a post's next state, if the stored state, claim and attempts are still those
    /// the caller knows.</summary>
    /// <returns>Whether it was stored; if not, another worker has changed the post.</returns>
    Task<bool> TryUpdateAsync(Post before, Post after, CancellationToken cancellationToken);

    /// <summary>Posts being sent whose lease has expired, oldest first.</summary>
    Task<IReadOnlyList<Post>> GetAbandonedAsync(DateTimeOffset systemNow, CancellationToken cancellationToken);

    /// <summary>The ids of each post that was sent, may have been sent or is to be sent to a destination, oldest
    /// first.</summary>
    Task<IReadOnlyList<IReadOnlyList<string>>> GetUsedItemsAsync(
        Destination destination,
        CancellationToken cancellationToken
    );

    /// <summary>Posts of a destination with an occurrence from one moment until before another, oldest first.</summary>
    Task<IReadOnlyList<Post>> GetPostsAsync(
        Destination destination,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    );

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Post>> GetRecentAsync(int limit, CancellationToken cancellationToken);
}
