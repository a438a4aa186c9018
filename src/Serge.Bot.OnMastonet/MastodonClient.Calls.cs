using System.Net.Http.Headers;
using Mastonet;
using Polly.Timeout;

namespace Serge.Bot.OnMastonet;

/// <content>Calls Mastonet, and sends what Mastonet has no call for.</content>
public sealed partial class MastodonClient
{
    private const int MaxMessageLength = 200;

    private async Task<SendOutcome> WriteAsync(
        Func<Task> write,
        string? key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        var call = await CallAsync(write, key, deadline, cancellationToken);
        return await ToOutcomeAsync(call, cancellationToken);
    }

    private async Task<SendOutcome> ToOutcomeAsync(MastodonCall call, CancellationToken cancellationToken)
    {
        // The server refused the status or the token. With an invalid token, the post must be kept for later.
        if (
            call.Response is { IsRefusalWithoutBody: true }
            && await GetAccountAsync(cancellationToken) is not Result<MastodonAccount>.Success
        )
        {
            return new SendOutcome.Unavailable(MastodonErrors.DescribeProbablyInvalidToken(call.Description));
        }

        return MastodonResponseDecoder.ToOutcome(call);
    }

    private async Task<MediaAnswer> SendMediaAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        var call = await CallAsync(
            () => SendDirectlyAsync(request.Route, request.Form, cancellationToken),
            key: null,
            request.Deadline,
            cancellationToken
        );
        if (call.Response is { IsSuccess: true })
        {
            return new MediaAnswer(call.Status, call.Body, IsGone: false, Failure: null);
        }

        var failure = await ToOutcomeAsync(call, cancellationToken);
        return new MediaAnswer(call.Status, call.Body, call.Response is { IsGone: true }, failure);
    }

    /// <summary>Reads what Mastonet has no call for: one type of notifications, and the featured
    /// hashtags of an account.</summary>
    private Task<MastodonCall> GetDirectlyAsync(string route, CancellationToken cancellationToken) =>
        CallAsync(() => SendDirectlyAsync(route, form: null, cancellationToken), cancellationToken);

    /// <summary>Sends a GET, or a POST of a form. Mastonet uploads with version 1 of the API, writes names without
    /// quotation marks, which some servers refuse, and cannot read the state of an upload.</summary>
    private async Task SendDirectlyAsync(string route, RequestBody? form, CancellationToken cancellationToken)
    {
        var address = _options.Address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var method = form is null ? HttpMethod.Get : HttpMethod.Post;
        using HttpRequestMessage message = new(method, new Uri($"{address}/{route}"));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.AccessToken.Trim());
        message.Content = form?.ToContent();
        using var response = await _http.SendAsync(message, cancellationToken);
    }

    /// <summary>Calls Mastonet for something that changes nothing when it is repeated.</summary>
    private Task<MastodonCall> CallAsync(Func<Task> run, CancellationToken cancellationToken) =>
        CallAsync(run, key: null, SendDeadline.None, cancellationToken);

    /// <summary>Calls Mastonet and notes the result. Its exceptions say less than the status.</summary>
    private async Task<MastodonCall> CallAsync(
        Func<Task> run,
        string? key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        var host = _options.Address.Host;
        var call = new MastodonCall(key, _clock.GetUtcNow() + _options.CallTimeout, cancellationToken)
        {
            SendDeadline = deadline,
        };
        MastodonCall.Current = call;
        try
        {
            await run();
        }
        catch (ServerErrorException e)
        {
            call.Description = $"{call.Description}: {ToLine(e.Message)}";
        }
        catch (TimeoutRejectedException e)
        {
            call.Description = $"Timeout: {host} did not respond within {e.Timeout.TotalSeconds:0} s.";
            call.Status = null;
        }
        catch (SendDeadlineException e)
        {
            call.Description = e.Message;
            call.Status = null;
        }
        catch (HttpRequestException e)
        {
            call.Description = $"{host}: {ToLine(PlatformTransport.Describe(e))}";
            call.Status = null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            call.Description = $"{host} had not responded when the bot stopped waiting.";
            call.Status = null;
        }
        catch (Exception) when (call.Status is not null)
        {
            // Mastonet could not read the response: empty, a web page, or of another form.
        }

        return call;
    }

    /// <summary>A text as one line, without the token in case the server repeats it.</summary>
    private string ToLine(string text)
    {
        var withoutToken = text.Replace(_options.AccessToken.Trim(), "…", StringComparison.Ordinal);
        return SingleLine.Create(withoutToken, MaxMessageLength);
    }
}
