using System.Net.Http.Headers;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Serge.Bot.Mastodon.Rest;

/// <summary>Sends requests through the pipeline and tells what came of them. Nothing that a server or a network does makes it
/// throw.</summary>
internal sealed class MastodonRest : IDisposable
{
    /// <summary>What we call ourselves. GoToSocial answers 418 to a request without it.</summary>
    private static readonly ProductInfoHeaderValue UserAgent = new(
        "Serge.Bot",
        typeof(MastodonRest).Assembly.GetName().Version?.ToString(2)
    );

    private readonly MastodonClientOptions _options;
    private readonly TimeProvider _wire;
    private readonly HttpMessageInvoker _http;
    private readonly Uri _root;
    private readonly string _token;

    public MastodonRest(
        MastodonClientOptions options,
        TimeProvider wire,
        Random random,
        ILogger log,
        HttpMessageHandler transport
    )
    {
        if (!options.Address.IsAbsoluteUri || options.Address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException(
                "The address of a Mastodon server begins with http:// or https://.",
                nameof(options)
            );
        }

        _options = options;
        _wire = wire;
        _root = new Uri(options.Address.GetLeftPart(UriPartial.Path).TrimEnd('/') + '/');
        _token = options.AccessToken.Trim();
        if (_token.Length == 0 || _token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            // .NET's own message would quote the token.
            throw new ArgumentException(
                "The access token is empty, or has spaces or other characters that no token has.",
                nameof(options)
            );
        }

        _http = new HttpMessageInvoker(new MastodonPipeline(options, wire, random, log, transport));
    }

    /// <summary>The transport over real sockets.</summary>
    public static HttpMessageHandler Transport() =>
        new SocketsHttpHandler
        {
            // Every request has a connection of its own. A bot sends few, and a kept connection that has died meanwhile (snac closes
            // it without saying so) would turn a plain fault into a post of unknown fate.
            PooledConnectionLifetime = TimeSpan.Zero,

            // Shorter than an attempt: then a server that cannot be reached is known to have executed nothing.
            ConnectTimeout = TimeSpan.FromSeconds(5),

            // A redirected POST would become a GET, and the token would go where nobody wanted it.
            AllowAutoRedirect = false,
            UseCookies = false,
        };

    public void Dispose() => _http.Dispose();

    public Task<Exchange> GetAsync(string route, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, route, json: null, key: null, cancellationToken);

    public async Task<Exchange> SendAsync(
        HttpMethod method,
        string route,
        byte[]? json,
        string? key,
        CancellationToken cancellationToken
    )
    {
        var call = new Call(method, _wire.GetUtcNow() + _options.Patience);
        using var request = Request(method, route, json, key);
        call.AttachTo(request);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return Answered(response, await response.Content.ReadAsByteArrayAsync(CancellationToken.None));
        }
        catch (RateLimitedException e)
        {
            return new Exchange.NotSent(e.Message, e.Until);
        }
        catch (BrokenCircuitException)
        {
            return new Exchange.NotSent($"{_root.Host} keeps failing and is left alone for a while.");
        }
        catch (TimeoutRejectedException e)
        {
            return Unanswered(call, $"{_root.Host} did not answer within {e.Timeout.TotalSeconds:0} s.");
        }
        catch (OperationCanceledException) // by the caller, or by the transport itself
        {
            return Unanswered(call, $"Gave up waiting for {_root.Host}.");
        }
        catch (HttpRequestException e)
        {
            return Unanswered(
                call,
                $"{_root.Host}: {ServerWords.Line($"{e.Message} {e.InnerException?.Message}", _token)}"
            );
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string route, byte[]? json, string? key)
    {
        var request = new HttpRequestMessage(method, new Uri(_root, route));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.AcceptLanguage.ParseAdd("en"); // errors come in the language asked for
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (json is not null)
        {
            request.Content = new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } };
        }

        return request;
    }

    private Exchange.Answered Answered(HttpResponseMessage response, byte[] body)
    {
        var now = _wire.GetUtcNow();
        return new(response.StatusCode, ServerWords.Of(response, body, _token), body)
        {
            ReopensAt = MastodonLimits.ReopensAt(response, now),
            ClockLead = response.Headers.Date is { } date ? date - now : TimeSpan.Zero,
        };
    }

    private static Exchange Unanswered(Call call, string reason) =>
        call.MayHaveExecuted ? new Exchange.Lost(reason) : new Exchange.NotSent(reason);
}
