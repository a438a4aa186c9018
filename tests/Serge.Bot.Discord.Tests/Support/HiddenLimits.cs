using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Serge.Bot.Discord.Rest;

namespace Serge.Bot.Discord.Tests.Support;

/// <summary>A limit that nobody is told of but through headers.</summary>
/// <param name="Bucket">Routes with the same one share it, for each channel or server.</param>
/// <param name="Requests">In one window.</param>
/// <param name="Window">From the first request after the last one.</param>
internal sealed record HiddenLimit(string Bucket, int Requests, TimeSpan Window);

/// <summary>Limits as the documentation describes them: counted in windows, by bucket and channel or server, and 50 a second over all.</summary>
/// <param name="limitOf">The limit of a route's template at a moment; it may change.</param>
internal sealed class HiddenLimits(Func<string, TimeSpan, HiddenLimit> limitOf)
{
    public const int PerSecond = 50;

    private readonly Dictionary<(string Bucket, string Major), Count> _counts = [];
    private readonly Count _all = new();

    public HiddenLimit LimitOf(Route route, TimeSpan at) => limitOf(route.Template, at);

    /// <summary>The first moment, not before <paramref name="at"/>, at which a request would be let through.</summary>
    public TimeSpan FreeAt(Route route, TimeSpan at)
    {
        // A limit may change while we wait, so it is looked at anew.
        while (true)
        {
            var free = Max(at, Max(CountOf(route, at).FreeAt(LimitOf(route, at).Requests, at), _all.FreeAt(PerSecond, at)));
            if (free == at)
            {
                return at;
            }

            at = free;
        }
    }

    /// <summary>A request arrives.</summary>
    /// <returns>How long to wait if it is one too many, and over which limit.</returns>
    public (TimeSpan RetryAfter, bool Global)? Take(Route route, TimeSpan at)
    {
        if (_all.FreeAt(PerSecond, at) > at)
        {
            return (_all.ResetAt - at, true);
        }

        _all.Take(TimeSpan.FromSeconds(1), at, "");
        var limit = LimitOf(route, at);
        var count = CountOf(route, at);
        if (count.FreeAt(limit.Requests, at) > at)
        {
            return (count.ResetAt - at, false);
        }

        count.Take(limit.Window, at, route.Template);
        return null;
    }

    public (int Remaining, TimeSpan ResetAfter) StateOf(Route route, TimeSpan at)
    {
        var count = CountOf(route, at);
        return (Math.Max(0, LimitOf(route, at).Requests - count.Taken), count.ResetAt - at);
    }

    /// <summary>The routes that have used the limit up.</summary>
    public IReadOnlySet<string> UsedBy(Route route, TimeSpan at) => CountOf(route, at).Templates;

    private Count CountOf(Route route, TimeSpan at)
    {
        var key = (LimitOf(route, at).Bucket, route.Major);
        if (!_counts.TryGetValue(key, out var count))
        {
            _counts[key] = count = new Count();
        }

        return count;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed class Count
    {
        public TimeSpan ResetAt { get; private set; } = TimeSpan.MinValue;

        public int Taken { get; private set; }

        public TimeSpan FreeAt(int limit, TimeSpan at) => ResetAt > at && Taken >= limit ? ResetAt : at;

        /// <summary>What was counted in this window.</summary>
        public HashSet<string> Templates { get; } = [];

        public void Take(TimeSpan window, TimeSpan at, string template)
        {
            if (ResetAt <= at)
            {
                (ResetAt, Taken) = (at + window, 0);
                Templates.Clear();
            }

            Templates.Add(template);

            Taken++;
        }
    }
}

/// <summary>A server with such limits, some way off.</summary>
/// <param name="limits">Its limits.</param>
/// <param name="time">The clock.</param>
/// <param name="way">How long the next request, or the next answer, is under way.</param>
/// <param name="isShared">Whether the next request meets a limit that others have used up.</param>
internal sealed class LimitedServer(HiddenLimits limits, VirtualTime time, Func<TimeSpan> way, Func<bool> isShared) : HttpMessageHandler
{
    private readonly Dictionary<(HiddenLimit Limit, string Major), TimeSpan> _toldAt = [];
    private readonly Dictionary<(string Bucket, string Template), TimeSpan> _namedAt = [];
    private readonly Queue<TimeSpan> _sent = new();

