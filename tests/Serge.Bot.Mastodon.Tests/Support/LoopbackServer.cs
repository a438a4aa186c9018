using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Serge.Bot.Mastodon.Tests.Support;

/// <summary>A server on real sockets that handles each connection by script, for faults that only a network
/// has.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _bound = new(TimeSpan.FromMinutes(5));
    private readonly Task _running;
    private int _connections;

    public LoopbackServer(params Func<Connection, Task>[] script)
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _running = RunAsync(script);
    }

    public Uri Address { get; }

    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _bound.CancelAsync();
        _listener.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _bound.Dispose();
    }

    private async Task RunAsync(Func<Connection, Task>[] script)
    {
        foreach (var step in script)
        {
            using var client = await _listener.AcceptTcpClientAsync(_bound.Token);
            Interlocked.Increment(ref _connections);
            await step(new Connection(client, _bound.Token));
        }

        // This connection was not expected, and is counted.
        using var unexpected = await _listener.AcceptTcpClientAsync(_bound.Token);
        Interlocked.Increment(ref _connections);
    }

    internal sealed class Connection(TcpClient client, CancellationToken cancellationToken)
    {
        /// <summary>Reads one request with its body.</summary>
        public async Task<string> ReadRequestAsync()
        {
            var buffer = new byte[64 * 1024];
            var length = 0;
            while (true)
            {
                var read = await client.GetStream().ReadAsync(buffer.AsMemory(length), cancellationToken);
                length += read;
                var text = Encoding.UTF8.GetString(buffer, 0, length);
                var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (read == 0 || (end >= 0 && length - end - 4 >= ContentLength(text)))
                {
                    return text;
                }
            }
        }

        public async Task WriteAsync(string text) =>
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

        public Task AnswerAsync(string json) =>
            WriteAsync(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"
            );

        /// <summary>Waits until the client closes the connection.</summary>
        public async Task WaitUntilClosedAsync()
        {
            try
            {
                while (await client.GetStream().ReadAsync(new byte[1024], cancellationToken) > 0) { }
            }
            catch (IOException)
            {
                // A reset by the client counts as closed, too.
            }
        }

        /// <summary>Ends the connection as a crash does.</summary>
        public void Reset() => client.Client.Close(0);

        private static int ContentLength(string text)
        {
            const string Name = "Content-Length:";
            var start = text.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
            return start < 0
                ? 0
                : int.Parse(
                    text[(start + Name.Length)..text.IndexOf('\r', start)],
                    System.Globalization.CultureInfo.InvariantCulture
                );
        }
    }
}
