using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Serge.Bot.Simulator.Faults;

namespace Serge.Bot.Simulator.Discord.Gateway;

/// <summary>Takes WebSockets in and sees each through to its end.</summary>
internal static class GatewayEndpoint
{
    public const string Path = "/discord/gateway";
    public const string ResumePath = "/discord/gateway/resume";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

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
        using GatewayConnection connection = new(
            socket,
            query["compress"] == "zlib-stream",
            world.Clock,
            context.Abort
        );
        var atResumeUrl = context.Request.Path.StartsWithSegments(ResumePath, StringComparison.Ordinal);
        using GatewayProtocol protocol = new(world, connection, Url(context.Request, ResumePath), atResumeUrl);
        protocol.Open(query["v"], query["encoding"], query["compress"]);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            FaultyExchange.Stopping(context)
        );
        var writing = WriteAsync(connection, stopping.Token);
        var reading = ReadAsync(connection, protocol, stopping.Token);
        await Task.WhenAny(writing, reading);
        protocol.Ended();
        await LingerAsync(reading, world.Clock);
        await stopping.CancelAsync();
        await Task.WhenAll(writing, reading);
        await connection.AnswerCloseAsync();
    }

    /// <summary>Gives the bot time to answer our close.</summary>
    private static async Task LingerAsync(Task reading, TimeProvider clock)
    {
        try
        {
            await reading.WaitAsync(Grace, clock);
        }
        catch (TimeoutException)
        {
            // It does not; the connection is cut.
        }
    }

    private static async Task ReadAsync(
        GatewayConnection connection,
        GatewayProtocol protocol,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await foreach (var message in connection.ReadAsync(cancellationToken))
            {
                protocol.Receive(message);
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or IOException)
        {
            // The line went dead, a fault cut it, or the server stops.
            connection.Abort();
        }
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
