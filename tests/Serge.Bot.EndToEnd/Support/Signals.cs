using System.Diagnostics;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>Signals of Unix.</summary>
internal static class Signals
{
    /// <summary>Sends a signal with the shell's built-in <c>kill</c>, because a minimal Debian has no <c>kill</c>
    /// program.</summary>
    /// <param name="process">The process.</param>
    /// <param name="signal">A name without SIG, such as INT.</param>
    /// <param name="cancellationToken">Ends the wait for the shell.</param>
    public static async Task SendAsync(Process process, string signal, CancellationToken cancellationToken)
    {
        using var shell = Process.Start("sh", ["-c", $"kill -s {signal} {process.Id}"]);
        await shell.WaitForExitAsync(cancellationToken);
    }
}
