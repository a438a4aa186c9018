using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Serge.Bot.Mastodon;

/// <summary>Sends a call through these steps, outermost first: call timeout, retry, circuit breaker, rate limit,
/// attempt timeout.</summary>
internal sealed partial class MastodonResilienceHandler : DelegatingHandler
{
    /// <summary>The retries, with waits of about 1, 2 and 4 s, fit into a call timeout of 30 s.</summary>
    internal const int MaxRetries = 3;

    /// <summary>How long the circuit breaker stays open.</summary>
    internal static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(30);

    private static readonly ResiliencePropertyKey<MastodonCall> CallKey = new("call");

    private readonly MastodonClientOptions _options;
    private readonly MastodonRateLimiter _limiter;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public MastodonResilienceHandler(
        MastodonClientOptions options,
        TimeProvider clock,
        Random random,
        ILogger logger,
        HttpMessageHandler transport
    )
        : base(transport)
    {
        _options = options;
        _clock = clock;
        _limiter = new MastodonRateLimiter(clock, random);
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            // The caller holds a lease during the call, so all attempts and waits together have a limit.
            .AddTimeout(options.CallTimeout)
            .AddRetry(CreateRetry(random))
            .AddCircuitBreaker(CreateCircuitBreaker())
            // Every attempt waits for the rate limit by itself.
            .AddStrategy(_ => new RateLimitWaitStrategy(_limiter, clock, LogBlocked))
            // A server that accepts a request and does not respond must not use up the call timeout.
            .AddTimeout(options.AttemptTimeout)
            .Build();
    }

    /// <summary>Most failures last a second. A call that may have been executed is retried only if it is
    /// idempotent.</summary>
    private RetryStrategyOptions<HttpResponseMessage> CreateRetry(Random random) =>
        new()
        {
            ShouldHandle = args => ValueTask.FromResult(ShouldRetry(GetCall(args.Context), args.Outcome)),
            MaxRetryAttempts = MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            UseJitter = true,
            Randomizer = random.NextDouble,

            // The rate limit strategy waits for the known end of a rate limit.
            DelayGenerator = args =>
                ValueTask.FromResult<TimeSpan?>(IsRateLimited(args.Outcome) ? TimeSpan.Zero : null),
            OnRetry = args =>
            {
                var method = GetCall(args.Context).Method;
                var wait = GetWait(method, args.RetryDelay);
                LogRetry(method, Describe(args.Outcome), wait.TotalSeconds);
                return ValueTask.CompletedTask;
            },
        };

