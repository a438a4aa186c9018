using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Simulator.Discord.Gateway;

/// <summary>Takes WebSockets in and sees each through to its end.</summary>
internal static class GatewayEndpoint
{
    public const string Path = "/discord/gateway";
    public const string ResumePath = "/discord/gateway/resume";

    public static string Url(HttpRequest request, string path) =>
        $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}{request.PathBase}{path}";

    public static async Task HandleAsync(HttpContext context, DiscordWorld world)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        var query = context.Request.Query;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using GatewayConnection connection = new(socket, query["compress"] == "zlib-stream", world.Clock, context.Abort);
        var atResumeUrl = context.Request.Path.StartsWithSegments(ResumePath, StringComparison.Ordinal);
        using GatewayProtocol protocol = new(world, connection, Url(context.Request, ResumePath), atResumeUrl);
        protocol.Open(query["v"], query["encoding"], query["compress"]);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, FaultyExchange.Stopping(context));
        var writing = WriteAsync(connection, ended.Token);
        try
        {
            await foreach (var message in connection.ReadAsync(ended.Token))
            {
                protocol.Receive(message);
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or IOException)
        {
            // The line went dead, a fault cut it, or the server stops.
            connection.Abort();
        }

        protocol.Ended();
        await ended.CancelAsync();
        await writing;
        await connection.AnswerCloseAsync();
    }

    private static async Task WriteAsync(GatewayConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.WriteAsync(cancellationToken);
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or IOException)
        {
            connection.Abort();
        }
    }
}
