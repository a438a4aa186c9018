using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.RateLimits;

/// <summary>What an answer says about limits.</summary>
/// <remarks>Source: Discord docs, Topics/Rate Limits, Header Format and Exceeding a Rate Limit.</remarks>
internal sealed record RateLimitHeaders
{
    /// <summary>What a 429 asks for that names no time: some proxies send one.</summary>
    private static readonly TimeSpan StandardRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>The year 9999, in seconds.</summary>
    private const double LatestMoment = 253_402_300_799;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>The bucket this route shares with others, without the channel or server it is for.</summary>
    public string? Bucket { get; init; }

    /// <summary>Requests in a full window.</summary>
    public int? Limit { get; init; }

    /// <summary>Requests left in this window.</summary>
    public int? Remaining { get; init; }

    /// <summary>When the window ends, since 1970 on Discord's clock. It is the window's name: the same in all answers about it.</summary>
    public TimeSpan? Reset { get; init; }

    /// <summary>Until the window ends.</summary>
    public TimeSpan? ResetAfter { get; init; }

    /// <summary>Whether it says what is left of a bucket.</summary>
    public bool HasFigures => this is { Limit: not null, Remaining: not null, ResetAfter: not null };

    /// <summary>For a 429: until another try. It counts, whatever <see cref="Remaining"/> says.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>For a 429: the limit of all requests together, and not of this route.</summary>
    public bool Global { get; init; }

    /// <summary>For a 429: <c>user</c>, <c>global</c>, or <c>shared</c> with others who use the same resource.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether Discord counts it among the invalid requests of which it takes only so many: 401, 403, and 429 unless shared.</summary>
    public bool IsInvalid { get; init; }

    /// <summary>Reads the headers, and of a 429 the body too.</summary>
    /// <param name="response">The answer, its body buffered.</param>
    public static RateLimitHeaders From(HttpResponseMessage response)
    {
        var headers = response.Headers;
        var limits = new RateLimitHeaders
        {
            Bucket = Value(headers, "X-RateLimit-Bucket"),
            Limit = Whole(headers, "X-RateLimit-Limit"),
            Remaining = Whole(headers, "X-RateLimit-Remaining"),
            Reset = Moment(headers, "X-RateLimit-Reset"),
            ResetAfter = Seconds(headers, "X-RateLimit-Reset-After"),
            IsInvalid = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden,
        };
        if (response.StatusCode != HttpStatusCode.TooManyRequests)
        {
            return limits;
        }

        var error = ErrorOf(response);
        var scope = Value(headers, "X-RateLimit-Scope");
        return limits with
        {
            // .NET's own property for Retry-After knows whole seconds only.
            RetryAfter =
                Duration(error?.RetryAfter)
                ?? Seconds(headers, "Retry-After")
                ?? limits.ResetAfter
                ?? StandardRetryAfter,
            Global =
                error?.Global == true || scope == "global" || Value(headers, "X-RateLimit-Global") is "true" or "True",
            Scope = scope,
            IsInvalid = scope != "shared",
        };
    }

    private static ApiError? ErrorOf(HttpResponseMessage response)
    {
        try
        {
            var body = response.Content.ReadAsStream();
            body.Position = 0;
            return JsonSerializer.Deserialize(body, DiscordJson.Default.ApiError);
        }
        catch (JsonException)
        {
            // A proxy's page.
            return null;
        }
    }

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static int? Whole(HttpResponseHeaders headers, string name) =>
        int.TryParse(Value(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static TimeSpan? Seconds(HttpResponseHeaders headers, string name) =>
        double.TryParse(Value(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Duration(number)
            : null;

    private static TimeSpan? Moment(HttpResponseHeaders headers, string name) =>
        double.TryParse(Value(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0 and < LatestMoment
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static TimeSpan? Duration(double? seconds) =>
        seconds is { } s && double.IsFinite(s)
            ? TimeSpan.FromSeconds(Math.Clamp(s, 0, LongestWait.TotalSeconds))
            : null;
}
