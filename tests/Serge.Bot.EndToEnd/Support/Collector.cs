using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>A collector that receives metrics and traces as OTLP over HTTP and stores the raw bytes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly WebApplication _server;

    private Collector(WebApplication server) => _server = server;

    /// <summary>The worker's environment variables for it; the worker exports several times a second.</summary>
    public (string Key, string? Value)[] Environment =>
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", _server.Urls.First()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
        ];

    /// <summary>The bodies of all received requests, in order.</summary>
    public byte[] Everything => [.. _received.SelectMany(one => one.Body)];

    public static async Task<Collector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._server.Run(collector.TakeAsync);
        await collector._server.StartAsync(cancellationToken);
        return collector;
    }

    /// <summary>Waits until a request to a path contains a text.</summary>
    /// <exception cref="TimeoutException">It was not received in time.</exception>
    public Task HasAsync(string path, string words, CancellationToken cancellationToken)
    {
        var wanted = Encoding.UTF8.GetBytes(words);
        return Wait.UntilAsync(
            () => Task.FromResult(_received.Any(one => one.Path == path && one.Body.AsSpan().IndexOf(wanted) >= 0)),
            () => Task.FromResult(string.Join('\n', _received.Select(one => $"{one.Path}: {one.Body.Length} bytes"))),
            cancellationToken,
            $"{words} at {path}"
        );
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.Enqueue((context.Request.Path, body.ToArray()));
    }
}
