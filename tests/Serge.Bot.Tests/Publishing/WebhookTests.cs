using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Serge.Bot.Tests.Publishing;

/// <summary>Alerts to a webhook: the request for an alert, and the outcome for a status.</summary>
public sealed class WebhookTests : IDisposable
{
    private const string Token = "t0ken-of-the-address";
    private const string Key = "0123456789abcdef-s1gning";

    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly Receiver _receiver = new();
    private WebhookSettings _settings = new()
    {
        Address = new Secret($"https://hooks.example/{Token}?auth=1"),
        SigningKey = new Secret(Key),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public async Task Send_Json_IsDocumentedAndSigned()
    {
        Assert.IsType<SendOutcome.Sent>(await SendAsync("One post failed."));

        var request = Assert.Single(_receiver.Requests);
        Assert.Equal($"POST https://hooks.example/{Token}?auth=1", request.Line);
        Assert.Equal("application/json", request["Content-Type"]);
        Assert.StartsWith("Serge.Bot/", request["User-Agent"], StringComparison.Ordinal);
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    {
                      "type": "alert", "id": "k", "timestamp": "2027-02-01T12:00:00Z",
                      "title": "Serge.Bot needs attention", "text": "One post failed."
                    }
                    """
                ),
                JsonNode.Parse(request.Body)
            ),
            request.Body
        );
        var now = Some.Noon.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.Equal(("k", now), (request["webhook-id"], request["webhook-timestamp"]));
        var signed = Encoding.UTF8.GetBytes($"k.{now}.{request.Body}");
        var expected = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), signed));
        Assert.Equal($"v1,{expected}", request["webhook-signature"]);
    }

    /// <summary>The example of the Standard Webhooks specification's reference libraries.</summary>
    [Fact]
    public void Sign_TheExampleOfStandardWebhooks_IsTheirs()
    {
        var key = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

        var signature = WebhookRequest.Sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public async Task Send_JsonWithoutSecret_HasNoSignature()
    {
        _settings = _settings with { SigningKey = null };

        await SendAsync("One post failed.");

        Assert.Equal(("k", null), (_receiver.Requests[0]["webhook-id"], _receiver.Requests[0]["webhook-signature"]));
    }

    [Fact]
    public async Task Send_ToNtfy_IsPlainTextWithTitleAndPriority()
    {
        _settings = _settings with { Format = WebhookFormat.Ntfy };

        await SendAsync("One post failed: “Ville conquise”.");

        var request = Assert.Single(_receiver.Requests);
        Assert.Equal("One post failed: “Ville conquise”.", request.Body);
        Assert.Equal("text/plain; charset=utf-8", request["Content-Type"]);
        Assert.Equal(
            ("Serge.Bot needs attention", "high", "warning", "k"),
            (request["Title"], request["Priority"], request["Tags"], request["X-Sequence-ID"])
        );
    }

    [Theory]
    [InlineData("https://discord.com/api/webhooks/1/t", "https://discord.com/api/webhooks/1/t?wait=true")]
    [InlineData("https://d.example/w?thread_id=2", "https://d.example/w?thread_id=2&wait=true")]
    public async Task Send_ToDiscord_MentionsNobodyAndWaitsForTheMessage(string address, string expected)
    {
        _settings = _settings with { Format = WebhookFormat.Discord, Address = new Secret(address) };

        await SendAsync("One post failed. @everyone");

        var request = Assert.Single(_receiver.Requests);
        Assert.Equal($"POST {expected}", request.Line);
        Assert.Equal("""{"content":"One post failed. @everyone","allowed_mentions":{"parse":[]}}""", request.Body);
    }

    [Theory]
    [InlineData(200, "Sent")]
    [InlineData(204, "Sent")]
    [InlineData(301, "Refused")]
    [InlineData(308, "Refused")]
    [InlineData(400, "Refused")]
    [InlineData(401, "Refused")]
    [InlineData(403, "Refused")]
    [InlineData(404, "Refused")]
    [InlineData(410, "Refused")]
    [InlineData(413, "Refused")]
    public async Task Send_AFinalStatus_IsSentOrRefused(int status, string outcome)
    {
        _receiver.Answer(status);

        Assert.Equal(outcome, (await SendAsync("One post failed.")).GetType().Name);
        Assert.Single(_receiver.Requests);
        AssertNoSecret();
    }

    [Theory]
    [InlineData(408, "Unknown")]
    [InlineData(429, "Unavailable")]
    [InlineData(500, "Unknown")]
    [InlineData(502, "Unknown")]
    [InlineData(503, "Unavailable")]
    public async Task Send_ATemporaryStatus_IsLeftToTheLedger(int status, string outcome)
    {
        _receiver.Answer(status);

        Assert.Equal(outcome, (await SendAsync("One post failed.")).GetType().Name);
        Assert.Single(_receiver.Requests);
        AssertNoSecret();
    }

    [Fact]
    public async Task Send_Again_HasTheSameId()
    {
        _receiver.Answer(503, 200);

        await SendAsync("One post failed.");
        await SendAsync("One post failed.");

        Assert.Single(_receiver.Requests.Select(request => request["webhook-id"]).Distinct());
    }

    [Fact]
    public async Task Send_AReceiverThatDoesNotRespond_IsUnknownAfterTheTimeout()
    {
        _receiver.Hang();
        var sending = SendAsync("One post failed.");

        _time.Advance(WebhookClient.Timeout);

        var outcome = Assert.IsType<SendOutcome.Unknown>(await sending);
        Assert.Equal("Timeout: hooks.example did not respond within 10 s.", outcome.Reason);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("3600", 3600)]
    [InlineData("Mon, 01 Feb 2027 13:00:00 GMT", 3600)]
    [InlineData("999999999", 86400)]
    public async Task Send_AWait_IsLeftToTheLedger(string header, int seconds)
    {
        _receiver.RetryAfter = header;
        _receiver.Answer(429);

        var outcome = Assert.IsType<SendOutcome.RetryAfter>(await SendAsync("One post failed."));

        Assert.Equal(Some.Noon.AddSeconds(seconds), outcome.Until);
        Assert.Single(_receiver.Requests);
    }

    [Fact]
    public async Task Send_ALostResponse_IsUnknown()
    {
        _receiver.Fail(new IOException("The connection was reset."));

        var outcome = Assert.IsType<SendOutcome.Unknown>(await SendAsync("One post failed."));

        Assert.StartsWith("hooks.example: ", outcome.Reason, StringComparison.Ordinal);
        Assert.Single(_receiver.Requests);
        AssertNoSecret();
    }

    [Fact]
    public async Task Send_AReceiverThatCannotBeReached_IsUnavailable()
    {
        _receiver.FailBeforeBody(new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused"));

        Assert.IsType<SendOutcome.Unavailable>(await SendAsync("One post failed."));
        AssertNoSecret();
    }

    [Fact]
    public async Task FindPublished_AfterEachAttempt_WaitsLongerBeforeTheNext()
    {
        WebhookTarget target = new(Client(), new AlertSettings());
        var post = Some.Post("k", PostState.Unknown);

        Assert.IsType<LookupResult.NotFound>(await target.FindPublishedAsync(post with { Attempts = 1 }, Stop));
        var third = post with { Attempts = 3, Lookups = 1 };
        Assert.IsType<LookupResult.Inconclusive>(await target.FindPublishedAsync(third, Stop));
        Assert.IsType<LookupResult.NotFound>(await target.FindPublishedAsync(third with { Lookups = 2 }, Stop));
        Assert.IsType<LookupResult.NotFound>(
            await target.FindPublishedAsync(third with { State = PostState.Sent, Lookups = 0 }, Stop)
        );
    }

    [Fact]
    public void Measure_PlainText_IsLimitedByNtfysAttachments()
    {
        WebhookRenderer renderer = new(_settings);

        Assert.True(renderer.Fits(new Payload { Text = new string('’', 1365) }));
        Assert.False(renderer.Fits(new Payload { Text = new string('’', 1366) }));
    }

    [Fact]
    public void Measure_ForDiscord_IsLimitedToTwoThousandCharacters()
    {
        WebhookRenderer renderer = new(_settings with { Format = WebhookFormat.Discord });

        Assert.True(renderer.Fits(new Payload { Text = new string('’', 2000) }));
        Assert.False(renderer.Fits(new Payload { Text = new string('’', 2001) }));
    }

    private void AssertNoSecret()
    {
        var text = $"{_lastOutcome}";
        Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain("s1gning", text, StringComparison.Ordinal);
    }

    private SendOutcome? _lastOutcome;

    private async Task<SendOutcome> SendAsync(string text)
    {
        var post = Some.Post("k") with
        {
            Payload = new Payload { Text = text },
            Kind = PostKind.Alert,
        };
        using var client = Client();
        _lastOutcome = await client.SendAsync(post, SendDeadline.None, Stop);
        return _lastOutcome;
    }

    private WebhookClient Client() => new(_settings, _time, _receiver);

    private sealed record Received(string Line, string Body, IReadOnlyDictionary<string, string> Headers)
    {
        public string? this[string header] => Headers.GetValueOrDefault(header);
    }

    /// <summary>Returns 200, or the status that the test sets.</summary>
    private sealed class Receiver : HttpMessageHandler
    {
        private readonly Queue<int> _statuses = new();
        private Exception? _failure;
        private bool _readsBody = true;
        private bool _hangs;

        public List<Received> Requests { get; } = [];

        public string? RetryAfter { get; set; }

        public void Answer(params int[] statuses) => Array.ForEach(statuses, _statuses.Enqueue);

        public void Fail(Exception failure) => _failure = failure;

        public void Hang() => _hangs = true;

        public void FailBeforeBody(Exception failure) => (_failure, _readsBody) = (failure, false);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            using MemoryStream body = new();
            if (_readsBody)
            {
                await request.Content!.CopyToAsync(body, cancellationToken);
            }

            var headers = request
                .Headers.Concat(request.Content!.Headers)
                .ToDictionary(
                    header => header.Key,
                    header => string.Join(' ', header.Value),
                    StringComparer.OrdinalIgnoreCase
                );
            var text = Encoding.UTF8.GetString(body.ToArray());
            Requests.Add(new Received($"{request.Method} {request.RequestUri!.AbsoluteUri}", text, headers));
            if (_failure is not null)
            {
                throw _failure;
            }

            if (_hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            var status = _statuses.TryDequeue(out var next) ? next : 200;
            HttpResponseMessage response = new((HttpStatusCode)status)
            {
                Content = new StringContent($"You sent {request.RequestUri} with {Key}."),
            };
            response.Headers.Location = new Uri($"https://other.example/{Token}");
            if (RetryAfter is not null && status != 200)
            {
                response.Headers.Add("Retry-After", RetryAfter);
            }

            return response;
        }
    }
}
