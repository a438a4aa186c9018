using Microsoft.AspNetCore.Http;

namespace Serge.Bot.Playground.Api;

/// <summary><c>GET /api/events</c>: the board as server-sent events, one kind of event a part. First all parts, then each that has changed.</summary>
/// <remarks><c>GET /api/state</c> is the same once, as one object.</remarks>
internal sealed class EventFeed(Board board)
{
    /// <summary>Sends until the page goes away or the playground closes.</summary>
    public async Task SendAsync(HttpContext context, CancellationToken closing)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        Dictionary<string, string> sent = new(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                var sheet = board.Current;
                foreach (var (part, json) in sheet.Parts)
                {
                    if (!sent.TryGetValue(part, out var last) || last != json)
                    {
                        sent[part] = json;
                        await context.Response.WriteAsync($"event: {part}\ndata: {json}\n\n", either.Token);
                    }
                }

                await context.Response.Body.FlushAsync(either.Token);
                await sheet.Turned.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }

    /// <summary>Sends all parts once.</summary>
    public Task SendStateAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(
            $"{{{string.Join(',', board.Current.Parts.Select(part => $"\"{part.Key}\":{part.Value}"))}}}",
            context.RequestAborted
        );
    }
}
