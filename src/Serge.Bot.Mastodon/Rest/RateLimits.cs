using System.Globalization;
using System.Net;
using Polly;

namespace Serge.Bot.Mastodon.Rest;

/// <summary>Keeps requests back while the server says that a limit is used up.</summary>
/// <remarks>A server counts posting (300 in 3 hours), deleting (30 in 30 minutes) and everything together (300 in 5 minutes) apart, and its
/// headers show the limit that is nearest to its end. So each of reading, posting and deleting is kept back for itself. Numbers come
/// from the headers, none is assumed. Sources: Mastodon docs, api/rate-limits; Mastodon 4.5.7, <c>rack_attack.rb</c>.</remarks>
internal sealed class RateLimits(TimeProvider wire)
{
    /// <summary>The wait after a refusal that does not say how long. Pleroma sends no headers.</summary>
    internal static readonly TimeSpan UnsaidWait = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait that is believed. The longest window of any known server is 3 hours.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly DateTimeOffset[] _reopensAt = new DateTimeOffset[3];

    /// <summary>Requests of this method may go out from this moment on.</summary>
    public DateTimeOffset ReopensAt(HttpMethod method)
    {
        lock (_lock)
        {
            return _reopensAt[Lane(method)];
        }
    }

    /// <summary>Takes note of what an answer says about limits.</summary>
    public void Observe(HttpMethod method, HttpResponseMessage response)
    {
        if (Reopening(response, wire.GetUtcNow()) is { } reopensAt)
        {
            lock (_lock)
            {
                _reopensAt[Lane(method)] = reopensAt;
            }
        }
    }

    /// <summary>When the server will listen again, on our clock; <see langword="null"/> while it listens.</summary>
    internal static DateTimeOffset? Reopening(HttpResponseMessage response, DateTimeOffset now)
    {
        var refused = response.StatusCode == HttpStatusCode.TooManyRequests;
        var wait = RetryAfter(response, now);
        if (refused || Header(response, "X-RateLimit-Remaining") is "0")
        {
            wait = Longer(wait, UntilReset(response, now));
        }

        return wait is { } known ? now + known : refused ? now + UnsaidWait : null;
    }

    /// <summary>Mastodon never sends it; GoToSocial does with 503 when it is throttled, proxies with 429.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var says = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
        return !says || Header(response, "Retry-After") is not { } text ? null
            : Number(text) is { } seconds ? Believable(seconds)
            : UntilMoment(text, response, now);
    }

    /// <summary>Mastodon and Pleroma write ISO 8601, GoToSocial seconds since 1970.</summary>
    private static TimeSpan? UntilReset(HttpResponseMessage response, DateTimeOffset now) =>
        Header(response, "X-RateLimit-Reset") is not { } text ? null
            : Number(text) is { } seconds ? Believable(seconds - (ServerTime(response, now) - DateTimeOffset.UnixEpoch).TotalSeconds)
            : UntilMoment(text, response, now);

    private static TimeSpan? UntilMoment(string text, HttpResponseMessage response, DateTimeOffset now) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Believable((moment - ServerTime(response, now)).TotalSeconds)
            : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The server's clock as far as it shows it: two clocks are never quite the same.</summary>
    private static DateTimeOffset ServerTime(HttpResponseMessage response, DateTimeOffset now) => response.Headers.Date ?? now;

    private static TimeSpan? Believable(double seconds) =>
        seconds <= LongestWait.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(0, seconds)) : null;

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one > other || other is null ? one : other;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values).Trim() : null;

    private static int Lane(HttpMethod method) => method == HttpMethod.Get ? 0 : method == HttpMethod.Delete ? 1 : 2;
}

/// <summary>A limit is used up for longer than the caller has patience. Nothing was sent.</summary>
internal sealed class RateLimitedException(DateTimeOffset until) : ExecutionRejectedException("The server's rate limit is used up.")
{
    public DateTimeOffset Until { get; } = until;
}
