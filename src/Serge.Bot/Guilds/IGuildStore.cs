namespace Serge.Bot.Guilds;

/// <summary>What servers have set up, kept in the ledger's database.</summary>
/// <remarks>Each method is one transaction that is on disk when it returns. Whatever concerns one server takes that server's id: there is no way to a
/// schedule but through the server it belongs to.</remarks>
/// <exception cref="LedgerException">Any of them, when the database cannot be read or written.</exception>
internal interface IGuildStore
{
    /// <summary>One server and all its schedules; <see langword="null"/> when it has set nothing up.</summary>
    Task<GuildSettings?> FindAsync(GuildId guild, CancellationToken cancellationToken);

    /// <summary>Every server with all its schedules, in the order of their ids.</summary>
    Task<IReadOnlyList<GuildSettings>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Changes what one server has set up. Nobody else can change it between the reading and the writing.</summary>
    /// <param name="guild">Which.</param>
    /// <param name="decide">From what there is (an empty place, if nothing) to what is to be; <see langword="null"/> to leave it.</param>
    /// <param name="cancellationToken">Gives up before writing.</param>
    /// <returns>How it is now. A server that once set something up stays known until it is forgotten, for the ledger holds posts of its.</returns>
    Task<GuildSettings> ChangeAsync(GuildId guild, Func<GuildSettings, GuildChange?> decide, CancellationToken cancellationToken);

    /// <summary>The schedules that have fallen due, each under its server; the longest due first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<GuildSettings>> GetDueAsync(DateTimeOffset calendarNow, int limit, CancellationToken cancellationToken);

    /// <summary>The schedules that post to a channel, under their server.</summary>
    Task<GuildSettings?> FindByChannelAsync(ChannelId channel, CancellationToken cancellationToken);

    /// <summary>Adds a schedule's posts to the ledger and moves its next due time: both, or neither when it has changed meanwhile.</summary>
    /// <param name="before">The schedule as the caller knows it.</param>
    /// <param name="nextDue">When it falls due next.</param>
    /// <param name="posts">What fell due. One that is in the ledger already stays as it is.</param>
    /// <param name="cancellationToken">Gives up before writing.</param>
    /// <returns>The posts that were added; <see langword="null"/> when the schedule is no longer as the caller knows it.</returns>
    Task<IReadOnlyList<Post>?> TryPlanAsync(
        GuildSchedule before,
        DateTimeOffset? nextDue,
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes all that is kept about a server: zone, schedules, and every row of the ledger that is its own.</summary>
    /// <param name="guild">Which.</param>
    /// <param name="leftBefore">Only if we left it before this moment; <see langword="null"/> to delete in any case.</param>
    /// <param name="cancellationToken">Gives up before writing.</param>
    /// <returns>Whether there was anything.</returns>
    Task<bool> DeleteAsync(GuildId guild, DateTimeOffset? leftBefore, CancellationToken cancellationToken);
}

/// <summary>A change of what a server has set up.</summary>
/// <param name="After">How it is to be.</param>
internal sealed record GuildChange(GuildSettings After)
{
    /// <summary>Schedules whose planned posts are called off, with the reason; what is being sent already is seen through.</summary>
    public IReadOnlyList<(GuildSchedule Schedule, string Reason)> Cancelled { get; init; } = [];
}
