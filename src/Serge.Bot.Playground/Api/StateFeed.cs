namespace Serge.Bot.Playground.Api;

/// <summary><c>GET /api/events</c>: the state as server-sent events, one type of event per part. First all parts, then
/// each changed part, and a heartbeat while nothing changes.</summary>
/// <remarks><c>GET /api/state</c> returns the current state as one object.</remarks>
/// <param name="broadcaster">The state.</param>
/// <param name="clock">The clock of the heartbeat.</param>
internal sealed class StateFeed(StateBroadcaster broadcaster, TimeProvider clock)
{
    /// <summary>The time without a change after which a heartbeat is sent, so that a page notices a dead
    /// connection.</summary>
    internal static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    private readonly TaskCompletionSource _firstVisit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a page is opened for the first time.</summary>
    public Task FirstVisit => _firstVisit.Task;

    /// <summary>Sends events until the page disconnects or the playground stops.</summary>
    public async Task SendEventsAsync(HttpContext context, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        Dictionary<string, string> sent = [];
        _firstVisit.TrySetResult();
        try
        {
            while (true)
            {
                var snapshot = broadcaster.Current;
                await SendChangedAsync(context.Response, snapshot, sent, either.Token);
                while (!await WaitAsync(snapshot.Replaced, either.Token))
                {
                    await context.Response.WriteAsync("event: heartbeat\ndata: {}\n\n", either.Token);
                    await context.Response.Body.FlushAsync(either.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page has disconnected, or the playground stops.
        }
    }

    /// <summary>Sends all parts once.</summary>
    public Task SendStateAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        var parts = broadcaster.Current.Parts.Select(part => $"\"{part.Key}\":{part.Value}");
        var json = $"{{{string.Join(',', parts)}}}";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    /// <returns>Whether the task has completed before the next heartbeat.</returns>
    private async Task<bool> WaitAsync(Task task, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(HeartbeatInterval, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task SendChangedAsync(
        HttpResponse response,
        StateSnapshot snapshot,
        Dictionary<string, string> sent,
        CancellationToken cancellationToken
    )
    {
        foreach (var (part, json) in snapshot.Parts)
        {
            if (sent.GetValueOrDefault(part) != json)
            {
                sent[part] = json;
                await response.WriteAsync($"event: {part}\ndata: {json}\n\n", cancellationToken);
            }
        }

        await response.Body.FlushAsync(cancellationToken);
    }
}
