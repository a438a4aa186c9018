using System.Diagnostics.CodeAnalysis;
using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using Serge.Bot.Discord.RateLimits;

namespace Serge.Bot.Discord.Rest;

/// <summary>Stands between a call and the network, outermost first: patience, retry, circuit breaker, permit, attempt time-out.</summary>
/// <remarks>Exceptions leave it as they come; <see cref="RestClient"/> makes results of them.</remarks>
internal sealed class DiscordPipeline : DelegatingHandler
{
    /// <summary>Answers are small; a page of 100 messages is well below a megabyte.</summary>
    private const int LargestAnswer = 16 * 1024 * 1024;

    /// <summary>The longest that one attempt may take.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(15);

    private readonly ResiliencePipeline<HttpResponseMessage> _calls;

    /// <summary>Members wait for these, and their tokens last for minutes only: they are tried even while everything else fails.</summary>
    private readonly ResiliencePipeline<HttpResponseMessage> _answers;

    public DiscordPipeline(RateLimiter limiter, TimeProvider wire, Random random, HttpMessageHandler transport)
        : base(transport)
    {
        _calls = Build(limiter, wire, random, isForAnswers: false);
        _answers = Build(limiter, wire, random, isForAnswers: true);
    }

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026",
        Justification = "Polly validates options by their attributes, and PermitStrategyOptions has no members."
    )]
    private static ResiliencePipeline<HttpResponseMessage> Build(
        RateLimiter limiter,
        TimeProvider wire,
        Random random,
        bool isForAnswers
    )
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = wire };

        // Patience. All attempts and all waits together take no longer than the caller would wait: 2 s for the first
        // answer to an interaction, of which Discord gives 3 s, and 30 s for anything else.
        pipeline.AddTimeout(
            new TimeoutStrategyOptions
            {
                TimeoutGenerator = static args => ValueTask.FromResult(CallOf(args.Context).Patience),
            }
        );

        // Retry. After a 429 always, for it was not executed; the wait for that is the permit's. After a failure
        // that leaves it open whether it was executed, only what may be executed twice; a message is never among that, for
        // it is the ledger that looks first. After a failure to connect, everything.
        pipeline.AddRetry(
            new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = static args => ValueTask.FromResult(IsWorthRetrying(args.Outcome, CallOf(args.Context))),
                MaxRetryAttempts = 4,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true,
                Randomizer = random.NextDouble,
                DelayGenerator = static args =>
                    ValueTask.FromResult<TimeSpan?>(
                        args.Outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests ? TimeSpan.Zero : null
                    ),
            }
        );

        // Circuit breaker. When half of at least 10 requests in 30 s ended in a 5xx or a time-out, Discord is left alone for 15 s.
        // A 429 is no failure: it says that Discord works.
        if (!isForAnswers)
        {
            pipeline.AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<HttpResponseMessage>
                {
                    ShouldHandle = static args =>
                        ValueTask.FromResult(
                            args.Outcome
                                is { Result.StatusCode: >= HttpStatusCode.InternalServerError }
                                    or { Exception: TimeoutRejectedException }
                        ),
                    FailureRatio = 0.5,
                    MinimumThroughput = 10,
                    SamplingDuration = TimeSpan.FromSeconds(30),
                    BreakDuration = TimeSpan.FromSeconds(15),
                }
            );
        }

        // Permit. Every attempt takes its own, and waits for it no longer than the patience lasts.
        pipeline.AddStrategy(_ => new PermitStrategy(limiter), new PermitStrategyOptions());

        // Attempt time-out. An answer that has not come after 15 s, or half the patience, is lost: a connection may be dead without
        // anybody's saying so. What is left may serve another try.
        pipeline.AddTimeout(
            new TimeoutStrategyOptions
            {
                TimeoutGenerator = static args =>
                    ValueTask.FromResult(
                        CallOf(args.Context).Patience / 2 is var half && half < LongestAttempt ? half : LongestAttempt
                    ),
            }
        );
        return pipeline.Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (!request.Options.TryGetValue(Call.OptionsKey, out var call))
        {
            throw new InvalidOperationException("A request carries its call.");
        }

        // On our own context, as everything here: a test can then run all of it on one thread.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        context.Properties.Set(Call.PropertyKey, call);
        try
        {
            return await (call.Route.IsExempt ? _answers : _calls).ExecuteAsync(
                static async (c, state) => await state.Self.AttemptAsync(state.Request, CallOf(c), c.CancellationToken),
                context,
                (Self: this, Request: request)
            );
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage request,
        Call call,
        CancellationToken cancellationToken
    )
    {
        // A body says itself when it goes out.
        call.WentOut = request.Content is null;
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
            when (request.Content is null
                && e.HttpRequestError
                    is HttpRequestError.NameResolutionError
                        or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError
            )
        {
            call.WentOut = false;
            throw;
        }

        try
        {
            // Within the attempt, so that an answer that breaks off halfway is a failed attempt.
            await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    internal static Call CallOf(ResilienceContext context) => context.Properties.GetValue(Call.PropertyKey, null!);

    /// <summary>Whether another attempt may be made after this one.</summary>
    internal static bool IsWorthRetrying(Outcome<HttpResponseMessage> outcome, Call call) =>
        outcome switch
        {
            { Result.StatusCode: HttpStatusCode.TooManyRequests } => true,
            { Result.StatusCode: >= HttpStatusCode.InternalServerError } => call.Route.Repeat == Repeat.Safe,
            { Exception: HttpRequestException or TimeoutRejectedException } => call.Route.Repeat == Repeat.Safe
                || !call.WentOut,
            _ => false,
        };

    /// <summary>Holds each attempt until the limits have room for it, and tells the limiter what the answer says.</summary>
    private sealed class PermitStrategy(RateLimiter limiter) : ResilienceStrategy<HttpResponseMessage>
    {
        protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback,
            ResilienceContext context,
            TState state
        )
        {
            var call = CallOf(context);
            call.Begin();
            try
            {
                // A moment before the patience ends, so that it is the limiter that says what was waited for.
                var left = call.Left - TimeSpan.FromMilliseconds(20);
                using var permit = await limiter.AcquireAsync(call.Route, left, context.CancellationToken);
                var outcome = await callback(context, state);
                permit.WentOut = call.WentOut;
                call.End(outcome.Result?.StatusCode);
                if (outcome.Result is { } response)
                {
                    permit.Complete(RateLimitHeaders.From(response));
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
