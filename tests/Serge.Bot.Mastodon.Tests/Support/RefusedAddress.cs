using System.Net;
using System.Net.Sockets;

namespace Serge.Bot.Mastodon.Tests.Support;

/// <summary>An address that refuses connections. Its port is bound, so that no other process can use it, but nothing
/// listens.</summary>
internal sealed class RefusedAddress : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public RefusedAddress() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public Uri Uri => new($"http://{_socket.LocalEndPoint}/");

    public void Dispose() => _socket.Dispose();
}
