using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Serge.Bot.Hosting.Health;

/// <summary>Reports the worker's health to other programs at <c>/health/live</c> and <c>/health/ready</c>, as
/// <c>docs/health.md</c> explains.</summary>
internal sealed class HealthEndpoint(HealthReader reader, Uri address) : IWebEndpoint
{
    public string Setting => "Health:Listen";

    public Uri Address => address;

    public int MaxBodyBytes => 0;

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var response = context.Response;
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
        if (!isReady)
        {
            await WriteAsync(context, HealthJson.Of(reader.Live));
            return;
        }

        var report = await reader.ReadyAsync(context.RequestAborted);
        response.StatusCode = GetStatus(report);
        await WriteAsync(context, HealthJson.Of(report));
    }

    private static int GetStatus(ReadyReport report) =>
        report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;

    private static async Task WriteAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
        }
    }
}
