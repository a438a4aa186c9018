using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Discord.Net.Rest;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Serge.Bot.OnDiscordNet;

/// <summary>Discord.Net's door to the network, at an address of our choice: even pace, retries where they do no harm, and an exact account of
/// each attempt. Limits of buckets are Discord.Net's own affair.</summary>
internal sealed partial class Transport : IRestClient
{
    private const int MaxRetries = 3;

    private readonly DiscordClientOptions _options;
    private readonly Pace _pace;
    private readonly TimeProvider _wire;
    private readonly ILogger _log;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private CancellationToken _ended;

    public Transport(DiscordClientOptions options, Pace pace, TimeProvider wire, Random random, ILogger log)
    {
        _options = options;
        _pace = pace;
        _wire = wire;
        _log = log;
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                // A redirect of an API is a fault, and cookies would tie requests together that have nothing to do with each other.
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var chance = new Lock();
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = wire }
            // Retry: most faults last a second. What may have been executed is not repeated, unless a repetition does no harm.
            .AddRetry(
                new RetryStrategyOptions<HttpResponseMessage>
                {
                    ShouldHandle = args => ValueTask.FromResult(MayTryAgain(Call.Current, args.Outcome)),
                    MaxRetryAttempts = MaxRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromMilliseconds(300),
                    UseJitter = true,
                    Randomizer = () =>
                    {
                        lock (chance)
                        {
                            return random.NextDouble();
                        }
                    },
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

    public void SetHeader(string key, string value)
    {
        _http.DefaultRequestHeaders.Remove(key);
        if (value is not null)
        {
            _http.DefaultRequestHeaders.Add(key, value);
        }
    }

    public void SetCancelToken(CancellationToken cancelToken) => _ended = cancelToken;

    public Task<RestResponse> SendAsync(
        string method,
        string endpoint,
        CancellationToken cancelToken,
        bool headerOnly = false,
        string? reason = null,
        IEnumerable<KeyValuePair<string, IEnumerable<string>>>? requestHeaders = null
    ) => ExchangeAsync(method, endpoint, json: null, cancelToken);

    public Task<RestResponse> SendAsync(
        string method,
        string endpoint,
        string json,
        CancellationToken cancelToken,
        bool headerOnly = false,
        string? reason = null,
        IEnumerable<KeyValuePair<string, IEnumerable<string>>>? requestHeaders = null
    ) => ExchangeAsync(method, endpoint, json, cancelToken);

    public Task<RestResponse> SendAsync(
        string method,
        string endpoint,
        IReadOnlyDictionary<string, object> multipartParams,
        CancellationToken cancelToken,
        bool headerOnly = false,
        string? reason = null,
        IEnumerable<KeyValuePair<string, IEnumerable<string>>>? requestHeaders = null
    ) => throw new NotSupportedException("The bot sends no files.");

    public void Dispose() => _http.Dispose();

    private async Task<RestResponse> ExchangeAsync(
        string method,
        string endpoint,
        string? json,
        CancellationToken cancelToken
    )
    {
        var call = Call.Current ?? new Call(CancellationToken.None);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancelToken, call.CancellationToken, _ended);
        if (json is not null && call.Amend is { } amend && JsonNode.Parse(json) is { } body)
        {
            amend(body);
            json = body.ToJsonString();
        }

        using var response = await _pipeline.ExecuteAsync(
            static async (state, stop) =>
                await state.Self.AttemptAsync(
                    state.Call,
                    new HttpMethod(state.Method),
                    state.Endpoint,
                    state.Json,
                    stop
                ),
            (Self: this, Call: call, Method: method, Endpoint: endpoint, Json: json),
            over.Token
        );
        var headers = response.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.First(),
            StringComparer.OrdinalIgnoreCase
        );
        return new RestResponse(
            response.StatusCode,
            headers,
            new MemoryStream(await response.Content.ReadAsByteArrayAsync(CancellationToken.None))
        );
    }

    /// <summary>One attempt with the whole of its answer. Keeps the call's account of it.</summary>
    private async Task<HttpResponseMessage> AttemptAsync(
        Call call,
        HttpMethod method,
        string endpoint,
        string? json,
        CancellationToken cancellationToken
    )
    {
        if (!call.IsAnswer)
        {
            await _pace.WaitAsync(cancellationToken);
        }

        using var request = new HttpRequestMessage(method, new Uri(_options.ApiAddress, endpoint));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        var before = call.AfterDoubt = call.MayHaveExecuted;
        call.MayHaveExecuted = true;
        call.Status = null;
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            var now = _wire.GetUtcNow();
            call.Status = response.StatusCode;
            call.ClockLead = response.Headers.Date is { } date ? date - now : TimeSpan.Zero;
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                call.MayHaveExecuted = before;
                call.ReopensAt = now + (RetryAfter(response) ?? TimeSpan.FromSeconds(1));
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
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Retry-After", out var values)
        && double.TryParse(
            values.First(),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var seconds
        )
            ? TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds))
            : null;

    private static bool MayTryAgain(Call? call, Outcome<HttpResponseMessage> outcome) =>
        outcome switch
        {
            { Result.StatusCode: HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError } =>
                call?.IsRepeatable ?? true,
            { Exception: HttpRequestException or TimeoutRejectedException } => call
                is null
                    or { IsRepeatable: true }
                    or { MayHaveExecuted: false },
            _ => false,
        };

    [LoggerMessage(LogLevel.Information, "Discord did not answer well ({Failure}); trying again in {Seconds:0.0} s")]
    private partial void LogRetry(string failure, double seconds);
}

/// <summary>Sends requests evenly: Discord.Net keeps the limits of buckets, but not that of all requests together.</summary>
internal sealed class Pace(double perSecond, TimeProvider wire)
{
    /// <summary>What is sent evenly arrives less so; a little slower keeps every second under the limit.</summary>
    private readonly TimeSpan _step = TimeSpan.FromSeconds(1 / perSecond) * 1.02;
    private readonly Lock _lock = new();
    private DateTimeOffset _next;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = wire.GetUtcNow();
            _next = _next > now ? _next : now;
            wait = _next - now;
            _next += _step;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, wire, cancellationToken) : Task.CompletedTask;
    }
}
