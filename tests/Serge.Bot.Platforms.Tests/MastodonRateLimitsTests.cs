using System.Globalization;
using System.Net;
using CsCheck;

namespace Serge.Bot.Platforms.Tests;

/// <summary>It is 9:00:00 on 29 March 2026. Each row states what a server sends and how many seconds to wait.</summary>
public sealed class MastodonRateLimitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 29, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-03-29T09:05:00.627625Z", "Sun, 29 Mar 2026 09:00:00 GMT", 300.627625)] // Mastodon
    [InlineData("2026-03-29T09:05:00Z", null, 300.0)]
    [InlineData("2026-03-29T09:05:00", null, 300.0)] // without a zone, so UTC
    [InlineData("2026-03-29T11:05:00+02:00", null, 300.0)]
    [InlineData("2026-03-29T10:05:00.000000Z", "Sun, 29 Mar 2026 10:00:00 GMT", 300.0)] // an hour ahead
    [InlineData("2026-03-29T08:05:00.000000Z", "Sun, 29 Mar 2026 08:00:00 GMT", 300.0)] // an hour behind
    [InlineData("2026-03-29T09:05:00Z", "yesterday", 300.0)] // a date that cannot be read is ignored
    [InlineData("1774775100", "Sun, 29 Mar 2026 09:00:00 GMT", 300.0)] // GoToSocial: seconds since 1970
    [InlineData("1774775100", "Sun, 29 Mar 2026 09:04:00 GMT", 60.0)]
    [InlineData("1774775100", null, 300.0)]
    [InlineData("1774775100.5", null, 300.5)]
    [InlineData("2026-03-29T08:59:00Z", "Sun, 29 Mar 2026 09:00:00 GMT", 0.0)] // in the past
    [InlineData("1774774800", null, 0.0)] // now
    [InlineData("1774774801", null, 1.0)]
    [InlineData("0", null, 0.0)]
    [InlineData("2026-03-30T09:00:00Z", null, 86_400.0)] // the longest wait that is accepted
    [InlineData("2026-03-30T09:00:01Z", null, null)] // longer than that: ignored
    [InlineData("1774861200", null, 86_400.0)]
    [InlineData("1774861201", null, null)]
    [InlineData("1774775100000", null, null)] // milliseconds
    [InlineData("2027-03-29T09:00:00Z", null, null)]
    [InlineData("soon", null, null)]
    [InlineData("-5", null, null)]
    [InlineData("1e9", null, null)]
    [InlineData("1,774,775,100", null, null)]
    [InlineData("NaN", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)] // Pleroma sends no header
    public void GetResetTime_TooManyRequests_IsTheResetOnTheServersClock(
        string? reset,
        string? date,
        double? seconds
    ) => AssertWait(seconds, 429, ("X-RateLimit-Reset", reset), ("Date", date));

    [Theory]
    [InlineData(429, "30", null, 30.0)]
    [InlineData(429, "0.3", null, 0.3)]
    [InlineData(429, "0", null, 0.0)]
    [InlineData(429, "Sun, 29 Mar 2026 09:02:00 GMT", null, 120.0)]
    [InlineData(429, "Sun, 29 Mar 2026 09:02:00 GMT", "Sun, 29 Mar 2026 09:01:30 GMT", 30.0)] // by the server's clock
    [InlineData(429, "30", "Sun, 29 Mar 2026 09:01:30 GMT", 30.0)] // seconds do not depend on a clock
    [InlineData(429, "Sun, 29 Mar 2026 08:58:00 GMT", null, 0.0)]
    [InlineData(429, "86400", null, 86_400.0)]
    [InlineData(429, "86401", null, null)]
    [InlineData(429, "-1", null, null)]
    [InlineData(429, "99999999", null, null)]
    [InlineData(429, "", null, null)]
    [InlineData(503, "30", null, 30.0)] // GoToSocial throttles with 503
    [InlineData(503, "soon", null, null)]
    [InlineData(503, "86401", null, null)]
    [InlineData(200, "30", null, null)]
    [InlineData(301, "30", null, null)]
    [InlineData(500, "30", null, null)]
    public void GetResetTime_RetryAfter_IsUsedWithTheStatusesThatCarryIt(
        int status,
        string retryAfter,
        string? date,
        double? seconds
    ) => AssertWait(seconds, status, ("Retry-After", retryAfter), ("Date", date));

    [Theory]
    [InlineData("2026-03-29T09:05:00Z", "10", 300.0)]
    [InlineData("2026-03-29T09:00:10Z", "300", 300.0)]
    [InlineData("2026-03-29T09:05:00Z", "300", 300.0)]
    [InlineData("2026-03-29T09:05:00Z", "soon", 300.0)]
    [InlineData("soon", "300", 300.0)]
    [InlineData("soon", "soon", null)]
    public void GetResetTime_ResetAndRetryAfter_IsTheLater(string reset, string retryAfter, double? seconds) =>
        AssertWait(seconds, 429, ("X-RateLimit-Reset", reset), ("Retry-After", retryAfter));

    [Theory]
    [InlineData(200, "0", 300.0)]
    [InlineData(200, " 0 ", 300.0)]
    [InlineData(404, "0", 300.0)]
    [InlineData(503, "0", 300.0)]
    [InlineData(429, "5", 300.0)] // refused, regardless of the remaining requests
    [InlineData(200, "1", null)]
    [InlineData(200, "-1", null)]
    [InlineData(200, "299", null)]
    [InlineData(200, "none", null)]
    [InlineData(200, "", null)]
    [InlineData(200, null, null)]
    public void GetResetTime_NothingRemains_IsTheReset(int status, string? remaining, double? seconds) =>
        AssertWait(
            seconds,
            status,
            ("X-RateLimit-Remaining", remaining),
            ("X-RateLimit-Reset", "2026-03-29T09:05:00Z")
        );

    [Theory]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData("2026-03-30T09:00:01Z")]
    public void GetResetTime_NothingRemainsUntilAnUnknownTime_IsNow(string? reset) =>
        AssertWait(null, 200, ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", reset));

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(428)]
    [InlineData(430)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void GetResetTime_NoLimitHeader_IsNow(int status) => AssertWait(null, status);

    [Theory]
    [InlineData("de-DE")] // 0.3 is written as 0,3
    [InlineData("ar-SA")] // a different calendar
    [InlineData("th-TH")]
    public void GetResetTime_InAnyCulture_IsTheSame(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            AssertWait(0.3, 429, ("Retry-After", "0.3"));
            AssertWait(300, 429, ("X-RateLimit-Reset", "2026-03-29T09:05:00Z"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>The wait is the difference of the server's two times, in each of the two notations.</summary>
    [Fact]
    public void GetResetTime_AnyResetOnAnyServerClock_IsTheTimeBetweenThem() =>
        Gen.Select(Gen.Int[-4000, 90_000], Gen.Int[-100_000, 100_000], Gen.Bool)
            .Sample(
                (wait, lead, unix) =>
                {
                    var date = Now.AddSeconds(lead);
                    var reset = date.AddSeconds(wait);
                    var text = unix
                        ? reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
                        : reset.ToString("O", CultureInfo.InvariantCulture);
                    double? expected = wait > 86_400 ? null : Math.Max(0, wait);

                    AssertWait(
                        expected,
                        429,
                        ("X-RateLimit-Reset", text),
                        ("Date", date.ToString("R", CultureInfo.InvariantCulture))
                    );
                }
            );

    [Fact]
    public void GetResetTime_AnyHeaders_DoesNotThrowAndIsAtMostADayAhead() =>
        Gen.Select(
                Gen.Int[100, 599],
                Gen.String["0123456789-+:.TZ eGMTSun,Mar"],
                Gen.String["0123456789.- "],
                Gen.String["0 "]
            )
            .Sample(
                (status, reset, retryAfter, remaining) =>
                {
                    using var response = Response(
                        status,
                        ("X-RateLimit-Reset", reset),
                        ("Retry-After", retryAfter),
                        ("X-RateLimit-Remaining", remaining),
                        ("Date", reset)
                    );

                    var reopens = MastodonRateLimits.GetResetTime(response, Now);

                    Assert.InRange(reopens ?? Now, Now, Now.AddHours(24));
                }
            );

    private static void AssertWait(double? seconds, int status, params (string Name, string? Value)[] headers)
    {
        using var response = Response(status, headers);

        var reopens = MastodonRateLimits.GetResetTime(response, Now);

        Assert.Equal(seconds is { } wait ? Now + TimeSpan.FromSeconds(wait) : null, reopens);
    }

    private static HttpResponseMessage Response(int status, params (string Name, string? Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }
}
