using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Serge.Bot.Discord.Tests.Support;

/// <summary>From a moment on, a kind of request counts in a bucket: so many in a window that begins with the
/// first.</summary>
/// <param name="Kind">Such as <c>POST channels/{id}/messages</c>.</param>
/// <param name="Hash">The bucket's name; kinds that have the same one share it, channel by channel.</param>
/// <param name="Limit">How many.</param>
/// <param name="Window">In how long.</param>
/// <param name="From">From when on.</param>
internal sealed record HiddenBucket(string Kind, string Hash, int Limit, TimeSpan Window, TimeSpan From = default)
{
    /// <summary>The kind of a request and the channel it is for, by its path.</summary>
    public static (string Kind, string Channel) KindOf(HttpMethod method, string path)
    {
        var parts = path.Split('?')[0].Split('/');
        return (
            $"{method} {string.Join('/', parts.Select(part => part.All(char.IsAsciiDigit) ? "{id}" : part))}",
            parts.First(part => part.All(char.IsAsciiDigit))
        );
    }

    /// <summary>The bucket that a kind has at a moment; <see langword="null"/> if it has none.</summary>
    public static HiddenBucket? At(IEnumerable<HiddenBucket> buckets, string kind, TimeSpan at) =>
        buckets.Where(bucket => bucket.Kind == kind && bucket.From <= at).MaxBy(bucket => bucket.From);
}

