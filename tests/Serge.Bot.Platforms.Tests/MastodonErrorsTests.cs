using System.Net;
using System.Text;

namespace Serge.Bot.Platforms.Tests;

/// <summary>The responses of servers with a status other than 200 to 299.</summary>
public sealed class MastodonErrorsTests
{
    private static ReadOnlySpan<byte> Error => """{"error":"no"}"""u8;

    private static readonly DateTimeOffset Reset = new(2026, 3, 29, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(199, "Unavailable", "Unavailable")]
    [InlineData(301, "Unavailable", "Unavailable")]
    [InlineData(400, "Payload", "Payload")]
    [InlineData(401, "Unavailable", "Unauthorized")]
    [InlineData(403, "Forbidden", "Forbidden")]
    [InlineData(404, "Gone", "Gone")]
    [InlineData(408, "Unknown", "Unavailable")]
    [InlineData(409, "Unknown", "Payload")]
    [InlineData(410, "Gone", "Gone")]
    [InlineData(422, "Payload", "Payload")]
    [InlineData(429, "RetryAfter", "Unavailable")]
    [InlineData(500, "Unknown", "Unavailable")]
    [InlineData(599, "Unknown", "Unavailable")]
    public void ToOutcomeAndToResult_EachStatus_AreAsInTheTable(int status, string outcome, string result) =>
        AssertTable(status, """{"error":"no"}""", outcome, result);

    /// <summary>The page of a proxy decides nothing, whatever its status.</summary>
    [Theory]
    [InlineData(301, "Unavailable", "Unavailable")]
    [InlineData(400, "Unknown", "Unavailable")]
    [InlineData(401, "Unavailable", "Unavailable")]
    [InlineData(403, "Unknown", "Unavailable")]
    [InlineData(404, "Unknown", "Unavailable")]
    [InlineData(409, "Unknown", "Unavailable")]
    [InlineData(410, "Unknown", "Unavailable")]
    [InlineData(413, "Unknown", "Unavailable")]
    [InlineData(418, "Unknown", "Unavailable")]
    [InlineData(422, "Unknown", "Unavailable")]
    [InlineData(429, "RetryAfter", "Unavailable")]
    [InlineData(451, "Unknown", "Unavailable")]
    [InlineData(503, "Unknown", "Unavailable")]
    public void ToOutcomeAndToResult_APageOfAProxy_DecidesNothing(int status, string outcome, string result) =>
        AssertTable(status, "<html><title>Just a moment...</title></html>", outcome, result);

    [Theory]
    [InlineData("""{"error":"This action is not allowed"}""", true)]
    [InlineData("""{"error":{"code":1}}""", true)]
    [InlineData("""{"errors":{"detail":"Not Found"}}""", true)] // Pleroma
    [InlineData("<h1>404 Not Found (snac/2.75)</h1>", true)]
    [InlineData("404 page not found", false)]
    [InlineData("<h1>404 Not Found</h1>", false)]
    [InlineData("<html><body>(snac/2.75)</body></html>", false)]
    [InlineData("""{"message":"Forbidden"}""", false)]
    [InlineData("""{"error":null}""", false)]
    [InlineData("""["error"]""", false)]
    [InlineData("\"error\"", false)]
    [InlineData("error code: 1020", false)]
    [InlineData("", false)]
    public void IsFromServer_ABody_IsInTheFormOfTheApiOrNot(string body, bool expected) =>
        Assert.Equal(expected, MastodonErrors.IsFromServer(HttpStatusCode.Forbidden, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void ToOutcome_APageOfAProxy_StatesWhoAnswered() =>
        Assert.Contains(
            "something between the bot and the server answered",
            MastodonErrors.ToOutcome(HttpStatusCode.Forbidden, "HTTP 403", "<html>"u8, resetTime: null).ToString(),
            StringComparison.Ordinal
        );

    [Fact]
    public void ToOutcome_ARateLimitWithoutEnd_IsRefused() =>
        Assert.IsType<SendOutcome.Refused>(
            MastodonErrors.ToOutcome(HttpStatusCode.TooManyRequests, "HTTP 429", Error, resetTime: null)
        );

    /// <summary>snac's response to an unknown token.</summary>
    [Theory]
    [InlineData(422, true)]
    [InlineData(400, false)]
    public void ToResult_ARefusalWithoutBody_IsAnInvalidTokenWith422Only(int status, bool isUnauthorized) =>
        Assert.Equal(
            isUnauthorized,
            MastodonErrors.ToResult<string>((HttpStatusCode)status, "HTTP", body: []) is Result<string>.Unauthorized
        );

    [Theory]
    [InlineData(200, null)]
    [InlineData(400, true)]
    [InlineData(401, null)]
    [InlineData(403, false)]
    [InlineData(404, true)]
    [InlineData(410, true)]
    [InlineData(422, true)]
    [InlineData(500, null)]
    public void AllowsWriting_EachStatus_IsAsInTheTable(int status, bool? expected) =>
        Assert.Equal(expected, MastodonErrors.AllowsWriting((HttpStatusCode)status));

    [Theory]
    [InlineData("https://mastodon.example/@serge/1", true)]
    [InlineData("http://mastodon.example/", true)]
    [InlineData("ftp://mastodon.example/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/@serge/1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void ParseWebUrl_AnAddress_IsReadIfAPersonCanOpenIt(string? url, bool expected) =>
        Assert.Equal(expected, MastodonErrors.ParseWebUrl(url) is not null);

    [Theory]
    [InlineData("<html></html>", "HTTP 200, not in the form of the Mastodon API: something between")]
    [InlineData("{}", "HTTP 200, but not what a Mastodon server answers.")]
    public void DescribeInvalidResponse_ABody_StatesWhatItMayBe(string body, string expected) =>
        Assert.StartsWith(
            expected,
            MastodonErrors.DescribeInvalidResponse("HTTP 200", Encoding.UTF8.GetBytes(body)),
            StringComparison.Ordinal
        );

    private static void AssertTable(int status, string body, string outcome, string result)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var write = MastodonErrors.ToOutcome((HttpStatusCode)status, "HTTP", bytes, Reset);
        var read = MastodonErrors.ToResult<string>((HttpStatusCode)status, "HTTP", bytes);

        Assert.Equal(outcome, write is SendOutcome.Refused(var refusal, _) ? refusal.ToString() : write.GetType().Name);
        Assert.Equal(result, read is Result<string>.Refused(var refused, _) ? refused.ToString() : read.GetType().Name);
        Assert.Contains("HTTP", write.ToString(), StringComparison.Ordinal);
        Assert.Contains("HTTP", read.GetReason(), StringComparison.Ordinal);
    }
}
