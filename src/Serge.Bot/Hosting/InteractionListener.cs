using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Hosting;

/// <summary>Listens for interactions that Discord sends over HTTP, behind a proxy that ends TLS. Several workers may do so side by side.</summary>
internal sealed class InteractionListener(IInteractionEndpoint endpoint, DiscordSettings settings)
    : IHostedService,
        IAsyncDisposable
{
    /// <summary>Where on the listening address.</summary>
    public const string Path = InteractionEndpointCheck.Path;

    /// <summary>Far more than any interaction of ours: an option has at most 6,000 characters.</summary>
    private const int MostBytes = 256 * 1024;

    private static readonly byte[] Pong = "{\"type\":1}"u8.ToArray();

    private WebApplication? _server;

    /// <summary>Where it listens: <see cref="DiscordSettings.Listen"/>, with the port that was found where 0 is set.</summary>
    public Uri Address => new(_server!.Urls.First());

    public async Task StartAsync(CancellationToken cancellationToken) =>
        _server = await LoopbackWebServer.OpenAsync("Discord:Listen", settings.Listen, MostBytes, TakeAsync, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is not null)
        {
            await _server.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.Path != Path)
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

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        switch (
            endpoint.Receive(
                request.Headers["X-Signature-Ed25519"],
                request.Headers["X-Signature-Timestamp"],
                body.GetBuffer().AsSpan(0, (int)body.Length)
            )
        )
        {
            case InteractionReceipt.Accepted:
                response.StatusCode = StatusCodes.Status202Accepted;
                break;
            case InteractionReceipt.Pong:
                response.ContentType = "application/json";
                await response.Body.WriteAsync(Pong, context.RequestAborted);
                break;
            case InteractionReceipt.Unreadable:
                response.StatusCode = StatusCodes.Status400BadRequest;
                break;
            case InteractionReceipt.Forged:
                response.StatusCode = StatusCodes.Status401Unauthorized;
                break;
            case InteractionReceipt.Busy:
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
        }
    }
}
