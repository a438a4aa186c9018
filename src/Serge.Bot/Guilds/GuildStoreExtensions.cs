using System.Runtime.CompilerServices;

namespace Serge.Bot.Guilds;

/// <summary>Reads every server, however many there are.</summary>
internal static class GuildStoreExtensions
{
    /// <summary>The number of servers per query. Between two queries others can use the database.</summary>
    private const int PageSize = 500;

    /// <summary>Every server and its schedules, ordered by id. Only one page is in memory at a time.</summary>
    /// <exception cref="LedgerException">The database could not be read.</exception>
    public static async IAsyncEnumerable<GuildSettings> ReadAllAsync(
        this IGuildStore guilds,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        GuildId? last = null;
        bool isFull;
        do
        {
            var page = await guilds.ListAsync(last, PageSize, cancellationToken);
            foreach (var guild in page)
            {
                last = guild.Guild;
                yield return guild;
            }

            isFull = page.Count == PageSize;
        } while (isFull);
    }

    /// <summary>Every server and its schedules, ordered by id.</summary>
    /// <exception cref="LedgerException">The database could not be read.</exception>
    public static async Task<IReadOnlyList<GuildSettings>> ListAsync(
        this IGuildStore guilds,
        CancellationToken cancellationToken
    ) => await guilds.ReadAllAsync(cancellationToken).ToListAsync(cancellationToken);
}
