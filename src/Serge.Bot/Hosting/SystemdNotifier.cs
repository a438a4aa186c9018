using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Serge.Bot.Hosting;

/// <summary>A service manager that wants to be told how the worker fares: systemd, for a unit of <c>Type=notify</c>.</summary>
/// <remarks>The protocol is one datagram a message, to the socket that the environment names (systemd docs, sd_notify and sd_watchdog_enabled).</remarks>
/// <param name="Address">Its socket: a path, or a name with an @ in front.</param>
/// <param name="Watchdog">Within which time it wants a sign of life, each time anew; <see langword="null"/>: never.</param>
internal sealed record SystemdNotifier(string Address, TimeSpan? Watchdog)
{
    /// <summary>The one that started this process, if there is one.</summary>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="processId">This process.</param>
    public static SystemdNotifier? Find(Func<string, string?> variable, int processId)
    {
        if (variable("NOTIFY_SOCKET") is not ['/' or '@', _, ..] address)
        {
            return null;
        }

        var isMeant =
            variable("WATCHDOG_PID") is not { Length: > 0 } id
            || id == processId.ToString(CultureInfo.InvariantCulture);
        var watchdog =
            isMeant
            && long.TryParse(
                variable("WATCHDOG_USEC"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var microseconds
            )
            && microseconds is > 0 and < 1_000_000_000_000
                ? TimeSpan.FromMicroseconds(microseconds)
                : (TimeSpan?)null;
        return new SystemdNotifier(address, watchdog);
    }

    /// <summary>Tells it something, without waiting for it.</summary>
    /// <param name="message">Lines such as <c>READY=1</c>.</param>
    /// <exception cref="SocketException">It does not listen, or has more to read than it can.</exception>
    public void Notify(string message)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified)
        {
            Blocking = false,
        };
        socket.SendTo(
            Encoding.UTF8.GetBytes(message),
            new UnixDomainSocketEndPoint(Address.StartsWith('@') ? "\0" + Address[1..] : Address)
        );
    }
}
