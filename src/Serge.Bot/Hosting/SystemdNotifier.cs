using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Serge.Bot.Hosting;

/// <summary>Sends notifications to systemd, for a unit of <c>Type=notify</c>.</summary>
/// <remarks>Each message is one datagram to the socket that the environment names (systemd docs,
/// sd_notify and sd_watchdog_enabled).</remarks>
/// <param name="Address">The socket: a path, or an abstract name that starts with @.</param>
/// <param name="Watchdog">The longest interval between two watchdog messages; <see langword="null"/> if
/// systemd expects none.</param>
internal sealed record SystemdNotifier(string Address, TimeSpan? Watchdog)
{
    /// <summary>A watchdog interval from here on, in microseconds, is ignored; it is over 11 days.</summary>
    private const long MaxMicroseconds = 1_000_000_000_000;

    /// <summary>The notifier for this process; <see langword="null"/> if systemd did not start it.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="processId">The id of this process.</param>
    public static SystemdNotifier? Find(Func<string, string?> variable, int processId)
    {
        if (variable("NOTIFY_SOCKET") is not ['/' or '@', _, ..] address)
        {
            return null;
        }

        var watchdog = ReadWatchdog(variable("WATCHDOG_USEC"), variable("WATCHDOG_PID"), processId);
        return new SystemdNotifier(address, watchdog);
    }

    /// <summary>Sends a message without blocking.</summary>
    /// <param name="message">Lines such as <c>READY=1</c>.</param>
    /// <exception cref="SocketException">Nothing listens on the socket, or its buffer is full.</exception>
    public void Notify(string message)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        var path = Address.StartsWith('@') ? $"\0{Address[1..]}" : Address;
        UnixDomainSocketEndPoint endPoint = new(path);
        socket.SendTo(Encoding.UTF8.GetBytes(message), endPoint);
    }

    private static TimeSpan? ReadWatchdog(string? microseconds, string? watchedProcess, int processId)
    {
        var ownId = processId.ToString(CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(watchedProcess) && watchedProcess != ownId)
        {
            return null;
        }

        _ = long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        if (value is <= 0 or >= MaxMicroseconds)
        {
            return null;
        }

        return TimeSpan.FromMicroseconds(value);
    }
}
