namespace Serge.Bot.Guilds;

/// <summary>What servers have configured, stored in the ledger's database.</summary>
/// <remarks>Each method is one transaction, which is on disk when the method returns. A schedule can only be accessed
/// together with its server.</remarks>
/// <exception cref="LedgerException">From every method: the database cannot be read or written.</exception>
internal interface IGuildStore
{
    /// <summary>A server and its schedules; <see langword="null"/> when it has configured nothing.</summary>
    Task<GuildSettings?> FindAsync(GuildId guild, CancellationToken cancellationToken);

    /// <summary>Servers and their schedules, ordered by id. <see cref="GuildStoreExtensions"/> reads all of
    /// them.</summary>
    /// <param name="after">Only servers with a higher id; <see langword="null"/> for all.</param>
    /// <param name="limit">The maximum number of servers.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<IReadOnlyList<GuildSettings>> ListAsync(GuildId? after, int limit, CancellationToken cancellationToken);

    /// <summary>Changes the settings of a server. No other change can occur between reading and writing.</summary>
    /// <param name="guild">The server.</param>
    /// <param name="decide">Returns the change of the current settings, which are empty for a new server
    /// (<see cref="GuildSettings.IsNew"/>); <see langword="null"/> for no change.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>The settings after the change. A server that once configured something stays known until it is deleted,
    /// because the ledger contains its posts.</returns>
    Task<GuildSettings> ChangeAsync(
        GuildId guild,
        Func<GuildSettings, GuildChange?> decide,
        CancellationToken cancellationToken
    );

    /// <summary>Schedules that are due, each under its server; the earliest first.</summary>
    Task<IReadOnlyList<GuildSettings>> GetDueAsync(
        DateTimeOffset scheduleNow,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>The earliest due time of all schedules; <see langword="null"/> when there is none.</summary>
    Task<DateTimeOffset?> GetNextDueAsync(CancellationToken cancellationToken);

    /// <summary>The schedules that post to a channel, under their server.</summary>
    Task<GuildSettings?> FindByChannelAsync(ChannelId channel, CancellationToken cancellationToken);

    /// <summary>Adds a schedule's posts to the ledger and sets its next due time: both, or neither when the schedule
    /// has changed.</summary>
    /// <param name="before">The schedule as the caller knows it.</param>
    /// <param name="nextDue">Its next due time.</param>
    /// <param name="posts">The posts that are due. One that is already in the ledger stays as it is.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>The posts that were added; <see langword="null"/> when the schedule has changed.</returns>
    Task<IReadOnlyList<Post>?> TryPlanAsync(
        GuildSchedule before,
        DateTimeOffset? nextDue,
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes everything about a server: time zone, schedules and its posts in the ledger.</summary>
    /// <param name="guild">The server.</param>
    /// <param name="leftBefore">Only if the bot left it before this moment; <see langword="null"/> to delete
    /// in any case.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>Whether there was anything to delete.</returns>
    Task<bool> DeleteAsync(GuildId guild, DateTimeOffset? leftBefore, CancellationToken cancellationToken);
}

/// <summary>A change of a server's settings.</summary>
/// <param name="After">The settings after the change.</param>
internal sealed record GuildChange(GuildSettings After)
{
    /// <summary>Schedules that no longer apply as they were: their planned posts are cancelled, with the reason. Posts
    /// that are being sent are not affected.</summary>
    public IReadOnlyList<(GuildSchedule Schedule, string Reason)> Superseded { get; init; } = [];

    /// <summary>Notices that are planned with the change: both, or neither.</summary>
    public IReadOnlyList<Post> Notices { get; init; } = [];
}
