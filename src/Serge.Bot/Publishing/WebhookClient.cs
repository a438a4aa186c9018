using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Serge.Bot.Publishing;

/// <summary>Sends alerts to the webhook. No outcome and no message contains its address, only the host.</summary>
internal sealed partial class WebhookClient : IDisposable
{
    /// <summary>The retries, with waits of about 1, 2 and 4 s, fit into <see cref="CallTimeout"/>.</summary>
    internal const int MaxRetries = 3;

    /// <summary>The timeout of an alert, including retries.</summary>
    internal static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The timeout of an attempt, from connecting to the status.</summary>
    internal static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A receiver cannot ask for a longer wait.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(24);

    private readonly WebhookSettings _settings;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly ILogger<WebhookClient> _logger;
    private readonly HttpMessageInvoker _http;
    private readonly string _host;

    public WebhookClient(WebhookSettings settings, Clocks clocks, Random random, ILogger<WebhookClient> logger)
        : this(settings, clocks.System, random, logger, PlatformTransport.CreateForWebhook()) { }

    internal WebhookClient(
        WebhookSettings settings,
        TimeProvider clock,
        Random random,
        ILogger<WebhookClient> logger,
        HttpMessageHandler transport
    )
    {
        _settings = settings;
        _clock = clock;
        _random = random;
        _logger = logger;
        _http = new HttpMessageInvoker(transport);
        _host = settings.Host;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends an alert, and repeats attempts that failed.</summary>
    public async Task<SendOutcome> SendAsync(Post post, SendDeadline deadline, CancellationToken cancellationToken)
    {
        using var request = WebhookRequest.Create(_settings, post, _clock.GetUtcNow(), deadline);
        Call call = new(_clock.GetUtcNow() + CallTimeout);
        try
        {
            using var response = await CreatePipeline(call)
                .ExecuteAsync(async token => await AttemptAsync(request, call, token), cancellationToken);
            return ToOutcome(response, call);
        }
        catch (SendDeadlineException e)
        {
            return CreateFailure(call, e.Message);
        }
        catch (TimeoutRejectedException e)
        {
            return CreateFailure(call, $"Timeout: {_host} did not respond within {e.Timeout.TotalSeconds:0} s.");
        }
        catch (OperationCanceledException)
        {
            return CreateFailure(call, $"{_host} had not responded when the bot stopped waiting.");
        }
        catch (HttpRequestException e)
        {
            return CreateFailure(call, $"{_host}: {PlatformTransport.Describe(e)}");
        }
    }

    private ResiliencePipeline<HttpResponseMessage> CreatePipeline(Call call) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _clock }
            .AddTimeout(CallTimeout)
            .AddRetry(CreateRetry(call))
            .AddTimeout(AttemptTimeout)
            .Build();

    private RetryStrategyOptions<HttpResponseMessage> CreateRetry(Call call) =>
        new()
        {
            ShouldHandle = args => ValueTask.FromResult(ShouldRetry(call, args.Outcome)),
            MaxRetryAttempts = MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            UseJitter = true,
            Randomizer = _random.NextDouble,
            DelayGenerator = args => ValueTask.FromResult(GetWait(args.Outcome.Result)),
            OnRetry = args =>
            {
                LogRetry(_host, Describe(args.Outcome), args.RetryDelay.TotalSeconds);
                return ValueTask.CompletedTask;
            },
        };

    /// <summary>An alert may be sent again at any time, except to Discord, which would show it twice.</summary>
    private bool ShouldRetry(Call call, Outcome<HttpResponseMessage> outcome)
    {
        if (outcome.Exception is HttpRequestException or TimeoutRejectedException)
        {
            return !call.MayHaveExecuted || RecognizesRepetition;
        }

        return outcome.Result is { } response
            && IsTemporary(response.StatusCode)
            && (RecognizesRepetition || !MayHaveExecuted(response.StatusCode))
            && _clock.GetUtcNow() + (GetWait(response) ?? TimeSpan.Zero) < call.End;
    }

    private bool RecognizesRepetition => _settings.Format != WebhookFormat.Discord;

