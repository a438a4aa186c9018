using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
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
    private readonly ResiliencePipeline<HttpResponseMessage> _retries;
    private readonly ResiliencePipeline<HttpResponseMessage> _attemptTimeout;
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
        _retries = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(CreateRetry(random))
            .Build();

        // A server that accepts a request and does not respond must not use up the call timeout.
        _attemptTimeout = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
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
        using var response = await _retries.ExecuteAsync(
            async token => await WaitAndAttemptAsync(call, httpMethod, endpoint, json, token),
            linked.Token
        );
        if (response.StatusCode == HttpStatusCode.TooManyRequests && call.ResetTime is { } resetTime)
        {
            ThrowIfTooLate(call, resetTime);
        }

        var headers = response.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.First(),
            StringComparer.OrdinalIgnoreCase
        );
        var content = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
        return new RestResponse(response.StatusCode, headers, new MemoryStream(content));
    }

    /// <summary>Sends one attempt when the rate limits of the whole client allow it. The waits do not count towards the
    /// timeout of the attempt.</summary>
    private async Task<HttpResponseMessage> WaitAndAttemptAsync(
        DiscordCall call,
        HttpMethod method,
        string endpoint,
        string? json,
        CancellationToken cancellationToken
    )
    {
        var pause = _pacer.GetPause(call.IsInteractionResponse);
        if (pause > TimeSpan.Zero)
        {
            ThrowIfTooLate(call, _clock.GetUtcNow() + pause);
            await Task.Delay(pause, _clock, cancellationToken);
        }

        if (!call.IsInteractionResponse)
        {
            await _pacer.WaitAsync(cancellationToken);
        }

        return await _attemptTimeout.ExecuteAsync(
            async attempt => await AttemptAsync(call, method, endpoint, json, attempt),
            cancellationToken
        );
    }

    /// <exception cref="RateLimitWaitException">The rate limit does not end before the call.</exception>
    private static void ThrowIfTooLate(DiscordCall call, DateTimeOffset resetTime)
    {
        if (resetTime >= call.EndsAt)
        {
            call.ResetTime = resetTime;
            throw new RateLimitWaitException();
        }
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
                var wait = NoteRefusal(response.Headers, call.Body, sentAt);
                call.ResetTime = now + wait;
                SetRetryAfter(response, wait);
            }
            else if (response.IsSuccessStatusCode)
            {
                _pacer.EndBlock(sentAt);
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

    /// <summary>Notes a 429 that concerns all requests. Discord.Net keeps the rate limits of routes.</summary>
    /// <returns>The wait until the next attempt.</returns>
    private TimeSpan NoteRefusal(HttpResponseHeaders headers, byte[] body, TimeSpan sentAt)
    {
        var json = JsonReader.Parse(body);
        var retryAfter = GetRetryAfter(headers, json);
        if (retryAfter is not { } wait || !DiscordErrors.IsRateLimit(headers, body))
        {
            return _pacer.NoteBlock(retryAfter ?? TimeSpan.Zero, sentAt);
        }

        var isGlobal =
            json.Member("global").Boolean() == true
            || GetText(headers, "X-RateLimit-Scope") == "global"
            || GetText(headers, "X-RateLimit-Global") is "true" or "True";
        if (isGlobal)
        {
            _pacer.NoteGlobalLimit(wait);
        }

        return wait;
    }

    /// <summary>Rewrites a 429, so that Discord.Net waits as long as this transport. It would fail at a body that is
    /// not JSON, and in the global limit at decimals of <c>Retry-After</c>, which it takes for milliseconds.</summary>
    /// <remarks>Source: Discord.Net 3.16, <c>RateLimitInfo</c> and <c>RequestQueue.PauseGlobal</c>.</remarks>
    private static void SetRetryAfter(HttpResponseMessage response, TimeSpan wait)
    {
        var seconds = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        response.Headers.Remove("X-RateLimit-Global");
        response.Content = new StringContent($"{{\"retry_after\":{seconds}}}");
    }

    /// <returns><see langword="null"/> if the response names no time.</returns>
    private static TimeSpan? GetRetryAfter(HttpResponseHeaders headers, JsonElement? body)
    {
        double?[] waits =
        [
            body.Member("retry_after").Decimal(),
            GetSeconds(headers, "Retry-After"),
            GetSeconds(headers, "X-RateLimit-Reset-After"),
        ];
        if (Array.Find(waits, wait => wait > 0) is not { } seconds)
        {
            return null;
        }

        return TimeSpan.FromSeconds(Math.Min(seconds, MaxRetryAfter.TotalSeconds));
    }

    private static double? GetSeconds(HttpResponseHeaders headers, string name)
    {
        var text = GetText(headers, name);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds;
        }

        return null;
    }

    private static string? GetText(HttpResponseHeaders headers, string name)
    {
        if (headers.TryGetValues(name, out var values))
        {
            return values.FirstOrDefault();
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

/// <summary>A request was refused or not sent, because the wait for a rate limit would last longer than the
/// call.</summary>
/// <remarks>Not a <see cref="TimeoutException"/>, after which Discord.Net may send the request again.</remarks>
internal sealed class RateLimitWaitException()
    : Exception("The wait for Discord's rate limit is longer than the timeout.");

/// <summary>Spreads requests evenly, and delays all of them in a block and by the global rate limit: Discord.Net keeps
/// the rate limits of routes only.</summary>
internal sealed class RequestPacer(double perSecond, TimeProvider clock, Random random)
{
    private readonly BlockBackoff _block = new(random, TimeSpan.FromSeconds(5));
    private readonly long _start = clock.GetTimestamp();

    /// <summary>2 % slower than allowed, because requests arrive less evenly than they are sent.</summary>
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / perSecond) * 1.02;
    private readonly Lock _lock = new();
    private DateTimeOffset _next;
    private TimeSpan _globalLimitEnd;

    /// <summary>On a clock that only moves forward.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_start);

    /// <summary>The rest of a block, or of the global rate limit, from which responses to interactions are exempt. Zero
    /// if there is none.</summary>
    public TimeSpan GetPause(bool isInteractionResponse)
    {
        lock (_lock)
        {
            var now = Now;
            var block = _block.GetWait(now);
            var globalLimit = _globalLimitEnd - now;
            return isInteractionResponse || block > globalLimit ? block : globalLimit;
        }
    }

    /// <summary>Notes a 429 that blocks all requests. The waits grow.</summary>
    /// <param name="minWait">The wait that the response names; zero if it names none.</param>
    /// <param name="sentAt">When the request was sent, as <see cref="Now"/>.</param>
    /// <returns>The wait until the next attempt.</returns>
    public TimeSpan NoteBlock(TimeSpan minWait, TimeSpan sentAt)
    {
        lock (_lock)
        {
            _block.Block(sentAt, Now, minWait);
            return _block.GetWait(Now);
        }
    }

    /// <summary>Notes a 429 of the global rate limit.</summary>
    public void NoteGlobalLimit(TimeSpan wait)
    {
        lock (_lock)
        {
            var end = Now + wait;
            if (end > _globalLimitEnd)
            {
                _globalLimitEnd = end;
            }
        }
    }

    /// <summary>Notes that a request succeeded.</summary>
    /// <param name="sentAt">When the request was sent, as <see cref="Now"/>.</param>
    public void EndBlock(TimeSpan sentAt)
    {
        lock (_lock)
        {
            _block.Reset(sentAt);
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
