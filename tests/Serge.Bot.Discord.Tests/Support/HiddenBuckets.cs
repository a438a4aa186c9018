using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Serge.Bot.Discord.Tests.Support;

/// <summary>From a given time on, requests of a kind count in a bucket: a limited number per window, which begins with
/// the first request.</summary>
/// <param name="Kind">Such as <c>POST channels/{id}/messages</c>.</param>
/// <param name="Hash">The bucket's name; kinds with the same name share the bucket, per channel.</param>
/// <param name="Limit">The number of requests per window.</param>
/// <param name="Window">The length of the window.</param>
/// <param name="From">The time from which on it applies.</param>
internal sealed record HiddenBucket(string Kind, string Hash, int Limit, TimeSpan Window, TimeSpan From = default)
{
    /// <summary>The kind of a request and its channel, by its path.</summary>
    public static (string Kind, string Channel) KindOf(HttpMethod method, string path)
    {
        var parts = path.Split('?')[0].Split('/');
        return (
            $"{method} {string.Join('/', parts.Select(part => part.All(char.IsAsciiDigit) ? "{id}" : part))}",
            parts.First(part => part.All(char.IsAsciiDigit))
        );
    }

    /// <summary>The bucket of a kind at a given time; <see langword="null"/> if it has none.</summary>
    public static HiddenBucket? At(IEnumerable<HiddenBucket> buckets, string kind, TimeSpan at) =>
        buckets.Where(bucket => bucket.Kind == kind && bucket.From <= at).MaxBy(bucket => bucket.From);
}

/// <summary>Discord's rate limits as a client sees them: only in the headers of responses, which are delayed, may
/// arrive in a different order, and may change.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits. It counts requests itself. It uses no data of the client except
/// the times at which requests are sent and responses arrive, to decide which 429s could have been foreseen.</remarks>
internal sealed class HiddenBuckets(VirtualTime time, int globalPerSecond, params HiddenBucket[] buckets)
    : HttpMessageHandler
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Hash, string Channel), Window> _windows = [];

    /// <summary>When the client first received the bucket of a kind, and the bucket's limit in a channel.</summary>
    private readonly Dictionary<HiddenBucket, TimeSpan> _named = [];
    private readonly Dictionary<(string Hash, string Channel, int Limit), TimeSpan> _reported = [];

    /// <summary>When the requests of the last second were sent.</summary>
    private readonly Queue<TimeSpan> _left = new();

    /// <summary>The window of the limit of all requests: one second, which begins with the first request.</summary>
    private (TimeSpan End, int Count) _second;

    /// <summary>The network delay of the next request or response.</summary>
    public Func<TimeSpan> Network { get; init; } = () => Oracle.Latency;

    /// <summary>Whether the limit for the next request is used up by others.</summary>
    public Func<bool> IsUsedByOthers { get; init; } = () => false;

    /// <summary>The number of successful requests.</summary>
    public int Served { get; private set; }

    /// <summary>429s that could have been foreseen: according to the responses that were received when the request was
    /// sent, its bucket was exhausted, or more requests were sent within a second than are allowed in total.</summary>
    public List<string> Foreseeable { get; } = [];

    /// <summary>429s because a bucket had changed or was shared, which no response had shown.</summary>
    public int Unforeseeable { get; private set; }

    /// <summary>429s of the limit of all requests, although no more were sent in any second than are allowed: the
    /// network delivered them in bursts.</summary>
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
            _reported.TryAdd((bucket.Hash, channel, bucket.Limit), time.Elapsed);
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
                window.Counted.Append(bucket).All(counted => WasReceivedBefore(_named, counted, left))
                && IsLimitKnown(bucket, channel, left);
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
    private bool IsLimitKnown(HiddenBucket bucket, string channel, TimeSpan left) =>
        WasReceivedBefore(_reported, (bucket.Hash, channel, bucket.Limit), left)
        || !_reported.Any(reported =>
            reported.Key.Hash == bucket.Hash && reported.Key.Channel == channel && reported.Value < left
        );

    /// <summary>Whether the client had received a value before a request was sent; the same moment is too
    /// late.</summary>
    private static bool WasReceivedBefore<TKey>(Dictionary<TKey, TimeSpan> when, TKey what, TimeSpan left)
        where TKey : notnull => when.TryGetValue(what, out var received) && received < left;

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
