using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Discord.Net.Rest;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Serge.Bot.OnDiscordNet;

/// <summary>Sends Discord.Net's requests to the configured address, at an even pace and with retries of idempotent
/// calls, and notes the result of each attempt. Discord.Net keeps the rate limits of routes.</summary>
internal sealed partial class DiscordNetTransport : IRestClient
{
    private const int MaxRetries = 3;

    /// <summary>A page of 100 messages is well below a megabyte.</summary>
    private const int MaxResponseBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    private readonly DiscordClientOptions _options;
    private readonly RequestPacer _pacer;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private CancellationToken _stopped;

    public DiscordNetTransport(
        DiscordClientOptions options,
        RequestPacer pacer,
        TimeProvider clock,
        Random random,
        ILogger logger
    )
    {
        _options = options;
        _pacer = pacer;
        _clock = clock;
        _logger = logger;
        _http = new HttpClient(PlatformTransport.CreateForDiscord()) { Timeout = Timeout.InfiniteTimeSpan };
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(CreateRetry(random))
            // A server that accepts a request and does not respond must not use up the call timeout.
            .AddTimeout(options.AttemptTimeout)
            .Build();
    }

    /// <summary>Most failures last a second. A call that may have been executed is retried only if it is
    /// idempotent.</summary>
    private RetryStrategyOptions<HttpResponseMessage> CreateRetry(Random random) =>
        new()
        {
            ShouldHandle = args => ValueTask.FromResult(ShouldRetry(DiscordCall.Current, args.Outcome)),
            MaxRetryAttempts = MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(300),
            UseJitter = true,
            Randomizer = random.NextDouble,
            OnRetry = args =>
            {
                LogRetry(Describe(args.Outcome), args.RetryDelay.TotalSeconds);
                return ValueTask.CompletedTask;
            },
        };

    public void SetHeader(string key, string value)
    {
        _http.DefaultRequestHeaders.Remove(key);
        if (value is not null)
        {
            _http.DefaultRequestHeaders.Add(key, value);
        }
    }

    public void SetCancelToken(CancellationToken cancelToken) => _stopped = cancelToken;

    public Task<RestResponse> SendAsync(
        string method,
        string endpoint,
        CancellationToken cancelToken,
        bool headerOnly = false,
        string? reason = null,
        IEnumerable<KeyValuePair<string, IEnumerable<string>>>? requestHeaders = null
    ) => SendWithRetriesAsync(method, endpoint, json: null, cancelToken);

    public Task<RestResponse> SendAsync(
        string method,
        string endpoint,
        string json,
        CancellationToken cancelToken,
        bool headerOnly = false,
        string? reason = null,
        IEnumerable<KeyValuePair<string, IEnumerable<string>>>? requestHeaders = null
    ) => SendWithRetriesAsync(method, endpoint, json, cancelToken);

    public Task<RestResponse> SendAsync(
        string method,
        string endpoint,
        IReadOnlyDictionary<string, object> multipartParams,
        CancellationToken cancelToken,
        bool headerOnly = false,
        string? reason = null,
        IEnumerable<KeyValuePair<string, IEnumerable<string>>>? requestHeaders = null
    ) => throw new NotSupportedException("The client adds files itself, see DiscordCall.Picture.");

    public void Dispose() => _http.Dispose();

