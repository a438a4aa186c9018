using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.RateLimits;

/// <summary>Finds the bucket of a request by its route, whose bucket is named in the headers of responses, and by its
/// channel, guild or interaction. Not thread-safe: the limiter holds the lock.</summary>
internal sealed class BucketTable
{
    /// <summary>The size from which on idle buckets are removed.</summary>
    public const int SweepAt = 512;

    /// <summary>The most earlier buckets of a route; more than can change while a request is in flight.</summary>
    private const int MaxEarlierBuckets = 4;

    /// <summary>The buckets of a route by its template, the current one last. As many entries as there are
    /// routes.</summary>
    private readonly Dictionary<string, (List<string> Buckets, long LastPermit)> _names = new(StringComparer.Ordinal);

    private readonly Dictionary<(string Name, string Major), Bucket> _buckets = [];
    private int _sweepAt = SweepAt;

    public int Count => _buckets.Count;

    /// <summary>The bucket of a route. Before a response has named it, each route has a bucket of its own.</summary>
    public Bucket Get(Route route, TimeSpan now)
    {
        var isKnown = _names.TryGetValue(route.Template, out var names);
        return Get(isKnown ? names.Buckets[^1] : route.Template, route.Major, now);
    }

    public Bucket Get(string name, string major, TimeSpan now)
    {
        var key = (name, major);
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            RemoveIdleBuckets(now);
            bucket = new Bucket();
            _buckets[key] = bucket;
        }

        return bucket;
    }

    /// <summary>Sets the bucket of a route. Discord may change it at any time.</summary>
    /// <remarks>Requests and responses overtake each other. The response to a request that was sent after the current
    /// bucket was learned is newer than that bucket. A response to an earlier request is out of date if it names an
    /// earlier bucket of the route, and new if it names an unknown one.</remarks>
    /// <param name="template">The template of the route.</param>
    /// <param name="name">The name of the bucket in a response.</param>
    /// <param name="permit">The number of the response's permit.</param>
    /// <param name="lastPermit">The number of the latest permit.</param>
    /// <returns>Whether the bucket changed.</returns>
    public bool TrySetBucket(string template, string name, long permit, long lastPermit)
    {
        if (!_names.TryGetValue(template, out var known))
        {
            _names[template] = ([name], lastPermit);
            return true;
        }

        var buckets = known.Buckets;
        var isOutOfDate = permit <= known.LastPermit && buckets.Contains(name);
        if (buckets[^1] == name || isOutOfDate)
        {
            return false;
        }

        buckets.Remove(name);
        buckets.Add(name);
        if (buckets.Count > 1 + MaxEarlierBuckets)
        {
            buckets.RemoveAt(0);
        }

        _names[template] = (buckets, lastPermit);
        return true;
    }

    private void RemoveIdleBuckets(TimeSpan now)
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

        // The other buckets are in use; a search for each new bucket would find nothing.
        _sweepAt = Math.Max(SweepAt, 2 * _buckets.Count);
    }
}
