using System.Net;
using Microsoft.AspNetCore.Http;

namespace Serge.Bot.Playground.Api;

/// <summary>Keeps other web sites out. A page of theirs, open in the same browser, could otherwise reach a server on this machine: by a form or
/// a script that posts across origins, or by a name of theirs that suddenly means 127.0.0.1.</summary>
internal static class LoopbackGuard
{
    /// <summary>Looks at a request.</summary>
    /// <param name="host">Its <c>Host</c>.</param>
    /// <param name="origin">Its <c>Origin</c>; empty where it has none, as with the bot's own requests.</param>
    /// <returns>Why it is refused, in a line; <see langword="null"/> when it is welcome.</returns>
    public static string? Refusal(HostString host, string? origin)
    {
        if (!IsLoopback(host.Host))
        {
            return "The playground answers to 127.0.0.1 and localhost only.";
        }

        return
            string.IsNullOrEmpty(origin) || string.Equals(origin, $"http://{host}", StringComparison.OrdinalIgnoreCase)
            ? null
            : "The playground answers its own page only.";
    }

    /// <summary>Middleware that lets through what is welcome.</summary>
    public static Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (Refusal(context.Request.Host, context.Request.Headers.Origin) is not { } reason)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(reason);
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
