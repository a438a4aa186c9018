namespace Serge.Bot.Discord.Tests.Support;

/// <summary>Calculates how fast the same requests could have been sent by a client that knows the server's
/// buckets.</summary>
/// <remarks>From a bucket's first answer on it knows, to the millisecond, what is left of it, when its window ends, and
/// every change of it. Its requests arrive the moment a window begins, none is ever refused, and the network is at its
/// best. What no response contains it does not know either: when the second begins in which all requests are counted.
/// So it sends evenly. It knows more than a client, but is no better at choosing: it sends in the same order, always
/// the oldest request whose bucket has room.</remarks>
internal static class Oracle
{
    /// <summary>How long a request is under way at least, and so is its answer.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    /// <summary>When the last answer would be there.</summary>
    /// <param name="requests">Kind and channel of each, oldest first; all are requested at the start.</param>
    /// <param name="perSecond">How many a second in all.</param>
    /// <param name="buckets">As the server has them.</param>
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
