using System.Net;
using System.Text;
using Serge.Bot.Discord.RateLimits;

namespace Serge.Bot.Discord.Tests.RateLimits;

/// <summary>Source: Discord docs, Topics/Rate Limits, Header Format and Exceeding a Rate Limit.</summary>
public sealed class RateLimitHeadersTests
{
    [Fact]
    public void Parse_AnOrdinaryAnswer_ReadsAllOfThem()
    {
        var headers = From(
            HttpStatusCode.OK,
            "{}",
            ("X-RateLimit-Limit", "5"),
            ("X-RateLimit-Remaining", "0"),
            ("X-RateLimit-Reset", "1470173023.123"),
            ("X-RateLimit-Reset-After", "0.75"),
            ("X-RateLimit-Bucket", "abcd1234")
        );

        Assert.Equal(
            new RateLimitHeaders
            {
                Bucket = "abcd1234",
                Limit = 5,
                Remaining = 0,
                Reset = TimeSpan.FromSeconds(1470173023.123),
                ResetAfter = TimeSpan.FromSeconds(0.75),
                IsSuccess = true,
            },
            headers
        );
    }

    [Theory]
    // The body has the decimals.
    [InlineData("""{"message":"You are being rate limited.","retry_after":64.57,"global":false}""", "65", 64.57)]
    [InlineData("""{"message":"You are being rate limited.","retry_after":0.3}""", null, 0.3)]
    [InlineData("<html>error 1015</html>", "12", 12)]
    [InlineData("<html>error 1015</html>", "0.3", 0.3)]
    [InlineData("", "12", 12)]
    [InlineData("""{"retry_after":"\ud83d","\ud83d":1}""", "12", 12)]
    [InlineData("""{"retry_after":0}""", "1", 1)]
    [InlineData("""{"retry_after":1e300}""", null, 86_400)]
    [InlineData("""{"retry_after":1e400}""", "99999999999999999999", 86_400)]
    public void Parse_A429_FindsHowLongToWait(string body, string? retryAfter, double seconds)
    {
        var headers = From(HttpStatusCode.TooManyRequests, body, ("Retry-After", retryAfter));

        Assert.Equal(TimeSpan.FromSeconds(seconds), headers.RetryAfter);
    }

    /// <summary>Discord's block of an application, Cloudflare's error 1015, and invalid times.</summary>
    [Theory]
    [InlineData(
        """{"code":0,"message":"You are being blocked from accessing our API temporarily due to exceeding our rate limits frequently."}""",
        null
    )]
    [InlineData("<html>error code: 1015</html>", null)]
    [InlineData("", null)]
    [InlineData("{}", null)]
    [InlineData("[]", "soon")]
    [InlineData("[null]", "-5")]
    [InlineData("""{"retry_after":-3}""", "NaN")]
    [InlineData("""{"retry_after":"\ud83d"}""", "0")]
    public void Parse_A429WithoutATime_IsABlock(string body, string? retryAfter)
    {
        var headers = From(HttpStatusCode.TooManyRequests, body, ("Retry-After", retryAfter));

        Assert.Equal((null, true), (headers.RetryAfter, headers.IsBlock));
    }

    /// <summary>Cloudflare's error 1015 has <c>Retry-After</c>, and in JSON <c>retry_after</c>. Source: Cloudflare's
    /// changelog of 2026-03-12.</summary>
    [Theory]
    [InlineData("<html>error code: 1015</html>", "Server", true)]
    [InlineData("""{"title":"Error 1015","status":429,"detail":"Slow down.","retry_after":30}""", "Server", true)]
    [InlineData("""{"message":"You are being blocked."}""", "Server", true)]
    [InlineData("""{"message":"You are being rate limited.","retry_after":30}""", "Server", false)]
    [InlineData("", "X-RateLimit-Scope", false)]
    [InlineData("", "x-ratelimit-bucket", false)]
    public void Parse_A429WithATime_IsABlockIfItIsNotDiscords(string body, string header, bool isBlock)
    {
        var headers = From(HttpStatusCode.TooManyRequests, body, ("Retry-After", "30"), (header, "x"));

        Assert.Equal(TimeSpan.FromSeconds(30), headers.RetryAfter);
        Assert.Equal(isBlock, headers.IsBlock);
    }

