using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Commands;

/// <summary>Stops the process when it cannot continue.</summary>
internal sealed class FatalErrorHandler(BotSettings settings, IHostApplicationLifetime lifetime)
{
    private const int FaultExitCode = 1;
    private const int SettingsExitCode = 2;

    /// <summary>Exit code of the process: 0 after a normal stop, 1 after a fault, 2 if a setting must be
    /// changed.</summary>
    public int ExitCode { get; private set; }

    /// <summary>A background service has ended unexpectedly.</summary>
    public void HandleServiceEnd()
    {
        ExitCode = FaultExitCode;
        lifetime.StopApplication();
    }

    /// <summary>Discord rejects the bot until a setting is changed. Without Mastodon the process stops.</summary>
    public void HandleDiscordStopped()
    {
        if (settings.Mastodon is null)
        {
            ExitCode = SettingsExitCode;
            lifetime.StopApplication();
        }
    }
}
