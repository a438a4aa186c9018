using System.Net;
using System.Net.Http.Headers;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Serge.Bot.Mastodon;

/// <summary>Sends calls to the server. Every failure of the server or the network ends as a
/// <see cref="CallResult"/>.</summary>
internal sealed class MastodonRestClient : IDisposable
{
    private readonly MastodonClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;
    private readonly Uri _root;
    private readonly string _token;

    public MastodonRestClient(
        MastodonClientOptions options,
        TimeProvider clock,
        Random random,
        ILogger logger,
        HttpMessageHandler transport
    )
    {
        _token = options.AccessToken.Trim();
        MastodonServers.ThrowIfInvalid(options.Address, _token);
        _options = options;
        _clock = clock;
        _root = new Uri(options.Address.GetLeftPart(UriPartial.Path).TrimEnd('/') + '/');
        _http = new HttpMessageInvoker(new MastodonResilienceHandler(options, clock, random, logger, transport));
    }

    public void Dispose() => _http.Dispose();

    public Task<CallResult> GetAsync(string route, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, route, json: null, cancellationToken);

    /// <summary>Sends a call that changes nothing when it is repeated.</summary>
    public async Task<CallResult> SendAsync(
        HttpMethod method,
        string route,
        byte[]? json,
        CancellationToken cancellationToken
    )
    {
        using var request = CreateRequest(method, route);
        if (json is not null)
        {
            request.Content = CreateContent(RequestBody.FromJson(json), SendDeadline.None);
        }

        return await SendAsync(request, isIdempotent: true, cancellationToken);
    }

    /// <summary>Uploads a file. It is not visible until a post contains it, so that an upload can be
    /// repeated.</summary>
    /// <remarks>Mastodon deletes files that no post contains after a day
    /// (<c>app/lib/vacuum/media_attachments_vacuum.rb</c>).</remarks>
    public async Task<CallResult> UploadAsync(
        string route,
        RequestBody form,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        using var request = CreateRequest(HttpMethod.Post, route);
        request.Content = CreateContent(form, deadline);
        return await SendAsync(request, isIdempotent: true, cancellationToken);
    }

    /// <summary>Sends a call that must not be executed twice.</summary>
    /// <param name="route">The path below the address.</param>
    /// <param name="json">The body.</param>
    /// <param name="key">The header <c>Idempotency-Key</c>.</param>
    /// <param name="deadline">Until when the body may begin to be sent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<CallResult> PostAsync(
        string route,
        byte[] json,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        using var request = CreateRequest(HttpMethod.Post, route);
        request.Headers.Add("Idempotency-Key", key);
        request.Content = CreateContent(RequestBody.FromJson(json), deadline);
        return await SendAsync(request, isIdempotent: false, cancellationToken);
    }

    private async Task<CallResult> SendAsync(
        HttpRequestMessage request,
        bool isIdempotent,
        CancellationToken cancellationToken
    )
    {
        var call = new MastodonCall(request.Method, isIdempotent, _clock.GetUtcNow() + _options.CallTimeout);
        call.AttachTo(request);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
            var answer = ReadResponse(response, body, call.ResetTime);
            if (answer.Status == HttpStatusCode.TooManyRequests && call.MayHaveExecuted)
            {
                // The limit refused the last attempt only.
                return new CallResult.Lost(answer.Description);
            }

            return new CallResult.Answered(answer);
        }
        catch (MastodonRateLimitException e) when (!call.MayHaveExecuted)
        {
            return new CallResult.RateLimited(e.Until, e.Message);
        }
        catch (Exception e) when (e is MastodonRateLimitException or SendDeadlineException)
        {
            return CreateFailure(call, e.Message);
        }
        catch (BrokenCircuitException)
        {
            return CreateFailure(call, $"The circuit breaker for {_root.Host} is open after repeated failures.");
        }
        catch (TimeoutRejectedException e)
        {
            return CreateFailure(call, $"Timeout: {_root.Host} did not respond within {e.Timeout.TotalSeconds:0} s.");
        }
        catch (OperationCanceledException) // by the caller, or by the transport
        {
            return CreateFailure(call, $"{_root.Host} had not responded when the bot stopped waiting.");
        }
        catch (HttpRequestException e)
        {
            var message = ServerMessage.ToLine(PlatformTransport.Describe(e), _token);
            return CreateFailure(call, $"{_root.Host}: {message}");
        }
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, string route)
    {
        var request = new HttpRequestMessage(method, new Uri(_root, route));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        PlatformTransport.AddMastodonHeaders(request.Headers);
        return request;
    }

    private static DeadlineContent CreateContent(RequestBody body, SendDeadline deadline) =>
        new(body.ToContent(), deadline);

    private MastodonResponse ReadResponse(HttpResponseMessage response, byte[] body, DateTimeOffset? resetTime)
    {
        var now = _clock.GetUtcNow();
        var description = ServerMessage.Describe(response, body, _token);
        return new(response.StatusCode, description, body)
        {
            ResetTime = resetTime,
            ClockOffset = ServerClock.GetOffset(response, now) ?? TimeSpan.Zero,
        };
    }

    private static CallResult CreateFailure(MastodonCall call, string reason)
    {
        if (call.MayHaveExecuted)
        {
            return new CallResult.Lost(reason);
        }

        return new CallResult.NotSent(reason);
    }
}