    [Theory]
    [InlineData("""{"global":true,"retry_after":1}""", null, null, true)]
    [InlineData("{}", "true", null, true)]
    [InlineData("{}", null, "global", true)]
    [InlineData("""{"global":false}""", null, "user", false)]
    [InlineData("{}", "True", null, true)]
    [InlineData("{}", "false", null, false)]
    [InlineData("{}", null, "shared", false)]
    public void Parse_A429_KnowsAGlobalOne(string body, string? global, string? scope, bool expected) =>
        Assert.Equal(
            expected,
            From(
                HttpStatusCode.TooManyRequests,
                body,
                ("X-RateLimit-Global", global),
                ("X-RateLimit-Scope", scope)
            ).Global
        );

    /// <summary>Source: Discord docs, Topics/Rate Limits, Invalid Request Limit.</summary>
    [Theory]
    [InlineData(200, null, false)]
    [InlineData(204, null, false)]
    [InlineData(400, null, false)]
    [InlineData(401, null, true)]
    [InlineData(403, null, true)]
    [InlineData(404, null, false)]
    [InlineData(429, null, true)] // from a proxy
    [InlineData(429, "user", true)]
    [InlineData(429, "global", true)]
    [InlineData(429, "shared", false)] // others used it up
    [InlineData(500, null, false)]
    [InlineData(502, null, false)]
    public void Parse_AnAnswer_KnowsWhetherDiscordCountsItAsInvalid(int status, string? scope, bool expected) =>
        Assert.Equal(expected, From((HttpStatusCode)status, "{}", ("X-RateLimit-Scope", scope)).IsInvalid);

    [Fact]
    public void Parse_AnAnswerWithNonsense_KnowsNothing()
    {
        var headers = From(
            HttpStatusCode.OK,
            "{}",
            ("X-RateLimit-Reset", "1e300"),
            ("X-RateLimit-Limit", "many"),
            ("X-RateLimit-Remaining", "-1"),
            ("X-RateLimit-Reset-After", "NaN"),
            ("Retry-After", "5")
        );

        Assert.Equal(new RateLimitHeaders { IsSuccess = true }, headers);
    }

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("0.001", 0.001)]
    [InlineData("253402300798", 253402300798.0)]
    [InlineData("253402300799", null)] // the end of the year 9999
    [InlineData("-0.001", null)]
    [InlineData("NaN", null)]
    public void Parse_AnAnswer_ReadsWhenItsWindowEnds(string header, double? seconds) =>
        Assert.Equal(
            seconds is { } s ? TimeSpan.FromSeconds(s) : null,
            From(HttpStatusCode.OK, "{}", ("X-RateLimit-Reset", header)).Reset
        );

    [Theory]
    [InlineData("-1", 0)]
    [InlineData("0", 0)]
    [InlineData("86399.5", 86_399.5)]
    [InlineData("86400", 86_400)]
    [InlineData("86401", 86_400)] // no longer than a day
    public void Parse_AnAnswer_ReadsHowLongItsWindowLasts(string header, double seconds)
    {
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            From(HttpStatusCode.OK, "{}", ("X-RateLimit-Reset-After", header)).ResetAfter
        );

        // A 429 without a wait has no time.
        TimeSpan? wait = seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
        Assert.Equal(wait, From(HttpStatusCode.TooManyRequests, "", ("X-RateLimit-Reset-After", header)).RetryAfter);
    }

    [Fact]
    public void Parse_TheSameAnswerTwice_ReadsItTwice()
    {
        using var content = new StringContent("""{"retry_after":2.5}""", Encoding.UTF8, "application/json");
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = content };

        Assert.Equal(RateLimitHeaders.Parse(response), RateLimitHeaders.Parse(response));
        Assert.Equal(TimeSpan.FromSeconds(2.5), RateLimitHeaders.Parse(response).RetryAfter);
    }

    private static RateLimitHeaders From(
        HttpStatusCode status,
        string body,
        params (string Name, string? Value)[] headers
    )
    {
        using var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return RateLimitHeaders.Parse(response);
    }
}
