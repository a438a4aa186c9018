using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.RateLimits;

/// <summary>Which bucket a request belongs to: known by the header's name for its route, and by the channel, server or interaction it is for.
/// Not thread-safe: the limiter has the lock.</summary>
internal sealed class BucketTable
{
    /// <summary>When the table has grown to this, what is idle is swept out of it.</summary>
    public const int SweepAt = 512;

    /// <summary>How many of a route's former buckets are remembered: more than could change while a request is out.</summary>
    private const int Former = 4;

    /// <summary>The buckets of a route, by its template: the one that it has, and before it those that it had. As many as there are routes.</summary>
    private readonly Dictionary<string, (List<string> Buckets, long Given)> _names = new(StringComparer.Ordinal);

    private readonly Dictionary<(string Name, string Major), Bucket> _buckets = [];
    private int _sweepAt = SweepAt;

    /// <summary>How many buckets are kept.</summary>
    public int Count => _buckets.Count;

    /// <summary>The bucket of a route. Until an answer has named it, each route has one by itself.</summary>
    public Bucket Of(Route route, TimeSpan now) =>
        Of(_names.TryGetValue(route.Template, out var names) ? names.Buckets[^1] : route.Template, route.Major, now);

    /// <summary>A bucket by its name.</summary>
    public Bucket Of(string name, string major, TimeSpan now)
    {
        var key = (name, major);
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            Sweep(now);
            _buckets[key] = bucket = new Bucket();
        }

        return bucket;
    }

    /// <summary>Notes which bucket a route has. It may have another one from now on, and some day yet another.</summary>
    /// <remarks>Requests overtake each other on their way there, and answers on their way back. A request that was sent after we knew the
    /// route's bucket was certainly answered later than the one we know it from. Of those that were out by then, one that names a bucket
    /// the route has had is out of date, and one that names another brings news.</remarks>
    /// <param name="template">The route's.</param>
    /// <param name="name">The bucket's, by an answer.</param>
    /// <param name="permit">Whose answer: its number.</param>
    /// <param name="given">The number of the permit given last.</param>
    /// <returns>Whether it is another one than before.</returns>
    public bool TryName(string template, string name, long permit, long given)
    {
        if (!_names.TryGetValue(template, out var known))
        {
            _names[template] = ([name], given);
            return true;
        }

        var buckets = known.Buckets;
        if (buckets[^1] == name || (permit <= known.Given && buckets.Contains(name)))
        {
            return false;
        }

        buckets.Remove(name);
        buckets.Add(name);
        if (buckets.Count > 1 + Former)
        {
            buckets.RemoveAt(0);
        }

        _names[template] = (buckets, given);
        return true;
    }

    private void Sweep(TimeSpan now)
    {
        if (_buckets.Count < _sweepAt)
        {
            return;
        }

        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsIdle(now))
            {
                _buckets.Remove(key);
            }
        }

        // What is left is in use; looking through it anew for each newcomer would be of no use.
        _sweepAt = Math.Max(SweepAt, 2 * _buckets.Count);
    }
}