    /// <summary>A 429 is not a failure of the server. An account sends few requests, so few are enough to decide, and
    /// most of them have to fail.</summary>
    private CircuitBreakerStrategyOptions<HttpResponseMessage> CreateCircuitBreaker() =>
        new()
        {
            ShouldHandle = args => ValueTask.FromResult(IsServerFailure(args.Outcome)),
            FailureRatio = 0.8,
            MinimumThroughput = 5,
            SamplingDuration = TimeSpan.FromMinutes(2),
            BreakDuration = BreakDuration,
            OnOpened = args =>
            {
                LogCircuitOpened(_options.Address.Host, args.BreakDuration.TotalSeconds);
                return ValueTask.CompletedTask;
            },
            OnClosed = _ =>
            {
                LogCircuitClosed(_options.Address.Host);
                return ValueTask.CompletedTask;
            },
        };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var call = MastodonCall.FromRequest(request);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, call);
        try
        {
            return await _pipeline.ExecuteAsync(
                async attempt => await AttemptAsync(request, call, attempt.CancellationToken),
                context
            );
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Sends one attempt, reads its response, and notes whether the call may have been executed.</summary>
    private async Task<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage request,
        MastodonCall call,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content as DeadlineContent;
        body?.BeginAttempt();
        try
        {
            var response = await PlatformTransport.SendAndBufferAsync(
                () => base.SendAsync(request, cancellationToken),
                _options.MaxResponseBytes,
                cancellationToken
            );
            call.MayHaveExecuted |= response.StatusCode != HttpStatusCode.TooManyRequests;
            return response;
        }
        catch (Exception e)
        {
            call.MayHaveExecuted |= PlatformTransport.MayHaveExecuted(request, e);
            throw;
        }
    }

    private bool ShouldRetry(MastodonCall call, Outcome<HttpResponseMessage> outcome)
    {
        if (outcome.Exception is HttpRequestException or TimeoutRejectedException)
        {
            return call.IsIdempotent || !call.MayHaveExecuted;
        }

        var isInTime = _limiter.GetResetTime(call.Method) < call.Deadline;
        return outcome.Result?.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => isInTime,
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => call.IsIdempotent && isInTime,
            _ => false,
        };
    }

    /// <summary>The next attempt waits for the delay of its retry, then for the end of the rate limit.</summary>
    private TimeSpan GetWait(HttpMethod method, TimeSpan retryDelay)
    {
        var rateLimit = _limiter.GetResetTime(method) - _clock.GetUtcNow();
        return rateLimit > retryDelay ? rateLimit : retryDelay;
    }

    private static bool IsRateLimited(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { StatusCode: HttpStatusCode.TooManyRequests };

    private static bool IsServerFailure(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is TimeoutRejectedException
        || outcome.Result is { StatusCode: >= HttpStatusCode.InternalServerError };

    private string Describe(Outcome<HttpResponseMessage> outcome)
    {
        if (outcome.Result is { } response)
        {
            return $"HTTP {(int)response.StatusCode}";
        }

        var message = outcome.Exception switch
        {
            TimeoutRejectedException timeout => $"no response within {timeout.Timeout.TotalSeconds:0} s",
            HttpRequestException failure => PlatformTransport.Describe(failure),
            _ => outcome.Exception?.Message ?? "",
        };
        return ServerMessage.ToLine(message, _options.AccessToken.Trim());
    }

    private static MastodonCall GetCall(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);

    [LoggerMessage(LogLevel.Information, "Mastodon {Method} failed ({Failure}); retry in {Seconds:0.0} s")]
    private partial void LogRetry(HttpMethod method, string failure, double seconds);

    [LoggerMessage(
        LogLevel.Warning,
        "The Mastodon server blocks the bot's requests (HTTP 429 without a time); all requests wait {Seconds:0.#} s"
    )]
    private partial void LogBlocked(double seconds);

    [LoggerMessage(LogLevel.Warning, "Circuit breaker for {Host} opened for {Seconds:0} s after repeated failures")]
    private partial void LogCircuitOpened(string host, double seconds);

    [LoggerMessage(LogLevel.Information, "Circuit breaker for {Host} closed; the server responds again")]
    private partial void LogCircuitClosed(string host);

    /// <summary>Waits for the end of a rate limit, or fails at once if that is after the call's deadline.</summary>
    private sealed class RateLimitWaitStrategy(
        MastodonRateLimiter limiter,
        TimeProvider clock,
        Action<double> logBlocked
    ) : ResilienceStrategy<HttpResponseMessage>
    {
        protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback,
            ResilienceContext context,
            TState state
        )
        {
            var call = GetCall(context);
            var resetTime = limiter.GetResetTime(call.Method);
            if (resetTime >= call.Deadline)
            {
                return Outcome.FromException<HttpResponseMessage>(new MastodonRateLimitException(resetTime));
            }

            var wait = resetTime - clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                try
                {
                    await Task.Delay(wait, clock, context.CancellationToken);
                }
                catch (OperationCanceledException e)
                {
                    return Outcome.FromException<HttpResponseMessage>(e);
                }
            }

            var sentAt = limiter.Now;
            var outcome = await callback(context, state);
            if (outcome.Result is { } response)
            {
                var blockWait = limiter.Observe(call.Method, sentAt, response);
                if (blockWait is not null)
                {
                    logBlocked(blockWait.Value.TotalSeconds);
                }

                // Whatever the limit, the next attempt waits for it.
                if (response.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    call.ResetTime = limiter.GetResetTime(call.Method);
                }
            }

            return outcome;
        }
    }
}
