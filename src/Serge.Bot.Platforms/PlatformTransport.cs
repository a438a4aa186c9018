using System.Net;
using System.Net.Http.Headers;

namespace Serge.Bot.Platforms;

/// <summary>The network connections of the clients.</summary>
public static class PlatformTransport
{
    /// <summary>Creates the transport to Discord's REST API.</summary>
    public static SocketsHttpHandler CreateForDiscord() =>
        new()
        {
            // An API does not redirect, and cookies would connect unrelated requests.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            // Addresses change, so a connection has a maximum lifetime.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        };

    /// <summary>Creates the transport to a Mastodon server.</summary>
    public static SocketsHttpHandler CreateForMastodon() =>
        new()
        {
            // Every request has its own connection. A bot sends few, and a pooled connection that the server has closed
            // silently (as snac does) would turn a simple failure into a post with unknown outcome.
            PooledConnectionLifetime = TimeSpan.Zero,

            // Shorter than an attempt: a server that cannot be reached has executed nothing.
            ConnectTimeout = TimeSpan.FromSeconds(5),

            // A redirect would turn POST into GET and send the token to another address.
            AllowAutoRedirect = false,
            UseCookies = false,
        };

    /// <summary>Creates the transport to a webhook, which like a Mastodon server gets few requests.</summary>
    public static SocketsHttpHandler CreateForWebhook() => CreateForMastodon();

    /// <summary>The header <c>User-Agent</c>: the name of the program and its version.</summary>
    public static ProductInfoHeaderValue UserAgent { get; } = new("Serge.Bot", ProgramVersion.Text);

    /// <summary>Adds the headers that every request to a Mastodon server has.</summary>
    public static void AddMastodonHeaders(HttpRequestHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        // GoToSocial answers 418 without it.
        headers.UserAgent.Add(UserAgent);
        headers.Accept.ParseAdd("application/json");
        headers.AcceptLanguage.ParseAdd("en"); // the language of error messages
    }

    /// <summary>Sends a request and reads the whole response. Every failure of the network is an
    /// <see cref="HttpRequestException"/>, or an <see cref="OperationCanceledException"/> if the attempt was
    /// cancelled.</summary>
    /// <remarks>The one place of all clients where it is decided what a failure of the network is. .NET documents
    /// <see cref="HttpRequestException"/>, and now and then throws others: a bare <c>SocketException</c> from its
    /// connection pool after a TCP reset, <see cref="IOException"/>, <c>AuthenticationException</c>,
    /// <see cref="ObjectDisposedException"/>, <see cref="InvalidOperationException"/>, <c>InvalidDataException</c> for
    /// a body that cannot be decompressed.</remarks>
    /// <param name="send">Sends the request.</param>
    /// <param name="maxResponseBytes">A longer response is a failure.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="HttpRequestException">The network failed.</exception>
    /// <exception cref="OperationCanceledException">The attempt was cancelled.</exception>
    /// <exception cref="SendDeadlineException">The deadline had passed before the body was sent.</exception>
    public static async Task<HttpResponseMessage> SendAndBufferAsync(
        Func<Task<HttpResponseMessage>> send,
        long maxResponseBytes,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(send);
        HttpResponseMessage? response = null;
        try
        {
            response = await send();
            await response.Content.LoadIntoBufferAsync(maxResponseBytes, cancellationToken);
            return response;
        }
        catch (Exception e)
        {
            response?.Dispose();
            if (ToFailure(e, cancellationToken) is { } failure)
            {
                throw failure;
            }

            throw;
        }
    }

    /// <summary>Whether a failed attempt may have been executed: a byte of its body was written, or, without a body,
    /// the connection was established.</summary>
    /// <param name="request">The request; its body is a <see cref="DeadlineContent"/>.</param>
    /// <param name="failure">What <see cref="SendAndBufferAsync"/> threw.</param>
    public static bool MayHaveExecuted(HttpRequestMessage request, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Content is DeadlineContent body)
        {
            return body.HasStarted;
        }

        return failure is not HttpRequestException exception || !FailedToConnect(exception);
    }

    /// <summary>Describes a failure of the network, with its cause.</summary>
    public static string Describe(HttpRequestException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var cause = failure.GetBaseException().Message;
        // The message of a refused connection is that of its cause, with the address.
        if (failure.Message.Contains(cause, StringComparison.Ordinal))
        {
            return failure.Message;
        }

        return $"{SingleLine.EndSentence(failure.Message)} {cause}";
    }

    /// <returns><see langword="null"/> if the exception is thrown as it is.</returns>
    private static Exception? ToFailure(Exception exception, CancellationToken cancellationToken)
    {
        if (exception is HttpRequestException or SendDeadlineException)
        {
            return null;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            // A cancellation closes the connection, which may fail before the cancellation is noticed.
            var isCancellation = exception is OperationCanceledException;
            return isCancellation ? null : new OperationCanceledException("Cancelled.", exception, cancellationToken);
        }

        // The transport's own timeout, which exists for connecting only.
        if (exception is OperationCanceledException { InnerException: TimeoutException })
        {
            const string Message = "Timeout while connecting.";
            return new HttpRequestException(HttpRequestError.ConnectionError, Message, exception);
        }

        return new HttpRequestException("The connection failed.", exception);
    }

    /// <summary>Whether a request failed before it was sent, so that the server has not executed it.</summary>
    public static bool FailedToConnect(HttpRequestException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.HttpRequestError
            is HttpRequestError.NameResolutionError
                or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;
    }
}