/// <summary>Discord's rate limits as a client sees them: by the headers of responses only, which travel for a while,
/// overtake each other and may change.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits. It counts by itself what a request is; of the client it knows
/// nothing but when requests leave and responses arrive, to decide which 429s could have been foreseen.</remarks>
internal sealed class HiddenBuckets(VirtualTime time, int globalPerSecond, params HiddenBucket[] buckets)
    : HttpMessageHandler
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Hash, string Channel), Window> _windows = [];

    /// <summary>When the client first received the bucket of a kind, and the bucket's limit in a channel.</summary>
    private readonly Dictionary<HiddenBucket, TimeSpan> _named = [];
    private readonly Dictionary<(string Hash, string Channel, int Limit), TimeSpan> _told = [];

    /// <summary>When the requests of the last second left.</summary>
    private readonly Queue<TimeSpan> _left = new();

    /// <summary>All requests are counted by the second, which begins with the first.</summary>
    private (TimeSpan End, int Count) _second;

    /// <summary>How long the next request, or the next answer, is under way.</summary>
    public Func<TimeSpan> Network { get; init; } = () => Oracle.Latency;

    /// <summary>Whether the next request meets a limit that others have used up.</summary>
    public Func<bool> IsUsedByOthers { get; init; } = () => false;

    /// <summary>Requests that were served.</summary>
    public int Served { get; private set; }

    /// <summary>429s that could have been foreseen: by what had been heard when the request left, its bucket was used
    /// up, or more left within a second than are allowed in all.</summary>
    public List<string> Foreseeable { get; } = [];

    /// <summary>429s because a bucket had changed, or was shared, and no response had said so.</summary>
    public int Unforeseeable { get; private set; }

    /// <summary>429s over all requests together, though no more left in any second than are allowed: the line bunched
    /// them up.</summary>
    public int Bunched { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        time.CountStep();
        var (kind, channel) = HiddenBucket.KindOf(
            request.Method,
            request.RequestUri!.AbsoluteUri[FakeApi.Base.Length..]
        );
        var isAnswer = kind.StartsWith("POST interactions", StringComparison.Ordinal);
        var left = time.Elapsed;
        var isInPace = isAnswer || CountLeaving(left) <= globalPerSecond;
        await Task.Delay(Network(), time, cancellationToken);
        if (isAnswer)
        {
            await Task.Delay(Network(), time, cancellationToken);
            Served++;
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }

        var bucket = HiddenBucket.At(buckets, kind, time.Elapsed);
        var (response, speaksOfBucket) = Answer(kind, channel, bucket, left, isInPace);
        await Task.Delay(Network(), time, cancellationToken);
        if (bucket is not null && speaksOfBucket)
        {
            _named.TryAdd(bucket, time.Elapsed);
            _told.TryAdd((bucket.Hash, channel, bucket.Limit), time.Elapsed);
        }

        return response;
    }

    private int CountLeaving(TimeSpan now)
    {
        _left.Enqueue(now);
        while (now - _left.Peek() >= Second)
        {
            _left.Dequeue();
        }

        return _left.Count;
    }

    private (HttpResponseMessage Response, bool SpeaksOfBucket) Answer(
        string kind,
        string channel,
        HiddenBucket? bucket,
        TimeSpan left,
        bool isInPace
    )
    {
        var now = time.Elapsed;
        if (_second.End <= now)
        {
            _second = (now + Second, 0);
        }

        if (_second.Count >= globalPerSecond)
        {
            Note(isInPace ? null : $"{kind}, left {left}, arrived {now}: all routes together");
            Bunched += isInPace ? 1 : 0;
            return (Refusal("global", _second.End - now), false);
        }

        _second.Count++;
        if (IsUsedByOthers())
        {
            Unforeseeable++;
            return (Refusal("shared", TimeSpan.FromSeconds(0.3)), false);
        }

        if (bucket is null)
        {
            Served++;
            return (Success(), false);
        }

        if (_windows.GetValueOrDefault((bucket.Hash, channel)) is not { } window || window.End <= now)
        {
            _windows[(bucket.Hash, channel)] = window = new(now + bucket.Window);
        }

        HttpResponseMessage response;
        if (window.Counted.Count < bucket.Limit)
        {
            window.Counted.Add(bucket);
            Served++;
            response = Success();
        }
        else
        {
            response = Refusal("user", window.End - now);
            var isForeseeable =
                window.Counted.Append(bucket).All(counted => IsHeard(_named, counted, left))
                && IsTold(bucket, channel, left);
            Note(isForeseeable ? $"{kind} in {channel}, left {left}, arrived {now}: {bucket.Hash}" : null);
            Unforeseeable += isForeseeable ? 0 : 1;
        }

        Add(response, "X-RateLimit-Bucket", bucket.Hash);
        Add(response, "X-RateLimit-Limit", bucket.Limit.ToString(CultureInfo.InvariantCulture));
        Add(
            response,
            "X-RateLimit-Remaining",
            Math.Max(0, bucket.Limit - window.Counted.Count).ToString(CultureInfo.InvariantCulture)
        );
        Add(response, "X-RateLimit-Reset", Seconds(VirtualTime.Begin + window.End - DateTimeOffset.UnixEpoch));
        Add(response, "X-RateLimit-Reset-After", Seconds(window.End - now));
        return (response, true);
    }

    private void Note(string? foreseeable)
    {
        if (foreseeable is not null)
        {
            Foreseeable.Add(foreseeable);
        }
    }

    /// <summary>Whether the client knew the current bucket. Without any response it sends one request at a
    /// time.</summary>
    private bool IsTold(HiddenBucket bucket, string channel, TimeSpan left) =>
        IsHeard(_told, (bucket.Hash, channel, bucket.Limit), left)
        || !_told.Any(told => told.Key.Hash == bucket.Hash && told.Key.Channel == channel && told.Value < left);

    /// <summary>Whether the client knew something when a request left; at the same moment is too late.</summary>
    private static bool IsHeard<TKey>(Dictionary<TKey, TimeSpan> when, TKey what, TimeSpan left)
        where TKey : notnull => when.TryGetValue(what, out var heard) && heard < left;

    private static HttpResponseMessage Success() => new(HttpStatusCode.OK) { Content = new StringContent("{}") };

    private static HttpResponseMessage Refusal(string scope, TimeSpan wait)
    {
        var body = new JsonObject
        {
            ["message"] = "You are being rate limited.",
            ["retry_after"] = wait.TotalSeconds,
            ["global"] = scope == "global",
        };
        var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests)
        {
            Content = new StringContent(body.ToJsonString()),
        };
        Add(response, "X-RateLimit-Scope", scope);
        return response;
    }

    private static void Add(HttpResponseMessage response, string name, string value) =>
        response.Headers.TryAddWithoutValidation(name, value);

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private sealed class Window(TimeSpan end)
    {
        public TimeSpan End => end;

        public List<HiddenBucket> Counted { get; } = [];
    }
}
