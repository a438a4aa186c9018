using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Hosting.Health;

/// <summary>Answers the health endpoints <c>/health/live</c> and <c>/health/ready</c>; see <c>docs/health.md</c>.</summary>
internal sealed partial class HealthEndpoints(
    HealthReader reader,
    BotSettings settings,
    ILogger<HealthEndpoints> logger
) : IHostedService, IAsyncDisposable
{
    private WebApplication? _server;

    /// <summary>The address with the port in use; <see langword="null"/> if there are no health endpoints.</summary>
    public Uri? Address => _server is null ? null : new(_server.Urls.First());

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Health.Listen is not { } address)
        {
            return;
        }

        _server = await LoopbackWebServer.OpenAsync(
            "Health:Listen",
            address,
            mostBytes: 0,
            AnswerAsync,
            cancellationToken
        );
        LogListening(new Uri(Address!, "health/ready"));
    }

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

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var isReady = request.Path == "/health/ready";
        if (!isReady && request.Path != "/health/live")
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }

        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        if (isReady)
        {
            var report = await reader.ReadyAsync(context.RequestAborted);
            response.StatusCode =
                report.Status == HealthStatus.Unhealthy
                    ? StatusCodes.Status503ServiceUnavailable
                    : StatusCodes.Status200OK;
            await WriteAsync(context, HealthJson.Of(report));
        }
        else
        {
            await WriteAsync(context, HealthJson.Of(reader.Live));
        }
    }

    private static Task WriteAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentLength = json.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }

    [LoggerMessage(LogLevel.Information, "Health endpoints listening on {Address}")]
    private partial void LogListening(Uri address);
}
