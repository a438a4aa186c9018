using System.Net;
using Polly;

namespace Serge.Bot.Discord.Rest;

/// <summary>One call on its way through the pipeline, over all its attempts.</summary>
internal sealed class Call(Route route, TimeSpan patience, TimeProvider wire)
{
    /// <summary>Where a request carries its call.</summary>
    public static readonly HttpRequestOptionsKey<Call> OptionsKey = new("call");

    /// <summary>Where a pipeline's context carries it.</summary>
    public static readonly ResiliencePropertyKey<Call> PropertyKey = new("call");

    private readonly long _start = wire.GetTimestamp();

    /// <summary>What is asked.</summary>
    public Route Route { get; } = route;

    /// <summary>How long the caller waits in all.</summary>
    public TimeSpan Patience { get; } = patience;

    /// <summary>How long the caller still waits; never below zero.</summary>
    public TimeSpan Left =>
        Patience - wire.GetElapsedTime(_start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Whether anything of the present attempt may have gone out. Before that it certainly was not executed.</summary>
    public bool WentOut { get; set; }

    /// <summary>Whether it may have been executed: an attempt went out, and no answer said no.</summary>
    public bool IsDoubtful { get; private set; }

    /// <summary>An attempt begins.</summary>
    public void Begin() => WentOut = false;

    /// <summary>An attempt ends.</summary>
    /// <param name="status">The answer's status; <see langword="null"/> if there was none.</param>
    public void End(HttpStatusCode? status) =>
        IsDoubtful |= WentOut && status is null or >= HttpStatusCode.InternalServerError;
}

/// <summary>A JSON body that notes when it starts to be written: from then on, and not before, the request may be executed.</summary>
/// <remarks>It holds for every way to fail: no name, no route, no TLS, a limit, an open circuit, a caller who gave up early.</remarks>
internal sealed class JsonBody : HttpContent
{
    private readonly byte[] _json;
    private readonly Call _call;

    public JsonBody(byte[] json, Call call)
    {
        _json = json;
        _call = call;
        Headers.ContentType = new("application/json");
    }

    /// <summary>What it says.</summary>
    public ReadOnlyMemory<byte> Bytes => _json;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        _call.WentOut = true;
        return stream.WriteAsync(_json, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
