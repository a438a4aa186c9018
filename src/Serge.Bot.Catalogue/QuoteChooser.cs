using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Serge.Bot.Catalogue;

/// <summary>Chooses what is posted next: without chance, so that a plan shows today what goes out next month.</summary>
/// <remarks>
/// <para>A round uses each quote of the pool once, and none returns within half a pool's posts. Where rounds begin is read from the
/// history: at a repeat, and when every quote of the pool has been used. Among those left the greatest hash of (destination, schedule,
/// local date, quote id) wins. The hash knows dates and ids but no positions, so a quote that is added or taken away moves only a handful
/// of the days to come, and the order of the file moves none.</para>
/// <para>The hash is the first eight bytes, big-endian, of the SHA-256 of the UTF-8 of the four, each ended by U+0000, the date as
/// <c>yyyy-MM-dd</c>. It is part of the promise: another hash would change every plan.</para>
/// </remarks>
public static class QuoteChooser
{
    /// <summary>The next quote for a destination; null when the pool is empty.</summary>
    /// <param name="pool">All that the destination may get, over all its schedules; no id twice. Its order does not matter.</param>
    /// <param name="usedBefore">Ids of what it has got, or may have got, oldest first. Ids that are not in the pool are passed over.</param>
    /// <param name="destination">Where it goes, such as <c>mastodon</c>.</param>
    /// <param name="schedule">The name of the schedule.</param>
    /// <param name="localDate">The day of the post in the schedule's zone.</param>
    public static Quote? Choose(
        IReadOnlyList<Quote> pool,
        IReadOnlyList<string> usedBefore,
        string destination,
        string schedule,
        DateOnly localDate
    )
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(usedBefore);
        var resting = Resting(pool, usedBefore);
        return Greatest(pool.Where(quote => !resting.Contains(quote.Id)), destination, schedule, localDate);
    }

    /// <summary>The quote of the day for a place without a history; null when the pool is empty.</summary>
    /// <param name="pool">What may be chosen. Its order does not matter.</param>
    /// <param name="place">Who asks, such as a server's id: each place has its own quote of the day.</param>
    /// <param name="localDate">The day at that place.</param>
    /// <remarks>One quote may come twice within a short time; only <see cref="Choose"/> knows what has been.</remarks>
    public static Quote? ChooseForDay(IReadOnlyList<Quote> pool, string place, DateOnly localDate) =>
        Greatest(pool, place, schedule: "", localDate);

    /// <summary>The ids of the pool that may not come now: used in this round, or within the last half-pool of posts.</summary>
    /// <remarks>At least one quote of a pool is always free: either the round holds the whole of the last half-pool and is not full,
    /// or it is shorter, and then all that rests is within those posts.</remarks>
    private static HashSet<string> Resting(IReadOnlyList<Quote> pool, IReadOnlyList<string> usedBefore)
    {
        HashSet<string> ids = [.. pool.Select(static quote => quote.Id)];
        List<string> used = [.. usedBefore.Where(ids.Contains)];
        HashSet<string> round = [];
        foreach (var id in used)
        {
            if (round.Contains(id))
            {
                round.Clear();
            }

            round.Add(id);
            if (round.Count == ids.Count)
            {
                round.Clear();
            }
        }

        round.UnionWith(used.TakeLast(ids.Count / 2));
        return round;
    }

    private static Quote? Greatest(IEnumerable<Quote> quotes, string destination, string schedule, DateOnly localDate)
    {
        var beginning = FormattableString.Invariant($"{destination}\0{schedule}\0{localDate:yyyy-MM-dd}\0");
        return quotes.MaxBy(quote => Hash($"{beginning}{quote.Id}\0"));
    }

    private static ulong Hash(string text) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
