using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.RateLimits;

namespace Serge.Bot.Discord.Rest;

/// <summary>Sends calls to Discord's REST API. Every failure ends as a <see cref="RestResult"/>.</summary>
internal sealed class RestClient : IDisposable
{
    /// <summary>After a 401 no request is sent for this time, because each 401 counts towards a ban.</summary>
    private static readonly TimeSpan PauseAfterInvalidToken = TimeSpan.FromSeconds(10);

    private const int MaxReasonLength = 300;

    private readonly Uri _address;
    private readonly TimeProvider _clock;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly string _userAgent;
    private readonly RateLimiter _limiter;

    // Not HttpClient, which has a timeout and a buffer of its own.
    private readonly HttpMessageInvoker _http;

    /// <summary>The latest refusal of the token.</summary>
    private volatile TokenRefusal? _invalidToken;

    public RestClient(
        RestSettings settings,
        TimeProvider clock,
        Random random,
        ILoggerFactory loggers,
        HttpMessageHandler transport
    )
    {
        var address = settings.Address.AbsoluteUri;
        _address = new Uri(address.TrimEnd('/') + "/");
        _clock = clock;
        _authorization = new("Bot", settings.Token);
        _userAgent = settings.UserAgent;
        _limiter = new RateLimiter(settings.RequestsPerSecond, clock, random, loggers.CreateLogger<RateLimiter>());
        _http = new HttpMessageInvoker(new DiscordResilienceHandler(_limiter, clock, random, transport));
    }

    /// <summary>Sends a call that no other worker sends.</summary>
    public Task<RestResult> SendAsync(
        Route route,
        RequestBody? body,
        TimeSpan timeout,
        CancellationToken cancellationToken
    ) => SendAsync(route, body, timeout, SendDeadline.None, cancellationToken);

    /// <summary>Sends a call. Cancellation does not throw.</summary>
    /// <param name="route">The method and the path.</param>
    /// <param name="body">JSON or a form, or nothing.</param>
    /// <param name="timeout">The timeout of the call, waits and retries included.</param>
    /// <param name="deadline">Until when the body may begin to be sent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<RestResult> SendAsync(
        Route route,
        RequestBody? body,
        TimeSpan timeout,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        if (!route.IsInteractionResponse && GetRecentTokenError() is { } tokenError)
        {
            return tokenError;
        }

        var call = new DiscordCall(route, timeout, _clock) { Deadline = deadline };
        using var request = CreateRequest(call, body);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return await ReadResponseAsync(response, call);
        }
        catch (Exception e) when (Describe(e) is { } reason)
        {
            if (call.MayHaveExecuted)
            {
                return new RestResult.Lost(reason);
            }

            if (e is RateLimitRejectedException rejection)
            {
                return new RestResult.RateLimited(rejection.Until, reason);
            }

            return new RestResult.NotSent(reason);
        }
    }

    /// <summary>Reads a resource, a JSON object.</summary>
    public async Task<Result<T>> ReadAsync<T>(
        Route route,
        Func<JsonElement?, T> read,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var result = await SendAsync(route, null, timeout, cancellationToken);
        return ResponseDecoder.ToResult(result, json => json.Object(read));
    }

    /// <summary>Reads a list of resources, a JSON array of objects.</summary>
    public async Task<Result<T[]>> ReadListAsync<T>(
        Route route,
        Func<JsonElement?, T> read,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var result = await SendAsync(route, null, timeout, cancellationToken);
        return ResponseDecoder.ToResult(result, json => json.Objects(read));
    }

    public void Dispose()
    {
        _http.Dispose();
        _limiter.Dispose();
    }

    private HttpRequestMessage CreateRequest(DiscordCall call, RequestBody? body)
    {
        var request = new HttpRequestMessage(call.Route.Method, new Uri(_address, call.Route.Path));
        request.Options.Set(DiscordCall.OptionsKey, call);
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        if (!call.Route.IsInteractionResponse)
        {
            request.Headers.Authorization = _authorization;
        }

        if (body is not null)
        {
            request.Content = new CallContent(body, call);
        }

        return request;
    }

    private RestResult.Error? GetRecentTokenError()
    {
        var latest = _invalidToken;
        if (latest is null || _clock.GetElapsedTime(latest.At) >= PauseAfterInvalidToken)
        {
            return null;
        }

        return latest.Error;
    }

    private static string? Describe(Exception e) =>
        e switch
        {
            RateLimitRejectedException or SendDeadlineException => e.Message,
            BrokenCircuitException => "The circuit breaker for Discord is open after repeated failures.",
            TimeoutRejectedException => "Timeout: Discord did not respond in time.",
            OperationCanceledException => "Discord had not responded when the bot stopped waiting.",
            HttpRequestException failure => SingleLine.Create(
                $"Connection to Discord failed: {PlatformTransport.Describe(failure)}",
                MaxReasonLength
            ),
            _ => null,
        };

    private async Task<RestResult> ReadResponseAsync(HttpResponseMessage response, DiscordCall call)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        var status = (int)response.StatusCode;
        var isFromDiscord = DiscordErrors.IsFromDiscord(status, body);
        if (response.IsSuccessStatusCode && !isFromDiscord)
        {
            return new RestResult.Lost($"{DiscordErrors.DescribeForeign(status)}.");
        }

        if (response.IsSuccessStatusCode)
        {
            var offset = ServerClock.GetOffset(response, _clock.GetUtcNow());
            return new RestResult.Success(body, offset);
        }

        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            // The retries of this call are exhausted. The limiter delays the next call.
            const string Reason = "Discord's rate limit is exhausted (HTTP 429).";
            if (call.MayHaveExecuted && call.Route.Method != HttpMethod.Get)
            {
                // The limit refused the last attempt only.
                return new RestResult.Lost(Reason);
            }

            return new RestResult.RateLimited(_clock.GetUtcNow() + _limiter.GetDelay(call.Route), Reason);
        }

        var error = ResponseDecoder.ParseError(body);
        int? code = isFromDiscord ? error?.Code ?? 0 : null;
        var message = ResponseDecoder.Describe(error) ?? response.ReasonPhrase ?? "";
        var result = new RestResult.Error(status, code, message, call.MayHaveExecuted);
        var kind = ResponseDecoder.Classify(result);
        if (kind == DiscordErrorKind.InvalidToken && !call.Route.IsInteractionResponse)
        {
            _invalidToken = new TokenRefusal(result, _clock.GetTimestamp());
        }

        return result;
    }

    private sealed record TokenRefusal(RestResult.Error Error, long At);
}

/// <summary>Settings of a <see cref="RestClient"/>. A class, so that it does not print the token.</summary>
internal sealed class RestSettings
{
    /// <summary>The address of the API with its version.</summary>
    public required Uri Address { get; init; }

    public required string Token { get; init; }

    public required string UserAgent { get; init; }

    public required double RequestsPerSecond { get; init; }
}