    private async Task<RestResponse> SendWithRetriesAsync(
        string method,
        string endpoint,
        string? json,
        CancellationToken cancelToken
    )
    {
        var call = DiscordCall.Current ?? new DiscordCall(CancellationToken.None);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(
            cancelToken,
            call.CancellationToken,
            _stopped
        );
        if (json is not null && call.ChangeBody is { } changeBody && JsonNode.Parse(json) is { } body)
        {
            changeBody(body);
            json = body.ToJsonString();
        }

        var httpMethod = new HttpMethod(method);
        using var response = await _pipeline.ExecuteAsync(
            async attempt => await AttemptAsync(call, httpMethod, endpoint, json, attempt),
            linked.Token
        );
        var headers = response.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.First(),
            StringComparer.OrdinalIgnoreCase
        );
        var content = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
        return new RestResponse(response.StatusCode, headers, new MemoryStream(content));
    }

    /// <summary>Sends one attempt, reads its response, and notes the result.</summary>
    private async Task<HttpResponseMessage> AttemptAsync(
        DiscordCall call,
        HttpMethod method,
        string endpoint,
        string? json,
        CancellationToken cancellationToken
    )
    {
        await _pacer.WaitForBlockAsync(cancellationToken);
        if (!call.IsInteractionResponse)
        {
            await _pacer.WaitAsync(cancellationToken);
        }

        var sentAt = _pacer.Now;

        using var request = new HttpRequestMessage(method, new Uri(_options.ApiAddress, endpoint));
        if (json is not null)
        {
            var body = CreateBody(json, call.Picture);
            request.Content = new DeadlineContent(body.ToContent(), call.Deadline);
        }

        var isRead = method == HttpMethod.Get;
        call.AfterUncertainAttempt = call.MayHaveExecuted;
        call.Status = null;
        call.IsForeign = false;
        call.Body = [];
        try
        {
            var response = await PlatformTransport.SendAndBufferAsync(
                () => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken),
                MaxResponseBytes,
                cancellationToken
            );
            var now = _clock.GetUtcNow();
            call.Status = response.StatusCode;
            call.ClockOffset = ServerClock.GetOffset(response, now);
            call.MayHaveExecuted |= !isRead && response.StatusCode != HttpStatusCode.TooManyRequests;
            call.Body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            call.IsForeign = !DiscordErrors.IsFromDiscord((int)response.StatusCode, call.Body);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                var retryAfter = GetRetryAfter(response);
                var isBlock = retryAfter is null || !DiscordErrors.IsRateLimit(response.Headers, call.Body);
                var wait = _pacer.NoteRefusal(isBlock, retryAfter, sentAt);
                call.ResetTime = now + wait;
                if (isBlock)
                {
                    // Without these headers Discord.Net would delay this route only, or send the request again at once.
                    var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                    response.Headers.Remove("Retry-After");
                    response.Headers.TryAddWithoutValidation("Retry-After", seconds);
                    response.Headers.Remove("X-RateLimit-Global");
                    response.Headers.TryAddWithoutValidation("X-RateLimit-Global", "true");
                }
            }
            else if (response.IsSuccessStatusCode)
            {
                _pacer.EndBlock();
            }

            return response;
        }
        catch (Exception e)
        {
            call.MayHaveExecuted |= !isRead && PlatformTransport.MayHaveExecuted(request, e);
            throw;
        }
    }

    /// <summary>With a picture, the JSON is a part of a form.</summary>
    /// <remarks>Source: Discord docs, Reference, Uploading Files.</remarks>
    private static RequestBody CreateBody(string json, Picture? picture)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (picture is null)
        {
            return RequestBody.FromJson(bytes);
        }

        return RequestBody.FromForm(
            new FormPart("payload_json", bytes) { ContentType = "application/json" },
            FormPart.FromPicture("files[0]", picture)
        );
    }

    /// <returns><see langword="null"/> if the response names no time.</returns>
    private static TimeSpan? GetRetryAfter(HttpResponseMessage response)
    {
        const NumberStyles Decimal = NumberStyles.AllowDecimalPoint;
        if (
            response.Headers.TryGetValues("Retry-After", out var values)
            && double.TryParse(values.First(), Decimal, CultureInfo.InvariantCulture, out var seconds)
            && seconds > 0
        )
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, MaxRetryAfter.TotalSeconds));
        }

        return null;
    }

    private static bool ShouldRetry(DiscordCall? call, Outcome<HttpResponseMessage> outcome)
    {
        var isIdempotent = call?.IsIdempotent ?? true;
        if (outcome.Exception is HttpRequestException or TimeoutRejectedException)
        {
            return isIdempotent || call is { MayHaveExecuted: false };
        }

        var status = outcome.Result?.StatusCode;
        return isIdempotent && status is (HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError);
    }

    private static string Describe(Outcome<HttpResponseMessage> outcome)
    {
        if (outcome.Result is { } response)
        {
            return $"HTTP {(int)response.StatusCode}";
        }

        return outcome.Exception?.GetType().Name ?? "";
    }

    [LoggerMessage(LogLevel.Information, "Discord request failed ({Failure}); retry in {Seconds:0.0} s")]
    private partial void LogRetry(string failure, double seconds);
}

/// <summary>Spreads requests evenly, and delays all of them in a block: Discord.Net keeps the rate limits of routes,
/// but not the global one.</summary>
internal sealed class RequestPacer(double perSecond, TimeProvider clock, Random random)
{
    private readonly BlockBackoff _block = new(random, TimeSpan.FromSeconds(5));
    private readonly long _start = clock.GetTimestamp();

    /// <summary>2 % slower than allowed, because requests arrive less evenly than they are sent.</summary>
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / perSecond) * 1.02;
    private readonly Lock _lock = new();
    private DateTimeOffset _next;

    /// <summary>On a clock that only moves forward.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_start);

    /// <summary>Waits for the end of a block, which affects responses to interactions, too.</summary>
    public Task WaitForBlockAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            wait = _block.GetWait(Now);
        }

        if (wait > TimeSpan.Zero)
        {
            return Task.Delay(wait, clock, cancellationToken);
        }

        return Task.CompletedTask;
    }

    /// <summary>Notes a 429. A block counts for all requests, and its waits grow.</summary>
    /// <param name="isBlock">Whether it is a block, not the limit of a route.</param>
    /// <param name="retryAfter">The wait that the response names.</param>
    /// <param name="sentAt">When the request was sent, as <see cref="Now"/>.</param>
    /// <returns>The wait until the next attempt.</returns>
    public TimeSpan NoteRefusal(bool isBlock, TimeSpan? retryAfter, TimeSpan sentAt)
    {
        var named = retryAfter ?? TimeSpan.Zero;
        if (!isBlock)
        {
            return named;
        }

        lock (_lock)
        {
            _block.Block(sentAt, Now, named);
            return _block.GetWait(Now);
        }
    }

    /// <summary>Notes that a request succeeded.</summary>
    public void EndBlock()
    {
        lock (_lock)
        {
            _block.Reset();
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_next < now)
            {
                _next = now;
            }

            wait = _next - now;
            _next += _interval;
        }

        if (wait == TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        return Task.Delay(wait, clock, cancellationToken);
    }
}
