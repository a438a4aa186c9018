using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Simulator.Faults;

/// <summary>An answer ready to be written.</summary>
internal sealed record Exchange(
    int Status,
    byte[] Body,
    string ContentType,
    IReadOnlyDictionary<string, string>? Headers = null
);

/// <summary>The platform's own form of what a fault answers.</summary>
internal interface IFaultAnswers
{
    Exchange Of(int status);

    Exchange RateLimited(RequestEffect.RateLimit effect, DateTimeOffset now);
}

/// <summary>Serves one request, with whatever fault strikes it.</summary>
internal static class FaultyExchange
{
    private const string ProxyPage = "<!DOCTYPE html><html><body><h1>It works!</h1></body></html>";

    public static async Task HandleAsync(
        HttpContext context,
        TimeProvider clock,
        FaultScript faults,
        IFaultAnswers answers,
        Action<SimulatorEvent> publish,
        Func<byte[], Exchange> act
    )
    {
        // The body is read first, so that a bot that hangs up during a wait has still sent its request.
        var body = await ReadAsync(context);
        var path = context.Request.Path.Value ?? "";
        var effect = faults.Strike(context.Request.Method, path);
        var exchange = await DecideAsync(context, effect, clock, answers, () => act(body));
        if (exchange is null)
        {
            publish(new SimulatorEvent.RequestServed(context.Request.Method, path, 0));
            context.Abort();
            return;
        }

        publish(new SimulatorEvent.RequestServed(context.Request.Method, path, exchange.Status));
        await WriteAsync(context, exchange, clock.GetUtcNow());
    }

    /// <summary>The server's own end, beside the request's.</summary>
    public static CancellationToken Stopping(HttpContext context) =>
        context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;

    private static async Task<Exchange?> DecideAsync(
        HttpContext context,
        RequestEffect? effect,
        TimeProvider clock,
        IFaultAnswers answers,
        Func<Exchange> act
    )
    {
        switch (effect)
        {
            case null:
                return act();
            case RequestEffect.Respond answer:
                var own = answers.Of(answer.Status);
                return answer.Body is null ? own : own with { Body = Encoding.UTF8.GetBytes(answer.Body) };
            case RequestEffect.RateLimit limit:
                return answers.RateLimited(limit, clock.GetUtcNow());
            case RequestEffect.Drop:
                return null;
            case RequestEffect.LoseResponse:
                act();
                return null;
            case RequestEffect.HtmlPage:
                act();
                return new Exchange(200, Encoding.UTF8.GetBytes(ProxyPage), "text/html");
            case RequestEffect.EmptyBody:
                return act() with { Body = [] };
            case RequestEffect.Delay { AfterHandling: false } slow:
                await WaitAsync(context, slow.Wait, clock);
                return act();
            case RequestEffect.Delay slow:
                var late = act();
                await WaitAsync(context, slow.Wait, clock);
                return late;
            default:
                throw new InvalidOperationException($"Unknown fault {effect}.");
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using MemoryStream buffer = new();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }

    /// <summary>Waits, but not longer than the server lives. A bot that has hung up meanwhile changes nothing: the request is in.</summary>
    private static async Task WaitAsync(HttpContext context, TimeSpan wait, TimeProvider clock)
    {
        try
        {
            await Task.Delay(wait, clock, Stopping(context));
        }
        catch (OperationCanceledException)
        {
            // The server stops; the answer will not be read by anyone.
        }
    }

    private static async Task WriteAsync(HttpContext context, Exchange exchange, DateTimeOffset now)
    {
        var response = context.Response;
        // A bot measures the moments in other headers against this one.
        response.Headers.Date = now.ToString("R", CultureInfo.InvariantCulture);
        response.StatusCode = exchange.Status;
        foreach (var (name, value) in exchange.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            response.Headers[name] = value;
        }

        if (exchange.Status == StatusCodes.Status204NoContent)
        {
            return;
        }

        response.ContentType = exchange.ContentType;
        response.ContentLength = exchange.Body.Length;
        await response.Body.WriteAsync(exchange.Body, CancellationToken.None);
    }
}
