using System.Globalization;
using System.Net;

namespace Serge.Bot.Platforms;

/// <summary>Reads from an answer of a Mastodon server how long it does not want to be asked again.</summary>
/// <remarks>Sources: Mastodon docs, api/rate-limits; Mastodon 4.5.7, <c>rack_attack.rb</c>.</remarks>
public static class MastodonLimits
{
    /// <summary>The wait after a refusal that does not say how long. Pleroma sends no headers.</summary>
    public static readonly TimeSpan UnsaidWait = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait that is believed. The longest window of any known server is 3 hours.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>When the server will listen again, on our clock; <see langword="null"/> while it listens.</summary>
    public static DateTimeOffset? ReopensAt(HttpResponseMessage response, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(response);
        var refused = response.StatusCode == HttpStatusCode.TooManyRequests;
        var wait = RetryAfter(response, now);
        if (refused || Header(response, "X-RateLimit-Remaining") is "0")
        {
            wait = Longer(wait, UntilReset(response, now));
        }

        return wait is { } known ? now + known
            : refused ? now + UnsaidWait
            : null;
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
        : Number(text) is { } seconds
            ? Believable(seconds - (ServerTime(response, now) - DateTimeOffset.UnixEpoch).TotalSeconds)
        : UntilMoment(text, response, now);

    private static TimeSpan? UntilMoment(string text, HttpResponseMessage response, DateTimeOffset now) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Believable((moment - ServerTime(response, now)).TotalSeconds)
            : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The server's clock as far as it shows it: two clocks are never quite the same.</summary>
    private static DateTimeOffset ServerTime(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.Date ?? now;

    private static TimeSpan? Believable(double seconds) =>
        seconds <= LongestWait.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(0, seconds)) : null;

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one > other || other is null ? one : other;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values).Trim() : null;
}
