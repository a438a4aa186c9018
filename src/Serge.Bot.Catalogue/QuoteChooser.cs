using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serge.Bot.Catalogue;

/// <summary>Chooses the quote to post, without randomness, so that a plan shows today what is posted next
/// month.</summary>
/// <remarks>
/// <para>A cycle uses each quote of the pool once, and none is repeated within half a cycle. The history shows where
/// cycles begin: when a chosen quote is repeated, and when every quote of the pool has been used. A quote that belongs
/// to a day's events is posted on that day whatever the cycle: it counts as used, and its repeat begins no cycle. Of
/// the available quotes the one with the greatest hash of (destination, schedule, local date, quote id) is chosen. The
/// hash includes no positions, so adding or removing a quote changes only a few of the planned days, and reordering the
/// file changes none.</para>
/// <para>The hash is the first eight bytes, big-endian, of the SHA-256 of the UTF-8 of the four, each ended by U+0000,
/// the date as <c>yyyy-MM-dd</c>. It must not be changed: another hash would change every plan.</para>
/// </remarks>
public static class QuoteChooser
{
    /// <summary>Chooses the next quote for a destination.</summary>
    /// <param name="pool">All that the destination may get, over all its schedules; no id twice, in any order.</param>
    /// <param name="usedBefore">The ids of each post that was, or may have been, published there, oldest first. A quote
    /// alone in its post was chosen; one among events belongs to their day. Ids not in the pool are ignored.</param>
    /// <param name="destination">Such as <c>mastodon</c>.</param>
    /// <param name="schedule">The name of the schedule.</param>
    /// <param name="localDate">The day of the post in the schedule's time zone.</param>
    /// <returns>Null when the pool is empty.</returns>
    public static Quote? Choose(
        IReadOnlyList<Quote> pool,
        IReadOnlyList<IReadOnlyList<string>> usedBefore,
        string destination,
        string schedule,
        DateOnly localDate
    )
    {
        var unavailable = FindUnavailable(pool, usedBefore);
        var available = pool.Where(quote => !unavailable.Contains(quote.Id));
        return ChooseByHash(available, destination, schedule, localDate);
    }

    /// <summary>Chooses the quote of the day for a user or a server, which have no history.</summary>
    /// <param name="pool">What may be chosen, in any order.</param>
    /// <param name="owner">Who asks, such as <c>guild:100</c>: each owner has its own quote of the day.</param>
    /// <param name="localDate">The owner's day.</param>
    /// <returns>Null when the pool is empty.</returns>
    /// <remarks>A quote may be repeated after a short time; only <see cref="Choose"/> considers a history.</remarks>
    public static Quote? ChooseForDay(IReadOnlyList<Quote> pool, string owner, DateOnly localDate)
    {
        return ChooseByHash(pool, owner, schedule: "", localDate);
    }

    /// <summary>Finds the ids that were used in this cycle, or within as many last posts as half the pool.</summary>
    /// <remarks>At least one quote of a pool is always available: either the cycle includes all those last posts and is
    /// not complete, or it is shorter, and then all that is unavailable is within those posts.</remarks>
    private static HashSet<string> FindUnavailable(
        IReadOnlyList<Quote> pool,
        IReadOnlyList<IReadOnlyList<string>> usedBefore
    )
    {
        HashSet<string> ids = [.. pool.Select(quote => quote.Id)];
        List<(string Id, bool IsChosen)> used =
        [
            .. usedBefore.SelectMany(post => post.Where(ids.Contains).Select(id => (id, post.Count == 1))),
        ];
        HashSet<string> cycle = [];
        foreach (var (id, isChosen) in used)
        {
            if (!cycle.Add(id) && isChosen)
            {
                cycle.Clear();
                cycle.Add(id);
            }

            if (cycle.Count == ids.Count)
            {
                cycle.Clear();
            }
        }

        cycle.UnionWith(used.TakeLast(ids.Count / 2).Select(use => use.Id));
        return cycle;
    }

    private static Quote? ChooseByHash(
        IEnumerable<Quote> quotes,
        string destination,
        string schedule,
        DateOnly localDate
    )
    {
        var date = localDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var prefix = $"{destination}\0{schedule}\0{date}\0";
        return quotes.MaxBy(quote => GetHash($"{prefix}{quote.Id}\0"));
    }

    private static ulong GetHash(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
