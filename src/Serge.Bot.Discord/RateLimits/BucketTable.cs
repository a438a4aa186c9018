using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.RateLimits;

/// <summary>Which bucket a request belongs to: known by the header's name for its route, and by the channel, server or interaction it is for.
/// Not thread-safe: the limiter has the lock.</summary>
internal sealed class BucketTable
{
    /// <summary>When the table has grown to this, what is idle is swept out of it.</summary>
    public const int SweepAt = 512;

    /// <summary>The bucket of a route, by its template, and which permit's answer named it. As many as there are routes.</summary>
    private readonly Dictionary<string, (string Bucket, long Permit)> _names = new(StringComparer.Ordinal);

    private readonly Dictionary<(string Name, string Major), Bucket> _buckets = [];
    private int _sweepAt = SweepAt;

    /// <summary>How many buckets are kept.</summary>
    public int Count => _buckets.Count;

    /// <summary>The bucket of a route. Until an answer has named it, each route has one by itself.</summary>
    public Bucket Of(Route route, TimeSpan now) =>
        Of(_names.TryGetValue(route.Template, out var name) ? name.Bucket : route.Template, route.Major, now);

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
    /// <param name="template">The route's.</param>
    /// <param name="name">The bucket's, by an answer.</param>
    /// <param name="permit">Whose answer. Answers overtake each other: one to a request that was sent before the one we know it from is out
    /// of date.</param>
    /// <returns>Whether it is another one than before.</returns>
    public bool TryName(string template, string name, long permit)
    {
        var known = _names.TryGetValue(template, out var old);
        if (known && permit < old.Permit)
        {
            return false;
        }

        _names[template] = (name, permit);
        return !known || old.Bucket != name;
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
