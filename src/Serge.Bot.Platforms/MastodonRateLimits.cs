using System.Globalization;
using System.Net;

namespace Serge.Bot.Platforms;

/// <summary>Reads the rate limit from a response of a Mastodon server.</summary>
/// <remarks>Sources: Mastodon docs, api/rate-limits; Mastodon 4.5.7, <c>rack_attack.rb</c>.</remarks>
public static class MastodonRateLimits
{
    /// <summary>The wait after the first 429 that names no time. Pleroma sends no headers. See
    /// <see cref="BlockBackoff"/>.</summary>
    public static readonly TimeSpan FirstBlockWait = TimeSpan.FromMinutes(1);

    /// <summary>A longer wait is ignored. The longest window of any known server is 3 hours.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromHours(24);

    /// <summary>The end of the rate limit, on the client's clock; <see langword="null"/> if none is exhausted, or if a
    /// 429 names no time.</summary>
    public static DateTimeOffset? GetResetTime(HttpResponseMessage response, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(response);
        var isRefused = response.StatusCode == HttpStatusCode.TooManyRequests;
        var wait = GetRetryAfter(response, now);
        if (isRefused || GetHeader(response, "X-RateLimit-Remaining") is "0")
        {
            var reset = GetReset(response, now);
            if (wait is null || reset > wait)
            {
                wait = reset;
            }
        }

        return now + wait;
    }

    /// <summary>Mastodon never sends the header. GoToSocial sends it with 503 when throttled, proxies with
    /// 429.</summary>
    private static TimeSpan? GetRetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
        {
            return null;
        }

        var text = GetHeader(response, "Retry-After");
        if (ParseNumber(text) is { } seconds)
        {
            return ToWait(seconds);
        }

        return ParseDate(text, response, now);
    }

    /// <summary>Mastodon and Pleroma write ISO 8601, GoToSocial seconds since 1970.</summary>
    private static TimeSpan? GetReset(HttpResponseMessage response, DateTimeOffset now)
    {
        var text = GetHeader(response, "X-RateLimit-Reset");
        if (ParseNumber(text) is not { } seconds)
        {
            return ParseDate(text, response, now);
        }

        var serverTime = GetServerTime(response, now) - DateTimeOffset.UnixEpoch;
        return ToWait(seconds - serverTime.TotalSeconds);
    }

    private static TimeSpan? ParseDate(string? text, HttpResponseMessage response, DateTimeOffset now)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var date))
        {
            return null;
        }

        var wait = date - GetServerTime(response, now);
        return ToWait(wait.TotalSeconds);
    }

    private static double? ParseNumber(string? text)
    {
        const NumberStyles Decimal = NumberStyles.AllowDecimalPoint;
        if (double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return null;
    }

    /// <summary>The server's clock, if it sends a date: the two clocks differ.</summary>
    private static DateTimeOffset GetServerTime(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.Date ?? now;

    private static TimeSpan? ToWait(double seconds)
    {
        if (seconds <= MaxWait.TotalSeconds)
        {
            return TimeSpan.FromSeconds(Math.Max(0, seconds));
        }

        return null;
    }

    private static string? GetHeader(HttpResponseMessage response, string name)
    {
        if (!response.Headers.TryGetValues(name, out var values))
        {
            return null;
        }

        return string.Join(',', values).Trim();
    }
}
