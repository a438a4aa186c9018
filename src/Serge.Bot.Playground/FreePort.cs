using System.Net;
using System.Net.Sockets;

namespace Serge.Bot.Playground;

internal static class FreePort
{
    /// <summary>The number of ports to try, from the requested one.</summary>
    private const int MaxAttempts = 20;

    /// <summary>Finds a free port.</summary>
    /// <param name="requested">Address and port; port 0 for any.</param>
    /// <param name="onBusy">Called with each port that is in use.</param>
    /// <exception cref="IOException">No port is free, or the address is not an address of this machine.</exception>
    public static IPEndPoint Find(IPEndPoint requested, Action<int> onBusy)
    {
        var end = Math.Min(requested.Port + MaxAttempts, IPEndPoint.MaxPort + 1);
        for (var port = requested.Port; port < end; port++)
        {
            try
            {
                using TcpListener listener = new(requested.Address, port);
                listener.Start();
                return (IPEndPoint)listener.LocalEndpoint;
            }
            catch (SocketException e) when (IsBusy(e))
            {
                onBusy(port);
            }
            catch (SocketException e)
            {
                throw new IOException($"The playground cannot listen on {requested}: {e.Message}", e);
            }
        }

        throw new IOException($"No port from {requested.Port} to {end - 1} is free. Set another one with --urls.");
    }

    private static bool IsBusy(SocketException exception) =>
        exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
}
