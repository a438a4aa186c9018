using System.Net;

namespace Serge.Bot.Playground.Api;

/// <summary>Rejects the requests of other web sites. Another site in the same browser could otherwise reach a server on
/// this machine: by a cross-origin form or script, or by a domain name that resolves to 127.0.0.1.</summary>
internal static class LoopbackGuard
{
    /// <summary>Checks a request.</summary>
    /// <param name="host">The header <c>Host</c>.</param>
    /// <param name="origin">The header <c>Origin</c>; empty if there is none, as in the bot's own requests.</param>
    /// <returns>Why the request is rejected; <see langword="null"/> if it is allowed.</returns>
    public static string? Check(HostString host, string? origin)
    {
        if (!IsLoopback(host.Host))
        {
            return "The playground is available at 127.0.0.1 and localhost only.";
        }

        var isOwnPage = string.Equals(origin, $"http://{host}", StringComparison.OrdinalIgnoreCase);
        if (string.IsNullOrEmpty(origin) || isOwnPage)
        {
            return null;
        }

        return "The playground accepts requests from its own page only.";
    }

    /// <summary>Middleware that rejects requests with 403.</summary>
    public static Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (Check(context.Request.Host, context.Request.Headers.Origin) is not { } error)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(error);
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
