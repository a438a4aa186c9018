using System.Diagnostics.CodeAnalysis;
using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using Serge.Bot.Discord.RateLimits;

namespace Serge.Bot.Discord.Rest;

/// <summary>Sends a call through these steps, outermost first: call timeout, retry, circuit breaker, rate limit,
/// attempt timeout.</summary>
/// <remarks>It does not handle exceptions; <see cref="RestClient"/> converts them.</remarks>
internal sealed class DiscordResilienceHandler : DelegatingHandler
{
    /// <summary>A page of 100 messages is well below a megabyte.</summary>
    private const int MaxResponseBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan MaxAttemptTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The limiter rejects a request this much before the call's timeout, so that the reason names the rate
    /// limit.</summary>
    private static readonly TimeSpan RejectionLead = TimeSpan.FromMilliseconds(20);

    private readonly ResiliencePipeline<HttpResponseMessage> _calls;

    /// <summary>Without circuit breaker: users wait for responses, and their tokens expire after minutes.</summary>
    private readonly ResiliencePipeline<HttpResponseMessage> _interactionResponses;

    public DiscordResilienceHandler(
        RateLimiter limiter,
        TimeProvider clock,
        Random random,
        HttpMessageHandler transport
    )
        : base(transport)
    {
        _calls = Build(limiter, clock, random, hasCircuitBreaker: true);
        _interactionResponses = Build(limiter, clock, random, hasCircuitBreaker: false);
    }

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026",
        Justification = "Polly validates options by their attributes, and PermitStrategyOptions has no members."
    )]
    private static ResiliencePipeline<HttpResponseMessage> Build(
        RateLimiter limiter,
        TimeProvider clock,
        Random random,
        bool hasCircuitBreaker
    )
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock };

        // The call timeout includes all attempts and waits: 2 s for the first response to an interaction, for which
        // Discord waits 3 s, and 30 s for other calls.
        pipeline.AddTimeout(
            new TimeoutStrategyOptions
            {
                TimeoutGenerator = args => ValueTask.FromResult(GetCall(args.Context).Timeout),
            }
        );
        pipeline.AddRetry(CreateRetry(random));
        if (hasCircuitBreaker)
        {
            pipeline.AddCircuitBreaker(CreateCircuitBreaker());
        }

        // Every attempt has a permit of its own.
        pipeline.AddStrategy(_ => new PermitStrategy(limiter), new PermitStrategyOptions());
        pipeline.AddTimeout(
            new TimeoutStrategyOptions
            {
                TimeoutGenerator = args => ValueTask.FromResult(GetAttemptTimeout(args.Context)),
            }
        );
        return pipeline.Build();
    }

    /// <summary>A 429 is always retried; its wait is part of the rate limit. After a failure that may have been
    /// executed, only idempotent calls are retried; a message is not, because the ledger looks for it first. After a
    /// failure to connect, every call is retried.</summary>
    private static RetryStrategyOptions<HttpResponseMessage> CreateRetry(Random random) =>
        new()
        {
            ShouldHandle = args => ValueTask.FromResult(ShouldRetry(args.Outcome, GetCall(args.Context))),
            MaxRetryAttempts = 4,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            UseJitter = true,
            Randomizer = random.NextDouble,
            DelayGenerator = args =>
                ValueTask.FromResult<TimeSpan?>(IsRateLimited(args.Outcome) ? TimeSpan.Zero : null),
        };

    /// <summary>Opens for 15 s when half of at least 10 requests in 30 s ended in a 5xx or a timeout. A 429 is not a
    /// failure of Discord.</summary>
    private static CircuitBreakerStrategyOptions<HttpResponseMessage> CreateCircuitBreaker() =>
        new()
        {
            ShouldHandle = args => ValueTask.FromResult(IsServerFailure(args.Outcome)),
            FailureRatio = 0.5,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(15),
        };

    /// <summary>At most half of the call's timeout, so that a retry is possible after a dead connection.</summary>
    private static TimeSpan GetAttemptTimeout(ResilienceContext context)
    {
        var half = GetCall(context).Timeout / 2;
        return half < MaxAttemptTimeout ? half : MaxAttemptTimeout;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (!request.Options.TryGetValue(DiscordCall.OptionsKey, out var call))
        {
            throw new InvalidOperationException("The request has no call.");
        }

        // Continues on the captured context, so that a test can run everything on one thread.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        context.Properties.Set(DiscordCall.PropertyKey, call);
        var pipeline = call.Route.IsInteractionResponse ? _interactionResponses : _calls;
        try
        {
            return await pipeline.ExecuteAsync(
                async attempt => await AttemptAsync(request, call, attempt.CancellationToken),
                context
            );
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage request,
        DiscordCall call,
        CancellationToken cancellationToken
    )
    {
        // A body notes itself when it is sent.
        call.WasSent = request.Content is null;
        try
        {
            // The response is part of the attempt, so that an incomplete one is a failed attempt.
            return await PlatformTransport.SendAndBufferAsync(
                () => base.SendAsync(request, cancellationToken),
                MaxResponseBytes,
                cancellationToken
            );
        }
        catch (HttpRequestException e) when (request.Content is null && PlatformTransport.FailedToConnect(e))
        {
            call.WasSent = false;
            throw;
        }
    }

    internal static DiscordCall GetCall(ResilienceContext context) =>
        context.Properties.GetValue(DiscordCall.PropertyKey, null!);

    internal static bool ShouldRetry(Outcome<HttpResponseMessage> outcome, DiscordCall call)
    {
        if (IsRateLimited(outcome))
        {
            return true;
        }

        if (outcome.Result is { StatusCode: >= HttpStatusCode.InternalServerError })
        {
            return call.Route.IsIdempotent;
        }

        var isTransient = outcome.Exception is HttpRequestException or TimeoutRejectedException;
        return isTransient && (call.Route.IsIdempotent || !call.WasSent);
    }

    private static bool IsRateLimited(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { StatusCode: HttpStatusCode.TooManyRequests };

    private static bool IsServerFailure(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is TimeoutRejectedException
        || outcome.Result is { StatusCode: >= HttpStatusCode.InternalServerError };

    /// <summary>Delays each attempt until the rate limit allows it, and passes the response's headers to the
    /// limiter.</summary>
    private sealed class PermitStrategy(RateLimiter limiter) : ResilienceStrategy<HttpResponseMessage>
    {
        protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback,
            ResilienceContext context,
            TState state
        )
        {
            var call = GetCall(context);
            call.BeginAttempt();
            try
            {
                var timeout = call.Remaining - RejectionLead;
                using var permit = await limiter.AcquireAsync(call.Route, timeout, context.CancellationToken);
                var outcome = await callback(context, state);
                permit.WasSent = call.WasSent;
                call.EndAttempt(outcome.Result?.StatusCode);
                if (outcome.Result is { } response)
                {
                    permit.Complete(RateLimitHeaders.Parse(response));
                }

                return outcome;
            }
            catch (Exception e) when (e is RateLimitRejectedException or OperationCanceledException)
            {
                return Outcome.FromException<HttpResponseMessage>(e);
            }
        }
    }

    private sealed class PermitStrategyOptions : ResilienceStrategyOptions;
}
