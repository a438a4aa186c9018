using System.Net;

namespace Serge.Bot.Platforms.Tests;

/// <summary>The responses of servers other than 200 to 299.</summary>
public sealed class MastodonErrorsTests
{
    private static readonly DateTimeOffset Reset = new(2026, 3, 29, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(199, "Unavailable", "Gone")]
    [InlineData(301, "Unavailable", "Gone")]
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
    public void ToOutcomeAndToResult_EachStatus_AreAsInTheTable(int status, string outcome, string result)
    {
        var write = MastodonErrors.ToOutcome((HttpStatusCode)status, "HTTP", Reset);
        var read = MastodonErrors.ToResult<string>((HttpStatusCode)status, "HTTP", hasBody: true);

        Assert.Equal(outcome, write is SendOutcome.Refused(var refusal, _) ? refusal.ToString() : write.GetType().Name);
        Assert.Equal(result, read is Result<string>.Refused(var refused, _) ? refused.ToString() : read.GetType().Name);
        Assert.Contains("HTTP", write.ToString(), StringComparison.Ordinal);
        Assert.Contains("HTTP", read.GetReason(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToOutcome_ARateLimitWithoutEnd_IsRefused() =>
        Assert.IsType<SendOutcome.Refused>(
            MastodonErrors.ToOutcome(HttpStatusCode.TooManyRequests, "HTTP 429", resetTime: null)
        );

    [Theory]
    [InlineData(422, true)]
    [InlineData(400, false)]
    public void ToResult_ARefusalWithoutBody_IsAnInvalidTokenWith422Only(int status, bool isUnauthorized) =>
        Assert.Equal(
            isUnauthorized,
            MastodonErrors.ToResult<string>((HttpStatusCode)status, "HTTP", hasBody: false)
                is Result<string>.Unauthorized
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

    [Fact]
    public void DescribeInvalidResponse_OfAWebPage_SaysSo()
    {
        Assert.StartsWith(
            "HTTP 200, but a web page and not ",
            MastodonErrors.DescribeInvalidResponse("HTTP 200", isWebPage: true),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "HTTP 200, but not ",
            MastodonErrors.DescribeInvalidResponse("HTTP 200", isWebPage: false),
            StringComparison.Ordinal
        );
    }
}
