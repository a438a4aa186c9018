using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>A receiver of alerts on loopback. It stores the requests, and answers 503 as often as a test
/// requires.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedAlert> _received = new();
    private readonly WebApplication _server;
    private int _failures;

    private WebhookReceiver(WebApplication server, int failures) => (_server, _failures) = (server, failures);

    public string Address => _server.Urls.First();

    /// <summary>All requests, oldest first.</summary>
    public IReadOnlyList<ReceivedAlert> Received => [.. _received];

    public static async Task<WebhookReceiver> StartAsync(int failures, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        WebhookReceiver receiver = new(builder.Build(), failures);
        receiver._server.Run(receiver.TakeAsync);
        await receiver._server.StartAsync(cancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers;
        var status = Interlocked.Decrement(ref _failures) >= 0 ? 503 : 204;
        context.Response.StatusCode = status;
        _received.Enqueue(
            new ReceivedAlert(
                status,
                $"{headers["webhook-id"]}",
                $"{headers["webhook-timestamp"]}",
                $"{headers["webhook-signature"]}",
                body.ToArray()
            )
        );
    }
}

/// <summary>A request to the receiver, and the returned status.</summary>
internal sealed record ReceivedAlert(int Status, string Id, string Timestamp, string Signature, byte[] Body);
