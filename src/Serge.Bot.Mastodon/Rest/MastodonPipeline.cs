using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Serge.Bot.Mastodon.Rest;

/// <summary>Everything about time and trying again, outermost first: patience, retry, circuit breaker, rate-limit permit, attempt
/// time-out, send.</summary>
internal sealed partial class MastodonPipeline : DelegatingHandler
{
    /// <summary>With waits of about 1, 2 and 4 s they fit into a patience of 30 s.</summary>
    internal const int MaxRetries = 3;

    /// <summary>How long a server that only fails is left alone.</summary>
    internal static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(30);

    private static readonly ResiliencePropertyKey<Call> CallKey = new("call");

    private readonly MastodonClientOptions _options;
    private readonly RateLimits _limits;
    private readonly ILogger _log;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public MastodonPipeline(
        MastodonClientOptions options,
        TimeProvider wire,
        Random random,
        ILogger log,
        HttpMessageHandler transport
    )
        : base(transport)
    {
        _options = options;
        _limits = new RateLimits(wire);
        _log = log;
        var chance = new Lock();

        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = wire }
            // Patience: the caller holds a lease while it waits, so there is an end to all the waits and attempts together.
            .AddTimeout(options.Patience)
            // Retry: most faults last a second. What may have been executed is not repeated, unless a repetition does no harm.
            .AddRetry(
                new RetryStrategyOptions<HttpResponseMessage>
                {
                    ShouldHandle = args => ValueTask.FromResult(MayTryAgain(CallOf(args.Context), args.Outcome)),
                    MaxRetryAttempts = MaxRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromSeconds(1),
                    UseJitter = true,
                    Randomizer = () =>
                    {
                        lock (chance)
                        {
                            return random.NextDouble();
                        }
                    },

                    // How long a limit lasts is known, and the permit waits for it.
                    DelayGenerator = args =>
                        ValueTask.FromResult<TimeSpan?>(IsRefusedByLimit(args.Outcome) ? TimeSpan.Zero : null),
                    OnRetry = args =>
                    {
                        LogRetry(CallOf(args.Context).Method, Describe(args.Outcome), args.RetryDelay.TotalSeconds);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            // Circuit breaker: a server in trouble is left alone for a while. A refusal by limit (429) is an answer of a healthy server.
            // An account makes few requests, so few are enough to tell; most of them have to fail.
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<HttpResponseMessage>
                {
                    ShouldHandle = args =>
                        ValueTask.FromResult(
                            args.Outcome
                                is { Result.StatusCode: >= HttpStatusCode.InternalServerError }
                                    or { Exception: TimeoutRejectedException }
                        ),
                    FailureRatio = 0.8,
                    MinimumThroughput = 5,
                    SamplingDuration = TimeSpan.FromMinutes(2),
                    BreakDuration = BreakDuration,
                    OnOpened = args =>
                    {
                        LogOpened(options.Address.Host, args.BreakDuration.TotalSeconds);
                        return ValueTask.CompletedTask;
                    },
                    OnClosed = _ =>
                    {
                        LogClosed(options.Address.Host);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            // Rate-limit permit: every attempt takes its own, inside the retry, and a request that the server would refuse stays here.
            .AddStrategy(_ => new Permit(_limits, wire))
            // Attempt time-out: a server that takes a request and says nothing must not use up all the patience.
            .AddTimeout(options.AttemptTimeout)
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, Call.Of(request));
        try
        {
            return await _pipeline.ExecuteAsync(
                static (context, state) =>
                    new ValueTask<HttpResponseMessage>(
                        state.Pipeline.AttemptAsync(state.Request, CallOf(context), context.CancellationToken)
                    ),
                context,
                (Pipeline: this, Request: request)
            );
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>One attempt with the whole of its answer. Keeps the call's account of whether it may have been executed.</summary>
    private async Task<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage request,
        Call call,
        CancellationToken cancellationToken
    )
    {
        var before = call.MayHaveExecuted;
        call.MayHaveExecuted = true;
        try
        {
            var response = await AnswerAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                call.MayHaveExecuted = before;
            }

            return response;
        }
        catch (HttpRequestException e)
            when (e.HttpRequestError
                    is HttpRequestError.NameResolutionError
                        or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError
                        or HttpRequestError.ProxyTunnelError
            )
        {
            call.MayHaveExecuted = before;
            throw;
        }
        catch (OperationCanceledException e)
            when (e.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            // The transport's own time-out, which it has for connecting only.
            call.MayHaveExecuted = before;
            throw new HttpRequestException(HttpRequestError.ConnectionError, "No connection in time.", e);
        }
    }

    /// <summary>The answer is read here, within the attempt's time and size, and not later by whoever looks at it.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(_options.MaxAnswerBytes, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private bool MayTryAgain(Call call, Outcome<HttpResponseMessage> outcome) =>
        outcome switch
        {
            { Result.StatusCode: HttpStatusCode.TooManyRequests } => _limits.ReopensAt(call.Method) < call.Deadline,
            { Result.StatusCode: HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError } =>
                call.IsIdempotent && _limits.ReopensAt(call.Method) < call.Deadline,
            { Exception: HttpRequestException or TimeoutRejectedException } => call.IsIdempotent
                || !call.MayHaveExecuted,
            _ => false,
        };

    private static bool IsRefusedByLimit(Outcome<HttpResponseMessage> outcome) =>
        outcome is { Result.StatusCode: HttpStatusCode.TooManyRequests };

    private string Describe(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } response
            ? $"HTTP {(int)response.StatusCode}"
            : ServerWords.Line(outcome.Exception?.Message ?? "", _options.AccessToken.Trim());

    private static Call CallOf(ResilienceContext context) =>
        context.Properties.TryGetValue(CallKey, out var call)
            ? call
            : throw new InvalidOperationException("The context belongs to no call.");

    [LoggerMessage(LogLevel.Information, "Mastodon {Method} failed ({Failure}); trying again in {Seconds:0.0} s")]
    private partial void LogRetry(HttpMethod method, string failure, double seconds);

    [LoggerMessage(LogLevel.Warning, "{Host} keeps failing; it is left alone for {Seconds:0} s")]
    private partial void LogOpened(string host, double seconds);

    [LoggerMessage(LogLevel.Information, "{Host} answers again")]
    private partial void LogClosed(string host);

    /// <summary>Waits until a limit is open again, or says at once that this would take too long.</summary>
    private sealed class Permit(RateLimits limits, TimeProvider wire) : ResilienceStrategy<HttpResponseMessage>
    {
        protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback,
            ResilienceContext context,
            TState state
        )
        {
            var call = CallOf(context);
            var reopensAt = limits.ReopensAt(call.Method);
            if (reopensAt >= call.Deadline)
            {
                return Outcome.FromException<HttpResponseMessage>(new RateLimitedException(reopensAt));
            }

            var wait = reopensAt - wire.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                try
                {
                    await Task.Delay(wait, wire, context.CancellationToken);
                }
                catch (OperationCanceledException e)
                {
                    return Outcome.FromException<HttpResponseMessage>(e);
                }
            }

            var outcome = await callback(context, state);
            if (outcome.Result is { } response)
            {
                limits.Observe(call.Method, response);
            }

            return outcome;
        }
    }
}
