using Microsoft.Extensions.Hosting;

namespace Serge.Bot.Commands;

/// <summary>Stops the worker when no platform is left, so that a service manager notices.</summary>
internal sealed class FatalErrorHandler(BotSettings settings, IHostApplicationLifetime lifetime)
{
    /// <summary>Exit code of a process that only a changed setting can help.</summary>
    private const int SettingsExitCode = 2;

    /// <summary>Exit code of the process: 0 after a normal stop, 2 if a setting must be changed.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Discord rejects the bot until a setting is changed. Without Mastodon the worker stops.</summary>
    public void HandleDiscordStopped()
    {
        if (settings.Mastodon is null)
        {
            ExitCode = SettingsExitCode;
            lifetime.StopApplication();
        }
    }
}
