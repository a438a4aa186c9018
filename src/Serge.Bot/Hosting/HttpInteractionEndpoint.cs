using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Serge.Bot.Hosting;

/// <summary>Receives interactions that Discord sends over HTTP, behind a proxy that terminates TLS. Several workers can
/// run side by side.</summary>
/// <remarks>Anybody can send requests, and Discord waits 3 s for an answer. So a request is refused by its headers
/// before its body is read, and every sender has a bounded share of the processor.</remarks>
internal sealed class HttpInteractionEndpoint(IInteractionEndpoint endpoint, DiscordSettings settings, Clocks clocks)
    : IWebEndpoint,
        IDisposable
{
    /// <summary>Source: Discord docs, Interactions/Receiving and Responding, type 1 (PONG).</summary>
    private static readonly byte[] Pong = "{\"type\":1}"u8.ToArray();

    /// <summary>Discord does not wait longer for the answer.</summary>
    private static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(3);

    private readonly PeerShares _shares = new();

    public string Setting => "Discord:Listen";

    public Uri Address => settings.Listen;

    /// <summary>Much more than any interaction of our commands, whose options have at most 100 characters.</summary>
    public int MaxBodyBytes => 64 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var response = context.Response;
        if (request.Path != InteractionEndpointCheck.Path)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = HttpMethods.Post;
            return;
        }

        if (request.ContentLength > MaxBodyBytes)
        {
            response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        using var bodyTimeout = new CancellationTokenSource(BodyTimeout, clocks.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, bodyTimeout.Token);
        try
        {
            var receipt = await ReceiveAsync(context, stop.Token);
            await AnswerAsync(response, receipt, context.RequestAborted);
        }
        catch (OperationCanceledException) when (bodyTimeout.IsCancellationRequested)
        {
            response.StatusCode = StatusCodes.Status408RequestTimeout;
        }
    }

    public void Dispose() => _shares.Dispose();

    private async Task<InteractionReceipt> ReceiveAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        string? signature = request.Headers["X-Signature-Ed25519"];
        string? timestamp = request.Headers["X-Signature-Timestamp"];
        if (!HttpInteractions.AreValidHeaders(signature, timestamp, clocks.System.GetUtcNow()))
        {
            return InteractionReceipt.Unauthorized;
        }

        using var share = _shares.TryEnter(GetPeer(context));
        if (share is null)
        {
            return InteractionReceipt.Busy;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(MaxBodyBytes);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                buffer.AsMemory(0, MaxBodyBytes),
                MaxBodyBytes,
                throwOnEndOfStream: false,
                cancellationToken
            );
            return await share.RunAsync(
                () => endpoint.Receive(signature, timestamp, buffer.AsSpan(0, length)),
                cancellationToken
            );
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The sender of a request. A proxy on this machine adds the address of its own sender to the end of
    /// <c>X-Forwarded-For</c>; what stands before it can be forged.</summary>
    private static IPAddress GetPeer(HttpContext context)
    {
        var peer = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (!IPAddress.IsLoopback(peer))
        {
            return peer;
        }

        string? forwarded = context.Request.Headers["X-Forwarded-For"];
        var last = forwarded?.Split(',')[^1].Trim();
        return IPAddress.TryParse(last, out var sender) ? sender : peer;
    }

    private static async Task AnswerAsync(
        HttpResponse response,
        InteractionReceipt receipt,
        CancellationToken cancellationToken
    )
    {
        response.StatusCode = GetStatus(receipt);
        if (receipt == InteractionReceipt.Pong)
        {
            response.ContentType = "application/json";
            await response.Body.WriteAsync(Pong, cancellationToken);
        }
    }

    private static int GetStatus(InteractionReceipt receipt) =>
        receipt switch
        {
            InteractionReceipt.Accepted => StatusCodes.Status202Accepted,
            InteractionReceipt.Pong => StatusCodes.Status200OK,
            InteractionReceipt.Malformed => StatusCodes.Status400BadRequest,
            InteractionReceipt.Unauthorized => StatusCodes.Status401Unauthorized,
            _ => StatusCodes.Status503ServiceUnavailable,
        };
}
