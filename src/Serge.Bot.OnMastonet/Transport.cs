using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Serge.Bot.OnMastonet;

/// <summary>What Mastonet lacks: any address, the key, a name, an end to waiting, retries where they do no harm, and the answer's status.</summary>
internal sealed partial class Transport : DelegatingHandler
{
    private const int MaxRetries = 3;

    /// <summary>What we call ourselves. GoToSocial answers 418 to a request without it.</summary>
    private static readonly ProductInfoHeaderValue UserAgent = new(
        "Serge.Bot",
        typeof(Transport).Assembly.GetName().Version?.ToString(2)
    );

    private readonly MastodonClientOptions _options;
    private readonly TimeProvider _wire;
    private readonly ILogger _log;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public Transport(MastodonClientOptions options, TimeProvider wire, Random random, ILogger log)
        : base(Sockets())
    {
        _options = options;
        _wire = wire;
        _log = log;
        var chance = new Lock();
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = wire }
            // Patience: the caller holds a lease while it waits, so there is an end to all the waits and attempts together.
            .AddTimeout(options.Patience)
            // Retry: most faults last a second. What may have been executed is not repeated, unless a repetition does no harm.
            .AddRetry(
                new RetryStrategyOptions<HttpResponseMessage>
                {
                    ShouldHandle = args => ValueTask.FromResult(MayTryAgain(Call.Current, args.Outcome)),
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

                    // How long a limit lasts is known.
                    DelayGenerator = args =>
                        ValueTask.FromResult(
                            args.Outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests
                            && Call.Current.ReopensAt is { } opens
                                ? opens - wire.GetUtcNow() is { Ticks: > 0 } wait
                                    ? wait
                                    : TimeSpan.Zero
                                : (TimeSpan?)null
                        ),
                    OnRetry = args =>
                    {
                        LogRetry(
                            args.Outcome.Result is { } answer
                                ? $"HTTP {(int)answer.StatusCode}"
                                : args.Outcome.Exception?.GetType().Name ?? "",
                            args.RetryDelay.TotalSeconds
                        );
                        return ValueTask.CompletedTask;
                    },
                }
            )
            // Attempt time-out: a server that takes a request and says nothing must not use up all the patience.
            .AddTimeout(options.AttemptTimeout)
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var call = Call.Current;
        request.RequestUri = new Uri(_options.Address, request.RequestUri!.PathAndQuery);
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.AcceptLanguage.ParseAdd("en"); // errors come in the language asked for
        if (call.Key is { } key)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await _pipeline.ExecuteAsync(
            static async (state, stop) => await state.Self.AttemptAsync(state.Request, state.Call, stop),
            (Self: this, Request: request, Call: call),
            call.CancellationToken
        );
    }

    /// <summary>One attempt with the whole of its answer. Keeps the call's account of it.</summary>
    private async Task<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage request,
        Call call,
        CancellationToken cancellationToken
    )
    {
        var before = call.MayHaveExecuted;
        call.MayHaveExecuted = true;
        call.Status = null;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(_options.MaxAnswerBytes, cancellationToken);
            var now = _wire.GetUtcNow();
            call.Body = await response.Content.ReadAsStringAsync(cancellationToken);
            call.Status = response.StatusCode;
            call.ReopensAt = MastodonLimits.ReopensAt(response, now);
            call.ClockLead = response.Headers.Date is { } date ? date - now : TimeSpan.Zero;
            call.Words =
                $"HTTP {(int)response.StatusCode}{(response.Headers.Location is { } elsewhere ? $": it sends us on to {elsewhere}" : "")}";
            call.MayHaveExecuted =
                response.StatusCode == HttpStatusCode.TooManyRequests ? before : call.MayHaveExecuted;
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

    private static bool MayTryAgain(Call call, Outcome<HttpResponseMessage> outcome)
    {
        var repeatable = call.Key is null; // only a new post has a key
        var inTime = !(call.ReopensAt >= call.Deadline);
        return outcome switch
        {
            { Result.StatusCode: HttpStatusCode.TooManyRequests } => inTime,
            { Result.StatusCode: HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError } => repeatable
                && inTime,
            { Exception: HttpRequestException or TimeoutRejectedException } => repeatable || !call.MayHaveExecuted,
            _ => false,
        };
    }

    private static SocketsHttpHandler Sockets() =>
        new()
        {
            // Every request has a connection of its own: one that has died meanwhile would turn a plain fault into a post of unknown fate.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectTimeout = TimeSpan.FromSeconds(5),

            // A redirected POST would become a GET, and the token would go where nobody wanted it.
            AllowAutoRedirect = false,
            UseCookies = false,
        };

    [LoggerMessage(LogLevel.Information, "Mastodon did not answer well ({Failure}); trying again in {Seconds:0.0} s")]
    private partial void LogRetry(string failure, double seconds);
}
