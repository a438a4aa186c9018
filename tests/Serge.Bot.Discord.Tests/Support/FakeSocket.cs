using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Serge.Bot.Discord.Gateway;

namespace Serge.Bot.Discord.Tests.Support;

/// <summary>A WebSocket whose other end is controlled by the test.</summary>
internal sealed class FakeSocket(VirtualTime time, Action<FakeSocket> dialled) : IGatewaySocket
{
    private readonly Queue<Func<ReceiveResult>> _inbox = new();
    private readonly TaskCompletionSource _accepted = new();
    private TaskCompletionSource _arrived = new();
    private Exception? _broken;

    /// <summary>The address that the client connected to.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The time of that connection.</summary>
    public TimeSpan DialledAt { get; private set; }

    /// <summary>The client's messages, heartbeats included.</summary>
    public List<(TimeSpan At, JsonElement Frame)> Sent { get; } = [];

    /// <summary>Called with every message of the client.</summary>
    public Action<JsonElement> OnSend { get; set; } = _ => { };

    /// <summary>The code with which the client closed the connection, and when.</summary>
    public TaskCompletionSource<(TimeSpan At, int Code)> Closed { get; } = new();

    /// <summary>Whether the client has disposed it.</summary>
    public bool IsDisposed { get; private set; }

    public void Accept() => _accepted.TrySetResult();

    public void Refuse(Exception? failure = null) =>
        _accepted.TrySetException(failure ?? new WebSocketException("Connection refused"));

    /// <summary>Sends a frame to the client.</summary>
    public void Deliver(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        Add(() => new ReceiveResult.Message(bytes));
    }

    /// <summary>Closes the connection.</summary>
    public void Close(int? code, string? reason = null) => Add(() => new ReceiveResult.Close(code, reason));

    /// <summary>Breaks the connection: frames in transit arrive, and nothing can be sent any more.</summary>
    public void Break(Exception? failure = null)
    {
        _broken = failure ?? new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        Add(() => throw _broken);
    }

    async Task IGatewaySocket.ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        time.CountStep();
        Address = address;
        DialledAt = time.Elapsed;
        dialled(this);
        await _accepted.Task.WaitAsync(cancellationToken);
    }

    async Task<ReceiveResult> IGatewaySocket.ReceiveAsync(CancellationToken cancellationToken)
    {
        time.CountStep();
        while (_inbox.Count == 0)
        {
            await _arrived.Task.WaitAsync(cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return _inbox.Dequeue()();
    }

    Task IGatewaySocket.SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        time.CountStep();
        cancellationToken.ThrowIfCancellationRequested();
        if (_broken is not null)
        {
            throw _broken;
        }

        using var json = JsonDocument.Parse(message);
        var frame = json.RootElement.Clone();
        Sent.Add((time.Elapsed, frame));
        OnSend(frame);
        return Task.CompletedTask;
    }

    Task IGatewaySocket.CloseAsync(int code, CancellationToken cancellationToken)
    {
        Closed.TrySetResult((time.Elapsed, code));
        return Task.CompletedTask;
    }

    ValueTask IAsyncDisposable.DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private void Add(Func<ReceiveResult> next)
    {
        _inbox.Enqueue(next);
        var arrived = _arrived;
        _arrived = new();
        arrived.SetResult();
    }
}
