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

    /// <summary>Discord does not wait longer for the response.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(3);

    private readonly PeerRequestLimiter _limiter = new();

    public string Setting => "Discord:Listen";

    public Uri Address => settings.Listen;

    /// <summary>More than any interaction of our commands. The largest are those of commands in the menu of a message:
    /// they contain the message with its embeds, and each user whom it mentions.</summary>
    /// <remarks>Source: Discord docs, Interactions/Receiving and Responding, Resolved Data Structure.</remarks>
    public int MaxBodyBytes => 256 * 1024;

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

        using var timeout = new CancellationTokenSource(ResponseTimeout, clocks.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, timeout.Token);
        InteractionResponse reply = new();
        InteractionReceipt receipt;
        try
        {
            receipt = await ReceiveAsync(context, reply, stop.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            response.StatusCode = StatusCodes.Status408RequestTimeout;
            return;
        }

        if (receipt == InteractionReceipt.Pending)
        {
            await SendReplyAsync(context, reply, stop.Token);
            return;
        }

        response.StatusCode = GetStatus(receipt);
        if (receipt == InteractionReceipt.Pong)
        {
            await WriteJsonAsync(response, Pong, context.RequestAborted);
        }
    }

    public void Dispose() => _limiter.Dispose();

    private async Task<InteractionReceipt> ReceiveAsync(
        HttpContext context,
        InteractionResponse reply,
        CancellationToken cancellationToken
    )
    {
        var request = context.Request;
        string? signature = request.Headers["X-Signature-Ed25519"];
        string? timestamp = request.Headers["X-Signature-Timestamp"];
        if (!HttpInteractions.AreValidHeaders(signature, timestamp, clocks.System.GetUtcNow()))
        {
            return InteractionReceipt.Unauthorized;
        }

        // A chunked body has no length. Discord's have one, mostly of a few kilobytes.
        var maxLength = (int)(request.ContentLength ?? MaxBodyBytes);
        using var admitted = _limiter.TryEnter(GetPeer(context), maxLength);
        if (admitted is null)
        {
            return InteractionReceipt.Busy;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(maxLength);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                buffer.AsMemory(0, maxLength),
                maxLength,
                throwOnEndOfStream: false,
                cancellationToken
            );
            return await admitted.RunAsync(
                () => endpoint.Receive(signature, timestamp, buffer.AsSpan(0, length), reply),
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

    /// <summary>Sends the reply as the response when it is ready. Without one in time, the response is 202, and the
    /// reply is a request to Discord.</summary>
    private static async Task SendReplyAsync(
        HttpContext context,
        InteractionResponse reply,
        CancellationToken cancellationToken
    )
    {
        var isSent = false;
        try
        {
            var body = await reply.WaitAsync(cancellationToken);
            if (body is null)
            {
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                return;
            }

            await WriteJsonAsync(context.Response, body, context.RequestAborted);
            await context.Response.CompleteAsync();
            isSent = !context.RequestAborted.IsCancellationRequested;
        }
        finally
        {
            reply.Complete(isSent);
        }
    }

    private static async Task WriteJsonAsync(HttpResponse response, byte[] json, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, cancellationToken);
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
