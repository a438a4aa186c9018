using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.RateLimits;

/// <summary>The rate limit that a response describes.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits, Header Format and Exceeding a Rate Limit.</remarks>
internal sealed record RateLimitHeaders
{
    /// <summary>The end of the year 9999, in seconds since 1970.</summary>
    private const double MaxUnixSeconds = 253_402_300_799;

    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);

    /// <summary>The bucket of the route, without its channel or guild.</summary>
    public string? Bucket { get; init; }

    /// <summary>The requests of a full window.</summary>
    public int? Limit { get; init; }

    /// <summary>The requests that remain in this window.</summary>
    public int? Remaining { get; init; }

    /// <summary>The end of the window, since 1970 on Discord's clock. It is equal in all responses about a
    /// window.</summary>
    public TimeSpan? Reset { get; init; }

    /// <summary>The time until the end of the window.</summary>
    public TimeSpan? ResetAfter { get; init; }

    /// <summary>Whether the headers describe a bucket.</summary>
    public bool HasBucketState => this is { Limit: not null, Remaining: not null, ResetAfter: not null };

    /// <summary>For a 429: the wait until the next attempt, regardless of <see cref="Remaining"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it is a 429 without a time, or not in Discord's form: not a rate limit, but a block of the
    /// whole client by Discord or Cloudflare. It lasts at least for <see cref="RetryAfter"/>.</summary>
    public bool IsBlock { get; init; }

    /// <summary>Whether the request succeeded (2xx).</summary>
    public bool IsSuccess { get; init; }

    /// <summary>For a 429: the global rate limit, not the one of this route.</summary>
    public bool Global { get; init; }

    /// <summary>For a 429: <c>user</c>, <c>global</c>, or <c>shared</c> with other users of the same
    /// resource.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether it counts towards the invalid request limit: 401, 403, and 429 unless shared.</summary>
    public bool IsInvalid { get; init; }

    /// <summary>Reads the headers, and the body of a 429.</summary>
    /// <param name="response">The response with a buffered body.</param>
    public static RateLimitHeaders Parse(HttpResponseMessage response)
    {
        var headers = response.Headers;
        var limits = new RateLimitHeaders
        {
            Bucket = GetText(headers, "X-RateLimit-Bucket"),
            Limit = GetInteger(headers, "X-RateLimit-Limit"),
            Remaining = GetInteger(headers, "X-RateLimit-Remaining"),
            Reset = GetUnixTime(headers, "X-RateLimit-Reset"),
            ResetAfter = GetSeconds(headers, "X-RateLimit-Reset-After"),
            IsSuccess = response.IsSuccessStatusCode,
            IsInvalid = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden,
        };
        if (response.StatusCode != HttpStatusCode.TooManyRequests)
        {
            return limits;
        }

        var body = ReadBody(response);
        var error = JsonReader.Parse(body).Object(ApiError.Read);
        var scope = GetText(headers, "X-RateLimit-Scope");

        // .NET's own property for Retry-After reads integers only.
        TimeSpan?[] waits = [ToDuration(error?.RetryAfter), GetSeconds(headers, "Retry-After"), limits.ResetAfter];
        var retryAfter = Array.Find(waits, wait => wait > TimeSpan.Zero);
        var isGlobal = GetText(headers, "X-RateLimit-Global") is "true" or "True";
        return limits with
        {
            RetryAfter = retryAfter,
            IsBlock = retryAfter is null || !DiscordErrors.IsRateLimit(headers, body),
            Global = error?.Global == true || scope == "global" || isGlobal,
            Scope = scope,
            IsInvalid = scope != "shared",
        };
    }

    private static byte[] ReadBody(HttpResponseMessage response)
    {
        var stream = response.Content.ReadAsStream();
        stream.Position = 0;
        using MemoryStream body = new();
        stream.CopyTo(body);
        return body.ToArray();
    }

    private static string? GetText(HttpResponseHeaders headers, string name)
    {
        if (headers.TryGetValues(name, out var values))
        {
            return values.FirstOrDefault();
        }

        return null;
    }

    private static int? GetInteger(HttpResponseHeaders headers, string name)
    {
        var text = GetText(headers, name);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return null;
    }

    private static double? GetNumber(HttpResponseHeaders headers, string name)
    {
        var text = GetText(headers, name);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return null;
    }

    private static TimeSpan? GetSeconds(HttpResponseHeaders headers, string name) =>
        ToDuration(GetNumber(headers, name));

    private static TimeSpan? GetUnixTime(HttpResponseHeaders headers, string name)
    {
        var seconds = GetNumber(headers, name);
        if (seconds is >= 0 and < MaxUnixSeconds)
        {
            return TimeSpan.FromSeconds(seconds.Value);
        }

        return null;
    }

    private static TimeSpan? ToDuration(double? seconds)
    {
        if (seconds is null || !double.IsFinite(seconds.Value))
        {
            return null;
        }

        return TimeSpan.FromSeconds(Math.Clamp(seconds.Value, 0, MaxWait.TotalSeconds));
    }
}
