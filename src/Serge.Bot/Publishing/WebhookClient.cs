using System.Net;

namespace Serge.Bot.Publishing;

/// <summary>Sends alerts to the webhook, each in one attempt: the ledger repeats those that fail. No outcome and no
/// message contains its address, only the host.</summary>
internal sealed class WebhookClient : IDisposable
{
    /// <summary>The timeout of an attempt, from connecting to the status.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>A receiver cannot ask for a longer wait.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(24);

    private readonly WebhookSettings _settings;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;
    private readonly string _host;

    public WebhookClient(WebhookSettings settings, Clocks clocks)
        : this(settings, clocks.System, PlatformTransport.CreateForWebhook()) { }

    internal WebhookClient(WebhookSettings settings, TimeProvider clock, HttpMessageHandler transport)
    {
        _settings = settings;
        _clock = clock;
        _http = new HttpMessageInvoker(transport);
        _host = settings.Host;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends an alert once.</summary>
    public async Task<SendOutcome> SendAsync(Post post, SendDeadline deadline, CancellationToken cancellationToken)
    {
        using var request = WebhookRequest.Create(_settings, post, _clock.GetUtcNow(), deadline);
        using CancellationTokenSource timeout = new(Timeout, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await PlatformTransport.SendAndBufferAsync(
                () => SendAsync(request, linked.Token),
                maxResponseBytes: 0,
                linked.Token
            );
            return ToOutcome(response);
        }
        catch (SendDeadlineException e)
        {
            return new SendOutcome.Unavailable(e.Message);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            return ToFailure(request, e, $"Timeout: {_host} did not respond within {Timeout.TotalSeconds:0} s.");
        }
        catch (OperationCanceledException e)
        {
            return ToFailure(request, e, $"{_host} had not responded when the bot stopped waiting.");
        }
        catch (HttpRequestException e)
        {
            return ToFailure(request, e, $"{_host}: {PlatformTransport.Describe(e)}");
        }
    }

    /// <summary>Only the status counts, so the body is not read: the receiver chooses its length.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await _http.SendAsync(request, cancellationToken);
        response.Content.Dispose();
        response.Content = null;
        return response;
    }

    private SendOutcome ToOutcome(HttpResponseMessage response)
    {
        var status = response.StatusCode;
        var reason = $"The webhook at {_host} answered HTTP {(int)status}.";
        if (response.IsSuccessStatusCode)
        {
            return new SendOutcome.Sent(Id: null, Url: null);
        }

        if (!IsTemporary(status))
        {
            var (refusal, advice) = Explain(status);
            return new SendOutcome.Refused(refusal, $"{reason} {advice}");
        }

        if (MayHaveExecuted(status))
        {
            return new SendOutcome.Unknown(reason);
        }

        if (FindWait(response) is { } wait)
        {
            return new SendOutcome.RetryAfter(_clock.GetUtcNow() + wait, reason);
        }

        return new SendOutcome.Unavailable(reason);
    }

    private static SendOutcome ToFailure(HttpRequestMessage request, Exception failure, string reason)
    {
        if (PlatformTransport.MayHaveExecuted(request, failure))
        {
            return new SendOutcome.Unknown(reason);
        }

        return new SendOutcome.Unavailable(reason);
    }

    private static (Refusal Refusal, string Advice) Explain(HttpStatusCode status)
    {
        switch (status)
        {
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return (Refusal.Gone, "Check the address in Alerts:Webhook.");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return (Refusal.Forbidden, "Check the token in Alerts:Webhook, or Alerts:WebhookSecret.");
            case < HttpStatusCode.BadRequest:
                return (Refusal.Gone, "Redirects are not followed: set Alerts:Webhook to the final address.");
            default:
                return (Refusal.Payload, "Check that Alerts:WebhookFormat is the format of the receiver.");
        }
    }

    private static bool IsTemporary(HttpStatusCode status) =>
        status
            is HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError;

    /// <summary>With other failures than 503 the alert may have arrived: a proxy responds with 502 or 504 for a
    /// receiver whose response it lost.</summary>
    private static bool MayHaveExecuted(HttpStatusCode status) =>
        status
            is HttpStatusCode.RequestTimeout
                or (>= HttpStatusCode.InternalServerError and not HttpStatusCode.ServiceUnavailable);

    /// <summary>The wait of the header <c>Retry-After</c> (RFC 9110, 10.2.3).</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    private TimeSpan? FindWait(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - _clock.GetUtcNow();
        if (wait is not { } requested)
        {
            return null;
        }

        return TimeSpan.FromTicks(Math.Clamp(requested.Ticks, 0, MaxWait.Ticks));
    }
}
