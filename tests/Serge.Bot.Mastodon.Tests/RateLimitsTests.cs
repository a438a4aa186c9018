using Serge.Bot.Mastodon.Tests.Support;

namespace Serge.Bot.Mastodon.Tests;

/// <summary>It is 9:00:00 on 29 March 2026 here; the rows say what a server sends and how many seconds we wait.</summary>
public sealed class RateLimitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 29, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-03-29T09:05:00.627625Z", "Sun, 29 Mar 2026 09:00:00 GMT", 300.627625)] // Mastodon
    [InlineData("2026-03-29T09:05:00Z", null, 300)]
    [InlineData("2026-03-29T10:05:00.000000Z", "Sun, 29 Mar 2026 10:00:00 GMT", 300)] // a server an hour ahead
    [InlineData("2026-03-29T08:05:00.000000Z", "Sun, 29 Mar 2026 08:00:00 GMT", 300)] // and one behind
    [InlineData("1774775100", "Sun, 29 Mar 2026 09:00:00 GMT", 300)] // GoToSocial: seconds since 1970
    [InlineData("1774775100", null, 300)]
    [InlineData("2026-03-29T08:59:00Z", "Sun, 29 Mar 2026 09:00:00 GMT", 0)] // open again by now
    [InlineData("1774775100000", null, 60)] // milliseconds: not believed
    [InlineData("2027-03-29T09:00:00Z", null, 60)]
    [InlineData("soon", null, 60)]
    [InlineData("-5", null, 60)]
    [InlineData("NaN", null, 60)]
    [InlineData("", null, 60)]
    [InlineData(null, null, 60)] // Pleroma says nothing
    public void Reopening_TooManyRequests_IsTheResetOnTheServersClock(string? reset, string? date, double seconds) =>
        AssertWait(seconds, 429, ("X-RateLimit-Reset", reset), ("Date", date));

    [Theory]
    [InlineData(429, "30", 30)]
    [InlineData(429, "0.3", 0.3)]
    [InlineData(429, "Sun, 29 Mar 2026 09:02:00 GMT", 120)]
    [InlineData(429, "-1", 60)]
    [InlineData(429, "99999999", 60)]
    [InlineData(503, "30", 30)] // GoToSocial, throttled
    public void Reopening_RetryAfter_IsKeptTo(int status, string retryAfter, double seconds) =>
        AssertWait(seconds, status, ("Retry-After", retryAfter));

    [Fact]
    public void Reopening_ResetAndRetryAfter_IsTheLater() =>
        AssertWait(300, 429, ("X-RateLimit-Reset", "2026-03-29T09:05:00Z"), ("Retry-After", "10"));

    [Theory]
    [InlineData(200, "0", 300.0)]
    [InlineData(404, "0", 300.0)]
    [InlineData(200, "1", null)]
    [InlineData(200, "299", null)]
    [InlineData(200, "none", null)]
    [InlineData(200, null, null)]
    public void Reopening_NothingRemains_IsTheReset(int status, string? remaining, double? seconds) =>
        AssertWait(
            seconds,
            status,
            ("X-RateLimit-Remaining", remaining),
            ("X-RateLimit-Reset", "2026-03-29T09:05:00Z")
        );

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    [InlineData(503)]
    public void Reopening_NoLimitInSight_IsNow(int status) => AssertWait(null, status);

    private static void AssertWait(double? seconds, int status, params (string Name, string? Value)[] headers)
    {
        using var response = FakeServer.Response(
            status,
            "",
            "application/json",
            [.. headers.Where(header => header.Value is not null).Select(header => (header.Name, header.Value!))]
        );

        var reopens = MastodonLimits.ReopensAt(response, Now);

        Assert.Equal(seconds is { } wait ? Now + TimeSpan.FromSeconds(wait) : null, reopens);
    }
}
