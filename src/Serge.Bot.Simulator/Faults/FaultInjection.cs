using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Simulator.Faults;

/// <summary>Serves the requests of one platform, and fires the faults that match them.</summary>
/// <param name="clock">The world's clock.</param>
/// <param name="faults">The armed faults.</param>
/// <param name="responses">Creates the responses of faults.</param>
/// <param name="hub">Publishes what was served.</param>
internal sealed class FaultInjection(TimeProvider clock, FaultScript faults, IFaultResponses responses, EventHub hub)
{
    private const string ProxyPage = "<!DOCTYPE html><html><body><h1>It works!</h1></body></html>";

    /// <summary>Serves one request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="handle">Handles the request with this body.</param>
    public async Task ServeAsync(HttpContext context, Func<byte[], SimulatedResponse> handle)
    {
        // Reads the body first: a request counts as sent even if the bot disconnects during a delay.
        var body = await ReadBodyAsync(context);
        var method = context.Request.Method;
        var path = context.Request.Path.Value ?? "";
        var effect = faults.Fire(method, path);
        var response = await RespondAsync(context, effect, () => handle(body));
        if (response is null)
        {
            hub.Publish(new SimulatorEvent.RequestServed(method, path, 0));
            context.Abort();
            return;
        }

        hub.Publish(new SimulatorEvent.RequestServed(method, path, response.Status));
        await WriteAsync(context, response);
    }

    /// <summary>Returns a token that is cancelled when the server stops.</summary>
    public static CancellationToken GetStopping(HttpContext context)
    {
        var lifetime = context.RequestServices.GetService<IHostApplicationLifetime>();
        return lifetime?.ApplicationStopping ?? CancellationToken.None;
    }

    /// <returns><see langword="null"/> to abort the connection.</returns>
    private async Task<SimulatedResponse?> RespondAsync(
        HttpContext context,
        RequestEffect? effect,
        Func<SimulatedResponse> handle
    )
    {
        switch (effect)
        {
            case null:
                return handle();
            case RequestEffect.Respond respond:
                return Respond(respond);
            case RequestEffect.RateLimit limit:
                return responses.CreateRateLimited(limit, clock.GetUtcNow());
            case RequestEffect.Drop:
                return null;
            case RequestEffect.LoseResponse:
                handle();
                return null;
            case RequestEffect.HtmlPage:
                handle();
                return SimulatedResponse.Html(200, ProxyPage);
            case RequestEffect.EmptyBody:
                return handle() with { Body = [] };
            case RequestEffect.Delay { AfterHandling: false } delay:
                await DelayAsync(context, delay.Wait);
                return handle();
            case RequestEffect.Delay delay:
                var response = handle();
                await DelayAsync(context, delay.Wait);
                return response;
            default:
                throw new InvalidOperationException($"Unknown effect {effect}.");
        }
    }

    private SimulatedResponse Respond(RequestEffect.Respond effect)
    {
        var response = responses.Create(effect.Status);
        if (effect.Body is null)
        {
            return response;
        }

        return response with
        {
            Body = Encoding.UTF8.GetBytes(effect.Body),
        };
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        using MemoryStream buffer = new();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    /// <summary>Waits until the server stops at the latest, also if the bot disconnects.</summary>
    private async Task DelayAsync(HttpContext context, TimeSpan wait)
    {
        try
        {
            await Task.Delay(wait, clock, GetStopping(context));
        }
        catch (OperationCanceledException)
        {
            // The server stops, so the bot does not get the response.
        }
    }

    private async Task WriteAsync(HttpContext context, SimulatedResponse simulated)
    {
        var response = context.Response;
        // Bots compare the times in other headers with this one.
        response.Headers.Date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        response.StatusCode = simulated.Status;
        foreach (var (name, value) in simulated.Headers)
        {
            response.Headers[name] = value;
        }

        if (simulated.Status == StatusCodes.Status204NoContent)
        {
            return;
        }

        response.ContentType = simulated.ContentType;
        response.ContentLength = simulated.Body.Length;
        await response.Body.WriteAsync(simulated.Body, CancellationToken.None);
    }
}