    public int Served { get; private set; }

    /// <summary>429s that no client could foresee: others had used the limit up, or no answer had told of it yet.</summary>
    public int Unforeseeable { get; private set; }

    /// <summary>429s over the limit of all requests, though no more than that went out in any second.</summary>
    public int Jostled { get; private set; }

    /// <summary>429s that the answers so far had told of.</summary>
    public List<string> Foreseeable { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.True(request.Options.TryGetValue(Call.OptionsKey, out var call));
        var route = call.Route;
        var sent = time.Elapsed;
        _sent.Enqueue(sent);
        while (sent - _sent.Peek() >= TimeSpan.FromSeconds(1))
        {
            _sent.Dequeue();
        }

        var isInPace = _sent.Count <= HiddenLimits.PerSecond;
        await Task.Delay(way(), time, cancellationToken);

        var limit = limits.LimitOf(route, time.Elapsed);
        var response = Answer(route, limit, sent, isInPace);
        await Task.Delay(way(), time, cancellationToken);
        _toldAt.TryAdd((limit, route.Major), time.Elapsed);
        _namedAt.TryAdd((limit.Bucket, route.Template), time.Elapsed);
        return response;
    }

    private HttpResponseMessage Answer(Route route, HiddenLimit limit, TimeSpan sent, bool isInPace)
    {
        if (isShared())
        {
            Unforeseeable++;
            return TooMany(TimeSpan.FromSeconds(0.3), "shared", []);
        }

        var refused = limits.Take(route, time.Elapsed);
        var (remaining, resetAfter) = limits.StateOf(route, time.Elapsed);
        (string, string)[] headers =
        [
            ("X-RateLimit-Bucket", limit.Bucket), ("X-RateLimit-Limit", limit.Requests.ToString(CultureInfo.InvariantCulture)),
            ("X-RateLimit-Remaining", remaining.ToString(CultureInfo.InvariantCulture)),
            ("X-RateLimit-Reset-After", Math.Max(0, resetAfter.TotalSeconds).ToString("0.000", CultureInfo.InvariantCulture)),
        ];
        if (refused is not var (retryAfter, global))
        {
            Served++;
            return Response(HttpStatusCode.OK, "{}", headers);
        }

        if (global && isInPace)
        {
            Jostled++;
        }
        else if (!global && !(IsTold(_toldAt, (limit, route.Major))
            && limits.UsedBy(route, time.Elapsed).All(template => IsTold(_namedAt, (limit.Bucket, template)))))
        {
            Unforeseeable++;
        }
        else
        {
            Foreseeable.Add($"{time.Elapsed} {route} {route.Major}{(global ? " (global)" : "")}");
        }

        return TooMany(retryAfter, global ? "global" : "user", global ? [] : headers);

        bool IsTold<TKey>(Dictionary<TKey, TimeSpan> when, TKey what)
            where TKey : notnull => when.TryGetValue(what, out var told) && told <= sent;
    }

    private static HttpResponseMessage TooMany(TimeSpan retryAfter, string scope, (string, string)[] headers) => Response(
        HttpStatusCode.TooManyRequests,
        new JsonObject { ["retry_after"] = Math.Round(retryAfter.TotalSeconds, 3), ["global"] = scope == "global" }.ToJsonString(),
        [.. headers, ("X-RateLimit-Scope", scope)]);

    private static HttpResponseMessage Response(HttpStatusCode status, string body, (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.Add(name, value);
        }

        return response;
    }
}
