using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Serge.Bot.OnMastonet;

/// <summary>Adds what Mastonet lacks: any address, the idempotency key, a user agent, timeouts, retries of idempotent
/// calls, and the status of the response.</summary>
internal sealed partial class MastonetTransport : DelegatingHandler
{
    private const int MaxRetries = 3;

    private readonly MastodonClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly Lock _lock = new();
    private readonly BlockBackoff _block;
    private readonly long _start;

    public MastonetTransport(MastodonClientOptions options, TimeProvider clock, Random random, ILogger logger)
        : base(PlatformTransport.CreateForMastodon())
    {
        _options = options;
        _clock = clock;
        _logger = logger;
        _block = new BlockBackoff(random, MastodonRateLimits.FirstBlockWait);
        _start = clock.GetTimestamp();
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            // The caller holds a lease during the call, so all attempts and waits together have a limit.
            .AddTimeout(options.CallTimeout)
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
            ShouldHandle = args => ValueTask.FromResult(ShouldRetry(MastodonCall.Current, args.Outcome)),
            MaxRetryAttempts = MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            UseJitter = true,
            Randomizer = random.NextDouble,
            DelayGenerator = args => ValueTask.FromResult(GetRateLimitWait(args.Outcome)),
            OnRetry = args =>
            {
                LogRetry(Describe(args.Outcome), args.RetryDelay.TotalSeconds);
                return ValueTask.CompletedTask;
            },
        };

    /// <summary>The known wait for a rate limit; <see langword="null"/> for other failures.</summary>
    private TimeSpan? GetRateLimitWait(Outcome<HttpResponseMessage> outcome)
    {
        if (outcome.Result is not { StatusCode: HttpStatusCode.TooManyRequests })
        {
            return null;
        }

        var wait = MastodonCall.Current.ResetTime - _clock.GetUtcNow();
        if (wait < TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        return wait;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var call = MastodonCall.Current;
        request.RequestUri = new Uri(_options.Address, request.RequestUri!.PathAndQuery);
        PlatformTransport.AddMastodonHeaders(request.Headers);
        if (call.Key is { } key)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (request.Content is { } content)
        {
            request.Content = new DeadlineContent(content, call.SendDeadline);
        }

        return await _pipeline.ExecuteAsync(
            async attempt => await AttemptAsync(request, call, attempt),
            call.CancellationToken
        );
    }

    /// <summary>Sends one attempt, reads its response, and notes the result.</summary>
    private async Task<HttpResponseMessage> AttemptAsync(
        HttpRequestMessage request,
        MastodonCall call,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content as DeadlineContent;
        body?.BeginAttempt();
        call.Status = null;
        if (GetBlockWait() is var blocked && blocked > TimeSpan.Zero)
        {
            return Block(call, blocked);
        }

        var sentAt = _clock.GetElapsedTime(_start);
        try
        {
            var response = await PlatformTransport.SendAndBufferAsync(
                () => base.SendAsync(request, cancellationToken),
                _options.MaxResponseBytes,
                cancellationToken
            );
            call.MayHaveExecuted |= response.StatusCode != HttpStatusCode.TooManyRequests;

            call.Body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            Note(call, response, sentAt);
            return response;
        }
        catch (Exception e)
        {
            call.MayHaveExecuted |= PlatformTransport.MayHaveExecuted(request, e);
            throw;
        }
    }

    private TimeSpan GetBlockWait()
    {
        lock (_lock)
        {
            return _block.GetWait(_clock.GetElapsedTime(_start));
        }
    }

    /// <summary>Refuses an attempt during a block, as the server would.</summary>
    private HttpResponseMessage Block(MastodonCall call, TimeSpan wait)
    {
        call.Status = HttpStatusCode.TooManyRequests;
        call.ResetTime = _clock.GetUtcNow() + wait;
        call.Description = "The server blocks the bot's requests.";
        call.Body = [];
        return new HttpResponseMessage(HttpStatusCode.TooManyRequests);
    }

    /// <summary>A 429 without a time counts for all requests, and its waits grow.</summary>
    private void NoteBlock(MastodonCall call, HttpResponseMessage response, TimeSpan sentAt)
    {
        lock (_lock)
        {
            var now = _clock.GetElapsedTime(_start);
            if (response.IsSuccessStatusCode)
            {
                _block.Reset(sentAt);
            }
            else if (response.StatusCode == HttpStatusCode.TooManyRequests && call.ResetTime is null)
            {
                _block.Block(sentAt, now);
                call.ResetTime = _clock.GetUtcNow() + _block.GetWait(now);
            }
        }
    }

    private void Note(MastodonCall call, HttpResponseMessage response, TimeSpan sentAt)
    {
        var now = _clock.GetUtcNow();
        call.Status = response.StatusCode;
        call.ResetTime = MastodonRateLimits.GetResetTime(response, now);
        NoteBlock(call, response, sentAt);
        call.ClockOffset = ServerClock.GetOffset(response, now) ?? TimeSpan.Zero;
        call.Description = $"HTTP {(int)response.StatusCode}";
        if (response.Headers.Location is { } location)
        {
            call.Description += $": redirect to {location}";
        }
    }

    private static bool ShouldRetry(MastodonCall call, Outcome<HttpResponseMessage> outcome)
    {
        var isIdempotent = call.Key is null; // only a new post has a key
        if (outcome.Exception is HttpRequestException or TimeoutRejectedException)
        {
            return isIdempotent || !call.MayHaveExecuted;
        }

        var isInTime = !(call.ResetTime >= call.Deadline);
        return outcome.Result?.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => isInTime,
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => isIdempotent && isInTime,
            _ => false,
        };
    }

    private static string Describe(Outcome<HttpResponseMessage> outcome)
    {
        if (outcome.Result is { } response)
        {
            return $"HTTP {(int)response.StatusCode}";
        }

        return outcome.Exception?.GetType().Name ?? "";
    }

    [LoggerMessage(LogLevel.Information, "Mastodon request failed ({Failure}); retry in {Seconds:0.0} s")]
    private partial void LogRetry(string failure, double seconds);
}
