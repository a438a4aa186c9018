using System.Net.WebSockets;

namespace Serge.Bot.Simulator.Discord;

/// <summary>Accepts WebSocket connections and serves each until its end.</summary>
internal static class GatewayEndpoint
{
    public const string Path = "/discord/gateway";
    public const string ResumePath = "/discord/gateway/resume";

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    public static string GetUrl(HttpRequest request, string path)
    {
        var scheme = request.IsHttps ? "wss" : "ws";
        return $"{scheme}://{request.Host}{request.PathBase}{path}";
    }

    public static async Task ServeAsync(HttpContext context, DiscordWorld world)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        var request = context.Request;
        string? compress = request.Query["compress"];
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
        using GatewayServerConnection socket = new(webSocket, compress == "zlib-stream", world.Clock, context.Abort);
        var resumeUrl = GetUrl(request, ResumePath);
        var isAtResumeUrl = request.Path.StartsWithSegments(ResumePath, StringComparison.Ordinal);
        using GatewayProtocol protocol = new(world, socket, resumeUrl, isAtResumeUrl);
        protocol.HandleConnected(request.Query["v"], request.Query["encoding"], compress);
        var serverStopping = FaultInjection.GetStopping(context);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, serverStopping);
        var sender = RunSenderAsync(socket, stopping.Token);
        var receiver = RunReceiverAsync(socket, protocol, stopping.Token);
        await Task.WhenAny(sender, receiver);
        protocol.HandleDisconnected();
        await WaitForCloseAsync(receiver, world.Clock);
        await stopping.CancelAsync();
        await Task.WhenAll(sender, receiver);
        await socket.CompleteCloseAsync();
    }

    /// <summary>Waits until the bot has closed its side, at most <see cref="CloseTimeout"/>.</summary>
    private static async Task WaitForCloseAsync(Task receiver, TimeProvider clock)
    {
        try
        {
            await receiver.WaitAsync(CloseTimeout, clock);
        }
        catch (TimeoutException)
        {
            // The caller aborts the connection.
        }
    }

    private static async Task RunReceiverAsync(
        GatewayServerConnection socket,
        GatewayProtocol protocol,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await foreach (var message in socket.ReceiveAsync(cancellationToken))
            {
                protocol.HandleMessage(message);
            }
        }
        catch (Exception exception) when (IsDisconnect(exception))
        {
            socket.Abort();
        }
    }

    private static async Task RunSenderAsync(GatewayServerConnection socket, CancellationToken cancellationToken)
    {
        try
        {
            await socket.RunSenderAsync(cancellationToken);
        }
        catch (Exception exception) when (IsDisconnect(exception))
        {
            socket.Abort();
        }
    }

    /// <summary>Whether the bot has disconnected, a fault has aborted the connection, or the server stops.</summary>
    private static bool IsDisconnect(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException;
}