    private async Task<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage request,
        Call call,
        CancellationToken cancellationToken
    )
    {
        (request.Content as DeadlineContent)?.BeginAttempt();
        try
        {
            var response = await PlatformTransport.SendAndBufferAsync(
                () => SendAsync(request, cancellationToken),
                maxResponseBytes: 0,
                cancellationToken
            );
            call.MayHaveExecuted |= MayHaveExecuted(response.StatusCode);
            return response;
        }
        catch (Exception e)
        {
            call.MayHaveExecuted |= PlatformTransport.MayHaveExecuted(request, e);
            throw;
        }
    }

    /// <summary>Only the status counts, so the body is not read: the receiver chooses its length.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await _http.SendAsync(request, cancellationToken);
        response.Content.Dispose();
        response.Content = null;
        return response;
    }

    private SendOutcome ToOutcome(HttpResponseMessage response, Call call)
    {
        var status = response.StatusCode;
        var reason = $"The webhook at {_host} answered HTTP {(int)status}.";
        if (response.IsSuccessStatusCode)
        {
            return new SendOutcome.Sent(Id: null, Url: null);
        }

        if (!IsTemporary(status))
        {
            var (refusal, advice) = Explain(status);
            return new SendOutcome.Refused(refusal, $"{reason} {advice}");
        }

        if (GetWait(response) is { } wait && !call.MayHaveExecuted)
        {
            return new SendOutcome.RetryAfter(_clock.GetUtcNow() + wait, reason);
        }

        return CreateFailure(call, reason);
    }

    private static SendOutcome CreateFailure(Call call, string reason) =>
        call.MayHaveExecuted ? new SendOutcome.Unknown(reason) : new SendOutcome.Unavailable(reason);

    private static (Refusal Refusal, string Advice) Explain(HttpStatusCode status)
    {
        switch (status)
        {
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return (Refusal.Gone, "Check the address in Alerts:Webhook.");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return (Refusal.Forbidden, "Check the token in Alerts:Webhook, or Alerts:WebhookSecret.");
            case < HttpStatusCode.BadRequest:
                return (Refusal.Gone, "Redirects are not followed: set Alerts:Webhook to the final address.");
            default:
                return (Refusal.Payload, "Check that Alerts:WebhookFormat is the format of the receiver.");
        }
    }

    private static bool IsTemporary(HttpStatusCode status) =>
        status
            is HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError;

    /// <summary>With other failures than 503 the alert may have arrived: a proxy answers 502 and 504 for a receiver
    /// whose answer it lost.</summary>
    private static bool MayHaveExecuted(HttpStatusCode status) =>
        status
            is HttpStatusCode.RequestTimeout
                or (>= HttpStatusCode.InternalServerError and not HttpStatusCode.ServiceUnavailable);

    /// <summary>The wait of the header <c>Retry-After</c> (RFC 9110, 10.2.3).</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    private TimeSpan? GetWait(HttpResponseMessage? response)
    {
        var header = response?.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - _clock.GetUtcNow();
        if (wait is not { } asked)
        {
            return null;
        }

        return TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, MaxWait.Ticks));
    }

    private static string Describe(Outcome<HttpResponseMessage> outcome)
    {
        if (outcome.Result is { } response)
        {
            return $"HTTP {(int)response.StatusCode}";
        }

        return outcome.Exception switch
        {
            TimeoutRejectedException timeout => $"no response within {timeout.Timeout.TotalSeconds:0} s",
            HttpRequestException failure => PlatformTransport.Describe(failure),
            _ => "",
        };
    }

    [LoggerMessage(LogLevel.Information, "Alert to the webhook at {Host} failed ({Failure}); retry in {Seconds:0.0} s")]
    private partial void LogRetry(string host, string failure, double seconds);

    /// <summary>An alert that is being sent.</summary>
    /// <param name="end">When the call ends, retries included.</param>
    private sealed class Call(DateTimeOffset end)
    {
        public DateTimeOffset End => end;

        /// <summary>Whether an attempt without an answer may have arrived.</summary>
        public bool MayHaveExecuted { get; set; }
    }
}
