using System.Net;
using Polly;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>A call with all its attempts.</summary>
internal sealed class DiscordCall(Route route, TimeSpan timeout, TimeProvider clock)
{
    public static readonly HttpRequestOptionsKey<DiscordCall> OptionsKey = new("call");

    public static readonly ResiliencePropertyKey<DiscordCall> PropertyKey = new("call");

    private readonly long _start = clock.GetTimestamp();

    public Route Route { get; } = route;

    /// <summary>The timeout of the call, all attempts and waits included.</summary>
    public TimeSpan Timeout { get; } = timeout;

    /// <summary>Until when the body may begin to be sent. Default: no deadline.</summary>
    public SendDeadline Deadline { get; init; } = SendDeadline.None;

    /// <summary>The rest of the timeout; never negative.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var remaining = Timeout - clock.GetElapsedTime(_start);
            return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
        }
    }

    /// <summary>Whether parts of the current attempt may have been sent. Before, it was certainly not
    /// executed.</summary>
    public bool WasSent { get; set; }

    /// <summary>Whether the call may have been executed: an attempt was sent, and no response refused it.</summary>
    public bool MayHaveExecuted { get; private set; }

    public void BeginAttempt() => WasSent = false;

    /// <param name="status">The status of the response; <see langword="null"/> without a response.</param>
    public void EndAttempt(HttpStatusCode? status)
    {
        if (WasSent && status is null or >= HttpStatusCode.InternalServerError)
        {
            MayHaveExecuted = true;
        }
    }
}

/// <summary>A body that notes when it is written: from then on the request may be executed.</summary>
/// <remarks>Every earlier failure is certain: DNS, routing, TLS, rate limit, circuit breaker, cancellation.</remarks>
internal sealed class CallContent : HttpContent
{
    private readonly RequestBody _body;
    private readonly DiscordCall _call;

    public CallContent(RequestBody body, DiscordCall call)
    {
        _body = body;
        _call = call;
        Headers.TryAddWithoutValidation("Content-Type", body.ContentType);
    }

    public ReadOnlyMemory<byte> Bytes => _body.Bytes;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        _call.Deadline.ThrowIfPassed();
        _call.WasSent = true;
        return stream.WriteAsync(_body.Bytes, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Bytes.Length;
        return true;
    }
}
