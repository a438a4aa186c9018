using System.Net;
using System.Net.Sockets;

namespace Serge.Bot.Playground;

/// <summary>Finds a port to listen on.</summary>
internal static class FreePort
{
    /// <summary>So many are tried, from the one that was asked for upward.</summary>
    private const int Tried = 20;

    /// <summary>Finds one.</summary>
    /// <param name="wanted">Address and port; port 0 for any.</param>
    /// <param name="onBusy">Told of each port that is in use.</param>
    /// <exception cref="IOException">None of those tried is free, or the address is not this machine's.</exception>
    public static IPEndPoint From(IPEndPoint wanted, Action<int> onBusy)
    {
        for (var port = wanted.Port; port < wanted.Port + Tried && port <= IPEndPoint.MaxPort; port++)
        {
            try
            {
                using TcpListener listener = new(wanted.Address, port);
                listener.Start();
                return (IPEndPoint)listener.LocalEndpoint;
            }
            catch (SocketException e)
                when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                onBusy(port);
            }
            catch (SocketException e)
            {
                throw new IOException($"The playground cannot listen on {wanted}: {e.Message}", e);
            }
        }

        throw new IOException($"None of the ports from {wanted.Port} on is free. Name another with --urls.");
    }
}
