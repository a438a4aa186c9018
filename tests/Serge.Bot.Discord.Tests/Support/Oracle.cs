namespace Serge.Bot.Discord.Tests.Support;

/// <summary>Calculates how fast the same requests could have been sent by a client that knows the server's
/// buckets.</summary>
/// <remarks>From the first response of a bucket on, the number of remaining requests, the end of the window and every
/// change of the bucket are known to the millisecond. Requests arrive exactly when a window begins, none is refused,
/// and the network has its lowest delay. Values that no response contains are unknown here, too: the start of the
/// second in which all requests are counted, so requests are sent at an even pace. The order is the same as that of a
/// client: always the oldest request whose bucket is not exhausted.</remarks>
internal static class Oracle
{
    /// <summary>The minimum network delay of a request, and of its response.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    /// <summary>The time of the last response.</summary>
    /// <param name="requests">Kind and channel of each, oldest first; all are requested at the start.</param>
    /// <param name="perSecond">The total number of requests per second.</param>
    /// <param name="buckets">The buckets of the server.</param>
    public static TimeSpan Finish(
        IEnumerable<(string Kind, string Channel)> requests,
        int perSecond,
        IReadOnlyList<HiddenBucket> buckets
    )
    {
        var step = TimeSpan.FromSeconds(1.0 / perSecond);
        var waiting = requests.ToList();
        Dictionary<(string Hash, string Channel), Books> books = [];
        var last = TimeSpan.Zero;
        for (var now = TimeSpan.Zero; waiting.Count > 0; now += step)
        {
            var next = waiting.FindIndex(request => TryTake(request, now));
            if (next >= 0)
            {
                waiting.RemoveAt(next);
                last = now;
            }
        }

        return last + (2 * Latency);

        bool TryTake((string Kind, string Channel) request, TimeSpan now)
        {
            var arrives = now + Latency;
            if (HiddenBucket.At(buckets, request.Kind, arrives) is not { } bucket)
            {
                return true;
            }

            if (!books.TryGetValue((bucket.Hash, request.Channel), out var book))
            {
                books[(bucket.Hash, request.Channel)] = new Books(
                    KnownAt: arrives + Latency,
                    End: arrives + bucket.Window,
                    Taken: 1
                );
                return true;
            }

            if (now < book.KnownAt)
            {
                return false;
            }

            if (arrives >= book.End)
            {
                book = book with { End = arrives + bucket.Window, Taken = 0 };
            }

            var hasRoom = book.Taken < bucket.Limit;
            books[(bucket.Hash, request.Channel)] = hasRoom ? book with { Taken = book.Taken + 1 } : book;
            return hasRoom;
        }
    }

    private sealed record Books(TimeSpan KnownAt, TimeSpan End, int Taken);
}
