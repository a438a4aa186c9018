using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Serge.Bot.Discord.Model;
using Serge.Bot.Discord.RateLimits;

namespace Serge.Bot.Discord.Rest;

/// <summary>Sends calls to Discord's REST interface. Every way to fail ends as a <see cref="RestResult"/>.</summary>
internal sealed class RestClient : IDisposable
{
    /// <summary>After a 401 the token is not shown again for so long: each such answer counts towards being shut out.</summary>
    private static readonly TimeSpan RestAfterRejection = TimeSpan.FromSeconds(10);

    private readonly Uri _address;
    private readonly TimeProvider _wire;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly string _userAgent;

    /// <summary>What Discord said of the token a moment ago, it would say again.</summary>
    private volatile Rejection? _rejection;

    private readonly RateLimiter _limiter;

    // No HttpClient: its own time-out and its own buffering would only be in the way.
    private readonly HttpMessageInvoker _http;

    public RestClient(
        DiscordClientOptions options,
        string userAgent,
        TimeProvider wire,
        Random random,
        ILoggerFactory loggers,
        HttpMessageHandler transport
    )
    {
        _address = options.ApiAddress.AbsoluteUri.EndsWith('/')
            ? options.ApiAddress
            : new Uri(options.ApiAddress.AbsoluteUri + "/");
        _wire = wire;
        _authorization = new("Bot", options.Token.Trim());
        _userAgent = userAgent;
        _limiter = new RateLimiter(options.RequestsPerSecond, wire, loggers.CreateLogger<RateLimiter>());
        _http = new HttpMessageInvoker(new DiscordPipeline(_limiter, wire, random, transport));
    }

    /// <summary>Sends a call.</summary>
    /// <param name="route">What is asked.</param>
    /// <param name="body">JSON, or nothing.</param>
    /// <param name="patience">How long it may take, waits included.</param>
    /// <param name="cancellationToken">Gives up; no exception follows from it.</param>
    public async Task<RestResult> SendAsync(
        Route route,
        byte[]? body,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        if (!route.IsExempt && _rejection is { } rejection && _wire.GetElapsedTime(rejection.At) < RestAfterRejection)
        {
            return rejection.Error;
        }

        var call = new Call(route, patience, _wire);
        using var request = new HttpRequestMessage(route.Method, new Uri(_address, route.Path));
        request.Options.Set(Call.OptionsKey, call);
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        if (!route.IsExempt)
        {
            request.Headers.Authorization = _authorization;
        }

        request.Content = body is null ? null : new JsonBody(body, call);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return await ResultOfAsync(response, call);
        }
        catch (RateLimitRejectedException e)
        {
            return call.IsDoubtful ? new RestResult.Lost(e.Message) : new RestResult.Later(e.Until, e.Message);
        }
        catch (Exception e) when (ReasonOf(e) is { } reason)
        {
            return call.IsDoubtful ? new RestResult.Lost(reason) : new RestResult.NotSent(reason);
        }
    }

    /// <summary>Asks for something.</summary>
    public async Task<Result<T>> ReadAsync<T>(
        Route route,
        JsonTypeInfo<T> type,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
        where T : class => JsonErrors.AnswerOf(await SendAsync(route, null, patience, cancellationToken), type);

    public void Dispose()
    {
        _http.Dispose();
        _limiter.Dispose();
    }

    private static string? ReasonOf(Exception e) =>
        e switch
        {
            BrokenCircuitException => "Discord has failed so often lately that it is left alone for a moment.",
            TimeoutRejectedException => "Discord did not answer in time.",
            OperationCanceledException => "We gave up before Discord answered.",
            HttpRequestException or IOException => $"No connection to Discord: {e.GetBaseException().Message}",
            _ => null,
        };

    private async Task<RestResult> ResultOfAsync(HttpResponseMessage response, Call call)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        if (response.IsSuccessStatusCode)
        {
            return new RestResult.Done(body, response.Headers.Date);
        }

        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            // As often as we try in one call. Whoever comes next waits at the limiter.
            var wait = RateLimitHeaders.From(response).RetryAfter ?? TimeSpan.Zero;
            return new RestResult.Later(_wire.GetUtcNow() + wait, "Discord says that we send too much.");
        }

        var error = ErrorOf(body);
        var result = new RestResult.Error(
            (int)response.StatusCode,
            error is null ? null : error.Code ?? 0,
            JsonErrors.Describe(error) ?? response.ReasonPhrase ?? "",
            call.IsDoubtful
        );
        if (!call.Route.IsExempt && JsonErrors.MeaningOf(result.Status, result.Code) == JsonErrors.Meaning.BadToken)
        {
            _rejection = new Rejection(result, _wire.GetTimestamp());
        }

        return result;
    }

    private static ApiError? ErrorOf(byte[] body)
    {
        try
        {
            // Whatever else it has, an error of Discord's has words.
            return JsonSerializer.Deserialize(body, DiscordJson.Default.ApiError) is { Message: not null } error
                ? error
                : null;
        }
        catch (JsonException)
        {
            // A proxy's page, or nothing at all.
            return null;
        }
    }

    private sealed record Rejection(RestResult.Error Error, long At);
}
