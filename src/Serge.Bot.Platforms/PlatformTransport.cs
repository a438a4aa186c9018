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

    /// <summary>Adds the headers that every request to a Mastodon server has.</summary>
    public static void AddMastodonHeaders(HttpRequestHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var version = typeof(PlatformTransport).Assembly.GetName().Version?.ToString(2);
        headers.UserAgent.Add(new ProductInfoHeaderValue("Serge.Bot", version)); // GoToSocial answers 418 without it
        headers.Accept.ParseAdd("application/json");
        headers.AcceptLanguage.ParseAdd("en"); // the language of error messages
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
