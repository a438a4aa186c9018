using System.Net;
using System.Net.Sockets;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>Forwards TCP connections to a server. While it is closed, connecting blocks: its backlog is full, so the
/// system drops further connection requests, which the client's system repeats.</summary>
internal sealed class ConnectGate : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _queued = [];
    private readonly List<TcpClient> _open = [];
    private readonly Lock _lock = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private CancellationTokenSource _accepting = new();
    private Task _running = Task.CompletedTask;

    public ConnectGate(Uri server)
    {
        _server = server;
        _listener.Start(backlog: 1);
        Address = new UriBuilder(server) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        Open();
    }

    /// <summary>The address of the server behind the gate.</summary>
    public Uri Address { get; }

    /// <summary>Accepts connections, including pending ones.</summary>
    public void Open()
    {
        foreach (var queued in _queued)
        {
            queued.Dispose();
        }

        _queued.Clear();
        _accepting = new CancellationTokenSource();
        _running = AcceptAsync(_accepting.Token);
    }

    /// <summary>Breaks all connections, and lets new ones block.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _accepting.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (await TryConnectAsync(cancellationToken)) { }
        BreakAll();
    }

    public async ValueTask DisposeAsync()
    {
        await _accepting.CancelAsync();
        await _stop.CancelAsync();
        _listener.Stop();
        BreakAll();
        _queued.ForEach(queued => queued.Dispose());
    }

    private void BreakAll()
    {
        lock (_lock)
        {
            _open.ForEach(client => client.Dispose());
            _open.Clear();
        }
    }

    /// <summary>Occupies a slot of the backlog, if one is free.</summary>
    private async Task<bool> TryConnectAsync(CancellationToken cancellationToken)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _queued.Add(socket);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromMilliseconds(200));
        try
        {
            await socket.ConnectAsync(_listener.LocalEndpoint, timeout.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task AcceptAsync(CancellationToken accepting)
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(accepting);
            _ = ForwardAsync(client);
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using TcpClient server = new();
        lock (_lock)
        {
            _open.Add(client);
        }

        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server.Port, _stop.Token);
            var there = client.GetStream().CopyToAsync(server.GetStream(), _stop.Token);
            var back = server.GetStream().CopyToAsync(client.GetStream(), _stop.Token);
            await Task.WhenAny(there, back);
        }
        catch (Exception e)
            when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One of the two connections was closed or broken.
        }

        client.Dispose();
    }
}
