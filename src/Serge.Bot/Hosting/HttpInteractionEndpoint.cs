using Microsoft.AspNetCore.Http;

namespace Serge.Bot.Hosting;

/// <summary>Receives interactions that Discord sends over HTTP, behind a proxy that terminates TLS. Several workers can
/// run side by side.</summary>
internal sealed class HttpInteractionEndpoint(IInteractionEndpoint endpoint, DiscordSettings settings) : IWebEndpoint
{
    /// <summary>Source: Discord docs, Interactions/Receiving and Responding, type 1 (PONG).</summary>
    private static readonly byte[] Pong = "{\"type\":1}"u8.ToArray();

    public string Setting => "Discord:Listen";

    public Uri Address => settings.Listen;

    /// <summary>Much more than any interaction of our commands: an option has at most 6,000 characters.</summary>
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

        var receipt = await ReceiveAsync(request, context.RequestAborted);
        response.StatusCode = GetStatus(receipt);
        if (receipt == InteractionReceipt.Pong)
        {
            response.ContentType = "application/json";
            await response.Body.WriteAsync(Pong, context.RequestAborted);
        }
    }

    private async Task<InteractionReceipt> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body, cancellationToken);
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        return endpoint.Receive(
            request.Headers["X-Signature-Ed25519"],
            request.Headers["X-Signature-Timestamp"],
            bytes
        );
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
